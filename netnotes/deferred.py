"""What is made when somebody first asks for it: fields of records, and results of functions. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

T = TypeVar("T")


class Deferred:
    """A slotted record that may be made without some of its fields; reading one of them makes it."""

    __slots__ = ("_complete",)

    if not TYPE_CHECKING:  # for a type checker, a record has its own fields and no others

        def __getattr__(self, name: str) -> Any:
            """Make a field that is not set. Raises AttributeError if there is no such field."""
            try:
                complete = COMPLETE.__get__(self)
            except AttributeError:
                pass
            else:
                complete(self, name)
            return object.__getattribute__(self, name)


COMPLETE: Any = Deferred.__dict__["_complete"]
"""The slot for what sets a missing field: a function of the record and the name; it ignores other names."""


def defer(record: Deferred, names: Iterable[str], complete: Callable[[Any, str], None]) -> None:
    """Remove fields of a record; `complete` will set them. Before, nobody else may have seen the record."""
    for name in names:
        object.__delattr__(record, name)
    COMPLETE.__set__(record, complete)


class Once(Generic[T]):
    """A function without parameters that is called once."""

    __slots__ = ("_find", "found")

    def __init__(self, find: Callable[[], T], found: T | None = None) -> None:
        """Take the function, and its result if that is known."""
        self._find = find
        self.found = found
        """The result; None if the function was not called."""

    def __call__(self) -> T:
        """Return the result."""
        if self.found is None:
            self.found = self._find()
        return self.found
