"""Weekdays of months, and months of years: `the first Sunday in March`, `in March 2027`.

Further day phrases of sentences for `netnotes log`; all others are found in `text.lexicon.day_phrases`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.phrase_dates import FILLERS, WEEKDAYS, Context
from netnotes.text.lexicon.phrase_weekdays import WHICH, which_after, which_of
from netnotes.text.lexicon.phrase_words import MONTH, PhraseWords, Token, tokens_of
from netnotes.text.lexicon.words import LANGUAGES, WIDE_LANGUAGES, fold, has_wide, listed, numbered

_NTH = {
    "en": "first 1 second 2 third 3 fourth 4 fifth 5 last -1 penultimate -2",
    "de": "ersten 1 erster 1 erste 1 zweiten 2 zweiter 2 zweite 2 dritten 3 dritter 3 dritte 3 vierten 4 vierter 4"
    " vierte 4 fünften 5 fünfter 5 letzten -1 letzter -1 letzte -1 vorletzten -2 vorletzter -2 vorletzte -2",
    "fr": "premier 1 deuxième 2 second 2 troisième 3 quatrième 4 cinquième 5 dernier -1",
    "es": "primer 1 segundo 2 tercer 3 cuarto 4 quinto 5 último -1 penúltimo -2",
    "pt": "primeiro 1 primeira 1 segundo 2 segunda 2 terceiro 3 terceira 3 quarto 4 quarta 4 quinto 5 quinta 5"
    " último -1 última -1 penúltimo -2 penúltima -2",
    "it": "primo 1 prima 1 secondo 2 seconda 2 terzo 3 terza 3 quarto 4 quarta 4 quinto 5 quinta 5"
    " ultimo -1 ultima -1 penultimo -2 penultima -2",
    "nl": "eerste 1 tweede 2 derde 3 vierde 4 vijfde 5 laatste -1",
    "sv": "första 1 andra 2 tredje 3 fjärde 4 femte 5 sista -1",
    "pl": "pierwszy 1 pierwsza 1 pierwszą 1 drugi 2 druga 2 drugą 2 trzeci 3 trzecia 3 trzecią 3 czwarty 4 czwartą 4"
    " piąty 5 piątą 5 ostatni -1 ostatnia -1 ostatnią -1 przedostatni -2 przedostatnią -2",
    "ru": "первый 1 первое 1 первую 1 второй 2 второе 2 вторую 2 третий 3 третье 3 третью 3 четвёртый 4 четвёртое 4"
    " четвёртую 4 пятый 5 пятое 5 пятую 5 последний -1 последнее -1 последнюю -1",
}
"""Language → which of a month's weekdays; negative: counted from its end."""
_TO_LAST = {("second", "to", "last"): -2, ("next", "to", "last"): -2, ("last", "but", "one"): -2}
_MOST = 5
"""Most weekdays of one kind in a month."""
_ASKED = "on which day?"
_ARTICLES = frozenset(("the", "la", "le", "el", "il", "l", "o", "a", "de", "den", "det"))
_JOINING = frozenset(
    ("in", "of", "the", "de", "del", "du", "d", "di", "do", "da", "dell", "van", "im", "des", "i", "av")
)
"""Words between a weekday and its month, or a month and its year, besides those of the tables."""
_YEARS_BACK = 8
"""Years in which a month has a fifth weekday of each kind, and more."""
_YEAR = regex(r"(?:19|20)\d\d")
_WIDE_DIGITS = {sign: at for at, sign in enumerate("一二三四五六七八九", 1)}
_WIDE_MONTH = r"(?:(\d{4})年の?)?(\d{1,2}|十[一二]?|[一二三四五六七八九])月"
_WIDE = regex(
    _WIDE_MONTH + r"(?:份|の|的)?(?:第([一二三四五1-5])[个個]?の?|(最初の|首个|首個)|(最后一?[个個]?|最後の|最終))"
    r"(?:(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜日?)"
)
_WIDE_DAYS = {
    sign: at for days in ("一二三四五六日", "一二三四五六天", "月火水木金土日") for at, sign in enumerate(days, 1)
}
_WIDE_YEAR = regex(r"(\d{4})年の?(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?!の?\d|の?第|的?第|の?最|的?最)")


def with_days_of_months(
    text: str, days: Sequence[DayPhrase], today: dt.date, languages: frozenset[str] = frozenset(LANGUAGES)
) -> list[DayPhrase]:
    """Return day phrases, with the weekdays of months and the months of years of a text in place of parts of them."""
    found = [*_wide(text, today)] if has_wide(text) else []
    tokens = tokens_of(text)
    for code in LANGUAGES:
        if code in languages | {"en"} and code not in WIDE_LANGUAGES and _names_months(tokens, frozenset({code})):
            context = Context(text, tokens, PhraseWords(tokens, code), today, None)
            found += (day for at in range(len(tokens)) if (day := _weekday(context, at) or _month(context, at)))
    found = [one for at, one in enumerate(found) if not any(_overlap(one, other) for other in found[:at])]
    return sorted([*found, *(day for day in days if not any(_overlap(day, other) for other in found))])


def _names_months(tokens: Sequence[Token], language: frozenset[str]) -> bool:
    return any(
        token.text in numbered("months", language) or token.text in listed("month", language) for token in tokens
    )


def _overlap(one: DayPhrase, other: DayPhrase) -> bool:
    return one.start < other.end and other.start < one.end


