"""All that a run remembers for the next run over the same vault, and which notes must be read again. Reads nothing.

`run` passes each step its part of a `Memory` and which notes changed. A step uses an earlier result only if neither
the note nor an answer that it depended on has changed: a run with any memory equals a run from nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import field
from enum import IntEnum
from sys import intern
from typing import Generic, NamedTuple, Protocol, TypeVar

from netnotes.coverage import NoteCoverage
from netnotes.directory import Directory, Spelling, lookup_keys
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Edit, Encounter, Mention, Note, Person, Problem, Promise, Tie
from netnotes.network.network import Network
from netnotes.plugin.facts import FoundEncounter, FoundPerson, Score
from netnotes.plugin.hooks import Plugin

T = TypeVar("T", bound=Sized)


class Changes(NamedTuple):
    """How the notes of a vault differ from those of the last run."""

    notes: tuple[Note, ...]
    """Those that are new or have changed."""
    evidence: Mapping[str, Note]
    """Path → note, for those of `notes` that may hold evidence."""
    gone: frozenset[str]
    """Paths of the others of `notes`, and of notes that are no longer there."""


def changes(notes: Iterable[Note], is_evidence: Callable[[Note], bool], before: Mapping[str, Note]) -> Changes:
    """Return how `notes` differ from those `before` (path → note)."""
    notes = tuple(notes)
    changed = tuple([note for note in notes if before.get(note.path) is not note])
    evidence = {note.path: note for note in changed if is_evidence(note)}
    gone = {note.path for note in changed} - evidence.keys()
    if len(before) + sum(note.path not in before for note in changed) > len(notes):
        gone |= before.keys() - {note.path for note in notes}
    return Changes(changed, evidence, frozenset(gone))


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
class ReadingCache(Generic[T]):
    """The results of one way of reading, by the paths of notes; without notes for which there is nothing to store."""

    nothing: T
    """The result for a note that holds nothing."""
    found: dict[str, T] = field(default_factory=dict)
    dependencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The answers that a result depended on besides the note's own person, by `lookup_keys`."""
    people_without_note: dict[str, tuple[Person, ...]] = field(default_factory=dict)
    """The named people without a note, once for each time."""
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)

    def outdated(self, evidence: Iterable[Note], changes: Changes, answers: frozenset[str] | None) -> list[Note]:
        """Return those of all the notes that must be read again. `answers` are the changed ones; None: any may be."""
        if answers is None:
            return list(evidence)
        if not answers:
            return list(changes.evidence.values())
        again = {path for path, used in self.dependencies.items() if not answers.isdisjoint(used)} | answers
        return [note for note in evidence if note.path in again or note.path in changes.evidence]

    def refresh(self, note: Note, resolver: LoggingResolver, read: Callable[[], T]) -> T:
        """Call `read()`, and cache its result with the answers of `resolver` that it used."""
        log = resolver.start_log()
        result = read()
        store(self.found, note.path, result)
        store(self.dependencies, note.path, tuple(map(intern, lookup_keys(log.lookups))) if log.lookups else ())
        store(self.people_without_note, note.path, tuple(log.people_without_note))
        store(self.problems, note.path, tuple(log.problems))
        return result

    def result(self, path: str) -> T:
        """Return the result for a note."""
        return self.found.get(path, self.nothing)

    def results(self) -> Iterator[tuple[str, T]]:
        """Yield path and result of each note that holds something, in the order of the paths."""
        return iter(sorted(self.found.items()))

    def pop(self, path: str) -> T:
        """Forget a note; return its last result."""
        for each in (self.dependencies, self.people_without_note, self.problems):
            each.pop(path, None)
        return self.found.pop(path, self.nothing)


def store(found: dict[str, T], path: str, value: T) -> None:
    """Store what was found in a note, unless it is empty."""
    if value:
        found[path] = value
    else:
        found.pop(path, None)


