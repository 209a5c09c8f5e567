"""Notes to plain tuples and back, so that they can be kept or sent without a format that could run code. Pure.

What is packed holds nothing but None, booleans, numbers, texts, tuples, lists and dicts: what `marshal` takes.
"""

from __future__ import annotations

import datetime as dt
import marshal
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, overload

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


class PackedPassages(Sequence[Passage]):
    """The passages of a note, at least one, made when they are first asked for: a command asks for those of few notes.

    Equal to the tuple of them.
    """

    __slots__ = ("_data", "_made")
    __hash__ = None  # type: ignore[assignment]  # a note has mappings, and no hash either

    def __init__(self, data: bytes) -> None:
        """Take what `_packed_passages` returned."""
        self._data = data
        self._made: tuple[Passage, ...] = ()

    @property
    def data(self) -> bytes:
        """What was packed; nothing once the passages were made."""
        return self._data

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(self._passages())

    def __iter__(self) -> Iterator[Passage]:
        return iter(self._passages())

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, at: int | slice) -> Passage | tuple[Passage, ...]:
        return self._passages()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | PackedPassages) and self._passages() == tuple(other)

    def __repr__(self) -> str:
        return repr(self._passages())

    def release(self) -> None:
        """Pack them again: what was made takes several times as much memory."""
        if self._made:
            self._data, self._made = marshal.dumps(tuple(map(_packed_passage, self._made))), ()

    def _passages(self) -> tuple[Passage, ...]:
        if self._data:
            rows = marshal.loads(self._data)  # noqa: S302  # from a cache of this user's own, or a worker of ours
            self._made = tuple(
                [_unpacked_passage(row) if row[_NAMES] or _is_dated(row) else _passage(row) for row in rows]
            )
            self._data = b""
        return self._made


def release(notes: Iterable[Note]) -> None:
    """Free the memory of the passages of notes that came packed: they are made again where somebody asks for them."""
    for note in notes:
        if isinstance(note.passages, PackedPassages):
            note.passages.release()


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
        _packed_passages(note.passages),
        tuple([(problem.message, problem.line, problem.hint) for problem in note.problems]),
        note.owned,
        note.marks,
        note.title,
        note.set_aside,
        note.order,
        note.declared,
        note.signs,
    )


def unpack(path: str, packed: Packed) -> Note:
    """Return the note at `path` that was packed."""
    digest, block, properties, lines, fields, links, property_links, tags, data, doubts, *more = packed
    passages = PackedPassages(data) if data else ()
    problems = (
        tuple([Problem(message, path=path, line=line, hint=hint) for message, line, hint in doubts]) if doubts else ()
    )
    return _note(
        (path, digest, block, properties, lines, fields, links, property_links, tags, passages, problems, *more)
    )


def _packed_passages(passages: Sequence[Passage]) -> bytes:
    if isinstance(passages, PackedPassages) and passages.data:
        return passages.data
    return marshal.dumps(tuple(map(_packed_passage, passages))) if passages else b""


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
