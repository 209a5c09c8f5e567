"""Make records again that `columns` packed, without calling their constructors. Pure.

A record that was packed twice becomes one object, and only when somebody asks for it. Tuples, sets and mappings come
back equal, but not identical.
"""

from __future__ import annotations

import datetime as dt
import marshal
from collections import Counter, deque
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import field
from functools import partial
from itertools import accumulate, chain, islice, repeat
from typing import Any

from netnotes.dates import one_object
from netnotes.deferred import COMPLETE, Deferred
from netnotes.frozen import EMPTY, ReadOnly
from netnotes.lazy_dataclass import dataclass
from netnotes.packing import integers
from netnotes.packing.columns import (
    DAYS,
    MAKERS,
    MAPPINGS,
    MIXED,
    NOTHING,
    OUTSIDE,
    PLAIN,
    RECORDS,
    SEQUENCES,
    Known,
    Schema,
    Tables,
)
from netnotes.packing.packed_mapping import Column, PackedMapping

MOST_SINGLE = 200
SHARE_SINGLE = 20
"""A field is set in as many records, or in one of as many, one at a time. After that it is set in all, since the
command will probably ask for all."""
FEWEST_LATER = 500
"""Values of a mapping, on average of those in a column, that are unpacked one by one."""


@dataclass(slots=True)
class _Part:
    """The records of one class that were packed together."""

    start: int
    """Number of the first."""
    size: int
    columns: list[Column | bytes]
    """One for each field; those that nobody has asked for yet are still packed."""
    asked: Counter[str] = field(default_factory=Counter)
    """Deferred field → how many records were asked for it."""
    whole: set[str] = field(default_factory=set)
    """The deferred fields that are set in all records made so far."""

    def column(self, at: int) -> Column:
        """Return the column of one field."""
        column = self.columns[at]
        if isinstance(column, bytes):
            # From a file of this user's own, which holds no code and which nobody else could have written.
            column = self.columns[at] = marshal.loads(column)  # noqa: S302
        return column