@dataclass(slots=True)
class PeopleMemory:
    """Which notes are people, for one configuration."""

    scene_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path → the scenes that a note names, as it spells them; without notes that name none."""
    spelling: Spelling | None = None
    """The spelling that `people` and `ego` were found with."""
    people: dict[str, Person] | None = None
    """Path → the person of a note, also of the ego's own; None: all notes must be examined."""
    names: dict[str, tuple[Person, tuple[str, ...], tuple[Problem, ...]]] = field(default_factory=dict)
    """Id → a person, their folded names, and the problems of their note."""
    not_people: frozenset[str] = frozenset()
    """Paths of notes that their folder does not mark as people."""
    person_folders: frozenset[str] = frozenset()
    """The folders that belong to one person."""
    deciding_paths: frozenset[str] = frozenset()
    """Paths that decide whether other notes are people: see `not_people`."""
    marked: frozenset[str] = frozenset()
    """Paths of notes with `me: true`."""
    candidate_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path of each note with a person's name → that name, and the first and last of it, folded."""
    unmarked: frozenset[str] = frozenset()
    """The candidates that nothing marks as a person's."""
    unmarked_names: dict[str, str] = field(default_factory=dict)
    """Folded name that only one unmarked note has → its path."""
    named: dict[str, frozenset[str]] = field(default_factory=dict)
    """Path → the unmarked names in a note's contact lines; without notes that have none."""
    unmarked_people: frozenset[str] = frozenset()
    """Paths of unmarked notes that count as people because contact lines name them."""
    ego: tuple[Note | None, Person] | None = None
    attendees: dict[str, dict[str, str]] | None = None
    """Path → the names in the attendee lists of a note: folded → as written. None: all notes must be examined."""
    likely_owner: str | None = None
    """The name in nearly all attendee lists."""
    owner: str | None = None
    """That name, if it is the ego's and nothing else says who the ego is."""
    cards: tuple[FoundPerson, ...] = ()
    """The address cards beside the vault that the directory was made with."""
    directory: Directory | None = None
    problems: tuple[Problem, ...] = ()
    """The problems found while the directory was built."""
    changed_answers: frozenset[str] | None = None
    """The answers of that directory that may differ from the one before; None: any may."""


class SourceKind(IntEnum):
    """Kinds of sources of encounters; in a conflict the first of these wins."""

    MEETING = 0
    DAILY = 1
    LOG = 2
    PLUGIN = 3


@dataclass(slots=True)
class EncountersByDay:
    """All encounters found, by day, so that only changed days are merged again (see `extract/occasion.py`)."""

    found: dict[dt.date, dict[tuple[SourceKind, str], tuple[Encounter, ...]]] = field(default_factory=dict)
    """Day → (kind, path) of a source → its encounters."""
    merged: dict[dt.date, tuple[Encounter, ...]] = field(default_factory=dict)
    changed: set[dt.date] = field(default_factory=set)
    """Days whose encounters must be merged again."""


@dataclass(frozen=True, slots=True)
class NoteFindings:
    """What one note says."""

    encounters: tuple[Encounter, ...] = ()
    mentions: tuple[Mention, ...] = ()
    uncertain: frozenset[str] = frozenset()
    """Ids of people without a note who count only if their name, a second day or an attendee list confirms them."""

    def __len__(self) -> int:
        """Return how many encounters and mentions there are."""
        return len(self.encounters) + len(self.mentions)


@dataclass(slots=True)
class EncounterMemory:
    """The encounters and mentions of each note, for one configuration."""

    daily: dict[str, dt.date] = field(default_factory=dict)
    """Path → the day of a daily note; without other notes."""
    meetings: ReadingCache[tuple[Encounter, ...]] = field(default_factory=lambda: ReadingCache(()))
    """The encounters of meeting notes."""
    findings: ReadingCache[NoteFindings] = field(default_factory=lambda: ReadingCache(NoteFindings()))
    """The findings in all other notes, and in other parts of meeting notes."""
    days: EncountersByDay = field(default_factory=EncountersByDay)
    moved: frozenset[str] = frozenset()
    """Paths of meeting notes whose encounters differ from the previous run."""
    counted: dict[str, tuple[Encounter, ...]] = field(default_factory=dict)
    """Path → the encounters among `findings` with people who count; without notes that have none."""
    without_note: Mapping[str, Person] = field(default_factory=dict)
    """Id → the person without a note who counts, under the full name: see `extract/people_without_note.py`."""
    from_plugins: tuple[Encounter, ...] = ()


class ReaderFindings(NamedTuple):
    """What a plugin's reader found in one note or file."""

    stamp: object
    """Equal while the content is unchanged."""
    encounters: tuple[FoundEncounter, ...]
    problems: tuple[Problem, ...]
    people: tuple[FoundPerson, ...] = ()
    """Those on address cards."""


