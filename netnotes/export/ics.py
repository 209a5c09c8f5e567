"""Rows of `due` as an iCalendar file: one all-day event each, with a stable UID. Writes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from icalendar import Calendar, Event

from netnotes.dates import add_days
from netnotes.model import Person
from netnotes.plugin.facts import Row
from netnotes.printable import one_line
from netnotes.scoring.reports import source_lines

MARK = "-//NetNotes//due//EN"
"""The producer id in every calendar of ours."""


def calendar(rows: Iterable[Row], vault: str, today: dt.date) -> bytes:
    """Return the calendar; rows have `day`, `kind`, `who`, `what` and, in `more`, `uid`.

    Overdue items are on `today`. The same rows on the same day give the same bytes.
    """
    made = Calendar()
    made.add("prodid", MARK)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", one_line(f"NetNotes: {vault}"))
    made.add("x-published-ttl", "PT6H")
    for row in rows:
        made.add_component(_event(row, vault, today))
    data: bytes = made.to_ical()
    return data


def _event(row: Row, vault: str, today: dt.date) -> Event:
    who = row.cells["who"]
    day = row.cells["day"]
    start = max(day, today) if isinstance(day, dt.date) else today
    event = Event()
    event.add("uid", f"{hashlib.sha256(str(row.more['uid']).encode()).hexdigest()[:32]}@netnotes")
    event.add("dtstamp", dt.datetime.combine(today, dt.time(), dt.UTC))
    event.add("dtstart", start)
    event.add("dtend", add_days(start, 1))
    event.add("summary", one_line(f"{who.name if isinstance(who, Person) else who}: {row.cells['what']}"))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [str(row.more["kind"])])
    places = list(source_lines(row))
    told = [row.because, *(f"{path}:{line}" for path, line in places)]
    event.add("description", "\n".join(map(one_line, told)))
    if places:
        note = quote(places[0][0].removesuffix(".md"), safe="")
        event.add("url", f"obsidian://open?vault={quote(vault, safe='')}&file={note}")
    return event
