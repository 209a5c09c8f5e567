"""The word tables of the languages that notes are written in, and first names; read from `languages/` and a list.

A `WordFilter` tells quickly whether a text may contain some words, before a slow pattern is tried.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pkgutil import get_data
from typing import Any, NamedTuple

from netnotes.regex import regex

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "ru", "zh", "ja")
"""The languages that have a table, by their two-letter codes; every one is tried."""
CHANNELS = ("in person", "call", "message", "mail")
"""Lists of contact words; each has the name of its channel."""
REMOTE = CHANNELS[1:]
"""Lists of contact words for contacts at a distance."""
TO_DO = {f"to do {channel}": channel for channel in CHANNELS}
"""Lists of words for contacts to be made, such as `anrufen` → the channel once the task is ticked."""
AFTER, AROUND, BEFORE = "after", "around", "before"
"""Where the name is, relative to a word with a gap: after `helped …`, inside `had … over`, before `… abgeholt`."""
BOUND = {f"{where} {channel}": channel for channel in CHANNELS for where in (AFTER, AROUND, BEFORE)}
"""Kinds of words that mean contact only next to a name → the channel."""
TOGETHER = "together"
"""The list of words that join a name and the writer: `and I`, `ich und`."""
IN_LINES = (
    *CHANNELS,
    *TO_DO,
    TOGETHER,
    "only in mind",
    "with",
    "yesterday",
    "before yesterday",
    "today",
    "cancelled",
    "negation",
    "planning",
    "citing",
    "not here",
)
"""The lists that lines of text are searched for."""

WIDE_LANGUAGES = ("zh", "ja")
"""Languages written without blanks between words."""
WIDE = regex(r"[\u3040-\u30ff\u3400-\u9fff]")
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ё": "е", "\u2019": "'", "\u2018": "'"}
)
_NUMBERED = regex(r"(.+?)\s+(\d+)")
_TOKEN = regex(r"w/(?=\s)|\w+(?:['\u2019.:-]\w+)*")
_WORD = regex(r"\w+")
_SURE_LETTERS = 6
"""Letters of a word with a typing mistake in which a letter may also be another."""
_MOST_KEPT = 200_000
"""Most tokens in the caches."""

tokens_of = _TOKEN.findall
"""Return the tokens of a text in order: words with their hyphens and apostrophes, and `w/`."""


class Word(NamedTuple):
    """One word or phrase found in a text."""

    start: int
    end: int
    kind: str
    """The name of its list."""
    language: str


@lru_cache(maxsize=10_000)
def fold(word: str) -> str:
    """Return a word as words are compared: without case and accents; `ł` is `l`, `ß` is `ss`."""
    if word.isascii():
        return word.casefold()
    return unicodedata.normalize("NFC", word).casefold().translate(_WITHOUT_ACCENTS)


class _WithoutAccents(dict[int, str]):
    """Code of a letter in lower case → that letter without accents; found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        parts = (part for letter in LETTERS.get(code, chr(code)) for part in _parts(letter))
        found = self[code] = "".join(part for part in parts if not unicodedata.combining(part))
        return found


def _parts(letter: str) -> str:
    # Cyrillic й and ё are letters of their own, not accented ones.
    return letter if "а" <= letter <= "я" else unicodedata.normalize("NFKD", letter)


_WITHOUT_ACCENTS = _WithoutAccents()


def has_wide(text: str) -> bool:
    """Return whether there is a letter of a language that is written without blanks."""
    # Without the pattern, which takes longer to compile than a line to read.
    if text.isascii() or max(text) < "\u3040":
        return False
    return any("\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" for letter in text)


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return language → list → words as they are written."""
    # `importlib.resources` takes as long to import as all tables to read.
    return {code: _Table((get_data(__package__, f"languages/{code}.txt") or b"").decode()) for code in LANGUAGES}


class _Table(Mapping[str, tuple[str, ...]]):
    """The lists of one language. The words of a list are split when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._lines: defaultdict[str, list[str]] = defaultdict(list)
        self._words: dict[str, tuple[str, ...]] = {}
        name = ""
        for line in text.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            words = line
            if not line.startswith("  "):
                name, _, words = line.partition(":")
            self._lines[name].append(words)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        found = self._words.get(name)
        if found is None:
            if name not in self._lines:
                raise KeyError(name)
            words = ",".join(self._lines[name]).split(",")
            found = self._words[name] = tuple(filter(None, map(str.strip, words)))
        return found

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self._lines else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@lru_cache(maxsize=256)
def listed(name: str, languages: frozenset[str] = frozenset(LANGUAGES)) -> frozenset[str]:
    """Return the folded words of one list in some languages, or in all."""
    return frozenset(fold(word) for code in LANGUAGES if code in languages for word in tables()[code].get(name, ()))