@dataclass(slots=True)
class ReaderMemory:
    """The findings of plugins' readers."""

    plugins: tuple[Plugin, ...] = ()
    found: dict[tuple[str, str], dict[str, ReaderFindings]] = field(default_factory=dict)
    """(plugin, reader) → path → findings."""


@dataclass(slots=True)
class ScoreMemory:
    """The scores of ties."""

    plugins: tuple[Plugin, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    today: dt.date | None = None
    ties: Mapping[Tie, Tie] = field(default_factory=dict)
    facts: Mapping[str, dict[Tie, Score]] = field(default_factory=dict)
    """Field → tie → score."""
    silent: frozenset[str] = frozenset()
    """Fields whose scorers reported no problem. The others run for all ties again, or their problems would be lost."""
    rescored: frozenset[Tie] | None = None
    """The ties whose scores may differ from the previous run; None: any may."""


class CoverageReading(NamedTuple):
    """What one note holds besides what is read, and what that depended on besides the note."""

    note: Note
    found: NoteCoverage
    dependencies: tuple[str, ...]
    """As in a `ReadingCache`."""
    owner: Person | None
    """The person whose note it is."""
    met: frozenset[str]
    """Ids of those people without a note on its lines who count."""
    met_on: frozenset[dt.date]
    """The days of its encounters, if it is a person's note."""


@dataclass(slots=True)
class CoverageMemory:
    """What notes hold besides what is read."""

    readings: dict[str, CoverageReading] = field(default_factory=dict)
    """Path → reading."""

    def forget(self, changed: frozenset[str] | None) -> None:
        """Forget all that depended on one of the `changed` answers; None: any may have changed."""
        if changed is None:
            self.readings.clear()
        elif changed:
            for path in [at for at, one in self.readings.items() if not changed.isdisjoint((at, *one.dependencies))]:
                del self.readings[path]


class NotePlan(NamedTuple):
    """The planned changes of one note."""

    sealed: bool
    """Whether it holds NetNotes' fields and does not ask to be left alone."""
    edit: Edit | None = None
    problems: tuple[Problem, ...] = ()
    read_only: bool = False
    """Whether it asks not to be written."""


@dataclass(slots=True)
class PlanMemory:
    """The planned changes of all notes."""

    inputs: object = None
    """What all plans depend on besides the note and its tie."""
    notes: Mapping[str, Note] = field(default_factory=dict)
    """Path → note, for all notes that were planned."""
    plans: dict[str, NotePlan] = field(default_factory=dict)
    """Path → plan; without notes of which there is nothing to say."""


@dataclass(slots=True)
class Memory:
    """All that earlier runs over one vault found. `run` reads and fills it; it starts empty."""

    inputs: object = None
    """What everything else depends on besides the notes: see `pipeline.inputs`. None: nothing here may be used."""
    notes: Mapping[str, Note] = field(default_factory=dict)
    """Path → note, for all notes of the last run that were not excluded."""
    people: PeopleMemory = field(default_factory=PeopleMemory)
    readers: ReaderMemory = field(default_factory=ReaderMemory)
    encounters: EncounterMemory = field(default_factory=EncounterMemory)
    promises: ReadingCache[tuple[Promise, ...]] = field(default_factory=lambda: ReadingCache(()))
    last_contacts: dict[str, tuple[Person, Encounter | None]] = field(default_factory=dict)
    """Path → a person, and the contact that their `last_contact` declares."""
    people_without_note: dict[str, Person] = field(default_factory=dict)
    """Id → person without a note."""
    network: Network | None = None
    scores: ScoreMemory = field(default_factory=ScoreMemory)
    plans: PlanMemory = field(default_factory=PlanMemory)
    coverage: CoverageMemory = field(default_factory=CoverageMemory)

    @property
    def changed(self) -> frozenset[str] | None:
        """The answers, and the meetings, that may differ from the previous run; None: any may."""
        return None if (answers := self.people.changed_answers) is None else answers | self.encounters.moved

    @contextmanager
    def used_with(self, inputs: object) -> Iterator[None]:
        """Let one run use the memory; first forget all if the last run had other `inputs`, or was interrupted."""
        if inputs != self.inputs:
            Memory.__init__(self)
        self.inputs = None
        yield
        self.inputs = inputs
