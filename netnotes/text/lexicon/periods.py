"""The week, month or year that a file is named after."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from netnotes.dates import add_days
from netnotes.regex import regex
from netnotes.text.lexicon.words import fold, numbered

WEEK_WORD = r"(?:KW|week|woche|semaine|semana|settimana|vecka|tydzień|неделя)"
_WEEK = regex(rf"(\d{{4}})(?<!\d\d{{4}})[-_ ]?(?:W|S|V|{WEEK_WORD})[-_ ]?(\d{{1,2}})(?!\d)", re.IGNORECASE)
_WEEK_FIRST = regex(rf"(?<!\w){WEEK_WORD}[-_ ]?(\d{{1,2}})[-_ ,]+(\d{{4}})(?!\d)", re.IGNORECASE)
_MONTH = regex(r"(?<!\d)((?:19|20)\d\d)[-_. ](0[1-9]|1[0-2])(?![\d/]|[-_. ]\d)")
_FOUR_DIGITS = regex(r"\d{4}")
_YEAR = regex(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:\s?[-–—/]\s?(\d\d)(?!\d))?")
_FULL_DATE = regex(r"\d{4}[-_. ]?\d\d[-_. ]?\d\d|\d{1,2}[-_. ]\d{1,2}[-_. ]\d{4}")
WORD = regex(r"[^\W\d_]{3,12}")
_TURN = 9
"""Months from January to one that belongs to the year before."""


class Period(NamedTuple):
    """The period that a file or a heading names."""

    year: int
    month: int | None = None
    monday: dt.date | None = None
    """The first day of the week."""
    numbered: bool = False
    """Whether the lines of a month's note begin with the number of their day, as in `3. lunch with Ada`."""
    of_day: bool = False
    """Whether a heading above gives a day, so that numbers alone are no other day: `10.10 lunch with Ada`."""

    def holds(self, day: dt.date) -> bool:
        """Return whether a day is in the week or month; of a year any."""
        if self.monday:
            return self.monday <= day <= add_days(self.monday, 6)
        return (day.year, day.month) == (self.year, self.month or day.month)

    def is_within(self, other: Period) -> bool:
        """Return whether `other` is the same period, or a longer one around it."""
        if self.monday is None or other.monday is not None:
            return self[:3] in (other[:3], (other.year, other.month or self.month, other.monday))
        return other.holds(self.monday) or other.holds(add_days(self.monday, 6))

    def year_of(self, month: int) -> int:
        """Return the year of a month: in `January 2026`, December is that of 2025."""
        own = self.month or (self.monday.month if self.monday else month)
        return self.year + (own - month > _TURN) - (month - own > _TURN)


def of_path(path: str) -> Period | None:
    """Return the week, month or year that a file or its folder is named after; None for a single day."""
    folder, _, name = path.rpartition("/")
    years: set[int] = set()
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
        years = _years_in(name)
    years = years or _years_in(folder.rpartition("/")[2])
    return Period(years.pop(), month_in(name)) if len(years) == 1 else None


def _years_in(text: str) -> set[int]:
    """Return the years that a text names; of `2025/26` both."""
    found = set()
    for match in _YEAR.finditer(text):
        year = int(match[1])
        found.add(year)
        if match[2] and int(match[2]) == (year + 1) % 100:
            found.add(year + 1)
    return found


def month_in(text: str) -> int | None:
    """Return the one month that a text names."""
    months = numbered("months")
    found = {months[word] for match in WORD.findall(text) if (word := fold(match)) in months}
    return found.pop() if len(found) == 1 else None
