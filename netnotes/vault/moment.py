"""Dates in the names of daily notes, by the app's formats (moment.js, strict, English). Parses; formats nothing.

A format that leaves the year open says nothing of a day by itself, and gives none. The library takes one part of a
format after the other and never goes back; so does this, by atomic groups.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

_LONG = {
    "LTS": "h:mm:ss A", "LT": "h:mm A", "L": "MM/DD/YYYY", "LL": "MMMM D, YYYY", "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A", "l": "M/D/YYYY", "ll": "MMM D, YYYY", "lll": "MMM D, YYYY h:mm A",
    "llll": "ddd, MMM D, YYYY h:mm A",
}  # fmt: skip
_LONG_TOKEN = re.compile(r"(\[[^\[]*\])|\\?(?:LTS|LT|LL?L?L?|l{1,4})")
_TOKEN = re.compile(
    r"\[[^\[]*\]|\\?(?:[Hh]mm(?:ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[o|w]?|W[o|W]?|Qo?|N{1,5}|YYYYYY|YYYYY|YYYY"
    r"|YY|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|.)",
    re.DOTALL,
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_ONE_OR_TWO = r"[1-9]\d?"
_WITH_ZERO = r"(?:[1-9]\d|\d)"


def _names(names: tuple[str, ...], length: int | None = None) -> str:
    return "|".join(name[:length] for name in names)


_PATTERNS: Mapping[str, tuple[str, str]] = {
    "YYYY": ("year", r"\d{4}"), "yyyy": ("year", r"\d{4}"), "Y": ("year", r"[+-]?\d+"), "YYYYYY": ("year", r"[+-]?\d{6}"),
    "YYYYY": ("year", r"[+-]?\d{6}"), "YY": ("short_year", r"\d{2}"), "yy": ("short_year", r"\d{2}"),
    "M": ("month", _ONE_OR_TWO), "MM": ("month", r"\d{2}"), "MMM": ("month_name", _names(_MONTHS, 3)),
    "MMMM": ("month_name", _names(_MONTHS)), "Q": ("quarter", r"\d"),
    "D": ("day", _ONE_OR_TWO), "DD": ("day", r"\d{2}"), "Do": ("day_th", r"\d{1,2}(?:th|st|nd|rd)"),
    "DDD": ("day_of_year", r"\d{1,3}"), "DDDD": ("day_of_year", r"\d{3}"),
    "d": ("weekday", r"\d{1,2}"), "e": ("weekday", r"\d{1,2}"), "E": ("iso_weekday", r"\d{1,2}"),
    "dd": ("weekday_name", _names(_DAYS, 2)), "ddd": ("weekday_name", _names(_DAYS, 3)),
    "dddd": ("weekday_name", _names(_DAYS)),
    "gggg": ("week_year", r"\d{4}"), "gg": ("short_week_year", r"\d{2}"), "w": ("week", _ONE_OR_TWO), "ww": ("week", r"\d{2}"),
    "GGGG": ("iso_year", r"\d{4}"), "GG": ("short_iso_year", r"\d{2}"), "W": ("iso_week", _ONE_OR_TWO),
    "WW": ("iso_week", r"\d{2}"),
    "H": ("hour", _WITH_ZERO), "HH": ("hour", r"\d{2}"), "h": ("hour12", _ONE_OR_TWO), "hh": ("hour12", r"\d{2}"),
    "k": ("hour24", _ONE_OR_TWO), "kk": ("hour24", r"\d{2}"), "m": ("minute", _WITH_ZERO), "mm": ("minute", r"\d{2}"),
    "s": ("second", _WITH_ZERO), "ss": ("second", r"\d{2}"), "S": ("part", r"\d"), "SS": ("part", r"\d{2}"),
    "SSS": ("part", r"\d{3}"), "a": ("half", r"[ap]\.?m?\.?"), "A": ("half", r"[ap]\.?m?\.?"),
    "Hmm": ("hour_minute", r"\d{3,4}"), "hmm": ("hour_minute", r"\d{3,4}"),
}  # fmt: skip
"""Token → (what it says, how it is written when parsed strictly). Any other token stands for itself."""

_MOST = {"hour": 23, "hour12": 12, "hour24": 24, "minute": 59, "second": 59}


def parse(form: str, text: str) -> dt.date | None:
    """Return the day that `text` names in the format `form`; None where it does not fit to the letter."""
    found = _compiled(form)
    match = found[0].fullmatch(text)
    if not match:
        return None
    said: dict[str, str] = {}
    for name, value in zip(found[1], match.groups(), strict=True):
        said[name] = value.lower()
    try:
        return _day(said)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=64)
def _compiled(form: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return the pattern of a format, and what each of its groups says."""
    names: list[str] = []
    parts: list[str] = []
    for token in _TOKEN.findall(_expanded(form)):
        if token in _PATTERNS:
            name, pattern = _PATTERNS[token]
            names.append(name)
            parts.append(f"((?>{pattern}))")
        else:
            parts.append(re.escape(_literal(token)))
    return re.compile("".join(parts), re.IGNORECASE), tuple(names)


