"""All encounters of a vault: which note is read in which way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from netnotes.config import Config
from netnotes.extract import daily_blocks
from netnotes.extract.dedupe import Days, Teller
from netnotes.extract.meetings import attendee_key, meeting
from netnotes.extract.note_types import daily_dates, evidence_notes, named_date, property_date
from netnotes.extract.resolver import Directory
from netnotes.extract.scenes import scene_of
from netnotes.incremental import Recall
from netnotes.model import Encounter, Note, Problem, Vault


@dataclass(slots=True)
class Known:
    """What an earlier call with the same configuration made of each note; empty to begin with."""

    daily: dict[str, dt.date | None] = field(default_factory=dict)
    """Path → the day that it is the daily note of."""
    meetings: Recall[Encounter | None] = field(default_factory=Recall)
    told: Recall[tuple[Encounter, ...]] = field(default_factory=Recall)
    """What all other notes, and other parts of meeting notes, tell."""
    days: Days = field(default_factory=Days)
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
    """Return the encounters that a vault tells of, each once, sorted by date, path and line.

    `more` are those that plugins found; what the notes tell anyway they only complete. A note of which `known` has a
    reading is read again only where it changed, or an answer of `people` that it asked for is among the `news`.
    """
    known = Known() if known is None else known
    daily_date = daily_dates(vault, config)
    notes = evidence_notes(vault)
    _forget(known, {note.path for note in notes})
    for note in notes:
        if note.path not in known.daily:
            known.daily[note.path] = daily_date(note.path)
    meetings, moved = _meetings(notes, people, config, known, news)
    # A daily note that links a meeting leaves to it whom it tells of.
    news = None if news is None else news | moved
    for note in known.told.stale(notes, news):
        before = known.told.kept.get(note.path)
        told = known.told.anew(note, people, partial(_told, note, people, config, known.daily[note.path], meetings))
        _tell(known, note.path, before.result if before else (), told, daily=_is_daily(note, people, known.daily))
    known.days.tell(Teller.PLUGIN, "", known.more, more)
    known.more = tuple(more)
    return known.days.encounters()


def _meetings(
    notes: Iterable[Note], people: Directory, config: Config, known: Known, news: frozenset[str] | None
) -> tuple[dict[str, Encounter], set[str]]:
    """Return path → encounter of all meeting notes, and the paths of those that tell something else than before."""
    moved: set[str] = set()
    for note in known.meetings.stale(notes, news):
        before = known.meetings.kept.get(note.path)
        found = known.meetings.anew(note, people, partial(_meeting, note, people, config, known.daily))
        earlier = before.result if before else None
        known.days.tell(Teller.MEETING, note.path, _one(earlier), _one(found))
        if found != earlier:
            moved.add(note.path)
    kept = known.meetings.kept
    return {path: reading.result for path, reading in kept.items() if reading.result}, moved


def _one(encounter: Encounter | None) -> tuple[Encounter, ...]:
    return (encounter,) if encounter else ()


def _forget(known: Known, paths: set[str]) -> None:
    """Forget the notes that are gone, and what they told."""
    for gone in known.meetings.forget(paths):
        known.days.tell(Teller.MEETING, gone.note.path, _one(gone.result), ())
        del known.daily[gone.note.path]
    for reading in known.told.forget(paths):
        _tell(known, reading.note.path, reading.result, (), daily=False)


def _tell(known: Known, path: str, before: Sequence[Encounter], now: Sequence[Encounter], *, daily: bool) -> None:
    """Take what a note tells now; it may have been of the other kind before."""
    known.days.tell(Teller.DAILY, path, before, now if daily else ())
    known.days.tell(Teller.LOG, path, before, () if daily else now)


def _is_daily(note: Note, people: Directory, daily: Mapping[str, dt.date | None]) -> bool:
    return note.path not in people.noted and note.path != people.ego.path and daily[note.path] is not None


def _told(
    note: Note, people: Directory, config: Config, day: dt.date | None, meetings: daily_blocks.Meetings
) -> tuple[Encounter, ...]:
    """Return what a note tells besides being a meeting note."""
    scene = scene_of(note, config, people.spelling, blocks=note.path not in meetings)
    if owner := people.noted.get(note.path):
        return tuple(daily_blocks.log(note, owner, people, scene, meetings))
    if day and note.path != people.ego.path:
        return tuple(_of_day(note, day, people, meetings, config, scene))
    return tuple(daily_blocks.done_tasks(note, people, scene))


def _meeting(note: Note, people: Directory, config: Config, daily: Mapping[str, dt.date | None]) -> Encounter | None:
    """Return the encounter that a note is, if it is a meeting note."""
    if note.path in people.noted or note.path == people.ego.path or daily[note.path]:
        return None
    if not attendee_key(note, config) and not any(passage.links for passage in note.passages):
        return None
    doubts: list[Problem] = []
    day = property_date(note, config, doubts) or named_date(note.path)
    if attendee_key(note, config):
        people.problems.extend(doubts)
    return meeting(note, day, people, config, doubted=bool(doubts))


def _of_day(
    note: Note,
    day: dt.date,
    people: Directory,
    meetings: daily_blocks.Meetings,
    config: Config,
    scene: str | None,
) -> Iterator[Encounter]:
    """Yield the encounters of a daily note; whom only its attendee property names was together that day."""
    found = list(daily_blocks.daily(note, day, people, meetings, scene))
    yield from found
    if attendee_key(note, config) and (summary := meeting(note, day, people, config)):
        seen = {person for encounter in found for person in encounter.people}
        rest = tuple(person for person in summary.people if person not in seen)
        if rest:
            yield replace(summary, people=rest, title=None)
