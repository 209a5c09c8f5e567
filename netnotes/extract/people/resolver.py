"""Whom a link or a name in a note means. Finds nobody by itself (see `people`); answers, and remembers what was asked.

What was asked while a note was read is what the reading depends on besides the note: as long as none of these answers
changes, the note need not be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from netnotes.extract.people.names import ATTACHMENT, folded, names_in, stem
from netnotes.extract.people.person_marks import says_other_kind
from netnotes.extract.scenes import Spelling
from netnotes.incremental import file_name
from netnotes.model import Note, Person, Problem
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.words import CHANNELS, listed
from netnotes.text.links import Index

EGO_WORDS = frozenset({"me", "i", "myself", "self", "ich", "moi", "yo"})
"""Names in an attendee field that mean the ego."""
_INITIAL = 3
"""Fewest characters of a word that is not an initial when a full stop follows."""
_LONGEST_NAME = 5
"""Words of a name."""
MOST_NAMES = 5_000
"""Names of one attendee field that are read: more is no meeting but a telephone book."""


@lru_cache(maxsize=1)
def never_names() -> frozenset[str]:
    """Return the words that name nobody by themselves: months, weekdays, common words, words of contact."""
    lists = ("never a name", "months", "weekdays", "common", "placeholders", *CHANNELS, "attendees", "plan heading")
    return frozenset(folded(word) for name in lists for word in listed(name))


@dataclass(slots=True)
class Heard:
    """What was asked of a directory for a while, and what came of it besides the answers."""

    asked: set[str] = field(default_factory=set)
    """Paths, file names in lower case and folded names of people, all in one: to take one for another does no harm."""
    strangers: list[Person] = field(default_factory=list)
    """People without a note that were named, each time they were."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Directory:
    """Everybody in a vault. Grows by the people without a note that attendee fields name."""

    index: Index
    paths: tuple[str, ...]
    """Of all notes and files, as the index has them."""
    ego: Person
    noted: dict[str, Person]
    """Path of the note → person; the ego is not among them."""
    notes: Mapping[str, Note]
    """Path → note, of the whole vault."""
    spelling: Spelling
    """How each scene is spelled."""
    names: Mapping[str, tuple[Person, ...]]
    """Folded name → everybody with a note who is called so."""
    first_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded first name → the paths of the people whose name begins with it."""
    first_words: AbstractSet[str] = frozenset()
    """The first words of all names."""
    wide_names: tuple[str, ...] = ()
    """Names that are written without spaces."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """What links may say besides names of files."""
    never: AbstractSet[str] = frozenset()
    """Folded names of whatever is no person."""
    order: Order | None = None
    """Whether day or month comes first in the vault's numeric dates; None if unknown."""
    heard: Heard = field(default_factory=Heard)
    """What is being heard now: see `listen`."""

    @property
    def problems(self) -> list[Problem]:
        """Problems of whatever is being read now."""
        return self.heard.problems

    def listen(self) -> Heard:
        """Begin to listen again; return what is heard from now on."""
        self.heard = Heard()
        return self.heard

    def linked(self, source: str, target: str) -> Person | None:
        """Return the person whose note a link in running text points to; the ego's own note gives the ego."""
        path = self.path(source, target)
        return self.at(path) if path else None

    def path(self, source: str, target: str) -> str | None:
        """Return the note that a link points to."""
        found = self.index.resolve(source, target)
        self.heard.asked.add(target)
        if found:
            self.heard.asked.add(found)
        return found

    def attending(self, source: str, line: int | None, value: object) -> list[Person]:
        """Return the people an attendee property names: links, plain names, comma strings, lists, nested lists."""
        people: dict[str, Person] = {}
        for at, (target, name) in enumerate(names_in(value, self.is_known)):
            if at == MOST_NAMES:
                self._once(
                    Problem(
                        f"names more than {MOST_NAMES:,} people; the rest is left out",
                        path=source,
                        line=line,
                        hint="part the list",
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
                return self.at(path)
            key = folded(name)
            if key in EGO_WORDS:
                return self.ego
            who = self.who(key)
            return who[0] if len(who) == 1 else None
        return None

    def at(self, path: str) -> Person | None:
        """Return the person whose note a path is; the ego's own note gives the ego."""
        return self.ego if path == self.ego.path else self.noted.get(path)

    def _attendee(self, source: str, line: int | None, target: str | None, name: str) -> Person | None:
        path = self.path(source, target) if target else None
        if path:
            if person := self.at(path):
                return person
            note = self.notes.get(path)
            if note is None or says_other_kind(note):
                # A company, a group or a picture: named among the attendees, and nobody.
                return None
            self._once(
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
        """Return whom a plain name in an attendee list means; somebody without a note where nobody is called so."""
        key = folded(name)
        if not key or key in self.never or ATTACHMENT.search(name):
            return None
        if key in EGO_WORDS:
            return self.ego
        who = self.who(key)
        if len(who) > 1:
            paths = " or ".join(f"`{person.path}`" for person in who)
            self._once(
                Problem(
                    f"`{name}` may be {paths}; counted as neither",
                    path=source,
                    line=line,
                    hint="link the note that is meant",
                )
            )
            return None
        if who:
            return who[0]
        if (path := self.path(source, name)) and (note := self.notes.get(path)) and says_other_kind(note):
            return None
        stranger = Person(f"?{key}", name=" ".join(name.split()))
        self.heard.strangers.append(stranger)
        return stranger

    def who(self, key: str) -> tuple[Person, ...]:
        """Return everybody with a note who is called `key`, a folded name; by first name alone where nobody is."""
        self.heard.asked.add(key)
        who = self.names.get(key, ())
        if who or " " in key:
            return who
        return tuple(self.noted[path] for path in self.first_names.get(key, ()) if path in self.noted)

    def plain(self, name: str, *, near: bool) -> list[Person]:
        """Return the people with a note whom a run of plain words names: full names and aliases, the longest first.

        A first name, or a name of one word, counts only as it is written, and only if no common word is written so,
        unless it is `near`, right behind a word of contact or `with`.
        """
        if self.wide_names and not name.isascii() and (wide := self._wide(name)):
            return wide
        written = [word if len(word) < _INITIAL else word.rstrip(".") for word in name.replace("'s ", " ").split()]
        words = [folded(word) for word in written]
        found: list[Person] = []
        at = 0
        while at < len(words):
            step = 1
            self.heard.asked.add(words[at])
            if words[at] in self.first_words or words[at] in self.first_names:
                for end in range(min(len(words), at + _LONGEST_NAME), at, -1):
                    who = self._of_words(written[at:end], " ".join(words[at:end]), near=near)
                    if len(who) == 1:
                        found.append(who[0])
                        step = end - at
                        break
            at += step
        return found

    def _of_words(self, written: list[str], key: str, *, near: bool) -> tuple[Person, ...]:
        if len(written) > 1:
            return self.names.get(key, ())
        who = self.who(key)
        if near or not who:
            return who
        exact = written[0][:1].isupper() and key not in never_names()
        return who if exact else ()

    def _wide(self, text: str) -> list[Person]:
        """Return the people whose names stand in a text that is written without spaces."""
        self.heard.asked.update(text[at : at + 2] for at in range(len(text) - 1))
        return [self.names[name][0] for name in self.wide_names if name in text and len(self.names[name]) == 1]

    def is_known(self, name: str) -> bool:
        """Return whether somebody with a note, the ego, or any note is called `name`."""
        key = folded(name)
        self.heard.asked.add(key)
        return key in self.names or key in EGO_WORDS or self.path("", name) is not None

    def has_note(self, name: str) -> bool:
        """Return whether somebody with a note has this name, alias or mail address."""
        key = folded(name)
        self.heard.asked.add(key)
        return key in self.names

    def _once(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def strangers(named: Iterable[Person], known: Mapping[str, Person]) -> dict[str, Person]:
    """Return id → person for those without a note, sorted by id, called as they are called most often.

    Who is called as in `known` is the very same person.
    """
    calls: dict[str, dict[str, int]] = {}
    for person in named:
        count = calls.setdefault(person.id, {})
        count[person.name] = count.get(person.name, 0) + 1
    found: dict[str, Person] = {}
    for number, count in sorted(calls.items()):
        name = min(count, key=lambda name: (-count[name], name))
        before = known.get(number)
        found[number] = before if before and before.name == name else Person(number, name=name)
    return found


def news(old: Directory, new: Directory) -> frozenset[str] | None:
    """Return what `new` may answer otherwise than `old`, in the terms of `keys`; None for everything."""
    if old.ego is not new.ego or old.spelling != new.spelling or old.aliases != new.aliases:
        return None
    if new.aliases and old.paths != new.paths:
        # Where aliases resolve, a name may be made of a whole path.
        return None
    return frozenset((*_files(old, new), *_notes(old, new), *_people(old, new)))


def _files(old: Directory, new: Directory) -> Iterator[str]:
    if old.paths == new.paths:
        return
    for path in set(old.paths) ^ set(new.paths):
        name = file_name(path)
        yield name
        yield name.removesuffix(".md")


def _notes(old: Directory, new: Directory) -> Iterator[str]:
    for path in old.notes.keys() | new.notes.keys():
        if old.notes.get(path) is not new.notes.get(path) or old.noted.get(path) is not new.noted.get(path):
            yield path


def _people(old: Directory, new: Directory) -> Iterator[str]:
    for name in old.names.keys() | new.names.keys():
        these, those = old.names.get(name, ()), new.names.get(name, ())
        if len(these) != len(those) or any(one is not other for one, other in zip(these, those, strict=True)):
            yield name
            yield name.partition(" ")[0]
            yield name[:2]
