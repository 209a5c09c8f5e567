"""The entries of a calendar file, as they are written. Series are expanded by `ics`.

Time zones are named as in the database, as by Windows, with a maker's prefix, or defined in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import field
from functools import lru_cache
from io import StringIO
from itertools import islice
from zoneinfo import ZoneInfo

from netnotes.importers import bounds
from netnotes.importers.content_lines import MOST_LINE, Property, logical_lines, parse_line
from netnotes.importers.records import Source, one_line, text_lines
from netnotes.lazy_dataclass import dataclass
from netnotes.notes import Problem

MOST_STAMPS = 5_000
"""Days that one property lists which are read."""
STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?")
"""A day, or a day with a time, in UTC where a Z follows."""
_ZONE_GOES_ON = re.compile(r"^(.*?):(?=\d{8}|\d{4}-\d\d-\d\d)")
"""The rest of an unquoted zone name with a colon, as Exchange writes it."""
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_MOST_DEFINITIONS = 500
_LONGEST_DEFINITION = 200_000
_NAME = re.compile(r"^TZID[^:\n]*:(.*)$", re.MULTILINE)
_LOCATION = re.compile(r"^X-LIC-LOCATION[^:\n]*:(.*)$", re.MULTILINE)
_ENDLESS_RULE = re.compile(r"^RRULE(?![^\n]*FREQ=YEARLY)", re.MULTILINE)
"""A rule that is not yearly: no real time zone has one, and it would take too long to expand."""
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, or a day with a time: local to `zone`, in UTC, or floating (zone None)."""

    value: dt.datetime
    is_day: bool
    zone: dt.tzinfo | None = None
    minutes: float | None = None
    """Length of a period, where one is written instead of a time."""

    def in_zone(self, zone: dt.tzinfo | None) -> dt.datetime:
        """Return the local time in another zone, where both are known; else the time as written."""
        return self.value if self.is_day else convert_zone(self.value, self.zone, zone)


@dataclass(slots=True)
class Event:
    """One entry, while it is read and after."""

    uid: str
    line: int
    sequence: int = 0
    calendar_zone: dt.tzinfo | None = None
    """Zone in which the calendar shows times that are written in UTC."""
    start: Stamp | None = None
    end: Stamp | None = None
    duration: dt.timedelta | None = None
    rules: list[str] = field(default_factory=list)
    extra_starts: list[Stamp] = field(default_factory=list)
    excluded_starts: list[Stamp] = field(default_factory=list)
    excluded_rules: list[str] = field(default_factory=list)
    recurrence_id: Stamp | None = None
    and_following: bool = False
    """Whether the exception also applies to all later occurrences."""
    cancelled: bool = False
    declined: bool = False
    tentative: bool = False
    attendees: list[Property] = field(default_factory=list)
    organizer: Property | None = None
    faults: list[str] = field(default_factory=list)


class _CalendarParser:
    """State while a file is parsed."""

    def __init__(self, source: Source) -> None:
        self.zones = Zones(text_lines(source))
        self.events: list[Event] = []
        self.problems: list[Problem] = []
        self.event: Event | None = None
        self.calendar_zone: dt.tzinfo | None = None
        self.cancels = False

    def begin(self, line: int) -> None:
        """Start an entry; if one is open, close it with a fault."""
        self.end("no end")
        self.event = Event("", line, calendar_zone=self.calendar_zone)

    def end(self, *faults: str) -> None:
        """Keep the entry that is open, if one is."""
        event, self.event = self.event, None
        if event is None:
            return
        event.cancelled = event.cancelled or self.cancels
        event.uid = event.uid or _replacement_uid(event)
        event.faults.extend(faults)
        if event.start is None:
            event.faults.append("no readable start")
        self.problems.extend(Problem(f"calendar entry with {fault}", line=event.line) for fault in event.faults)
        if event.start is not None:
            self.events.append(event)


def _replacement_uid(event: Event) -> str:
    """Return what identifies an entry without a UID, wherever it is in the file: its start and its people."""
    start = event.start.value.isoformat() if event.start else ""
    return f"{start} {' '.join(sorted(found.value for found in event.attendees))}"[:MOST_LINE]


def events_in(source: Source) -> tuple[list[Event], list[Problem]]:
    """Return the entries of all calendars in a file, without alarms and to-dos. Raises ImportTooLarge."""
    reading = _CalendarParser(source)
    inner: list[str] = []
    for number, line in logical_lines(text_lines(source)):
        found = parse_line(line)
        if found is None:
            continue
        kind = found.value.strip().upper() if found.name in ("BEGIN", "END") else ""
        if found.name == "BEGIN" and kind == "VEVENT":
            bounds.ENTRIES.check(len(reading.events))
            reading.begin(number)
            inner = []
        elif found.name == "BEGIN":
            inner.append(kind)
        elif found.name == "END" and (kind == "VEVENT" or not inner):
            reading.end()
        elif found.name == "END":
            inner.pop()
        elif reading.event is None:
            _add_to_calendar(reading, found)
        elif not inner:
            _add(reading.event, found, reading.zones)
    reading.end("no end")
    return reading.events, reading.problems


def _add_to_calendar(reading: _CalendarParser, found: Property) -> None:
    if found.name == "METHOD":
        reading.cancels = found.value.strip().upper() == "CANCEL"
    elif found.name in ("X-WR-TIMEZONE", "TZ"):
        reading.calendar_zone = reading.zones.find(found.value.strip())


