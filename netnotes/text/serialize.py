"""Convert notes to plain tuples and back, for caches and worker processes, in a format that cannot run code. Pure.

A packed note consists of None, booleans, numbers, strings, tuples, lists and dicts, which `marshal` can write.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from sys import intern
from typing import Any, TypeVar, overload

from netnotes.model import Note, Passage, Problem, Reference

_T = TypeVar("_T")
Packed = tuple[Any, ...]
"""One note without its path."""

_NAMES, _DATE, _CHOICES, _INSIDE = (Passage._fields.index(name) for name in ("names", "date", "choices", "inside"))
_OF_PASSAGE, _OF_REFERENCE = (
    tuple([kind._field_defaults.get(name) for name in kind._fields]) for kind in (Passage, Reference)
)
"""The default value of each field."""
_NOTHING = Passage._field_defaults["fields"]
# Like `_make`, without the check of the length, which takes a fourth of the time to load a cache.
_note = partial(tuple.__new__, Note)
_passage = partial(tuple.__new__, Passage)
_passage_link = partial(tuple.__new__, Reference)
_day = dt.date.fromordinal


_AT_HAND = 50
"""Notes whose passages stay unpacked."""
_SHORT = 40
"""Most characters of a text in a property that many notes may have: a date, a kind, a place, a link."""
_MOST_SHARED = 1_000
"""Groups of tags or of properties that are held once for all notes."""


class _OnDemand(Sequence[_T]):
    """A sequence whose items are made when somebody first asks for one. Equal to the tuple of them."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # a note has mappings, and no hash either

    def _items(self) -> tuple[_T, ...]:
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self._items())

    def __iter__(self) -> Iterator[_T]:
        return iter(self._items())

    @overload
    def __getitem__(self, at: int) -> _T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, at: int | slice) -> _T | tuple[_T, ...]:
        return self._items()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | _OnDemand) and self._items() == tuple(other)

    def __repr__(self) -> str:
        return repr(self._items())


class PackedPassages(_OnDemand[Passage]):
    """The passages of a note, at least one: what is made of them takes several times as much memory; it is not kept."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        """Take what `_packed_passages` returned."""
        self.data = data

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Passage]:
        return iter(_passages(self.data))

    def __reversed__(self) -> Iterator[Passage]:
        return reversed(_passages(self.data))

    def _items(self) -> tuple[Passage, ...]:
        return _passages(self.data)


class PackedNotes(_OnDemand[Note]):
    """The notes of a vault: without changes most commands ask for none."""

    __slots__ = ("_length", "_made", "_unpack", "content_key")

    def __init__(self, length: int, content_key: bytes, unpack: Callable[[], tuple[Note, ...]]) -> None:
        """Take the number of notes, their `content_key`, and a function that returns them."""
        self.content_key = content_key
        self._length = length
        self._unpack = unpack
        self._made: tuple[Note, ...] | None = None

    def __len__(self) -> int:
        return self._length

    def _items(self) -> tuple[Note, ...]:
        if self._made is None:
            self._made = self._unpack()
        return self._made


def content_key(notes: Sequence[Note]) -> bytes:
    """Return a digest that tells the content of notes from any other, without unpacking any.

    Notes count by path, digest and number of problems.
    """
    if isinstance(notes, PackedNotes):
        return notes.content_key
    keys = [f"{note.path}\0{note.digest}{len(note.problems)}" for note in notes]
    return hashlib.sha256("\0".join(keys).encode("utf-8", "surrogatepass")).digest()


def compact(note: Note) -> Note:
    """Return the note as it comes from the cache: in less memory, its passages packed."""
    return unpack(note.path, pack(note))


def pack(note: Note) -> Packed:
    """Return a note without its path as a tuple. What many notes hold is one object, which marshal writes once."""
    return (
        note.digest,
        note.block,
        {intern(key): _shared_value(value) for key, value in note.properties.items()} or _NOTHING,
        _shared_lines(tuple(note.lines.items())),
        note.fields or _NOTHING,
        note.links,
        _shared(note.tags),
        _packed_passages(note.passages),
        tuple([(problem.message, problem.line, problem.hint) for problem in note.problems]),
        _shared(note.owned),
        _shared(note.marks),
        note.title,
        note.set_aside,
        note.order,
        note.declared,
        note.signs,
        note.unread,
        note.without_year,
    )


def unpack(path: str, packed: Packed) -> Note:
    """Return the note at `path` that was packed."""
    digest, block, properties, lines, fields, links, tags, data, faults, *more = packed
    passages = PackedPassages(data) if data else ()
    problems = (
        tuple([Problem(message, path=path, line=line, hint=hint) for message, line, hint in faults]) if faults else ()
    )
    return _note((path, digest, block, properties, lines, fields, links, tags, passages, problems, *more))


def _shared_value(value: object) -> object:
    if isinstance(value, list):
        return [_shared_value(item) for item in value]
    return intern(value) if isinstance(value, str) and len(value) <= _SHORT else value


@lru_cache(maxsize=_MOST_SHARED)
def _shared_lines(lines: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    return {intern(key): line for key, line in lines} or _NOTHING


@lru_cache(maxsize=_MOST_SHARED)
def _shared(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(intern, words))


def _packed_passages(passages: Sequence[Passage]) -> bytes:
    if isinstance(passages, PackedPassages):
        return passages.data
    return marshal.dumps(tuple(map(_packed_passage, passages))) if passages else b""


@lru_cache(maxsize=_AT_HAND)
def _passages(data: bytes) -> tuple[Passage, ...]:
    """Return what `_packed_passages` packed. Many steps look at the same note one after another."""
    rows = marshal.loads(data)  # noqa: S302  # from a cache of this user's own, or a worker of ours
    return tuple(map(_unpacked_passage, rows))


def _packed_passage(passage: Passage) -> Packed:
    row: list[Any] = list(passage)
    if passage.names:
        row[_NAMES] = tuple([_without_defaults(name, _OF_REFERENCE) for name in passage.names])
    if passage.date:
        row[_DATE] = passage.date.toordinal()
    for at in (_CHOICES, _INSIDE):
        if row[at]:
            row[at] = tuple(day.toordinal() for day in row[at])
    return _without_defaults(row, _OF_PASSAGE)


def _without_defaults(row: Sequence[Any], defaults: Packed) -> Packed:
    """Return a record without those last fields that have their default values."""
    size = len(row)
    while size and row[size - 1] is defaults[size - 1]:
        size -= 1
    return tuple(row[:size])


def _unpacked_passage(row: Packed) -> Passage:
    row += _OF_PASSAGE[len(row) :]
    if not (row[_NAMES] or row[_DATE] is not None or row[_CHOICES] or row[_INSIDE]):
        return _passage(row)
    items = list(row)
    items[_NAMES] = tuple([_passage_link(name + _OF_REFERENCE[len(name) :]) for name in row[_NAMES]])
    if row[_DATE] is not None:
        items[_DATE] = _day(row[_DATE])
    for at in (_CHOICES, _INSIDE):
        if row[at]:
            items[at] = tuple(map(_day, row[at]))
    return _passage(items)
