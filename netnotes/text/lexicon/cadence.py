"""How often people want to be in touch, as they write it: `weekly`, `every two weeks`, `30d`, `never`."""

from __future__ import annotations

from netnotes.regex import regex
from netnotes.text.lexicon.words import fold, listed, numbered

NEVER = 0
"""The cadence of people who are not to be contacted."""
MOST_DAYS = 3650
_UNITS = (("day", 1), ("week", 7), ("month", 30), ("year", 365))
_SHORT = {"d": 1, "w": 7, "m": 30, "q": 91, "y": 365, "quarter": 91, "quarters": 91, "quartal": 91, "trimestre": 91}
_LONGEST = 40
_FORM = regex(r"(?:(\d{1,4})[ -]?|([^\W\d_]+)[ -])?([^\W\d_]+)\.?")


def read(value: object) -> int | None:
    """Return the days between contacts in a property, 1-3,650; NEVER for `never`; None if it is not a cadence."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = " ".join(fold(str(value).strip()).split())
    if len(text) > _LONGEST or not text:
        return None
    if text in listed("cadence never"):
        return NEVER
    if text in numbered("cadence names"):
        return numbered("cadence names")[text]
    if text.isascii() and text.isdigit():
        return _within(int(text))
    for every in sorted(listed("cadence every"), key=len, reverse=True):
        if text.startswith(every + " "):
            text = text.removeprefix(every).strip()
            break
    words = text.split()
    if len(words) == 2 and words[0] in listed("cadence other"):
        return _within(2 * (_unit(words[1]) or 0))
    match = _FORM.fullmatch(text)
    if not match:
        return None
    count = int(match[1]) if match[1] else numbered("numbers").get(match[2], 0) if match[2] else 1
    return _within(count * (_unit(match[3]) or 0))


def _unit(word: str) -> int | None:
    if word in _SHORT:
        return _SHORT[word]
    return next((days for name, days in _UNITS if word in listed(name)), None)


def _within(days: int) -> int | None:
    return days if 1 <= days <= MOST_DAYS else None
