"""Dates within day phrases: with a year, `3 May`, `22/04`, `the 27th`, and the days that they mean, seen from today.

Each rule yields what may begin at a token.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from netnotes.dates import add_days
from netnotes.lazy_dataclass import dataclass
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.phrase_words import MONTH, ORDINAL, SHORT_WEEKDAY, UNITS, WEEKDAY, PhraseWords, Token
from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, WIDE_LANGUAGES, listed, numbered

WEEKDAYS = (WEEKDAY, SHORT_WEEKDAY)
_DAY_SIGNS = ("号", "號", "日")
_NO_DAYS = ("线", "線", "楼", "樓", "门", "門", "院", "店", "间", "間", "前", "後", "后", "目", "ふり", "ぶり", "連")
"""What follows a number and a sign for a day that is no day of a month: `4号线`, `4日間`."""
FILLERS = ("on", "of")
_WHICH_ORDER = "day or month first?"
NO_SUCH_DAY = "there is no such day"
_ALL_THE_TIME = (24, 7)
"""`24/7` is not a date."""
_TILL = ("to", "till", "til", "until", "bis", "a", "à", "al", "tot", "do", "до", "às", "alle")
"""Words between two hours."""
_YEARS = 8
"""Most years to the next 29 February."""
_MONTHS = 4
"""How many months back and ahead are searched for a day of the month."""


class Reading(NamedTuple):
    """One possible reading, up to the token `end`; the other fields are those of a `DayPhrase`."""

    end: int
    date: dt.date | None = None
    upcoming: dt.date | None = None
    choices: tuple[dt.date, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules read from: a text in one language, seen from today."""

    text: str
    tokens: Sequence[Token]
    words: PhraseWords
    today: dt.date
    order: Order | None
    """Which comes first in numeric dates, day or month; None: unknown."""


def with_year(context: Context, at: int) -> Iterator[Reading]:
    """Read `2026-03-01`, `Sunday, March 8th 2026`, `31.10.74`."""
    tokens = context.tokens
    start = tokens[at].start
    if start and context.text[start - 1] in "/-.0123456789":
        return
    try:
        found = dates.lead(context.text[start:], context.order)
    except dates.AmbiguousDay as error:
        yield Reading(_after_figures(tokens, at), choices=(error.day_first, error.month_first), problem=_WHICH_ORDER)
    except dates.NoSuchDay:
        yield Reading(_after_figures(tokens, at), problem=NO_SUCH_DAY)
    else:
        if found and (found.start == 0 or context.words.first(at, *WEEKDAYS)):
            end = next((place for place, one in enumerate(tokens) if one.start >= start + found.end), len(tokens))
            yield checked(context, at, Reading(end, found.date))


def _after_figures(tokens: Sequence[Token], at: int) -> int:
    end = at + 1
    while end < len(tokens) and (tokens[end].text.isdecimal() or tokens[end].text in "/-._"):
        end += 1
    return end


def checked(context: Context, at: int, found: Reading) -> Reading:
    """Return a reading, with a problem if it begins with a weekday that its day is not."""
    weekday = context.words.first(at, *WEEKDAYS)
    if weekday is None or found.date is None or found.date.isoweekday() == weekday[0]:
        return found
    return Reading(found.end, choices=(found.date,), problem=f"{found.date.isoformat()} is another weekday")


def month_day(context: Context, at: int) -> Iterator[Reading]:
    """Read `3 May`, `Oct. 2`, `2-Out`, `2 de octubre`, `Oct2`, `3月5日`, `trzeciego marca`."""
    words = context.words
    if number := words.figure(at) or words.first(at, ORDINAL):
        place = words.sign(words.skip(number[1], "ordinal endings"), "-/.")
        if not _is_inside_number(context, at) and (month := words.first(words.skip(place, *FILLERS), MONTH)):
            yield _without_year(context, words.sign(month[1], "."), month[0], number[0])
    for month in words.at(at, MONTH):
        place = words.sign(words.sign(month[1], "."), "-/")
        number = words.figure(words.skip(place, *FILLERS))
        if number is None:
            continue
        end = words.skip(number[1], "ordinal endings")
        with_sign = words.sign(end, "日号號") if words.language in WIDE_LANGUAGES else end
        if with_sign > end or not is_measured(context, end):
            end = with_sign
            yield _without_year(context, end, month[0], number[0])


def _without_year(context: Context, end: int, month: int, day: int) -> Reading:
    past, coming = without_year(context.today, month, day)
    return Reading(end, past, coming) if past or coming else Reading(end, problem=NO_SUCH_DAY)


