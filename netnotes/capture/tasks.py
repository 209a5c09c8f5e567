"""Tick a task: one line in, the ticked line out, in the style of its app."""

from __future__ import annotations

import datetime as dt
import re

_BOX = re.compile(r"^(\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+\[)[^\]](\])")
_KEYWORD = re.compile(r"^(\s*[-*]\s+)(?:TODO|DOING|NOW|LATER|WAITING|WAIT|IN-PROGRESS)(?=\s)")
_DAYS = re.compile(r"[📅⏳🛫➕]")
_FIELDS = re.compile(r"\[(?:due|scheduled|start|created)::", re.IGNORECASE)
_BLOCK_ID = re.compile(r"\s\^[\w-]+\Z")


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
