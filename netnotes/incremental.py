"""All that a run remembers for the next run over the same vault. Reads nothing.

`run` takes one `Memory` and passes each step its part, and which notes have changed. A step uses an earlier result only
if neither the note nor an answer that the result depended on has changed (see `invalidation`), so a run with any memory
equals a run from nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from enum import IntEnum
from typing import NamedTuple

from netnotes.coverage import NoteCoverage
from netnotes.deferred import Deferred
from netnotes.directory import Directory, Spelling
from netnotes.invalidation import Dependencies, ReadingCache
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Edit, Encounter, Mention, Note, Person, Problem, Promise, Tie
from netnotes.network.network import Network
from netnotes.plugin.facts import FoundEncounter, FoundPerson, Score
from netnotes.plugin.hooks import Plugin
from netnotes.text.lexicon.dates import Order


@dataclass(slots=True)
class CorpusMemory:
    """What is known of the notes of a vault without reading them."""

    terms: object = None
    """What this depends on besides the notes."""
    notes: Sequence[Note] = ()
    excluded: frozenset[str] = frozenset()
    """Paths of notes that are not read. All below is about the others."""
    set_aside: frozenset[str] = frozenset()
    """Paths of notes that hold no evidence."""
    groups: frozenset[str] = frozenset()
    """Paths of notes that declare a group of people."""
    problems: MutableMapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Path → the problems of a note; without notes that have none."""
    numeric_names: Counter[str] = field(default_factory=Counter)
    """Names of files that begin with a date in numbers → how many there are."""
    proofs: dict[Order, frozenset[str]] = field(default_factory=dict)
    """Order of day and month → the paths of the notes that prove it."""


@dataclass(slots=True)
class PeopleMemory(Deferred):
    """Which notes are people, for one configuration."""

    scene_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path → the scenes that a note names, as it spells them; without notes that name none."""
    spelling: Spelling | None = None
    """The spelling that `people` and `ego` were found with."""
    people: MutableMapping[str, Person] | None = None
    """Path → the person of a note, also of the ego's own; None: all notes must be examined."""
    names: MutableMapping[str, tuple[Person, tuple[str, ...], tuple[Problem, ...]]] = field(default_factory=dict)
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
    attendees: dict[str, tuple[str, ...]] | None = None
    """Path → the names in the attendee lists of a note: folded ones, and after them as they are written; without notes
    that have none. None: all notes must be examined."""
    attendee_counts: dict[str, int] = field(default_factory=dict)
    """Folded name → how many of these lists have it."""
    likely_owner: str | None = None
    """The name in nearly all attendee lists."""
    sole_attendee: str | None = None
    """The name in all attendee lists, if nobody else is in those of meetings with others."""
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
class EncountersByDay(Deferred):
    """All encounters found, by day, so that only changed days are merged again (see `extract/merging.py`)."""

    found: dict[SourceKind, MutableMapping[dt.date, dict[str, tuple[Encounter, ...]]]] = field(default_factory=dict)
    """Kind of a source → day → path of the source → its encounters."""
    merged: MutableMapping[dt.date, tuple[Encounter, ...]] = field(default_factory=dict)
    changed: set[dt.date] = field(default_factory=set)
    """Days whose encounters must be merged again."""


@dataclass(frozen=True, slots=True)
class NoteFindings:
    """What one note says."""

    encounters: tuple[Encounter, ...] = ()
    mentions: tuple[Mention, ...] = ()
    uncertain: tuple[str, ...] = ()
    """Ids of people without a note who count only if their name, a second day or an attendee list confirms them."""

    def __len__(self) -> int:
        """Return how many encounters and mentions there are."""
        return len(self.encounters) + len(self.mentions)


@dataclass(slots=True)
class EncounterMemory(Deferred):
    """The encounters and mentions of each note, for one configuration."""

    daily: dict[str, dt.date] = field(default_factory=dict)
    """Path → the day of a daily note; without other notes."""
    meetings: ReadingCache[tuple[Encounter, ...]] = field(default_factory=lambda: ReadingCache(()))
    """The encounters of meeting notes."""
    findings: ReadingCache[NoteFindings] = field(default_factory=lambda: ReadingCache(NoteFindings()))
    """The findings in all other notes, and in other parts of meeting notes."""
    mentioning: set[str] = field(default_factory=set)
    """Paths of the notes among `findings` that mention somebody."""
    uncertain: set[str] = field(default_factory=set)
    """Paths of those in which it is uncertain who counts."""
    certain: MutableMapping[str, tuple[Person, ...]] = field(default_factory=dict)
    """Path → those without a note in the encounters of a note who are certainly people; without notes that have none.
    A name in a list without a day is no encounter."""
    days: EncountersByDay = field(default_factory=EncountersByDay)
    moved: frozenset[str] = frozenset()
    """Paths of meeting notes whose encounters differ from the previous run."""
    counted: MutableMapping[str, tuple[Encounter, ...]] = field(default_factory=dict)
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
    found: dict[tuple[str, str], MutableMapping[str, ReaderFindings]] = field(default_factory=dict)
    """(plugin, reader) → path → findings."""


