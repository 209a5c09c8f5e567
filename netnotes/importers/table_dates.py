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


def date_reader(written: Iterable[str], order: Order | None) -> Callable[[str], dt.date | None]:
    """Return how the days of one file are read: numeric ones in `order`, else in the order that any of them proves."""
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
        if (found := _NUMERIC.match(text)) and order in ("dmy", "mdy"):
            day, month = (found[1], found[2]) if order == "dmy" else (found[2], found[1])
            return _day(found[3], month, day)
        return None

    return read


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
