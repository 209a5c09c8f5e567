"""What two sequences in the same order do not share, in a fraction of the time of comparing sets. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import is_
from typing import Any, TypeVar

T = TypeVar("T")
_PIECE = 1024
"""Items that are compared at once."""


def differences(before: Sequence[T], now: Sequence[T], key: Callable[[T], Any]) -> tuple[list[T], list[T]]:
    """Return the items of `before` that are not in `now`, and those of `now` that are not in `before`.

    Items are the same if they are one object. Both sequences are sorted by `key`; if one is not, or if several items
    have the same key, some items that both have may be in both lists.
    """
    gone: list[T] = []
    new: list[T] = []
    at = on = 0
    while True:
        same = _same(before, at, now, on)
        at, on = at + same, on + same
        if at == len(before) or on == len(now):
            return gone + list(before[at:]), new + list(now[on:])
        old, fresh = before[at], now[on]
        first, second = key(old), key(fresh)
        if first <= second:
            gone.append(old)
            at += 1
        if second <= first:
            new.append(fresh)
            on += 1


def _same(before: Sequence[object], at: int, now: Sequence[object], on: int) -> int:
    """Return how many items from these places on are the same."""
    most = min(len(before) - at, len(now) - on)
    if not most or before[at] is not now[on]:
        return 0
    for done in range(0, most, _PIECE):
        end = min(done + _PIECE, most)
        same = list(map(is_, before[at + done : at + end], now[on + done : on + end]))
        if not all(same):
            return done + same.index(False)
    return most
