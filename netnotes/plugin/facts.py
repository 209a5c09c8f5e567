"""What plugins yield: plain records, which the host checks, shows and writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from netnotes.model import Contact, Encounter, Group, Initiative, Link, Note, Person, Promise, SourceLine, Tie

Value = float | str | dt.date
"""What a score may be."""
Cell = str | float | bool | dt.date | Person | Sequence[str | Person] | None
"""What a cell of a report may hold."""


@dataclass(frozen=True, slots=True)
class Field:
    """One flat field that a scorer owns.

    .. versionadded:: 0.1
    """

    name: str
    """As in scores, `netnotes.toml` and, unless renamed there, the notes: lower case, digits and `_`."""
    about: str
    """One line: what its values mean."""
    low: float = 0.0
    high: float = 1.0
    """Range of numeric values, both ends included. Values that are dates or words have no range."""
    write: bool = True
    """Whether it is written into person notes unless configured otherwise."""


@dataclass(frozen=True, slots=True)
class Score:
    """One value of a scorer's field for one tie.

    .. versionadded:: 0.1
    """

    on: Tie | Person
    """A tie; or a person, which stands for the ego's tie with them."""
    value: Value
    because: str
    """The reason in a few words, shown on the map and by `netnotes why`."""
    label: str | None = None
    """A word for the value (`warm`), shown and written in its place."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one person or tie is drawn; in a vault without people, one note or link. What is None is left as it is.

    .. versionadded:: 0.1
    """

    on: Tie | Person | Note | Link
    color: str | None = None
    """`#rrggbb`."""
    width: float | None = None
    """Of the line, in pixels, 0-20."""
    label: str | None = None
    group: str | None = None
    """Name of the legend's entry; people or notes of one group share its colour."""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report.

    .. versionadded:: 0.1
    """

    cells: Mapping[str, Cell]
    """Column → value. Columns stand in the order in which they first appear; a column that a row lacks is empty."""
    because: str = ""
    """The reason in a few words."""
    on: Tie | Person | None = None
    """Whom the row is about."""
    evidence: Sequence[Encounter | Contact | Promise | Group | SourceLine] = ()
    """What it rests on: shown as `path:line`."""
    section: str = ""
    """Heading under which it stands; rows of one section follow each other."""
    more: Mapping[str, Cell] = field(default_factory=dict)
    """Further columns, of the JSON alone: what a table would be too wide for."""
    sentence: str = ""
    """The row in words. Where each row of a section has one, they stand in place of the table."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of a report that is no row: a verdict, a caution, a kind word on an empty day.

    Shown below the rows of its section; not part of the JSON, which holds rows alone.

    .. versionadded:: 0.1
    """

    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class FoundEncounter:
    """An encounter that a reader found in a note.

    .. versionadded:: 0.1
    """

    date: dt.date
    people: Sequence[str]
    """Names or links (`[[Ada]]`), matched to people as attendees of a meeting are."""
    line: int = 1
    """1-based line of the note."""
    minutes: float | None = None
    channel: str | None = None
    """in person, call, message, mail or card."""
    initiated_by: Initiative | None = None
    scene: str | None = None
    fields: Mapping[str, str | float] = field(default_factory=dict)
    """What else is to stand with it, for plugins that read encounters."""
