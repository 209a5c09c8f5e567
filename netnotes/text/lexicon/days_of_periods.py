"""The days that lines and headings name without a year, in a known week, month or year."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import NamedTuple

from netnotes.dates import add_days
from netnotes.regex import regex
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.periods import Period
from netnotes.text.lexicon.words import fold, numbered

_MARKS = regex(r"[\s#>*_\[(]*")
_WEEKDAY = r"(?:([^\W\d_]{2,14}(?:-feira)?)\.?,?\s+)?"
_ORDINAL = r"(st|nd|rd|th|er|º|ª|:a|:e|-?го|-?ого|-е)?"
_DAY_FIRST = regex(
    rf"{_WEEKDAY}(\d{{1,2}})(?!\d){_ORDINAL}\.?(?:\s+(?:of\s+|de\s+|d['’])?([^\W\d_]{{3,12}})\.?)?", re.IGNORECASE
)
_MONTH_FIRST = regex(rf"{_WEEKDAY}([^\W\d_]{{3,12}})\.?\s+(\d{{1,2}})(?!\d){_ORDINAL}", re.IGNORECASE)
_WEEKDAY_LEAD = regex(r"([^\W\d_]{2,14}(?:-feira)?)\.?[*_]{0,3}\s?(?:[:：–—]|-\s|\s*$)[*_]{0,3}\s*")
"""`tue: lunch with Ada` in a week's note, or the weekday alone above bullets of its own."""
_NUMBER_LEAD = regex(
    rf"(?:(?:the|on the|le|am|el|d[ií]a|il|den|op)\s)?(\d{{1,2}})(?!\d){_ORDINAL}\.?"
    r"\s?(?:[:：–—]|-\s)\s*(?=\W{0,9}[^\W\d])",
    re.IGNORECASE,
)
"""`8 : lunch with Ada`, `4th: coffee with Bo` in a month's note."""
_TWO_NUMBERS = r"(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})(?![\d./]\d|\d)\.?"
_NUMERIC = regex(rf"([^\W\d_]{{2,14}}(?:-feira)?)\.?,?\s+{_TWO_NUMBERS}")
"""`Tue 2/17`, `Di 3.2.`: the weekday shows which number is the day."""
_DAY_AND_MONTH = regex(_TWO_NUMBERS)
"""`30/01`, `03.02.`"""
_AFTER_DAY = regex(r"[*_\])]*+\s*+(?:[:：]|[–—]\s*+(?!\d)|-\s++(?!\d)|$)")
"""What may follow a day, and not a time: `10.12: …`, but not `10.10 – 10.45`."""
_BOLD_WEEKDAY = regex(r"\W{0,4}[*_]{2}([^\W\d_]{2,14}(?:-feira)?)\.?[*_]{2}\s+")
"""`**wed** lunch with Ada` in a week's note."""
_WHOLE_WEEKDAY = regex(
    r"(?:(?:on|am|le|el|il|op|w|we|em|na|no|в|во|på|i)\s)?([^\W\d_]{5,14}(?:-feira)?)\s+(?=[^\W\d_])", re.IGNORECASE
)
"""`Friday lunch with Ada` in a week's note; only whole words, since `sat` and `so` begin sentences."""
_NUMBERED = regex(r"^[ \t]{0,3}(?:[-*+] )?(\d{1,2})[.):]?(?:[ \t]+[–—:-])?[ \t]+(?=[^\W\d_]|[*\[])", re.MULTILINE)
"""`3. lunch with Ada`, `- 07 coffee with Bo`: an item of a list, or a day of the month."""
_BOTH_PADDED = 4
_FEWEST_NUMBERED = 3
_LONGEST_NUMBERED = 100_000
_LAST_DAY = 31
_NAMES_TOO = frozenset(("Sam", "Dom", "Don", "Mia", "Jo"))
_WIDE = regex(r"(?:(\d{1,2})月)?(\d{1,2})日")
_ENDS = regex(r"[\s*_\])]*+(?:$|[:,(–—-])")


class Day(NamedTuple):
    """A day, and where it ends in a text."""

    date: dt.date
    end: int
    order: dates.Order | None = None
    """The order of day and month that its numbers prove."""


def has_numbered_days(text: str) -> bool:
    """Return whether the lines of a month's note that begin with a number tell its days: 3, 7, 12, and not 1, 2, 3."""
    numbers = [int(match[1]) for match in _NUMBERED.finditer(text, 0, _LONGEST_NUMBERED)]
    rise = all(one < other for one, other in pairwise(numbers))
    return len(numbers) >= _FEWEST_NUMBERED and rise and 0 < numbers[-1] <= _LAST_DAY and numbers[-1] > len(numbers)


def numbered_day(period: Period, line: str) -> Day | None:
    """Return the day of the number that a line begins with, in a note with numbered days."""
    match = _NUMBERED.match(line) if period.numbered else None
    return _day_if_valid(period, period.month, int(match[1]), None, match.end()) if match else None


def day_in(period: Period, text: str, *, whole: bool) -> Day | None:
    """Return the day that a text starts with: `Mon 2`, `Saturday 14th`, `22 March`, `April 3`, `3月5日`, `tue: …`.

    `whole`: the text is a heading, for which the day alone is enough.
    """
    marks = _MARKS.match(text)
    begin = marks.end() if marks else 0
    return _in_words(period, text, begin, whole=whole) or _in_numbers(period, text, begin, whole=whole)


