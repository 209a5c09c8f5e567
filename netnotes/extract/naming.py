"""The people that one reference in a line names: a link's note, `@Name`, plain words, or a person without a note."""

from __future__ import annotations

from dataclasses import dataclass

from netnotes.extract.people import wide_names
from netnotes.extract.people.likely_names import likely_name
from netnotes.extract.people.names import folded, is_placeholder, stem
from netnotes.extract.people.note_names import looks_like_name
from netnotes.extract.people.person_marks import says_other_kind
from netnotes.extract.people.resolver import Resolver
from netnotes.model import Note, Passage, Person
from netnotes.notes import Reference
from netnotes.text import roles
from netnotes.text.lexicon.words import WIDE
from netnotes.text.lines import PERSON_TAGS


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person named on a line."""

    person: Person
    minutes: float | None = None
    certain: bool = True
    """False for someone without a note who may not be a person."""

    @property
    def noted(self) -> bool:
        """Whether they have a note."""
        return self.person.path is not None or self.person.me


def names_on(note: Note, passage: Passage, reference: Reference, people: Resolver) -> list[NamedPerson]:
    """Return the people that a reference names; empty for a link to something else."""
    minutes = reference.minutes
    if reference.kind == "name":
        return _of_plain_name(passage, reference, people)
    if reference.kind == "at":
        found = people.plain(reference.target, near=True)
        if found:
            return [NamedPerson(person, minutes) for person in found]
        return _without_note(reference.target, passage, minutes, people)
    path = people.path(note.path, reference.target)
    if path:
        person = people.at(path)
        if person:
            return [NamedPerson(person, minutes)]
        other = people.notes.get(path)
        if other is None or says_other_kind(other) or other.passages or " " not in stem(path):
            return []
        return _without_note(stem(path), passage, minutes, people)
    target = reference.target.partition("#")[0].rpartition("/")[2].strip()
    if any(char.isdigit() for char in target):
        # A link to a meeting without a note: `[[2026-03-02 Meeting with Tilda]]`.
        return [NamedPerson(person, minutes) for person in people.plain(_words(target), near=False)]
    return _without_note(target, passage, minutes, people)


def _of_plain_name(passage: Passage, reference: Reference, people: Resolver) -> list[NamedPerson]:
    known = people.plain(reference.target, near=reference.near)
    if _is_more(passage, reference, people):
        return []
    found = [NamedPerson(person, reference.minutes) for person in known]
    if WIDE.search(reference.target):
        return found + _wide_strangers(reference, known, people)
    return found or _stranger(reference, people)


def _wide_strangers(reference: Reference, known: list[Person], people: Resolver) -> list[NamedPerson]:
    """Return the people without a note in a run of Chinese or Japanese: an honorific makes them certain."""
    names = [name for person in known for name in (person.name, *person.aliases)]
    fresh = [
        name for name in wide_names.names(reference.target) if not any(name in one or one in name for one in names)
    ]
    return [
        NamedPerson(Person(f"?{folded(name)}", name=name), reference.minutes)
        for name in fresh
        if folded(name) not in people.never and not people.who(folded(name)) and people.path("", name) is None
    ]


def _stranger(reference: Reference, people: Resolver) -> list[NamedPerson]:
    """Return the person without a note whom plain words likely name: by a first name, a title or a word for family."""
    name = likely_name(reference.target)
    if name is None or (key := folded(name)) in people.never or people.who(key) or people.path("", name) is not None:
        return []
    return [NamedPerson(Person(f"?{key}", name=name), reference.minutes, certain=False)]


def _is_more(passage: Passage, reference: Reference, people: Resolver) -> bool:
    """Return whether what looks like a line of names alone is a sentence written without spaces: 想外婆了."""
    if passage.role != roles.NAMES or passage.channel is not None or passage.minutes is not None:
        return False
    return WIDE.search(reference.target) is not None and not people.is_known(reference.target)


def _words(target: str) -> str:
    return " ".join(word for word in target.split() if not any(char.isdigit() for char in word))


def _without_note(name: str, passage: Passage, minutes: float | None, people: Resolver) -> list[NamedPerson]:
    name = name.strip().lstrip("@")
    known = people.who(folded(name)) if " " in name else people.names.get(folded(name), ())
    if len(known) == 1 and known[0].path is None:
        return [NamedPerson(known[0], minutes)]
    if folded(name) in people.never:
        return []
    if not looks_like_name(name) or is_placeholder(name):
        return []
    sure = any(part in PERSON_TAGS for tag in passage.tags for part in tag.split("/"))
    sure = sure or passage.role in (roles.ATTENDEES, roles.ATTENDEE)
    return [NamedPerson(Person(f"?{folded(name)}", name=name), minutes, sure)]
