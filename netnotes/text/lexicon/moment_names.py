"""How moment.js writes the names of days and months, endings of numbers and weeks in other languages than English.

The tables are in `date_names.txt`; a language is a name of moment.js, such as `de` or `pt-br`.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pkgutil import get_data
from typing import NamedTuple

from netnotes.regex import regex

ENGLISH = "en"
_LOCAL = regex(r"MMM|d{2,4}|Do|ww?|gg|e")
_MONTHS = {"MMMM": "months", "MMM": "short months"}
_WEEKDAYS = {"dddd": "weekdays", "ddd": "short weekdays", "dd": "shortest weekdays"}
_SAME_AS = {
    "short months": "months",
    "months after a day": "months",
    "short months after a day": "short months",
    "months between hyphens": "months",
    "short months between hyphens": "short months",
}
"""Names that a language may lack → those it uses instead."""


class _Language(NamedTuple):
    names: Mapping[str, Sequence[str]]
    endings: Mapping[int, str]
    """Ending of the number of a day → for that day; 0 for all others."""
    iso_weeks: bool


def languages() -> tuple[str, ...]:
    """Return the languages, English first."""
    return (ENGLISH, *_languages())


def is_local(parts: Iterable[str]) -> bool:
    """Return whether a format, as split by `moment_tokens`, is written differently in some languages."""
    return any(_LOCAL.match(part) for part in parts)


def written(parts: Sequence[str], at: int, moment: dt.datetime, language: str) -> str | None:
    """Return the part of a format at an index as a language writes it; None if it does so as English does."""
    own = _languages().get(language)
    part = parts[at]
    if own is None or not _LOCAL.match(part):
        return None
    if part in _MONTHS:
        return _names(own, _MONTHS[part] + _place(own, parts, at))[moment.month - 1]
    if part in _WEEKDAYS:
        return _names(own, _WEEKDAYS[part])[moment.isoweekday() % 7]
    if part == "Do":
        return f"{moment.day}{own.endings.get(moment.day, own.endings.get(0, ''))}"
    if not own.iso_weeks:
        return None
    year, week, weekday = moment.isocalendar()
    return {"w": str(week), "ww": f"{week:02}", "gggg": str(year), "gg": f"{year % 100:02}", "e": str(weekday - 1)}.get(
        part
    )


def usual(samples: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Return the language that is found most often; English if none is found more often.

    A sample is (text, what a date would be in each language): the text holds the date in one of them.
    """
    counts: Counter[str] = Counter()
    for text, dates in samples:
        plain = unicodedata.normalize("NFC", text)
        counts.update(language for language, date in dates.items() if date in plain)
    order = languages()
    return max(order, key=lambda language: (counts[language], -order.index(language)))


def _names(own: _Language, kind: str) -> Sequence[str]:
    return own.names[kind] if kind in own.names else _names(own, _SAME_AS[kind])


def _place(own: _Language, parts: Sequence[str], at: int) -> str:
    """Return in which form the month at an index is: ` after a day`, ` between hyphens`, or the plain one."""
    before = at - 1
    while before >= 0 and (parts[before].isspace() or parts[before].startswith("[")):
        before -= 1
    if 0 <= before < at - 1 and parts[before] in own.names.get("days before months", ()):
        return " after a day"
    return " between hyphens" if [*parts[at - 1 : at], *parts[at + 1 : at + 2]] == ["-", "-"] else ""


@lru_cache(maxsize=1)
def _languages() -> dict[str, _Language]:
    text = (get_data(__package__, "date_names.txt") or b"").decode()
    found: dict[str, _Language] = {}
    for block in text.split("\n\n"):
        rows = [line.partition(": ")[::2] for line in block.splitlines() if line and not line.startswith("#")]
        names = {what: tuple(words.split()) for what, words in rows}
        if "language" in names:
            endings: dict[int, str] = {}
            for what, words in rows:
                if what == "after the number of a day":
                    ending, *days = words.split()
                    endings |= dict.fromkeys(map(int, days) if days else (0,), ending)
            found[names["language"][0]] = _Language(names, endings, "weeks" in names)
    return found
