"""Lay out text for a width: tables whose columns shrink in a fixed order, and paragraphs with a hanging indent.

How a table is made to fit, in this order:

1. Text columns (`Column.wraps`) become narrower, down to `NARROWEST`, and wrap inside their column.
2. Columns with a `drop` are left out, the highest first.
3. Text columns, but for the first column, move below each row, indented; the last one first.

All other columns (names, dates, numbers) are never cut and never wrapped. Outside columns, a path is never broken
within a word. Prints nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from netnotes.cli.screen import Screen
from netnotes.lazy_dataclass import dataclass
from netnotes.printable import one_line

if TYPE_CHECKING:
    from rich.console import Console

GAP = 2
"""Spaces between columns."""
NARROWEST = 24
"""A text column narrower than this moves below its row instead."""
INDENT = 4
"""Spaces before the lines below a row."""
SEPARATOR = " · "
"""Separates the texts below a row."""
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Styled:
    """Text with a rich style (`bold`, `dim green`) and a link, both for terminals only."""

    text: str
    style: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    head: str
    drop: int = 0
    """Columns are left out if there is no room, the highest number first; 0 is never left out."""
    wraps: bool = False
    """Whether its text may wrap. Names, dates and numbers must not wrap."""
    right: bool = False
    """Whether it is aligned to the right."""


Cell = str | Styled
Words = Cell | Sequence[Cell]
"""A paragraph: one piece of text, or several in a row."""


class Layout:
    """Lays out tables and paragraphs as lines for one screen."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    @cached_property
    def _console(self) -> Console:
        """What rich wraps and colours text with; plain text that is not wrapped can do without it."""
        from rich.console import Console  # it takes half as long to load as a short command to run

        return Console(file=io.StringIO(), width=self.screen.width or 10_000, force_terminal=True)

    def table(self, rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> Iterator[str]:
        """Yield the lines of a table: a header line, unless all heads are empty, then the rows.

        Columns with only empty cells are left out.
        """
        texts = [[_text(cell) for cell in row] for row in rows]
        filled = [at for at in range(len(columns)) if not rows or any(row[at].plain for row in texts)]
        natural = {at: max([cell_len(columns[at].head), *(row[at].cell_len for row in texts)]) for at in filled}
        widths, below = fit(columns, natural, self.screen.width)
        if any(columns[at].head for at in widths):
            yield from self._row([_text(Styled(columns[at].head, "bold")) for at in widths], columns, widths)
        for row in texts:
            yield from self._row([row[at] for at in widths], columns, widths)
            if rest := [row[at] for at in below if row[at].plain]:
                yield from self._wrapped(Text(" " * INDENT), Text(SEPARATOR).join(rest), INDENT)

    def paragraph(self, words: Words, *, first: str = "", indent: int | None = None) -> Iterator[str]:
        """Yield the lines of a paragraph that starts with `first`; later lines are indented as deep, or by `indent`."""
        start = Text(one_line(first))
        text = Text.assemble(*([_text(words)] if isinstance(words, str | Styled) else map(_text, words)))
        yield from self._wrapped(start, text, start.cell_len if indent is None else indent)

    def _row(self, cells: Sequence[Text], columns: Sequence[Column], widths: Mapping[int, int]) -> Iterator[str]:
        pieces = [
            self._split(cell, width) if cell.cell_len > width else [cell]
            for cell, width in zip(cells, widths.values(), strict=True)
        ]
        for number in range(max(map(len, pieces), default=0)):
            line = Text()
            for found, (at, width) in zip(pieces, widths.items(), strict=True):
                piece = found[number] if number < len(found) else Text()
                space = Text(" " * max(0, width - piece.cell_len))
                for part in (space, piece) if columns[at].right else (piece, space):
                    line.append_text(part)
                line.append(" " * GAP)
            yield self._render(line)

    def _wrapped(self, start: Text, text: Text, indent: int) -> Iterator[str]:
        """Yield `start` and `text`, wrapped; lines after the first are indented."""
        if self.screen.width is None:
            yield self._render(Text.assemble(start, text))
            return
        room = max(1, self.screen.width - max(indent, start.cell_len))
        for number, line in enumerate(self._split(text, room, whole_paths=True)):
            yield self._render(Text.assemble(Text(" " * indent) if number else start, line))

    def _split(self, text: Text, width: int, *, whole_paths: bool = False) -> list[Text]:
        """Return `text` wrapped at words; a word longer than `width` columns continues on the next line.

        With `whole_paths`, a word with a slash stays whole, and may be longer: otherwise it could not be copied.
        """
        paths = [word for word in _WORD.finditer(text.plain) if "/" in word[0] and cell_len(word[0].rstrip()) > width]
        if not whole_paths or not paths:
            return list(text.wrap(self._console, width, overflow="fold")) or [text]
        lines: list[Text] = []
        for at, piece in enumerate(text.divide([edge for word in paths for edge in word.span()])):
            lines += [piece] if at % 2 else piece.wrap(self._console, width, overflow="fold")
        return [line for line in lines if line]

    def _render(self, line: Text) -> str:
        """Return a line as written, with the styles and links that the screen supports."""
        line.rstrip()
        if not (self.screen.colour or self.screen.links):
            return line.plain
        parts = []
        for segment in line.render(self._console):
            style = segment.style or Style()
            shown = style if self.screen.colour else Style(link=style.link)
            parts.append((shown if self.screen.links else shown.update_link(None)).render(segment.text))
        return "".join(parts).rstrip("\n")


def fit(columns: Sequence[Column], natural: Mapping[int, int], width: int | None) -> tuple[dict[int, int], list[int]]:
    """Return the columns of the table with their widths, and those that go below each row.

    `natural` is the width that each column needs, by position.
    """
    if width is None:
        return dict(natural), []
    kept = list(natural)

    def least() -> int:
        needed = sum(min(natural[at], NARROWEST) if columns[at].wraps else natural[at] for at in kept)
        return needed + GAP * (len(kept) - 1)

    while least() > width and any(columns[at].drop for at in kept):
        kept.remove(max(kept, key=lambda at: columns[at].drop))
    below: list[int] = []
    while least() > width and (texts := [at for at in kept[1:] if columns[at].wraps]):
        below.insert(0, texts[-1])
        kept.remove(texts[-1])
    widths = {at: natural[at] for at in kept}
    texts = sorted((at for at in widths if columns[at].wraps), key=lambda at: natural[at])
    room = width - GAP * (len(widths) - 1) - sum(widths[at] for at in widths if not columns[at].wraps)
    for number, at in enumerate(texts):
        widths[at] = max(1, min(natural[at], room // (len(texts) - number)))
        room -= widths[at]
    over = sum(widths.values()) + GAP * (len(widths) - 1) - width
    if over > 0 and (names := [at for at in widths if not columns[at].right]):
        # A name of many words: it wraps in its column.
        longest = max(names, key=lambda at: widths[at])
        widths[longest] = max(NARROWEST, widths[longest] - over)
    return widths, below


def bar(value: float, width: int) -> str:
    """Return `value`, 0–1, as a bar of exactly `width` columns."""
    full, part = divmod(round(max(0.0, min(1.0, value)) * width * 8), 8)
    return ("█" * full + " ▏▎▍▌▋▊▉"[part] * bool(part)).ljust(width)


def _text(cell: Cell) -> Text:
    """Return the printable text of a cell."""
    if isinstance(cell, str):
        return Text(one_line(cell))
    style = Style.parse(cell.style) if cell.style else Style()
    return Text.assemble((one_line(cell.text), style + Style(link=cell.link or None)))
