"""Put days, counts and names into words. Computes nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from netnotes.model import Person
from netnotes.notes import Problem

TIE_WORDS = ("deep", "shallow", "thin")
WARMTH_WORDS = ("warm", "cooling", "dormant")
"""The words for warmth, the warmest first."""

_PROPERTY = re.compile(r"`([a-z_]+):(?: \[([^`\]]*)\]| ([^`:]*))?`")
"""A property in words to the user, with its value or without: `type: person`."""


def in_syntax_of(app: str, text: str) -> str:
    """Return words with properties as users of the app write them: `type:: person` in Logseq."""
    if app != "logseq":
        return text
    return _PROPERTY.sub(lambda found: f"`{found[1]}:: {found[2] or found[3] or ''}".rstrip() + "`", text)


def problems_for(app: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems with properties in the syntax of the vault's app; what a plugin reports stays as it is."""
    for problem in problems:
        if app != "logseq" or problem.plugin is not None:
            yield problem
        else:
            hint = in_syntax_of(app, problem.hint) if problem.hint else None
            yield replace(problem, message=in_syntax_of(app, problem.message), hint=hint)


def shorten(value: object, most: int = 60) -> str:
    """Return a property's value on one line, cut if it is longer than `most`: text in a note may be of any length.

    .. versionadded:: 0.1
    """
    text = " ".join(str(value).split())
    return text if len(text) <= most else f"{text[:most]}…"


def value_words(value: object) -> str:
    """Return a score's value as text: names for people, commas between several."""
    if isinstance(value, Person):
        return value.name
    if isinstance(value, tuple | list):
        return ", ".join(map(value_words, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def value_json(value: object) -> object:
    """Return the value of a score or a cell for JSON: names for people, a list for several."""
    if isinstance(value, Person):
        return value.name
    return [*map(value_json, value)] if isinstance(value, Sequence) and not isinstance(value, str) else value


def pluralize(number: int, what: str, several: str | None = None) -> str:
    """Return `1 day`, `3 days`.

    .. versionadded:: 0.1
    """
    return f"{number:,} {what if number == 1 else several or what + 's'}"


def times_words(times: int) -> str:
    """Return `once`, `twice`, `3 times`.

    .. versionadded:: 0.1
    """
    return {1: "once", 2: "twice"}.get(times, f"{times:,} times")


def join_names(names: Iterable[str | Person], most: int = 3) -> str:
    """Return `Ada`, `Ada and Bo`, `Ada, Bo, Cy and 4 more`; no more than `most` names.

    .. versionadded:: 0.1
    """
    texts = [name.name if isinstance(name, Person) else name for name in names]
    if len(texts) > most:
        return f"{', '.join(texts[:most])} and {len(texts) - most:,} more"
    return f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else "".join(texts)


def duration_words(days: int) -> str:
    """Return a number of days in a fitting unit: `9 days`, `5 weeks`, `7 months`, `2 years`.

    .. versionadded:: 0.1
    """
    for unit, length, least in (("year", 365.25, 720), ("month", 30.44, 75), ("week", 7, 28)):
        if days >= least:
            return pluralize(round(days / length), unit)
    return pluralize(days, "day")


def day_words(day: dt.date, today: dt.date) -> str:
    """Return a day as seen from `today`: `today`, `tomorrow`, `Friday`, `3 July`, `3 July 2027`.

    .. versionadded:: 0.1
    """
    ahead = (day - today).days
    if ahead in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[ahead + 1]
    if 1 < ahead < 7:
        return WEEKDAYS[day.weekday()]
    date = f"{day.day} {MONTHS[day.month - 1]}"
    return date if abs(ahead) < 183 else f"{date} {day.year}"


def every_words(days: int) -> str:
    """Return how often something is: `daily`, `weekly`, `monthly`, `every 10 days`, `every 5 weeks`.

    .. versionadded:: 0.1
    """
    named = {1: "daily", 7: "weekly", 14: "every two weeks", 30: "monthly", 31: "monthly", 365: "yearly"}
    return named.get(days) or f"every {duration_words(days)}"


def ago_words(day: dt.date, today: dt.date) -> str:
    """Return how long ago a day is: `today`, `yesterday`, `3 days ago`, `4 months ago`; a day to come is `3 July`.

    .. versionadded:: 0.1
    """
    days = (today - day).days
    return f"{duration_words(days)} ago" if days > 1 else day_words(day, today)


def due_words(day: dt.date, today: dt.date) -> str:
    """Return when something is due: `today`, `tomorrow`, `in 6 days`, `in 3 months`, `12 days late`."""
    ahead = (day - today).days
    if ahead < 0:
        return f"{duration_words(-ahead)} late"
    return f"in {duration_words(ahead)}" if ahead > 1 else day_words(day, today)


def short_day(day: dt.date, today: dt.date) -> str:
    """Return a day in few letters: `today`, `tomorrow`, `Friday`, `3 Jul`, `3 Jul 2027`."""
    if -1 <= (day - today).days < 7:
        return day_words(day, today)
    date = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return date if abs((day - today).days) < 183 else f"{date} {day.year}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""English in every locale, like the rest of the output."""
