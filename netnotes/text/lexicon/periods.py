"""The week, month or year that a file or a heading names, and the days that lines below it name without a year."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import NamedTuple

from netnotes.dates import add_days
from netnotes.regex import regex
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.words import fold, numbered

_WEEK_WORD = r"(?:KW|week|woche|semaine|semana|settimana|vecka|tydzień|неделя)"
_WEEK = regex(rf"(?<!\d)(\d{{4}})[-_ ]?(?:W|S|V|{_WEEK_WORD})[-_ ]?(\d{{1,2}})(?!\d)", re.IGNORECASE)
_WEEK_ALONE = regex(rf"{_WEEK_WORD}[-_ ]?\d{{1,2}}", re.IGNORECASE)
_WEEK_FIRST = regex(rf"(?<!\w){_WEEK_WORD}[-_ ]?(\d{{1,2}})[-_ ,]+(\d{{4}})(?!\d)", re.IGNORECASE)
_MONTH = regex(r"(?<!\d)((?:19|20)\d\d)[-_. ](0[1-9]|1[0-2])(?![\d/]|[-_. ]\d)")
_FOUR_DIGITS = regex(r"\d{4}")
_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FULL_DATE = regex(r"\d{4}[-_. ]?\d\d[-_. ]?\d\d|\d{1,2}[-_. ]\d{1,2}[-_. ]\d{4}")
_WORD = regex(r"[^\W\d_]{3,12}")
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
_AFTER_DAY = regex(r"[*_\])]*\s*(?:[:：–—]|-\s|$)")
_BOLD_WEEKDAY = regex(r"\W{0,4}[*_]{2}([^\W\d_]{2,14}(?:-feira)?)\.?[*_]{2}\s+")
"""`**wed** lunch with Ada` in a week's note."""
_WHOLE_WEEKDAY = regex(
    r"(?:(?:on|am|le|el|il|op|w|we|em|na|no|в|во|på|i)\s)?([^\W\d_]{5,14}(?:-feira)?)\s+(?=[^\W\d_])", re.IGNORECASE
)
"""`Friday lunch with Ada` in a week's note; only whole words, since `sat` and `so` begin sentences."""
_NUMBERED = regex(r"^[ \t]{0,3}(?:[-*+] )?(\d{1,2})[.):]?(?:[ \t]+[–—:-])?[ \t]+(?=[^\W\d_]|[*\[])", re.MULTILINE)
"""`3. lunch with Ada`, `- 07 coffee with Bo`: an item of a list, or a day of the month."""
_BOTH_PADDED = 4
_LONGEST_HEADING, _MOST_WORDS = 40, 4
"""Characters and words of a heading that names a period."""
_FEWEST_NUMBERED = 3
_LONGEST_NUMBERED = 100_000
_LAST_DAY = 31
_NAMES_TOO = frozenset(("Sam", "Dom", "Don", "Mia", "Jo"))
_WIDE = regex(r"(?:(\d{1,2})月)?(\d{1,2})日")
_ENDS = regex(r"[\s*_\])]*+(?:$|[:,(–—-])")


class Period(NamedTuple):
    """The period that a file is named after."""

    year: int
    month: int | None = None
    monday: dt.date | None = None
    """The first day of the week."""
    numbered: bool = False
    """Whether the lines of a month's note begin with the number of their day, as in `3. lunch with Ada`."""


_LEAP_YEAR = Period(2000)


class Day(NamedTuple):
    """A day, and where it ends in a text."""

    date: dt.date
    end: int
    order: dates.Order | None = None
    """The order of day and month that its numbers prove."""


def of_path(path: str) -> Period | None:
    """Return the week, month or year that a file or its folder is named after; None for a single day."""
    folder, _, name = path.rpartition("/")
    year = None
    if _FOUR_DIGITS.search(name):
        first = _WEEK_FIRST.search(name)
        if week := first or _WEEK.search(name):
            number, of_year = week.groups() if first else (week[2], week[1])
            try:
                monday = dt.date.fromisocalendar(int(of_year), int(number), 1)
            except ValueError:
                return None
            return Period(monday.year, None, monday)
        if _FULL_DATE.search(name):
            return None
        if month := _MONTH.search(name):
            return Period(int(month[1]), int(month[2]))
        year = _YEAR.search(name)
    year = year or _YEAR.search(folder.rpartition("/")[2])
    return Period(int(year[0]), _month_in(name)) if year else None


def of_heading(text: str, around: Period | None) -> Period | None:
    """Return the period that a heading names: `2026`, `March 2026`; in the year `around` it `March` or `Week 12`."""
    if around is None and not any(map(str.isdigit, text)):
        return None
    words = text.strip(" #*_[]:")
    if len(words) > _LONGEST_HEADING or len(words.split()) > _MOST_WORDS:
        return None
    found = of_path(words)
    if found or around is None or len(words.split()) > 2:
        return found
    if (month := _month_in(words)) and fold(words) in numbered("months"):
        return Period(around.year, month)
    return of_path(f"{words} {around.year}") if _WEEK_ALONE.fullmatch(words) else None


def _month_in(text: str) -> int | None:
    months = numbered("months")
    return next((months[word] for match in _WORD.findall(text) if (word := fold(match)) in months), None)


