"""Convert offsets in a text between bytes of UTF-8, characters, and code units of UTF-16."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate

from netnotes.regex import regex

_STEP = 64
"""Characters between two positions whose byte offset is stored."""
_BEYOND_BMP = regex(r"[\U00010000-\U0010ffff]")


def utf16(text: str) -> Callable[[int], int]:
    """Return a function from character offsets in `text` to UTF-16 code units, as JavaScript counts.

    Any offset from 0 to len(text). Costs next to nothing where the text has no characters beyond U+FFFF.
    """
    if text.isascii() or not (wide := [match.start() for match in _BEYOND_BMP.finditer(text)]):
        return _same
    return lambda offset: offset + bisect_left(wide, offset)


def characters(text: str) -> Callable[[int], int]:
    """Return a function from byte offsets in the UTF-8 form of `text` to character offsets.

    Any offset from 0 to the number of bytes that lies between two characters.
    """
    if text.isascii():
        return _same
    sizes = (len(text[at : at + _STEP].encode()) for at in range(0, len(text) - _STEP, _STEP))
    bytes_before = array("Q", accumulate(sizes, initial=0))

    def character(offset: int) -> int:
        step = bisect_right(bytes_before, offset) - 1
        inside = offset - bytes_before[step]
        start = step * _STEP
        return start + len(text[start : start + _STEP].encode()[:inside].decode())

    return character


def _same(offset: int) -> int:
    return offset
