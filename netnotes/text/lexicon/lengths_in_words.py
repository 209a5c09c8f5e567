"""Lengths of time in words: `dos horas`, `two and a half hours`, `fünfundvierzig Minuten`, `一時間半`.

Reads folded words; `durations` decides what is read of a text, and in which order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.lexicon.words import LANGUAGES, fold, listed, numbered, tables

_WORD = regex(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_SHORTEST_UNIT = 3
"""Letters of a unit that may follow a number in words: nobody writes `two h`, and `um m` is not a length."""
# The digit comes before the lookbehind: a pattern that begins with digits is searched for quickly.
_SUM = regex(
    r"\d(?<![\d:.,-]\d)\d{0,2}(?:\s?,\s?\d{1,3})*\s(?:and|und|et|y|e|en|och|i|и|&|\+)\s\d{1,3}\s?([^\W\d_]{1,9})",
    re.IGNORECASE,
)
_WIDE = regex(
    r"(?:([半一二两兩三四五六七八九十]{1,3})|(?<![\d.])(\d{1,3}(?:\.\d)?))\s?(?:"
    r"(?:个|個)?(半)?(?:钟头|鐘頭|小时|小時|時間)(半)?(?:(\d{1,2}|[一二三四五六七八九十]{1,3})分)?|(分钟|分鐘|分間|分(?!之)))"
)
"""`半小时`, `一个半小时`, `1時間半`, `一時間二十分`, `四十分钟`."""
_QUARTERS = regex("([一三])刻[钟鐘]")
_MAYBE_WIDE = regex(r"[时時钟鐘分頭头]")
_WIDE_DIGITS = {
    char: number for number, chars in enumerate(("", "一", "二两兩", *"三四五六七八九十")) for char in chars
}
_OR = frozenset(("of", "oder"))
_MOST_HOURS = 12
_UNIT_FIRST = regex(r"[а-я]+")


class FoldedText(NamedTuple):
    """The words of a text that is searched for lengths."""

    text: str
    words: Sequence[str]
    """Folded, numbers among them."""
    languages: frozenset[str]
    """Languages that have one of the units in the text; number words of other languages do not count."""


def folded(text: str) -> FoldedText:
    """Return a text with its folded words and numbers."""
    words = list(map(fold, _WORD.findall(text)))
    return FoldedText(text, words, _languages(words))


def composed(read: FoldedText) -> float | None:
    """Return the minutes of a length with parts, or with its number after the unit; None if there is none.

    `1 ora e mezza`, `an hour and a quarter`, `10 and 25 minutes`, `een uur of twee`, `минут двадцать`.
    """
    text, words, languages = read
    return _sum(text) or _with_parts(words, languages) or _or_so(words, languages) if languages else None


def counted(read: FoldedText) -> float | None:
    """Return the minutes of the first number in words with a unit: `drei Stunden`, `a good hour`, `un'oretta`."""
    _, words, languages = read
    hours, minutes, numbers = listed("hour", languages), listed("minute", languages), _numbers(languages)
    sizes = listed("size of an hour", languages)
    for at in [place for place, word in enumerate(words) if word in numbers]:
        number, end = _number_at(words, at, languages)
        end += bool(number) and end < len(words) and words[end] in sizes
        unit = words[end] if number and end < len(words) else ""
        if len(unit) < _SHORTEST_UNIT or is_apart(words[end + 1 : end + 3]):
            continue
        if unit in minutes:
            return float(number)
        if unit in hours:
            return float(number * 60 + _minutes_at(words, end + 1, languages))
    return None if listed("small hour").isdisjoint(words) else 60.0


def wide(text: str) -> float | None:
    """Return the minutes of a length in Chinese or Japanese; None if there is none."""
    for match in _WIDE.finditer(text) if _MAYBE_WIDE.search(text) else ():
        number, figure, half, half_after, more, minutes = match.groups()
        count = float(figure) if figure else 0.5 if number == "半" else wide_number(number)
        # 十分 alone is `very` in Chinese and `enough` in Japanese.
        if minutes and (number, minutes) != ("十", "分"):
            return float(count)
        if not minutes and (count or half):
            count += 0.5 if half or half_after else 0
            return count * 60.0 + (wide_number(more) if more else 0)
    quarters = _QUARTERS.search(text)
    return wide_number(quarters[1]) * 15.0 if quarters else None


def is_apart(following: Sequence[str]) -> bool:
    """Return whether the folded word after a length says that it was not time spent: `20 minutes away`, `2 h ago`."""
    apart = _apart()
    return bool(following) and (following[0] in apart or " ".join(following[:2]) in apart)


@lru_cache(maxsize=1)
def _apart() -> frozenset[str]:
    return listed("ago") | listed("after a length")


def wide_number(text: str) -> int:
    """Return a number up to 99 in Chinese numerals, or in figures."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    digit = _WIDE_DIGITS.get(ones, 0)
    return digit if not ten else _WIDE_DIGITS.get(tens, 1) * 10 + digit


