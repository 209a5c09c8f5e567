"""Pack records into columns of plain data, and unpack them again without calling their constructors.

The packed form is what `marshal` accepts: data, no code. A record that is packed twice is unpacked as one object.
Tuples, sets and mappings come back equal, but not identical. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import Enum
from functools import partial
from itertools import islice, repeat
from typing import Any

from netnotes.frozen import EMPTY, ReadOnly

Column = tuple[Any, ...]
"""The kind of a column, and the data from which its values are rebuilt."""
Tables = list[tuple[int, tuple[Column, ...]]]
"""For each class: the number of its new records, and one column per field."""

_PLAIN, _DAYS, _RECORDS, _OUTSIDE, _MEMBERS, _SEQUENCES, _MAPPINGS, _READ_ONLY, _MIXED = range(9)
_SIMPLE = frozenset((type(None), bool, int, float, str, bytes))
_MAKERS: tuple[Callable[[Iterator[Any]], Any], ...] = (tuple, list, frozenset, set)
_SEQUENCE = {kind: at for at, kind in enumerate(_MAKERS)}


class NotPlainError(Exception):
    """A value is neither plain data nor a record of a known class."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The classes whose records are packed."""

    classes: tuple[type[Any], ...]
    """Named tuples and slotted dataclasses; each refers to those before it alone."""
    enums: tuple[type[Enum], ...] = ()
    outside: type[Any] | None = None
    """A class whose records are stored as numbers only: the caller supplies them when unpacking."""
    left_out: Mapping[type[Any], frozenset[str]] = field(default_factory=dict)
    """Class → fields that are not packed; the caller sets them after unpacking."""

    def names(self, cls: type[Any]) -> tuple[str, ...]:
        """Return the fields of a class that are packed."""
        if issubclass(cls, tuple):
            return tuple(cls._fields)  # type: ignore[attr-defined]  # a named tuple
        out = self.left_out.get(cls, frozenset())
        return tuple(each.name for each in fields(cls) if each.name not in out)


@dataclass(slots=True)
class _Table:
    """The records of one class seen so far."""

    records: list[Any] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)
    """Identity of a record → its number. Two records that are equal stay two."""
    packed: int = 0
    """How many of them are in tables already."""


class Packer:
    """Packs values into columns, and numbers each record when it is first seen."""

    def __init__(self, schema: Schema, outside: Sequence[Any] = ()) -> None:
        """Start without records; the number of an `outside` record is its position."""
        self._schema = schema
        self._tables = {cls: _Table() for cls in schema.classes}
        self._number = {cls: at for at, cls in enumerate(schema.classes)}
        self._outside = {id(record): at for at, record in enumerate(outside)}

    def tables(self) -> Tables:
        """Return the records seen since the last call. Raises NotPlainError."""
        made: Tables = []
        # A record of one class adds to the classes before it.
        for cls in reversed(self._schema.classes):
            table = self._tables[cls]
            fresh = table.records[table.packed :]
            table.packed = len(table.records)
            names = self._schema.names(cls) if fresh else ()
            made.append((len(fresh), tuple(self.column([getattr(one, name) for one in fresh]) for name in names)))
        if any(table.packed != len(table.records) for table in self._tables.values()):
            raise NotPlainError("a record refers to a class after its own")
        return made[::-1]

    def column(self, values: Sequence[Any]) -> Column:
        """Return values as one column. Raises NotPlainError."""
        kinds = {type(None) if kind in _SIMPLE else kind for kind in set(map(type, values))}
        if len(kinds) < 2:
            return self._of_kind(kinds.pop(), values) if kinds else (_PLAIN, ())
        groups: dict[type, list[Any]] = {}
        place: dict[type, int] = {}
        places = bytearray()
        for value in values:
            kind = type(None) if type(value) in _SIMPLE else type(value)
            groups.setdefault(kind, []).append(value)
            places.append(place.setdefault(kind, len(place)))
        return _MIXED, bytes(places), tuple(self._of_kind(kind, group) for kind, group in groups.items())

    def _of_kind(self, kind: type, values: Sequence[Any]) -> Column:
        """Return values of one class as a column; `NoneType` means all that is simple."""
        if kind is type(None) or ((kind in _SEQUENCE or kind is dict) and all(map(_is_plain, values))):
            return _PLAIN, tuple(values)
        if kind is dt.date:
            return _DAYS, tuple([day.toordinal() for day in values])
        if kind in self._number:
            return _RECORDS, self._number[kind], self._numbers(self._tables[kind], values)
        if kind is self._schema.outside:
            try:
                return _OUTSIDE, tuple([self._outside[id(record)] for record in values])
            except KeyError as error:
                raise NotPlainError("a record that is not among those outside") from error
        if kind in self._schema.enums:
            return _MEMBERS, self._schema.enums.index(kind), tuple([member.value for member in values])
        if kind in _SEQUENCE:
            flat = [item for value in values for item in value]
            return _SEQUENCES, _SEQUENCE[kind], tuple(map(len, values)), self.column(flat)
        if kind is ReadOnly and all(_is_plain(item) for value in values for item in value.values()):
            return _READ_ONLY, tuple(map(dict, values))
        if kind is ReadOnly or kind is dict:
            keys, items = [key for value in values for key in value], [item for v in values for item in v.values()]
            return _MAPPINGS, kind is ReadOnly, tuple(map(len, values)), self.column(keys), self.column(items)
        raise NotPlainError(str(kind))

    @staticmethod
    def _numbers(table: _Table, values: Sequence[Any]) -> tuple[int, ...]:
        found = []
        for record in values:
            at = table.place.get(id(record))
            if at is None:
                at = table.place[id(record)] = len(table.records)
                table.records.append(record)
            found.append(at)
        return tuple(found)


