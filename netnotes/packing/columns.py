"""Pack records into columns of plain data. Pure.

The packed form is what `marshal` accepts: data, no code. `unpacker` makes the records again.
"""

from __future__ import annotations

import datetime as dt
import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, fields
from enum import Enum
from typing import Any, NamedTuple

from netnotes.deferred import Deferred
from netnotes.frozen import ReadOnly
from netnotes.lazy_dataclass import dataclass
from netnotes.packing import integers
from netnotes.packing.packed_mapping import Column, PackedMapping

Tables = list[tuple[int, list[bytes]]]
"""For each class: the number of its new records, and one column per field, each for `marshal`."""

PLAIN, DAYS, RECORDS, OUTSIDE, MEMBERS, SEQUENCES, MAPPINGS, MIXED = range(8)
"""The kinds of columns."""
_SIMPLE = frozenset((type(None), bool, int, float, str, bytes))
MAKERS: tuple[Callable[[Iterator[Any]], Any], ...] = (tuple, list, frozenset, set)
"""The kinds of sequences."""
_SEQUENCE = {kind: at for at, kind in enumerate(MAKERS)}


class NotPlainError(Exception):
    """A value is neither plain data nor a record of a known class."""


class Known(NamedTuple):
    """The records that the reader of the packed data will have."""

    records: Sequence[Sequence[Any]] = ()
    """For each class: its records by number; None where one was not asked for."""
    source: object = None
    """What unpacks them."""


NOTHING = Known()


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
    deferred: Mapping[type[Deferred], frozenset[str]] = field(default_factory=dict)
    """Class → fields that stay packed until somebody reads them."""

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

    def __init__(self, schema: Schema, outside: Sequence[Any] = (), known: Known = NOTHING) -> None:
        """Start with the records that the reader will have; the number of an `outside` record is its position."""
        self._schema = schema
        self._tables = {cls: _Table() for cls in schema.classes}
        self._source = known.source
        for table, records in zip(self._tables.values(), known.records, strict=False):
            table.records, table.packed = list(records), len(records)
            table.place = {id(record): at for at, record in enumerate(records) if record is not None}
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
            columns = [self.column([getattr(one, name) for one in fresh]) for name in names]
            try:
                made.append((len(fresh), list(map(marshal.dumps, columns))))
            except ValueError as error:
                raise NotPlainError(str(cls)) from error
        if any(table.packed != len(table.records) for table in self._tables.values()):
            raise NotPlainError("a record refers to a class after its own")
        return made[::-1]

    def pieces(self, packed: Any) -> Iterator[Any]:
        """Yield plain data that refers to records, then the records seen since the last call. Raises NotPlainError.

        Written in one piece, all of it would be in memory twice.
        """
        tables = self.tables()
        yield packed, len(tables)
        yield from tables

    def column(self, values: Sequence[Any]) -> Column:
        """Return values as one column. Raises NotPlainError."""
        kinds = {type(None) if kind in _SIMPLE else kind for kind in set(map(type, values))}
        if len(kinds) < 2:
            return self._of_kind(kinds.pop(), values) if kinds else (PLAIN, ())
        groups: dict[type, list[Any]] = {}
        place: dict[type, int] = {}
        places = bytearray()
        for value in values:
            kind = type(None) if type(value) in _SIMPLE else type(value)
            groups.setdefault(kind, []).append(value)
            places.append(place.setdefault(kind, len(place)))
        return MIXED, bytes(places), tuple(self._of_kind(kind, group) for kind, group in groups.items())

    def _of_kind(self, kind: type, values: Sequence[Any]) -> Column:
        """Return values of one class as a column; `NoneType` means all that is simple."""
        if kind is type(None) or ((kind in _SEQUENCE or kind is dict) and all(map(_is_plain, values))):
            return PLAIN, tuple(values)
        if kind is dt.date:
            return DAYS, integers.pack([day.toordinal() for day in values])
        if kind in self._number:
            return RECORDS, self._number[kind], integers.pack(self._numbers(self._tables[kind], values))
        if kind is self._schema.outside:
            try:
                return OUTSIDE, integers.pack([self._outside[id(record)] for record in values])
            except KeyError as error:
                raise NotPlainError("a record that is not among those outside") from error
        if kind in self._schema.enums:
            return MEMBERS, self._schema.enums.index(kind), tuple([member.value for member in values])
        if kind in _SEQUENCE:
            flat = [item for value in values for item in value]
            return SEQUENCES, _SEQUENCE[kind], integers.pack(map(len, values)), self.column(flat)
        if kind in (ReadOnly, dict, PackedMapping):
            keys = self.column([key for value in values for key in value])
            items = self._numbered(values) if kind is PackedMapping else None
            items = items or self.column([item for value in values for item in value.values()])
            return MAPPINGS, kind is ReadOnly, integers.pack(map(len, values)), keys, items
        raise NotPlainError(str(kind))

    def _numbered(self, mappings: Sequence[PackedMapping[Any, Any]]) -> Column | None:
        """Return the values of mappings as one column without unpacking them; None unless the reader will have them."""
        if any(one.source is None or one.source is not self._source for one in mappings):
            return None
        kinds = {one.column[:2] for one in mappings}
        (kind, of), *others = kinds
        if kind != RECORDS or others:
            return None
        cls, found = self._schema.classes[of], [item for one in mappings for item in one.numbers_or_values()]
        table = self._tables[cls]
        known = all(item < table.packed for item in found if type(item) is int)
        if not known or not set(map(type, found)) <= {int, cls}:
            return None
        return RECORDS, of, integers.pack(self._numbers(table, found))

    @staticmethod
    def _numbers(table: _Table, values: Sequence[Any]) -> list[int]:
        """Return the numbers of records; some of `values` are the number already."""
        found = []
        for record in values:
            at = record if type(record) is int else table.place.get(id(record))
            if at is None:
                at = table.place[id(record)] = len(table.records)
                table.records.append(record)
            found.append(at)
        return found


def _is_plain(value: Any) -> bool:
    """Return whether `marshal` restores a value unchanged."""
    kind = type(value)
    if kind in _SIMPLE:
        return True
    if kind in _SEQUENCE:
        return all(map(_is_plain, value))
    return kind is dict and all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
