"""How long a contact took, in a sentence for `netnotes log`: also `sunday 4-6`, `noon till three`, `18時から20時`.

Reads what notes leave unread because it may mean something else there, and units with a typing mistake.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon import durations, end_times, lengths_in_words
from netnotes.text.lexicon.words import fold, is_misspelled, is_swapped, listed, numbered

_ISH = regex(r"(?<![\w.:])(\d{1,3})\s?-?ish(?=\s[^\W\d_])", re.IGNORECASE)
"""`30ish mins`."""
_BARE = regex(r"(?<!\w)(?:for|für|durante|pendant|pour|por|per|voor|i)\s(\d{1,3})(?=\s*(?:$|[,.;]))", re.IGNORECASE)
"""`talked for 45`."""
_SPOKEN_HOURS = regex(
    r"(?<!\bat )(?<!\bum )(?<!\blas )(?<![\w:.,])([0-8]):([0-5]\d)\s?(?:h|hrs?|hours|std|stunden)\b", re.IGNORECASE
)
_TO = rf"\s*(?:{durations.UNTIL})\s*"
_END = r"(?=\s*(?:$|[,;)]|\.(?!\d))|\s\s|\s[^\W\d_]{1,3}\s\s)"
_SINCE_HOURS = regex(rf"(?<!\w)(?:{durations.SINCE})\s+(\d{{1,2}}){_TO}(\d{{1,2}}){_END}", re.IGNORECASE)
"""`from 11 to 3`."""
_AFTER_DAY = regex(rf"[\s,]*(\d{{1,2}}){_TO}(\d{{1,2}}){_END}", re.IGNORECASE)
"""`sunday 4-6`, right after the day."""
_MOST_HOURS = 8
_WIDE_TIME = (
    r"(午前|午後|上午|下午|晚上|夜|早上|中午|傍晚)?の?"
    r"(\d{1,2}|[一二两兩三四五六七八九十]{1,3})[時点點](?:(\d{1,2})分|(半))?"
)
_WIDE_RANGE = regex(rf"{_WIDE_TIME}\s?(?:から|到|至|-|–|〜|～)\s?{_WIDE_TIME}")
_PAST_NOON = ("午後", "下午", "晚上", "夜", "傍晚")
_HALF_DAY = 720
_EARLY_HALF = frozenset(("van", "tussen", "von", "zwischen", "fran", "mellan"))
"""Words before hours in languages in which `half 9` is half past eight."""
_ENGLISH_PARTS = {"half past": 30, "quarter past": 15, "quarter to": -15}
_COUNTED = regex(r"(?<![\w.,:/-])(\d{1,3}|[^\W\d_]{2,12})([\s-]?)([^\W\d_]{4,10})(?!\w)")
_AN_HOUR = regex(r"([^\W\d_]+)\s(?:час|часик)(?=\s*$|\s\s|[,.;])", re.IGNORECASE)
"""Russian: `гуляли час`, not `в час`."""
_LETTERS = regex(r"[^\W\d_]+")
_FEWEST_LETTERS = 5
"""Letters of a unit with a typing mistake."""


def spoken(text: str, days: Collection[int] = ()) -> float | None:
    """Return the minutes that a sentence about one contact names; None if it names none.

    `talked for 45`, `1:15 h`, `10-11.30`, `12-1`, `from 11 to 3` and `3 kwartier` are lengths there. `days`: where
    words that name a day end; hours right after one are a length: `sunday 4-6`.
    """
    text = _ISH.sub(lambda found: found[1].rjust(len(found[0])), text[: durations.LONGEST])
    if not text.isascii() and (wide := _WIDE_RANGE.search(text)):
        return _of_wide_range(wide)
    text = _with_figures(_quarters().sub(_of_quarters, text))
    if match := _SPOKEN_HOURS.search(text):
        return float(int(match[1]) * 60 + int(match[2])) or None
    if (minutes := durations.in_text(text)) is not None:
        return minutes
    if bare := _BARE.search(text):
        return float(bare[1]) or None
    if (minutes := _between_times(text, days)) is not None:
        return minutes
    if any(match[1].casefold() not in listed("not an hour") for match in _AN_HOUR.finditer(text)):
        return 60.0
    respelled = _COUNTED.sub(_respelled, text)
    return durations.in_text(respelled) if respelled != text else None


def _between_times(text: str, days: Collection[int]) -> float | None:
    """Return the minutes from one time of day to another, or between two hours."""
    if found := durations.span(text, spoken=True):
        return found.minutes
    if (minutes := durations.hours(f" {text}")) is not None:
        return minutes
    pairs = (_SINCE_HOURS.search(text), *(_AFTER_DAY.match(text, end) for end in days))
    if (minutes := next(filter(None, (_between(pair) for pair in pairs if pair)), None)) is not None:
        return minutes
    start = durations.clock(text)
    return end_times.minutes_until(text, start) if start is not None else None


def _of_wide_range(match: re.Match[str]) -> float | None:
    """Return the minutes of `18時から20時`, `下午2点到4点`."""
    times = [lengths_in_words.wide_number(match[at]) * 60 + _minutes_after(match, at) for at in (2, 6)]
    for at, half in enumerate((match[1], match[5])):
        times[at] += _HALF_DAY if half in _PAST_NOON and times[at] < _HALF_DAY else 0
    minutes = times[1] - times[0]
    return float(minutes if minutes > 0 else minutes % _HALF_DAY) or None


def _minutes_after(match: re.Match[str], at: int) -> int:
    return 30 if match[at + 2] else int(match[at + 1] or 0)


@lru_cache(maxsize=1)
def _quarters() -> re.Pattern[str]:
    words = sorted(map(re.escape, listed("quarters of an hour")), key=len, reverse=True)
    return re.compile(rf"(?<![\w.,/:])(\d)\s?(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _of_quarters(match: re.Match[str]) -> str:
    return f"{int(match[1]) * 15} min"


def _respelled(match: re.Match[str]) -> str:
    """Return a number and a unit without the unit's typing mistake: `45 mintues`."""
    number, blank, word = match.groups()
    key = fold(word)
    counted = number.isdecimal() or fold(number) in numbered("numbers") or fold(number) in numbered("larger numbers")
    if not counted or key in listed("common"):
        return match[0]
    units = sorted(unit for kind in ("hour", "minute") for unit in listed(kind) if len(unit) >= _FEWEST_LETTERS)
    near = next((unit for unit in units if is_misspelled(key, unit)), None)
    near = near or next(
        (unit for kind in ("hour", "minute") for unit in sorted(listed(kind)) if is_swapped(key, unit)), None
    )
    return f"{number}{blank}{near}" if near else match[0]


