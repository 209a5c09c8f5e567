"""Words with a typing mistake, in sentences for `netnotes log`: `mintues`, `wendesday`, `novmeber`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from netnotes.text.lexicon.phrase_words import Token
from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, fold, is_misspelled, listed, numbered

_FEWEST_LETTERS = 6
"""Letters of a day with a typing mistake."""
_FEWEST_CONTACT = 5
"""Letters of a contact word with a typing mistake."""
_LONG_MONTH = 7
_DAYS = ("today", "yesterday", "before yesterday", "tomorrow", "after tomorrow")


def with_days_respelled(tokens: Sequence[Token], languages: frozenset[str]) -> list[Token]:
    """Return the tokens of a text, a day with a typing mistake as the day that is meant; positions stay."""
    return [token._replace(text=_day(token.text, languages) or token.text) for token in tokens]


@lru_cache(maxsize=1024)
def _day(word: str, languages: frozenset[str]) -> str | None:
    """Return the day that a folded word is, with a typing mistake; None if it is none, or another word."""
    if len(word) < _FEWEST_LETTERS or not word.isalpha():
        return None
    # `завтрак` is breakfast, `lundis` are Mondays.
    others = _days(languages).get(word[0], ())
    near = [day for day in others if is_misspelled(word, day) and not word.startswith(day)]
    swapped = [day for day in near if sorted(day) == sorted(word)]
    best = swapped or near
    return best[0] if len(best) == 1 and word not in _known() else None


@lru_cache(maxsize=16)
def _days(languages: frozenset[str]) -> Mapping[str, Sequence[str]]:
    """Return first letter → days, and long names of months, in some languages."""
    months = (month for month in numbered("months", languages) if len(month) >= _LONG_MONTH)
    words = {*numbered("weekdays", languages), *months, *(w for kind in _DAYS for w in listed(kind, languages))}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= _FEWEST_LETTERS and word.isalpha():
            found[word[0]].append(word)
    return found


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Return the folded words of all languages that no typing mistake is looked for in."""
    every = frozenset(LANGUAGES)
    kinds = ("common", "day", "week", "month", "year", "weekend", "part of day", "planning", *_DAYS, *CHANNELS)
    lists = (word for kind in kinds for entry in listed(kind, every) for word in entry.strip("*").split())
    return frozenset((*map(fold, lists), *numbered("weekdays"), *numbered("months"), *numbered("numbers")))


def contact_respelled(word: str, languages: frozenset[str]) -> str | None:
    """Return the channel of a folded word that is a contact word of some languages with a typing mistake: `lunhc`."""
    if len(word) < _FEWEST_CONTACT or not word.isalpha() or word in _known():
        return None
    for channel in CHANNELS:
        words = (
            meant for meant in listed(channel, languages) if meant[:1] == word[0] and len(meant) >= _FEWEST_CONTACT
        )
        if any(is_misspelled(word, meant) and not word.startswith(meant) for meant in words):
            return channel
    return None
