"""What looks like the length of a contact and is not read as one: `zoom with Ben 30`, `0m`, `30h`, `3 days`."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.lexicon.words import fold, listed

_LAST_NUMBER = regex(r"[\s,;:(–-]+([1-9]\d{1,2})(?:\s?([^\W\d_]{1,4}))?[\s).!]*$")
"""A number without a unit, or with one that is misspelled beyond recognition: `90 mim`."""
_COUNTED = regex(r"(?<![\w.,:/+-])(\d{1,4}(?:[.,]\d{1,2})?)\s?([^\W\d_]{1,12})(?!\w)")
_BEFORE = regex(
    r"(?:^|[,;:(–-]|\s\s|(?<!\w)(?:for|für|pendant|durante|por|per|voor|i|på|przez|на|about|ca\.?|~))\s*$",
    re.IGNORECASE,
)
"""What is before days that people were together: a name, which is blank, or `for`."""
_DAY_HOURS, _WEEK_HOURS = 24, 7 * 24


class Unread(NamedTuple):
    """Words that may be meant as a length, and what to write instead."""

    words: str
    hint: str


def unread_length(text: str, ends: Collection[int], languages: frozenset[str]) -> Unread | None:
    """Return what may be meant as the length of a contact that names none; None if there is nothing.

    In `text` names and days are blank. `ends`: where names and words of contact end; a number behind one may be meant.
    """
    if not any(map(str.isdecimal, text)):
        return None
    own = languages | {"en"}
    for match in _COUNTED.finditer(text):
        number, unit = float(match[1].replace(",", ".")), _unit(fold(match[2]), own)
        hint = _hint(number, unit, match[1]) if unit else None
        if hint and (unit not in ("day", "week") or _BEFORE.search(text[: match.start()])):
            return Unread(match[0], hint)
    bare = next(filter(None, (_LAST_NUMBER.match(text, end) for end in ends)), None)
    if bare is None or (bare[2] and _unit(fold(bare[2]), own)):
        # `14h` is a time of day.
        return None
    return Unread(bare[1], f"write `{bare[1]}m` for minutes")


def _hint(number: float, unit: str, written: str) -> str | None:
    hours = number if unit == "hour" else number / 60
    if unit in ("day", "week"):
        return "write the hours that you were together, such as `8h`"
    if not number:
        return "a length is at least a minute"
    if hours > _WEEK_HOURS:
        return "a length is at most a week"
    return f"write `{written} hours`" if hours > _DAY_HOURS else None


@lru_cache(maxsize=256)
def _unit(word: str, languages: frozenset[str]) -> str | None:
    return next((unit for unit in ("minute", "hour", "day", "week") if word in listed(unit, languages)), None)
