"""How long something took and at what time of day, as people write it. Text in, minutes out."""

from __future__ import annotations

import math
import re

MOST_MINUTES = 7 * 24 * 60
"""A length above a week is a slip of the pen."""

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_HOURS = r"(?:h|hr|hrs|hour|hours|std)"
_MINUTES = r"(?:m|min|mins|minute|minutes|min\.)"
_RANGE = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-4])[:.h]([0-5]\d)\s*(?:-|–|—|to|until)\s*([01]?\d|2[0-4])[:.h]([0-5]\d)(?![\d:])"
)
_LENGTH = re.compile(
    rf"(?<![\w.,:/-]){_NUMBER}\s*-?{_HOURS}\s*(?:(?:and\s+)?(\d{{1,2}})\s*{_MINUTES}?)?(?![\w/])"
    rf"|(?<![\w.,:/-]){_NUMBER}\s*-?{_MINUTES}(?![\w/])",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<![\d:.,/-])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])\s*(am|pm)?", re.IGNORECASE)
# Most lines hold neither, and these two are found many times as fast as the patterns above are tried.
_TIME_OF_DAY = re.compile(r"\d[:.h]\d")
_UNIT = re.compile(r"\d\s*-?[hmsHMSſ]")
_HHMM = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")
_ISO = re.compile(r"P(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?)", re.IGNORECASE)


def in_text(text: str) -> float | None:
    """Return the first length of time that `text` names, in minutes (0-10,080]; None where it names none.

    A range of two times of day (`14:00-15:30`) is a length.
    """
    if _TIME_OF_DAY.search(text) and (span := _RANGE.search(text)):
        start, end = int(span[1]) * 60 + int(span[2]), int(span[3]) * 60 + int(span[4])
        return float(end - start) if end > start else float(end - start + 1440) if end < start else None
    match = _LENGTH.search(text) if _UNIT.search(text) else None
    return _within(_minutes(match)) if match else None


def of_value(value: object) -> float | None:
    """Return the minutes that a property or an inline field holds: 45, "45", "1h30", "01:30"; None where none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _within(float(value))
    if not isinstance(value, str):
        return None
    word = value.strip()
    if match := _HHMM.fullmatch(word):
        return _within(float(int(match[1]) * 60 + int(match[2])))
    if match := _ISO.fullmatch(word):
        return _within(float(int(match[1] or 0) * 60 + int(match[2] or 0)))
    if re.fullmatch(_NUMBER, word):
        return _within(float(word.replace(",", ".")))
    return in_text(word)


def clock(text: str) -> int | None:
    """Return the first time of day in `text` as minutes after midnight; None where there is none."""
    match = _CLOCK.search(text) if ":" in text else None
    if not match:
        return None
    hour = int(match[1])
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].lower() == "pm" else 0)
    return hour * 60 + int(match[2])


def _minutes(match: re.Match[str]) -> float:
    hours, more, minutes = match[1], match[2], match[3]
    if minutes:
        return float(minutes.replace(",", "."))
    return float(hours.replace(",", ".")) * 60 + float(more or 0)


def _within(minutes: float) -> float | None:
    return minutes if math.isfinite(minutes) and 0 < minutes <= MOST_MINUTES else None
