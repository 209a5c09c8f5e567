"""calendars: encounters from ics and mbox files in the vault, with one reader for each kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email import message_from_string
from email.utils import getaddresses, parsedate_to_datetime

from netnotes.api import File, FoundEncounter, NoOptions, Problem, reader

NETNOTES_API = 1
_EVENT = re.compile(r"BEGIN:VEVENT(.*?)END:VEVENT", re.DOTALL)
_DAY = re.compile(r"DTSTART[^:\n]*:(\d{4})(\d{2})(\d{2})")
_WHO = re.compile(r"^ATTENDEE[^:\n]*CN=\"?([^\";:\n]+)", re.MULTILINE)


@reader(files="*.ics")
def calendar(file: File, options: NoOptions) -> Iterator[FoundEncounter | Problem]:
    """Find an encounter for each event that names attendees."""
    text = file.text.replace("\r\n ", "")
    for event in _EVENT.finditer(text):
        line = text.count("\n", 0, event.start()) + 1
        day, people = _DAY.search(event[1]), _WHO.findall(event[1])
        if not day:
            yield Problem("an event without a start", path=file.path, line=line)
        elif people:
            try:
                date = dt.date(int(day[1]), int(day[2]), int(day[3]))
            except ValueError:
                yield Problem("an event on a day that there is not", path=file.path, line=line)
                continue
            yield FoundEncounter(date, people, line=line, channel="in person")


@reader(files="*.mbox")
def mailbox(file: File, options: NoOptions) -> Iterator[FoundEncounter | Problem]:
    """Find an encounter for each message, with its sender and recipients; its text is not read."""
    line = 1
    for part in re.split(r"^From .*\n", file.text, flags=re.MULTILINE):
        message = message_from_string(part.partition("\n\n")[0])
        people = [address for _, address in getaddresses([str(message.get(key, "")) for key in ("From", "To")])]
        if message["Date"] and people:
            try:
                date = parsedate_to_datetime(message["Date"]).date()
                yield FoundEncounter(date, people, line=line, channel="mail")
            except ValueError:
                yield Problem("a message without a readable date", path=file.path, line=line)
        line += part.count("\n") + 1
