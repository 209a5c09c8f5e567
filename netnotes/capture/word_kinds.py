"""What a word of a sentence may be besides a name: common, a date, a contact word, or `with`."""

from __future__ import annotations

from functools import lru_cache

from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, fold, listed, numbered, tables


@lru_cache(maxsize=64)
def contact_words(languages: frozenset[str]) -> frozenset[str]:
    """Return the contact words of some languages, except those that are common words in any."""
    kinds = (*CHANNELS, *(f"typed {channel}" for channel in CHANNELS))
    found = {word for kind in kinds for word in listed(kind, languages | {"en"})}
    return frozenset(found) - listed("common") | {"met"}


@lru_cache(maxsize=1)
def company_words() -> frozenset[str]:
    """Return `with` in every language."""
    return frozenset(fold(tables()[code]["with"][0]) for code in LANGUAGES) | {"w/", "&", "+", "ze"}


@lru_cache(maxsize=1)
def _lexical_words() -> frozenset[str]:
    """Return the words that have a meaning besides being a name."""
    lists = (
        *("common", "never a name", "placeholders", "last", "this", "next", "ago", "part of day", "weekend", "me"),
        *("today", "yesterday", "tomorrow", "hour", "minute", "day", "week", "month", "year", "planning", "citing"),
        *("negation", "cancelled", "meeting", *CHANNELS),
    )
    plain = {fold(word) for name in lists for entry in listed(name) for word in entry.split()}
    return frozenset(plain) | set(numbered("months")) | set(numbered("weekdays")) | set(numbered("numbers"))


def is_lexical(key: str) -> bool:
    """Return whether a word has a meaning besides being a name."""
    return key in _lexical_words()


def is_calendar_word(written: str) -> bool:
    """Return whether a name is also a month, a weekday, a part of the day, a unit or a number."""
    key = fold(written)
    lists = (
        "part of day",
        "weekend",
        "today",
        "yesterday",
        "tomorrow",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "minute",
    )
    return any(key in numbered(name) for name in ("months", "weekdays", "numbers")) or any(
        key in listed(name) for name in lists
    )


def is_grammar(key: str) -> bool:
    """Return whether a word is one of grammar, of contact or of the calendar."""
    lists = ("common", "planning", "negation", "me", "last", "this", "next", *CHANNELS)
    return key in {fold(word) for name in lists for word in listed(name)} or is_calendar_word(key)
