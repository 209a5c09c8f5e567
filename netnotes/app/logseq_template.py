"""The template of Logseq's journals: a block with `template:: Name` somewhere in the graph. Reads notes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

from netnotes.dates import add_days
from netnotes.regex import regex
from netnotes.text.lexicon import moment

_OWN = regex(r"\s*template(?:-including-parent)?::")
_WITHOUT_PARENT = regex(r"\s*template-including-parent::\s*false\s*")
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_VARIABLE = regex(r"<%\s*(today|yesterday|tomorrow|time|current page)\s*%>", re.IGNORECASE)
_ITEM = regex(r"([ \t]*)-(?:\s|\Z)")


def journal_template(root: Path, paths: Iterable[str], name: str) -> str | None:
    """Return the blocks of a template of the graph at `root`; None if no page has it."""
    mark = f"template:: {name}".encode()
    # A page of that name is the likeliest place.
    for path in sorted(paths, key=lambda one: ("emplate" not in one and name.lower() not in one.lower(), one)):
        try:
            data = (root / path).read_bytes()
        except OSError:
            continue
        page = data.decode("utf-8", "replace").replace("\r\n", "\n") if mark in data else ""
        if (found := blocks_of(page, name)) is not None:
            return found
    return None


def blocks_of(page: str, name: str) -> str | None:
    """Return the blocks of a page's template as Logseq inserts them, at the left margin; None if it has none."""
    lines = page.split("\n")
    at = next((n for n, line in enumerate(lines) if line.strip() == f"template:: {name}"), None)
    if at is None:
        return None
    first = next((n for n in range(at, -1, -1) if _ITEM.match(lines[n])), None)
    if first is None:
        return None
    indent = _indent(lines[first])
    end = next(
        (n for n in range(first + 1, len(lines)) if _ITEM.match(lines[n]) and _indent(lines[n]) <= indent), len(lines)
    )
    block = [line for line in lines[first:end] if not _OWN.match(line)]
    if any(_WITHOUT_PARENT.fullmatch(line) for line in lines[first:end]):
        below = next((n for n in range(1, len(block)) if _ITEM.match(block[n])), len(block))
        block = block[below:]
    indent = _indent(block[0]) if block else 0
    rows = [line[indent:] if not line[:indent].strip() else line.lstrip() for line in block if line.strip()]
    return "".join(f"{row}\n" for row in rows)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def begin_journal(template: str, day: dt.date, now: dt.datetime, title_format: str) -> str | None:
    """Return the text of a new journal made from a template; None if it needs the app to be filled in."""

    def variable(match: re.Match[str]) -> str:
        what = match[1].lower()
        if what == "time":
            return f"{now:%H:%M}"
        of = add_days(day, _DAYS.get(what, 0))
        return f"[[{moment.format(title_format, dt.datetime.combine(of, dt.time(12), dt.UTC))}]]"

    text = _VARIABLE.sub(variable, template)
    return None if "<%" in text else text
