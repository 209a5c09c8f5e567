"""All encounters and mentions of a vault; decides how each note is read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial

from netnotes.config import Config
from netnotes.extract import occasions
from netnotes.extract.dedupe import EncounterMerger, SourceKind
from netnotes.extract.meetings import attendee_key, attendee_names, is_meeting, meetings
from netnotes.extract.naming import names_on
from netnotes.extract.note_types import (
    daily_dates_in,
    evidence_notes,
    labelled_date,
    named_date,
    property_date,
    settled,
)
from netnotes.extract.occasion import Context, Meetings, NoteFindings, Trace
from netnotes.extract.people.resolver import Directory
from netnotes.extract.scenes import scene_of
from netnotes.incremental import Recall
from netnotes.model import Encounter, Mention, Note, Passage, Person, Problem, Vault
from netnotes.notes import Reference
from netnotes.reserved import fold_key

DAYS_OF_A_STRANGER = 2
"""A person without a note must have been met on this many days, unless something else shows that they are a person."""


@dataclass(slots=True)
class Known:
    """What an earlier call with the same configuration made of each note; empty to begin with."""

    daily: dict[str, dt.date | None] = field(default_factory=dict)
    """Path → the day that it is the daily note of."""
    meetings: Recall[tuple[Encounter, ...]] = field(default_factory=Recall)
    told: Recall[NoteFindings] = field(default_factory=Recall)
    """The findings in all other notes, and in other parts of meeting notes."""
    days: EncounterMerger = field(default_factory=EncounterMerger)
    settled: dict[str, tuple[Encounter, ...]] = field(default_factory=dict)
    """Path → the encounters of a note with people who count."""
    strangers: Mapping[str, Person] = field(default_factory=dict)
    """Id → somebody without a note who was met often enough to count."""
    more: tuple[Encounter, ...] = ()


def read(
    vault: Vault,
    people: Directory,
    config: Config,
    more: Sequence[Encounter] = (),
    *,
    known: Known | None = None,
    news: frozenset[str] | None = None,
) -> tuple[Encounter, ...]:
    """Return the encounters of a vault, each once, sorted by date, path and line.

    `more` are those that plugins found; they only complete what the notes say. A note with a reading in `known` is read
    again only if it changed, or an answer of `people` that it used is among the `news`.
    """
    known = Known() if known is None else known
    daily_date = daily_dates_in(vault, config, people.order)
    notes = evidence_notes(vault)
    _forget(known, {note.path for note in notes})
    for note in notes:
        if note.path not in known.daily:
            known.daily[note.path] = daily_date(note.path)
    found, moved = _meetings(notes, people, config, known, news)
    # If a daily note links a meeting, the people are taken from the meeting's note.
    news = None if news is None else news | moved
    stale = known.told.stale(notes, news)
    for note in stale:
        known.told.anew(note, people, partial(_told, note, people, config, known.daily[note.path], found))
    _settle(stale, people, known)
    known.days.replace(SourceKind.PLUGIN, "", known.more, more)
    known.more = tuple(more)
    return known.days.encounters()


def mentions(known: Known) -> tuple[Mention, ...]:
    """Return all mentions of the last reading, sorted by date, path and line."""
    found = (mention for reading in known.told.kept.values() for mention in reading.result.mentions)
    return tuple(sorted(found, key=lambda mention: (mention.date, mention.path, mention.line)))


def tracer(people: Directory, config: Config, known: Known) -> Callable[[Note], list[Trace]]:
    """Return the function that traces each name on the lines of a note, by the same rules as `read`."""
    found = {path: reading.result for path, reading in known.meetings.kept.items() if reading.result}
    met = met_without_note(known)

    def traces(note: Note) -> list[Trace]:
        noted: list[Trace] = []
        people.listen()
        if note.path in known.daily:
            _told(note, people, config, known.daily[note.path], found, noted)
        return [_settled(trace, met) for trace in noted]

    return traces


def met_without_note(known: Known) -> set[str]:
    """Return the ids of the people without a note who count."""
    return {*known.strangers, *_met_for_certain(known)}


def days_met(known: Known, path: str) -> set[dt.date]:
    """Return the days of the encounters that the last reading found in a note."""
    meeting = known.meetings.kept.get(path)
    found = (*known.settled.get(path, ()), *(meeting.result if meeting else ()))
    return {encounter.date for encounter in found}


def _settled(trace: Trace, met: AbstractSet[str]) -> Trace:
    """Complete a trace with what the whole vault decides: whether a person without a note was met often enough."""
    who = trace.people[0] if len(trace.people) == 1 else None
    if trace.kind != "encounter" or who is None or who.path or who.me or who.id in met:
        return trace
    return trace._replace(kind="neither", rule=8, why="no note of this name, and met on one day only")


def _meetings(
    notes: Iterable[Note], people: Directory, config: Config, known: Known, news: frozenset[str] | None
) -> tuple[Meetings, set[str]]:
    """Return path → encounters of all meeting notes, and the paths of those that changed."""
    moved: set[str] = set()
    for note in known.meetings.stale(notes, news):
        before = known.meetings.kept.get(note.path)
        found = known.meetings.anew(note, people, partial(_meeting, note, people, config, known.daily))
        earlier = before.result if before else ()
        known.days.replace(SourceKind.MEETING, note.path, earlier, found)
        if found != earlier:
            moved.add(note.path)
    kept = known.meetings.kept
    return {path: reading.result for path, reading in kept.items() if reading.result}, moved


def _settle(stale: Iterable[Note], people: Directory, known: Known) -> None:
    """Update the encounters of the `stale` notes; people without a note count only if met often enough."""
    met: defaultdict[str, set[dt.date]] = defaultdict(set)
    persons: dict[str, Person] = {}
    unsure = {path: reading.result for path, reading in known.told.kept.items() if reading.result.uncertain}
    for told in unsure.values():
        for encounter in told.encounters:
            for person in encounter.people:
                if person.id in told.uncertain:
                    met[person.id].add(encounter.date)
                    persons[person.id] = person
    sure = _met_for_certain(known)
    strangers = {
        person: persons[person] for person, days in met.items() if len(days) >= DAYS_OF_A_STRANGER or person in sure
    }
    again = dict.fromkeys(note.path for note in stale)
    if strangers.keys() != known.strangers.keys():
        again |= dict.fromkeys(unsure)
    known.strangers = strangers
    for path in again:
        told = known.told.kept[path].result
        now = tuple(one for encounter in told.encounters if (one := _of_known(encounter, told, strangers)))
        before = known.settled.get(path, ())
        daily = path not in people.noted and path != people.ego.path and known.daily[path] is not None
        known.days.replace(SourceKind.DAILY, path, before, now if daily else ())
        known.days.replace(SourceKind.LOG, path, before, () if daily else now)
        known.settled[path] = now


def _met_for_certain(known: Known) -> set[str]:
    """Return the ids of people without a note who are certainly people, for example from an attendee list."""
    meetings = (encounter for reading in known.meetings.kept.values() for encounter in reading.result)
    sure = {person.id for encounter in meetings for person in encounter.people if person.path is None}
    for reading in known.told.kept.values():
        told = reading.result
        for encounter in told.encounters:
            sure.update(p.id for p in encounter.people if p.path is None and p.id not in told.uncertain)
    return sure


def _of_known(encounter: Encounter, told: NoteFindings, strangers: Mapping[str, Person]) -> Encounter | None:
    """Return an encounter without the people who do not count; None if no one is left."""
    if not told.uncertain:
        return encounter
    left = tuple(person for person in encounter.people if person.id not in told.uncertain or person.id in strangers)
    if len(left) == len(encounter.people):
        return encounter
    return replace(encounter, people=left) if left else None


def _forget(known: Known, paths: set[str]) -> None:
    """Forget notes that are gone, and their encounters."""
    for gone in known.meetings.forget(paths):
        known.days.replace(SourceKind.MEETING, gone.note.path, gone.result, ())
        del known.daily[gone.note.path]
    for reading in known.told.forget(paths):
        before = known.settled.pop(reading.note.path, ())
        known.days.replace(SourceKind.DAILY, reading.note.path, before, ())
        known.days.replace(SourceKind.LOG, reading.note.path, before, ())


def _told(
    note: Note,
    people: Directory,
    config: Config,
    day: dt.date | None,
    found: Meetings,
    noted: list[Trace] | None = None,
) -> NoteFindings:
    """Return what a note tells besides being a meeting note; what became of each name is added to `noted`."""
    note = settled(note, people.order)
    keys = attendee_names(config.encounters.attendees)
    scene = scene_of(note, config, people.spelling, blocks=note.path not in found)
    context = partial(Context, note, people, found, scene, attendee_keys=keys, traces=noted)
    if owner := people.noted.get(note.path):
        return occasions.read(context(owner=owner))
    if note.path == people.ego.path:
        return occasions.read(context())
    if day:
        return _of_day(context(day=day, daily=True), config)
    if note.path in found:
        return _beside_meeting(note, people, found[note.path], context())
    own_day = _own_day(note, people, config) if note.passages else None
    return occasions.read(context(day=own_day, strict=own_day is not None))


def _own_day(note: Note, people: Directory, config: Config) -> dt.date | None:
    """Return the day of a note that is neither daily note nor meeting."""
    return named_date(note.path, people.order) or property_date(note, config, [], people.order)


def _beside_meeting(note: Note, people: Directory, met: Sequence[Encounter], context: Context) -> NoteFindings:
    """Return what a meeting note tells besides its meeting: tasks done on another day, and who is only mentioned."""
    tasks = _tasks(note.passages)
    done = occasions.read(replace(context, note=note._replace(passages=tasks))) if tasks else NoteFindings()
    there = {person.id for encounter in met for person in encounter.people}
    named: dict[str, tuple[Person, int]] = {}
    for passage in note.passages:
        for reference in passage.names if passage.task is None else ():
            for one in names_on(note, passage, reference, people) if reference.kind in ("link", "at") else ():
                if context.traces is not None:
                    context.traces.append(_of_meeting(passage, reference, one.person, met[0].date, there))
                if one.noted and not one.person.me and one.person.id not in there:
                    named.setdefault(one.person.id, (one.person, passage.line))
    found = tuple(Mention(met[0].date, (person,), note.path, line) for person, line in named.values())
    return replace(done, mentions=(*done.mentions, *found))


def _tasks(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the tasks among the lines of a note, each below the nearest task above it that it is part of."""
    place: dict[int, int] = {}
    kept: list[Passage] = []
    for at, passage in enumerate(passages):
        above = place.get(passage.parent, -1)
        if passage.task is None:
            place[at] = above
        else:
            place[at] = len(kept)
            kept.append(passage._replace(parent=above))
    return tuple(kept)


