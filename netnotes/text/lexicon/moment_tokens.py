"""The tokens of moment.js formats: how each is recognised, written in English, and read strictly in every language."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from netnotes.phrasing import MONTHS, WEEKDAYS
from netnotes.regex import regex
from netnotes.text.lexicon.words import numbered

DAYS = (WEEKDAYS[-1], *WEEKDAYS[:-1])
"""From Sunday, as moment.js counts."""
_LONG = {
    "LTS": "h:mm:ss A",
    "LT": "h:mm A",
    "L": "MM/DD/YYYY",
    "LL": "MMMM D, YYYY",
    "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
    "l": "M/D/YYYY",
    "ll": "MMM D, YYYY",
    "lll": "MMM D, YYYY h:mm A",
    "llll": "ddd, MMM D, YYYY h:mm A",
}
_LONG_TOKEN = regex(r"\[[^\[]*\]|\\?(?:LTS|LT|L{1,4}|l{1,4})")
_TOKEN = regex(
    r"""
      \[[^\[]*\]
    | \\?(?: [Hh]mm(?:ss)? | Mo | M{1,4} | Do | DDDo | D{1,4} | d{2,4} | do? | w[o|w]? | W[o|W]? | Qo? | N{1,5}
           | Y{4,6} | YY | y{2,4} | yo? | gg(?:ggg?)? | GG(?:GGG?)? | hh? | HH? | kk? | mm? | ss? | S{1,9}
           | zz? | ZZ? | . )
    """,
    re.VERBOSE | re.DOTALL,
)


def split(fmt: str) -> tuple[str, ...]:
    """Return the tokens and literals of a format; abbreviations of longer formats (`LL`) are expanded."""
    return tuple(_TOKEN.findall(_LONG_TOKEN.sub(lambda match: _LONG.get(match[0], match[0]), fmt)))


def literal(part: str) -> str:
    """Return the text of a part of a format that is not a token."""
    if part.startswith("[") and len(part) > 1:
        return part[1:].removesuffix("]")
    return part.replace("\\", "")


def first_sunday(year: int) -> int:
    """Return the ordinal of the Sunday on which week 1 of an English year begins: the week with 1 January."""
    new_year = dt.date(year, 1, 1).toordinal()
    return new_year - new_year % 7


def local_week(day: dt.date) -> tuple[int, int]:
    """Return (year, week) as English locales count weeks."""
    end = dt.date(day.year, 12, 31).toordinal() + 1
    if day.toordinal() >= end - end % 7:
        return day.year + 1, 1
    return day.year, (day.toordinal() - first_sunday(day.year)) // 7 + 1


def _ordinal(number: int) -> str:
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _offset(moment: dt.datetime, between: str) -> str:
    minutes = round((moment.utcoffset() or dt.timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{between}{rest:02}"


def _milliseconds(moment: dt.datetime) -> int:
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return (zoned - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(milliseconds=1)


_NUMBERS: dict[str, Callable[[dt.datetime], int]] = {
    "M": lambda at: at.month,
    "Q": lambda at: (at.month + 2) // 3,
    "D": lambda at: at.day,
    "DDD": lambda at: at.timetuple().tm_yday,
    "d": lambda at: at.isoweekday() % 7,
    "e": lambda at: at.isoweekday() % 7,
    "E": lambda at: at.isoweekday(),
    "w": lambda at: local_week(at.date())[1],
    "W": lambda at: at.isocalendar()[1],
    "Y": lambda at: at.year,
    "y": lambda at: at.year,
    "g": lambda at: local_week(at.date())[0],
    "G": lambda at: at.isocalendar()[0],
    "H": lambda at: at.hour,
    "k": lambda at: at.hour or 24,
    "h": lambda at: at.hour % 12 or 12,
    "m": lambda at: at.minute,
    "s": lambda at: at.second,
}
_WIDTHS = {
    "MM": 2,
    "DD": 2,
    "DDDD": 3,
    "ww": 2,
    "WW": 2,
    "HH": 2,
    "hh": 2,
    "kk": 2,
    "mm": 2,
    "ss": 2,
    "Y": 4,
    "YYYY": 4,
    "YYYYY": 5,
    "yy": 2,
    "yyy": 3,
    "yyyy": 4,
    "gggg": 4,
    "ggggg": 5,
    "GGGG": 4,
    "GGGGG": 5,
}


def _number(name: str, width: int = 0) -> Callable[[dt.datetime], str]:
    return lambda at: f"{_NUMBERS[name](at):0{width}}"


def _with_ending(name: str) -> Callable[[dt.datetime], str]:
    return lambda at: _ordinal(_NUMBERS[name](at))


def _fraction(digits: int) -> Callable[[dt.datetime], str]:
    return lambda at: f"{at.microsecond // 1000:03}"[:digits].ljust(digits, "0")


WRITTEN: dict[str, Callable[[dt.datetime], str]] = {
    **{name: _number(name) for name in ("M", "Q", "D", "DDD", "d", "e", "E", "w", "W", "y", "H", "k", "h", "m", "s")},
    **{name: _number("DDD" if name == "DDDD" else name[0], width) for name, width in _WIDTHS.items()},
    **{name + "o": _with_ending(name) for name in ("M", "Q", "D", "DDD", "d", "w", "W", "y")},
    **{"S" * digits: _fraction(digits) for digits in range(1, 10)},
    **dict.fromkeys(("N", "NN", "NNN", "NNNNN"), lambda _: "AD"),
    **dict.fromkeys(("z", "zz"), lambda _: ""),
    "NNNN": lambda _: "Anno Domini",
    "MMM": lambda at: MONTHS[at.month - 1][:3],
    "MMMM": lambda at: MONTHS[at.month - 1],
    "dd": lambda at: DAYS[at.isoweekday() % 7][:2],
    "ddd": lambda at: DAYS[at.isoweekday() % 7][:3],
    "dddd": lambda at: DAYS[at.isoweekday() % 7],
    "YY": lambda at: f"{at.year % 100:02}",
    "YYYYYY": lambda at: f"+{at.year:06}",
    "gg": lambda at: f"{local_week(at.date())[0] % 100:02}",
    "GG": lambda at: f"{at.isocalendar()[0] % 100:02}",
    "hmm": lambda at: f"{at.hour % 12 or 12}{at.minute:02}",
    "hmmss": lambda at: f"{at.hour % 12 or 12}{at.minute:02}{at.second:02}",
    "Hmm": lambda at: f"{at.hour}{at.minute:02}",
    "Hmmss": lambda at: f"{at.hour}{at.minute:02}{at.second:02}",
    "a": lambda at: "am" if at.hour < 12 else "pm",
    "A": lambda at: "AM" if at.hour < 12 else "PM",
    "x": lambda at: str(_milliseconds(at)),
    "X": lambda at: str(_milliseconds(at) // 1000),
    "Z": lambda at: _offset(at, ":"),
    "ZZ": lambda at: _offset(at, ""),
}
"""How each token is written."""


def _english(names: tuple[str, ...], length: int, first: int) -> dict[str, int]:
    return {name[:length].lower(): number for number, name in enumerate(names, first)}


def _weekdays(name: str) -> dict[str, int]:
    """Return weekday → its number as moment counts: Sunday is 0."""
    return {word: number % 7 for word, number in numbered(name).items()}


def _without_accents(text: str) -> str:
    """Return a text in NFD in lower case, its accents left out."""
    return "".join(char for char in text.lower() if not unicodedata.combining(char))


def _by_name(names: Mapping[str, int]) -> dict[str, int]:
    """Return the same by names without accents."""
    return {_without_accents(unicodedata.normalize("NFD", word)): number for word, number in names.items()}


_NAMES = {**dict.fromkeys(("MMM", "MMMM"), "M"), **dict.fromkeys(("dd", "ddd", "dddd"), "d")}
"""Tokens that are names → the kind of their value."""


@lru_cache(maxsize=2)
def _names(kind: str) -> Mapping[str, int]:
    """Return the names of months (`M`) or of weekdays, without accents → number."""
    if kind == "M":
        return _by_name({**numbered("months"), **_english(MONTHS, 3, 1)})
    return _by_name(_weekdays("weekdays") | _english(DAYS, 2, 0) | _english(DAYS, 3, 0))


@lru_cache(maxsize=1)
def _longest_name() -> int:
    return max(map(len, (*_names("M"), *_names("d"))))


_NO_ZERO = "[1-9][0-9]?"
_MAYBE_ZERO = "[1-9][0-9]|[0-9]"
READ: dict[str, str] = {
    **dict.fromkeys(("M", "D", "w", "W", "h", "k"), _NO_ZERO),
    **dict.fromkeys(("H", "m", "s"), _MAYBE_ZERO),
    **dict.fromkeys(("MM", "DD", "ww", "WW", "hh", "kk", "HH", "mm", "ss", "YY", "gg", "GG", "SS"), "[0-9]{2}"),
    **dict.fromkeys(("DDDD", "SSS"), "[0-9]{3}"),
    **dict.fromkeys(("YYYY", "gggg", "GGGG"), "[0-9]{4}"),
    **dict.fromkeys(("YYYYY", "YYYYYY", "ggggg", "GGGGG"), "[+-]?[0-9]{6}"),
    **dict.fromkeys(("y", "yy", "yyy", "yyyy", "yo", *("S" * digits for digits in range(4, 10))), "[0-9]+"),
    **dict.fromkeys(("Q", "S"), "[0-9]"),
    **dict.fromkeys(("d", "e", "E"), "[0-9][0-9]?"),
    **dict.fromkeys(("hmm", "Hmm"), "[0-9]{3,4}"),
    **dict.fromkeys(("hmmss", "Hmmss"), "[0-9]{5,6}"),
    **dict.fromkeys(("Y", "x"), "[+-]?[0-9]+"),
    **dict.fromkeys(("a", "A"), r"(?i:[ap]\.?m?\.?)"),
    **dict.fromkeys(("Z", "ZZ"), "(?i:Z)|[+-][0-9]{2}(?::?[0-9]{2})?"),
    **dict.fromkeys(("N", "NN", "NNN", "NNNNN"), "(?i:AD)"),
    "NNNN": "(?i:Anno Domini)",
    "DDD": "[0-9]{1,3}",
    "Do": "[0-9]{1,2}(?:th|ste|st|nd|rd|er|[.]|º|ª|°|e|:e|:a|de|-го|日)?",
    **dict.fromkeys(_NAMES, ""),
    "X": r"[+-]?[0-9]+(?:\.[0-9]{1,3})?",
}
"""What each token matches in a strict reading; "" for names. Tokens that are only written (`Mo`, `Qo`…) are missing."""
_KIND_OF = {
    **dict.fromkeys(("Y", "YYYY", "YYYYY", "YYYYYY", "y", "yy", "yyy", "yyyy", "yo"), "Y"),
    **dict.fromkeys(("gggg", "ggggg"), "g"),
    **dict.fromkeys(("GGGG", "GGGGG"), "G"),
    **dict.fromkeys(("M", "MM"), "M"),
    **dict.fromkeys(("D", "DD"), "D"),
    **dict.fromkeys(("DDD", "DDDD"), "DDD"),
    **dict.fromkeys(("w", "ww"), "w"),
    **dict.fromkeys(("W", "WW"), "W"),
    **dict.fromkeys(("H", "HH"), "H"),
    **dict.fromkeys(("h", "hh"), "h"),
    **dict.fromkeys(("m", "mm"), "m"),
    **dict.fromkeys(("s", "ss"), "s"),
    **{name: name for name in ("d", "e", "E")},
    "x": "stamp",
}
_SHORT_YEARS = {"YY": "Y", "gg": "g", "GG": "G"}


def end_of(token: str, text: str, at: int) -> int:
    """Return where the text of a token of `READ` ends that begins at `at`; -1 if there is none. `text` is in NFD."""
    if token in _NAMES:
        return _end_of_name(_names(_NAMES[token]), text, at)
    match = _pattern(token).match(text, at)
    return match.end() if match else -1


@lru_cache(maxsize=len(READ))
def _pattern(token: str) -> re.Pattern[str]:
    return re.compile(READ[token])


def _end_of_name(names: Mapping[str, int], text: str, at: int) -> int:
    """Return the end of the longest name that begins at `at`, with any accents and a full stop; -1 if there is none."""
    found, name, longest = -1, "", _longest_name()
    for end in range(at, len(text)):
        letter = _without_accents(text[end])
        name += letter
        if len(name) > longest or (not letter and not name[-1:].isalpha()):
            break
        if name in names:
            found = end + 1
    return found + 1 if found >= 0 and text[found : found + 1] == "." else found


def values_of(name: str, text: str) -> Iterator[tuple[str, int]]:
    """Yield (kind, number) for each value in one token's text: Y, M, D, DDD, g, w, G, W, d, e, E, H, h, m, s, stamp.

    `stamp` is milliseconds since 1970. Raise ValueError for numbers too long to be any.
    """
    if name in _KIND_OF:
        yield _KIND_OF[name], int(text)
    elif name in _SHORT_YEARS:
        yield _SHORT_YEARS[name], int(text) + (1900 if int(text) > 68 else 2000)
    elif name in _NAMES:
        kind = _NAMES[name]
        yield kind, _names(kind)[_without_accents(text.removesuffix("."))]
    elif name == "Q":
        yield "M", int(text) * 3 - 2
    elif name == "Do":
        yield "D", int(text[: 2 if text[1:2].isdigit() else 1])
    elif name in {"k", "kk"}:
        yield "H", 0 if int(text) == 24 else int(text)
    elif name == "X":
        yield "stamp", int(float(text) * 1000)
    elif name[1:] == "mm":
        yield from ((name[0], int(text[:-2])), ("m", int(text[-2:])))
    elif name[1:] == "mmss":
        yield from ((name[0], int(text[:-4])), ("m", int(text[-4:-2])), ("s", int(text[-2:])))
