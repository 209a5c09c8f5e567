"""A year, a month, a day or a span, as in `known since`. Single days: see `dates`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.words import fold, numbered

LAST_YEAR = 2100
_LONGEST = 120
"""Most characters of a text that are searched."""
_MONTH = regex(
    # 2009-05, 2009/5, 2009年5月 | 05/2009, 5.2009
    r"(?<![\w/.-])(?:(\d{4})(?:[-/.](\d{1,2})|\s?年\s?(\d{1,2})\s?月)(?![\d/.-]*\d)|(\d{1,2})[-/.](\d{4})(?![\w/-]|\.\d))"
)
_NAMED = regex(r"([^\W\d_]{3,12})\.?,?\s+(?:de\s+|del\s+|of\s+)?(\d{4})(?!\d)", re.IGNORECASE)
_YEAR = regex(r"(?<![\w/.+-])(?<!\d[ –—])(\d{4})(s)?(?!\w|[.,]\d| \d)|(?<!\d)(\d{4})(?=\s?年)")

_POINT = r"(?:\d{4}(?:[-/.]\d{1,2}(?!\d))?|\d{1,2}[/.]\d{4}|[^\W\d_]{3,12}\.?\s(?:de\s)?\d{4})"
_UNTIL = r"\s*[-–—~〜～至到]\s*|\s*から\s*|\s+(?:to|till|until|bis|à|au|hasta|al?|até|tot|till|do|до|по)\s+"
_SPAN = regex(
    rf"(?<![\w/.+-])({_POINT})(?:{_UNTIL})(?:([^\W\d_]{{3,12}}\.?\s|\d{{1,2}}[/.])?(\d{{4}})|(1[3-9]|[2-9]\d))(?!\d)",
    re.IGNORECASE,
)
"""`1998-2004`, `1998–99`, `May 2010 to June 2014`: the start, and the year of the end or its last two digits."""


class DateRange(NamedTuple):
    """First and last of the days that a text may mean: of a year, of a month, or one day."""

    first: dt.date
    last: dt.date


def of_value(value: object, order: dates.Order | None = None) -> DateRange | None:
    """Return the earliest range of days that a property or a text names; None if it names none.

    `2009`, `2009-05`, `05/2009`, `May 2009`, `2009年5月`, `1990s`, every day that `dates.of_value` reads, and any of
    them within a few words: `school, 1998-2004`. Raises NoSuchDay, and AmbiguousDay where `order` is needed.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if (day := dates.of_value(value, order)) is not None:
        return DateRange(day, day)
    text = dates.LINK.sub(lambda link: link[1], str(value).strip()[: 2 * _LONGEST])[:_LONGEST]
    return min(_found(text, order), default=None)


def span_start(text: str) -> DateRange | None:
    """Return the year, month or day on which the first span of a text starts: of 1998 for `Lycée, 1998-2004`.

    A span has a start and an end; `since 1998` and `class of 2004` are not spans.
    """
    for match in _SPAN.finditer(dates.LINK.sub(lambda link: link[1], text[: 2 * _LONGEST])[:_LONGEST]):
        start = of_value(match[1])
        end = int(match[3]) if match[3] else start and start.first.year // 100 * 100 + int(match[4])
        if start and end and start.first.year <= end <= LAST_YEAR:
            return start
    return None


def _found(text: str, order: dates.Order | None) -> Iterator[DateRange]:
    """Yield the ranges that a text names: days, then months, then years in what is left of it."""
    for found in dates.within(text, order):
        yield DateRange(found.date, found.date)
        text = _blank(text, found.start, found.end)
    for match in (*_MONTH.finditer(text), *_NAMED.finditer(text)):
        if period := _of_month(match):
            yield period
            text = _blank(text, match.start(), match.end())
    for match in _YEAR.finditer(text):
        if period := _year(int(match[1] or match[3]), decade=bool(match[2])):
            yield period


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _of_month(match: re.Match[str]) -> DateRange | None:
    """Return the month of a match; None if its number or name is not a month's: `1998-99`, `school 2009`."""
    if match.re.pattern == _NAMED.pattern:
        return _month(int(match[2]), numbered("months").get(fold(match[1]), 0))
    year, month = (match[1], match[2] or match[3]) if match[1] else (match[5], match[4])
    return _month(int(year), int(month))


def _month(year: int, month: int) -> DateRange | None:
    if not 1 <= month <= 12 or not dates.FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return DateRange(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))


def _year(year: int, *, decade: bool) -> DateRange | None:
    if not dates.FIRST_YEAR <= year <= LAST_YEAR or (decade and year % 10):
        return None
    return DateRange(dt.date(year, 1, 1), dt.date(year + 9 if decade else year, 12, 31))


def range_words(period: DateRange) -> str:
    """Return a range in plain words: `2009`, `May 2009`, `14 May 2009`, `the 1990s`."""
    first, last = period
    if first == last:
        return f"{first.day} {calendar.month_name[first.month]} {first.year}"
    if first.year != last.year:
        return f"the {first.year}s"
    return f"{first.year}" if first.month != last.month else f"{calendar.month_name[first.month]} {first.year}"
