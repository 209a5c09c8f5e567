"""The dates of one line: the one it begins with, or one inside its sentence. Numeric dates may be one of two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from netnotes.notes import Reference
from netnotes.regex import regex
from netnotes.text.lexicon import dates, days_of_periods
from netnotes.text.lexicon.periods import Period
from netnotes.text.lexicon.words import CHANNELS, Word, fold, listed, numbered

_SIGNS = regex(r"[^\w\[({|]{1,6}\s*")
_AT_END = regex(r"\(((?:[^()\n]{0,12} )?\d[^()\n]{3,30})\)\s*$")
_IN_HEADING = regex(r"(?<!\w)(?=\d|[^\W\d_]{3,12}\.? \d)")
_NUMERIC = regex(r"\W{0,6}[\d./-]{3,10}")
# Digits come before the lookbehind: a pattern that begins with digits is searched for quickly.
_HAS_YEAR = regex(r"(?:19(?<!\d19)|20(?<!\d20))\d\d(?!\d)|\d[./-]\d{1,2}[./-]\d\d(?!\d)")
_INSIDE = regex(
    r"(?<![\w/.:-])(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?![\w/-])|(?:19|20)\d\d年"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.|º)?,?\s(?:of |de |d['’])?[^\W\d_]{3,12}\.?,?\s(?:de |del )?(?:19|20)\d\d(?!\d)"
    r"|[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d(?!\d)"
    r"|\d{1,2}-[^\W\d_]{3,12}-(?:19|20)\d\d(?![\w-]))"
)
_WEEKDAY_LEAD = regex(r"[\s*_]*+(?:([^\W\d_]{1,10})\s)?([^\W\d_]{5,14}(?:-feira)?)(?!\w)[,:]?\s")
_LINKED_DAY = r"\[\[[^\[\]]{0,40}\d{4}\W\d\d\W\d\d[^\[\]]{0,40}\]\]"
_OTHER_DAYS = regex(rf"{_LINKED_DAY}[^\[\]]{{1,40}}{_LINKED_DAY}")
"""Links to the days before and after in the title of a daily note."""
_LONGEST_NEARBY = 24
"""Characters of `the day before yesterday`."""
_LONGEST_BORN = 15
"""Characters before a day that are searched for `born on`."""
DATE_LINE = 7
"""Level of a line that is nothing but a date: it dates the lines below it, up to any heading or the next such line."""
_LONGEST_GAP = 24
"""Characters between a name and a date that is right after it."""
_HEAD = 200
"""Characters of a line that are searched for a date at its beginning."""
_LONGEST = 2_000
"""Characters of a line that are searched for dates."""


class LineDate(NamedTuple):
    """The dates of one line."""

    date: dt.date | None
    """The date that the line starts with; in a heading, anywhere."""
    end: int
    """Where the rest of the line begins."""
    choices: tuple[dt.date, ...] = ()
    """Day first and month first, if the line starts with a numeric date that may be either."""
    inside: tuple[dt.date, ...] = ()
    """The first date within a line that does not start with one: one day, or the two that it may be."""
    order: dates.Order | None = None
    """The order of day and month that a numeric date proves."""
    inside_at: int = -1
    """Where the date within the line begins; -1: there is none."""

    def inside_of(self, task: str | None, names: Sequence[Reference]) -> tuple[dt.date, ...]:
        """Return the date within a line; of a task only one right after a name: not `send Ada the plan for 14 May`."""
        return self.inside if task is None or any(name.dated for name in names) else ()


def of_line(
    text: str,
    begin: int,
    number: int,
    faults: list[tuple[int, str]],
    *,
    heading: bool,
    task: bool,
    period: Period | None = None,
) -> LineDate:
    """Return the dates of a line whose words begin at `begin`; an impossible one is added to `faults`."""
    head = text[begin : begin + _HEAD]
    found = LineDate(None, begin)
    if heading and _OTHER_DAYS.search(head):
        return found
    try:
        found = _leading(text, head, begin, heading=heading, task=task, period=period)
    except dates.AmbiguousDay as error:
        numeric = _NUMERIC.match(head)
        end = begin + (numeric.end() if numeric else 0)
        if order := dates.proven_order((head,)):
            return LineDate(error.day_first if order == "dmy" else error.month_first, end, order=order)
        return LineDate(None, end, (error.day_first, error.month_first))
    except dates.NoSuchDay as error:
        faults.append((number, str(error)))
        return found
    if found.date is None and not heading and "::" not in text and _HAS_YEAR.search(text, begin, _LONGEST):
        inside, at = _inside(text[begin:_LONGEST])
        return found._replace(inside=inside, inside_at=begin + at) if inside else found
    order = dates.proven_order((head[: found.end - begin],)) if found.date and found.end > begin else None
    return found._replace(order=order) if order else found


def _leading(text: str, head: str, begin: int, *, heading: bool, task: bool, period: Period | None) -> LineDate:
    signs = _SIGNS.match(head)
    for at in (0, signs.end()) if signs else (0,):
        if found := dates.lead(head[at:]):
            return LineDate(found.date, begin + at + found.end)
    if heading and (within := _in_heading(head)):
        return LineDate(within[0], begin + within[1])
    if not heading and not task and (last := _AT_END.search(text[-60:])) and (found := dates.lead(last[1])):
        return LineDate(found.date, begin)
    if period and period.numbered and not task and not heading and (day := days_of_periods.numbered_day(period, text)):
        return LineDate(day.date, day.end)
    if period and not task and (day := days_of_periods.day_in(period, head, whole=heading or head.startswith("**"))):
        return LineDate(day.date, begin + day.end, order=day.order)
    return LineDate(None, begin)


def _in_heading(head: str) -> tuple[dt.date, int] | None:
    """Return the date found anywhere in a heading, and where it ends."""
    if not any(char.isdigit() for char in head):
        return None
    if day := dates.in_name(head.strip(" #*_[]")):
        return day, len(head)
    for place in _IN_HEADING.finditer(head):
        if found := dates.lead(head[place.start() :]):
            return found.date, place.start() + found.end
    return None


def _inside(text: str) -> tuple[tuple[dt.date, ...], int]:
    """Return the first date within a text: one day, or the two that it may be, and where it begins."""
    if any(word.strip(".,;:()*") in _life_words() for word in fold(text).split()):
        return (), -1
    for place in _INSIDE.finditer(text):
        if _is_birth(text[max(0, place.start() - _LONGEST_BORN) : place.start()]):
            continue
        try:
            found = dates.lead(text[place.start() :])
        except dates.AmbiguousDay as error:
            return (error.day_first, error.month_first), place.start()
        except dates.NoSuchDay:
            continue
        if found:
            return (found.date,), place.start()
    return (), -1


def is_right_after(text: str, end: int, at: int) -> bool:
    """Return whether the date at `at` is right after a name that ends at `end`: only `on` or a weekday is between."""
    if not 0 <= at - end <= _LONGEST_GAP:
        return False
    words = fold(text[end:at]).replace("[", " ").replace(",", " ").replace("(", " ").split()
    return all(word in listed("on") or word in numbered("weekdays") for word in words)


def _is_birth(before: str) -> bool:
    """Return whether the words before a day say that somebody was born on it: `b. 4 May 2004`."""
    words = fold(before).replace(".", " ").replace(":", " ").split()
    born = born_words()
    return any(" ".join(words[-count:]) in born for count in (1, 2))


@lru_cache(maxsize=1)
def _life_words() -> frozenset[str]:
    """Return words of a biography in one sentence, whose dates are not contacts: `born`, `décédé`, `†`."""
    return listed("life dates") | {"†"}


@lru_cache(maxsize=1)
def born_words() -> frozenset[str]:
    """Return the words before a birthday, folded and without full stops: `born`, `geb`, `né le`."""
    return frozenset(word.rstrip(".") for word in listed("born"))


def holds_day(text: str) -> bool:
    """Return whether a line holds a date with a year anywhere, a birthday too; what is in a path or address is none."""
    return _INSIDE.search(text, 0, _LONGEST) is not None


def days_ago(text: str, begin: int, words: Sequence[Word]) -> int:
    """Return 1 for yesterday, 2 for the day before, -1 to -7 for the last Monday to Sunday, 0 for the day itself."""
    kinds = {word.kind for word in words}
    if "before yesterday" in kinds:
        return 2
    return 1 if "yesterday" in kinds else _weekday(text, begin, words)


def is_day_nearby(text: str) -> bool:
    """Return whether a text is `Yesterday` or `Today`, and nothing else."""
    return 0 < len(text) <= _LONGEST_NEARBY and fold(text) in _days_nearby()


@lru_cache(maxsize=1)
def _days_nearby() -> frozenset[str]:
    return listed("yesterday") | listed("before yesterday") | listed("today")


def _weekday(text: str, begin: int, words: Sequence[Word]) -> int:
    """Return -1 to -7 for a contact line that begins with Monday to Sunday: `On Friday met Ada`; else 0."""
    match = _WEEKDAY_LEAD.match(text, begin)
    if match is None or not any(word.kind in CHANNELS for word in words):
        return 0
    lead = fold(match[1]) if match[1] else ""
    number = numbered("weekdays").get(fold(match[2]))
    return -number if number and (not lead or lead in listed("on") or lead in listed("last")) else 0
