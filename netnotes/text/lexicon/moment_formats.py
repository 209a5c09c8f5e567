"""Find the moment.js format in which texts, such as the names of daily notes, write their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from math import ceil

from netnotes.regex import regex
from netnotes.text.lexicon import moment
from netnotes.text.lexicon.moment_names import ENGLISH
from netnotes.text.lexicon.words import fold, numbered

_PART = regex(r"\d{1,2}(?:st|nd|rd|th|er|re|º|ª)(?!\w)|\d+|[^\W\d_]+\.?|[\W_]")
_ORDINAL = regex(r"\d{1,2}\D")
_MOST_FORMATS = 400
_MOST_HABITS = 4
_WORD = 3
"""Letters of a word that is more than the W of a week."""
_NEWEST = 3
"""Latest texts that are a new habit if they are alike."""
_COMPACT = {8: ("YYYYMMDD", "DDMMYYYY", "MMDDYYYY"), 6: ("YYMMDD", "DDMMYY", "MMDDYY")}


@lru_cache(maxsize=2)
def usual_format(samples: tuple[tuple[str, dt.date], ...]) -> str | None:
    """Return the format of most texts, given as (text, its day) with the latest first; None if none is found.

    If the latest few texts are all in another format, it is that one. Cached: an import names many days.
    """
    left = [*samples]
    habits: list[tuple[int, int, str]] = []
    while left and len(habits) < _MOST_HABITS:
        form, written = _best(left)
        first = len(samples) - len(left)
        if form and written[:_NEWEST] == [*range(_NEWEST)] and not habits:
            return form
        if form:
            habits.append((len(written), -first, form))
        left = [each for at, each in enumerate(left) if at not in written][0 if form else 1 :]
    return max(habits)[2] if habits else None


def _best(samples: Sequence[tuple[str, dt.date]]) -> tuple[str | None, list[int]]:
    """Return the format that writes the first text and most of the others, and the indexes of these."""
    best: tuple[str | None, list[int]] = None, []
    for form, language in _formats(*samples[0]):
        written = [at for at, (text, day) in enumerate(samples) if _written(form, day, language) == text]
        if len(written) > len(best[1]):
            best = form, written
    return best


def _formats(text: str, day: dt.date) -> Iterator[tuple[str, str]]:
    """Yield (format, language) in which a day is written as a text, the likeliest first."""
    if "[" in text or "]" in text:
        return
    *folders, name = text.split("/")
    worded = any(_is_month(part, day) for part in _PART.findall(name))
    year_first = text.find(f"{day.year}") <= text.find(f"{day.month:02}")
    options: list[Sequence[str]] = []
    for folder in folders:
        parts = _PART.findall(folder)
        found = [_tokens(part, day, unpadded=False, month_first=True) for part in parts]
        if any(len(part) >= _WORD and not _is_month(part, day) for part in parts if part[0].isalpha()):
            # The number of a folder such as `05 Journal` is no date.
            found = [[tokens[-1], *tokens[:-1]] for tokens in found]
        options += [*found, "/"]
    options += [_tokens(part, day, unpadded=worded, month_first=year_first) for part in _PART.findall(name)]
    for chosen in islice(product(*options), _MOST_FORMATS):
        if not all(any(kind in token for token in chosen if token[0] != "[") for kind in "YMD"):
            continue
        form = "".join(chosen)
        local = moment.compiled(form).in_all_languages(_noon(day)) or {ENGLISH: _written(form, day, ENGLISH)}
        yield from ((form, language) for language, written in local.items() if written == text)


def _is_month(part: str, day: dt.date) -> bool:
    return numbered("months").get(fold(part.rstrip("."))) == day.month


def _tokens(part: str, day: dt.date, *, unpadded: bool, month_first: bool) -> list[str]:
    """Return what a part of a text may be in a format: tokens that write it, and the part itself."""
    if part.isdigit():
        months = ("MM", "M")
        days = ("D", "DD") if unpadded else ("DD", "D")
        ordered = (*months, *days) if month_first else (*days, *months)
        tokens = ("YYYY", *ordered, "YY", "WW", "Q", *_COMPACT.get(len(part), ()))
        return [*(token for token in tokens if _digits(token, day) == part), part]
    if _ORDINAL.match(part):
        return ["Do", f"{part[:-2]}[{part[-2:]}]"]
    if not part[0].isalpha():
        return [part]
    word = fold(part.rstrip("."))
    names = []
    if _is_month(part, day):
        names += ["MMMM", "MMM"]
    if numbered("weekdays").get(word) == day.isoweekday():
        names += ["dddd", "ddd", "dd"]
    # Beside numbers one letter is no name: the 月 of `11月16日`.
    return [f"[{part}]", *names] if len(part) == 1 else [*names, f"[{part}]"]


def _digits(name: str, day: dt.date) -> str:
    return str(ceil(day.month / 3)) if name == "Q" else _written(name, day, ENGLISH)


def _written(form: str, day: dt.date, language: str) -> str:
    return moment.format(form, _noon(day), language)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)
