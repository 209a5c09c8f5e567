"""Find the lines of a note that may describe an encounter or a promise.

Reads words, names, lengths, dates and fields; knows neither the people of the vault nor what kind of note this is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, TypeVar

from netnotes.notes import Passage
from netnotes.regex import regex
from netnotes.text import inline_fields, roles
from netnotes.text.appositions import names_in_lower_case
from netnotes.text.clauses import CANCELLED, may_describe_contact
from netnotes.text.inline_fields import Columns, attendee_of_row, columns_of_header, with_columns
from netnotes.text.lexicon.dates import Order, proven_order
from netnotes.text.lexicon.days_of_periods import has_numbered_days
from netnotes.text.lexicon.heading_periods import Periods
from netnotes.text.lexicon.languages_of_text import NoteLanguages
from netnotes.text.lexicon.periods import Period
from netnotes.text.line_breaks import lines_of_paragraph
from netnotes.text.line_dates import DATE_LINE
from netnotes.text.line_roles import KEYWORD_ITEM
from netnotes.text.lines import Line, is_contact_tag, read_line
from netnotes.text.markdown.syntax import Block, Link, Syntax, Tag, with_own_links
from netnotes.text.names_in_lines import has_mid_capital
from netnotes.text.round_marks import without_repeats
from netnotes.text.sections import Sections

_EARLY_DIGIT = regex(r"\D{0,39}+\d")
_START = attrgetter("start")
_Placed = TypeVar("_Placed", Link, Tag)
_make = tuple.__new__
_LONGEST_LABEL = 60
_MOST_LABELS = 20
"""Lines of a paragraph that are searched for a label."""
_FEW_WORDS = 6
"""Fewer words than this may be nothing but names."""
_PROSE = 80
"""Characters from which a line is prose, in which only capitalized words within a sentence are names."""
_SHORT_NAMES = 80
"""Characters of a line that may be nothing but names."""
MOST = 20_000
"""Lines of one note that are read; later lines yield no links, dates, tasks or fields."""
LONGEST_BLOCK = 20_000
"""Characters of one block that are searched for words: a longer paragraph is not about a meeting."""


class Found(NamedTuple):
    """What the lines of one note say."""

    passages: tuple[Passage, ...]
    fields: Mapping[str, str]
    """Inline fields on a line of their own, outside lists: they are about the whole note."""
    faults: tuple[tuple[int, str], ...]
    """(line, what is wrong there)."""
    cut: bool = False
    """Whether the note has more than MOST lines that may describe people, and the rest was left out."""
    order: Order | None = None
    """The order of day and month that the numeric dates prove; None for no proof, or two."""
    without_year: tuple[int, ...] = ()
    """Lines of headings that give a day and a month, and nothing the year."""


def read(text: str, syntax: Syntax, *, dated: bool = True, period: Period | None = None) -> Found:
    """Return the passages of a note in the order of its lines.

    `dated`: the note may have a date, so that plain names and contact words matter before the first date in it.
    `period`: the week, month or year that the note is about; it dates headings such as `Tuesday` or `3 March`.
    """
    reader = _Reader(text, syntax, dated, period)
    for index, (block, links, tags) in enumerate(with_own_links(syntax)):
        if not reader.take(index, block, links, tags):
            break
    return reader.found()


class _Reader:
    """The state while one note is read."""

    def __init__(self, text: str, syntax: Syntax, dated: bool, period: Period | None) -> None:
        self._text, self._blocks, self._code = text, syntax.blocks, syntax.code
        numbered = period is not None and period.month is not None and has_numbered_days(text)
        self._dated = dated
        self._periods = Periods(period._replace(numbered=True) if period and numbered else period)
        self._passages: list[tuple[int, Passage]] = []
        """(index of the block, passage)."""
        self._first_passage: dict[int, int] = {}
        """Index of a block → index in `_passages` of its first passage."""
        self._fields: dict[str, str] = {}
        self._faults: list[tuple[int, str]] = []
        self._sections = Sections(text, syntax.blocks)
        self._columns: Columns | None = None
        """What the header of the table that is being read says; None outside tables."""
        self._in_table = False
        self._listed = False
        """Whether a list of attendees has begun."""
        self._cancelled = False
        """Whether a line says `cancelled`."""
        self._blocks_read = 0
        self._cut = False
        self._orders: set[Order] = set()
        self._languages = NoteLanguages(text)

    def found(self) -> Found:
        passages = []
        for at, (index, passage) in enumerate(self._passages):
            parent = self._blocks[index].parent
            while parent >= 0 and parent not in self._first_passage:
                parent = self._blocks[parent].parent
            place = self._first_passage[parent] if parent >= 0 else -1
            passages.append(passage._replace(parent=place) if 0 <= place < at else passage)
        proved = next(iter(self._orders)) if len(self._orders) == 1 else None
        below = self._right_below_headings() if self._cancelled else frozenset()
        if self._listed and any(one.role == roles.ATTENDEE and one.task is not None for one in passages):
            passages = roles.without_unticked(passages)
        if "<!-- round " in self._text:
            passages, below = without_repeats(passages), frozenset()
        of_lines = _with_evidence(passages, below)
        return Found(of_lines, self._fields, tuple(self._faults), self._cut, proved, self._periods.without_year)

    def _right_below_headings(self) -> frozenset[int]:
        """Return the indexes in `_passages` of the first blocks below a heading."""
        pairs = enumerate(pairwise(self._passages), 1)
        return frozenset(at for at, ((one, head), (next_, _)) in pairs if head.kind == "heading" and next_ == one + 1)

    def take(self, index: int, block: Block, links: Sequence[Link], tags: Sequence[Tag]) -> bool:
        """Read one block; return whether there is more to be read."""
        block_text = self._text[block.start : min(block.end, block.start + LONGEST_BLOCK)]
        if block.kind == "comment":
            return True
        if block.kind == "row":
            self._columns = self._columns if self._in_table else columns_of_header(block_text)
        self._in_table = block.kind == "row"
        role = self._sections.role(index, block, block_text)
        if block.kind == "heading":
            self._periods.leave(block.level)
        if not self._matters(block, block_text, links, tags, role):
            if tags and self._dated:
                names = tuple([tag.name for tag in tags])
                self._first_passage.setdefault(index, len(self._passages))
                self._passages.append((index, Passage(block.line, block.kind, level=block.level, tags=names)))
            return True
        self._blocks_read += 1
        if self._blocks_read > MOST:
            self._cut = True
            return False
        if block.kind == "paragraph":
            if block.parent < 0 and "::" in block_text:
                self._fields |= inline_fields.fields_of_lines(block_text)
            for start, end, number in lines_of_paragraph(block_text):
                self._add(index, self._line(block, block_text, start, end, number), links, tags, role)
        else:
            self._add(index, self._line(block, block_text, 0, len(block_text), 0), links, tags, role)
            if block.kind == "heading":
                head = self._passages[-1][1]
                dated, in_list = bool(head.date or head.choices), block.parent >= 0
                self._periods.enter(block.level, block_text, block.line, dated=dated, in_list=in_list)
                self._dated = self._dated or self._periods.is_week
        return True

    def _line(self, block: Block, block_text: str, start: int, end: int, number: int) -> Line:
        """Return text[start:end] of a block's own text."""
        done = block.task is not None and "✅" in block_text
        dated = self._dated or done or _EARLY_DIGIT.match(block_text) is not None
        text, place = block_text[start:end], block.start + start
        line = (place, text, block.line + number, block, self._code, dated, self._periods.current, self._languages)
        return _make(Line, line)

    def _add(
        self,
        index: int,
        line: Line,
        links: Sequence[Link],
        tags: Sequence[Tag],
        role: str | None,
    ) -> None:
        start, end = line.start, line.start + len(line.text)
        here, line_tags = _between(links, start, end), _between(tags, start, end)
        if role in (roles.ATTENDEE, roles.ABSENT) and roles.is_sentence(line.text):
            role = None
        names_of_tags = tuple([tag.name for tag in line_tags])
        passage, faults, order, only_date = read_line(line, here, names_of_tags, role)
        if role == roles.ATTENDEE and line.block.kind == "item" and roles.is_own_contact(passage):
            role = None
            passage, faults, order, only_date = read_line(line, here, names_of_tags, role)
        if self._columns and line.block.kind == "row" and passage.role is None:
            passage = with_columns(passage, line.text, self._columns)
        elif passage.role == roles.ATTENDEE and line.block.kind == "row":
            passage = attendee_of_row(passage, line.text, self._columns)
        if only_date and passage.kind == "paragraph" and line.block.parent < 0:
            passage = passage._replace(kind="heading", level=DATE_LINE)
        self._faults += faults
        self._cancelled = self._cancelled or passage.state == CANCELLED
        self._listed = self._listed or passage.role in (roles.ATTENDEES, roles.ATTENDEE)
        if passage.role == roles.PROPERTY and passage.text:
            order = order or proven_order((passage.text,))
            if role == roles.PLAN and self._listed:
                # `Date: …` below `Next meeting`, after the list of those who were at this one.
                passage = passage._replace(role=role)
        if order:
            self._orders.add(order)
        self._first_passage.setdefault(index, len(self._passages))
        self._passages.append((index, passage))
        if passage.date or passage.choices:
            self._dated = True
        if role is None and passage.kind != "heading" and not passage.text:
            self._sections.begin(index, line.block, passage)

    def _matters(
        self, block: Block, block_text: str, links: Sequence[Link], tags: Sequence[Tag], role: str | None
    ) -> bool:
        """Return whether a block may hold evidence: most do not, and are skipped quickly."""
        if links or role or block.task is not None or "::" in block_text or block.kind == "heading":
            return True
        if block.kind == "row" and self._columns and self._dated:
            return True
        if _EARLY_DIGIT.match(block_text) or (not block_text[:1].isalnum() and KEYWORD_ITEM.match(block_text)):
            return True
        if not self._dated:
            label = roles.label(roles.unmarked(block_text)) if ":" in block_text[:_LONGEST_LABEL] else None
            self._dated = label is not None and label[0] == roles.PROPERTY
            return label is not None
        if "@" in block_text or (tags and any(is_contact_tag(tag.name) for tag in tags)):
            return True
        if ":" in block_text and any(map(roles.is_labelled, block_text.split("\n", _MOST_LABELS))):
            return True
        if len(block_text) < _SHORT_NAMES and (block_text.count(" ") < _FEW_WORDS or has_mid_capital(block_text)):
            return True
        # Long prose seldom names anybody in plain words, and looking for them costs most of the time.
        likely = len(block_text) < _PROSE or has_mid_capital(block_text) or names_in_lower_case(block_text)
        return likely and may_describe_contact(block_text)


