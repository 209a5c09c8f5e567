"""What was not read in a vault: remarks, and names that may be people. Only the records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, NamedTuple

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem

TITLES = {
    "no contact word": "Lines that name people but do not say that you were in touch",
    "no date": "Contacts without a date that can be read",
    "unknown name": "Contact lines that name no known person",
    "unknown link": "Dated lines with links that may be people without a note",
    "unmarked link": "Contact lines with links to notes not marked as people",
    "unmarked person": "Notes that look like people but are not marked as such",
    "no year": "Headings that give a day and no year",
    "unread day": "Files in the daily folder whose names are not read as a day",
    "set aside": "Copies and templates that are not read",
    "other format": "Notes in org format, which is not read",
    "ambiguous date": "Dates whose day and month could be swapped",
    "near property": "Properties that are almost what NetNotes reads",
    "empty folder": "Folders for people without a person in them",
    "owner": "Who you are",
    "unused option": "Options that match nothing in this vault",
    "not counted": "Notes with dated lines that were not counted",
    "no encounter": "Dated notes without an encounter",
}
"""Kind of remark → heading in `check`."""
LINES = frozenset(("no contact word", "no date", "unknown name", "unknown link", "unmarked link"))
"""Kinds whose remarks are each about a line that is almost read as contact."""
DETAILS = frozenset(("not counted", "no encounter"))
"""Kinds that are not counted in the number of remarks at the end: most of these notes are fine as they are."""
OptionValue = tuple[str, str]
"""The name of an option, as problems show it, and a value of it that the user set."""


class UnreadName(NamedTuple):
    """A name on a line that may be an unknown person's."""

    name: str
    line: int
    date: dt.date | None
    contact: bool
    """Whether the line says that you were in touch."""
    counted: bool
    """Whether the name counts as a person without a note on that line."""


class NoteCoverage(NamedTuple):
    """What one note holds besides what is read."""

    remarks: tuple[Problem, ...] = ()
    linked: tuple[str, ...] = ()
    """Paths of notes that are not a person's, and that contact lines link."""
    unmarked: tuple[str, ...] = ()
    """Those of them that a remark names."""
    names: tuple[UnreadName, ...] = ()
    looks: Literal["", "name", "person"] = ""
    """What a note that is not a person's looks like: by its name, or by what it says."""
    without_note: tuple[str, ...] = ()
    """Ids of the people without a note on its lines."""
    without_encounter: bool = False
    """Whether it or one of its lines has a day, although no encounter was found in it."""
    unread_day: Literal["", "unread", "ambiguous"] = ""
    """Whether its name may be meant as a day: one that is not recognized, or one of two."""
    original: str | None = None
    """Path of the note that this one is a copy of, by its name."""
    used: tuple[OptionValue, ...] = ()
    """The values of options that match something in it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be an unknown person's."""

    name: str
    count: int
    """Contact lines that name them."""
    days: int
    lines: tuple[tuple[str, int], ...]
    """(path, line) of the first of them, contact lines first."""
    alias_of: Person | None = None
    """The only known person with this first name, or first letter and last name."""
    links: int = 0
    """Other dated lines that link the name, although it has no note."""
    counted: bool = False
    """Whether the name already counts as a person without a note."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was not read in a vault."""

    remarks: tuple[Problem, ...]
    """Sorted by kind, path and line."""
    candidates: tuple[Candidate, ...]
    """Those that do not count yet, the most common first; then those that do."""
    unmarked: tuple[str, ...]
    """Paths of notes that look like people and are not marked."""


def in_order(remarks: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort remarks by kind, path and line."""
    order = {kind: at for at, kind in enumerate(TITLES)}
    return tuple(sorted(remarks, key=lambda r: (order[r.remark or ""], r.path or "", r.line or 0, r.message)))
