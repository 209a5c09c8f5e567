"""The lines of an inbox note: what each says, and the day it was written. Text in, lines out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from netnotes.extract.people.not_people import original
from netnotes.notes import Note
from netnotes.regex import regex
from netnotes.text.frontmatter import block
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.words import fold, numbered, tokens_of
from netnotes.text.set_aside import CONFLICT_COPY

_BOM = block.BYTE_ORDER_MARK
_SKIPPED = ("#", ">", "|", "%%", "<!--", "---", "```", "~~~")
"""How lines begin that hold no text of their own."""
_BULLET = regex(r"^\s*(?:[-*+]\s+(?:\[ \]\s+)?|\d{1,3}[.)]\s+)?")
_EMPTY = regex(r"[-*+](?:\s+\[ \])?|\d{1,3}[.)]")
"""A bullet without text, as Logseq leaves one at the end."""
_DONE = regex(r"^\s*[-*+]\s+\[[xX]\]")
_STAMP = regex(
    r"[\[<]?(\d{4}-\d{2}-\d{2})(?:(?<=[\[<]\d{4}-\d{2}-\d{2})\s[^\W\d_]{2,12}\.?(?=[\s\]>]))?"
    r"(?:[ T](\d{1,2}:\d{2})(?::\d{2})?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?)?[\]>]?\s*[:,–-]?\s+"
)
"""A day in front of a line, in brackets perhaps with its weekday: `[2026-11-26 Thu 12:00]`."""
_NUMBERED = regex(r"^\s*\d{1,2}\.\s+([^\W\d_]+)")
"""A numbered item, or a date such as `15. November`."""

_HEADING = regex(r"(#{1,6})\s")
_BELOW_HEADINGS = 7
_NUMBERS = regex(r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{2,4}")
_CLOCK = regex(r"\d{1,2}[:.h]\d{2}(?::\d{2})?")


class InboxLine(NamedTuple):
    """One line of the inbox."""

    number: int
    """1-based line number in the note."""
    raw: str
    """The line in the note, with its line end."""
    text: str
    """Without bullet and time stamp."""
    day: dt.date | None
    """The day on which it was written, if it starts with one, or the line above: `yesterday` is relative to that."""
    unclear: str = ""
    """A date above it that may be two days."""


class _DateLine(NamedTuple):
    """A line that gives the lines below it their day."""

    day: dt.date | None
    unclear: str
    level: int
    """Of its heading; a plain line is below all headings."""
    indent: int
    """Of its bullet: the lines below it are farther in; -1 without one."""


def copies(path: str, notes: Iterable[Note]) -> list[str]:
    """Return the paths of the notes that a sync, or somebody, left as copies of a note."""
    stem = path.removesuffix(".md")
    return [
        note.path
        for note in notes
        if original(note.path) == path or (note.set_aside == CONFLICT_COPY and note.path.startswith(stem))
    ]


def inbox_lines(text: str, order: dates.Order | None = None) -> Iterator[InboxLine]:
    """Yield the lines of an inbox that hold text: no front matter, headings, tables, comments, code or ticked tasks.

    `order` is that of the vault's numeric dates.
    """
    skipped = text[: block.read(text).end].count("\n")
    fenced = False
    above: _DateLine | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.removeprefix(_BOM).strip()
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        if number <= skipped or fenced or not line:
            continue
        indent = len(raw) - len(raw.lstrip())
        heading = _HEADING.match(line)
        if above and (indent <= above.indent or (heading and heading.end(1) <= above.level)):
            above = None
        if found := _date_line(line, indent, order):
            above = found
            continue
        if line.startswith(_SKIPPED) or _DONE.match(line) or _EMPTY.fullmatch(line):
            continue
        words = line if _is_dated(line) else _BULLET.sub("", line, count=1)
        stamp = _STAMP.match(words)
        day = _day(stamp[1]) if stamp else None
        if stamp and day:
            yield InboxLine(number, raw, words[stamp.end() :], day)
        elif words.strip():
            yield InboxLine(number, raw, words, above.day if above else None, above.unclear if above else "")


def _is_dated(line: str) -> bool:
    """Return whether what looks like a numbered item is a date."""
    numbered_item = _NUMBERED.match(line)
    return numbered_item is not None and fold(numbered_item[1]) in numbered("months")


def _date_line(line: str, indent: int, order: dates.Order | None) -> _DateLine | None:
    """Return what a heading with a date, or a line with nothing but a date, says of the lines below it."""
    heading, bullet = _HEADING.match(line), None if _is_dated(line) else _BULLET.match(line)
    text = line[heading.end() :] if heading else line[bullet.end() :] if bullet else line
    level = heading.end(1) if heading else _BELOW_HEADINGS
    depth = indent if bullet and bullet.end() else -1
    try:
        found = dates.lead(text, order)
    except dates.AmbiguousDay:
        unclear = _NUMBERS.search(text)
        only = unclear and _is_rest(text[unclear.end() :])
        return _DateLine(None, unclear[0], level, depth) if unclear and (heading or only) else None
    except dates.NoSuchDay:
        return None
    if found is None or not (heading or _is_rest(text[found.end :])):
        return None
    return _DateLine(found.date, "", level, depth)


def _is_rest(text: str) -> bool:
    """Return whether only a weekday and a time stand behind a date."""
    words = _CLOCK.sub("", text)
    return not any(map(str.isdigit, words)) and all(fold(word) in numbered("weekdays") for word in tokens_of(words))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def without(text: str, taken: InboxLine) -> str | None:
    """Return an inbox without one line and its line end; None if the line is gone."""
    lines = text.split("\n")
    at = _place(lines, taken)
    if at is None:
        return None
    if at == len(lines) - 1:
        # The line before keeps its line end: what a phone appends next begins a new line.
        lines[at] = ""
    else:
        del lines[at]
    if at == 0 and taken.raw.startswith(_BOM):
        lines[0] = _BOM + lines[0]
    return "\n".join(lines)


def shortened(text: str, taken: InboxLine, words: str) -> tuple[str, InboxLine] | None:
    """Return an inbox in which one line says only `words`, behind its bullet and date, and that line; None if gone."""
    lines = text.split("\n")
    at = _place(lines, taken)
    if at is None:
        return None
    before, _, after = taken.raw.rpartition(taken.text.strip())
    lines[at] = f"{before}{words}{after}"
    return "\n".join(lines), taken._replace(number=at + 1, raw=lines[at], text=words)


def _place(lines: Sequence[str], taken: InboxLine) -> int | None:
    """Return the index of a line of the inbox, if it is still there."""
    at = taken.number - 1
    if at < len(lines) and lines[at] == taken.raw:
        return at
    return next((number for number, line in enumerate(lines) if line == taken.raw), None)