def _between(placed: Sequence[_Placed], start: int, end: int) -> Sequence[_Placed]:
    """Return the links, or tags, that begin in start:end."""
    if not placed:
        return ()
    first = bisect_left(placed, start, key=_START)
    return placed[first : bisect_left(placed, end, lo=first, key=_START)]


def _with_evidence(passages: list[Passage], below: Collection[int]) -> tuple[Passage, ...]:
    """Return the passages that hold evidence or contain some that do.

    `below`: the positions of those right below a heading, where `cancelled` is about what the heading names.
    """
    needed = [False] * len(passages)
    any_name = False
    for at in range(len(passages) - 1, -1, -1):
        passage = passages[at]
        dated = passage.date or passage.choices or passage.inside
        has_evidence = bool(passage.names or dated or passage.task is not None or passage.text or passage.tags)
        has_evidence = has_evidence or (passage.minutes is not None and passage.channel is not None)
        any_name = any_name or has_evidence
        if (
            needed[at]
            or has_evidence
            or passage.fields
            or (passage.kind == "heading" and any_name)
            or passage.minutes
            or passage.clock is not None
            or passage.channel is not None
            or (passage.state == CANCELLED and at in below)
        ):
            needed[at] = True
            if passage.parent >= 0:
                needed[passage.parent] = True
    if not any_name:
        return ()
    if all(needed):
        return tuple(passages)
    place = {at: number for number, at in enumerate(at for at, keep in enumerate(needed) if keep)}
    return tuple(
        passage._replace(parent=place[passage.parent]) if passage.parent >= 0 else passage
        for at, passage in enumerate(passages)
        if needed[at]
    )
