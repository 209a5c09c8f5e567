"""Hours in four figures, as people type them: `2030-2130`, `from 1500 to 1615`; not years or telephone numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.lexicon import durations
from netnotes.text.line_masking import blank

_HOUR = r"(?:[01]?\d|2[0-4])[0-5]\d"
_UNIT = r"\s?(?:h|hrs?|uhr|uur|heures|horas)?"
_RANGE = regex(
    rf"(?<![\w.,:/+-])(?:(?:{durations.SINCE})\s+)?(?<![\d-])({_HOUR}){_UNIT}\s?(?:{durations.UNTIL})\s?({_HOUR})"
    r"(?:\s?(?:h|hrs?|uhr|uur|heures|horas)(?!\w))?(?![\w/:-]|[.,]\d)",
    re.IGNORECASE,
)
_YEAR = regex(r"(?:19|20)\d\d")
_OF_YEARS = regex(
    r"(?<!\w)(?:in|of|from|between|since|von|zwischen|seit|de|des|del|dal|entre|van|från|od|с)\s+$", re.IGNORECASE
)
_CLOSED = regex(r"\s*(?:$|[,.;)])|\s\s")
_MOST_MINUTES = 12 * 60
_STEP, _QUARTER = 5, 15
_FEWEST_FIGURES = 7


_HALF_DAY = regex(r"(?<!\w)this\s(?:am|pm)(?!\w)", re.IGNORECASE)
"""English: a part of today that is typed like the end of a time of day: `8-9 this am`."""


class Hours(NamedTuple):
    """From one time of day to another: where that is said, and how long it is."""

    start: int
    end: int
    minutes: float


def without_half_days(text: str) -> str:
    """Return a text in which `this am` and `this pm` are blank."""
    return blank(text, [found.span() for found in _HALF_DAY.finditer(text)]) if "this " in text else text


def hours_in_figures(text: str) -> Hours | None:
    """Return the first hours in four figures of a text in which names are blank; None if it has none."""
    if sum(map(str.isdecimal, text)) < _FEWEST_FIGURES:
        return None
    for match in _RANGE.finditer(text):
        first, last = match[1], match[2]
        begins, ends = (int(each[:-2]) * 60 + int(each[-2:]) for each in (first, last))
        minutes = (ends - begins) % 1440
        years = _YEAR.fullmatch(first) and _YEAR.fullmatch(last)
        step = _QUARTER if years else _STEP
        if begins % step or ends % step or not 0 < minutes <= _MOST_MINUTES:
            continue
        if years and (_OF_YEARS.search(text[: match.start(1)]) or not _CLOSED.match(text, match.end())):
            continue
        return Hours(match.start(), match.end(), float(minutes))
    return None
