"""Find the columns of a table that name people and give minutes, by its header."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from netnotes.notes import Passage
from netnotes.text.clauses import CANCELLED, NEGATED
from netnotes.text.lexicon import durations
from netnotes.text.lexicon.words import fold, listed, property_keys

ATTENDEES_FIELD = "attendees"
"""The inline field that a column of names counts as."""


class Columns(NamedTuple):
    """The columns of a table that matter, counted from 0."""

    who: int | None
    minutes: int | None


def of_header(row: str) -> Columns | None:
    """Return the columns that the first row of a table names; None if neither matters."""
    names = [fold(cell.strip("*_: ")) for cell in cells(row)]
    who = next((at for at, name in enumerate(names) if name in listed("who column")), None)
    minutes = next((at for at, name in enumerate(names) if name in _lengths()), None)
    return Columns(who, minutes) if who is not None or minutes is not None else None


def cells(row: str) -> list[str]:
    """Return the cells of a row without the spaces around them."""
    whole = row.strip().removeprefix("|").removesuffix("|").replace("\\|", "\0")
    return [cell.strip().replace("\0", "\\|") for cell in whole.split("|")]


def applied(passage: Passage, row: str, columns: Columns) -> Passage:
    """Return a row's passage with its minutes and, if the row is about a contact, with the people it lists."""
    found = cells(row)
    if columns.minutes is not None and columns.minutes < len(found):
        passage = passage._replace(minutes=durations.of_value(found[columns.minutes]) or passage.minutes)
    who = found[columns.who] if columns.who is not None and columns.who < len(found) else ""
    is_contact = passage.channel is not None or passage.minutes is not None or passage.clock is not None
    states = {passage.state, *(name.state for name in passage.names)}
    if not is_contact or not _names_somebody(who) or not states.isdisjoint((CANCELLED, NEGATED)):
        return passage
    return passage._replace(fields={**passage.fields, ATTENDEES_FIELD: who})


def _names_somebody(cell: str) -> bool:
    first = cell.lstrip("[(*_@")[:1]
    return first.isalpha() and not first.islower()


@lru_cache(maxsize=1)
def _lengths() -> frozenset[str]:
    """Return the folded headings of a column of lengths: `Min`, `Dauer`, `durée`."""
    return frozenset(map(fold, property_keys("duration"))) | listed("minute")
