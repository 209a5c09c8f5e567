"""Pack records into columns of plain data, and unpack them again without calling their constructors.

The packed form is what `marshal` accepts: data, no code. A record that is packed twice is unpacked as one object, and
only when somebody asks for it. Tuples, sets and mappings come back equal, but not identical. Pure.
"""

from __future__ import annotations

import datetime as dt
import marshal
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, fields
from enum import Enum
from functools import partial
from itertools import accumulate, chain, islice, repeat
from typing import Any, TypeVar

from netnotes.dates import one_object
from netnotes.deferred import COMPLETE, Deferred
from netnotes.frozen import EMPTY, ReadOnly
from netnotes.lazy_dataclass import dataclass

Column = tuple[Any, ...]
"""The kind of a column, and the data from which its values are rebuilt."""
Tables = list[tuple[int, list[bytes]]]
"""For each class: the number of its new records, and one column per field, each for `marshal`."""
Known = Sequence[Sequence[Any]]
"""For each class: its records by number; None where one was not asked for."""
MOST_SINGLE = 200
"""Records completed one at a time. After that all are, since the command will probably ask for all."""

_T = TypeVar("_T")
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

    def __init__(self, schema: Schema, outside: Sequence[Any] = (), known: Known = ()) -> None:
        """Start with the records that the reader will have; the number of an `outside` record is its position."""
        self._schema = schema
        self._tables = {cls: _Table() for cls in schema.classes}
        for table, records in zip(self._tables.values(), known, strict=False):
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


@dataclass(slots=True)
class _Part:
    """The records of one class that were packed together."""

    start: int
    """Number of the first."""
    size: int
    columns: list[Column | bytes]
    """One for each field; those that nobody has asked for yet are still packed."""
    complete: set[int] = field(default_factory=set)
    """Those whose deferred fields are set, counted from the first."""

    def column(self, at: int) -> Column:
        """Return the column of one field."""
        column = self.columns[at]
        if isinstance(column, bytes):
            # From a file of this user's own, which holds no code and which nobody else could have written.
            column = self.columns[at] = marshal.loads(column)  # noqa: S302
        return column


