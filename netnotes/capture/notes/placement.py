"""Where a line goes in a note: below the vault's usual heading, after its last line. Text in, place out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.frontmatter import block
from netnotes.text.line_breaks import lines_with_ends
from netnotes.text.markdown import document
from netnotes.text.markdown.syntax import Heading

_BLOCK = regex(r"[ \t]*-(?:\s|$)")
_ITEM = regex(r"^([-*+])(\s+)\S", re.MULTILINE)


TITLE = "\0title"
"""Means the first heading of the note, such as its date."""


_NTH = "\0"
"""Stands between a heading and its number, where several in a note have the same text."""


class Insertion(NamedTuple):
    """A place for whole lines, and the text needed around them."""

    at: int
    """Characters from the start of the note, as Python counts them."""
    before: str
    after: str
    indent: str = ""
    """White space before each line, for a block of an outline."""

    def around(self, lines: str) -> str:
        """Return whole lines as they are put here."""
        if self.indent:
            lines = "".join(f"{self.indent}{line}\n" for line in lines.split("\n")[:-1])
        return f"{self.before}{lines}{self.after}"


def insertions(text: str, heading: str | None) -> list[Insertion]:
    """Return the places where a line may go, the best first.

    Right after the last line below `heading`, else after the last line of the note; then the same with a blank line
    between, in case the text above would absorb the new line. A missing heading is added at the end.
    """
    start = block.read(text).end
    headings = document.read(text, start).headings
    found = _section(text, headings, heading) if heading else None
    if heading and found is None:
        mark = heading if heading.startswith("#") else f"## {heading}"
        place = _insert_after(text, start, len(text))
        return [Insertion(place.at, _gap(text, place.at, 2) + mark + "\n\n", place.after)]
    low, high = found or (start, len(text))
    place = _insert_after(text, low, high)
    spaced = Insertion(place.at, _gap(text, place.at, 2), place.after)
    return [place] if place.before == spaced.before else [place, spaced]


def top(text: str) -> Insertion:
    """Return the place after front matter and title."""
    start = block.read(text).end
    first = next(iter(document.read(text, start).headings), None)
    has_title = first is not None and first.level == 1 and not text[start : first.start].strip()
    end = text.find("\n", first.end) + 1 or len(text) if first and has_title else start
    after = "" if end == len(text) or text[end] in "\r\n" else "\n"
    return Insertion(end, _gap(text, end, 2 if has_title else 1), after)


def _section(text: str, headings: Iterable[Heading], wanted: str) -> tuple[int, int] | None:
    """Return (start, end) of the section below the first heading with that text, or the one that its number says."""
    ordered = list(headings)
    if wanted == TITLE and ordered:
        return ordered[0].end, ordered[1].start if len(ordered) > 1 else len(text)
    words, _, nth = wanted.partition(_NTH)
    key = plain_heading(words)
    same = [at for at, heading in enumerate(ordered) if plain_heading(heading.text) == key]
    if not same:
        return None
    at = same[min(len(same), int(nth or 1)) - 1]
    return ordered[at].end, ordered[at + 1].start if at + 1 < len(ordered) else len(text)


def has_heading(text: str, wanted: str) -> bool:
    """Return whether a note has a heading with that text."""
    return _section(text, document.read(text, block.read(text).end).headings, wanted) is not None


def plain_heading(text: str) -> str:
    """Return a heading's words in the form used for comparison."""
    return " ".join(text.strip(" #").casefold().split())


def _insert_after(text: str, low: int, high: int) -> Insertion:
    """Return the place after the last line with words between two places; the text above it stays as it is."""
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
    """Return the line ends missing so that a place is `breaks` line ends after the last words."""
    head = text[:at].replace("\r\n", "\n")
    if not head.strip():
        return "" if not head or head.endswith("\n") else "\n"
    return "\n" * max(0, breaks - (len(head) - len(head.rstrip("\n"))))


def block_above(text: str, line: int) -> str | None:
    """Return the words of the block of an outline that holds the block on a line (1-based); None at the margin."""
    lines = text.split("\n")
    indent = _indent(lines[line - 1])
    above = (each for each in reversed(lines[: line - 1]) if _BLOCK.match(each) and len(_indent(each)) < len(indent))
    found = next(above, None)
    return _BLOCK.sub("", found).strip() if found else None


def below_block(text: str, wanted: str) -> Insertion | None:
    """Return the place after the last block within the first block with these words; None if there is no such block."""
    lines = text.split("\n")
    key = plain_heading(wanted)
    blocks = ((n, _BLOCK.sub("", line)) for n, line in enumerate(lines) if _BLOCK.match(line))
    at = next((n for n, words in blocks if plain_heading(words) == key), None)
    if at is None:
        return None
    level = len(_indent(lines[at]))
    outside = (n for n in range(at + 1, len(lines)) if lines[n].strip() and len(_indent(lines[n])) <= level)
    end = next(outside, len(lines))
    last = max(n for n in range(at, end) if lines[n].strip())
    own = next((_indent(lines[n]) for n in range(at + 1, end) if _BLOCK.match(lines[n])), _indent(lines[at]) + "\t")
    place = min(len(text), sum(len(line) + 1 for line in lines[: last + 1]))
    return Insertion(place, "" if text.endswith("\n", 0, place) else "\n", "", own)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def usual_bullet(text: str) -> str:
    """Return the bullet of a note's lists; `- ` if it has none."""
    counts = Counter(mark for mark, _ in _ITEM.findall(text))
    return f"{counts.most_common(1)[0][0]} " if counts else "- "


def heading_above(text: str, line: int) -> str | None:
    """Return the nearest heading above a line (1-based), numbered if it is not the first of its text; None if none."""
    start = block.read(text).end
    at = sum(len(part) for part in lines_with_ends(text)[: line - 1])
    above = [heading for heading in document.read(text, start).headings if heading.start < at]
    if not above:
        return None
    nth = sum(plain_heading(heading.text) == plain_heading(above[-1].text) for heading in above)
    return above[-1].text.strip() + (f"{_NTH}{nth}" if nth > 1 else "")