@lru_cache(maxsize=1)
def contact_words() -> frozenset[str]:
    """Return the folded single contact words of all languages."""
    return frozenset(word for kind in CHANNELS for word in listed(kind) if word.isalpha())


@lru_cache(maxsize=64)
def numbered(name: str, languages: frozenset[str] = frozenset(LANGUAGES)) -> Mapping[str, int]:
    """Return folded word → number, of a list whose words carry one or are counted from 1.

    `months` is completed by `other months` and by the short forms, and so are `weekdays`.
    """
    found: dict[str, int] = {}
    for code in LANGUAGES:
        if code not in languages:
            continue
        for key in (name, f"other {name}", f"short {name}", f"other short {name}"):
            for at, word in enumerate(tables()[code].get(key, ()), 1):
                match = _NUMBERED.fullmatch(word)
                found.setdefault(fold(match[1] if match else word), int(match[2]) if match else at)
    return found


@lru_cache(maxsize=16)
def property_keys(kind: str) -> tuple[str, ...]:
    """Return the properties that hold a `date`, `start`, `duration`, … in the languages of the tables."""
    return tuple(dict.fromkeys(word for code in LANGUAGES for word in tables()[code].get(f"property {kind}", ())))


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Return folded first name → the name as written, for first names in use around the world: `given_names.txt`."""
    text = (get_data(__package__, "given_names.txt") or b"").decode()
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {fold(name): name for line in lines for part in line.split(",") if (name := part.strip())}


class WordFilter:
    """Decides from the tokens of a text whether it may contain one of some words or phrases.

    It caches which tokens are one of them, which is ten times as fast as a search for the words.
    """

    __slots__ = ("_longest_words", "_matching", "_other")

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take words and phrases that begin and end with a letter or a digit, in any case, with or without accents."""
        self._longest_words = frozenset(max(_WORD.findall(fold(phrase)), key=len) for phrase in phrases)
        """The longest word of each phrase: first words, such as `an` and `in`, are too common."""
        self._other: set[str] = set()
        """Tokens that are none of these words; a cache."""
        self._matching: set[str] = set()
        """Tokens that are one of these words; a cache."""

    def may_hold(self, tokens: Collection[str]) -> bool:
        """Return False only if a text with these tokens holds none of the phrases."""
        other = self._other
        if other.issuperset(tokens):
            return False
        if not self._matching.isdisjoint(tokens):
            return True
        for token in tokens:
            if token not in other:
                holds = not self._longest_words.isdisjoint(_WORD.findall(fold(token)))
                if len(other) + len(self._matching) >= _MOST_KEPT:
                    other.clear()
                    self._matching.clear()
                (self._matching if holds else other).add(token)
                if holds:
                    return True
        return False


def is_given_name(words: str) -> bool:
    """Return whether the first of some words is a first name, and no other word: `david`, not `mark`."""
    first = fold(words.partition(" ")[0])
    return first in given_names() and first not in listed("never a name") and first not in listed("common")


def is_swapped(word: str, meant: str) -> bool:
    """Return whether a word is another with two letters next to each other swapped."""
    differ = [at for at, letter in enumerate(word) if letter != meant[at : at + 1]]
    return len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(word) == sorted(meant)


def is_misspelled(word: str, meant: str) -> bool:
    """Return whether a word is another with one letter left out, doubled, changed, or two letters swapped.

    A changed letter counts only in a long word: `houses` are not hours.
    """
    if len(word) == len(meant):
        differ = [at for at in range(len(word)) if word[at] != meant[at]]
        return is_swapped(word, meant) or (len(differ) == 1 and len(word) > _SURE_LETTERS and differ[0] > 0)
    longer, shorter = sorted((word, meant), key=len, reverse=True)
    left_out = (longer[:at] + longer[at + 1 :] for at in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in left_out
