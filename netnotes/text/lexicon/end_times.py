"""When something began or ended: `until 10:45` beside a time of day, or a line such as `Adjourned at 8 pm`."""

from __future__ import annotations

import re
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon.durations import clock
from netnotes.text.lexicon.words import fold, listed, property_keys

_UNTIL = regex(
    r"(?<!\w)(?:until|till?|bis|jusqu['’]à|hasta(?: las)?|até(?: às)?|fino alle|tot|do|до)"
    r"\s(?=\d)([\d:.h]{1,5}\s?[^\W\d_]{0,3})",
    re.IGNORECASE,
)
_LINE = regex(
    r"[\W_]{0,4}((?:[^\W\d_]{2,14} ){0,5}?[^\W\d_]{2,14})[\s:：*_]{1,5}"
    r"(?:at |um |à |om |alle |a las |às |kl\.? |o |w |в |на )?"
    r"(\d[\d:.h]{0,4}\s?[apm.]{0,4}(?:uhr|uur|heures|horas)?)(?:\s(?:by|von|par|por|da|door|av|przez)\s[^\n]{1,80})?\W*",
    re.IGNORECASE,
)
_FIRST_WORD = regex(r"[\W_]{0,4}([^\W\d_]{2,14})")
"""The first word of what `_LINE` matches."""
_LONGEST_LINE = 160
_LATEST = 10
"""Hours after its beginning at which something ends that `until` limits."""
MARK = "– "
"""What `of_line` returns before the time of day at which something ended."""


def minutes_until(text: str, start: int) -> float | None:
    """Return the minutes from `start`, in minutes after midnight, to the time after `until`; None if there is none."""
    match = _UNTIL.search(text)
    end = clock(match[1]) if match else None
    if end is None or end == start or (end - start) % 1440 > _LATEST * 60:
        return None
    return float((end - start) % 1440)


def of_line(text: str) -> str | None:
    """Return the time of day of a line such as `Fin 19:20` or `ended at 7pm`, as `– 19:20`; None for other lines.

    Of a line such as `Called to order at 19:00` it is `19:00`.
    """
    if len(text) > _LONGEST_LINE:
        return None
    text = text.strip()
    first = _FIRST_WORD.match(text)
    if first is None or fold(first[1]) not in _first_words():
        # The common case, in a fraction of the time.
        return None
    match = _LINE.fullmatch(text)
    said = fold(match[1]) if match else ""
    if match is None or said not in _words() or clock(match[2]) is None:
        return None
    time = match[2].rstrip(".")
    return time if said in listed("meeting begins") else f"{MARK}{time}"


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in _words())


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(map(fold, property_keys("end"))) | listed("meeting ends") | listed("meeting begins")