def _in_words(period: Period, text: str, begin: int, *, whole: bool) -> Day | None:
    """Return the day that text[begin:] starts with, in words or with its weekday."""
    if match := _WIDE.match(text, begin):
        month = int(match[1]) if match[1] else period.month
        return _day_if_valid(period, month, int(match[2]), None, match.end())
    if match := _MONTH_FIRST.match(text, begin):
        weekday, month = weekday_number(match[1]), numbered("months").get(fold(match[2]))
        # `mar 3` is a Tuesday in February where the 3rd is one, and the 3rd of March elsewhere.
        also = weekday_number(match[2])
        if also and (day := _day_if_valid(period, period.month, int(match[3]), also, match.end())):
            named = _DAY_FIRST.match(text, begin)
            if named is None or not named[4] or fold(named[4]) not in numbered("months"):
                return day
        if month and (weekday or not match[1]):
            return _day_if_valid(period, month, int(match[3]), weekday, match.end())
    match = _DAY_FIRST.match(text, begin)
    weekday = weekday_number(match[1]) if match else None
    if match and (weekday or not match[1]):
        month = numbered("months").get(fold(match[4])) if match[4] else None
        end = match.end() if month else match.end(3) if match[3] else match.end(2)
        alone = _ENDS.match(text, end) is not None and (weekday is not None or (whole and not period.of_day))
        if month or ((weekday or match[3] or not text[end:].strip(" .")) and alone):
            return _day_if_valid(period, month or period.month, int(match[2]), weekday, end)
    return _weekday_in(period.monday, text, begin, whole=whole) if period.monday else None


def _weekday_in(monday: dt.date, text: str, begin: int, *, whole: bool) -> Day | None:
    """Return the day of the weekday that a line begins with, or that is anywhere in a heading."""
    match = _WEEKDAY_LEAD.match(text, begin) or _BOLD_WEEKDAY.match(text) or _WHOLE_WEEKDAY.match(text, begin)
    if match and (number := weekday_number(match[1])) and match[1] not in _NAMES_TOO:
        return Day(add_days(monday, number - 1), match.end())
    if whole:
        for word in re.findall(r"[^\W\d_]{3,14}", text):
            if number := weekday_number(word):
                return Day(add_days(monday, number - 1), begin)
    return None


def _in_numbers(period: Period, text: str, begin: int, *, whole: bool) -> Day | None:
    """Return the day of a number that a month's line starts with, or of day and month, perhaps with a weekday.

    Of the two orders of the numbers only one must be possible, or give that weekday.
    """
    match = None if period.of_day else _DAY_AND_MONTH.match(text, begin)
    if match and _is_day(match, text, whole=whole):
        return _day_and_month(period, match, None)
    numbered = period.month and not period.of_day and not whole
    if numbered and (match := _NUMBER_LEAD.match(text, begin)):
        return _day_if_valid(period, period.month, int(match[1]), None, match.end())
    match = _NUMERIC.match(text, begin)
    weekday = weekday_number(match[1]) if match else None
    return _day_and_month(period, match, weekday) if match and weekday else None


def _is_day(match: re.Match[str], text: str, *, whole: bool) -> bool:
    """Return whether two numbers are a day and a month.

    Not so `1/2 hour`, `24/7`, a section `3.2`, a version `1.12`, or a time `10.12`.
    """
    first, second = match["first"], match["second"]
    padded = len(first + second) == _BOTH_PADDED
    closed = text[match.end() - 1] == "."
    ends = _AFTER_DAY.match(text, match.end()) is not None
    if match["sign"] == "/":
        return match[0] != "24/7" and (whole or padded or ends)
    if not padded:
        return closed and ends
    return closed or ends or (whole and "0" in (first[0], second[0]))


def _day_and_month(period: Period, match: re.Match[str], weekday: int | None) -> Day | None:
    """Return the day of two numbers; None if it does not exist. Raises AmbiguousDay if either may be the day."""
    first, second = int(match["first"]), int(match["second"])
    day_first = _day_if_valid(period, second, first, weekday, match.end())
    month_first = _day_if_valid(period, first, second, weekday, match.end()) if match["sign"] == "/" else None
    if day_first and month_first and day_first.date != month_first.date:
        near = [day for day in (day_first, month_first) if period.holds(day.date)]
        if len(near) != 1:
            if weekday:
                return None
            raise dates.AmbiguousDay(match[0], day_first.date, month_first.date)
        day_first, month_first = (day_first, None) if near[0] is day_first else (None, month_first)
    if day_first:
        return day_first._replace(order="dmy" if match["sign"] == "/" and not month_first else None)
    return month_first and month_first._replace(order="mdy")


def _day_if_valid(period: Period, month: int | None, day: int, weekday: int | None, end: int) -> Day | None:
    """Return a day of the period; None if it does not exist or is not the weekday named."""
    if month is None:
        return None
    try:
        date = dt.date(period.year_of(month), month, day)
    except ValueError:
        return None
    return None if weekday and date.isoweekday() != weekday else Day(date, end)


def weekday_number(word: str | None) -> int | None:
    """Return 1 to 7 for a word that names Monday to Sunday."""
    return numbered("weekdays").get(fold(word)) if word else None