def _expanded(form: str) -> str:
    """Write out the short names of whole formats, as `LL`."""
    for _ in range(5):
        longer = _LONG_TOKEN.sub(lambda match: match[0] if match[1] else _LONG.get(match[0], match[0]), form)
        if longer == form:
            break
        form = longer
    return form


def _literal(token: str) -> str:
    if re.search(r"\[.", token, re.DOTALL):
        return token.removeprefix("[").removesuffix("]")
    return token.replace("\\", "")


def _day(said: Mapping[str, str]) -> dt.date | None:
    """Put the day together. Raises ValueError where the parts make none."""
    if any(int(said[name]) > most for name, most in _MOST.items() if name in said):
        return None
    day = _by_week(said) if _is_by_week(said) else _by_month(said)
    if day is None:
        return None
    weekday = (day.weekday() + 1) % 7
    if (name := said.get("weekday_name")) and not _DAYS[weekday].startswith(name):
        return None
    if "weekday" in said and not _is_by_week(said) and int(said["weekday"]) != weekday:
        return None
    return None if "iso_weekday" in said and int(said["iso_weekday"]) != day.isoweekday() else day


def _is_by_week(said: Mapping[str, str]) -> bool:
    weeks = {"week_year", "short_week_year", "iso_year", "short_iso_year"} & said.keys()
    return bool(weeks) and not {"month", "month_name", "day", "day_th"} & said.keys()


def _by_month(said: Mapping[str, str]) -> dt.date | None:
    year = _year(said, "year", "short_year")
    if year is None:
        return None
    if number := said.get("day_of_year"):
        day = dt.date(year, 1, 1) + dt.timedelta(int(number) - 1)
        return day if day.year == year else None
    if name := said.get("month_name"):
        month = next(at for at, known in enumerate(_MONTHS, 1) if known.startswith(name))
    elif quarter := said.get("quarter"):
        month = int(said.get("month", (int(quarter) - 1) * 3 + 1))
    else:
        month = int(said.get("month", 1))
    return dt.date(year, month, int(said.get("day") or said.get("day_th", "1")[:2].rstrip("snrt")))


def _by_week(said: Mapping[str, str]) -> dt.date | None:
    """Return a day of a week: ISO weeks begin on Monday, English ones on Sunday and the week of 1 January is the first."""
    name = said.get("weekday_name")
    weekday = next((at for at, known in enumerate(_DAYS) if name and known.startswith(name)), None)
    year = _year(said, "iso_year", "short_iso_year")
    if year is not None:
        number = int(said.get("iso_weekday", weekday if weekday else 7 if weekday == 0 else 1))
        return dt.date.fromisocalendar(year, int(said.get("iso_week", 1)), number)
    year = _year(said, "week_year", "short_week_year")
    if year is None:
        return None
    first = dt.date(year, 1, 1)
    first -= dt.timedelta((first.weekday() + 1) % 7)
    following = dt.date(year + 1, 1, 1)
    following -= dt.timedelta((following.weekday() + 1) % 7)
    week = int(said.get("week", 1))
    day = first + dt.timedelta(7 * (week - 1))
    if week < 1 or day >= following:
        return None
    return day + dt.timedelta(int(said.get("weekday", weekday or 0)))


def _year(said: Mapping[str, str], whole: str, short: str) -> int | None:
    if whole in said:
        return int(said[whole])
    if short in said:
        number = int(said[short])
        return number + (1900 if number > 68 else 2000)
    return None
