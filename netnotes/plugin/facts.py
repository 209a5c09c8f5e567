"""What plugins yield: plain records, which the host checks, shows and writes.

Whatever follows `*` in a record is given by keyword, so that fields can be added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, field

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Contact, Encounter, Group, Initiative, Link, Mention, Person, Promise, SourceLine, Tie
from netnotes.plugin.notes import Note

Value = float | str | dt.date | Person | tuple[str | Person, ...]
"""What a score may be: a number, words, a day, a person (written as a link) or several of them (written as a list).

.. versionadded:: 0.2
"""
Cell = str | float | bool | dt.date | Person | Sequence[str | Person] | None
"""What a cell of a report may hold.

.. versionadded:: 0.1
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One flat field that a scorer owns.

    .. versionadded:: 0.1
    """

    name: str
    """As in scores, `netnotes.toml` and, unless renamed there, the notes: lower case, digits and `_`."""
    about: str
    """One line: what its values mean."""
    _: KW_ONLY
    low: float = 0.0
    high: float = 1.0
    """Range of numeric values, both ends included."""
    write: bool = True
    """Whether it is written into person notes unless configured otherwise."""
    labels: tuple[str, ...] = ()
    """The labels that its scores may have, if these are known: they are also shown with `--anonymous`."""


@dataclass(frozen=True, slots=True)
class Score:
    """One value of a scorer's field for one tie; in a vault without people, for one note or link.

    .. versionadded:: 0.1
    """

    on: Tie | Person | Link | Note
    """A tie, or a person, which means the ego's tie with them; or a note or a link of `network`."""
    value: Value
    because: str = ""
    """The reason in a few words, shown on the map and by `netnotes why`."""
    _: KW_ONLY
    label: str | None = None
    """A word for the value (`warm`), shown and written instead of it."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one person or tie is drawn; in a vault without people, one note or link. None changes nothing.

    .. versionadded:: 0.1
    """

    on: Tie | Person | Note | Link
    _: KW_ONLY
    color: str | None = None
    """`#rrggbb`."""
    width: float | None = None
    """Of the line, in pixels, 0-20."""
    label: str | None = None
    badge: str | None = None
    """One or two characters next to the name, `🎂`; only for a person or a note."""
    group: str | None = None
    """Name of the legend's entry; people or notes of one group share its colour."""
    sector: str | None = None
    """Name of the sector of the rings in which a person is placed, instead of their scene."""
    because: str = ""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person on an address card that `[sources]` reads: known by name and address, but not met. Not for plugins."""

    name: str
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    """In lower case."""
    phones: tuple[str, ...] = ()
    """As written."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report.

    .. versionadded:: 0.1
    """

    cells: Mapping[str, Cell]
    """Column → value, in the order in which columns first appear; a column that a row lacks is empty."""
    _: KW_ONLY
    because: str = ""
    """The reason in a few words."""
    on: Tie | Person | None = None
    """Whom the row is about."""
    evidence: Sequence[Encounter | Mention | Contact | Promise | Group | SourceLine] = ()
    """The lines that it is based on: shown as `path:line`."""
    section: str = ""
    """Heading of its part of the report; rows of one section follow each other."""
    more: Mapping[str, Cell] = field(default_factory=dict)
    """Further columns that appear only in JSON."""
    sentence: str = ""
    """The row in words. If all rows of a section have one, they are shown instead of the table."""
    level: int = 0
    """How deep it is indented below the row before it, 0-8: a tree."""
    day: dt.date | None = None
    """The day it is on. A report whose rows have one can be written as a calendar: `--ics`."""
    named: Sequence[Person] = ()
    """Whom `because` and `sentence` name, in this order: those whose name others have too are called by their notes."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of a report that is not a row, such as a summary or a warning.

    Shown below the rows of its section; not part of the JSON, which holds rows alone.

    .. versionadded:: 0.1
    """

    text: str
    _: KW_ONLY
    section: str = ""
    named: Sequence[Person] = ()
    """Whom it names, in this order: those whose name others have too are called by their notes."""


@dataclass(frozen=True, slots=True)
class ExtraFile:
    """An additional file of an exporter: `FILE-NAME`, with the same ending.

    .. versionadded:: 0.2
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Text of a report that is shown as it is: a diagram in `mermaid` or `dot`, a table of one's own.

    In Markdown it is fenced with its language. Not part of the JSON.

    .. versionadded:: 0.2
    """

    text: str
    _: KW_ONLY
    language: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class FoundEncounter:
    """An encounter that a reader found in a note or a file.

    .. versionadded:: 0.2
    """

    date: dt.date
    people: Sequence[str]
    """Names, links (`[[Ada]]`), mail addresses or both (`Ada Lockyer <ada@example.org>`, of which the address goes
    first), matched to people as attendees of a meeting are."""
    _: KW_ONLY
    line: int = 1
    """1-based line of the note or file."""
    minutes: float | None = None
    channel: str | None = None
    """in person, call, message, mail or card."""
    initiated_by: Initiative | None = None
    scene: str | None = None
    fields: Mapping[str, str | float] = field(default_factory=dict)
    """Anything else known about it, for plugins that read encounters."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that `netnotes watch` should tell the user now.

    .. versionadded:: 0.2
    """

    text: str
    """One line."""
    _: KW_ONLY
    on: Tie | Person | Note | None = None
    """Whom or what it is about."""
