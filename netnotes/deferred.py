"""Records of which some fields are made when somebody first reads them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any


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
