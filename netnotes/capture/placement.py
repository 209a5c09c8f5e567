"""Where in a note a line goes: below the vault's own heading, behind what is there. Text in, place out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from netnotes.text.frontmatter import block
from netnotes.text.markdown import document
from netnotes.text.markdown.syntax import Heading

_ITEM = re.compile(r"^([-*+])(\s+)\S", re.MULTILINE)


TITLE = "\0title"
"""In place of a heading: the first one of the note, such as the day that it is named after."""


class Insertion(NamedTuple):
    """Where whole lines are put, and what must stand around them."""

    at: int
    """Characters from the beginning of the note, as Python counts them."""
    before: str
    after: str


def insertions(text: str, heading: str | None) -> list[Insertion]:
    """Return the places at which a line may be put, the best first.

    Right behind the last line below `heading`, else behind the last line of the note; then the same with a blank line
    between, for what would swallow the new line otherwise. A heading that is not there is added at the end.
    """
    start = block.read(text).end
    headings = document.read(text, start).headings
    found = _section(text, headings, heading) if heading else None
    if heading and found is None:
        mark = heading if heading.startswith("#") else f"## {heading}"
        place = _behind(text, start, len(text))
        return [Insertion(place.at, _gap(text, place.at, 2) + mark + "\n\n", place.after)]
    low, high = found or (start, len(text))
    place = _behind(text, low, high)
    spaced = Insertion(place.at, _gap(text, place.at, 2), place.after)
    return [place] if place.before == spaced.before else [place, spaced]


def top(text: str) -> Insertion:
    """Return the place above everything but front matter and a title."""
    start = block.read(text).end
    first = next(iter(document.read(text, start).headings), None)
    has_title = first is not None and first.level == 1 and not text[start : first.start].strip()
    end = text.find("\n", first.end) + 1 or len(text) if first and has_title else start
    after = "" if end == len(text) or text[end] in "\r\n" else "\n"
    return Insertion(end, _gap(text, end, 2 if has_title else 1), after)


def _section(text: str, headings: Iterable[Heading], wanted: str) -> tuple[int, int] | None:
    """Return (start, end) of what is below the first heading of that text."""
    ordered = list(headings)
    if wanted == TITLE and ordered:
        return ordered[0].end, ordered[1].start if len(ordered) > 1 else len(text)
    key = plain_heading(wanted)
    for at, heading in enumerate(ordered):
        if plain_heading(heading.text) == key:
            stop = ordered[at + 1].start if at + 1 < len(ordered) else len(text)
            return heading.end, stop
    return None


def has_heading(text: str, wanted: str) -> bool:
    """Return whether a note has a heading of that text."""
    return _section(text, document.read(text, block.read(text).end).headings, wanted) is not None


def plain_heading(text: str) -> str:
    """Return a heading's words as headings are compared."""
    return " ".join(text.strip(" #").casefold().split())


def _behind(text: str, low: int, high: int) -> Insertion:
    """Return the place behind the last line with words between two places; the text above it stays as it is."""
    at = low + len(text[low:high].rstrip(" \t\r\n"))
    end = text.find("\n", at)
    at = len(text) if end < 0 else end + 1
    after = (
        "\n" if at < len(text) and text[at : at + 1] not in ("\n", "\r") and text[at:].lstrip().startswith("#") else ""
    )
    previous = text[:at].rstrip().rpartition("\n")[2].lstrip()
    heading = previous.startswith("#")
    return Insertion(at, _gap(text, at, 2 if heading else 1), after)


def _gap(text: str, at: int, breaks: int) -> str:
    """Return the line ends that are missing before a place for it to be `breaks` of them behind the last words."""
    head = text[:at].replace("\r\n", "\n")
    if not head.strip():
        return "" if not head or head.endswith("\n") else "\n"
    return "\n" * max(0, breaks - (len(head) - len(head.rstrip("\n"))))


def usual_bullet(text: str) -> str:
    """Return the bullet that a note's lists begin with; `- ` where it has none."""
    counts = Counter(mark for mark, _ in _ITEM.findall(text))
    return f"{counts.most_common(1)[0][0]} " if counts else "- "


def heading_above(text: str, line: int) -> str | None:
    """Return the heading right above a line of a note, None if there is none; `line` is 1-based."""
    start = block.read(text).end
    at = sum(len(part) for part in text.splitlines(keepends=True)[: line - 1])
    above = [heading for heading in document.read(text, start).headings if heading.start < at]
    return above[-1].text.strip() if above else None
