"""Many integers from 0 to 2³² - 1 as bytes: a tuple of them takes ten times the memory, and longer to load. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Final

_TYPE: Final = "I"
"""As in `array` and `memoryview`: four bytes."""


def pack(values: Iterable[int]) -> bytes:
    """Pack integers. Raises OverflowError for one out of range."""
    return array(_TYPE, values).tobytes()


def unpack(packed: bytes, at: Sequence[int] | None = None) -> list[int]:
    """Return the integers at these places, by default all."""
    every = view(packed)
    return every.tolist() if at is None else list(map(every.__getitem__, at))


def view(packed: bytes) -> memoryview[int]:
    """Return the integers as a sequence that makes each when it is asked for."""
    return memoryview(packed).cast(_TYPE)
