"""Encounters by day: what several notes say about one occasion becomes one encounter. Reads no notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from operator import is_

from netnotes.incremental import EncountersByDay, SourceKind
from netnotes.model import Encounter

_Who = frozenset[str]
"""The ids of everyone at an encounter."""


def replace_source(
    days: EncountersByDay, kind: SourceKind, path: str, before: Sequence[Encounter], now: Sequence[Encounter]
) -> None:
    """Replace the encounters `before` of the note at `path` by those it has `now`."""
    if not (before or now):
        return
    of_kind = days.found.setdefault(kind, {})
    for day in {encounter.date for encounter in before}:
        sources = of_kind.get(day, {})
        if sources.pop(path, None) and not sources:
            del of_kind[day]
        days.changed.add(day)
    by_day: dict[dt.date, list[Encounter]] = {}
    for encounter in now:
        by_day.setdefault(encounter.date, []).append(encounter)
    for day, found in by_day.items():
        # Nearly all notes have encounters of one day, and then this is their own tuple: there are very many.
        of_kind.setdefault(day, {})[path] = tuple(found if len(by_day) > 1 else now)
        days.changed.add(day)


def with_known(now: Sequence[Encounter], before: Sequence[Encounter]) -> tuple[Encounter, ...]:
    """Return the encounters of a note or of a day, with the objects `before` where they are the same.

    What depends on those need not be worked out again. Two people are equal although one of them has other properties,
    so their objects are compared.
    """
    known = {(encounter.path, encounter.line, encounter.date): encounter for encounter in before}
    return tuple([_known(one, known.pop((one.path, one.line, one.date), None)) for one in now])


def _known(now: Encounter, before: Encounter | None) -> Encounter:
    if before is None or before != now or not all(map(is_, before.people, now.people)):
        return now
    # The order of fields does not count for equality.
    return before if [*before.fields] == [*now.fields] else now


def merge_changed_days(days: EncountersByDay) -> dict[dt.date, tuple[Encounter, ...]]:
    """Merge what several sources say about one occasion, on the changed days; return their encounters before."""
    before = {day: days.merged.get(day, ()) for day in days.changed}
    for day in days.changed:
        by_kind = [(kind, found) for kind, of_kind in sorted(days.found.items()) if (found := of_kind.get(day))]
        if by_kind:
            days.merged[day] = with_known(_merge_day(by_kind), before[day])
        else:
            days.merged.pop(day, None)
    days.changed.clear()
    return before


def with_more(days: MutableMapping[dt.date, tuple[Encounter, ...]], more: Iterable[Encounter]) -> None:
    """Add more encounters to those of their days, which are sorted by path and line."""
    by_day: dict[dt.date, list[Encounter]] = {}
    for encounter in more:
        by_day.setdefault(encounter.date, []).append(encounter)
    for day, found in by_day.items():
        days[day] = tuple(sorted((*days.get(day, ()), *found), key=_place_in_notes))


def _place_in_notes(encounter: Encounter) -> tuple[str, int]:
    return encounter.path, encounter.line


def _merge_day(
    by_kind: Sequence[tuple[SourceKind, Mapping[str, tuple[Encounter, ...]]]],
) -> tuple[Encounter, ...]:
    """Merge the encounters of one day: meeting notes first, then daily notes, then logs, then plugins.

    Two notes of one kind mean two encounters, unless they are the logs of two people who were there.
    """
    sources: dict[tuple[SourceKind, str], list[Encounter]] = {}
    for kind, by_path in by_kind:
        for path, found in sorted(by_path.items()):
            sources.setdefault((kind, path if kind is SourceKind.LOG else ""), []).extend(found)
    known: list[Encounter] = []
    places: dict[_Who, list[int]] = {}
    for source in sources.values():
        fresh: list[Encounter] = []
        taken: set[int] = set()
        for encounter in source:
            at = _place(encounter, known, places, taken)
            if at is None:
                fresh.append(encounter)
            else:
                known[at] = _merge(known[at], encounter)
                taken.add(at)
        for encounter in fresh:
            places.setdefault(_who(encounter), []).append(len(known))
            known.append(encounter)
    return tuple(sorted(known, key=_place_in_notes))


def _who(encounter: Encounter) -> _Who:
    return frozenset(person.id for person in encounter.people)


def _place(found: Encounter, known: list[Encounter], places: dict[_Who, list[int]], taken: set[int]) -> int | None:
    """Return the first index in `known` of what may be the same occasion: the same people, and no contradiction.

    If both have the same noted length, a subset of the people is enough.
    """
    who = _who(found)
    same = (at for at in places.get(who, ()) if at not in taken and _compatible(known[at], found))
    firsts = [next(same, None)]
    if found.minutes is not None:
        for group, indices in places.items():
            if who < group:
                some = (
                    at
                    for at in indices
                    if at not in taken and known[at].minutes == found.minutes and _compatible(known[at], found)
                )
                firsts.append(next(some, None))
    return min((at for at in firsts if at is not None), default=None)


def _compatible(known: Encounter, found: Encounter) -> bool:
    """Return whether two descriptions of an encounter do not contradict each other."""
    return (
        (None in (known.minutes, found.minutes) or known.minutes == found.minutes)
        and (None in (known.channel, found.channel) or known.channel == found.channel)
        and (None in (known.clock, found.clock) or known.clock == found.clock)
    )


def _merge(known: Encounter, found: Encounter) -> Encounter:
    """Complete the first description with what only the second has."""
    return replace(
        known,
        minutes=known.minutes if known.minutes is not None else found.minutes,
        minutes_by_person={**found.minutes_by_person, **known.minutes_by_person},
        channel=known.channel or found.channel,
        initiated_by=known.initiated_by or found.initiated_by,
        scene=known.scene or found.scene,
        clock=known.clock if known.clock is not None else found.clock,
        fields={**found.fields, **known.fields},
    )
