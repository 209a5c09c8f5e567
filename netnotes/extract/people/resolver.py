"""Resolve links and names in a note to people. `people` finds the people of a vault.

The result of reading a note depends on the note and on the answers given meanwhile. While none of them changes, the
note need not be read again (see `incremental`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import field
from functools import lru_cache

from netnotes.directory import Directory, Spelling
from netnotes.extract.people.likely_names import titles
from netnotes.extract.people.names import ATTACHMENT, folded, names_in, stem
from netnotes.extract.people.person_marks import has_other_type
from netnotes.invalidation import ReadingLog
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Person, Problem
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.words import CHANNELS, given_names, listed

EGO_WORDS = frozenset({"me", "i", "myself", "self", "ich", "moi", "yo"})
"""Names in an attendee field that mean the ego."""
_INITIAL = 3
"""Words shorter than this keep a full stop, which makes them initials."""
_LONGEST_NAME = 5
"""Most words of a name."""
MOST_NAMES = 5_000
"""Most names read from one attendee field; a longer list is an address book, not a meeting."""


_BEFORE_WIDE, _AFTER_WIDE = "はがをにとでのも、", "にとのがをはもへかから、さちく君様"
"""Characters that may be next to a name of one character, such as 母, in Japanese."""


def _is_named(name: str, text: str) -> bool:
    """Return whether a run of Japanese or Chinese names somebody: 母に電話した names 母; 母親に and 母の日に do not."""
    if len(name) > 1:
        return True
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + 1 :]
        if before in _BEFORE_WIDE and after[:1] in _AFTER_WIDE and not after.startswith("の日"):
            return True
        at = text.find(name, at + 1)
    return False


@lru_cache(maxsize=1)
def never_names() -> frozenset[str]:
    """Return the words that are not names by themselves: months, weekdays, `today`, common words, contact words."""
    days = ("months", "weekdays", "yesterday", "today", "tomorrow")
    lists = ("never a name", *days, "common", "placeholders", *CHANNELS, "attendees", "plan heading")
    return frozenset(folded(word) for name in lists for word in listed(name))


@dataclass(slots=True)
class Resolver:
    """Finds the person or note that a link or a name means, and logs its lookups."""

    directory: Directory
    log: ReadingLog = field(default_factory=ReadingLog)

    @property
    def ego(self) -> Person:
        """The owner of the vault."""
        return self.directory.ego

    @property
    def noted(self) -> Mapping[str, Person]:
        """Path of the note → person; without the ego."""
        return self.directory.noted

    @property
    def notes(self) -> Mapping[str, Note]:
        """Path → note, for all notes that are read."""
        return self.directory.notes

    @property
    def names(self) -> Mapping[str, tuple[Person, ...]]:
        """Folded name → everyone with a note who has this name."""
        return self.directory.names

    @property
    def spelling(self) -> Spelling:
        """Scene in lower case → its one spelling."""
        return self.directory.spelling

    @property
    def order(self) -> Order | None:
        """Whether day or month comes first in the vault's numeric dates; None if unknown."""
        return self.directory.order

    @property
    def never(self) -> AbstractSet[str]:
        """Folded names that are not people."""
        return self.directory.never

    @property
    def problems(self) -> list[Problem]:
        """The problems of the note that is being read."""
        return self.log.problems

    def start_log(self) -> ReadingLog:
        """Start a new log, and return it."""
        self.log = ReadingLog()
        return self.log

    def linked(self, source: str, target: str) -> Person | None:
        """Return the person whose note a link in running text points to; the ego's own note gives the ego."""
        path = self.path(source, target)
        return self.of_note(path) if path else None

    def path(self, source: str, target: str) -> str | None:
        """Return the note that a link points to."""
        found = self.directory.index.resolve(source, target)
        self.log.lookups.add(target)
        if found:
            self.log.lookups.add(found)
        return found

    def attending(self, source: str, line: int | None, value: object) -> list[Person]:
        """Return the people an attendee property names: links, plain names, comma strings, lists, nested lists."""
        people: dict[str, Person] = {}
        for at, (target, name) in enumerate(names_in(value, self.is_known)):
            if at == MOST_NAMES:
                self._report(
                    Problem(
                        f"names more than {MOST_NAMES:,} people; the rest is left out",
                        path=source,
                        line=line,
                        hint="split the list",
                    )
                )
                break
            person = self._attendee(source, line, target, name)
            if person:
                people.setdefault(person.id, person)
        return list(people.values())

    def called(self, source: str, value: str) -> Person | None:
        """Return the one person with a note, or the ego, that a link or a plain name means; None if ambiguous."""
        for target, name in names_in(value):
            path = self.path(source, target) if target else None
            if path:
                return self.of_note(path)
            key = folded(name)
            if key in EGO_WORDS:
                return self.ego
            who = self.with_name(key)
            return who[0] if len(who) == 1 else None
        return None

    def of_note(self, path: str) -> Person | None:
        """Return the person whose note is at `path`; the ego's own note gives the ego."""
        return self.ego if path == self.ego.path else self.noted.get(path)

    def _attendee(self, source: str, line: int | None, target: str | None, name: str) -> Person | None:
        path = self.path(source, target) if target else None
        if path:
            if person := self.of_note(path):
                return person
            note = self.notes.get(path)
            if note is None or has_other_type(note):
                # A company, a group or a picture among the attendees: not a person.
                return None
            self._report(
                Problem(
                    f"`{stem(path)}` attends meetings but is not marked as a person",
                    path=path,
                    remark="unmarked person",
                    hint="add `type: person`, or move the note to People/",
                )
            )
            name = stem(path)
        return self._named(source, line, name)

    def _named(self, source: str, line: int | None, name: str) -> Person | None:
        """Return the people meant by a plain name in an attendee list; a person without a note if no one has it."""
        key = folded(name)
        if not key or key in self.never or ATTACHMENT.search(name):
            return None
        if key in EGO_WORDS:
            return self.ego
        who = self.with_name(key)
        if len(who) > 1:
            paths = " or ".join(f"`{person.path}`" for person in who)
            self._report(
                Problem(
                    f"`{name}` may be {paths}; not counted",
                    path=source,
                    line=line,
                    hint="link to the right note",
                )
            )
            return None
        if who:
            if who[0].path is None and not who[0].me:
                self.log.people_without_note.append(who[0])
            return who[0]
        if (path := self.path(source, name)) and (note := self.notes.get(path)) and has_other_type(note):
            return None
        unknown = Person(f"?{key}", name=" ".join(name.split()))
        self.log.people_without_note.append(unknown)
        return unknown

    def with_name(self, key: str) -> tuple[Person, ...]:
        """Return everyone with a note and the folded name `key`; if there is no one, those with this first name."""
        self.log.lookups.add(key)
        who = self.names.get(key, ())
        if not who and " " not in key:
            first = self.directory.first_names.get(key, ())
            who = tuple(self.noted[path] for path in first if path in self.noted)
        return self._log_note_of(who)

    def _log_note_of(self, who: tuple[Person, ...]) -> tuple[Person, ...]:
        """Return an answer, and log the note of the only person in it, on which the reader depends as well."""
        if len(who) == 1 and who[0].path:
            self.log.lookups.add(who[0].path)
        return who

    def plain(self, name: str, *, near: bool) -> list[Person]:
        """Return the people with a note named by a run of plain words: full names and aliases, the longest first.

        A single word, such as a first name, counts only if it is capitalized and not a common word, unless it is
        `near`: right after a contact word or `with`.
        """
        if self.directory.wide_names and not name.isascii() and (wide := self._in_wide_text(name)):
            return wide
        written = [word if len(word) < _INITIAL else word.rstrip(".") for word in name.replace("'s ", " ").split()]
        words = [folded(word) for word in written]
        found: list[Person] = []
        at = 0
        while at < len(words):
            step = 1
            self.log.lookups.add(words[at])
            if words[at] in self.directory.first_words or words[at] in self.directory.first_names:
                for end in range(min(len(words), at + _LONGEST_NAME), at, -1):
                    who = self._of_words(written[at:end], " ".join(words[at:end]), near=near)
                    if len(who) == 1:
                        found.append(who[0])
                        step = end - at
                        break
            at += step
        return found or (self._of_last_name(written) if near else [])

    def _of_last_name(self, written: list[str]) -> list[Person]:
        """Return the only person with a last name, alone or after a title: `Halvorsen`, `Dr Halvorsen`.

        Alone, `James` is a first name.
        """
        *before, name = written
        key = folded(name)
        if not name[:1].isupper() or key in never_names() or (not before and key in given_names()):
            return []
        if any(folded(word).rstrip(".") not in titles() for word in before):
            return []
        self.log.lookups.add(key)
        paths = self.directory.last_names.get(key, ())
        return list(self._log_note_of((self.noted[paths[0]],))) if len(paths) == 1 and paths[0] in self.noted else []

    def _of_words(self, written: list[str], key: str, *, near: bool) -> tuple[Person, ...]:
        if len(written) > 1:
            return self._log_note_of(self.names.get(key, ()))
        if key not in self.names and len(self.directory.first_names.get(key, ())) > 1:
            # Ambiguous; there is no need to look up everybody with this first name.
            return ()
        who = self.with_name(key)
        if near or not who:
            return who
        exact = written[0][:1].isupper() and key not in never_names()
        return who if exact else ()

    def _in_wide_text(self, text: str) -> list[Person]:
        """Return the people named in a text that is written without spaces."""
        self.log.lookups.update(text, (text[at : at + 2] for at in range(len(text) - 1)))
        named = (self.names[name] for name in self.directory.wide_names if name in text and _is_named(name, text))
        return [self._log_note_of(who)[0] for who in named if len(who) == 1]

    def is_known(self, name: str) -> bool:
        """Return whether `name` is the name of someone known (see `is_someone`), of the ego, or of any note."""
        key = folded(name)
        self.log.lookups.add(key)
        return key in self.names or key in EGO_WORDS or self.path("", name) is not None

    def is_someone(self, name: str) -> bool:
        """Return whether a name or mail address is that of someone with a note, on a card, or in `without_note`."""
        key = folded(name)
        self.log.lookups.add(key)
        return key in self.names

    def _report(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def people_without_note(named: Iterable[Person], known: Mapping[str, Person]) -> dict[str, Person]:
    """Return id → person for those without a note, sorted by id, each with the most frequent name.

    A person with the same name as in `known` is the same object.
    """
    calls: dict[str, dict[str, int]] = {}
    for person in named:
        count = calls.setdefault(person.id, {})
        count[person.name] = count.get(person.name, 0) + 1
    found: dict[str, Person] = {}
    for person_id, count in sorted(calls.items()):
        name = min(count, key=lambda name: (-count[name], name))
        before = known.get(person_id)
        found[person_id] = before if before and before.name == name else Person(person_id, name=name)
    return found
