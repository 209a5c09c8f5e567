"""The week, month or year that the headings around a line name."""

from __future__ import annotations

import re
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.days_of_periods import day_in, weekday_number
from netnotes.text.lexicon.periods import WEEK_WORD, WORD, Period, month_in, of_path

_WEEK_ALONE = regex(
    rf"(?:(?:{WEEK_WORD}|W|wk|CW|v\.)[-_ ]?(\d{{1,2}})|第?\s?(\d{{1,2}})\s?(?:週|周|(?:-я )?неделя))"
    r"\s*+(?:$|[:：(–—])",
    re.IGNORECASE,
)
_PUBLISHED = regex(r"\((?:19|20)\d\d\)")
"""`Dune (2021)`"""
_WIDE_MONTH = regex(r"(?:(\d{4})年\s?)?(\d{1,2})月")
_LONGEST_HEADING, _MOST_WORDS = 40, 4
"""Characters and words of a heading that names a period."""
_MONTHS = 12
_LEAP_YEAR = Period(2000)


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

    @property
    def is_week(self) -> bool:
        """Whether it is a week, whose days lines without a digit may name."""
        return self.current is not None and self.current.monday is not None

    def enter(self, level: int, heading: str, line: int, *, dated: bool, in_list: bool) -> None:
        """Apply what a heading says to all below it: that it gives a day, or the period that it names if undated.

        `in_list`: its level does not tell which lines are below it.
        """
        now, period = self.current, None
        if now and _gives_day(now, heading):
            period = None if in_list else now._replace(of_day=True)
        elif not dated and not (now and now.of_day):
            named = of_heading(heading, now)
            period = None if named is None or (now and now.is_within(named)) else named
            if now is None and period is None and _gives_day_of_some_year(heading):
                self.without_year += (line,)
        if period:
            self._around.append((level, now))
            self.current = period


@lru_cache(maxsize=2_000)
def of_heading(text: str, around: Period | None) -> Period | None:
    """Return the period that a heading names: `2026`, `March 2026`; in the year `around` it `March` or `Week 12`."""
    if around is None and not any(map(str.isdigit, text)):
        return None
    words = text.strip(" #*_[]:")
    if len(words) > _LONGEST_HEADING or len(words.split()) > _MOST_WORDS:
        return None
    if match := _WIDE_MONTH.fullmatch(words):
        year = int(match[1]) if match[1] else around and around.year
        return Period(year, int(match[2])) if year and 0 < int(match[2]) <= _MONTHS else None
    month = month_in(words)
    # A `/` in a heading is between two periods, not behind a folder.
    found = of_path(words.replace("/", "–")) if month or not _PUBLISHED.search(words) else None
    if found or around is None:
        return found
    if month and len(WORD.findall(words)) == 1 and not any(map(str.isdigit, words)):
        return Period(around.year, month)
    week = _WEEK_ALONE.match(words)
    return of_path(f"week {week[1] or week[2]} {around.year}") if week else None


def _gives_day(period: Period, heading: str) -> bool:
    """Return whether a heading begins with a day of a period."""
    try:
        return day_in(period, heading, whole=True) is not None
    except dates.AmbiguousDay:
        return True


@lru_cache(maxsize=2_000)
def _gives_day_of_some_year(heading: str) -> bool:
    """Return whether a heading begins with a day and a month, perhaps with a weekday."""
    if not any(map(str.isdigit, heading)):
        return False
    first, _, rest = heading[: _LONGEST_HEADING * 2].lstrip(" #*_[").partition(" ")
    return _gives_day(_LEAP_YEAR, rest if weekday_number(first.rstrip(".,")) else heading)
