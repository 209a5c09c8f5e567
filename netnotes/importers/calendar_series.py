"""Occurrences of a recurring calendar entry, computed by dateutil inside a window and up to a limit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import islice, takewhile
from math import prod
from typing import Any

from netnotes.importers.calendar_events import STAMP, Event, Stamp, local_time
from netnotes.lazy_dataclass import dataclass
from netnotes.notes import Problem

_MOST_OCCURRENCES = 5_000
"""Days of one series that are read."""
_MOST_STEPS = 8_000_000
"""Limit of the steps (days, weeks, months or years) computed for all rules of one file: about half a minute."""
FIRST_YEAR = 1900
"""A series with an earlier start is a mistake, and its rule would take too long to expand."""
_LONGEST_RULE = 300
_MOST_WALKED = 50_000
"""Occurrences of one series that are computed, including those before the window."""
_MARGIN = dt.timedelta(days=45)
"""Days this far outside the window are computed too: a time zone or an exception may move them into it."""
_LAST_YEAR = 9999
_CALENDAR_CYCLE = 400
"""Years after which dates and weekdays repeat."""
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""How often a rule may repeat → days of one step. Within a day no meeting repeats."""
_PART = re.compile(r"(?:^|;)\s*(FREQ|INTERVAL)=(\w+)", re.IGNORECASE)
_KNOWN = re.compile(r"(?:FREQ|INTERVAL|COUNT|UNTIL|WKST|BY[A-Z]+)=.", re.IGNORECASE)
_OTHER_CALENDAR = re.compile(r"RSCALE=(?!GREGORIAN$)", re.IGNORECASE)
_TIMES_OF_DAY = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=([^;]*)", re.IGNORECASE)

_RULE = re.compile(r"(D|W|MP|MD|YM|YD)(\d{1,4})")
_TIMES = re.compile(r"#(\d{1,6})")
_MOMENT = re.compile(r"\d{8}(?:T\d{4,6}Z?)?")
_CLOCK = re.compile(r"\d{4}\$?")
_POSITION = re.compile(r"([1-5])([+-])")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})([+-]?)")
_FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "MP": "MONTHLY", "MD": "MONTHLY", "YM": "YEARLY", "YD": "YEARLY"}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_USUAL_TIMES = 2
"""How often a rule comes that does not say it."""


@dataclass(slots=True)
class Window:
    """The days that are asked for, both inclusive, and how much work is left for the rules of one file."""

    first: dt.date
    last: dt.date
    steps: int = field(default=_MOST_STEPS)


def occurrence_starts(event: Event, window: Window, problems: list[Problem]) -> list[dt.datetime]:
    """Return the start of each occurrence of an entry in or near the window, in order."""
    if event.start is None:
        return []
    first = dt.datetime.combine(window.first, dt.time.min) - _MARGIN
    last = dt.datetime.combine(window.last, dt.time.max) + _MARGIN
    begin, zone = event.start.value, event.start.zone
    found = {begin}
    without = {stamp.in_zone(zone) for stamp in event.excluded_starts if not stamp.is_day}
    try:
        for rule in event.rules:
            found.update(_expand(rule, event.start, first, last, window))
        for rule in event.excluded_rules:
            without.update(_expand(rule, event.start, first, last, window))
    except (ValueError, TypeError, OverflowError, KeyError, AttributeError):
        message = "calendar entry with a rule that cannot be read; its first day counts"
        if window.steps <= 0:
            message = "too many repeated entries; from here on only the first day of each counts"
        problems.append(Problem(message, line=event.line))
    for stamp in event.extra_starts:
        # A day without a time in a series with one means the same time on that day.
        of_day = stamp.is_day and not event.start.is_day
        found.add(dt.datetime.combine(stamp.value, begin.time()) if of_day else stamp.in_zone(zone))
    days = {stamp.value.date() for stamp in event.excluded_starts if stamp.is_day}
    return sorted(
        start for start in found if first <= start <= last and start not in without and start.date() not in days
    )


def _expand(rule: str, start: Stamp, first: dt.datetime, last: dt.datetime, window: Window) -> Iterable[dt.datetime]:
    """Return the occurrences of a rule from `first` to `last`. Raises ValueError for an invalid or too costly rule."""
    from dateutil.rrule import rrulestr  # slow to import, and most calendars have no series

    if len(rule) > _LONGEST_RULE or start.value.year < FIRST_YEAR:
        raise ValueError(rule)
    rule = _modern_rule(rule, start.value.date()) if _is_old_rule(rule) else _known_parts(rule)
    size = _days_per_step(rule)
    window.steps -= max((last - start.value).days, 0) // size + _starts_per_day(rule)
    if window.steps <= 0:
        raise ValueError(rule)
    # dateutil computes a rule without any occurrence up to the year 9999. The calendar repeats every 400 years, so the
    # rule is shifted to shortly before that year.
    shift = (_LAST_YEAR - last.year) // _CALENDAR_CYCLE * _CALENDAR_CYCLE
    rule = re.sub(r"UNTIL=([0-9TZ]+)", lambda found: _until(found[1], start, shift), rule, flags=re.IGNORECASE)
    series: Any = rrulestr(rule, dtstart=_shift_years(start.value, shift))
    end = _shift_years(last, shift)
    # dateutil always begins with the first day of the series: the limit also holds for series outside the window.
    walked = list(islice(takewhile(lambda each: each <= end, series), _MOST_WALKED))
    if not walked:
        window.steps -= (_LAST_YEAR - shift - start.value.year) * 366 // size
    return list(islice((day for each in walked if (day := _shift_years(each, -shift)) >= first), _MOST_OCCURRENCES))