@dataclass(slots=True)
class ScoreMemory:
    """The scores of ties."""

    plugins: tuple[Plugin, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    today: dt.date | None = None
    in_order: tuple[Tie, ...] = ()
    ties: Mapping[Tie, Tie] = field(default_factory=dict)
    """Each tie of `in_order` mapped to itself."""
    facts: Mapping[str, MutableMapping[Tie, Score]] = field(default_factory=dict)
    """Field → tie → score."""
    silent: frozenset[str] = frozenset()
    """Fields whose scorers reported no problem. The others run for all ties again, or their problems would be lost."""
    rescored: frozenset[Tie] | None = None
    """The ties whose scores may differ from the previous run; None: any may."""


class Changed(NamedTuple):
    """What a run found changed."""

    paths: frozenset[str] = frozenset()
    """Those of the notes that it read again, and of those that are gone."""
    answers: frozenset[str] = frozenset()
    """The answers that may differ from the run before."""


@dataclass(slots=True)
class CoverageMemory:
    """What notes hold besides what is read."""

    found: MutableMapping[str, NoteCoverage] = field(default_factory=dict)
    """Path → what a note holds; without notes that hold nothing."""
    unread: set[str] | None = None
    """Paths of notes that were not looked at since they, or what they depend on, have changed; None: all notes."""
    met: frozenset[str] = frozenset()
    """Ids of the people without a note who were met."""
    listed: frozenset[str] = frozenset()
    """Ids of the people without a note who are on a card or in `[people] without_note`."""
    dependencies: Dependencies = field(default_factory=Dependencies)
    """Answers on which only this depended, and nothing else that was read of the note."""

    def outdate(self, changed: Changed | None) -> None:
        """Have the notes looked at again that a run read again, or that depend on what changed; None: all."""
        if changed is None:
            CoverageMemory.__init__(self)
        elif self.unread is not None:
            self.unread |= self.outdated(changed)

    def outdated(self, changed: Changed) -> set[str]:
        """Return the paths of those notes."""
        return self.dependencies.of_notes(changed.answers).union(changed.paths)


class NotePlan(NamedTuple):
    """The planned changes of one note."""

    sealed: bool
    """Whether it holds NetNotes' fields and does not ask to be left alone."""
    edit: Edit | None = None
    problems: tuple[Problem, ...] = ()
    read_only: bool = False
    """Whether it asks not to be written."""


@dataclass(slots=True)
class PlanMemory(Deferred):
    """The planned changes of all notes."""

    inputs: object = None
    """What all plans depend on besides the note and its tie."""
    notes: Sequence[Note] = ()
    """All notes that were planned, by path."""
    plans: MutableMapping[str, NotePlan] = field(default_factory=dict)
    """Path → plan; without notes of which there is nothing to say."""


@dataclass(slots=True)
class Memory:
    """All that earlier runs over one vault found. `run` reads and fills it; it starts empty."""

    inputs: object = None
    """What everything else depends on besides the notes: see `pipeline.inputs`. None: nothing here may be used."""
    corpus: CorpusMemory = field(default_factory=CorpusMemory)
    notes: Sequence[Note] = ()
    """All notes of the last run that were not excluded, by path."""
    dependencies: Dependencies = field(default_factory=Dependencies)
    people: PeopleMemory = field(default_factory=PeopleMemory)
    readers: ReaderMemory = field(default_factory=ReaderMemory)
    encounters: EncounterMemory = field(default_factory=EncounterMemory)
    promises: ReadingCache[tuple[Promise, ...]] = field(default_factory=lambda: ReadingCache(()))
    last_contacts: MutableMapping[str, Encounter] = field(default_factory=dict)
    """Path → the contact that the `last_contact` of a person declares; without people who have none."""
    declared: tuple[Encounter, ...] = ()
    """Those of `last_contacts` that no note describes."""
    people_without_note: MutableMapping[str, Person] = field(default_factory=dict)
    """Id → person without a note."""
    network: Network | None = None
    scores: ScoreMemory = field(default_factory=ScoreMemory)
    plans: PlanMemory = field(default_factory=PlanMemory)
    coverage: CoverageMemory = field(default_factory=CoverageMemory)
    changed: Changed | None = None
    """What the last run found changed; None: anything may have."""

    @contextmanager
    def used_with(self, inputs: object) -> Iterator[None]:
        """Let one run use the memory; first forget all if the last run had other `inputs`, or was interrupted.

        `corpus` depends on less, and knows what it depends on.
        """
        if inputs != self.inputs:
            Memory.__init__(self, corpus=self.corpus)
        self.inputs = None
        yield
        self.inputs = inputs
