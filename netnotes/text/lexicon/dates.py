"""Dates as people write them at the beginning of a line, in a property or in a task. No formats of the vault's own."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|n"
    r"ov(?:ember)?|dec(?:ember)?)"
)
_ISO = r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"
_LEAD = re.compile(
    rf"[\s>]*(?:[*_]{{1,3}}|\(|\[\[(?:[^\]|\n]*/)?|\[)?(?:on\s+)?"
    rf"(?:{_ISO}|(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH}\.?,?\s+(\d{{4}})|{_MONTH}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}))(?!\d)",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"{_ISO}(?:[T ].*)?")
_TASK = {
    "📅": "due",
    "📆": "due",
    "🗓": "due",
    "⏳": "scheduled",
    "⌛": "scheduled",
    "✅": "done",
    "🛫": "start",
    "➕": "created",
    "❌": "cancelled",
}
_EMOJI = re.compile(r"([📅📆🗓⏳⌛✅🛫➕❌])️?\s*(\d{4}-\d{2}-\d{2})")


class NoSuchDay(ValueError):
    """Something that looks like a date and is none: 2026-02-30."""


def leading(text: str) -> dt.date | None:
    """Return the date that `text` begins with, behind marks, brackets and quotes; None where it begins otherwise.

    Raises NoSuchDay for an impossible date.
    """
    match = _LEAD.match(text)
    if not match:
        return None
    year, _, month, day, day2, month2, year2, month3, day3, year3 = match.groups()
    if year:
        return _day(match[0], int(year), int(month), int(day))
    if year2:
        return _day(match[0], int(year2), _MONTHS.index(month2[:3].casefold()) + 1, int(day2))
    return _day(match[0], int(year3), _MONTHS.index(month3[:3].casefold()) + 1, int(day3))


def of_value(value: object) -> dt.date | None:
    """Return the day of a property or inline field (`2026-03-01`, with or without a time, or linked); None if no date.

    Raises NoSuchDay for an impossible date.
    """
    if not isinstance(value, str):
        return None
    match = _WHOLE.fullmatch(
        value.strip().removeprefix("[[").removesuffix("]]").rpartition("/" if "[[" in value else "\0")[2]
    )
    return _day(match[0], int(match[1]), int(match[3]), int(match[4])) if match else None


def of_task(text: str) -> dict[str, str]:
    """Return what a task's emoji say of its days: due, scheduled, done, start, created → ISO date as written."""
    return {_TASK[mark]: day for mark, day in _EMOJI.findall(text)}


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(f"`{text.strip(' >*_([')[:40]}` is no day of the calendar") from error
