"""Dates as people write them in properties, file names, headings, lines and tasks, in every language of the tables.

Formats of a vault's own daily notes are read by `moment`. A numeric date such as 03/05/2026 needs the order of day and
month; without one it is ambiguous and never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from netnotes.regex import regex
from netnotes.text.lexicon.words import fold, is_misspelled, numbered

Order = Literal["dmy", "mdy"]
"""Whether the day or the month comes first in numeric dates that end with the year."""
ORDERS: tuple[Order, ...] = ("dmy", "mdy")

UNKNOWN_YEARS = frozenset({1, 1604})
"""Years that programs write if the year is unknown."""
FIRST_YEAR = 1850
"""Dates before this year are not read as encounters."""

_NUMERIC = regex(
    # 2026-03-01, 2026/3/1, 2026.03.01, 2026_03_01 and 2026年3月1日
    r"(\d{4})(?:([-/._])(\d{1,2})\2(\d{1,2})|\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日?)(?!\d)"
    # 01.03.2026, 1/3/26, 01-03-2026
    r"|(\d{1,2})([-/.])(\d{1,2})\8(\d{4}|\d{2})(?!\d|[-/.]\d)"
)
_MAYBE, _MAYBE_TWO = regex(r"\d(?:\d{3}|\s?[-./_年])"), regex(r"\d(?:\d{7}|\D+\d)")
"""What every date has: a year of four figures, or a figure and a sign after it; two numbers, or eight figures."""
_MAYBE_NUMERIC = regex(r"\d[/.-]\d")
_DAY_FIRST = regex(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª|°)?,?\s+(?:of\s+|de\s+|d['\u2019]\s?)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+|del\s+)?"
    r"(\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = regex(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_DASHED = regex(r"(\d{1,2})([-/.])([^\W\d_]{3,12})\.?\2(\d{4}|\d{2})(?![\w-])")
"""`17-Apr-2025`, `17-Apr-25`: as spreadsheets write days."""
_COMPACT_DAY = regex(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\w/-]|[.,]\d)")
_MARKS = regex(r"[\s>#]*(?:[-*+]\s+)?(?:[*_]{1,3}|\(|\[\[(?:[^\]|\n]{0,200}/)?|\[|~)?(?:on\s+)?", re.IGNORECASE)
_WEEKDAY = regex(r"([^\W\d_]{2,14}(?:-feira)?)\.?,?\s+", re.IGNORECASE)
# `Sat` and `mar` are also other words: before more text, only a full name counts as a weekday.
_WEEKDAY_AFTER = regex(r"[\s,(_–-]{1,3}([^\W\d_]{2,14})(?:(?=[.,;:)\]_*-]|$)|(?<=[^\W\d_]{5})(?!\w))")
_WEEKDAY_BEFORE = regex(r"(?<![^\W_])([^\W\d_]{2,14})\.?[\s,_–-]{1,3}$")
_LONGEST_WEEKDAY = 18
_LONG_MONTH = 7
"""Letters of a month that is recognised when it is misspelled."""
LINK = regex(r"\[\[(?:[^\]|]*/)?([^\]|]*)(?:\|[^\]]*)?\]\]")
_COMPACT = regex(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:T?\d{4}|T?\d{6})?(?!\d)")
_ANY_DATE = regex(r"(?<![\w/-])(?<!\d\.)(?=\d)")
_WORD = regex(r"(?<![\w/-])(?<!\d\.)(?=[^\W_])")
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
_EMOJI = regex(r"([📅📆🗓⏳⌛✅🛫➕❌])️?\s*(\d{4}-\d{2}-\d{2})")
_LONGEST = 120
"""Characters at the beginning of a text that are searched for a date."""


class NoSuchDay(ValueError):
    """Something that looks like a date but is not one: 2026-02-30."""


class AmbiguousDay(NoSuchDay):
    """A numeric date whose day and month could be swapped, in a vault of unknown order."""

    def __init__(self, text: str, day_first: dt.date, month_first: dt.date) -> None:
        self.day_first, self.month_first = day_first, month_first
        super().__init__(f"`{text}` may be {day_first.isoformat()} or {month_first.isoformat()}")


class Found(NamedTuple):
    """A date at a place in a text."""

    date: dt.date
    start: int
    end: int


def may_hold(text: str, start: int = 0) -> bool:
    """Return False only if there is no date in a text, from `start` on: many times as fast as a search for one."""
    return _MAYBE.search(text, start) is not None and _MAYBE_TWO.search(text, start) is not None


def lead(text: str, order: Order | None = None) -> Found | None:
    """Return the date that `text` begins with, after marks, brackets and a weekday, and its place; else None.

    Raises NoSuchDay for an impossible date, AmbiguousDay if `order` is needed.
    """
    head = text[:_LONGEST]
    marks = _MARKS.match(head)
    at = marks.end() if marks else 0
    if not head[at : at + 1].isalnum():
        return None
    found = _at(head, at, order)
    if found is not None:
        return found
    if not head[at].isdigit():
        weekday = _WEEKDAY.match(head, at)
        if weekday and fold(weekday[1]) in numbered("weekdays"):
            return _at(head, weekday.end(), order)
    elif (compact := _COMPACT_DAY.match(head, at)) and (day := _or_none(*map(int, compact.groups()))):
        return Found(day, at, compact.end())
    return None


def of_value(value: object, order: Order | None = None) -> dt.date | None:
    """Return the day of a property or inline field; a time of day after it is ignored. None if it is not a date.

    `2026-03-01`, `2026-03-01T10:00`, `1 March 2026`, `[[2026-03-01]]`, 20260301, or a list of one of these. Raises
    NoSuchDay and AmbiguousDay.
    """
    value = single(value)
    if isinstance(value, int) and not isinstance(value, bool) and 10_000_000 <= value < 100_000_000:
        value = f"{value // 10_000}-{value // 100 % 100:02}-{value % 100:02}"
    if not isinstance(value, str):
        return None
    text = value.strip()
    link = LINK.match(text)
    if link:
        text = link[1].strip() + text[link.end() :]
    found = lead(text, order)
    if found is None or (found.end < len(text) and text[found.end] not in " T,]|(\u202f\u00a0"):
        return None
    return found.date


def day_or_none(value: object, order: Order | None = None) -> dt.date | None:
    """Return the day of a property or inline field as `of_value` does; None if it is impossible or ambiguous."""
    try:
        return of_value(value, order)
    except NoSuchDay:
        return None


def single(value: object) -> object:
    """Return the only item of nested lists of one item: YAML reads a link without quotes as `((2026-01-03,),)`."""
    while isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    return value


def in_name(name: str, order: Order | None = None) -> dt.date | None:
    """Return the day that a file's name holds: `2026-03-01 Call`, `Call 2026-03-01`, `20260301 Call`, `Mar 2nd, 2026`.

    An impossible or ambiguous date gives None.
    """
    try:
        if found := lead(name, order):
            return found.date
    except NoSuchDay:
        return None
    for place in _ANY_DATE.finditer(name[:_LONGEST]):
        try:
            if (found := _at(name[:_LONGEST], place.start(), order)) is not None:
                return found.date
        except NoSuchDay:
            continue
    compact = _COMPACT.search(name[:_LONGEST])
    if not compact:
        return None
    try:
        return _known(dt.date(int(compact[1]), int(compact[2]), int(compact[3])))
    except ValueError:
        return None


def within(text: str, order: Order | None = None) -> Iterator[Found]:
    """Yield each date of a text with its position; impossible and ambiguous ones are skipped."""
    end = 0
    for place in _WORD.finditer(text):
        if place.start() < end:
            continue
        try:
            found = _at(text, place.start(), order)
        except NoSuchDay:
            continue
        if found is not None:
            end = found.end
            yield found


def proven_order(texts: Iterable[str]) -> Order | None:
    """Return the order of day and month that the numeric dates among `texts` prove; None for no proof, or two."""
    proofs = set()
    for text in texts:
        for match in _NUMERIC.finditer(text[:_LONGEST]) if _MAYBE_NUMERIC.search(text, 0, _LONGEST) else ():
            if match[7] and match[8] != ".":
                first, second = int(match[7]), int(match[9])
                if first > 12 >= second > 0:
                    proofs.add("dmy")
                elif second > 12 >= first > 0:
                    proofs.add("mdy")
                elif proof := _proved_by_weekday(text, match):
                    proofs.add(proof)
    if len(proofs) != 1:
        return None
    return "dmy" if "dmy" in proofs else "mdy"


def _proved_by_weekday(text: str, numeric: re.Match[str]) -> Order | None:
    """Return the order in which a numeric date falls on the weekday beside it, as in `Mo, 02/03/2026`."""
    after = _WEEKDAY_AFTER.match(text, numeric.end())
    before = _WEEKDAY_BEFORE.search(text[max(0, numeric.start() - _LONGEST_WEEKDAY) : numeric.start()])
    named = {numbered("weekdays").get(fold(found[1])) for found in (before, after) if found}
    try:
        _numeric(numeric, None)
    except AmbiguousDay as error:
        fits = [day.isoweekday() in named for day in (error.day_first, error.month_first)]
        return None if fits[0] == fits[1] else "dmy" if fits[0] else "mdy"
    except NoSuchDay:
        pass
    return None


def birthday(value: object, order: Order | None = None) -> tuple[int | None, int, int] | None:
    """Return (year or None, month, day) of a birthday; None if it is not a date. Raises NoSuchDay and AmbiguousDay.

    `1983-07-02`, `--07-02`, `07-02`, `2 July`, `July 2`, `2. Juli 1983`, `1983-07-02T00:00:00`, a link to a day.
    """
    value = single(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    link = LINK.fullmatch(text)
    text = link[1].strip() if link else text
    short = re.fullmatch(r"(?:--|0000-)?(\d{1,2})-(\d{1,2})", text)
    if short:
        return None, *_month_day(text, int(short[1]), int(short[2]))
    named = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.|º)?\s+(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?", text, re.IGNORECASE)
    if named and (month := numbered("months").get(fold(named[2]))):
        return None, *_month_day(text, month, int(named[1]))
    named = re.fullmatch(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?", text, re.IGNORECASE)
    if named and (month := numbered("months").get(fold(named[1]))):
        return None, *_month_day(text, month, int(named[2]))
    unknown = re.match(r"(0001|1604)-(\d{2})-(\d{2})", text)
    if unknown:
        return None, *_month_day(text, int(unknown[2]), int(unknown[3]))
    day = of_value(text, order)
    return (day.year, day.month, day.day) if day else None


def _month_day(text: str, month: int, day: int) -> tuple[int, int]:
    _day(text, 2000, month, day)
    return month, day


def of_task(text: str) -> dict[str, str]:
    """Return the dates after a task's emoji: due, scheduled, done, start, created → ISO date as written."""
    return {_TASK[mark]: day for mark, day in _EMOJI.findall(text)}


