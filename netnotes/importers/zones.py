"""Time zones as calendars name them: of the database, of Windows, with a maker's prefix, or defined in the file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import StringIO
from itertools import islice
from zoneinfo import ZoneInfo

MOST_DEFINITIONS = 500
LONGEST_DEFINITION = 200_000
_NAME = re.compile(r"^TZID[^:\n]*:(.*)$", re.MULTILINE)
_LOCATION = re.compile(r"^X-LIC-LOCATION[^:\n]*:(.*)$", re.MULTILINE)
_ENDLESS_RULE = re.compile(r"^RRULE(?![^\n]*FREQ=YEARLY)", re.MULTILINE)
"""A rule that is not yearly: no real time zone has one, and it would take too long to expand."""
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?")


class Zones:
    """The zones of one file: those that it defines, and every zone of the database."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._definitions: dict[str, str] = {}
        for text in islice(_definitions(lines), MOST_DEFINITIONS):
            if name := _NAME.search(text):
                self._definitions.setdefault(name[1].strip(), text)
        self._found: dict[str, dt.tzinfo | None] = {}

    def find(self, name: str | None) -> dt.tzinfo | None:
        """Return a zone; None for floating times and for names that nothing explains, which are read as local."""
        if not name:
            return None
        if name not in self._found:
            self._found[name] = named_zone(name) or self._defined(name)
        return self._found[name]

    def _defined(self, name: str) -> dt.tzinfo | None:
        text = self._definitions.get(name)
        if text is None:
            return None
        place = _LOCATION.search(text)
        return (named_zone(place[1].strip()) if place else None) or _parse_definition(text)


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
        if size <= LONGEST_DEFINITION:
            parts.append(word)
        if word == "END:VTIMEZONE":
            if size <= LONGEST_DEFINITION:
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
def named_zone(name: str) -> dt.tzinfo | None:
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
