"""Which words belong to the name of a place: `des` in `Café des Arts`, `bottle` in `at blue bottle`."""

from __future__ import annotations

import re
from collections.abc import Collection

from netnotes.capture.word_kinds import is_lexical
from netnotes.text.lexicon.words import fold, listed, numbered

_PLAIN_LEADS = frozenset(("at", "in", "@", "en", "em", "à", "a", "bij", "på", "w", "в"))
"""Prepositions without an article, after which a kind of place may begin a name in small letters."""
_UNITS = ("day", "week", "month", "year", "hour", "minute")
_NO_NAMES = ("ly", "ed", "mente", "ment", "geweest", "en")
"""How adverbs, and what was done in a place, end: `naar Gent gelopen`."""


def is_no_place(key: str, language: str) -> bool:
    """Return whether a folded word begins no name of a place: `noon`, `together`."""
    # The common words of other languages are no hindrance: `at the blue door`, where `door` is Dutch for `by`.
    common = listed("common", frozenset({language})).union(*(listed(unit) for unit in _UNITS))
    return (
        key in common or any(key in listed(kind) for kind in ("no place", "part of day")) or key in numbered("months")
    )


def is_described(following: re.Match[str], remaining: str, stops: Collection[int], language: str) -> bool:
    """Return whether a word goes on with what a place is called: `mill` in `at the old mill`."""
    key = fold(following[1])
    blanked = not remaining[following.start(1) : following.end()].strip()
    return (
        not blanked and following.start(1) not in stops and not is_no_place(key, language) and not key.endswith("ing")
    )


def is_second_word(lead: str, following: re.Match[str], remaining: str, stops: Collection[int]) -> bool:
    """Return whether a word in small letters continues the name of a café: `at blue bottle`."""
    key, rest = fold(following[1]), remaining[following.end() :]
    named = is_described(following, remaining, stops, "en") and not is_lexical(key) and not key.endswith(("ly", "ed"))
    return fold(lead) in ("at", "@") and named and (not rest.strip() or rest[:1] in ",;.)" or rest[:2] == "  ")


def goes_on(following: re.Match[str], remaining: str, stops: Collection[int], language: str) -> bool:
    """Return whether a word in small letters goes on with a name: `at Albert quay`, not `in Leeds briefly`."""
    key, rest = fold(following[1]), remaining[following.end() :]
    closed = not rest.strip() or rest[:1] in ",;.)" or rest[:2] == "  "
    return closed and is_described(following, remaining, stops, language) and not key.endswith(_NO_NAMES)


def is_capital(text: str, at: int) -> bool:
    """Return whether a capital letter is at a place."""
    return text[at : at + 1].isupper()


def takes_a_name(key: str) -> bool:
    """Return whether a name may follow a kind of place: `bar Pepe`, `mercado de San Miguel`."""
    return key in listed("kinds of places") or key in listed("named places")


def joined(text: str, remaining: str, at: int, language: str, *, small: bool) -> str | None:
    """Return the words in small letters inside a name that begin at a place: `des` in `Café des Arts`.

    `small`: whether the name may be in small letters: `the dog & duck`.
    """
    if small and text.startswith("& ", at) and remaining[at + 2 : at + 3].strip():
        return "&"
    inside = listed("inside a place", frozenset({language}))
    first, _, rest = text[at:].partition(" ")
    for words in (" ".join((first, rest.partition(" ")[0])), first):
        end = at + len(words) + 1
        if fold(words) in inside and is_capital(text, end) and remaining[end : end + 1].strip():
            return words
    return None


def is_lower_name(text: str, at: int, lead: str, words: tuple[str, str], after: str) -> bool:
    """Return whether a word in small letters is the name of a café: `at cafe luna`, not `in the bar talking`."""
    kind, name = words
    known = name in listed("common") or name in listed("part of day") or name in listed("no place") or is_lexical(name)
    beside = fold(lead) in _PLAIN_LEADS and text[:at].rstrip().endswith(lead)
    return kind in listed("named places") and beside and not known and (not after.strip() or after[0] in ",;.)")
