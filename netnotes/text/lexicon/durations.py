"""How long something took and at what time of day, as people write it, in every language of the tables."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.lexicon import lengths_in_words
from netnotes.text.lexicon.lengths_in_words import FoldedText
from netnotes.text.lexicon.words import WordFilter, contact_words, fold, listed, property_keys, tokens_of

LATEST_LENGTH = 9
"""`14h30` is a time of day, `1h30` a length: hours from here on, written with `h` alone, are times of day."""
MOST_MINUTES = 7 * 24 * 60
"""Longer lengths are taken for typing mistakes."""

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_HALF = r"([ap]\.?\s?m\b\.?|(?<=\d)[ap]\b|uhr\b|uur\b|h\b|u\b)"
"""Words after a time of day: am, pm and the like, or the word for o'clock."""
_TIME = rf"(\d{{1,2}})(?:(?:[:.h]|\s?uhr\s)(\d{{2}}))?\s?{_HALF}?"
SINCE = "from|between|von|zwischen|de|des|entre|desde las|das|dalle|dalla|van|tussen|från|mellan|od|między|с"
UNTIL = (
    r",?\s?(?:ende|end|ends|ended|closed|fin|fim|fine|einde|slut|koniec|конец)(?:\s(?:at|um|om|alle|kl\.?|o))?:?"
    "|-|–|—|→|to|until|till|and|bis|à|a|al|a las|alla|alle|às|as|até|hasta|hasta las|tot|til|och|do|до|～|〜|から|到|至"
)
_RANGE = regex(
    rf"((?<!\w)(?:{SINCE})\s+)?((?<!\w)(?:kl|ore|godz|um)\.?\s+)?(?<![\d:./,-]){_TIME}:?\s*(?:{UNTIL})\s*{_TIME}(?!\d|[:./-]\d)",
    re.IGNORECASE,
)
_HOURS = regex(r"(?<=[ (])(\d{1,2})\s?[-–]\s?(\d{1,2})(?=\s*(?:$|[,;)]|\.(?!\d)))")
_CLOSED = regex(r"\s*(uur|heures|horas)?\s*(?:$|[,.;:)])", re.IGNORECASE)
"""What may follow hours such as `from 10 to 12`, `van 12 tot 13 uur`."""
_LETTERS = regex(r"[^\W\d_]+")
_LONGEST_BARE = 40
_FIRST_HOUR, _MOST_HOURS = 7, 6
_MINUTES_KEY = regex("min|мин|分")
_LENGTH = regex(
    rf"(?<![\w.,:/-]){_NUMBER}\+?\s?-?(?:d['’])?([^\W\d_]{{1,9}})\.?(?:\s*(?:and|und|et|y|e|en|och|i|и)?\s*(\d{{1,2}})\s?([^\W\d_]{{1,9}})?)?"
)
_FRACTION = regex(
    r"(?:(?<![\d/])(?:(\d{1,2})\s)?([1-3])/([24])(?![\d/])|(?:(\d{1,2})\s?)?([½¼¾]))"
    r"(?:\s(?:of an?|d['’]une|einer|van een|de una|de uma|di un|av en)(?=[\s'’]))?"
)
"""`3/4 h`, `1 ½ h`, `3/4 of an hour`."""
_MAYBE_FRACTION = regex(r"[1-3]/[24]|[½¼¾]")
_TWO_DECIMALS = regex(r"\.\d\d$")
"""What makes `18.30 uur` a time of day."""
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_NEXT_WORDS = regex(r"\s?[^\W\d_]+(?:\s[^\W\d_]+)?")
_LONGEST_COMPOSED = 60
"""Characters of a length with parts, such as `2 ore e mezza`."""
_MINUTE_SIGN = regex(r"(?<![\w'’′.,:/-])(\d{1,3})\s?['’′](?![\w'’′])")
"""`call with Ada, 20'`."""
_OPEN_QUOTE = regex(r"(?<!\w)['’‘](?=\w)")
_FULL_STOP_TIME = regex(
    r"(0[6-9]|1\d|2[0-3])\.(00|[1-5]5|[2-5]0)\s(?!eur|usd|chf|gbp|sek|pln|franc|lit|mil)(?=[^\W\d_]{3})", re.IGNORECASE
)
_CLOCK = regex(rf"(?<![\d:.,/-])(\d{{1,2}})(?:([:.h])([0-5]\d)(?::[0-5]\d)?)?\s?{_HALF}?(?![\d:])", re.IGNORECASE)
# Most lines hold no digit before a letter, colon or dash, and this is found many times as fast as the patterns above.
_MAYBE = regex(r"\d\s?[+-–—→:.hpaPAHhmMsS个個小時分\u00a0'’′]|\d\s+\w|\d\s?[^\W\d_]")
_MAYBE_TIME = regex(r"\d\s?[:.hapu]|(?:kl|ore|godz|um)\.?\s\d|[mnesdazсйт]\s\d{1,2}\s[^\W\d_]{1,5}\s\d", re.IGNORECASE)
_HHMM = regex(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")
_ISO = regex(r"P(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?)", re.IGNORECASE)
LONGEST = 2_000
"""Characters of a line that are read."""
_ABOUT = "ongeveer zo'n około примерно около почти целый"
"""Words before `hour` without a number."""


class Span(NamedTuple):
    """From one time of day to another, in minutes after midnight."""

    start: int
    end: int

    @property
    def minutes(self) -> float:
        """Length; across midnight where the end is earlier than the start."""
        return float((self.end - self.start) % 1440)


def in_text(text: str, tokens: Sequence[str] | None = None) -> float | None:
    """Return the first length of time that `text` names, in minutes (0-10,080]; None if it names none.

    A range of two times of day (`14:00-15:30`, `2pm-3:30pm`, `14h30 à 15h`) is a length, and so are `half an hour`,
    `due ore e mezza` and `1 1/2 Std`. `20 minutes away`, `vor 2 Stunden` and `om twee uur` are not lengths.
    `tokens`: those of the text, and perhaps more, where they are known.
    """
    text = text[:LONGEST]
    if ("/" in text or not text.isascii()) and _MAYBE_FRACTION.search(text):
        text = _FRACTION.sub(_decimal, text)
    figures = _MAYBE.search(text) is not None
    if figures and (found := span(text)):
        return _within(found.minutes)
    tokens = tokens_of(text) if tokens is None else tokens
    in_words = _length_filter().may_hold(tokens)
    if (figures or in_words) and _not_spent_filter().may_hold(tokens):
        text = lengths_in_words.not_spent().sub(_blanks, text)
    read = lengths_in_words.folded(text) if in_words else None
    if read and (minutes := lengths_in_words.composed(read)) is not None:
        return _within(minutes)
    if figures and (minutes := _in_figures(text)) is not None:
        return _within(minutes)
    if not text.isascii() and (minutes := lengths_in_words.wide(text)) is not None:
        return _within(minutes)
    return _in_words(read) if read else None


def span(text: str, *, spoken: bool = False) -> Span | None:
    """Return the first range of two times of day in `text`; None if there is none.

    `9-10` alone is not a range: one side needs minutes, am or pm, or the word for o'clock, before or after;
    `from 9 to 10` is one, and so is `9-10:30` in the daytime. With `spoken`, for a sentence about one contact, minutes
    on one side are enough, and `12-1` is a range.
    """
    for match in _RANGE.finditer(text[:LONGEST]) if spoken or _MAYBE_TIME.search(text) else ():
        since, o_clock, hour, minute, half, hour2, minute2, half2 = match.groups()
        if spoken and hour == "12" and hour2 in ("1", "2"):
            half2 = "pm"
        if not (o_clock or half or half2 or (minute and minute2) or ((since or spoken) and (minute or minute2))):
            if not (_is_by_day(hour, hour2) if minute2 else since and int(hour) < int(hour2)):
                continue
            closed = _CLOSED.match(text, match.end())
            # `de 2 à 3 heures` is how long, `de 14 à 15 heures` is when.
            if not closed or (closed[1] and not _is_by_day(hour, hour2)):
                continue
        end = _time(hour2, minute2, half2)
        start = _time(hour, minute, half or _half_of(half2))
        if start is not None and end is not None and not half and _half_of(half2) and start > end:
            # 11-1pm begins in the morning.
            start = _time(hour, minute, None)
        if start is not None and end is not None and _half_of(half) and not half2:
            # 7pm-10:30 ends at night, 9am-1:30 in the afternoon.
            end = (end + 720) % 1440 if int(hour2) <= 12 and end < start < end + 720 else end
        if start is not None and end is not None and not half and not half2 and _ends_past_noon(start, end):
            end += 720
        if start is not None and end is not None and start != end:
            return Span(start, end)
    return None


def _ends_past_noon(start: int, end: int) -> bool:
    """Return whether a range such as `12:30-1:45` ends in the afternoon of a clock with twelve hours."""
    return _FIRST_HOUR * 60 <= start < 13 * 60 and end < _FIRST_HOUR * 60 and end + 720 - start <= _MOST_HOURS * 60


def _is_by_day(hour: str, hour2: str) -> bool:
    """Return whether two hours may be one meeting in the daytime, rather than other numbers, such as verses."""
    return _FIRST_HOUR <= int(hour) < int(hour2) <= min(int(hour) + _MOST_HOURS, 23)


def hours(text: str) -> float | None:
    """Return the minutes of a range of hours at the end of a phrase: `meeting 16-17`, `oven with Ada, 9-13`; else None.

    Only for lines about a meeting: elsewhere such numbers are pages, or a score.
    """
    match = _HOURS.search(text[:LONGEST])
    first, last = (int(match[1]), int(match[2])) if match else (0, 0)
    return (last - first) * 60.0 if _FIRST_HOUR <= first < last <= min(first + _MOST_HOURS, 23) else None


def is_bare(text: str) -> bool:
    """Return whether a text is nothing but a length or a range of times: `75 min`, `Beginn 19.30, Ende 21.00`."""
    if len(text) > _LONGEST_BARE or any(fold(word) not in _bare_words() for word in _LETTERS.findall(text)):
        return False
    return in_text(text) is not None


@lru_cache(maxsize=1)
def _bare_words() -> frozenset[str]:
    edges = (word for kind in ("start", "end", "duration") for word in property_keys(kind))
    ranges = (word for word in f"{SINCE}|{UNTIL}|uhr|am|pm|kl|ca|ore|godz|at|um|om".split("|"))
    return listed("hour") | listed("minute") | frozenset(map(fold, (*edges, *ranges)))


def of_value(value: object, key: str = "") -> float | None:
    """Return the minutes that a property or an inline field holds: 45, "45", "1h30", "01:30", "PT1H"; else None.

    `0.75` and `1.5` are hours, unless the name of the property, `key`, says that they are minutes.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        in_hours = 0 < value < _MOST_HOURS and value % 0.25 == 0 and value % 1 and not _MINUTES_KEY.search(key.lower())
        return _within(float(value) * (60 if in_hours else 1))
    if not isinstance(value, str):
        return None
    word = value.strip()
    if match := _HHMM.fullmatch(word):
        return _within(float(int(match[1]) * 60 + int(match[2])))
    if match := _ISO.fullmatch(word):
        return _within(float(int(match[1] or 0) * 60 + int(match[2] or 0)))
    if re.fullmatch(_NUMBER, word):
        return of_value(float(word.replace(",", ".")), key)
    return in_text(word)


def clock(text: str) -> int | None:
    """Return the first time of day in `text` as minutes after midnight; None if there is none.

    `14:30`, `2pm`, `14h30`, `14.30 Uhr`; not a number alone.
    """
    for match in _CLOCK.finditer(text[:LONGEST]) if _MAYBE_TIME.search(text) else ():
        hour, mark, minute, half = match.groups()
        if mark == "h" and int(hour) < LATEST_LENGTH:
            continue
        # 14.30 is a number unless a word says that it is a time.
        if (mark in (":", "h") or (half and (mark or _half_of(half) or half.lower().startswith("u")))) and (
            found := _time(hour, minute, half)
        ) is not None:
            return found
    return None


def leading_clock(text: str, begin: int) -> int | None:
    """Return the time of day that a line begins with, written with a full stop: `08.30 board`; not `08.10`, a day."""
    match = _FULL_STOP_TIME.match(text, begin)
    return int(match[1]) * 60 + int(match[2]) if match else None


def _time(hour: str, minute: str | None, half: str | None) -> int | None:
    """Return minutes after midnight; None if there is no such time."""
    hours, minutes = int(hour), int(minute or 0)
    if minutes > 59:
        return None
    if _half_of(half):
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half and half[0] in "pP" else 0)
    return hours * 60 + minutes if hours < 24 or (hours == 24 and not minutes) else None


def _half_of(half: str | None) -> str | None:
    """Return am or pm, None for the word for o'clock."""
    return half if half and half[0] in "aApP" else None


def _decimal(match: re.Match[str]) -> str:
    whole, over, under, before, sign = match.groups()
    part = _PARTS[sign] if sign else int(over) / int(under)
    return f"{float(whole or before or 0) + part:g}"


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_apart(text: str, at: int) -> bool:
    """Return whether the words after a length that ends at `at` say that it was not time spent."""
    following = _NEXT_WORDS.match(text, at)
    return following is not None and lengths_in_words.is_apart(fold(following[0]).split())


def _in_figures(text: str) -> float | None:
    """Return the minutes of the first length whose number is in figures; None if there is none."""
    at = 0
    while match := _LENGTH.search(text, at):
        minutes = _minutes(match)
        if minutes is not None and not _is_apart(text, match.end()):
            if _unit(match[2]) == 60 and match[3] is None:
                part = lengths_in_words.folded(text[match.start() :][:_LONGEST_COMPOSED])
                return lengths_in_words.composed(part) or minutes
            return minutes
        # `at 5 for 20 minutes`: what follows a number that is not a length may be one.
        at = match.end(1)
    sign = _MINUTE_SIGN.search(text)
    return float(sign[1]) if sign and not _OPEN_QUOTE.search(text, 0, sign.start()) else None


def _minutes(match: re.Match[str]) -> float | None:
    """Return the minutes of `90 min`, `1 h 30`, `1,5 Std`; None if the word is not a unit."""
    number, unit, more, more_unit = match.groups()
    factor = _unit(unit)
    is_time = factor == 60 and (unit in "hH" or _TWO_DECIMALS.search(number))
    if factor is None or (is_time and int(float(number.replace(",", "."))) >= LATEST_LENGTH):
        return None
    minutes = float(number.replace(",", ".")) * factor
    if (
        more
        and factor == 60
        and (
            more_unit is None
            or _unit(more_unit) == 1
            or more_unit == "м"  # Russian: `1ч 15м`, though `15м` alone are metres
            or match.start(3) == match.end(2)
            or fold(more_unit) in contact_words()
        )
        and int(more) < 60
    ):
        minutes += int(more)
    return minutes


def _unit(word: str) -> int | None:
    folded = fold(word)
    return 60 if folded in listed("hour") else 1 if folded in listed("minute") else None


@lru_cache(maxsize=1)
def _length_filter() -> WordFilter:
    return WordFilter(lengths_in_words.units_in_words())


@lru_cache(maxsize=1)
def _not_spent_filter() -> WordFilter:
    return WordFilter(lengths_in_words.before_not_spent())


def _in_words(read: FoldedText) -> float | None:
    folded = fold(read.text)
    if lengths_in_words.may_hold_whole_length(read.words):
        pattern, minutes_of = lengths_in_words.whole_lengths()
        for match in pattern.finditer(folded):
            if not _is_apart(folded, match.end()):
                return float(minutes_of[match[0]])
    if (minutes := lengths_in_words.counted(read)) is not None:
        return _within(minutes)
    return 60.0 if not listed("an hour").isdisjoint(read.words) and _hour_alone().search(folded) else None


@lru_cache(maxsize=1)
def _hour_alone() -> re.Pattern[str]:
    """Return a pattern of `hour` alone, in languages in which it means one hour: `обед, час`, `około godziny`."""
    hours = "|".join(sorted(map(re.escape, listed("an hour")), key=len, reverse=True))
    about = "|".join(map(fold, _ABOUT.split()))
    return re.compile(rf"(?:[,;:(–—]|(?<!\w)(?:{about}))\s?(?:{hours})(?=\s?(?:[),.;:]|$))")


def _within(minutes: float) -> float | None:
    return minutes if math.isfinite(minutes) and 0 < minutes <= MOST_MINUTES else None
