"""How long something took, also in words: `dos horas`, `two and a half hours`, `1 1/2 Std`, `for 45`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import product

from netnotes.text.lexicon import durations
from netnotes.text.lexicon.words import LANGUAGES, fold, listed, numbered

_FRACTION = re.compile(r"(?<![\d/])(?:(\d{1,2})\s)?([1-3])/([24])(?![\d/])|(\d{1,2})?\s?([½¼¾])")
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_BARE = re.compile(
    r"(?<!\w)(?:for|für|durante|pendant|pour|por|per|voor|i)\s(\d{1,3})(?=\s*(?:$|[,.;]))", re.IGNORECASE
)
"""`talked for 45` is minutes."""
_SUM = re.compile(
    r"(?<![\d:.,-])\d{1,3}(?:\s*,\s*\d{1,3})*\s+(?:and|und|et|y|e|en|och|i|и|&|\+)\s+\d{1,3}"
    r"\s*([^\W\d_]{1,9})",
    re.IGNORECASE,
)
_ONE = r"an?|one|ein|eine|einer|'?ne|un|une|una|uma|een|en|ett"
_SEVERAL = r"few|couple|paar|par"
_ONE_HOUR = re.compile(
    rf"(?<!\w)(?:{_ONE})\s+(?:(?!(?:{_SEVERAL})\s)[^\W\d_]{{3,8}}\s+)?([^\W\d_]{{3,9}})(?!\w)", re.IGNORECASE
)
"""`a good hour`, `une petite heure`; not `a few hours`."""
_WIDE = re.compile(
    r"([半一二两兩三四五六七八九十]{1,3}|\d{1,2})(?:个|個)?(半)?(?:钟头|鐘頭|小时|小時|時間)(半)?|([一二两兩三四五六七八九十]{1,3})(?:分钟|分鐘|分)"
)
"""`半小时`, `一个半小时`, `一時間半`, `四十分钟`."""
_WIDE_DIGITS = {
    char: number for number, chars in enumerate(("", "一", "二两兩", *"三四五六七八九十")) for char in chars
}


def length(text: str, languages: frozenset[str] = frozenset(LANGUAGES)) -> float | None:
    """Return the minutes in a sentence (0–10,080], in figures or in words; None if it names none."""
    text = _FRACTION.sub(_decimal, text)
    if found := durations.span(text):
        return found.minutes
    text = durations.without_hours_of_day(text)
    if total := _sum(text) or _with_parts(text, languages) or _or_so(text, languages):
        return total
    if (minutes := durations.in_text(text)) is not None:
        return minutes
    if (minutes := _in_words(text, languages)) is not None:
        return minutes
    if (minutes := _one_hour(text) or _wide(text)) is not None:
        return minutes
    bare = _BARE.search(text)
    return float(bare[1]) if bare and int(bare[1]) else None


def _decimal(match: re.Match[str]) -> str:
    whole, over, under, before, sign = match.groups()
    part = _PARTS[sign] if sign else int(over) / int(under)
    return f"{float(whole or before or 0) + part:g}"


def _sum(text: str) -> float | None:
    """Return the sum of `10 and 25 minutes`; hours and minutes are not such a list."""
    match = _SUM.search(text)
    if not match or fold(match[1]) not in listed("minute"):
        return None
    numbers = re.findall(r"\d{1,3}", match[0])
    return float(sum(map(int, numbers)))


def _with_parts(text: str, languages: frozenset[str]) -> float | None:
    """Return the minutes of hours with a part: `1 ora e mezza`, `two and a half hours`, `an hour and a quarter`."""
    hours, parts = listed("hour") | listed("an hour"), _parts()
    words = [fold(match[0]) for match in _WORD.finditer(text)]
    for at, word in enumerate(words):
        number, end = (int(word), at + 1) if word.isdecimal() and len(word) < 3 else _number_at(words, at, languages)
        number = number or (1 if word in hours else 0)
        first = end if number and end < len(words) and words[end] in hours else at if word in hours else None
        for size in (4, 3, 2):
            behind = () if first is None else tuple(words[first + 1 : first + 1 + size])
            between = tuple(words[end : end + size])
            if number and behind in parts:
                return float(number * 60 + parts[behind])
            if number and between in parts and words[end + size : end + size + 1] and words[end + size] in hours:
                return float(number * 60 + parts[between])
        if first == end and (minutes := _minutes_at(words, first + 1, languages)):
            return float(number * 60 + minutes)
    return None


@lru_cache(maxsize=1)
def _parts() -> Mapping[tuple[str, ...], int]:
    """Return the folded words of parts of an hour → minutes."""
    return {tuple(phrase.split()): minutes for phrase, minutes in numbered("parts of an hour").items()}


def _one_hour(text: str) -> float | None:
    """Return 60 for an hour without a number: `a good hour`, `un'oretta`."""
    hours = listed("hour") | listed("an hour")
    one = any(fold(match[1]) in hours for match in _ONE_HOUR.finditer(text))
    return 60.0 if one or not listed("small hour").isdisjoint(fold(word) for word in _WORD.findall(text)) else None


def _wide(text: str) -> float | None:
    """Return the minutes of a length in Chinese numerals."""
    match = _WIDE.search(text)
    if match is None:
        return None
    if match[4]:
        return float(_wide_number(match[4]))
    hours = 0.5 if match[1] == "半" else _wide_number(match[1])
    return (hours + (0.5 if match[2] or match[3] else 0)) * 60


def _wide_number(text: str) -> int:
    """Return a number up to 99 in Chinese numerals, or in figures."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    digit = _WIDE_DIGITS.get(ones, 0)
    return digit if not ten else _WIDE_DIGITS.get(tens, 1) * 10 + digit


