"""Read a note again only where it, or an answer that its reading rested on, has changed. Reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, Protocol, TypeVar

from netnotes.model import Note, Person, Problem
from netnotes.text.links import fold

T = TypeVar("T")


class Heard(Protocol):
    """What was asked of a resolver while one note was read."""

    @property
    def asked(self) -> set[str]:
        """Paths, file names and names of people."""

    @property
    def strangers(self) -> list[Person]:
        """People without a note that were named."""

    @property
    def problems(self) -> list[Problem]:
        """Problems found while reading."""


class Listener(Protocol):
    """A resolver that records what it is asked."""

    @property
    def noted(self) -> Mapping[str, Person]:
        """Path of a person note → person."""

    def listen(self) -> Heard:
        """Start a new record; return it."""


class Reading(NamedTuple, Generic[T]):
    """What was read of one note."""

    note: Note
    result: T
    asked: frozenset[str] = frozenset()
    """What the result rests on besides the note, as `keys` speaks of it."""
    strangers: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Recall(Generic[T]):
    """What one way of reading made of each note, for one configuration; empty to begin with."""

    kept: dict[str, Reading[T]] = field(default_factory=dict)
    """Path → reading."""

    def stale(self, notes: Iterable[Note], news: frozenset[str] | None) -> list[Note]:
        """Return the notes of which nothing is kept that still holds.

        `news` is what the directory may answer otherwise than before; None for everything.
        """
        kept = self.kept
        if news is None:
            return list(notes)
        return [
            note
            for note in notes
            if (known := kept.get(note.path)) is None or known.note is not note or not (known.asked.isdisjoint(news))
        ]

    def anew(self, note: Note, people: Listener, result: Callable[[], T]) -> T:
        """Return `result()`, what is read of a note now, and keep it with all that it asks of `people`."""
        heard = people.listen()
        found = result()
        asked = keys((note.path, *heard.asked)) if heard.asked or note.path in people.noted else frozenset()
        self.kept[note.path] = Reading(note, found, asked, tuple(heard.strangers), tuple(heard.problems))
        return found

    def forget(self, paths: AbstractSet[str]) -> list[Reading[T]]:
        """Forget all notes but those at `paths`; return what was kept of the others."""
        return [self.kept.pop(path) for path in self.kept.keys() - paths]

    def strangers(self) -> Iterable[Person]:
        """Yield the people without a note that were named, each time they were."""
        return (person for reading in self.kept.values() if reading.strangers for person in reading.strangers)

    def problems(self) -> Iterable[Problem]:
        """Yield the problems of all readings."""
        return (problem for reading in self.kept.values() if reading.problems for problem in reading.problems)


def keys(asked: Iterable[str]) -> frozenset[str]:
    """Return what was asked as `news` speaks of it: of links, the name of the file that they end with."""
    asked = tuple(asked)
    return frozenset((*asked, *map(file_name, asked)))


@lru_cache(maxsize=100_000)
def file_name(link: str) -> str:
    """Return the last segment of a link or path, as names of files are compared."""
    return fold(link.partition("#")[0].strip().rpartition("/")[2])