def _add(event: Event, found: Property, zones: Zones) -> None:  # noqa: C901, PLR0912  # one case a property
    match found.name:
        case "UID":
            event.uid = one_line(found.value) or ""
        case "DTSTART" if event.start is not None:
            event.faults.append("two starts; the first counts")
        case "DTSTART":
            event.start = _stamp(found, zones)
        case "DTEND":
            event.end = _stamp(found, zones)
        case "DURATION":
            event.duration = _duration(found.value)
        case "RRULE":
            event.rules.append(found.value.strip())
        case "RDATE":
            event.extra_starts.extend(_stamps(found, zones))
        case "EXDATE":
            event.excluded_starts.extend(_stamps(found, zones))
        case "EXRULE":
            event.excluded_rules.append(found.value.strip())
        case "RECURRENCE-ID":
            event.recurrence_id = _stamp(found, zones)
            event.and_following = "THISANDFUTURE" in found.params.get("RANGE", ())
        case "SEQUENCE" if found.value.strip().isdecimal():
            event.sequence = int(found.value.strip()[:9])
        case "STATUS":
            event.cancelled = found.value.strip().upper() in ("CANCELLED", "CANCELED")
            event.declined = found.value.strip().upper() == "DECLINED"
            event.tentative = found.value.strip().upper() == "TENTATIVE"
        case "ATTENDEE":
            event.attendees.append(found)
            # vCalendar 1.0 has no organizer.
            if event.organizer is None and {"OWNER", "ORGANIZER"} & set(found.params.get("ROLE", ())):
                event.organizer = found
        case "ORGANIZER":
            event.organizer = found
        case _:
            pass


def _stamp(found: Property, zones: Zones) -> Stamp | None:
    return next(_stamps(found, zones), None)


def _stamps(found: Property, zones: Zones) -> Iterator[Stamp]:
    zone, value = found.raw_params.get("TZID"), found.value
    if rest := _ZONE_GOES_ON.match(value):
        zone, value = f"{zone}:{rest[1].partition(';')[0]}", value[rest.end() :]
    for part in value.replace(";", ",").split(",")[:MOST_STAMPS]:
        text, _, over = part.strip().partition("/")
        match = STAMP.fullmatch(text.replace("-", "").replace(":", ""))
        if not match:
            continue
        year, month, day, hour, minute, second, utc = match.groups()
        try:
            begin = local_time(year, month, day, hour or 0, minute or 0, min(int(second or 0), 59))
        except ValueError:
            continue
        # A zone beside a Z: the day is the zone's own, as those programs mean it.
        yield Stamp(begin, hour is None, zones.find(zone or ("UTC" if utc else None)), _period(begin, over))


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


def convert_zone(value: dt.datetime, zone: dt.tzinfo | None, other: dt.tzinfo | None) -> dt.datetime:
    """Return a local time of one zone as local time of another; as written where either is unknown."""
    if zone is None or other is None:
        return value
    try:
        return value.replace(tzinfo=zone).astimezone(other).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return value


class Zones:
    """The zones of one file: those that it defines, and every zone of the database."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._definitions: dict[str, str] = {}
        for text in islice(_definitions(lines), _MOST_DEFINITIONS):
            if name := _NAME.search(text):
                self._definitions.setdefault(name[1].strip(), text)
        self._found: dict[str, dt.tzinfo | None] = {}

    def find(self, name: str | None) -> dt.tzinfo | None:
        """Return a zone; None for floating times and for names that nothing explains, which are read as local."""
        if not name:
            return None
        if name not in self._found:
            self._found[name] = _named_zone(name) or self._defined(name)
        return self._found[name]

    def _defined(self, name: str) -> dt.tzinfo | None:
        text = self._definitions.get(name)
        if text is None:
            return None
        place = _LOCATION.search(text)
        return (_named_zone(place[1].strip()) if place else None) or _parse_definition(text)


def _definitions(lines: Iterable[str]) -> Iterator[str]:
    """Yield the text of each definition of a zone; of a very long one nothing."""
    parts: list[str] = []
    size = 0
    for line in lines:
        word = line.rstrip()
        if word == "BEGIN:VTIMEZONE":
            parts, size = [], 0
        elif not parts:
            continue
        size += len(word)
        if size <= _LONGEST_DEFINITION:
            parts.append(word)
        if word == "END:VTIMEZONE":
            if size <= _LONGEST_DEFINITION:
                yield "\n".join(parts)
            parts = []


def _parse_definition(text: str) -> dt.tzinfo | None:
    """Return the zone that a VTIMEZONE defines; None where it is broken."""
    if _ENDLESS_RULE.search(text):
        return None
    from dateutil.tz import tzical  # most calendars name zones of the database

    try:
        zones = tzical(StringIO(text))
        found: dt.tzinfo | None = zones.get()
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError):
        return None
    return found


@lru_cache(maxsize=256)
def _named_zone(name: str) -> dt.tzinfo | None:
    """Return a zone by a name of the database, a name of Windows or an offset."""
    # Some programs put a path before the name: /freeassociation.sourceforge.net/Tzfile/Europe/Berlin
    parts = name.strip("/ ").split("/")
    for candidate in ("/".join(parts), "/".join(parts[-3:]), "/".join(parts[-2:])):
        try:
            return ZoneInfo(candidate)
        except (ValueError, OSError, KeyError):
            continue
    if offset := _OFFSET.fullmatch(name.strip()):
        sign = -1 if offset[1] == "-" else 1
        minutes = min(int(offset[2]) * 60 + int(offset[3] or 0), 23 * 60)
        return dt.timezone(sign * dt.timedelta(minutes=minutes))
    return _windows_zone(name)


def _windows_zone(name: str) -> dt.tzinfo | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # slow to import, and few calendars need it

    found = WINDOWS_TO_OLSON.get(name.strip())
    return ZoneInfo(found) if found else None