def _in_words(text: str, languages: frozenset[str]) -> float | None:
    """Return the length of the first number in words followed by a unit of time."""
    hours, minutes = listed("hour"), listed("minute")
    words = [fold(match[0]) for match in _WORD.finditer(text)]
    for at in range(len(words)):
        number, end = _number_at(words, at, languages)
        unit = words[end] if number and end < len(words) else ""
        if unit in minutes:
            return float(number)
        if unit in hours:
            return float(number * 60 + _minutes_at(words, end + 1, languages))
    return None


_OR = frozenset(("of", "oder"))
_UNIT_FIRST = re.compile(r"[а-я]+")


def _or_so(text: str, languages: frozenset[str]) -> float | None:
    """Return the minutes of `een uur of twee` and `минут двадцать`, where the number follows its unit."""
    hours, minutes = listed("hour"), listed("minute")
    words = [fold(match[0]) for match in _WORD.finditer(text)]
    for at, word in enumerate(words[:-1]):
        if word not in hours and word not in minutes:
            continue
        after = at + 1 + (words[at + 1] in _OR)
        number, end = _number_at(words, after, languages) if after < len(words) else (0, after)
        counted = at and (words[at - 1].isdecimal() or _numbers(languages).get(words[at - 1], 0) > 1)
        unit_behind = end < len(words) and (words[end] in hours or words[end] in minutes)
        if number > 1 and not counted and not unit_behind and (after > at + 1 or _UNIT_FIRST.fullmatch(word)):
            return float(number * (60 if word in hours else 1))
    return None


def _minutes_at(words: Sequence[str], at: int, languages: frozenset[str]) -> int:
    """Return the minutes that end an hour in words: `one hour twenty`, `one hour and twenty minutes`; else 0."""
    at += at < len(words) and words[at] in listed("and")
    number, end = _number_at(words, at, languages) if at < len(words) else (0, at)
    return number if number < 60 and (end == len(words) or words[end] in listed("minute")) else 0


def _number_at(words: Sequence[str], at: int, languages: frozenset[str]) -> tuple[int, int]:
    """Return the number whose words begin at `at`, 0 for none, and the index behind them: `forty five`."""
    numbers = _numbers(languages)
    number = numbers.get(words[at], 0)
    following = words[at + 1 : at + 3]
    if number == 4 and following and numbers.get(following[0]) == 20:
        # quatre-vingts
        number, at, following = 80, at + 1, words[at + 2 : at + 4]
    if number < 20 or number % 10 or not following:
        return number, at + 1
    skip = 1 if len(following) > 1 and following[0] in listed("and") else 0
    ones = numbers.get(following[skip], 0)
    most = 20 if number in (60, 80) else 10
    return (number + ones, at + 2 + skip) if 0 < ones < most else (number, at + 1)


@lru_cache(maxsize=64)
def _numbers(languages: frozenset[str]) -> Mapping[str, int]:
    """Return folded word → number, with those that languages write as one word: `fünfundvierzig`, `fyrtiofem`."""
    found = {**numbered("larger numbers", languages), **numbered("numbers", languages)}
    for code in languages & _JOINED.keys():
        own = frozenset((code,))
        small = {word: n for word, n in numbered("numbers", own).items() if n < 10}
        tens = {word: n for word, n in numbered("larger numbers", own).items() if n % 10 == 0}
        for (ten, n), (one, m) in product(tens.items(), small.items()):
            found.setdefault(_JOINED[code](ten, one), n + m)
    return found


_JOINED: Mapping[str, Callable[[str, str], str]] = {
    "de": lambda ten, one: f"{one}und{ten}",
    "nl": lambda ten, one: f"{one}en{ten}",
    "sv": lambda ten, one: f"{ten}{one}",
    "it": lambda ten, one: f"{ten[:-1] if one[0] in 'uo' else ten}{one}",
    "es": lambda ten, one: f"{ten[:-1]}i{one}",
}
"""Language → how the words of a ten and of a digit make one word."""
