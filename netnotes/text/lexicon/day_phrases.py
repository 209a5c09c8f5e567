"""Days as people say them: `last Tuesday`, `vor zwei Wochen`, `le 3 mai`, `Saturday the 23rd`, `三天前`.

A fixed grammar over the words of the tables, in every language. It does not guess: an ambiguous phrase has no date, but
says what to ask. It does not know people: a phrase such as `Sunday` may be a name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from netnotes.dates import add_days
from netnotes.regex import regex
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.ends_of_periods import end_of_period, end_of_week
from netnotes.text.lexicon.languages_of_text import count_common
from netnotes.text.lexicon.phrase_dates import (
    FILLERS,
    WEEKDAYS,
    Context,
    Reading,
    after_article,
    checked,
    coming_weekday,
    is_measured,
    is_time,
    latest_weekday,
    month_day,
    numbered_day,
    numeric,
    of_month,
    ordinal,
    shifted,
    weekday_of_week,
    with_year,
    without_year,
)
from netnotes.text.lexicon.phrase_weekdays import SHORT_UNITS, WHICH, is_set_apart, part_of_day, which_after, which_of
from netnotes.text.lexicon.phrase_words import (
    AWAY,
    FIXED_DAY,
    MONTH,
    SHORT_WEEKDAY,
    UNITS,
    WEEKDAY,
    PhraseWords,
    tokens_of,
)
from netnotes.text.lexicon.typing_mistakes import with_days_respelled
from netnotes.text.lexicon.words import LANGUAGES, WIDE_LANGUAGES, has_wide, listed

_YEAR = regex(r"(?:19|20)\d\d")
_WHICH_DAY = "on which day?"
_NO_ARTICLE = ("pl", "ru")
"""Languages in which `week ago`, without a number, means one week."""
_ONLY_AFTER = ("passe", "passee", "passato", "passata")
"""Words for `last` that are verbs before a weekday, folded: `samedi passé`, but `Rémi passe samedi`."""
_LONGEST = 500
"""Characters of a text that are read."""


class DayPhrase(NamedTuple):
    """Words that name a day."""

    start: int
    end: int
    date: dt.date | None = None
    """The day meant: the latest not after today, unless the words say otherwise; None: the user must be asked."""
    upcoming: dt.date | None = None
    """The day meant if the sentence is about the future: the first after today; None if only `date` is possible."""
    choices: tuple[dt.date, ...] = ()
    """Possible days, if the user must be asked."""
    problem: str | None = None
    """Why the user must be asked."""


def read(
    text: str, today: dt.date, order: Order | None = None, languages: frozenset[str] = frozenset(LANGUAGES)
) -> DayPhrase | None:
    """Return the meaning of a text that is nothing but a day phrase; None if it is not one. See `find`."""
    found = (
        find(text, today, order, languages)
        or [each for code in LANGUAGES if code in languages for each in find(text, today, order, frozenset({code}))][:1]
    )
    if len(found) != 1:
        return None
    fillers = {word for kind in FILLERS for word in listed(kind, languages)}
    rest = tokens_of(text[: found[0].start] + " " + text[found[0].end :])
    return found[0] if all(token.text in fillers or not token.text[0].isalnum() for token in rest) else None


def find(
    text: str, today: dt.date, order: Order | None = None, languages: frozenset[str] = frozenset(LANGUAGES)
) -> list[DayPhrase]:
    """Return the day phrases of a text in their order; of two that overlap, the earlier, then the longer one.

    `order` decides numeric dates whose day and month can be exchanged. If the text's common words show its language,
    only that one of `languages` counts; English is always read.
    """
    text = text[:_LONGEST]
    own = _own(text, languages) | {"en"}
    tokens = with_days_respelled(tokens_of(text), own)
    contexts = [Context(text, tokens, PhraseWords(tokens, code), today, order) for code in LANGUAGES if code in own]
    found: list[DayPhrase] = []
    at = 0
    while at < len(tokens):
        readings = (reading for context in contexts for reading in _all_from(context, at))
        # `voor het weekend`, where `weekend` is also English
        best = max(readings, key=lambda reading: (reading.end, reading.upcoming is not None), default=None)
        if best is None:
            at += 1
            continue
        found.append(DayPhrase(tokens[at].start, tokens[best.end - 1].end, *best[1:]))
        at = best.end
    return found


def _own(text: str, languages: frozenset[str]) -> frozenset[str]:
    """Return the languages that a text may be in: all, unless its common words show the language."""
    if not has_wide(text):
        languages = languages.difference(WIDE_LANGUAGES)
    counts = {code: count for code, count in count_common(text).items() if code in languages}
    most = max(counts.values(), default=0)
    return frozenset(code for code, count in counts.items() if count > most / 2) if most > 1 else languages


def _all_from(context: Context, at: int) -> Iterator[Reading]:
    """Yield every reading that begins at a token. A word right after `with` is a person."""
    if context.words.is_preceded_by(at, "company") and not context.tokens[at].text.isdecimal():
        return
    for rule in (
        with_year,
        _away,
        _weekday,
        _by_week,
        _ago,
        _ahead,
        _weekdays_ago,
        month_day,
        numeric,
        ordinal,
        numbered_day,
        after_article,
        _fixed,
        _vague,
        end_of_period,
    ):
        yield from rule(context, at)


def _away(context: Context, at: int) -> Iterator[Reading]:
    """Read `yesterday`, `gestern Abend`, `avant-hier`, `heute vor einer Woche`."""
    if found := context.words.first(at, AWAY):
        yield Reading(part_of_day(context, found[1]), add_days(context.today, found[0]))
        if found[0] == 0:
            yield from _ago(context, found[1])


def _fixed(context: Context, at: int) -> Iterator[Reading]:
    """Read `New Year's Eve`, `an Heiligabend`, `大晦日`: the same day each year."""
    if found := context.words.first(at, FIXED_DAY):
        past, coming = without_year(context.today, *divmod(found[0], 100))
        yield Reading(part_of_day(context, found[1]), past, coming)


def _weekday(context: Context, at: int) -> Iterator[Reading]:
    """Read `Tuesday`, `last Tuesday`, `martes pasado`, `Tuesday of last week`, `Friday the 23rd`, `Mi vor 2 Wochen`."""
    words, today = context.words, context.today
    which, place = (None, at) if context.tokens[at].text in _ONLY_AFTER else which_of(context, at)
    day = words.first(words.skip(place, *FILLERS) if which else at, *WEEKDAYS)
    if not day:
        return
    weekday, end = day
    if which:
        date = _of_week(today, weekday, which, exact=words.language in WIDE_LANGUAGES)
        yield Reading(part_of_day(context, end), date)
        return
    if words.first(at, SHORT_WEEKDAY):
        end = words.sign(end, ".")
    yield from _weekday_and_date(context, weekday, at, end)
    if not words.first(at, WEEKDAY) and not is_set_apart(context, at, end):
        return
    later, place = which_of(context, words.skip(end, *FILLERS))
    if later:
        week = words.first(words.skip(place, *FILLERS), "week")
        date = _of_week(today, weekday, later, exact=bool(week))
        yield Reading(part_of_day(context, week[1] if week else place), date)
    end = part_of_day(context, end)
    latest, coming = latest_weekday(today, weekday), coming_weekday(today, weekday)
    if weekday == today.isoweekday():
        yield Reading(end, None, coming, (today, latest), "today, or a week ago?")
    else:
        yield Reading(end, latest, coming)


def _weekday_and_date(context: Context, weekday: int, at: int, end: int) -> Iterator[Reading]:
    """Yield the days of a weekday that begins at `at` with a date, a week or a length after it."""
    words = context.words
    place = words.skip(words.sign(end, ","), *FILLERS)
    for rule in (month_day, numeric):
        for found in rule(context, place):
            yield checked(context, at, found)
    week = words.first(place, "week")
    if week and (which := which_of(context, week[1]))[0]:
        yield Reading(which[1], _of_week(context.today, weekday, which[0], exact=True))
    for found in _ago(context, place):
        if found.date:
            yield found._replace(date=weekday_of_week(found.date, weekday, 0))
    if number := words.figure(words.skip(end, *FILLERS)):
        point = words.sign(number[1], ".")
        if point > number[1] and words.figure(point) and context.tokens[point].start == context.tokens[point - 1].end:
            # `sat 2.5h`
            return
        place = words.skip(point, "ordinal endings")
        past, coming = of_month(context.today, number[0])
        hours = is_time(context, place - 1)
        if past and past.isoweekday() == weekday and not hours and not is_measured(context, place):
            yield Reading(place, past, coming)


def _of_week(today: dt.date, weekday: int, which: str | None, *, exact: bool) -> dt.date:
    """Return the day of last, this or next week; not `exact`: the last before today, the first after it."""
    if exact or which == "this":
        return weekday_of_week(today, weekday, WHICH[which or "this"])
    if which == "next":
        return coming_weekday(today, weekday)
    return add_days(latest_weekday(today, weekday), -7 if which == "before last" else 0)


def _by_week(context: Context, at: int) -> Iterator[Reading]:
    """Read `last week's Sunday`, `vorige week zondag`, `la semaine dernière vendredi`, `上周五`."""
    words = context.words
    which, place = which_of(context, at)
    week = words.first(words.skip(place, *FILLERS), "week") if which else None
    if week is None and (named := words.first(at, "week")):
        which, place = which_after(context, named[1])
        week = (named[0], place) if which else None
    day = words.first(words.skip(words.sign(week[1], ","), *FILLERS), *WEEKDAYS) if week else None
    if day:
        yield Reading(part_of_day(context, day[1]), _of_week(context.today, day[0], which, exact=True))


def _ago(context: Context, at: int) -> Iterator[Reading]:
    """Read `three weeks ago`, `vor drei Wochen`, `il y a 2 ans`, `1 month and 21 days ago`, `a few days ago`."""
    words = context.words
    before = words.first(at, "before a length")
    start = before[1] if before else at
    lengths, place = _lengths(context, start, article=before is not None)
    after = words.first(place, "ago")
    if place > start and (after or before):
        date = shifted(context.today, lengths, -1) if lengths else None
        day = words.first(words.skip(after[1] if after else place, *FILLERS), *WEEKDAYS)
        if day and date and len(lengths) == 1 and lengths[0][1] == "week":
            # `a week ago Tuesday`
            yield Reading(day[1], weekday_of_week(date, day[0], 0))
        yield Reading(after[1] if after else place, date, problem=None if date else _WHICH_DAY)


def _ahead(context: Context, at: int) -> Iterator[Reading]:
    """Read `in two weeks`, `dans trois jours`."""
    if before := context.words.first(at, "ahead"):
        lengths, place = _lengths(context, before[1], article=context.words.language not in _NO_ARTICLE)
        if place > before[1] and not any(unit in ("hour", "minute") for _, unit in lengths):
            date = shifted(context.today, lengths, 1) if lengths else None
            yield Reading(place, date, problem=None if date else _WHICH_DAY)


def _lengths(context: Context, at: int, *, article: bool) -> tuple[list[tuple[int, str]], int]:
    """Return the lengths that begin at a token, such as (3, `week`), and the token after them.

    `a few days` gives no lengths, but a later token. `article`: whether a unit needs a number in front of it.
    """
    words = context.words
    if some := words.first(at, "some"):
        unit = _unit(context, some[1])
        return [], unit[1] if unit else at
    lengths: list[tuple[int, str]] = []
    end = place = at
    while True:
        number = words.number(place)
        unit = _unit(context, number[1] if number else place)
        if unit is None or (number is None and (lengths or article or words.language not in _NO_ARTICLE)):
            return lengths, end
        if lengths and UNITS[unit[0]] >= UNITS[lengths[-1][1]]:
            # `45 minutes, two days ago` is a length and a day.
            return lengths, end
        if article and lengths and unit[0] in SHORT_UNITS and lengths[-1][1] not in SHORT_UNITS:
            # `hace dos días, quince minutos` is a day and a length.
            return lengths, end
        lengths.append((number[0] if number else 1, unit[0]))
        end = unit[1]
        place = words.skip(words.sign(end, ","), "and")


def _unit(context: Context, at: int) -> tuple[str, int] | None:
    """Return (unit of time, the token after it)."""
    return next(((kind, found[1]) for kind in UNITS if (found := context.words.first(at, kind))), None)


def _weekdays_ago(context: Context, at: int) -> Iterator[Reading]:
    """Read `2 Thursdays ago`."""
    words = context.words
    number = words.number(at)
    day = words.first(number[1], WEEKDAY) if number else None
    after = words.first(day[1], "ago") if day else None
    if number and day and after and number[0]:
        yield Reading(after[1], add_days(latest_weekday(context.today, day[0]), 7 - 7 * number[0]))


def _vague(context: Context, at: int) -> Iterator[Reading]:
    """Read `last week`, `im März`, `the weekend`: a period, not a day."""
    words = context.words
    which, place = which_of(context, at)
    unit = _unit(context, words.skip(place, *FILLERS)) if which else None
    if unit is None and (named := _unit(context, at)):
        which, place = which_after(context, named[1])
        unit = (named[0], place) if which else None
    if unit and unit[0] in ("week", "month", "year"):
        yield Reading(unit[1], problem=_WHICH_DAY)
    if vague := words.first(at, "vague day"):
        yield Reading(vague[1], problem=_WHICH_DAY)
    if weekend := words.first(words.skip(place, *FILLERS) if which else at, "weekend"):
        saturday = latest_weekday(add_days(context.today, -1), 6)
        due = words.is_preceded_by(at, "deadline") or words.first(weekend[1], "deadline after")
        coming = end_of_week(context.today) if due and not which else None
        yield Reading(weekend[1], None, coming, (saturday, add_days(saturday, 1)), _WHICH_DAY)
    for kind in FILLERS:
        before = words.first(at, kind)
        month = words.first(before[1], MONTH) if before else None
        if before and month and not any(month_day(context, before[1])):
            yield Reading(month[1], problem=_WHICH_DAY)
        # `im Jahr 2019`
        place = (words.first(before[1], "year") or before)[1] if before else at
        if before and (year := _year(context, place)):
            if year <= context.today.year:
                yield Reading(place + 1, problem=_WHICH_DAY)
            else:
                yield Reading(place + 1, dt.date(year, 1, 1))


def _year(context: Context, at: int) -> int | None:
    """Return the year that a token is, if it is no part of a date: the 2019 of `in 2019`."""
    if at >= len(context.tokens) or not _YEAR.fullmatch(context.tokens[at].text):
        return None
    end = context.tokens[at].end
    return None if context.text[end : end + 1] in tuple("-/.:年") else int(context.tokens[at].text)
