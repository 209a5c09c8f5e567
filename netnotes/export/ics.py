"""Turn the rows of a report into iCalendar: an all-day event with a stable UID for each row that has a day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from icalendar import Calendar, Event

from netnotes.dates import add_days
from netnotes.model import Person, Tie
from netnotes.plugin.facts import Row
from netnotes.printable import one_line
from netnotes.scoring.reports import person_of, source_lines


def mark(report: str) -> str:
    """Return the text that identifies calendars of a report."""
    return f"-//NetNotes//{report}//EN"


def with_day(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that have a day, and so a place in a calendar."""
    return [row for row in rows if row.day is not None]


def calendar(rows: Iterable[Row], vault: str, today: dt.date, report: str = "due") -> bytes:
    """Return the calendar of a report's rows that have a day.

    Overdue rows are on `today`. The same rows on the same day give the same bytes. The title is the row's `who` (else
    the person it is about) and `what`, else its sentence. `kind` in `more` is the category, `uid` the identity of the
    event.
    """
    made = Calendar()
    made.add("prodid", mark(report))
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", one_line(f"NetNotes: {vault}"))
    made.add("x-published-ttl", "PT6H")
    seen: Counter[str] = Counter()
    for row in with_day(rows):
        made.add_component(_event(row, vault, today, report, seen))
    data: bytes = made.to_ical()
    return data


def _event(row: Row, vault: str, today: dt.date, report: str, seen: Counter[str]) -> Event:
    start = max(row.day or today, today)
    event = Event()
    event.add("uid", f"{hashlib.sha256(_identity(row, report, seen).encode()).hexdigest()[:32]}@netnotes")
    event.add("dtstamp", dt.datetime.combine(today, dt.time(), dt.UTC))
    event.add("dtstart", start)
    event.add("dtend", add_days(start, 1))
    event.add("summary", one_line(_title(row)))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [str(row.more.get("kind", report))])
    places = list(source_lines(row))
    description = [row.because, *(f"{path}:{line}" for path, line in places)]
    event.add("description", "\n".join(map(one_line, description)))
    # A file outside the vault, such as a calendar, has no address in Obsidian.
    if note_path := next((path for path, _ in places if path.endswith(".md")), None):
        note = quote(note_path.removesuffix(".md"), safe="")
        event.add("url", f"obsidian://open?vault={quote(vault, safe='')}&file={note}")
    return event


def _people(row: Row) -> tuple[Person, ...]:
    """Return whom a row is about: no one, a person, or both people of a tie between two others."""
    if isinstance(row.on, Tie) and not row.on.ego:
        return row.on.people
    person = person_of(row)
    return (person,) if person else ()


def _title(row: Row) -> str:
    if "what" not in row.cells:
        words = [_shown(cell) for cell in row.cells.values() if not isinstance(cell, dt.date)]
        return row.sentence or ": ".join(filter(None, words)) or row.because
    who = row.cells.get("who", " and ".join(person.name for person in _people(row)))
    return f"{_shown(who)}: {row.cells['what']}"


def _shown(cell: object) -> str:
    return cell.name if isinstance(cell, Person) else "" if cell is None else str(cell)


def _identity(row: Row, report: str, seen: Counter[str]) -> str:
    """Return what identifies a row when its day changes: its `uid`, else the person it is about."""
    if "uid" in row.more:
        return str(row.more["uid"])
    subject = f"{report}:{'+'.join(person.id for person in _people(row)) or _title(row)}"
    seen[subject] += 1
    return f"{subject}:{seen[subject]}"
