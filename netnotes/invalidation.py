"""Invalidation: which notes must be read again after a change, and what was found in the others. Reads nothing itself.

What was read of a note depends on the note and on the answers of a resolver. It is used again while neither has
changed. In most notes a step finds nothing: nothing is remembered of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence, Sized
from contextlib import AbstractContextManager, contextmanager
from dataclasses import field
from sys import intern
from typing import Generic, NamedTuple, Protocol, TypeVar

from netnotes.deferred import Deferred
from netnotes.directory import lookup_keys
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Person, Problem
from netnotes.note_sequence import note_differences

T = TypeVar("T", bound=Sized)
Fork = Callable[[Callable[[], bytes]], AbstractContextManager[Callable[[], bytes | None]]]
"""`with fork(work) as result`: calls `work()` in a fork of this process while the block runs. `result()` waits for what
it returned; None if no process was started, or if it failed."""


@contextmanager
def no_fork(work: Callable[[], bytes]) -> Iterator[Callable[[], bytes | None]]:
    """Be a `Fork` that starts no process."""
    del work
    yield lambda: None


class Changes(NamedTuple):
    """How the notes of a vault differ from those of the last run."""

    notes: tuple[Note, ...]
    """Those that are new or have changed."""
    evidence: Mapping[str, Note]
    """Path → note, for those of `notes` that may hold evidence."""
    gone: frozenset[str]
    """Paths of the others of `notes`, and of notes that are no longer there."""


def changes(notes: Sequence[Note], is_evidence: Callable[[Note], bool], before: Sequence[Note]) -> Changes:
    """Return how `notes` differ from those `before`; both are sorted by path."""
    old, new = note_differences(before, notes)
    evidence = {note.path: note for note in new if is_evidence(note)}
    paths = {note.path for note in (*old, *new)}
    return Changes(tuple(new), evidence, frozenset(paths - evidence.keys()))


@dataclass(slots=True)
class ReadingLog:
    """What a resolver was asked while one note was read, and what it found besides its answers."""

    lookups: set[str] = field(default_factory=set)
    """Paths, file names and folded names, in one set: confusing them only means that one more note is read."""
    people_without_note: list[Person] = field(default_factory=list)
    """Named people without a note, once for each time."""
    problems: list[Problem] = field(default_factory=list)


class LoggingResolver(Protocol):
    """A resolver that logs its lookups."""

    @property
    def noted(self) -> Mapping[str, Person]:
        """Path of a person note → person."""

    def start_log(self) -> ReadingLog:
        """Start a new log, and return it."""


@dataclass(slots=True)
class Dependencies(Deferred):
    """The answers that what was read of each note depended on, besides the note's own person."""

    used: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path → the answers, by `lookup_keys`. All ways of reading a note share them: most look up the same names."""

    def of_notes(self, answers: frozenset[str]) -> set[str]:
        """Return the paths of the notes that depended on one of these answers."""
        return {path for path, used in self.used.items() if not answers.isdisjoint(used)} if answers else set()

    def add(self, path: str, lookups: Collection[str]) -> None:
        """Add what a note depends on."""
        if not lookups:
            return
        keys, known = lookup_keys(lookups), self.used.get(path, ())
        if not keys.issubset(known):
            self.used[path] = tuple(map(intern, keys.union(known)))

    def replace(self, path: str, lookups: Collection[str], besides: Iterable[str]) -> None:
        """Replace what a note depends on, `besides` what others know that it depends on."""
        store(self.used, path, tuple(map(intern, lookup_keys(lookups).difference(besides))))

    def forget(self, paths: Iterable[str]) -> None:
        """Forget notes that are gone or will be read again."""
        for path in paths:
            self.used.pop(path, None)


class Outdated(NamedTuple):
    """What must be read again."""

    changes: Changes
    notes: Sequence[Note]
    """The notes that have changed, and those that depended on an answer that may have changed."""
    answers: frozenset[str] | None
    """Those answers; None: any may have changed, and `notes` are all that may hold evidence."""
    dependencies: Dependencies
    """What the other notes depend on; those that are read again are added."""


@dataclass(slots=True)
class ReadingCache(Deferred, Generic[T]):
    """The results of one way of reading, by the paths of notes; without notes for which there is nothing to store."""

    nothing: T
    """The result for a note that holds nothing."""
    found: MutableMapping[str, T] = field(default_factory=dict)
    people_without_note: MutableMapping[str, tuple[Person, ...]] = field(default_factory=dict)
    """The named people without a note, once for each time."""
    problems: MutableMapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    def refresh(self, note: Note, resolver: LoggingResolver, read: Callable[[], T], dependencies: Dependencies) -> T:
        """Call `read()`, and cache its result; add the answers of `resolver` that it used to `dependencies`."""
        log = resolver.start_log()
        result = read()
        store(self.found, note.path, result)
        store(self.people_without_note, note.path, tuple(log.people_without_note))
        store(self.problems, note.path, tuple(log.problems))
        dependencies.add(note.path, log.lookups)
        return result

    def result(self, path: str) -> T:
        """Return the result for a note."""
        return self.found.get(path, self.nothing)

    def results(self) -> Iterator[tuple[str, T]]:
        """Yield path and result of each note that holds something, in the order of the paths."""
        return iter(sorted(self.found.items()))

    def pop(self, path: str) -> T:
        """Forget a note; return its last result."""
        for each in (self.people_without_note, self.problems):
            each.pop(path, None)
        return self.found.pop(path, self.nothing)


def store(found: MutableMapping[str, T], path: str, value: T) -> None:
    """Store what was found in a note, unless it is empty."""
    if value:
        found[path] = value
    else:
        found.pop(path, None)
