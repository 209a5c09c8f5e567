"""What became of the lines and tasks of one note that name nobody, and why a note holds no encounter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from netnotes.cli.commands.vault.inspected_names import NO_DATE, REMEDIES, NameResult, TextLine, names, text_lines
from netnotes.cli.commands.vault.inspection import Inspection
from netnotes.extract.rules import DONE_TASKS
from netnotes.model import Passage
from netnotes.phrasing import pluralize
from netnotes.text import line_dates

_NAME = "name who was there: `with [[Ada Lovelace]]`"
_WRITE = "name who was there: `met [[Ada Lovelace]]`"
_DATE_AND_NAME = "begin it with a date, and name who was there: `2026-03-01 met [[Ada Lovelace]]`"
_NOBODY = "names no known person"
_OTHER_DATE = "if it is, begin the line with it, and say so in a word such as `met`"
_NO_DATE = "no date, and no known person"
_MET = "met [[Ada Lovelace]]"
_DAY_ORDER = 'set `[encounters] day_order = "dmy"` (day first) or `"mdy"` in netnotes.toml'


class LineResult(NamedTuple):
    """What became of one line."""

    line: int
    what: str
    """`task`, `dated line`, `contact line`, `line with a time` or `text`."""
    outcome: str
    change: str
    """What would turn it into an encounter; empty where nothing would."""


class Results(NamedTuple):
    """What became of everything in one note."""

    names: tuple[NameResult, ...]
    lines: tuple[LineResult, ...]
    no_encounter: tuple[str, str] | None
    """Why the note holds no encounter, or is not read, and what would change that; None if it holds one."""


def results_of(seen: Inspection) -> Results:
    """Return what became of the names, links, tasks and dated lines of a note."""
    lines = text_lines(seen)
    named = tuple(names(seen, lines))
    others = tuple(_other_lines(seen, lines, named))
    return Results(named, others, _no_encounter(seen, named, others))


def _other_lines(seen: Inspection, lines: Iterable[TextLine], named: Iterable[NameResult]) -> Iterator[LineResult]:
    """Yield what became of the lines and tasks without names: of tasks, and of lines with a date, a time or a sign."""
    told = {one.line for one in named} | {met.line for met in seen.encounters} | {at for _, _, at in seen.declared}
    told |= {problem.line or 0 for problem in seen.problems}
    owed = {promise.line for promise in seen.promises}
    heads = {met.line for met in seen.encounters}
    properties = frozenset(seen.note.lines.values())
    for line in lines:
        if line.number in owed:
            if line.number not in told:
                yield LineResult(line.number, "task", "promise", "tick it when it is done")
            continue
        if line.number in told or not any(map(str.isalnum, line.text)):
            continue
        passage = line.passage
        head = next((number for number in line.above if number in heads), None)
        if passage is not None and passage.task is not None:
            what = "ticked task" if passage.task in DONE_TASKS else "open task"
            yield LineResult(line.number, what, _NOBODY, seen.unread[1] if seen.unread else "name the person in it")
        elif passage is not None and _has_sign(passage):
            what = "contact line" if passage.channel else "dated line" if _has_date(passage) else "line with a time"
            yield LineResult(line.number, what, *_without_name(seen, line, passage, head))
        elif line.number not in properties and line_dates.holds_day(line.text):
            yield LineResult(line.number, "dated line", "its date is no day of a contact", _OTHER_DATE)
        elif line.date and line.kind != "heading":
            yield LineResult(line.number, "text", *_plain(seen, head))


def _has_date(passage: Passage) -> bool:
    return bool(passage.date or passage.choices or passage.inside)


def _has_sign(passage: Passage) -> bool:
    return bool(passage.channel or _has_date(passage) or passage.minutes is not None or passage.clock is not None)


def _without_name(seen: Inspection, line: TextLine, passage: Passage, head: int | None) -> tuple[str, str]:
    """Return the result for a line with a sign that names nobody, and what would change it."""
    if passage.date is None and not seen.unread:
        if len(passage.choices or passage.inside) > 1:
            return "its date could mean two days", _DAY_ORDER
        if line.date is None:
            return ("no date with a year", REMEDIES[0]) if seen.kind == "person" else (_NO_DATE, _DATE_AND_NAME)
    if seen.kind == "person" and line.date and line.date in seen.met_on and not seen.unread:
        return f"counted in {seen.met_on[line.date]}", "nothing to do: one meeting counts once"
    return _plain(seen, head if passage.date is None else None, passage.channel)


def _plain(seen: Inspection, head: int | None, channel: str | None = None) -> tuple[str, str]:
    """Return the result for a dated line that names nobody, and what would change it."""
    if seen.unread:
        return "not read", seen.unread[1]
    if head is not None:
        return f"part of the contact on line {head}", ""
    if seen.kind == "meeting note":
        return "part of the meeting", ""
    if seen.kind == "person":
        return ("not counted" if channel else "no sign of contact"), REMEDIES[7]
    return _NOBODY, _NAME if channel else _WRITE


def _no_encounter(seen: Inspection, named: Sequence[NameResult], lines: Sequence[LineResult]) -> tuple[str, str] | None:
    if seen.unread:
        return f"not read: {seen.unread[0]}", seen.unread[1]
    if seen.encounters or seen.parsed is None:
        return None
    dated = seen.day is not None or any(one.date for one in named) or any(one.what == "dated line" for one in lines)
    if seen.kind == "your own note":
        return "your own note: contacts in it are not yours with yourself", ""
    if seen.kind == "person":
        return _no_contact(seen, dated=dated)
    if not dated:
        return f"no encounter: {NO_DATE}", f"begin a line with a date: `2026-03-01 {_MET}`"
    if any(one.people for one in named):
        return "no encounter: no line says that you were in touch", ""
    return "no encounter: no line names a known person", f"name who was there: `{_MET}`"


def _no_contact(seen: Inspection, *, dated: bool) -> tuple[str, str]:
    """Return why a person's note holds no contact, and what would change that."""
    if dated:
        return "no contact counted from this note", ""
    if seen.met_on:
        return f"no dated line in this note; {pluralize(len(seen.met_on), 'day')} of contact in other notes", ""
    return "no dated line in this note", "write one for a contact: `- 2026-03-01 called`"
