"""The lines of one note as `inspect` goes through them: each with its day, its links and its words."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from netnotes.cli.commands.vault.inspection import Inspection
from netnotes.model import Passage
from netnotes.text.line_breaks import lines_of_paragraph
from netnotes.text.markdown.syntax import Link

_START = attrgetter("start")


class TextLine(NamedTuple):
    """A line of the body: a heading, a bullet with what continues it, a row, or a line of a paragraph."""

    number: int
    """1-based line of the file on which it begins."""
    kind: str
    """Of its block: heading, paragraph, item, row or quote."""
    start: int
    """Where it begins in the text."""
    text: str
    """Its words; code is blank."""
    links: tuple[Link, ...]
    """Without embeds."""
    date: dt.date | None
    """Its own date, else that of the bullet or heading above it, else the note's."""
    above: tuple[int, ...]
    """The numbers of the bullets and headings above it, nearest first."""
    passage: Passage | None
    """What was read of it; None if it holds no sign."""


def text_lines(seen: Inspection) -> list[TextLine]:
    """Return the lines of a note's body in their order; nothing for bytes that are no text."""
    if seen.parsed is None:
        return []
    text, syntax = _without_code(seen), seen.parsed.syntax
    links = [link for link in syntax.links if not link.embed]
    read = {passage.line: passage for passage in seen.note.passages}
    found: list[TextLine] = []
    of_block: dict[int, TextLine] = {}
    headings: list[tuple[int, TextLine]] = []
    for index, block in enumerate(syntax.blocks):
        if block.kind == "comment":
            continue
        if block.kind == "heading":
            headings = [(level, line) for level, line in headings if level < block.level]
        own = text[block.start : block.end]
        parts = lines_of_paragraph(own) if block.kind == "paragraph" else [(0, len(own), 0)]
        for start, end, number in parts:
            begin, stop = block.start + start, block.start + end
            above = of_block.get(block.parent) or (headings[-1][1] if headings else None)
            passage = read.get(block.line + number)
            line = TextLine(
                number=block.line + number,
                kind=block.kind,
                start=begin,
                text=own[start:end],
                links=tuple(links[bisect_left(links, begin, key=_START) : bisect_left(links, stop, key=_START)]),
                date=_date(passage) or (above.date if above else seen.day),
                above=(above.number, *above.above) if above else (),
                passage=passage,
            )
            found.append(line)
            of_block.setdefault(index, line)
            if passage and passage.kind == "heading" and block.kind != "heading":
                # A line that is only a date dates those below it.
                headings = [(level, line) for level, line in headings if level < passage.level]
                headings.append((passage.level, line))
        if block.kind == "heading":
            headings.append((block.level, of_block[index]))
    return found


def _date(passage: Passage | None) -> dt.date | None:
    """Return the date of a line, or the first one within it."""
    return next(iter((*filter(None, [passage.date]), *passage.choices, *passage.inside)), None) if passage else None


def _without_code(seen: Inspection) -> str:
    """Return the text with code, math and HTML blank, as long as before."""
    text, parts, at = seen.parsed.text if seen.parsed else "", [], 0
    for start, end in sorted(seen.parsed.syntax.code) if seen.parsed else ():
        if start >= at:
            parts += [text[at:start], "".join(char if char == "\n" else " " for char in text[start:end])]
            at = end
    return "".join((*parts, text[at:]))