class Unpacker:
    """Rebuilds what a `Packer` packed, each record when it is asked for."""

    def __init__(self, schema: Schema, known: Known = NOTHING) -> None:
        """Start with the records that the packer knew."""
        self._schema = schema
        self._made: list[list[Any]] = [list(records) for records in known.records]
        self._made.extend([] for _ in schema.classes[len(known.records) :])
        """The records of each class; None: not made yet."""
        self._parts: list[list[_Part]] = [[] for _ in schema.classes]
        self._found: dict[int, tuple[bytes, bytes]] = {}
        """Identity of a part of a column → that part, so that no other gets its identity, and what was worked out."""
        self.outside: Sequence[Any] = ()
        """The records that were stored as numbers."""

    def add(self, tables: Tables) -> None:
        """Take more tables; call this in the order in which they were packed."""
        for made, parts, (size, columns) in zip(self._made, self._parts, tables, strict=False):
            if size:
                parts.append(_Part(len(made), size, list(columns)))
                made.extend(repeat(None, size))

    def add_pieces(self, pieces: Iterator[Any]) -> Any:
        """Take what `Packer.pieces` gave; return the plain data in it. If a piece is missing, return None."""
        packed, size = next(pieces, (None, 0))
        tables: Tables = list(islice(pieces, size))
        if len(tables) < size:
            return None
        self.add(tables)
        return packed

    def counts(self) -> tuple[int, ...]:
        """Return for each class how many records the tables taken so far have."""
        return tuple(map(len, self._made))

    def known(self, counts: Sequence[int]) -> Known:
        """Return the first of the records, as many of each class as when `counts` was called."""
        return Known([made[:count] for made, count in zip(self._made, counts, strict=True)], self)

    def values(self, column: Column, at: Sequence[int] | None = None) -> Sequence[Any]:
        """Return what a column holds: the values at these places, by default all.

        Whole columns go through `map`: there are hundreds of thousands of values.
        """
        kind, *rest = column
        if kind == MIXED:
            return self._mixed(rest[0], rest[1], at)
        if kind == SEQUENCES:
            lengths, inside = self._split(rest[1], at)
            return list(map(MAKERS[rest[0]], _groups(iter(self.values(rest[2], inside)), lengths)))
        if kind == MAPPINGS:
            make: Callable[..., Sequence[Any]] = self._read_only if rest[0] else self._mappings
            return make(*rest[1:], at)
        if kind in (DAYS, RECORDS, OUTSIDE):
            data: Sequence[Any] = integers.unpack(rest[-1], at)
        else:
            data = rest[-1] if at is None else list(map(rest[-1].__getitem__, at))
        if kind == PLAIN:
            found = data
        elif kind == DAYS:
            found = list(map(one_object, map(dt.date.fromordinal, data)))
        elif kind == RECORDS:
            found = self._records(rest[0], data)
        elif kind == OUTSIDE:
            found = list(map(self.outside.__getitem__, data))
        else:
            found = list(map(self._schema.enums[rest[0]], data))
        return found

    def _mixed(self, places: bytes, columns: Sequence[Column], at: Sequence[int] | None) -> list[Any]:
        if at is None:
            groups = [iter(self.values(column)) for column in columns]
            return list(map(next, map(groups.__getitem__, places)))
        rank = integers.view(self._once(places, _ranks))
        groups = [
            iter(self.values(column, [rank[row] for row in at if places[row] == of]))
            for of, column in enumerate(columns)
        ]
        return list(map(next, map(groups.__getitem__, [places[row] for row in at])))

    def _read_only(
        self, packed_lengths: bytes, keys: Column, items: Column, at: Sequence[int] | None
    ) -> list[ReadOnly]:
        lengths, inside = self._split(packed_lengths, at)
        pairs = zip(self.values(keys, inside), self.values(items, inside), strict=True)
        return [ReadOnly(mapping) if mapping else EMPTY for mapping in map(dict, _groups(pairs, lengths))]

    def _mappings(
        self, packed_lengths: bytes, keys: Column, items: Column, at: Sequence[int] | None
    ) -> list[MutableMapping[Any, Any]]:
        """Return dicts, or mappings whose values stay packed if these are many."""
        lengths, inside = self._split(packed_lengths, at)
        of_keys, total = iter(self.values(keys, inside)), sum(lengths)
        if total >= FEWEST_LATER * len(lengths) and _is_worth_it(items):
            rows = iter(range(total) if inside is None else inside)
            return [PackedMapping(islice(of_keys, length), islice(rows, length), items, self) for length in lengths]
        return list(map(dict, _groups(zip(of_keys, self.values(items, inside), strict=True), lengths)))

    def _split(self, packed_lengths: bytes, at: Sequence[int] | None) -> tuple[Sequence[int], Sequence[int] | None]:
        """Return the lengths of the values at these places, and the places of their items; None: all."""
        lengths = integers.unpack(packed_lengths, at)
        if at is None:
            return lengths, None
        ends = integers.view(self._once(packed_lengths, _ends))
        inside = chain.from_iterable(
            [range(ends[row] - size, ends[row]) for row, size in zip(at, lengths, strict=True)]
        )
        return lengths, list(inside)

    def _once(self, part: bytes, work_out: Callable[[bytes], bytes]) -> bytes:
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
        later = self._schema.deferred.get(cls, frozenset()) - part.whole
        found = list(map(object.__new__, repeat(cls, len(rows))))
        self._set(cls, [name for name in self._schema.names(cls) if name not in later], part, found, at)
        if later:
            complete = partial(self._complete, cls, part)
            deque(map(COMPLETE.__set__, found, map(_Rest, zip(repeat(complete), rows))), maxlen=0)
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
        """Set a deferred field of one record, or of all made so far if many were asked for it before."""
        later = self._schema.deferred[cls]
        if name not in later:
            return
        part.asked[name] += 1
        if part.asked[name] <= max(MOST_SINGLE, part.size // SHARE_SINGLE):
            self._set(cls, [name], part, [record], [row])
            if part.asked[name] < part.size:
                return
        part.whole.add(name)
        made = self._made[self._schema.classes.index(cls)][part.start : part.start + part.size]
        rows = [at for at, each in enumerate(made) if each is not None]
        records = [made[at] for at in rows]
        if part.asked[name] < part.size:
            self._set(cls, [name], part, records, None if len(rows) == part.size else rows)
        if part.whole == later:
            # The records need no longer hold what they were made of.
            deque(map(COMPLETE.__set__, records, repeat(_is_complete)), maxlen=0)
            if len(rows) == part.size:
                part.columns = []


class _Rest(tuple[Callable[[int, Any, str], None], int]):
    """What sets the deferred fields of one record: half the memory of a `partial` for each."""

    __slots__ = ()

    def __call__(self, record: Deferred, name: str) -> None:
        """Set a field."""
        complete, row = self
        complete(row, record, name)


def _is_complete(_record: Deferred, _name: str) -> None:
    """Set nothing: all fields of a record are set."""


def _is_worth_it(column: Column) -> bool:
    """Return whether unpacking takes time. A `PackedMapping` cannot hold numbers, which are plain data."""
    return column[0] not in (PLAIN, DAYS) and (column[0] != MIXED or all(map(_is_worth_it, column[2])))


def _groups(items: Iterator[Any], lengths: Sequence[int]) -> Iterator[Iterator[Any]]:
    """Yield as many items as each length says."""
    return map(islice, repeat(items), lengths)


def _ends(lengths: bytes) -> bytes:
    """Return where each of the values with these lengths ends."""
    return integers.pack(accumulate(integers.unpack(lengths)))


def _ranks(places: bytes) -> bytes:
    """Return how many values of the same kind precede each value."""
    seen = [0] * 256
    ranks = []
    for place in places:
        ranks.append(seen[place])
        seen[place] += 1
    return integers.pack(ranks)