def _at(text: str, at: int, order: Order | None) -> Found | None:
    """Return the date at a position of a text."""
    if not text[at : at + 1].isdecimal():
        match = _MONTH_FIRST.match(text, at)
        if match is None:
            return None
        year, month, day = match[3], match[1], match[2]
    elif match := _NUMERIC.match(text, at):
        date = _numeric(match, order)
        return Found(date, match.start(), match.end()) if date else None
    elif match := _DAY_FIRST.match(text, at):
        year, month, day = match[3], match[2], match[1]
    elif match := _DASHED.match(text, at):
        day, month, year = match[1], match[3], match[4] if len(match[4]) == 4 else f"20{match[4]}"
    else:
        return None
    number = _month(month)
    if number is None:
        return None
    named = _known(_day(match[0], int(year), number, int(day)))
    return Found(named, match.start(), match.end()) if named else None


@lru_cache(maxsize=10_000)
def _month(word: str) -> int | None:
    """Return the number of a month; a long one may lack, double or change one letter, as in `Febuary`."""
    key = fold(word)
    if (number := numbered("months").get(key)) is not None or len(key) < _LONG_MONTH:
        return number
    long = ((name, number) for name, number in numbered("months").items() if len(name) >= _LONG_MONTH)
    near = {number for name, number in long if name[0] == key[0] and is_misspelled(key, name)}
    return near.pop() if len(near) == 1 else None


