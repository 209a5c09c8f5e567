"""Check rows, remarks, blocks, styles and parts of exports that plugins yield."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from netnotes.model import Contact, Encounter, Group, Link, Mention, Person, Promise, SourceLine, Tie
from netnotes.plugin.facts import Block, ExtraFile, Remark, Row, Style
from netnotes.plugin.network_view import NetworkView
from netnotes.plugin.notes import Note

RESERVED = frozenset({"because", "evidence", "section"})
"""Keys of a report's JSON that no column may have."""
DEEPEST_LEVEL = 8
WIDEST = 20.0
"""Widest line on the map, in pixels."""
LONGEST_BADGE = 8
"""Most code points of a badge: one or two visible characters, which may be an emoji of many code points."""
MOST_GROUPS = 12
"""Most groups in the map's legend."""
EVIDENCE = Encounter | Mention | Contact | Promise | Group | SourceLine
_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def row_fault(fact: Any) -> str | None:
    """Return what is wrong with a fact of a report."""
    if type(fact) is Remark:
        if not _texts(fact.text, fact.section):
            return "text and section of a Remark must be text"
        return None if _people(fact.named) else "`named` of a Remark is people"
    if type(fact) is Block:
        fine = _texts(fact.text, fact.section, fact.language)
        return None if fine else "text, language and section of a Block must be text"
    if type(fact) is not Row:
        return f"it yields {type(fact).__name__}, not Row, Remark or Block"
    if not _texts(fact.because, fact.section, fact.sentence):
        return "reason, section and sentence of a Row must be text"
    if fault := _cells_fault(fact.cells) or _cells_fault(fact.more):
        return fault
    if twice := set(fact.cells).intersection(fact.more):
        return f"`{min(twice)}` is in cells and in more"
    return _row_details_fault(fact)


def export_fault(part: Any, names: Collection[str]) -> str | None:
    """Return what is wrong with a part of an export; `names` are those of earlier files."""
    if type(part) is str:
        return None
    if type(part) is not ExtraFile:
        return f"it yields {type(part).__name__}, not text or ExtraFile"
    if not _texts(part.name, part.text):
        return "name and text of an ExtraFile must be text"
    if not _FILE_NAME.fullmatch(part.name):
        return f"the name of an ExtraFile is letters, digits, `_` and `-`, not {part.name!r:.60}"
    # On Windows and macOS, `Notes` and `notes` are one file.
    same = next((name for name in names if name.casefold() == part.name.casefold()), None)
    if same is None:
        return None
    return f"it yields two files `{part.name}`" + ("" if same == part.name else f": `{same}` differs only in case")


def _row_details_fault(row: Row) -> str | None:
    if not isinstance(row.on, Tie | Person | None):
        return "a Row is on a Tie or a Person"
    if type(row.level) is not int or not 0 <= row.level <= DEEPEST_LEVEL:
        return f"the level of a Row is a whole number from 0 to {DEEPEST_LEVEL}, not {row.level!r:.20}"
    if row.day is not None and type(row.day) is not dt.date:
        return f"the day of a Row is a date, not {row.day!r:.60}"
    if not _people(row.named):
        return "`named` of a Row is people"
    known = isinstance(row.evidence, Sequence) and all(isinstance(line, EVIDENCE) for line in row.evidence)
    return None if known else "evidence of a Row is encounters, mentions, contacts, promises, groups and source lines"


def _people(named: object) -> bool:
    return isinstance(named, Sequence) and all(isinstance(person, Person) for person in named)


def _cells_fault(cells: object) -> str | None:
    if not isinstance(cells, Mapping) or not _texts(*cells):
        return "cells of a Row must be a mapping of column to value"
    if taken := RESERVED.intersection(cells):
        return f"no column may be called `{min(taken)}`"
    bad = [f"`{column}` is {_kind(value)}" for column, value in cells.items() if not _is_cell(value)]
    return f"a cell holds neither text, number, date nor person: {bad[0]}" if bad else None


def _kind(value: object) -> str:
    return f"{value}" if isinstance(value, float) else f"a {type(value).__name__}"


def _is_cell(value: object) -> bool:
    if isinstance(value, float) and not math.isfinite(value):
        return False
    if isinstance(value, str | int | float | dt.date | Person | None):
        return True
    return isinstance(value, Sequence) and all(isinstance(item, str | Person) for item in value)


def _texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def frozen_fact(fact: Row | Remark | Block) -> Row | Remark | Block:
    """Return a copy of a row with read-only cells."""
    if isinstance(fact, Remark):
        return replace(fact, named=tuple(fact.named))
    if not isinstance(fact, Row):
        return fact
    cells, more = (
        {
            name: value if isinstance(value, str) or not isinstance(value, Sequence) else tuple(value)
            for name, value in columns.items()
        }
        for columns in (fact.cells, fact.more)
    )
    return replace(fact, cells=cells, more=more, evidence=tuple(fact.evidence), named=tuple(fact.named))


def style_fault(network: NetworkView) -> Callable[[Any], str | None]:
    """Return the function that checks a style of something in `network`."""
    people = {network.ego, *network.people}
    notes: set[str] = set()
    links: set[tuple[str, str]] = set()

    def fault(fact: Any) -> str | None:
        if type(fact) is not Style:
            return f"it yields {type(fact).__name__}, not Style"
        on = fact.on
        if isinstance(on, Note | Link):
            if not notes:
                notes.update(note.path for note in network.notes)
                links.update(link.paths for link in network.links)
            known = on.path in notes if isinstance(on, Note) else on.paths in links
            return _look_fault(fact) if known else "it styles a note or a link that is not in this network"
        if not isinstance(on, Tie | Person):
            what = repr(on[:60]) if isinstance(on, str) else f"a {type(on).__name__}"
            return f"a Style is on a tie, a person, a note or a link, not {what}"
        ends = on.people if isinstance(on, Tie) else (on,)
        if not people.issuperset(ends):
            return "it styles somebody who is not in this network"
        return _look_fault(fact)

    return fault


def legend_name(style: Style) -> str | None:
    """Return the name of a style's group in the legend: its group, or else its reason if it sets a colour."""
    names = (style.group, style.because if style.color else None)
    return next((name for name in names if isinstance(name, str) and name.strip()), None)


def _look_fault(style: Style) -> str | None:
    """Return what is wrong with the values of a style."""
    if style.sector is not None and not isinstance(style.on, Person):
        return f"sector of a Style is for people, not for a {type(style.on).__name__.lower()}"
    words = {"label": style.label, "badge": style.badge, "group": style.group, "sector": style.sector}
    for name, word in words.items():
        if word is not None and not isinstance(word, str):
            return f"{name} of a Style must be text, not {word!r:.40}"
    if not isinstance(style.because, str):
        return "because of a Style must be text"
    if style.color is not None and not (isinstance(style.color, str) and _COLOR.fullmatch(style.color)):
        return f'color of a Style is like "#3366cc", not {style.color!r:.40}'
    if style.width is not None and not _is_width(style.width):
        return f"width of a Style is a number of pixels from 0 to {WIDEST:g}, not {style.width!r:.40}"
    if style.badge is not None and len(style.badge) > LONGEST_BADGE:
        return f"badge of a Style is one or two characters, not {style.badge!r:.40}"
    return None


def _is_width(width: object) -> bool:
    return type(width) in (int, float) and isinstance(width, int | float) and 0 <= width <= WIDEST
