"""Rules of vCalendar 1.0, which phones of the 1990s and 2000s wrote, as rules of RFC 5545. Expands nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

_RULE = re.compile(r"(D|W|MP|MD|YM|YD)(\d{1,4})")
_TIMES = re.compile(r"#(\d{1,6})")
_MOMENT = re.compile(r"\d{8}(?:T\d{4,6}Z?)?")
_CLOCK = re.compile(r"\d{4}\$?")
_POSITION = re.compile(r"([1-5])([+-])")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})([+-]?)")
_FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "MP": "MONTHLY", "MD": "MONTHLY", "YM": "YEARLY", "YD": "YEARLY"}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_USUAL_TIMES = 2
"""How often a rule comes that does not say it."""


def is_old_rule(rule: str) -> bool:
    """Return whether a rule is written in the way of vCalendar 1.0: `W1 MO #10`."""
    return _RULE.match(rule.strip().upper()) is not None


def modern_rule(rule: str, start: dt.date) -> str:
    """Return a rule of vCalendar 1.0 as one of RFC 5545: `FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;COUNT=10` for `W1 MO #10`.

    Times of day are left out, since the entry has its own. Raises ValueError for rules within rules, which no meeting
    has.
    """
    head, *parts = rule.upper().split()
    found = _RULE.fullmatch(head)
    if not found:
        raise ValueError(rule)
    end = f"COUNT={_USUAL_TIMES}"
    if parts and (times := _TIMES.fullmatch(parts[-1])):
        end = f"COUNT={int(times[1])}" if int(times[1]) else ""
        parts.pop()
    elif parts and _MOMENT.fullmatch(parts[-1]):
        end = f"UNTIL={parts.pop()}"
    kind = found[1]
    days = [part.rstrip("$") for part in parts if not _CLOCK.fullmatch(part)]
    which = ",".join(_by_kind(kind, days, start))
    name = {"W": "BYDAY", "MP": "BYDAY", "MD": "BYMONTHDAY", "YM": "BYMONTH", "YD": "BYYEARDAY"}.get(kind)
    by = f"{name}={which}" if name and which else ""
    return ";".join(filter(None, (f"FREQ={_FREQUENCIES[kind]}", f"INTERVAL={int(found[2]) or 1}", by, end)))


def _by_kind(kind: str, days: Sequence[str], start: dt.date) -> Iterator[str]:
    """Yield the days or months that a rule names, as RFC 5545 writes them. Raises ValueError."""
    if kind == "D":
        if days:
            raise ValueError(days)
    elif kind == "W":
        for day in days:
            yield _WEEKDAYS[_WEEKDAYS.index(day)]
    elif kind == "MP":
        yield from _by_position(days or [f"{(start.day - 1) // 7 + 1}+", _WEEKDAYS[start.weekday()]])
    elif kind == "MD":
        for day in days:
            found = _DAY_OF_MONTH.fullmatch("1-" if day == "LD" else day)
            if not found:
                raise ValueError(day)
            yield f"{'-' * (found[2] == '-')}{int(found[1])}"
    else:
        yield from (str(int(day)) for day in days)


def _by_position(days: Sequence[str]) -> Iterator[str]:
    """Yield `1MO` and `-1FR` for `1+ MO 1- FR`; several positions before a weekday all go with it."""
    positions: list[str] = []
    is_open = False
    for day in days:
        if found := _POSITION.fullmatch(day):
            positions = [*(positions if is_open else ()), f"{'-' * (found[2] == '-')}{found[1]}"]
            is_open = True
            continue
        is_open = False
        if not positions:
            raise ValueError(day)
        yield from (f"{position}{_WEEKDAYS[_WEEKDAYS.index(day)]}" for position in positions)