def _between(pair: re.Match[str]) -> float | None:
    """Return the minutes between two hours on a clock of 12 or 24 hours; None if it is rather something else."""
    first, last = int(pair[1]), int(pair[2])
    if first > 24 or last > 24 or first == last:
        return None
    hours = last - first if last > first else last + 12 - first
    return hours * 60.0 if 0 < hours <= _MOST_HOURS else None


def _with_figures(text: str) -> str:
    """Return a text with a range of hours in words in figures: `noon till three`, `from half seven till ten`."""
    folded = fold(text)
    words = set(_LETTERS.findall(folded))
    hours = {word for word in words & numbered("numbers").keys() if len(word) > 1}
    named = hours or "half" in words or any(time in folded for time in _times())
    if not named:
        return text
    if len(folded) == len(text):
        # `od piątej do siódmej`
        figures = _range_in_words().sub(_in_figures, folded)
        return text if figures == folded else figures
    return _range_in_words().sub(_in_figures, text)


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@lru_cache(maxsize=1)
def _times() -> Mapping[str, int]:
    """Return folded word for noon or midnight → hour."""
    return numbered("times of day")


@lru_cache(maxsize=1)
def _range_in_words() -> re.Pattern[str]:
    hours = (word for word, hour in numbered("numbers").items() if 1 <= hour <= _HALF_DAY // 60 and len(word) > 1)
    # No part of a word: `un` of `until`
    parts = _either((*(f"{part} " for part in _ENGLISH_PARTS), "half ", "halb ", "halv "))
    named = rf"(?:{parts})?(?:{_either((*_times(), *hours))})(?!\w)|half \d{{1,2}}"
    time = rf"(\d{{1,2}}(?:[:.]\d{{2}})?\s?(?:[ap]m)?|{named})"
    return re.compile(rf"(?<!\w)((?:{durations.SINCE})\s+)?{time}{_TO}{time}(?!\w)", re.IGNORECASE)


def _in_figures(match: re.Match[str]) -> str:
    words = fold(match[2]).strip(), fold(match[3]).strip()
    named = any(word in _times() for word in words)
    if not named and not (match[1] and any(word[0].isalpha() for word in words)):
        return match[0]
    early = match[1] is not None and fold(match[1]).strip() in _EARLY_HALF
    first, last = (_minutes_of(word, early=early) for word in words)
    if last <= first:
        last += _HALF_DAY
    if last - first > _HALF_DAY:
        first += _HALF_DAY
    return f"{first // 60 % 24}:{first % 60:02}-{last // 60 % 24}:{last % 60:02}"


def _minutes_of(word: str, *, early: bool) -> int:
    """Return minutes after midnight of a time of day in words or figures; `early`: `half 9` is half past eight."""
    half, _, hour = word.rpartition(" ")
    hours = int(hour) if half == "half" and hour.isdecimal() else {**numbered("numbers"), **_times()}.get(hour)
    if hours is not None and half in _ENGLISH_PARTS:
        return hours * 60 + _ENGLISH_PARTS[half]
    if hours is not None and half:
        # English `half seven` is after seven, German, Dutch and Swedish before it.
        english = half == "half" and not early and (hour.isdecimal() or hour in numbered("numbers", frozenset({"en"})))
        return hours * 60 + (30 if english else -30)
    if hours is not None:
        return hours * 60
    figures = [int(figure) for figure in re.findall(r"\d+", word)]
    past_noon = "p" in word and figures[0] < 12
    return figures[0] * 60 + (figures[1] if len(figures) > 1 else 0) + (_HALF_DAY if past_noon else 0)
