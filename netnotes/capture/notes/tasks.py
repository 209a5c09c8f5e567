"""Tasks as text: tick one, and write the lines of today's round."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from netnotes.capture.notes.line import Style
from netnotes.model import Person, Tie
from netnotes.regex import regex
from netnotes.text import round_marks

_BOX = regex(r"^(\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+\[)[^\]](\])")
_KEYWORD = regex(r"^(\s*[-*]\s+)(?:TODO|DOING|NOW|LATER|WAITING|WAIT|IN-PROGRESS)(?=\s)")
_DAYS = regex(r"[📅⏳🛫➕]")
_FIELDS = regex(r"\[(?:due|scheduled|start|created)::", re.IGNORECASE)
_BLOCK_ID = regex(r"\s\^[\w-]+\Z")


def ticked(line: str, day: dt.date) -> str | None:
    """Return the line of an open task as done on a day; None if it is not a task.

    A line with 📅 gets ✅, one with `[due:: …]` gets `[completion:: …]`, a block of Logseq becomes DONE.
    """
    if keyword := _KEYWORD.match(line):
        return f"{keyword[1]}DONE{line[keyword.end() :]}"
    if not _BOX.match(line):
        return None
    done = _BOX.sub(r"\1x\2", line)
    mark = f" ✅ {day.isoformat()}" if _DAYS.search(line) else ""
    if not mark and _FIELDS.search(line):
        mark = f" [completion:: {day.isoformat()}]"
    words = done.rstrip()
    at = len(_BLOCK_ID.sub("", words).rstrip())
    return done[:at] + mark + done[at:]


_VERBS = {"call": "call", "message": "message", "mail": "email"}
_LATEST = 5
"""Number of latest contacts that show which channel two people usually use."""


class Call(NamedTuple):
    """A person to contact today."""

    person: Person
    tie: Tie | None
    reason: str


def round_line(call: Call, linked: Callable[[Person], str], style: Style, *, reason: bool = True) -> str:
    """Return a person's unticked task with its mark: `- [ ] call [[Ada]] – 12 days since <!-- round … -->`."""
    task = f"{style.bullet}{'TODO' if style.logseq else '[ ]'} {verb(call.tie)} {linked(call.person)}"
    words = " ".join(call.reason.replace("%%", "").replace("`", "").split()).rstrip(".")
    return round_marks.mark(f"{task} – {words}" if reason and words else task)


def verb(tie: Tie | None) -> str:
    """Return the verb for the channel that two people usually use; `meet` if unknown."""
    latest = tie.contacts[-_LATEST:] if tie else ()
    channels = Counter(contact.encounter.channel for contact in latest)
    usual = channels.most_common(1)[0][0] if channels else None
    return _VERBS.get(usual or "", "meet")
