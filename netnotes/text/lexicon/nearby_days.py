"""Which day is meant by a weekday, a day of the month or a length of time, seen from today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain

from netnotes.dates import add_days

_YEARS = 8
"""Most years to the next 29 February."""
_MONTHS = 4
"""How many months back and ahead are searched for a day of the month."""


def latest_weekday(today: dt.date, weekday: int) -> dt.date:
    """Return the last day before `today` with a weekday, 1-7."""
    return add_days(today, -((today.isoweekday() - weekday) % 7 or 7))


def coming_weekday(today: dt.date, weekday: int) -> dt.date:
    """Return the first day after `today` with a weekday, 1-7."""
    return add_days(today, (weekday - today.isoweekday()) % 7 or 7)


def weekday_of_week(today: dt.date, weekday: int, weeks: int) -> dt.date:
    """Return the day with a weekday, 1-7, of the week that is so many weeks after this one."""
    return add_days(today, weekday - today.isoweekday() + 7 * weeks)


def shifted(today: dt.date, lengths: Iterable[tuple[int, str]], sign: int) -> dt.date | None:
    """Return the day that is some lengths, such as (3, `week`), before `today` (sign -1) or after it (1).

    Units: minute, hour, day, week, fortnight, month, year. A month without that day counts with its last
    day. None where the calendar ends.
    """
    day = today
    for count, unit in lengths:
        if unit in ("month", "year"):
            months = day.year * 12 + day.month - 1 + sign * count * (12 if unit == "year" else 1)
            if not 12 <= months < 12 * 10_000:
                return None
            day = next(chain.from_iterable(_valid(months, number) for number in range(day.day, 0, -1)))
        else:
            day = add_days(day, sign * count * {"fortnight": 14, "week": 7, "day": 1}.get(unit, 0))
    return day


def without_year(today: dt.date, month: int, day: int) -> tuple[dt.date | None, dt.date | None]:
    """Return the latest such day not after `today` and the first one after it; None for each that there is not."""
    days = [
        found
        for year in range(today.year - _YEARS, today.year + _YEARS + 1)
        for found in _valid(year * 12 + month - 1, day)
    ]
    return _around(today, days) if 1 <= month <= 12 else (None, None)


def of_month(today: dt.date, day: int) -> tuple[dt.date | None, dt.date | None]:
    """Return the latest day of that number not after `today` and the first one after it."""
    this = today.year * 12 + today.month - 1
    return _around(today, [found for month in range(this - _MONTHS, this + _MONTHS) for found in _valid(month, day)])


def _around(today: dt.date, days: list[dt.date]) -> tuple[dt.date | None, dt.date | None]:
    return (
        max((day for day in days if day <= today), default=None),
        min((day for day in days if day > today), default=None),
    )


def _valid(months: int, day: int) -> Iterator[dt.date]:
    """Yield the day of a month counted from the year 0, if there is one."""
    try:
        yield dt.date(months // 12, months % 12 + 1, day)
    except ValueError:
        return
