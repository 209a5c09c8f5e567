"""Whether a text describes several contacts, which one line cannot hold: `coffee with Ada 45m; called Bo 10m`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from itertools import combinations

from netnotes.capture.days.day_of_contact import TWO_DAYS
from netnotes.capture.question import Question
from netnotes.capture.understood import Understood
from netnotes.regex import regex

FIELD = "contacts"
"""`Question.field` where a text must be logged in parts: its choices are the parts."""
SEVERAL = "this is more than one contact"
_SENTENCE = regex(r"\s*[;；。！？]\s*|(?<=[.!?])\s+")
_AND = regex(r",?\s(?:and|und|et|y|e|en|och|i|и)\s|\s*[;；。！？，、]\s*|(?<=[.!?])\s+|,\s+", re.IGNORECASE)
_CLAUSE = regex(r"\s*[;；。！？，、]\s*|(?<=[.!?])\s+|,\s+")


def in_parts(found: Understood, today: dt.date, understand: Callable[[str], Understood]) -> Question | None:
    """Return the question about a text whose sentences describe contacts with different people; None if they do not.

    Only if they differ in length, channel or day; between commas only if each has a length, or a day of its own.
    """
    if len(found.people) + len(found.unknown) < 2:
        return None
    if any(asked.problem == TWO_DAYS for asked in found.ask):
        each = [understand(part) for part in _AND.split(found.text) if part.strip()]
        days = {(one.date, *(asked.about for asked in one.ask)) for one in each if one.logged and one.people}
        if len(days) == len(each) > 1:
            return Question(FIELD, found.text, tuple(one.text for one in each), SEVERAL)
    for pattern in (_SENTENCE, _CLAUSE):
        each = [understand(part) for part in pattern.split(found.text) if part.strip()]
        logged = [one for one in each if one.logged and (one.people or one.unknown)]
        if _are_several(logged, today, measured=pattern is _CLAUSE):
            choices = tuple(one.text for one in logged)
            return Question(FIELD, found.text, choices, SEVERAL)
    return None


def _are_several(logged: Sequence[Understood], today: dt.date, *, measured: bool) -> bool:
    people = [{*one.people, *one.unknown} for one in logged]
    if len(logged) < 2 or any(one & other for one, other in combinations(people, 2)):
        return False
    if measured:
        return all(one.minutes for one in logged)
    lengths, channels = {one.minutes for one in logged}, {one.channel for one in logged}
    # A sentence that names no day is of today.
    days = {one.date for one in logged} - {today}
    return any(len(values - {None}) > 1 for values in (lengths, channels, days))
