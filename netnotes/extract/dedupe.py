"""What is told in several places is counted once: merged, one day at a time. Reads no note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import chain

from netnotes.model import Encounter

Who = frozenset[str]
"""The ids of everybody at an encounter."""


class SourceKind(IntEnum):
    """Who describes an encounter; the first word has the first of these."""

    MEETING = 0
    DAILY = 1
    LOG = 2
    PLUGIN = 3


@dataclass(slots=True)
class EncounterMerger:
    """All encounters found, by day. Kept between calls, so that only the days that changed are merged."""

    _told: dict[dt.date, dict[tuple[SourceKind, str], list[Encounter]]] = field(default_factory=dict)
    _merged: dict[dt.date, tuple[Encounter, ...]] = field(default_factory=dict)
    _touched: set[dt.date] = field(default_factory=set)

    def replace(self, who: SourceKind, path: str, before: Iterable[Encounter], now: Iterable[Encounter]) -> None:
        """Take what the note at `path` tells `now` in place of what it told `before`."""
        for day in {encounter.date for encounter in before}:
            self._told[day].pop((who, path), None)
            self._touched.add(day)
        for encounter in now:
            self._told.setdefault(encounter.date, {}).setdefault((who, path), []).append(encounter)
            self._touched.add(encounter.date)

    def encounters(self) -> tuple[Encounter, ...]:
        """Return all encounters, each once, sorted by date, path and line."""
        for day in self._touched:
            tellings = self._told[day]
            if tellings:
                self._merged[day] = _once(tellings)
            else:
                del self._told[day]
                self._merged.pop(day, None)
        self._touched.clear()
        return tuple(chain.from_iterable(self._merged[day] for day in sorted(self._merged)))


def _once(tellings: dict[tuple[SourceKind, str], list[Encounter]]) -> tuple[Encounter, ...]:
    """Merge what is described one day: a meeting note first, then daily notes, then logs, then what plugins found.

    Two notes of one kind tell two encounters, unless they are the logs of two people who were there.
    """
    sources: dict[tuple[SourceKind, str], list[Encounter]] = {}
    for who, path in sorted(tellings):
        sources.setdefault((who, path if who is SourceKind.LOG else ""), []).extend(tellings[who, path])
    known: list[Encounter] = []
    places: dict[Who, list[int]] = {}
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
    return tuple(sorted(known, key=lambda encounter: (encounter.path, encounter.line)))


def _who(encounter: Encounter) -> Who:
    return frozenset(person.id for person in encounter.people)


def _place(told: Encounter, known: list[Encounter], places: dict[Who, list[int]], taken: set[int]) -> int | None:
    """Return the first place in `known` of what may be the same occasion: the same people, and no contradiction.

    Where a length is noted, and the same, some of the people are enough.
    """
    who = _who(told)
    same = (at for at in places.get(who, ()) if at not in taken and _agree(known[at], told))
    firsts = [next(same, None)]
    if told.minutes is not None:
        for group, found in places.items():
            if who < group:
                some = (
                    at
                    for at in found
                    if at not in taken and known[at].minutes == told.minutes and _agree(known[at], told)
                )
                firsts.append(next(some, None))
    return min((at for at in firsts if at is not None), default=None)


def _agree(known: Encounter, told: Encounter) -> bool:
    """Return whether two tellings contradict each other in nothing."""
    return (
        (None in (known.minutes, told.minutes) or known.minutes == told.minutes)
        and (None in (known.channel, told.channel) or known.channel == told.channel)
        and (None in (known.clock, told.clock) or known.clock == told.clock)
    )


def _merge(known: Encounter, told: Encounter) -> Encounter:
    """Return the first telling with what only the second knows."""
    return replace(
        known,
        minutes=known.minutes if known.minutes is not None else told.minutes,
        minutes_by_person={**told.minutes_by_person, **known.minutes_by_person},
        channel=known.channel or told.channel,
        initiated_by=known.initiated_by or told.initiated_by,
        scene=known.scene or told.scene,
        clock=known.clock if known.clock is not None else told.clock,
        fields={**told.fields, **known.fields},
    )
