"""When something ended: `until 10:45` in a line with a time of day, or a line such as `Fin 19:20`."""

from __future__ import annotations

import re
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon.durations import clock
from netnotes.text.lexicon.words import fold, property_keys

_UNTIL = regex(
    r"(?<!\w)(?:until|till?|bis|jusqu['’]à|hasta(?: las)?|até(?: às)?|fino alle|tot|do|до)"
    r"\s(?=\d)([\d:.h]{1,5}\s?[^\W\d_]{0,3})",
    re.IGNORECASE,
)
_LINE = regex(
    r"[\W_]{0,4}([^\W\d_]{3,12}(?: [^\W\d_]{2,6})?)[\s:*_]{1,5}(?:at |um |à |om |alle )?"
    r"(\d[\d:.h]{0,4}\s?[apm.]{0,4})\W*",
    re.IGNORECASE,
)
_LATEST = 10
"""Hours after its beginning at which something ends that `until` limits."""
MARK = "– "
"""What `of_line` returns before the time of day."""


def minutes_until(text: str, start: int) -> float | None:
    """Return the minutes from `start`, in minutes after midnight, to the time after `until`; None if there is none."""
    match = _UNTIL.search(text)
    end = clock(match[1]) if match else None
    if end is None or end == start or (end - start) % 1440 > _LATEST * 60:
        return None
    return float((end - start) % 1440)


def of_line(text: str) -> str | None:
    """Return the time of day of a line such as `Fin 19:20` or `ended at 7pm`, as `– 19:20`; None for other lines."""
    match = _LINE.fullmatch(text.strip())
    return f"{MARK}{match[2]}" if match and fold(match[1]) in _words() and clock(match[2]) is not None else None


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(map(fold, property_keys("end")))
