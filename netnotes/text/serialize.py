"""Notes to plain tuples and back, so that they can be kept or sent without a format that could run code. Pure.

What is packed holds nothing but None, booleans, numbers, texts, tuples, lists and dicts: what `marshal` takes.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from netnotes.model import Note, Passage, Problem, Reference

Packed = tuple[Any, ...]
"""One note without its path."""

_NAMES, _DATE, _CHOICES, _INSIDE = (Passage._fields.index(name) for name in ("names", "date", "choices", "inside"))
_NOTHING = Passage._field_defaults["fields"]
# As `_make` does, without counting: a fourth of the time that a cache takes to load.
_note = partial(tuple.__new__, Note)
_passage = partial(tuple.__new__, Passage)
_passage_link = partial(tuple.__new__, Reference)
_day = dt.date.fromordinal


def pack(note: Note) -> Packed:
    """Return everything of a note but its path."""
    return (
        note.digest,
        note.block,
        # One empty mapping for all: marshal keeps what is one and the same so.
        note.properties or _NOTHING,
        note.lines or _NOTHING,
        note.fields or _NOTHING,
        note.links,
        note.property_links,
        note.tags,
        tuple(map(_packed_passage, note.passages)),
        tuple([(problem.message, problem.line, problem.hint) for problem in note.problems]),
        note.owned,
        note.marks,
        note.title,
        note.set_aside,
        note.order,
        note.declared,
    )


def unpack(path: str, packed: Packed) -> Note:
    """Return the note at `path` that was packed."""
    digest, block, properties, lines, fields, links, property_links, tags, rows, doubts, *more = packed
    passages = (
        tuple([_unpacked_passage(row) if row[_NAMES] or _is_dated(row) else _passage(row) for row in rows])
        if rows
        else ()
    )
    problems = (
        tuple([Problem(message, path=path, line=line, hint=hint) for message, line, hint in doubts]) if doubts else ()
    )
    return _note(
        (path, digest, block, properties, lines, fields, links, property_links, tags, passages, problems, *more)
    )


def _packed_passage(passage: Passage) -> Packed:
    row: list[Any] = list(passage)
    if passage.names:
        row[_NAMES] = tuple(map(tuple, passage.names))
    if passage.date:
        row[_DATE] = passage.date.toordinal()
    for at in (_CHOICES, _INSIDE):
        if row[at]:
            row[at] = tuple(day.toordinal() for day in row[at])
    return tuple(row)


def _is_dated(row: Packed) -> bool:
    return row[_DATE] is not None or bool(row[_CHOICES] or row[_INSIDE])


def _unpacked_passage(row: Packed) -> Passage:
    items = list(row)
    items[_NAMES] = tuple(map(_passage_link, row[_NAMES]))
    if row[_DATE] is not None:
        items[_DATE] = _day(row[_DATE])
    for at in (_CHOICES, _INSIDE):
        if row[at]:
            items[at] = tuple(map(_day, row[at]))
    return _passage(items)
