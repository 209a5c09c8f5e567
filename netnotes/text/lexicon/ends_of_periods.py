"""The end of a week, a month or a year within day phrases: `the end of the month`, `EOW`, `bis Monatsende`, `月底`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from netnotes.dates import add_days
from netnotes.text.lexicon.phrase_dates import FILLERS, WEEKDAYS, Context, Reading, weekday_of_week, without_year
from netnotes.text.lexicon.phrase_weekdays import which_after, which_of
from netnotes.text.lexicon.phrase_words import AWAY, MONTH, PERIOD_END

_FRIDAY = 5
_LONGEST_MONTH = 31
_NEXT = {"week": 14, "month": 62}
_THIS = {"day": 1, "week": 7, "month": 31, "year": 365}
"""Unit → the number that the list `ends of periods` has for the end of the next one, and of this one."""
_WHICH_DAY = "on which day?"


def end_of_week(today: dt.date) -> dt.date:
    """Return the Friday of a week; at a weekend, that of the next."""
    return add_days(today, (_FRIDAY - today.isoweekday()) % 7)


def end_of_period(context: Context, at: int) -> Iterator[Reading]:
    """Read `EOW`, `the end of next week`, `fin du mois`: a deadline; without a word such as `by`, the day is asked."""
    words = context.words
    if named := words.first(at, PERIOD_END):
        yield from _at_end(context, named[1], named[0])
    if not (end_of := words.first(at, "end of")):
        return
    which, place = which_of(context, words.skip(end_of[1], *FILLERS))
    if month := words.first(place, MONTH):
        yield Reading(month[1], None, _last_day(context.today, month[0]), problem=_WHICH_DAY)
    for unit, this in _THIS.items():
        if not (found := words.first(place, unit)):
            continue
        which, end = (which, found[1]) if which else which_after(context, found[1])
        if which in ("last", "before last"):
            yield Reading(end, problem=_WHICH_DAY)
        else:
            yield from _at_end(context, end, _NEXT.get(unit, this) if which == "next" else this)


def _at_end(context: Context, end: int, number: int) -> Iterator[Reading]:
    """Yield the last day of a period that `number` stands for; not of the day in `EOD Thursday`."""
    today = context.today
    if number == _THIS["day"]:
        if not context.words.first(context.words.skip(end, *FILLERS), *WEEKDAYS, AWAY, MONTH):
            yield Reading(end, today, today)
        return
    days = {
        _THIS["week"]: end_of_week(today),
        _NEXT["week"]: weekday_of_week(today, _FRIDAY, 1),
        _THIS["month"]: _last_day(today, today.month),
        _NEXT["month"]: _last_day(today, today.month % 12 + 1),
        _THIS["year"]: _last_day(today, 12),
    }
    yield Reading(end, None, days[number], problem=_WHICH_DAY)


def _last_day(today: dt.date, month: int) -> dt.date:
    """Return the last day of a month that is not before `today`."""
    lengths = range(_LONGEST_MONTH, 27, -1)
    days = (day for length in lengths for day in without_year(add_days(today, -1), month, length)[1:] if day)
    return min(days, key=lambda day: (day.year, -day.day))
