"""Where the app sees different blocks than the Markdown parser, as far as it matters for tags.

- A line that continues a quote or an item belongs to the fence or element that is open in it.
- Below a quote or a definition, an indented line is code.
- A line of tabs does not end an element.
- A formula that begins a line and is never closed reaches to the end of the note.
- A table does not cut a paragraph short; its rows begin as its header does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import field

from netnotes.lazy_dataclass import dataclass
from netnotes.regex import regex
from netnotes.text.markdown import tags
from netnotes.text.markdown.inline import Span
from netnotes.text.markdown.syntax import Tag

_ODD = regex(
    r"\||^[ ]{0,3}\$\$|^\t+\r?$|^[ \t]*(?:>|[-*+][ ]|\d{1,9}[.)][ ])[ \t>]*(?:`{3}|~{3}|<)|^[ ]{0,3}>\t"
    r"|^[ ]{0,3}>[^\n]*\n(?:[^\n>]+\n)*?(?:[ ]{4}|\t)|^[ ]{0,3}\[[^\]\n]{1,999}\]:",
    re.MULTILINE,
)
_LINE = regex(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_QUOTE = regex(r"(?:[ ]{0,3}>[ ]?)+")
_ITEM = regex(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_FENCE = regex(r"[ ]{0,3}(`{3,}(?=[^`\n]*$)|~{3,})")
_BREAK = regex(r"[ ]{0,3}(?:\#{1,6}(?:[ \t]|$)|`{3}|~{3}|(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$)")
_ELEMENT = regex(
    r"[ ]{0,3}</?(?:address|article|aside|blockquote|body|center|details|dialog|dir|div|dl|fieldset|figure|footer"
    r"|form|h[1-6]|header|hr|html|iframe|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)"
    r"(?=[\s/>]|$)",
    re.IGNORECASE,
)
_COMMENT = regex(r"[ ]{0,3}<!--(?!.*-->)")
_FORMULA = regex(r"[ ]{0,3}\$\$(?!.*\$\$)")
_DEFINITION = regex(r"[ ]{0,3}\[[^\]]{1,999}\]:[ \t]*\S")
_INDENTED = regex(r"[ ]{4}|[ ]{0,3}\t")
_DELIMITERS = regex(r"(?=[^|]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_ELEMENT_OPEN = "<"


def corrected(text: str, body: int, code: Sequence[Span], found: list[Tag]) -> list[Tag]:
    """Return `found`, the tags of text[body:], corrected: only those that the app sees, and all of them.

    `code` are spans that hold no tags.
    """
    if not found and "|#" not in text:
        return found
    if not _ODD.search(text, body):
        return found
    state = _Lines()
    state.read(text, body)
    kept = [tag for tag in found if not _within(state.excluded, tag.start) and not _after_bar(text, tag.start)]
    if "|#" not in text:
        return kept
    rows = [row for row in state.rows if "|#" in text[slice(*row)] and not _within(code, row[0])]
    kept = [tag for tag in kept if not _within(rows, tag.start)]
    for start, end in rows:
        tags.find(text, start, end, (), kept, row=True)
    kept.sort(key=lambda tag: tag.start)
    return kept


def _within(spans: Sequence[Span], at: int) -> bool:
    """Return whether one of `spans`, in order and without overlaps, contains `at`."""
    following = bisect_left(spans, (at + 1,))
    return following > 0 and at < spans[following - 1][1]


def _after_bar(text: str, at: int) -> bool:
    return at >= 1 and text[at - 1] == "|" and (at == 1 or text[at - 2] != "\\")


@dataclass(slots=True)
class _Lines:
    """The state while lines are read one after the other: what is open, and what was found."""

    excluded: list[Span] = field(default_factory=list)
    rows: list[Span] = field(default_factory=list)
    container: str = ""
    """`>` in a quote, `-` in an item, else empty."""
    indent: int = 0
    """Of the innermost item: the column where its text begins."""
    opened: str = ""
    """What is open: a fence, `-->`, `$$`, or an element up to the next blank line."""
    paragraph: bool = False
    """Whether the line before was running text."""
    header: str | None = None
    """The line before, if it may head a table."""
    header_at: Span = (0, 0)
    piped: bool | None = None
    """In a table: whether its rows begin with a bar."""

    def read(self, text: str, body: int) -> None:
        """Read all lines of text[body:]."""
        for start, end, line in _lines(text, body):
            self._read(start, end, line)
        if self.opened == "$$":
            self.excluded.append((self.header_at[0], len(text)))
        self.excluded.sort()

    def _read(self, start: int, end: int, line: str) -> None:
        quote = _QUOTE.match(line)
        item = None if quote or (self.opened and self.container != "-") else _ITEM.match(line)
        if not self.container and self.opened:
            if self.opened == _ELEMENT_OPEN:
                self.excluded.append((start, end))
            self._closed_by(line)
        elif not line.strip():
            self._blank()
        elif quote:
            if self.container != ">":
                self.container, self.opened, self.paragraph = ">", "", False
            if quote.end() < len(line) and line[quote.end()] == "\t" and not self.paragraph:
                self.excluded.append((start, end))
            self._content(line[quote.end() :], start + quote.end(), end)
        elif item and not (self.opened and len(line) - len(line.lstrip()) >= self.indent):
            self.container, self.opened, self.paragraph, self.indent = "-", "", False, item.end()
            self._content(line[item.end() :], start + item.end(), end)
        elif self.container == "-" and len(line) - len(line.lstrip()) >= self.indent:
            self._content(line[self.indent :], start + self.indent, end)
        elif self.container and not _BREAK.match(line):
            self._lazy(start, end, line)
        else:
            self.container = self.opened = ""
            self._content(line, start, end)

    def _blank(self) -> None:
        if self.opened == _ELEMENT_OPEN or self.container == ">":
            self.opened = ""
        if self.container == ">":
            self.container = ""
        elif self.container == "-" and self.opened:
            self.container = self.opened = ""
        self.paragraph, self.header, self.piped = False, None, None

    def _lazy(self, start: int, end: int, line: str) -> None:
        """Read a line that continues the quote or item above it without its mark."""
        self.header = self.piped = None
        if self.opened:
            self.excluded.append((start, end))
            if self.opened == "-->" and "-->" in line:
                self.opened = ""
        elif self.container == ">" and _INDENTED.match(line):
            self.excluded.append((start, end))
            self.container = ""
        elif not self.paragraph:
            self.container = ""
            self._content(line, start, end)

    def _closed_by(self, line: str) -> None:
        if self.opened == "-->":
            closed = "-->" in line
        elif self.opened == "$$":
            closed = line.rstrip().endswith("$$")
        elif self.opened == _ELEMENT_OPEN:
            closed = not line.strip(" ")
        else:
            fence = _FENCE.match(line)
            closed = fence is not None and line.strip() == fence[1] and fence[1].startswith(self.opened)
        if closed:
            self.opened, self.paragraph = "", False

    def _content(self, line: str, start: int, end: int) -> None:
        """Read a line without the marks of the quote or item that contains it."""
        if self.opened:
            self._closed_by(line)
            return
        if self._table(line, start, end):
            return
        if fence := _FENCE.match(line):
            self.opened = fence[1]
        elif _COMMENT.match(line):
            self.opened = "-->"
        elif _ELEMENT.match(line):
            self.opened = _ELEMENT_OPEN
        elif not self.container and not self.paragraph and _FORMULA.match(line):
            self.opened, self.header_at = "$$", (start, end)
        elif not self.container and not self.paragraph and _DEFINITION.match(line):
            self.container = ">"
        self.paragraph = bool(line.strip()) and not self.opened and not _BREAK.match(line)

    def _table(self, line: str, start: int, end: int) -> bool:
        """Return whether a line belongs to a table whose header and delimiters were read."""
        if self.piped is not None:
            if "|" in line and (line.startswith("|") or not self.piped):
                self.rows.append((start, end))
                return True
            self.piped, self.paragraph = None, True
            return False
        header, self.header = self.header, None
        if header is not None and _DELIMITERS.fullmatch(line) and (not header.startswith("|") or line.startswith("|")):
            self.rows.append(self.header_at)
            self.piped = header.startswith("|")
            return True
        if "|" in line and not self.paragraph and not line.startswith((" ", "\t")):
            self.header, self.header_at = line, (start, end)
        return False


def _lines(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, the line without its end)."""
    for match in _LINE.finditer(text, body):
        if match[0]:
            yield match.start(), match.end(), match[0].rstrip("\r\n")
