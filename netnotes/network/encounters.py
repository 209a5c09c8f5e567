"""All encounters and promises of a vault: which note is read in which way, and what is told twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from netnotes.config import Config
from netnotes.model import Encounter, Note, Problem, Vault
from netnotes.network import blocks
from netnotes.network.meetings import attendee_key, meeting
from netnotes.network.notekinds import daily_dates, named_date, property_date
from netnotes.network.people import Directory
from netnotes.network.scenes import scene_of


def read(
    vault: Vault, people: Directory, config: Config, more: Iterable[Encounter] = ()
) -> tuple[Encounter, ...]:
    """Return the encounters that a vault tells of, each once, sorted by date, path and line.

    `more` are those that plugins found; what the notes tell anyway they only complete.
    """
    daily_date = daily_dates(vault, config)
    templates = tuple(f"{folder}/" for folder in vault.templates)
    notes = [note for note in vault.notes if not (templates and note.path.startswith(templates))]
    meetings: dict[str, Encounter] = {}
    days: dict[str, dt.date] = {}
    for note in notes:
        if note.path in people.noted or note.path == people.ego.path:
            continue
        day = daily_date(note.path)
        if day:
            days[note.path] = day
        else:
            found = _meeting(note, people, config)
            if found:
                meetings[note.path] = found
    told: list[list[Encounter]] = [list(meetings.values()), [], []]
    for note in notes:
        scene = scene_of(note, config, people.spelling, blocks=note.path not in meetings)
        if note.path in days:
            told[1] += _of_day(note, days[note.path], people, meetings, config, scene)
        elif note.path in people.noted:
            told[2] += blocks.log(note, people.noted[note.path], people, scene, meetings)
        else:
            told[2] += blocks.done_tasks(note, people, scene)
    told.append(list(more))
    return tuple(sorted(_once(told), key=lambda e: (e.date, e.path, e.line)))


def _meeting(note: Note, people: Directory, config: Config) -> Encounter | None:
    if not attendee_key(note, config) and not any(passage.mentions for passage in note.passages):
        return None
    doubts: list[Problem] = []
    day = property_date(note, config, doubts) or named_date(note.path)
    if attendee_key(note, config):
        people.problems += doubts
    return meeting(note, day, people, config, doubted=bool(doubts))


def _of_day(
    note: Note,
    day: dt.date,
    people: Directory,
    meetings: blocks.Meetings,
    config: Config,
    scene: str | None,
) -> Iterator[Encounter]:
    """Yield the encounters of a daily note; whom only its attendee property names was together that day."""
    found = list(blocks.daily(note, day, people, meetings, scene))
    yield from found
    if attendee_key(note, config) and (summary := meeting(note, day, people, config)):
        seen = {person for encounter in found for person in encounter.people}
        rest = tuple(person for person in summary.people if person not in seen)
        if rest:
            yield replace(summary, people=rest, title=None)


def _once(told: Iterable[list[Encounter]]) -> list[Encounter]:
    """Merge what is told in several places: a meeting note first, then daily notes, then logs.

    Two notes of one kind tell two encounters, unless they are the logs of two people who were there.
    """
    meetings, dailies, logs, more = told
    sources: list[list[Encounter]] = [meetings, dailies]
    by_note: defaultdict[str, list[Encounter]] = defaultdict(list)
    for encounter in logs:
        by_note[encounter.path].append(encounter)
    sources += [by_note[path] for path in sorted(by_note)]
    sources.append(more)
    by_day: defaultdict[dt.date, list[Encounter]] = defaultdict(list)
    for source in sources:
        fresh: defaultdict[dt.date, list[Encounter]] = defaultdict(list)
        taken: set[int] = set()
        for encounter in source:
            known = by_day[encounter.date]
            at = next((i for i, k in enumerate(known) if id(k) not in taken and _same(k, encounter)), None)
            if at is None:
                fresh[encounter.date].append(encounter)
            else:
                known[at] = _merged(known[at], encounter)
                taken.add(id(known[at]))
        for day, encounters in fresh.items():
            by_day[day] += encounters
    return [encounter for encounters in by_day.values() for encounter in encounters]


def _same(known: Encounter, told: Encounter) -> bool:
    """Tell whether two tellings may be of one occasion: the same people, and nothing that contradicts."""
    these, those = set(known.people), set(told.people)
    if these != those and not (those < these and known.minutes is not None and known.minutes == told.minutes):
        return False
    return (
        (None in (known.minutes, told.minutes) or known.minutes == told.minutes)
        and (None in (known.channel, told.channel) or known.channel == told.channel)
        and (None in (known.clock, told.clock) or known.clock == told.clock)
    )


def _merged(known: Encounter, told: Encounter) -> Encounter:
    """Return the first telling with what only the second knows."""
    return replace(
        known,
        minutes=known.minutes if known.minutes is not None else told.minutes,
        own={**told.own, **known.own},
        channel=known.channel or told.channel,
        initiated_by=known.initiated_by or told.initiated_by,
        scene=known.scene or told.scene,
        clock=known.clock if known.clock is not None else told.clock,
    )
