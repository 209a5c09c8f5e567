"""What each note holds besides what is read. Only notes that changed since the last call are looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from sys import intern
from typing import Literal

from netnotes.config import Config
from netnotes.coverage import NoteCoverage
from netnotes.extract import encounters
from netnotes.extract.corpus import Corpus
from netnotes.extract.coverage import near_misses, unread_days, unread_lines, unused_options
from netnotes.extract.note_types import named_date
from netnotes.extract.occasion import Trace
from netnotes.extract.people import known_since, unread_values
from netnotes.extract.people.names import folded, is_placeholder, stem
from netnotes.extract.people.not_people import original
from netnotes.extract.people.note_names import looks_like_name
from netnotes.extract.people.person_marks import has_other_type, is_dated_name, kinds_of, mark_of
from netnotes.extract.people.resolver import Resolver
from netnotes.extract.people_without_note import met_without_note
from netnotes.incremental import EncounterMemory, Memory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Passage, Person, Problem
from netnotes.note_sequence import paths_of, uncached

_EMPTY = hashlib.sha256().hexdigest()
_NOTHING = NoteCoverage()
_MOST_WORDS = 4
_CLUE_KEYS = frozenset(("email", "phone", "birthday", "company", "employer", "telephone", "mobile", "linkedin"))


def update(
    corpus: Corpus, people: Resolver, config: Config, memory: Memory, stop: Callable[[], bool] = lambda: False
) -> Mapping[str, NoteCoverage]:
    """Return path → what a note holds, without notes that hold nothing; keep it in `memory`.

    After `stop()` the other notes are left for the next call.
    """
    coverage = memory.coverage
    notes, unread = _unread(corpus, people, memory)
    if not unread:
        return coverage.found
    gone = unread.difference(paths_of(notes))
    coverage.dependencies.forget(gone)
    for path in gone:
        coverage.found.pop(path, None)
    unread -= gone
    reading = _Reading(
        *(corpus, people, config, memory.encounters),
        counting=coverage.met | coverage.listed,
        wanted=unused_options.wanted(config),
        in_daily_folder=bool(unread_days.daily_folder(corpus, config)),
    )
    traces = encounters.tracer(corpus, people, config, memory.encounters)
    for note in uncached(notes):
        log = people.start_log()
        found = reading.of_note(note, traces(note))
        if found == _NOTHING:
            coverage.found.pop(note.path, None)
        else:
            coverage.found[note.path] = found
        known = memory.dependencies.used.get(note.path, ())
        coverage.dependencies.replace(note.path, log.lookups, besides=known)
        unread.discard(note.path)
        if stop():
            break
    return coverage.found


def _unread(corpus: Corpus, people: Resolver, memory: Memory) -> tuple[Sequence[Note], set[str]]:
    """Return the notes to look at, and their paths and those of notes that are gone; record who counts now."""
    coverage = memory.coverage
    met, listed = coverage.met, coverage.listed
    coverage.met = frozenset(met_without_note(memory.encounters))
    coverage.listed = frozenset(person.id for named in people.names.values() for person in named if person.path is None)
    if coverage.unread is None:
        coverage.found, coverage.unread = {}, set(paths_of(corpus.evidence))
        return corpus.evidence, coverage.unread
    # Who is listed may be known only by an address, which no note looks up.
    if moved := (met ^ coverage.met) | (listed ^ coverage.listed):
        coverage.unread.update(path for path, one in coverage.found.items() if not moved.isdisjoint(one.without_note))
    return corpus.evidence_at(coverage.unread, people.notes), coverage.unread


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the coverage of a note depends on besides the note and its traces."""

    corpus: Corpus
    people: Resolver
    config: Config
    memory: EncounterMemory
    counting: AbstractSet[str]
    """Ids of the people without a note who count."""
    wanted: unused_options.Wanted
    in_daily_folder: bool
    """Whether a folder for daily notes is known."""

    def of_note(self, note: Note, traces: Sequence[Trace]) -> NoteCoverage:
        """Return the remarks on a note, the names in it that may be people, and what else it holds."""
        people, path = self.people, note.path
        owner = people.noted.get(path)
        met_on = encounters.days_met(self.memory, path)
        day = self.memory.daily.get(path) or named_date(path)
        is_dated = bool(day or any(passage.date and _may_be_contact(passage) for passage in note.passages))
        met = met_on if owner else set()
        found = unread_lines.read(note, traces, people, self.counting, met, dated=bool(day and owner is None))
        without_note = {who.id for trace in traces for who in trace.people if who.path is None}
        return found._replace(
            remarks=(*found.remarks, *self._more_remarks(note, owner)),
            looks="" if owner else _looks_like(note, self.config),
            without_note=tuple(map(intern, sorted(without_note))),
            without_encounter=is_dated and not (met_on or owner or note.digest == _EMPTY),
            unread_day=unread_days.unread_day(note, self.corpus, self.memory, in_daily_folder=self.in_daily_folder),
            original=original(path),
            used=unused_options.used(note, self.config, self.wanted),
        )

    def _more_remarks(self, note: Note, owner: Person | None) -> Iterator[Problem]:
        """Yield the remarks that are not on names in lines."""
        if owner:
            yield from known_since.shared_years(owner)
            yield from unread_values.remarks(owner)
        else:
            yield from near_misses.properties(note, self.people, self.config)
        yield from near_misses.without_year(note)


def _may_be_contact(passage: Passage) -> bool:
    """Return whether a dated line may be about somebody, unlike the revisions of a recipe."""
    names = (name.kind != "name" or not unread_lines.is_first_word(name.target) for name in passage.names)
    return bool(passage.channel) or any(names)


def _looks_like(note: Note, config: Config) -> Literal["", "name", "person"]:
    """Return whether a note that is not a person's looks like one, by its name alone or by its content too."""
    name = stem(note.path)
    if is_dated_name(note.path) or has_other_type(note) or any(True for _ in kinds_of(note)):
        return ""
    if folded(name) in map(folded, config.people.never):
        return ""
    if mark_of(note, config.people) is not None or not looks_like_name(name) or is_placeholder(name):
        return ""
    if _CLUE_KEYS & {key.lower() for key in note.properties}:
        return "person"
    full = 1 < len(name.split()) <= _MOST_WORDS and all(word[0].isupper() for word in name.split() if word)
    return "name" if full else ""
