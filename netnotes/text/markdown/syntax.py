"""The syntax of one note's text: links, tags, headings, blocks, and code. Plain records.

Named tuples, not dataclasses: a note has dozens of them, and they are made several times as fast.
All offsets are characters of the text that was read, front matter included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from sys import intern
from typing import NamedTuple

LIMIT = 50_000
"""Most links, tags, blocks or code spans of one note that are read; then reading stops, see Syntax.cut.

A megabyte of what people write has a tenth of that, a hostile file ten times as much.
"""


class Link(NamedTuple):
    """One internal link or embed."""

    target: str
    """Text before `|`, with its subpath, trimmed; destinations of Markdown links percent-decoded."""
    original: str
    """As written, brackets and `!` included."""
    display: str | None
    """What the app shows: the text after `|` or of a Markdown link, else the target with ` > ` for `#`."""
    start: int
    end: int
    embed: bool


class Tag(NamedTuple):
    """One tag in running text."""

    tag: str
    """With its `#`, in the author's case."""
    start: int
    end: int

    @property
    def name(self) -> str:
        """Without its `#`, in lower case."""
        return intern(self.tag[1:].lower())


class Heading(NamedTuple):
    """One heading that the app's outline shows: not in a quote, not in a list."""

    text: str
    """Raw Markdown without the marks around it."""
    level: int
    start: int
    end: int
    """After the last character, an underline or closing `#` included."""


class Block(NamedTuple):
    """One node of the tree of blocks."""

    kind: str
    """heading, paragraph, item, row (of a table), quote (or callout) or comment (`%%` over several lines)."""
    line: int
    """1-based line of the file."""
    parent: int
    """Index in Syntax.blocks of the item or quote around it, -1 at the top."""
    level: int
    """1-6 for a heading, else 0."""
    task: str | None
    """The character between the brackets of a task, None for everything else."""
    start: int
    """Where the block begins, its mark included."""
    end: int
    """Where its own text ends: before nested items, or after a callout's title; a plain quote has no own text."""


class Syntax(NamedTuple):
    """Everything read from the text of one note. Nothing here holds the text."""

    links: tuple[Link, ...]
    """Links and embeds in the order of the text."""
    tags: tuple[Tag, ...]
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    """In the order of the text: a parent comes before its children."""
    code: tuple[tuple[int, int], ...]
    """(start, end) of code, math and HTML, inline or not: nothing inside is a link, a tag or a word."""
    cut: bool = False
    """Whether the note held more than LIMIT of something, and was read no further."""


def with_own_links(syntax: Syntax) -> Iterator[tuple[Block, Sequence[Link], Sequence[Tag]]]:
    """Yield each block with the links and tags of its own text."""
    links, tags = syntax.links, syntax.tags
    at = at_tag = 0
    next_link = links[0].start if links else -1
    next_tag = tags[0].start if tags else -1
    for block in syntax.blocks:
        end = block.end
        # Most blocks have neither.
        if not -1 < next_link < end and not -1 < next_tag < end:
            yield block, (), ()
            continue
        start = block.start
        while at < len(links) and links[at].start < start:
            at += 1
        first = at
        while at < len(links) and links[at].start < end:
            at += 1
        while at_tag < len(tags) and tags[at_tag].start < start:
            at_tag += 1
        first_tag = at_tag
        while at_tag < len(tags) and tags[at_tag].start < end:
            at_tag += 1
        next_link = links[at].start if at < len(links) else -1
        next_tag = tags[at_tag].start if at_tag < len(tags) else -1
        yield block, links[first:at], tags[first_tag:at_tag]