def _numeric(match: re.Match[str], order: Order | None) -> dt.date | None:
    if match[1]:
        return _known(_day(match[0], int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])))
    first, mark, second, year = int(match[7]), match[8], int(match[9]), int(match[10])
    if len(match[10]) == 2:
        year += 2000 if year < 70 else 1900
    day_first, month_first = _or_none(year, second, first), _or_none(year, first, second)
    if day_first is None or month_first is None or day_first == month_first:
        found = day_first or month_first
        if found is None and len(match[10]) == 4:
            raise NoSuchDay(f"`{match[0]}` is not a day of the calendar")
        return _known(found) if found else None
    if mark == "." or order == "dmy":
        # With full stops the day comes first wherever such dates are written.
        return _known(day_first)
    if order == "mdy":
        return _known(month_first)
    raise AmbiguousDay(match[0], day_first, month_first)


def _or_none(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _known(day: dt.date) -> dt.date | None:
    """Return a day; None for placeholder dates of programs."""
    if day.year < FIRST_YEAR or day in (dt.date(1900, 1, 1), dt.date(1970, 1, 1)):
        return None
    return day


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    if year in UNKNOWN_YEARS:
        year = 2000
        return dt.date(1, 1, 1) if _or_none(year, month, day) else _refuse(text)
    return _or_none(year, month, day) or _refuse(text)


def _refuse(text: str) -> dt.date:
    raise NoSuchDay(f"`{text.strip(' >*_([')[:40]}` is not a day of the calendar")