class Unpacker:
    """Rebuilds what a `Packer` packed, each record when it is asked for."""

    def __init__(self, schema: Schema, known: Known = ()) -> None:
        """Start with the records that the packer knew."""
        self._schema = schema
        self._made: list[list[Any]] = [list(records) for records in known]
        self._made.extend([] for _ in schema.classes[len(known) :])
        """The records of each class; None: not made yet."""
        self._parts: list[list[_Part]] = [[] for _ in schema.classes]
        self._found: dict[int, tuple[Any, Sequence[int]]] = {}
        """Identity of a part of a column → that part, so that no other gets its identity, and what was worked out."""
        self.outside: Sequence[Any] = ()
        """The records that were stored as numbers."""

    def add(self, tables: Tables) -> None:
        """Take more tables; call this in the order in which they were packed."""
        for made, parts, (size, columns) in zip(self._made, self._parts, tables, strict=False):
            if size:
                parts.append(_Part(len(made), size, list(columns)))
                made.extend(repeat(None, size))

    def counts(self) -> tuple[int, ...]:
        """Return for each class how many records the tables taken so far have."""
        return tuple(map(len, self._made))

    def first(self, counts: Sequence[int]) -> Known:
        """Return for each class the first of its records, as many as it had when `counts` was called."""
        return [made[:count] for made, count in zip(self._made, counts, strict=True)]

    def values(self, column: Column, at: Sequence[int] | None = None) -> Sequence[Any]:
        """Return what a column holds: the values at these places, by default all.

        Whole columns go through `map`: there are hundreds of thousands of values.
        """
        kind, *rest = column
        if kind == _MIXED:
            return self._mixed(rest[0], rest[1], at)
        if kind == _SEQUENCES:
            lengths, (items,) = self._split(rest[1], rest[2:], at)
            return list(map(_MAKERS[rest[0]], _groups(items, lengths)))
        if kind == _MAPPINGS:
            lengths, (keys, items) = self._split(rest[1], rest[2:], at)
            mappings = map(dict, _groups(zip(keys, items, strict=True), lengths))
            return [ReadOnly(mapping) if mapping else EMPTY for mapping in mappings] if rest[0] else list(mappings)
        data = rest[-1] if at is None else list(map(rest[-1].__getitem__, at))
        if kind == _PLAIN:
            found: Sequence[Any] = data
        elif kind == _DAYS:
            found = list(map(one_object, map(dt.date.fromordinal, data)))
        elif kind == _RECORDS:
            found = self._records(rest[0], data)
        elif kind == _OUTSIDE:
            found = list(map(self.outside.__getitem__, data))
        elif kind == _MEMBERS:
            found = list(map(self._schema.enums[rest[0]], data))
        else:
            found = [ReadOnly(mapping) if mapping else EMPTY for mapping in data]
        return found

    def _mixed(self, places: bytes, columns: Sequence[Column], at: Sequence[int] | None) -> list[Any]:
        if at is None:
            groups = [iter(self.values(column)) for column in columns]
            return list(map(next, map(groups.__getitem__, places)))
        rank = self._once(places, _ranks)
        groups = [
            iter(self.values(column, [rank[row] for row in at if places[row] == of]))
            for of, column in enumerate(columns)
        ]
        return list(map(next, map(groups.__getitem__, [places[row] for row in at])))

    def _split(
        self, lengths: tuple[int, ...], columns: Sequence[Column], at: Sequence[int] | None
    ) -> tuple[Sequence[int], list[Iterator[Any]]]:
        """Return the lengths of the values at these places, and their items."""
        if at is None:
            return lengths, [iter(self.values(column)) for column in columns]
        ends = self._once(lengths, lambda each: list(accumulate(each)))
        inside = list(chain.from_iterable([range(ends[row] - lengths[row], ends[row]) for row in at]))
        return [lengths[row] for row in at], [iter(self.values(column, inside)) for column in columns]

    def _once(self, part: _T, work_out: Callable[[_T], Sequence[int]]) -> Sequence[int]:
        """Return `work_out(part)`, which is called once for each part of a column."""
        if id(part) not in self._found:
            self._found[id(part)] = part, work_out(part)
        return self._found[id(part)][1]

    def _records(self, of: int, numbers: Sequence[int]) -> list[Any]:
        """Return records of a class by number."""
        made = self._made[of]
        missing = {number for number in numbers if made[number] is None}
        for part in self._parts[of] if missing else ():
            inside = range(part.start, part.start + part.size)
            if missing.issuperset(inside):
                made[inside.start : inside.stop] = self._make(self._schema.classes[of], part, range(part.size))
            elif rows := [number - part.start for number in sorted(missing) if number in inside]:
                for row, record in zip(rows, self._make(self._schema.classes[of], part, rows), strict=True):
                    made[part.start + row] = record
        return list(map(made.__getitem__, numbers))

    def _make(self, cls: type[Any], part: _Part, rows: Sequence[int]) -> list[Any]:
        at = None if len(rows) == part.size else rows
        if issubclass(cls, tuple):
            columns = [self.values(part.column(place), at) for place in range(len(part.columns))]
            return list(map(partial(tuple.__new__, cls), zip(*columns, strict=True)))
        later = self._schema.deferred.get(cls, frozenset())
        found = list(map(object.__new__, repeat(cls, len(rows))))
        self._set(cls, [name for name in self._schema.names(cls) if name not in later], part, found, at)
        if later:
            deque(map(COMPLETE.__set__, found, [partial(self._complete, cls, part, row) for row in rows]), maxlen=0)
        elif at is None:
            part.columns = []
        return found

    def _set(
        self, cls: type[Any], names: Sequence[str], part: _Part, records: Sequence[Any], at: Sequence[int] | None
    ) -> None:
        """Set fields of records, which are those of `part` at these places."""
        # Setting each field of all records in one sweep takes a tenth of the time of as many calls of the constructor.
        for place, name in enumerate(self._schema.names(cls)):
            if name in names:
                deque(map(cls.__dict__[name].__set__, records, self.values(part.column(place), at)), maxlen=0)

    def _complete(self, cls: type[Any], part: _Part, row: int, record: Any, name: str) -> None:
        """Set the deferred fields of one record, or of all if many were asked for before."""
        later = self._schema.deferred[cls]
        if name not in later:
            return
        rows, records = [row], [record]
        if len(part.complete) >= MOST_SINGLE:
            made = self._made[self._schema.classes.index(cls)]
            rows = [row for row in range(part.size) if row not in part.complete and made[part.start + row] is not None]
            records = [made[part.start + row] for row in rows]
        part.complete.update(rows)
        self._set(cls, list(later), part, records, None if len(rows) == part.size else rows)
        # The records need no longer hold what they were made of.
        deque(map(COMPLETE.__set__, records, repeat(_is_complete)), maxlen=0)
        if len(part.complete) == part.size:
            part.columns = []


def _is_complete(_record: Deferred, _name: str) -> None:
    """Set nothing: all fields of a record are set."""


def _groups(items: Iterator[Any], lengths: Sequence[int]) -> Iterator[Iterator[Any]]:
    """Yield as many items as each length says."""
    return map(islice, repeat(items), lengths)


def _ranks(places: bytes) -> list[int]:
    """Return how many values of the same kind precede each value."""
    seen = [0] * 256
    ranks = []
    for place in places:
        ranks.append(seen[place])
        seen[place] += 1
    return ranks


def _is_plain(value: Any) -> bool:
    """Return whether `marshal` restores a value unchanged."""
    kind = type(value)
    if kind in _SIMPLE:
        return True
    if kind in _SEQUENCE:
        return all(map(_is_plain, value))
    return kind is dict and all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