def numeric(context: Context, at: int) -> Iterator[Reading]:
    """Read `22/04`, `15.1.` and `28.05,`, and after a word such as `on` also `4-22` and `17 del 11`."""
    words, tokens = context.words, context.tokens
    first = words.figure(at)
    if not first or _is_inside_number(context, at):
        return
    mark = tokens[first[1]].text if first[1] < len(tokens) else ""
    spelled = words.first(first[1], "of")
    second = words.figure(spelled[1] if spelled else words.sign(first[1], "/-."))
    if not second or (not spelled and mark not in ("/", "-", ".")) or (first[0], second[0]) == _ALL_THE_TIME:
        return
    end = words.sign(second[1], ".") if mark == "." else second[1]
    dotted, last = end > second[1], end == len(tokens)
    alone = at == 0 and (last or mark == "/")
    dotted = dotted or (mark == "." and _is_day_with_point(context, at, second[1]))
    ends = last or tokens[end].text == "," or tokens[end].text in listed("with")
    if not (alone or dotted or (ends and mark == "/") or words.is_preceded_by(at, "on")):
        return
    if not is_measured(context, end) and words.sign(end, "/-") == end:
        yield _of_two_numbers(context, end, first[0], second[0], by_dots=mark == ".")


def _is_day_with_point(context: Context, at: int, end: int) -> bool:
    """Return whether `28.05` is a day, set apart in a text that is not English; not `um 12.05`, a time."""
    tokens = context.tokens
    month = tokens[end - 1].text
    if context.words.language == "en" or len(month) != 2 or not 1 <= int(month) <= 12:
        return False
    if at and tokens[at - 1].end + 2 > tokens[at].start and tokens[at - 1].text in listed("before a time of day"):
        return False
    return end == len(tokens) or tokens[end].text in ",;)" or tokens[end].start - tokens[end - 1].end > 1


def _of_two_numbers(context: Context, end: int, first: int, second: int, *, by_dots: bool) -> Reading:
    day_first = _without_year(context, end, second, first)
    month_first = _without_year(context, end, first, second)
    if not month_first.date or first == second or context.order == "dmy" or (by_dots and day_first.date):
        return day_first
    if not day_first.date or context.order == "mdy":
        return month_first
    choices = tuple(found.date for found in (day_first, month_first) if found.date)
    return Reading(end, choices=choices, problem=_WHICH_ORDER)


def ordinal(context: Context, at: int) -> Iterator[Reading]:
    """Read `the 27th`, `de 15e`, `den 21:a`."""
    words, tokens = context.words, context.tokens
    number = words.figure(at)
    ending = words.first(number[1], "ordinal endings") if number and not _is_inside_number(context, at) else None
    if not number or not ending or not 1 <= number[0] <= 31 or tokens[at].end < tokens[at + 1].start:
        return
    end = ending[1]
    follows = end < len(tokens) and tokens[end].text[0].isalnum()
    if follows and tokens[end].text not in listed("common", frozenset({words.language})):
        # `the 2nd coffee` is not a day.
        return
    ends = end >= len(tokens) or tokens[end].text in ",;"
    after_article = bool(at) and ends and words.is_preceded_by(at, "of")
    if words.is_preceded_by(at, "on") or words.skip(0, *FILLERS) == at or after_article:
        yield Reading(end, *of_month(context.today, number[0]))


def numbered_day(context: Context, at: int) -> Iterator[Reading]:
    """Read the Chinese `4号` and the Japanese `4日に`; not `4号线`, `4日間`, `3月4日`."""
    words, tokens = context.words, context.tokens
    number = words.figure(at) if words.language in WIDE_LANGUAGES else None
    if not number or not 1 <= number[0] <= 31 or number[1] >= len(tokens) or _is_inside_number(context, at):
        return
    sign, following = tokens[number[1]].text, "".join(token.text for token in tokens[number[1] + 1 : number[1] + 3])
    if sign in _DAY_SIGNS and not following.startswith(_NO_DAYS) and not (at and tokens[at - 1].text == "月"):
        yield Reading(number[1] + 1, *of_month(context.today, number[0]))


def after_article(context: Context, at: int) -> Iterator[Reading]:
    """Read `le 5`, `el 12`, `no dia 3`: the article of a day, and a number that counts nothing."""
    words, tokens = context.words, context.tokens
    article = words.first(at, "article of a day")
    number = words.figure(article[1]) if article else None
    if not article or not number or not 1 <= number[0] <= 31 or is_measured(context, number[1]):
        return
    end = number[1]
    following = tokens[end] if end < len(tokens) else None
    if any(True for rule in (month_day, numeric) for _ in rule(context, article[1])):
        return
    if end + 1 < len(tokens) and tokens[end].text.isalpha() and tokens[end + 1].text.isdecimal():
        # `le 5 à 7` is a reception.
        return
    set_apart = following is None or following.start - tokens[end - 1].end > 1 or following.text in ",;)"
    begins = (at == 0 or tokens[at - 1].text in ",;.") and number[0] > 1
    counts_nothing = begins and following and following.text.isalpha() and not _may_go_on(context, end)
    if set_apart or counts_nothing or (following and following.text in _after_a_day(words.language)):
        yield Reading(end, *of_month(context.today, number[0]))


def _may_go_on(context: Context, at: int) -> bool:
    """Return whether a date may go on at a token: `le 28 février`, `il 28 di maggio`, `el 28 hace un año`."""
    word = context.tokens[at].text
    calendar = word in numbered("months") or word in numbered("weekdays") or word in numbered("ordinals")
    return calendar or any(word in listed(kind) for kind in ("of", "last", "next", "this", "before a length", "ago"))


