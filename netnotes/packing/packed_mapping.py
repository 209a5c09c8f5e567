"""A large mapping whose values are unpacked one by one, when somebody asks for them. Pure."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, MutableMapping, Sequence, ValuesView
from typing import Any, Protocol, TypeVar

from netnotes.packing import integers

K = TypeVar("K")
V = TypeVar("V")
MOST_SINGLE = 200
"""Values unpacked one at a time. After that all are: to unpack all at once takes a tenth of the time for each."""
Column = tuple[Any, ...]
"""The kind of a column, and the data from which its values are made again."""


class Source(Protocol):
    """What unpacks columns."""

    def values(self, column: Column, at: Sequence[int] | None = None) -> Sequence[Any]:
        """Return what a column holds in some rows."""


class PackedMapping(MutableMapping[K, V]):
    """A mapping that unpacks what it holds.

    Its values are neither whole numbers nor anything else that `marshal` restores: such values need no unpacking.
    """

    __slots__ = ("_items", "_single", "column", "source")

    def __init__(self, keys: Iterable[K], rows: Iterable[int], column: Column, source: Source | None) -> None:
        """Take the keys, the row of the value of each, the column of these rows, and what unpacks it."""
        self._items: dict[K, Any] = dict(zip(keys, rows, strict=True))
        """Key → value, or the row of a value that is not unpacked yet."""
        self.column = column
        self.source = source
        """None: all are unpacked."""
        self._single = 0

    def __getitem__(self, key: K) -> V:
        """Return a value. Raises KeyError."""
        found = self._items[key]
        if type(found) is int and self.source:
            self._single += 1
            if self._single > MOST_SINGLE:
                return self._all()[key]
            found = self._items[key] = self.source.values(self.column, [found])[0]
        value: V = found
        return value

    def get(self, key: K, default: Any = None) -> Any:
        """Return a value, or `default` if there is none."""
        return self[key] if key in self._items else default

    def __setitem__(self, key: K, value: V) -> None:
        """Set a value."""
        self._items[key] = value

    def __delitem__(self, key: K) -> None:
        """Remove a value. Raises KeyError."""
        del self._items[key]

    def __contains__(self, key: object) -> bool:
        """Return whether there is a value."""
        return key in self._items

    def __iter__(self) -> Iterator[K]:
        """Yield the keys; unpack nothing."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self._items)

    def items(self) -> ItemsView[K, V]:
        """Return keys and values, all unpacked."""
        return self._all().items()

    def values(self) -> ValuesView[V]:
        """Return the values, all unpacked."""
        return self._all().values()

    def _all(self) -> dict[K, V]:
        """Unpack all values."""
        if self.source:
            rest = {key: row for key, row in self._items.items() if type(row) is int}
            self._items.update(zip(rest, self.source.values(self.column, list(rest.values())), strict=True))
            self.column, self.source = (), None
        return self._items

    def numbers_or_values(self) -> Iterator[V | int]:
        """Yield the values in their order; for records that are not unpacked, their number."""
        if not self.source:
            yield from self._items.values()
            return
        numbers = integers.view(self.column[2])
        for item in self._items.values():
            yield numbers[item] if type(item) is int else item

    def __copy__(self) -> PackedMapping[K, V]:
        """Return a mapping that is independent of this one."""
        same = object.__new__(PackedMapping)
        same._items, same._single = self._items.copy(), self._single
        same.column, same.source = self.column, self.source
        return same

    def __repr__(self) -> str:
        """Show it as a dict."""
        return repr(self._all())