def _known_parts(rule: str) -> str:
    """Return a rule without spaces, empty parts and what some makers add; one of another calendar stays unreadable."""
    parts = (part.strip() for part in rule.split(";"))
    return ";".join(part for part in parts if _KNOWN.match(part) or _OTHER_CALENDAR.match(part))


def _days_per_step(rule: str) -> int:
    """Return the days of one step of a rule. Raises ValueError, KeyError."""
    parts = {found[1].upper(): found[2].upper() for found in _PART.finditer(rule)}
    return _DAYS[parts["FREQ"]] * max(int(parts.get("INTERVAL", "1")[:9]), 1)


def _starts_per_day(rule: str) -> int:
    """Return how often a rule comes on each of its days."""
    return prod(found[1].count(",") + 1 for found in _TIMES_OF_DAY.finditer(rule))


def _shift_years(value: dt.datetime, years: int) -> dt.datetime:
    return value.replace(year=value.year + years)


def _until(text: str, start: Stamp, shift: int) -> str:
    found = STAMP.fullmatch(text.upper())
    if not found:
        raise ValueError(text)
    year, month, day, hour, minute, _, utc = found.groups()
    if hour is None:
        value = local_time(year, month, day, 23, 59, 59)
    else:
        value = local_time(year, month, day, hour, minute)
        value = Stamp(value, is_day=False, zone=dt.UTC if utc else start.zone).in_zone(start.zone)
    # 9999 is how some programs write that a series never ends.
    return f"UNTIL={_shift_years(value, min(shift, _LAST_YEAR - value.year)):%Y%m%dT%H%M%S}"


def _is_old_rule(rule: str) -> bool:
    """Return whether a rule is written in the way of vCalendar 1.0: `W1 MO #10`."""
    return _RULE.match(rule.strip().upper()) is not None


def _modern_rule(rule: str, start: dt.date) -> str:
    """Return a rule of vCalendar 1.0 as one of RFC 5545: `FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;COUNT=10` for `W1 MO #10`.

    Times of day are left out, since the entry has its own. Raises ValueError for rules within rules, which no meeting
    has.
    """
    head, *parts = rule.upper().split()
    found = _RULE.fullmatch(head)
    if not found:
        raise ValueError(rule)
    end = f"COUNT={_USUAL_TIMES}"
    if parts and (times := _TIMES.fullmatch(parts[-1])):
        end = f"COUNT={int(times[1])}" if int(times[1]) else ""
        parts.pop()
    elif parts and _MOMENT.fullmatch(parts[-1]):
        end = f"UNTIL={parts.pop()}"
    kind = found[1]
    days = [part.rstrip("$") for part in parts if not _CLOCK.fullmatch(part)]
    which = ",".join(_by_kind(kind, days, start))
    name = {"W": "BYDAY", "MP": "BYDAY", "MD": "BYMONTHDAY", "YM": "BYMONTH", "YD": "BYYEARDAY"}.get(kind)
    by = f"{name}={which}" if name and which else ""
    return ";".join(filter(None, (f"FREQ={_FREQUENCIES[kind]}", f"INTERVAL={int(found[2]) or 1}", by, end)))


def _by_kind(kind: str, days: Sequence[str], start: dt.date) -> Iterator[str]:
    """Yield the days or months that a rule names, as RFC 5545 writes them. Raises ValueError."""
    if kind == "D":
        if days:
            raise ValueError(days)
    elif kind == "W":
        for day in days:
            yield _WEEKDAYS[_WEEKDAYS.index(day)]
    elif kind == "MP":
        yield from _by_position(days or [f"{(start.day - 1) // 7 + 1}+", _WEEKDAYS[start.weekday()]])
    elif kind == "MD":
        for day in days:
            found = _DAY_OF_MONTH.fullmatch("1-" if day == "LD" else day)
            if not found:
                raise ValueError(day)
            yield f"{'-' * (found[2] == '-')}{int(found[1])}"
    else:
        yield from (str(int(day)) for day in days)


def _by_position(days: Sequence[str]) -> Iterator[str]:
    """Yield `1MO` and `-1FR` for `1+ MO 1- FR`; several positions before a weekday all go with it."""
    positions: list[str] = []
    is_open = False
    for day in days:
        if found := _POSITION.fullmatch(day):
            positions = [*(positions if is_open else ()), f"{'-' * (found[2] == '-')}{found[1]}"]
            is_open = True
            continue
        is_open = False
        if not positions:
            raise ValueError(day)
        yield from (f"{position}{_WEEKDAYS[_WEEKDAYS.index(day)]}" for position in positions)
