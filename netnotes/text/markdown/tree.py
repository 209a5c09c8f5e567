"""Build the tree of blocks: which item or quote each belongs to, where its own text ends, tasks, callouts.

Its methods are called in the order of the text; it parses nothing but the marks of tasks and callouts.
"""

from __future__ import annotations

from typing import Any

from netnotes.regex import regex
from netnotes.text.markdown.syntax import LIMIT, Block

_TASK = regex(r"\[([^\r\n])\](?=[ \t\r\n]|\Z)[ \t]*")
_MARKER = regex(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=[^ \t\r\n])")
CALLOUT = regex(r"\[![^\]\r\n]+\][^\r\n]*")
_LINE_PREFIX = regex(r"(?:\r\n|[\r\n])[ \t>]*")
_BLANKS = " \t\r\n\x0b\x0c"
_TASK_AT, _START, _END = 4, 5, 6


class Tree:
    """The blocks of one note."""

    __slots__ = ("_fresh", "_line", "_line_at", "_own", "_returns", "_rows", "_stack", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._rows: list[list[Any]] = []
        self._stack: list[int] = []
        self._fresh = False
        self._own = -1
        self._line = 1
        self._line_at = 0
        self._returns = "\r" in text

    def take(self) -> tuple[Block, ...]:
        """Return all blocks in the order of the text. To be called once: it empties the tree to save memory."""
        rows = self._rows
        rows.reverse()
        return tuple(Block(*rows.pop()) for _ in range(len(rows)))

    def full(self) -> bool:
        """Return whether the limit of blocks is reached."""
        return len(self._rows) >= LIMIT

    def top(self) -> bool:
        """Return whether the current position is outside items, quotes and footnotes."""
        return not self._stack

    def enter(self, kind: str, start: int) -> None:
        """Open an item or quote at `start`; an empty kind opens a container that is not a block itself."""
        if kind:
            self._stack.append(self.add(kind, start))
            self._fresh = True
        else:
            self._stack.append(self._stack[-1] if self._stack else -1)
            self._fresh = False

    def leave(self) -> None:
        """Close the innermost item, quote or other thing that is open."""
        self._stack.pop()
        self._fresh = False

    def pass_by(self) -> None:
        """Record that something here is not a block, such as code."""
        self._fresh = False

    def add(self, kind: str, start: int, level: int = 0) -> int:
        """Add a block that begins at `start`; its own text is empty until `end` is called. Return its index."""
        self._fresh = False
        self._own = -1
        parent = self._stack[-1] if self._stack else -1
        self._rows.append([kind, self._line_of(start), parent, level, None, start, start])
        self._own = len(self._rows) - 1
        return self._own

    def run(self, start: int, end: int) -> None:
        """Begin a run of inline text outside headings and tables: a paragraph, or an item's own text.

        `end` is where it ends; not needed in an item.
        """
        inside = self._stack[-1] if self._fresh else -1
        self._fresh = False
        if inside < 0:
            self.add("paragraph", start)
        elif self._rows[inside][0] == "item":
            self._own = inside
            self._tasks(start)
        else:
            self._quoted(inside, start, end)

    def end(self, end: int) -> None:
        """End the own text of the block begun last, blanks at its end not counted."""
        if self._own >= 0:
            row = self._rows[self._own]
            row[_END] = self.stripped(row[_START], end)
        self._own = -1

    def _tasks(self, at: int) -> None:
        """Read the task mark at `at`. After it the app begins blocks again: `- [ ] 1. x` is an item in an item."""
        depth = len(self._stack)
        while not self.full() and (match := _TASK.match(self._text, at)):
            row = self._rows[self._own]
            row[_TASK_AT] = match[1]
            nested = _MARKER.match(self._text, match.end())
            if not nested:
                break
            row[_END] = self.stripped(row[_START], match.end())
            self._stack.append(self._own)
            self.add("item", match.end())
            at = nested.end()
        del self._stack[depth:]

    def _quoted(self, quote: int, start: int, end: int) -> None:
        """Begin the first paragraph of a quote; the first line of a callout is its title and the quote's own text."""
        title = CALLOUT.match(self._text, start)
        if title:
            self._rows[quote][_END] = self.stripped(start, title.end())
            prefix = _LINE_PREFIX.match(self._text, title.end())
            if prefix is None or prefix.end() >= end:
                return
            start = prefix.end()
        self.add("paragraph", start)

    def stripped(self, start: int, end: int) -> int:
        """Return `end` moved back over blanks, not before `start`."""
        while end > start and self._text[end - 1] in _BLANKS:
            end -= 1
        return end

    def _line_of(self, at: int) -> int:
        """Return the 1-based line of `at`, counting from the previous result."""
        low, high, sign = (self._line_at, at, 1) if at >= self._line_at else (at, self._line_at, -1)
        count = self._text.count("\n", low, high)
        if self._returns:
            count += self._text.count("\r", low, high) - self._text.count("\r\n", low, high)
        self._line += sign * count
        self._line_at = at
        return self._line
