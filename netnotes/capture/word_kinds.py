"""Classify the words of a sentence that may also be names: common, a date, a contact word, or `with`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, fold, listed, numbered, tables

_GAP = fold("…")
"""Where the name is in a phrase such as `had … round`."""
_LONGEST_WIDE = 6
"""Most characters of a word in Chinese or Japanese before or after which something is looked for."""


@lru_cache(maxsize=64)
def _contact_words(languages: frozenset[str], kinds: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the contact words of some languages, and the beginnings of those listed with `*`."""
    kinds = (*kinds, *(f"typed {channel}" for channel in kinds))
    found = {word for kind in kinds for word in listed(kind, languages | {"en"})}
    return frozenset(found) - listed("common") | {"met"}, tuple(word[:-1] for word in found if word.endswith("*"))


def is_contact_word(key: str, languages: frozenset[str], kinds: tuple[str, ...] = CHANNELS) -> bool:
    """Return whether a folded word means contact of some kinds in one of the languages and is common in none."""
    words, beginnings = _contact_words(languages, kinds)
    return key in words or (key.startswith(beginnings) and key not in listed("common"))


def ends_with_contact(text: str, languages: frozenset[str]) -> bool:
    """Return whether a text ends with a phrase of contact, or a word such as `helped`: `ran into`, `we picked up`."""
    words = text.split()
    phrases = [" ".join(map(fold, words[-count:])) for count in (1, 2, 3) if count <= len(words)]
    known, _ = _contact_words(languages, CHANNELS)
    return not known.isdisjoint((*phrases[1:], *(f"{phrase} {_GAP}" for phrase in phrases)))


def is_inside_contact(text: str, start: int, end: int, languages: frozenset[str]) -> bool:
    """Return whether a word is where a phrase of contact has a name: `had Bo round`, `had Bo on the phone`."""
    before = fold(text[:start].rstrip().rpartition(" ")[2])
    after = " ".join(fold(word.strip(",.;:")) for word in text[end:].split()[:3])
    known, _ = _contact_words(languages, CHANNELS)
    phrases = (phrase.removeprefix(f"{before} {_GAP} ") for phrase in known if phrase.startswith(f"{before} {_GAP} "))
    return bool(before) and any(f"{after} ".startswith(f"{phrase} ") for phrase in phrases)


@lru_cache(maxsize=1)
def company_words() -> frozenset[str]:
    """Return `with` in every language."""
    written = frozenset(fold(tables()[code]["with"][0]) for code in LANGUAGES)
    return written | {"w/", "&", "+", "ze"} | listed("typed with")


@lru_cache(maxsize=64)
def _lexical_words(languages: frozenset[str]) -> Mapping[str, Collection[str]]:
    """Return the words of some languages that have a meaning besides being a name, by their initial, as written."""
    lists = (
        *("common", "never a name", "placeholders", "last", "this", "next", "ago", "part of day", "weekend", "me"),
        *("today", "yesterday", "tomorrow", "hour", "minute", "day", "week", "month", "year", "planning", "citing"),
        *("negation", "cancelled", "meeting", *CHANNELS),
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entry in (entry for code in languages for name in lists for entry in tables()[code].get(name, ())):
        for word in entry.split():
            found[word[0]].add(word)
    return found


@lru_cache(maxsize=1_000)
def _lexical_words_with(initial: str, languages: frozenset[str]) -> frozenset[str]:
    """Return those words with one initial, both folded: to fold them all would take most of the time of a `log`."""
    words = _lexical_words(languages)
    return frozenset(fold(word) for written in words if fold(written)[:1] == initial for word in words[written])


def is_lexical(key: str, languages: frozenset[str] = frozenset(LANGUAGES)) -> bool:
    """Return whether a word has a meaning besides being a name, in one of the languages."""
    if key in _lexical_words_with(key[:1], languages):
        return True
    return any(key in numbered(name, languages) for name in ("months", "weekdays", "numbers"))


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
    """Return whether a word is a function word, a contact word or a calendar word."""
    lists = ("common", "planning", "negation", "me", "last", "this", "next", *CHANNELS)
    return key in {fold(word) for name in lists for word in listed(name)} or is_calendar_word(key)


def ends_with(text: str, kind: str) -> bool:
    """Return whether a text ends with a word of a list and a blank: `send it by `."""
    return start_of_end(text, kind) is not None


def start_of_end(text: str, kind: str) -> int | None:
    """Return where the word of a list begins with which, and a blank, a text ends; None if it does not."""
    found = _at_edge(kind).search(text)
    return found.start() if found else None


def begins_with(text: str, kind: str) -> int:
    """Return how many characters of a word of a list, of a language without blanks, a text begins with; else 0."""
    # Folded, `で` is `て`, as in the lists.
    start = fold(text[:_LONGEST_WIDE])
    return max((len(word) for word in listed(kind) if start.startswith(word)), default=0)


@lru_cache(maxsize=16)
def _at_edge(kind: str) -> re.Pattern[str]:
    words = (word for table in tables().values() for word in table.get(kind, ()))
    either = "|".join(sorted({re.escape(word).replace("'", "['’]") for word in words}))
    return re.compile(rf"(?<!\w)(?:{either})\s$", re.IGNORECASE)