class Periods:
    """The periods that the headings around a line name, within that of the file."""

    def __init__(self, of_file: Period | None) -> None:
        """Start above all headings."""
        self.current = of_file
        self._around: list[tuple[int, Period | None]] = []
        """(level of a heading that names a period, the period around it), the outermost first."""
        self.without_year: tuple[int, ...] = ()
        """Lines of headings that give a day and a month outside any period."""

    def leave(self, level: int) -> None:
        """Return to the period around a heading of this level."""
        while self._around and self._around[-1][0] >= level:
            self.current = self._around.pop()[1]

    def enter(self, level: int, heading: str, line: int) -> None:
        """Apply the period that an undated heading names, if it does, to all below it."""
        if period := of_heading(heading, self.current):
            self._around.append((level, self.current))
            self.current = period
        elif self.current is None and _lacks_year(heading):
            self.without_year += (line,)


def _lacks_year(heading: str) -> bool:
    """Return whether a heading begins with a day and a month."""
    try:
        return any(map(str.isdigit, heading)) and day_in(_LEAP_YEAR, heading, whole=True) is not None
    except dates.AmbiguousDay:
        return True


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
        weekday, month = _weekday(match[1]), numbered("months").get(fold(match[2]))
        # `mar 3` is a Tuesday in February where the 3rd is one, and the 3rd of March elsewhere.
        also = _weekday(match[2])
        if also and (day := _day_if_valid(period, period.month, int(match[3]), also, match.end())):
            named = _DAY_FIRST.match(text, begin)
            if named is None or not named[4] or fold(named[4]) not in numbered("months"):
                return day
        if month and (weekday or not match[1]):
            return _day_if_valid(period, month, int(match[3]), weekday, match.end())
    match = _DAY_FIRST.match(text, begin)
    weekday = _weekday(match[1]) if match else None
    if match and (weekday or not match[1]):
        month = numbered("months").get(fold(match[4])) if match[4] else None
        end = match.end() if month else match.end(3) if match[3] else match.end(2)
        alone = _ENDS.match(text, end) is not None and (whole or weekday is not None)
        if month or ((weekday or match[3] or not text[end:].strip(" .")) and alone):
            return _day_if_valid(period, month or period.month, int(match[2]), weekday, end)
    return _weekday_in(period.monday, text, begin, whole=whole) if period.monday else None


def _weekday_in(monday: dt.date, text: str, begin: int, *, whole: bool) -> Day | None:
    """Return the day of the weekday that a line begins with, or that is anywhere in a heading."""
    match = _WEEKDAY_LEAD.match(text, begin) or _BOLD_WEEKDAY.match(text) or _WHOLE_WEEKDAY.match(text, begin)
    if match and (number := _weekday(match[1])) and match[1] not in _NAMES_TOO:
        return Day(add_days(monday, number - 1), match.end())
    if whole:
        for word in re.findall(r"[^\W\d_]{3,14}", text):
            if number := _weekday(word):
                return Day(add_days(monday, number - 1), begin)
    return None


def _in_numbers(period: Period, text: str, begin: int, *, whole: bool) -> Day | None:
    """Return the day of a number that a month's line starts with, or of day and month, perhaps with a weekday.

    Of the two orders of the numbers only one must be possible, or give that weekday.
    """
    match = _DAY_AND_MONTH.match(text, begin)
    if match and _is_day(match, text, whole=whole):
        return _day_and_month(period, match, None)
    if period.month and not whole and (match := _NUMBER_LEAD.match(text, begin)):
        return _day_if_valid(period, period.month, int(match[1]), None, match.end())
    match = _NUMERIC.match(text, begin)
    weekday = _weekday(match[1]) if match else None
    return _day_and_month(period, match, weekday) if match and weekday else None


def _is_day(match: re.Match[str], text: str, *, whole: bool) -> bool:
    """Return whether two numbers are a day and a month: not `1/2 hour`, a section `3.2 Methods` or a time `10.12`."""
    padded = len(match["first"] + match["second"]) == _BOTH_PADDED
    if match["sign"] == "/":
        return whole or padded or _AFTER_DAY.match(text, match.end()) is not None
    closed = text[match.end() - 1] == "." and padded
    return closed or (whole and padded) or _AFTER_DAY.match(text, match.end()) is not None


def _day_and_month(period: Period, match: re.Match[str], weekday: int | None) -> Day | None:
    """Return the day of two numbers; None if it does not exist. Raises AmbiguousDay if either may be the day."""
    first, second = int(match["first"]), int(match["second"])
    day_first = _day_if_valid(period, second, first, weekday, match.end())
    month_first = _day_if_valid(period, first, second, weekday, match.end()) if match["sign"] == "/" else None
    if day_first and month_first and day_first != month_first:
        if weekday:
            return None
        raise dates.AmbiguousDay(match[0], day_first.date, month_first.date)
    if day_first:
        return day_first._replace(order="dmy" if match["sign"] == "/" and not month_first else None)
    return month_first and month_first._replace(order="mdy")


def _weekday(word: str | None) -> int | None:
    return numbered("weekdays").get(fold(word)) if word else None


def _day_if_valid(period: Period, month: int | None, day: int, weekday: int | None, end: int) -> Day | None:
    """Return a day of the period; None if it does not exist or is not the weekday named."""
    if month is None:
        return None
    try:
        date = dt.date(period.year, month, day)
    except ValueError:
        return None
    return None if weekday and date.isoweekday() != weekday else Day(date, end)
