"""The days of a series: its rules expanded by dateutil, inside a window and up to a bound."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from netnotes.importers.calendar_events import STAMP, Event, Stamp, local_time
from netnotes.notes import Problem

MOST_OCCURRENCES = 5_000
"""Days of one series that are read."""
_MARGIN = dt.timedelta(days=45)
"""How far outside the window days are looked for: another zone, or a series that was moved, may bring them in."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are asked for, both inclusive."""

    first: dt.date
    last: dt.date


def starts(event: Event, window: Window, problems: list[Problem]) -> list[dt.datetime]:
    """Return when an entry or the days of its series begin, near the window, in order."""
    if event.start is None:
        return []
    first = dt.datetime.combine(window.first, dt.time.min) - _MARGIN
    last = dt.datetime.combine(window.last, dt.time.max) + _MARGIN
    begin, zone = event.start.value, event.start.zone
    found = {begin}
    without = {stamp.in_zone(zone) for stamp in event.without if not stamp.is_day}
    try:
        for rule in event.rules:
            found.update(_expanded(rule, event.start, first, last))
        for rule in event.except_rules:
            without.update(_expanded(rule, event.start, first, last))
    except (ValueError, TypeError, OverflowError, KeyError, AttributeError):
        message = "calendar entry with a rule that cannot be read; its first day counts"
        problems.append(Problem(message, line=event.line))
    found.update(stamp.in_zone(zone) for stamp in event.more)
    days = {stamp.value.date() for stamp in event.without if stamp.is_day}
    return sorted(
        start for start in found if first <= start <= last and start not in without and start.date() not in days
    )


def _expanded(rule: str, start: Stamp, first: dt.datetime, last: dt.datetime) -> Iterable[dt.datetime]:
    from dateutil.rrule import rrulestr  # slow to import, and most calendars have no series

    rule = re.sub(r"UNTIL=([0-9TZ]+)", lambda found: _until(found[1], start), rule, flags=re.IGNORECASE)
    series: Any = rrulestr(rule, dtstart=start.value)
    # `between` walks from the first day on: the bound holds for series that never reach the window.
    walked = islice(series, MOST_OCCURRENCES * 4)
    return list(islice((each for each in _up_to(walked, last) if each >= first), MOST_OCCURRENCES))


def _up_to(series: Iterable[dt.datetime], last: dt.datetime) -> Iterator[dt.datetime]:
    for each in series:
        if each > last:
            return
        yield each


def _until(text: str, start: Stamp) -> str:
    found = STAMP.fullmatch(text.upper())
    if not found:
        raise ValueError(text)
    year, month, day, hour, minute, _, utc = found.groups()
    if hour is None:
        value = local_time(year, month, day, 23, 59, 59)
    else:
        value = local_time(year, month, day, hour, minute)
        value = Stamp(value, is_day=False, zone=dt.UTC if utc else start.zone).in_zone(start.zone)
    return f"UNTIL={value:%Y%m%dT%H%M%S}"