class Unpacker:
    """Rebuilds what a `Packer` packed."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._made: list[list[Any]] = [[] for _ in schema.classes]
        self.outside: Sequence[Any] = ()
        """The records that were stored as numbers."""

    def add(self, tables: Tables) -> None:
        """Rebuild the records of `tables`; call this in the order in which they were packed."""
        for cls, made, (size, columns) in zip(self._schema.classes, self._made, tables, strict=False):
            if size:
                made.extend(self._records(cls, size, [self.values(column) for column in columns]))

    def _records(self, cls: type[Any], size: int, columns: Sequence[Sequence[Any]]) -> list[Any]:
        if issubclass(cls, tuple):
            return list(map(partial(tuple.__new__, cls), zip(*columns, strict=True)))
        # Setting each field of all records in one sweep takes a tenth of the time of as many calls of the constructor.
        found = list(map(object.__new__, repeat(cls, size)))
        for name, values in zip(self._schema.names(cls), columns, strict=True):
            deque(map(cls.__dict__[name].__set__, found, values), maxlen=0)
        return found

    def values(self, column: Column) -> Sequence[Any]:
        """Return what a column holds. Whole columns go through `map`: there are hundreds of thousands of values."""
        kind, *rest = column
        if kind == _PLAIN:
            found: Sequence[Any] = rest[0]
        elif kind == _DAYS:
            found = list(map(dt.date.fromordinal, rest[0]))
        elif kind == _RECORDS:
            found = list(map(self._made[rest[0]].__getitem__, rest[1]))
        elif kind == _OUTSIDE:
            found = list(map(self.outside.__getitem__, rest[0]))
        elif kind == _MEMBERS:
            found = list(map(self._schema.enums[rest[0]], rest[1]))
        elif kind == _READ_ONLY:
            found = [ReadOnly(mapping) if mapping else EMPTY for mapping in rest[0]]
        elif kind == _MIXED:
            groups = [iter(self.values(group)) for group in rest[1]]
            found = list(map(next, map(groups.__getitem__, rest[0])))
        elif kind == _SEQUENCES:
            make, flat = _MAKERS[rest[0]], iter(self.values(rest[2]))
            found = list(map(make, map(islice, repeat(flat), rest[1])))
        else:
            items = zip(self.values(rest[2]), self.values(rest[3]), strict=True)
            found = list(map(dict, map(islice, repeat(items), rest[1])))
            if rest[0]:
                found = [ReadOnly(mapping) if mapping else EMPTY for mapping in found]
        return found


def _is_plain(value: Any) -> bool:
    """Return whether `marshal` restores a value unchanged."""
    kind = type(value)
    if kind in _SIMPLE:
        return True
    if kind in _SEQUENCE:
        return all(map(_is_plain, value))
    return kind is dict and all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