@lru_cache(maxsize=len(LANGUAGES))
def _after_a_day(language: str) -> frozenset[str]:
    """Return the words after `le 5` that it cannot count: `le 5 au café`, `el 5 quedé con Ada`."""
    return frozenset().union(*(listed(kind, frozenset({language})) for kind in ("common", "part of day", *CHANNELS)))


def is_measured(context: Context, at: int) -> bool:
    """Return whether what follows a number makes it a length, a time of day or a fraction: `h`, `:30`."""
    tokens = context.tokens
    if at >= len(tokens):
        return False
    token = tokens[at]
    # Not in `the 7th, 2h`.
    figures = at + 1 < len(tokens) and tokens[at + 1].text.isdecimal() and tokens[at + 1].start == token.end
    glued = token.start == tokens[at - 1].end and token.text.isalpha()
    return glued or token.text in _units() or token.text == "%" or (figures and token.text in ":/,")


def is_time(context: Context, at: int) -> bool:
    """Return whether a time of day, or hours from one to another, begins at a token: `18:00`, `9pm`, `8-9`."""
    tokens = context.tokens
    hour, signs = context.words.figure(at), tokens[at + 1 : at + 3]
    if hour is None or hour[0] > 24 or not signs or signs[0].start > tokens[at].end + 1:
        return False
    if signs[0].text in ("am", "pm", "a", "p", "h", "uhr", "u"):
        return True
    minutes = len(signs) > 1 and signs[1].text.isdecimal()
    if signs[0].text in _TILL and minutes:
        # `fri 6 to 9`
        return True
    if signs[0].text in ":." and minutes and len(signs[1].text) == 2:
        return signs[0].text == ":" or int(signs[1].text) > 12
    a_month = context.words.first(context.words.skip(at + 3, *FILLERS), MONTH)
    return signs[0].text in "-–" and minutes and not a_month


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    """Return the units of time of all languages."""
    return frozenset(word for unit in UNITS for word in listed(unit))


def _is_inside_number(context: Context, at: int) -> bool:
    """Return whether a number is part of something else: `1 1/2`, `v1.2`, `10:30`."""
    if not at:
        return False
    before = context.tokens[at - 1]
    glued = before.end == context.tokens[at].start and before.text not in "([,"
    return glued or before.text.isdecimal()


def latest_weekday(today: dt.date, weekday: int) -> dt.date:
    """Return the last day before `today` with a weekday, 1-7."""
    return add_days(today, -((today.isoweekday() - weekday) % 7 or 7))


def coming_weekday(today: dt.date, weekday: int) -> dt.date:
    """Return the first day after `today` with a weekday, 1-7."""
    return add_days(today, (weekday - today.isoweekday()) % 7 or 7)


def weekday_of_week(today: dt.date, weekday: int, weeks: int) -> dt.date:
    """Return the day with a weekday, 1-7, of the week that is so many weeks after this one."""
    return add_days(today, weekday - today.isoweekday() + 7 * weeks)


def shifted(today: dt.date, lengths: Iterable[tuple[int, str]], sign: int) -> dt.date | None:
    """Return the day that is some lengths, such as (3, `week`), before `today` (sign -1) or after it (1).

    Units: minute, hour, day, week, fortnight, month, year. A month without that day counts with its last
    day. None where the calendar ends.
    """
    day = today
    for count, unit in lengths:
        if unit in ("month", "year"):
            months = day.year * 12 + day.month - 1 + sign * count * (12 if unit == "year" else 1)
            if not 12 <= months < 12 * 10_000:
                return None
            day = next(chain.from_iterable(_valid(months, number) for number in range(day.day, 0, -1)))
        else:
            day = add_days(day, sign * count * {"fortnight": 14, "week": 7, "day": 1}.get(unit, 0))
    return day


def without_year(today: dt.date, month: int, day: int) -> tuple[dt.date | None, dt.date | None]:
    """Return the latest such day not after `today` and the first one after it; None for each that there is not."""
    days = [
        found
        for year in range(today.year - _YEARS, today.year + _YEARS + 1)
        for found in _valid(year * 12 + month - 1, day)
    ]
    return _around(today, days) if 1 <= month <= 12 else (None, None)


def of_month(today: dt.date, day: int) -> tuple[dt.date | None, dt.date | None]:
    """Return the latest day of that number not after `today` and the first one after it."""
    this = today.year * 12 + today.month - 1
    return _around(today, [found for month in range(this - _MONTHS, this + _MONTHS) for found in _valid(month, day)])


def _around(today: dt.date, days: list[dt.date]) -> tuple[dt.date | None, dt.date | None]:
    return (
        max((day for day in days if day <= today), default=None),
        min((day for day in days if day > today), default=None),
    )


def _valid(months: int, day: int) -> Iterator[dt.date]:
    """Yield the day of a month counted from the year 0, if there is one."""
    try:
        yield dt.date(months // 12, months % 12 + 1, day)
    except ValueError:
        return
