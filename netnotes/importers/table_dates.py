"""Days in the tables of other programs, whose form follows the language and country of an account."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from netnotes.importers.records import Order
from netnotes.text.lexicon.words import fold, numbered

_NAMED = re.compile(r"(\d{1,2})\.?[ -](?:de )?([^\W\d_]{3,12})\.?,?[ -](?:de )?(\d{2,4})(?!\d)")
_NAMED_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2}),? (\d{4})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})[/.-] ?(\d{1,2})[/.-] ?(\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})(?!\d)")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,12}))?")
"""A day as spreadsheets count them, with the time as a fraction of the day."""
_SERIAL_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a day and a time as written
_SERIALS = range(36_526, 73_051)
"""The days of the years from 2000 to 2099."""


def date_reader(written: Iterable[str], order: Order | None) -> Callable[[str], dt.date | None]:
    """Return how the days of one file are read: numeric ones in `order`, else in the order that any of them proves.

    Where nothing proves it, days with full stops have the day first, as in all countries that write them.
    """
    if order is None:
        pairs = {(int(found[1]), int(found[2])) for text in written if (found := _NUMERIC.match(text.strip()))}
        day_first = any(first > 12 for first, _ in pairs)
        month_first = any(second > 12 for _, second in pairs)
        if day_first != month_first:
            order = "dmy" if day_first else "mdy"

    def read(text: str) -> dt.date | None:
        text = text.strip()
        if found := _YEAR_FIRST.match(text):
            return _day(found[1], found[2], found[3])
        if found := _NAMED.match(text):
            return _named(found[3], found[2], found[1])
        if found := _NAMED_MONTH_FIRST.match(text):
            return _named(found[3], found[1], found[2])
        if moment := serial_moment(text):
            return moment.date()
        if found := _NUMERIC.match(text):
            usual = "dmy" if "." in found[0] else None
            match order or usual:
                case "dmy":
                    return _day(found[3], found[2], found[1])
                case "mdy":
                    return _day(found[3], found[1], found[2])
        return None

    return read


def serial_moment(text: str) -> dt.datetime | None:
    """Return the moment that a number of a spreadsheet means: 2023-12-31 12:00 for `45291.5`; None for other texts."""
    found = _SERIAL.fullmatch(text.strip())
    if not found or int(found[1]) not in _SERIALS:
        return None
    seconds = round(float(f"0.{found[2] or 0}") * 86_400)
    return _SERIAL_ZERO + dt.timedelta(days=int(found[1]), seconds=seconds)


def _named(year: str, month: str, day: str) -> dt.date | None:
    name = fold(month)
    months = numbered("months")
    number = months.get(name) or next(
        (number for full, number in months.items() if len(name) >= 3 and full.startswith(name)), None
    )
    return _day(year, number, day) if number else None


def _day(year: str, month: str | int, day: str) -> dt.date | None:
    number = int(year)
    try:
        return dt.date(number + 2000 if number < 100 else number, int(month), int(day))
    except ValueError:
        return None
