"""The lines of an inbox note: what each says, and the day it was written. Text in, lines out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.frontmatter import block

_BOM = block.BYTE_ORDER_MARK
_SKIPPED = ("#", ">", "|", "%%", "<!--", "---", "```", "~~~")
"""How lines begin that hold no text of their own."""
_BULLET = regex(r"^\s*(?:[-*+]\s+(?:\[ \]\s+)?|\d{1,3}[.)]\s+)?")
_DONE = regex(r"^\s*[-*+]\s+\[[xX]\]")
_STAMP = regex(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}:\d{2})(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?\s*[:,–-]?\s+")


class InboxLine(NamedTuple):
    """One line of the inbox."""

    number: int
    """1-based line number in the note."""
    raw: str
    """The line in the note, with its line end."""
    text: str
    """Without bullet and time stamp."""
    day: dt.date | None
    """The day on which it was written, if it starts with one: `yesterday` is relative to that."""


def inbox_lines(text: str) -> Iterator[InboxLine]:
    """Yield the lines of an inbox that hold text: no front matter, headings, tables, comments, code or ticked tasks."""
    skipped = text[: block.read(text).end].count("\n")
    fenced = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.removeprefix(_BOM).strip()
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        if number <= skipped or fenced or not line or line.startswith(_SKIPPED):
            continue
        if _DONE.match(line):
            continue
        words = _BULLET.sub("", line, count=1)
        stamp = _STAMP.match(words)
        day = _day(stamp[1]) if stamp else None
        if words.strip():
            yield InboxLine(number, raw, words[stamp.end() :] if stamp and day else words, day)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def without(text: str, taken: InboxLine) -> str | None:
    """Return an inbox without one line and its line end; None if the line is gone."""
    lines = text.split("\n")
    at = taken.number - 1
    if at >= len(lines) or lines[at] != taken.raw:
        places = [number for number, line in enumerate(lines) if line == taken.raw]
        if not places:
            return None
        at = places[0]
    if at == len(lines) - 1:
        # The line before keeps its line end: what a phone appends next begins a new line.
        lines[at] = ""
    else:
        del lines[at]
    if taken.raw.startswith(_BOM):
        lines[0] = _BOM + lines[0]
    return "\n".join(lines)