def _weekday(context: Context, at: int) -> DayPhrase | None:
    """Read `the first Sunday in March`, `last Friday of the month`, `2. Samstag im Februar 2025`."""
    words, tokens = context.words, context.tokens
    nth = _nth(context, at)
    day = words.first(nth[1], *WEEKDAYS) if nth else None
    if nth is None or day is None:
        return None
    place = _joined(context, day[1])
    first = at - 1 if at and tokens[at - 1].text in _ARTICLES and tokens[at].start - tokens[at - 1].end < 2 else at
    which, named = which_of(context, place)
    unit = words.first(_joined(context, named), "month")
    if unit and (which or place > day[1]):
        which, end = (which, unit[1]) if which else which_after(context, unit[1])
        month = context.today.year * 12 + context.today.month - 1 + WHICH[which or "this"]
        months = [month] if which else [month - 1, month, month + 1]
    elif found := words.first(place, MONTH):
        year, end = _year(context, found[1])
        months = [one * 12 + found[0] - 1 for one in ([year] if year else _years_around(context.today))]
    else:
        return None
    return _around(
        tokens[first].start, tokens[end - 1].end, [_nth_of(month, day[0], nth[0]) for month in months], context
    )


def _years_around(today: dt.date) -> range:
    return range(today.year - _YEARS_BACK, today.year + _YEARS_BACK)


def _around(start: int, end: int, days: Sequence[dt.date | None], context: Context) -> DayPhrase | None:
    """Return the phrase for the last of some days up to today, and the first one after it."""
    past = max((day for day in days if day and day <= context.today), default=None)
    coming = min((day for day in days if day and day > context.today), default=None)
    return DayPhrase(start, end, past or coming, coming if past else None) if past or coming else None


def _nth(context: Context, at: int) -> tuple[int, int] | None:
    """Return which of several a word or number means, and the token after it."""
    words, tokens = context.words, context.tokens
    for phrase, number in _TO_LAST.items():
        if context.words.language == "en" and tuple(token.text for token in tokens[at : at + len(phrase)]) == phrase:
            return number, at + len(phrase)
    if named := _numbers(words.language).get(tokens[at].text):
        return named, at + 1
    figure = words.figure(at)
    ending = words.first(figure[1], "ordinal endings") if figure and figure[0] <= _MOST else None
    return (figure[0], ending[1]) if figure and ending else None


@lru_cache(maxsize=len(LANGUAGES))
def _numbers(language: str) -> Mapping[str, int]:
    parts = _NTH[language].split()
    return {fold(word): int(number) for word, number in zip(parts[::2], parts[1::2], strict=True)}


def _joined(context: Context, at: int) -> int:
    """Return the token after words such as `of the`."""
    tokens = context.tokens
    while at < len(tokens) and (tokens[at].text in _JOINING or tokens[at].text in "'’,"):
        at += 1
    return at


def _year(context: Context, at: int) -> tuple[int | None, int]:
    """Return the year that is named after a month, as in `2027`, `de 2027`, `next year`, and the token after it."""
    words, tokens = context.words, context.tokens
    place = _joined(context, at)
    if place < len(tokens) and _YEAR.fullmatch(tokens[place].text):
        return int(tokens[place].text), place + 1
    which, named = which_of(context, place)
    unit = words.first(named, "year") if which else words.first(place, "year")
    if unit and not which:
        which, end = which_after(context, unit[1])
        unit = (unit[0], end)
    return (context.today.year + WHICH[which], unit[1]) if unit and which else (None, at)


def _month(context: Context, at: int) -> DayPhrase | None:
    """Read `in March 2027`, `en mars de l'année prochaine`: a plan if it is ahead, else asked for its day."""
    before = next(filter(None, (context.words.first(at, kind) for kind in FILLERS)), None)
    month = context.words.first(before[1], MONTH) if before else None
    year, end = _year(context, month[1]) if month else (None, at)
    if month is None or year is None:
        return None
    return _of_year(context.tokens[at].start, context.tokens[end - 1].end, (year, month[0]), context.today)


def _of_year(start: int, end: int, month: tuple[int, int], today: dt.date) -> DayPhrase:
    if month > (today.year, today.month):
        return DayPhrase(start, end, dt.date(*month, 1))
    return DayPhrase(start, end, problem=_ASKED)


def _nth_of(months: int, weekday: int, nth: int) -> dt.date | None:
    """Return the nth day with a weekday, 1-7, of a month counted from the year 0; None if it has none."""
    year, month = months // 12, months % 12 + 1
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    first, length = calendar.monthrange(year, month)
    day = 1 + (weekday - 1 - first) % 7
    days = [*range(day, length + 1, 7)]
    at = nth - 1 if nth > 0 else nth
    return dt.date(year, month, days[at]) if -len(days) <= at < len(days) else None


def _wide(text: str, today: dt.date) -> Iterator[DayPhrase]:
    """Yield the same in Chinese and Japanese: `三月的第一个星期日`, `3月の第1日曜日`, `2027年3月`."""
    context = Context(text, (), PhraseWords((), "zh"), today, None)
    for match in _WIDE.finditer(text):
        month, weekday = _wide_number(match[2]), _WIDE_DAYS[match[6] or match[7]]
        nth = _wide_number(match[3]) if match[3] else 1 if match[4] else -1
        years = [int(match[1])] if match[1] else _years_around(today)
        days = [_nth_of(year * 12 + month - 1, weekday, nth) for year in years if 1 <= month <= 12]
        if day := _around(match.start(), match.end(), days, context):
            yield day
    for match in _WIDE_YEAR.finditer(text):
        year, month = int(match[1]), _wide_number(match[2])
        if dt.MINYEAR <= year and 1 <= month <= 12:
            yield _of_year(match.start(), match.end(), (year, month), today)


def _wide_number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return (10 if "十" in written else 0) + _WIDE_DIGITS.get(written[-1], 0)