def _of_meeting(passage: Passage, reference: Reference, person: Person, day: dt.date, there: set[str]) -> Trace:
    if person.id in there:
        return Trace(passage.line, day, reference.target, (person,), "encounter", 2, "was at this meeting")
    return Trace(
        passage.line, day, reference.target, (person,), "mention", 7, "linked in a meeting, not listed as present"
    )


def _meeting(
    note: Note, people: Directory, config: Config, daily: Mapping[str, dt.date | None]
) -> tuple[Encounter, ...]:
    """Return the encounters of a meeting note; none for other notes."""
    if note.path in people.noted or note.path == people.ego.path or daily[note.path]:
        return ()
    key = attendee_key(note, config)
    if not key and not any(passage.names or passage.text for passage in note.passages) and not named_date(note.path):
        return ()
    if not is_meeting(note, config) or _is_cancelled(note):
        return ()
    note = settled(note, people.order)
    doubts: list[Problem] = []
    day = property_date(note, config, doubts, people.order)
    day = day or named_date(note.path, people.order) or labelled_date(note, people.order)
    if key:
        people.problems.extend(doubts)
    return meetings(note, day, people, config, doubted=bool(doubts))


def _is_cancelled(note: Note) -> bool:
    """Return whether a note says that its meeting did not take place."""
    status = note.value("status")
    words = str(status).casefold() if isinstance(status, str) else ""
    return any(
        word in words for word in ("cancel", "postpone", "declined", "no-show", "abgesagt", "verschoben", "annul")
    )


def _of_day(context: Context, config: Config) -> NoteFindings:
    """Return the findings of a daily note; people in its attendee property only were together that day."""
    told = occasions.read(context)
    note, people = context.note, context.people
    if not (key := attendee_key(note, config)) or (fold_key(key) not in note.properties and key not in note.properties):
        return told
    seen = {person for encounter in told.encounters for person in encounter.people}
    listed = note._replace(passages=())
    for summary in meetings(listed, context.day, people, config):
        rest = tuple(person for person in summary.people if person not in seen)
        if rest:
            told = replace(told, encounters=(*told.encounters, replace(summary, people=rest, title=None)))
    return told