def _languages(words: Sequence[str]) -> frozenset[str]:
    """Return the languages that have one of these units."""
    units = _units()
    return frozenset().union(*[units[word] for word in words if word in units])


@lru_cache(maxsize=1)
def _units() -> Mapping[str, frozenset[str]]:
    """Return folded unit of time → the languages that have it."""
    each = (frozenset((code,)) for code in LANGUAGES)
    by_language = {code: _hours(own) | listed("minute", own) for own in each for code in own}
    return {
        unit: frozenset(code for code, units in by_language.items() if unit in units)
        for unit in frozenset().union(*by_language.values())
    }


def _hours(languages: frozenset[str]) -> frozenset[str]:
    return listed("hour", languages) | listed("an hour", languages)


def _sum(text: str) -> float | None:
    """Return the sum of `10 and 25 minutes`; hours and minutes are not such a list."""
    match = _SUM.search(text)
    if not match or fold(match[1]) not in listed("minute"):
        return None
    return float(sum(map(int, re.findall(r"\d{1,3}", match[0]))))


def _with_parts(words: Sequence[str], languages: frozenset[str]) -> float | None:
    """Return the minutes of hours with a part: `1 ora e mezza`, `two and a half hours`, `an hour and a quarter`."""
    hours, parts, numbers = _hours(languages), _parts(), _numbers(languages)
    for at, word in enumerate(words):
        if word not in numbers and word not in hours and not word.isdecimal():
            continue
        number, end = (int(word), at + 1) if word.isdecimal() and len(word) < 3 else _number_at(words, at, languages)
        number = number or (1 if word in hours else 0)
        first = end if number and end < len(words) and words[end] in hours else at if word in hours else None
        for size in (4, 3, 2):
            after = () if first is None else tuple(words[first + 1 : first + 1 + size])
            between = tuple(words[end : end + size])
            if number and after in parts:
                return float(number * 60 + parts[after])
            if number and between in parts and words[end + size : end + size + 1] and words[end + size] in hours:
                return float(number * 60 + parts[between])
        if first == end and (minutes := _minutes_at(words, first + 1, languages)):
            return float(number * 60 + minutes)
    return None


@lru_cache(maxsize=1)
def _parts() -> Mapping[tuple[str, ...], int]:
    """Return folded words of a part of an hour → minutes."""
    return {tuple(phrase.split()): minutes for phrase, minutes in numbered("parts of an hour").items()}


def _or_so(words: Sequence[str], languages: frozenset[str]) -> float | None:
    """Return the minutes of a length whose number follows its unit: `een uur of twee`, `минут 20`."""
    hours, minutes = listed("hour", languages), listed("minute", languages)
    for at, word in enumerate(words[:-1]):
        if word not in hours and word not in minutes:
            continue
        after = at + 1 + (words[at + 1] in _OR)
        number, end = _number_at(words, after, languages) if after < len(words) else (0, after)
        if after < len(words) and words[after].isdecimal() and _UNIT_FIRST.fullmatch(word):
            number, end = int(words[after]), after + 1
        counted = at and (words[at - 1].isdecimal() or _numbers(languages).get(words[at - 1], 0) > 1)
        unit_after = end < len(words) and (words[end] in hours or words[end] in minutes)
        if number > 1 and not counted and not unit_after and (after > at + 1 or _UNIT_FIRST.fullmatch(word)):
            if word in hours and number > _MOST_HOURS:
                # `час двадцать` is an hour and twenty minutes.
                return float(60 + number)
            return float(number * (60 if word in hours else 1))
    return None


