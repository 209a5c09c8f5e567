"""meetings: encounters from calendar files (`.ics`) in the vault; for files elsewhere there is `[sources]`.

An entry counts unless it was cancelled. People without a note do not count. The text of entries is not read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from netnotes.api import File, FoundEncounter, NoOptions, Problem, reader

NETNOTES_API = 1

MOST_PEOPLE = 50
"""Most people at a meeting; a larger one is a conference, at which not everyone met."""


@reader(files="*.ics", known_only=True)
def meetings(file: File, options: NoOptions) -> Iterator[FoundEncounter | Problem]:
    """Read the meetings of a calendar file."""
    from icalendar import Calendar  # few vaults hold one

    del options
    try:
        entries = Calendar.from_ical(file.data).walk("VEVENT")
    except (ValueError, IndexError, KeyError) as error:
        yield Problem(f"not a calendar: {type(error).__name__}", hint="export it once more, as .ics")
        return
    for entry in entries:
        start, end = (_moment(entry, name) for name in ("DTSTART", "DTEND"))
        people = list(_people(entry))
        if start is None or str(entry.get("STATUS", "")).upper() == "CANCELLED" or len(people) > MOST_PEOPLE:
            continue
        minutes = (end - start).total_seconds() / 60 if start and end else 0.0
        yield FoundEncounter(
            start.date(),
            people,
            minutes=minutes if 0 < minutes < 24 * 60 else None,
            channel="in person",
            fields={"uid": str(entry.get("UID", ""))},
        )


def _moment(entry: object, name: str) -> dt.datetime | None:
    """Return an entry's local time; for a day, its midnight."""
    found = getattr(entry.get(name), "dt", None) if isinstance(entry, dict) else None
    if isinstance(found, dt.datetime):
        return found.replace(tzinfo=None)
    return dt.datetime.combine(found, dt.time()) if isinstance(found, dt.date) else None


def _people(entry: object) -> Iterator[str]:
    """Yield each attendee as `NAME <ADDRESS>`."""
    found = entry.get("ATTENDEE", []) if isinstance(entry, dict) else []
    for attendee in found if isinstance(found, list) else [found]:
        address = str(attendee).lower().removeprefix("mailto:")
        name = str(getattr(attendee, "params", {}).get("CN", ""))
        yield f"{name} <{address}>" if "@" in address else name
