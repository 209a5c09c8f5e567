"""The entries of a calendar file: what each says of itself. Series are expanded by `ics`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

from netnotes.importers.content_lines import Property, logical_lines, parse_line
from netnotes.importers.records import one_line
from netnotes.notes import Problem

MOST_EVENTS = 200_000
MOST_STAMPS = 5_000
"""Days that one property lists which are read."""
STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?")
"""A day, or a day with a time, in UTC where a Z follows."""
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, or a day with a time: local to `zone`, in UTC, or floating (zone None)."""

    value: dt.datetime
    is_day: bool
    zone: str | None = None
    minutes: float | None = None
    """Length of a period, where one stands instead of a time."""

    def in_zone(self, zone: str | None) -> dt.datetime:
        """Return the local time in another zone, where both are known; else the time as written."""
        mine, other = zone_of(self.zone), zone_of(zone)
        if self.is_day or mine is None or other is None:
            return self.value
        return self.value.replace(tzinfo=mine).astimezone(other).replace(tzinfo=None)


@dataclass(slots=True)
class Event:
    """One entry, while it is read and after."""

    uid: str
    line: int
    start: Stamp | None = None
    end: Stamp | None = None
    duration: dt.timedelta | None = None
    rules: list[str] = field(default_factory=list)
    more: list[Stamp] = field(default_factory=list)
    without: list[Stamp] = field(default_factory=list)
    replaces: Stamp | None = None
    cancelled: bool = False
    attendees: list[Property] = field(default_factory=list)
    organizer: Property | None = None
    faults: list[str] = field(default_factory=list)


def events_in(text: str) -> tuple[list[Event], list[Problem]]:
    """Return the entries of all calendars of a text; alarms, to-dos and the like are passed over."""
    events: list[Event] = []
    problems: list[Problem] = []
    event: Event | None = None
    inner: list[str] = []
    cancels = False
    for number, line in logical_lines(text):
        found = parse_line(line)
        if found is None:
            continue
        if found.name == "BEGIN":
            kind = found.value.strip().upper()
            if kind == "VEVENT" and event is None:
                event, inner = Event(uid="", line=number), []
            else:
                inner.append(kind)
        elif found.name == "END":
            kind = found.value.strip().upper()
            if kind == "VEVENT" and event is not None:
                if len(events) == MOST_EVENTS:
                    problems.append(Problem(f"more than {MOST_EVENTS:,} entries; the rest is left out", line=number))
                    break
                _finish(event, events, problems, cancelled=cancels)
                event = None
            elif inner:
                inner.pop()
        elif event is not None and not inner:
            _add(event, found)
        elif found.name == "METHOD" and found.value.strip().upper() == "CANCEL":
            cancels = True
    return events, problems


def _finish(event: Event, events: list[Event], problems: list[Problem], *, cancelled: bool) -> None:
    event.cancelled = event.cancelled or cancelled
    event.uid = event.uid or f"line {event.line}"
    if event.start is None:
        event.faults.append("no readable start")
    problems.extend(Problem(f"calendar entry with {fault}", line=event.line) for fault in event.faults)
    if event.start is not None:
        events.append(event)


def _add(event: Event, found: Property) -> None:  # noqa: C901, PLR0912  # one case a property
    match found.name:
        case "UID":
            event.uid = one_line(found.value) or ""
        case "DTSTART" if event.start is not None:
            event.faults.append("two starts; the first counts")
        case "DTSTART":
            event.start = _stamp(found)
        case "DTEND":
            event.end = _stamp(found)
        case "DURATION":
            event.duration = _duration(found.value)
        case "RRULE":
            event.rules.append(found.value.strip())
        case "RDATE":
            event.more.extend(_stamps(found))
        case "EXDATE":
            event.without.extend(_stamps(found))
        case "RECURRENCE-ID":
            event.replaces = _stamp(found)
        case "STATUS":
            event.cancelled = found.value.strip().upper() in ("CANCELLED", "CANCELED")
        case "ATTENDEE":
            event.attendees.append(found)
        case "ORGANIZER":
            event.organizer = found
        case _:
            pass


def _stamp(found: Property) -> Stamp | None:
    return next(_stamps(found), None)


def _stamps(found: Property) -> Iterator[Stamp]:
    zone = found.names.get("TZID")
    for part in found.value.split(",")[:MOST_STAMPS]:
        text, _, over = part.strip().partition("/")
        match = STAMP.fullmatch(text)
        if not match:
            continue
        year, month, day, hour, minute, second, utc = match.groups()
        try:
            value = local_time(year, month, day, hour or 0, minute or 0, min(int(second or 0), 59))
        except ValueError:
            continue
        # A zone beside a Z: the day is the zone's own, as those programs mean it.
        yield Stamp(value, hour is None, zone or ("UTC" if utc else None), _period(value, over))


def local_time(*parts: str | int) -> dt.datetime:
    """Return a local time out of year, month, day, hour, minute and second. Raises ValueError."""
    year, month, day, hour, minute, second = (*(int(part) for part in parts), 0)[:6]
    return dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # the zone is held beside it


def _period(begin: dt.datetime, over: str) -> float | None:
    """Return the minutes of `begin/over`, where `over` is a time or a duration."""
    end = STAMP.fullmatch(over)
    if end and end[4]:
        with suppress(ValueError):
            return (local_time(*end.groups()[:5]) - begin).total_seconds() / 60
    duration = _duration(over)
    return duration.total_seconds() / 60 if duration else None


def _duration(value: str) -> dt.timedelta | None:
    found = _DURATION.fullmatch(value.strip())
    if not found or found[1] == "-":
        return None
    weeks, days, hours, minutes, seconds = (min(int(part or 0), 10_000_000) for part in found.groups()[1:])
    try:
        return dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None


@lru_cache(maxsize=256)
def zone_of(name: str | None) -> ZoneInfo | None:
    """Return a zone of the database; None for floating times and zones of an unknown name, which are read as local."""
    if name is None:
        return None
    for candidate in (name, "/".join(name.rsplit("/", 2)[-2:])):
        try:
            return ZoneInfo(candidate)
        except (ValueError, OSError, KeyError):
            continue
    return None