def _minutes_at(words: Sequence[str], at: int, languages: frozenset[str]) -> int:
    """Return the minutes after an hour in words: `one hour twenty`, `one hour and 20 minutes`; else 0."""
    joined = at < len(words) and words[at] in listed("and")
    at += joined
    if at == len(words):
        return 0
    # Not in figures without `and`: `14 h 30` is a time of day.
    in_figures = joined and words[at].isdecimal()
    number, end = (int(words[at]), at + 1) if in_figures else _number_at(words, at, languages)
    return number if number < 60 and (end == len(words) or words[end] in listed("minute")) else 0


def _number_at(words: Sequence[str], at: int, languages: frozenset[str]) -> tuple[int, int]:
    """Return the number whose words begin at `at`, 0 for none, and the index after them: `forty five`."""
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


@lru_cache(maxsize=1)
def whole_lengths() -> tuple[re.Pattern[str], Mapping[str, int]]:
    """Return the lengths that the tables list as a whole, such as `half an hour`, as a pattern and with minutes."""
    words = numbered("lengths")
    phrases = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)"), words


def may_hold_whole_length(words: Iterable[str]) -> bool:
    """Return False only if none of `whole_lengths` is in a text with these folded words."""
    there, by_longest = set(words), _words_of_whole_lengths()
    return any(any(map(there.issuperset, by_longest[word])) for word in there & by_longest.keys())


@lru_cache(maxsize=1)
def _words_of_whole_lengths() -> Mapping[str, Sequence[frozenset[str]]]:
    """Return folded word → the folded words of each of `whole_lengths` of which it is the longest, so the rarest."""
    found: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for phrase in numbered("lengths"):
        words = _WORD.findall(phrase)
        found[max(words, key=len)].append(frozenset(words))
    return dict(found)


@lru_cache(maxsize=1)
def units_in_words() -> frozenset[str]:
    """Return words of which every length in words has at least one."""
    units = {unit.rstrip(".") for unit in listed("hour") | listed("minute") if len(unit) >= _SHORTEST_UNIT}
    return frozenset((*numbered("lengths"), *listed("an hour"), *listed("small hour"), *units))


@lru_cache(maxsize=1)
def not_spent() -> re.Pattern[str]:
    """Return a pattern of lengths that were not time spent, with the word before them: `in 20 minutes`, `vor 2 h`.

    It also matches times of day that look like lengths: `à deux heures`, `om 2 uur`. `8 km in 50 min` was spent.
    """
    hours = _either({word for table in tables().values() for word in table.get("hour", ())})
    before = [rf"(?:{_AT_HOUR})\s(?:\d{{1,2}}|[^\W\d_]{{2,12}})\s?(?:{hours})(?:\s?\d{{2}})?"]
    for lists in tables().values():
        leads = _leads(lists)
        units = [
            word
            for kind in ("hour", "minute")
            for word in lists.get(kind, ())
            if len(word) > _SHORTEST_UNIT or (len(word) == _SHORTEST_UNIT and len(_units()[fold(word)]) == 1)
        ]
        if leads and units:
            before.append(rf"(?:{_either(leads)})\s(?:\d{{1,3}}|[^\W\d_]{{2,14}})\s?(?:{_either(units)})")
    return re.compile(rf"(?<!\w)(?<!\dk )(?<!km )(?:{'|'.join(before)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def before_not_spent() -> frozenset[str]:
    """Return the first words of what `not_spent` matches."""
    return frozenset((*_AT_HOUR.split("|"), *(lead for lists in tables().values() for lead in _leads(lists))))


def _leads(lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of one language before a length that was not time spent: `in`, `vor`."""
    return (*lists.get("before a length", ()), *lists.get("ahead", ()))


_AT_HOUR = "à|vers|dès|om|tot|rond|tegen|vanaf|às|ás|a las|hacia las|sobre las|в|к"
"""Words before a time of day that looks like a length: `om twee uur`, `à 2 heures`."""


def _either(words: Sequence[str] | set[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
