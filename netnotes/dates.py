"""Date arithmetic that stays within the calendar."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache


@lru_cache(maxsize=10_000)
def one_object(day: dt.date) -> dt.date:
    """Return the same object for all equal days: there are very many encounters on the same days."""
    return day


def add_days(day: dt.date, days: int) -> dt.date:
    """Return the day `days` after `day` (before it if negative), limited to the dates that Python can represent.

    .. versionadded:: 0.1
    """
    return dt.date.fromordinal(max(1, min(day.toordinal() + days, dt.date.max.toordinal())))


def to_date(day: dt.date | str) -> dt.date:
    """Return the date of a date, a moment or a text such as `2026-01-31`. Raises ValueError."""
    if isinstance(day, str):
        return dt.date.fromisoformat(day)
    return day.date() if isinstance(day, dt.datetime) else day
