"""Inline fields as Dataview reads them: `key:: value` on a line of its own, `[key:: value]` within one.

Columns of a table that name people and give minutes, by its header, count as such fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from netnotes.notes import Passage
from netnotes.regex import regex
from netnotes.reserved import fold_key
from netnotes.text import roles
from netnotes.text.clauses import CANCELLED, NEGATED
from netnotes.text.lexicon import durations
from netnotes.text.lexicon.words import fold, listed, property_keys

# Possessive repeats (`*+`) keep both patterns linear.
_LINE_FIELD = regex(
    r"^[ \t>]*+(?:[-*+][ \t]++)?(?:\[[^\]\n]\][ \t]++)?[*_]{0,2}([^\W\d_][\w /-]{0,40}?)[*_]{0,2}::(?!:)[ \t]*+(.*)$",
    re.MULTILINE,
)
_INNER_FIELD = regex(
    r"[\[(]([^\W\d_][\w /-]{0,40}?)::(?!:)[ \t]*+((?:[^\[\]()\n]|\[\[[^\[\]\n]{0,200}\]\]){0,200}+)[\])]"
)
_CROSSES = frozenset("❌ ✗ ✘ ✖ 🚫 ☐".split())
_ATTENDEES_FIELD = "attendees"
"""The inline field that a column of names counts as."""


def fields_of_lines(text: str) -> dict[str, str]:
    """Return the fields of lines that are nothing but a field, by key in lower case with `_` for spaces."""
    return {_key(match): match[2].strip() for match in _LINE_FIELD.finditer(text)}


def fields_within(text: str, masked: str) -> dict[str, str]:
    """Return all fields of one line. Values are taken from `text`, since they may be links, which `masked` lacks."""
    matches = [*_LINE_FIELD.finditer(text), *_INNER_FIELD.finditer(text)]
    return {_key(match): match[2].strip() for match in matches if "::" in masked[match.start() : match.start(2)]}


def without_inner(masked: str) -> str:
    """Return a line with spaces in place of its `[key:: value]`."""
    return _INNER_FIELD.sub(lambda match: " " * len(match[0]), masked)


def is_length(key: str) -> bool:
    """Return whether a field of this name holds a length, in any language."""
    return fold_key(key) in _folded("duration")


def minutes_of(fields: Mapping[str, str]) -> float | None:
    """Return the minutes that the fields of a line note: as a length, or from `startTime` to `endTime`."""
    lengths = (durations.of_value(value, key) for key, value in fields.items() if is_length(key))
    if (minutes := next((length for length in lengths if length is not None), None)) is not None:
        return minutes
    start, end = clock_of(fields), _clock_among(fields, "end")
    return float((end - start) % 1440) if start is not None and end is not None and start != end else None


def clock_of(fields: Mapping[str, str]) -> int | None:
    """Return when it began by the fields of a line, in minutes after midnight: `[startTime:: 09:00]`."""
    return _clock_among(fields, "start", "time")


def _clock_among(fields: Mapping[str, str], *kinds: str) -> int | None:
    values = (value for kind in kinds for key, value in fields.items() if fold_key(key) in _folded(kind))
    return next((clock for value in values if (clock := durations.clock(value)) is not None), None)


@lru_cache(maxsize=8)
def _folded(kind: str) -> frozenset[str]:
    return frozenset(map(fold_key, property_keys(kind)))


def _key(match: re.Match[str]) -> str:
    return intern(match[1].strip().lower().replace(" ", "_"))


class Columns(NamedTuple):
    """The columns of a table that matter, counted from 0."""

    who: int | None
    minutes: int | None
    name: int | None = None
    """The column of names in a table of attendees."""
    attended: int | None = None
    """The column that says who of them came."""


def columns_of_header(row: str) -> Columns | None:
    """Return the columns that the first row of a table names; None if neither matters."""
    names = [fold(cell.strip("*_: ")) for cell in _cells(row)]
    wanted = (listed("who column"), _lengths(), listed("name column"), listed("attendance column"))
    found = [next((at for at, name in enumerate(names) if name in words), None) for words in wanted]
    return Columns(*found) if any(at is not None for at in found) else None


def _cells(row: str) -> list[str]:
    """Return the cells of a row without the spaces around them."""
    whole = row.strip().removeprefix("|").removesuffix("|").replace("\\|", "\0")
    return [cell.strip().replace("\0", "\\|") for cell in whole.split("|")]


def with_columns(passage: Passage, row: str, columns: Columns) -> Passage:
    """Return a row's passage with its minutes and, if the row is about a contact, with the people it lists."""
    found = _cells(row)
    if columns.minutes is not None and columns.minutes < len(found):
        passage = passage._replace(minutes=durations.of_value(found[columns.minutes]) or passage.minutes)
    who = found[columns.who] if columns.who is not None and columns.who < len(found) else ""
    is_contact = passage.channel is not None or passage.minutes is not None or passage.clock is not None
    states = {passage.state, *(name.state for name in passage.names)}
    if not is_contact or not _names_somebody(who) or not states.isdisjoint((CANCELLED, NEGATED)):
        return passage
    return passage._replace(fields={**passage.fields, _ATTENDEES_FIELD: who})


def attendee_of_row(passage: Passage, row: str, columns: Columns | None) -> Passage:
    """Return a row of a table of attendees with only the name as its text; in another role if a cell says `No`."""
    found = _cells(row)
    if columns and columns.name and columns.name < len(found):
        passage = passage._replace(text=found[columns.name])
    at = columns.attended if columns else None
    answers = found[1:] if at is None else found[at : at + 1]
    if any(_is_refusal(cell, by_first_words=at is not None) for cell in answers):
        return passage._replace(role=roles.ABSENT)
    return passage


def _is_refusal(cell: str, *, by_first_words: bool) -> bool:
    """Return whether a cell says that somebody did not come: `No`; with `by_first_words` also `no longer here`."""
    folded = fold(cell.strip("*_ ."))
    if folded in listed("not attended") or folded in listed("absent") or folded in _CROSSES:
        return True
    return by_first_words and any(word in listed("negation") for word in folded.split()[:2])


def _names_somebody(cell: str) -> bool:
    first = cell.lstrip("[(*_@")[:1]
    return first.isalpha() and not first.islower()


@lru_cache(maxsize=1)
def _lengths() -> frozenset[str]:
    """Return the folded headings of a column of lengths: `Min`, `Dauer`, `durée`."""
    return frozenset(map(fold, property_keys("duration"))) | listed("minute")
