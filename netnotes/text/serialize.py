"""Convert notes to plain tuples and back, for caches and worker processes, in a format that cannot run code. Pure.

A packed note consists of None, booleans, numbers, strings, tuples, lists and dicts, which `marshal` can write.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import marshal
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from sys import intern
from typing import Any, overload

from netnotes.model import Note, Passage, Problem, Reference
from netnotes.note_sequence import NoteSequence, contents

Packed = tuple[Any, ...]
"""One note without its path."""

_NAMES, _DATE, _CHOICES, _INSIDE = (Passage._fields.index(name) for name in ("names", "date", "choices", "inside"))
_OF_PASSAGE, _OF_REFERENCE = (
    tuple([kind._field_defaults.get(name) for name in kind._fields]) for kind in (Passage, Reference)
)
"""The default value of each field."""
_AT_TASK = Passage._fields.index("task")
_REST_FROM_TASK = list(_OF_PASSAGE[_AT_TASK:])
_REST_OF_PASSAGE, _REST_OF_REFERENCE = (
    tuple([values[size:] for size in range(len(values) + 1)]) for values in (_OF_PASSAGE, _OF_REFERENCE)
)
"""The default values of the fields after the first ones, by the number of these."""
_NOTHING = Passage._field_defaults["fields"]
# Like `_make`, without the check of the length, which takes a fourth of the time to load a cache.
_note = partial(tuple.__new__, Note)
_passage = partial(tuple.__new__, Passage)
_passage_link = partial(tuple.__new__, Reference)
_day = dt.date.fromordinal
TASK, LISTED, LABELLED, SCENE, TWO_DAYS, DAY, FIELD, NAMED = (1 << at for at in range(8))
"""What a note's passages may hold: a task; a list of attendees; a label and its value, such as `Date: …`; a scene; a
day that may be two; a day; an inline field; a name, or a text that is kept."""
_OF_ROLE = {"attendees": LISTED, "attendee": LISTED, "property": LABELLED}
"""What a line of a role holds. Spelled as in `roles`, which would load the word lists for a command that needs none."""

_AT_HAND = 50
"""Notes whose passages stay unpacked."""
_SHORT = 40
"""Most characters of a text in a property that many notes may have: a date, a kind, a place, a link."""
_MOST_SHARED = 1_000
"""Groups of tags or of properties that are held once for all notes."""


class PackedPassages(Sequence[Passage]):
    """The passages of a note, at least one: what is made of them takes several times as much memory; it is not kept."""

    __slots__ = ("data",)
    __hash__ = None  # type: ignore[assignment]  # a passage has mappings, and no hash either

    def __init__(self, data: bytes) -> None:
        """Take what `_packed_passages` returned: a byte that says what they hold, then the passages."""
        self.data = data

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Passage]:
        return iter(_passages(self.data))

    def __reversed__(self) -> Iterator[Passage]:
        return reversed(_passages(self.data))

    def _items(self) -> tuple[Passage, ...]:
        return _passages(self.data)

    def __len__(self) -> int:
        return len(self._items())

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, at: int | slice) -> Passage | tuple[Passage, ...]:
        return self._items()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | PackedPassages) and self._items() == tuple(other)

    def __repr__(self) -> str:
        return repr(self._items())


def content_key(notes: Sequence[Note]) -> bytes:
    """Return a digest of the content of notes, without unpacking any.

    Notes count by path, digest and number of problems.
    """
    if isinstance(notes, NoteSequence) and notes.content_key is not None:
        return notes.content_key
    paths, digests, faults = contents(notes)
    with_faults = [f"{at} {number}" for at, number in enumerate(faults) if number]
    text = "\0".join((str(len(paths)), *paths, *digests, *with_faults))
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    if isinstance(notes, NoteSequence):
        notes.content_key = key
    return key


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


def row(note: Note) -> bytes:
    """Return a note without its path, as it is stored."""
    return marshal.dumps(pack(note))


def of_row(path: str, data: bytes) -> Note:
    """Return the note at `path` that was stored."""
    return unpack(path, marshal.loads(data))  # noqa: S302  # from a cache of this user's own


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


def hold(passages: Sequence[Passage], what: int) -> bool:
    """Return whether one of a note's passages holds `what`, TASK or the like; packed ones stay packed."""
    return bool((passages.data[0] if isinstance(passages, PackedPassages) else _held(passages)) & what)


def _packed_passages(passages: Sequence[Passage]) -> bytes:
    if isinstance(passages, PackedPassages):
        return passages.data
    if not passages:
        return b""
    return bytes((_held(passages),)) + marshal.dumps(tuple(map(_packed_passage, passages)))


def _held(passages: Sequence[Passage]) -> int:
    """Return what some passages hold, as a sum of TASK and the like."""
    held = 0
    for one in passages:
        held |= (
            (one.task is not None and TASK)
            | _OF_ROLE.get(one.role or "", 0)
            | (one.scene is not None and SCENE)
            | (bool(one.choices or len(one.inside) > 1) and TWO_DAYS)
            | (bool(one.date or one.choices) and DAY)
            | (bool(one.fields) and FIELD)
            | (bool(one.names or one.text) and NAMED)
        )
    return held


@lru_cache(maxsize=_AT_HAND)
def _passages(data: bytes) -> tuple[Passage, ...]:
    """Return what `_packed_passages` packed. Many steps look at the same note one after another."""
    rows = marshal.loads(data[1:])  # noqa: S302  # from a cache of this user's own, or a worker of ours
    return tuple([_unpacked_passage(row) for row in rows])


def _packed_passage(passage: Passage) -> Packed:
    row: list[Any] = list(passage)
    if passage.names:
        row[_NAMES] = tuple([_without_defaults(name, _OF_REFERENCE) for name in passage.names])
    if passage.date:
        row[_DATE] = passage.date.toordinal()
    for at in (_CHOICES, _INSIDE):
        if row[at]:
            row[at] = tuple(day.toordinal() for day in row[at])
    if row[_AT_TASK:] == _REST_FROM_TASK:
        # The common case, with one comparison.
        del row[_AT_TASK:]
    return _without_defaults(row, _OF_PASSAGE)


def _without_defaults(row: Sequence[Any], defaults: Packed) -> Packed:
    """Return a record without those last fields that have their default values."""
    size = len(row)
    while size and row[size - 1] is defaults[size - 1]:
        size -= 1
    return tuple(row[:size])


def _unpacked_passage(row: Packed) -> Passage:
    size = len(row)
    if size <= _NAMES:
        return _passage(row + _REST_OF_PASSAGE[size])
    items = [*row, *_REST_OF_PASSAGE[size]]
    if names := row[_NAMES]:
        items[_NAMES] = tuple([_passage_link(name + _REST_OF_REFERENCE[len(name)]) for name in names])
    if items[_DATE] is not None:
        items[_DATE] = _day(items[_DATE])
    if size > _CHOICES:
        for at in (_CHOICES, _INSIDE):
            if items[at]:
                items[at] = tuple(map(_day, items[at]))
    return _passage(items)
