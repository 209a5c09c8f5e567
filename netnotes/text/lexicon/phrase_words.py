"""The words that day phrases are made of, such as `last`, `Tuesday`, `three`, `weeks` and `ago`, found in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.lexicon.words import LANGUAGES, fold, has_wide, listed, numbered, tables

AWAY, WEEKDAY, SHORT_WEEKDAY, MONTH, NUMBER = "away", "weekday", "short weekday", "month name", "number"
ORDINAL, FIXED_DAY, PERIOD_END = "ordinal", "fixed day", "end of a period"
UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "hour": 0, "minute": 0}
"""List of the tables → its value as a unit: days, roughly for months and years."""
_AWAY = {"today": 0, "yesterday": -1, "before yesterday": -2, "three days ago": -3, "tomorrow": 1, "after tomorrow": 2}
_PLAIN = (
    "last",
    "before last",
    "this",
    "next",
    "ago",
    "vague day",
    "before a length",
    "ahead",
    "on",
    "article of a day",
    "of",
    "and",
    "some",
    "weekend",
    "part of day",
    "ordinal endings",
    "end of",
    "deadline",
    "deadline after",
)
_SHORT = ("short weekdays", "other short weekdays")
_TOKEN = regex(r"\d+|[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|[^\s\w]")
_NARROW_TOKEN = regex(r"\d+|[^\W\d_]+|[^\s\w]")
"""The same for text without such letters: Python takes ten times as long to compile ranges of thousands of letters."""


class Token(NamedTuple):
    """One word, number or sign of a text."""

    text: str
    """Folded."""
    start: int
    end: int


class Entry(NamedTuple):
    """One word or phrase of the tables."""

    tokens: tuple[str, ...]
    kind: str
    value: int


def tokens_of(text: str) -> list[Token]:
    """Return the words, numbers and signs of a text, without marks that fold to nothing.

    A letter of Chinese or Japanese is a word.
    """
    found = ((fold(match[0]), match) for match in (_TOKEN if has_wide(text) else _NARROW_TOKEN).finditer(text))
    return [Token(folded, match.start(), match.end()) for folded, match in found if folded]


class PhraseWords:
    """The words of day phrases of one language in a text, by the token that they begin with."""

    def __init__(self, tokens: Sequence[Token], language: str) -> None:
        """Look up words of `language` in the tokens of a text."""
        self.tokens = tokens
        self.language = language
        entries = _entries(language)
        self._found: list[tuple[Entry, ...]] = [
            tuple(entry for entry in entries.get(token.text, ()) if self._matches_at(entry, at))
            for at, token in enumerate(self.tokens)
        ]

    def _matches_at(self, entry: Entry, at: int) -> bool:
        return all(
            at + offset < len(self.tokens) and self.tokens[at + offset].text == word
            for offset, word in enumerate(entry.tokens)
        )

    def at(self, place: int, *kinds: str) -> Iterator[tuple[int, int]]:
        """Yield (value, place after it) of each word of some kinds that begins at a place, the longest first."""
        if 0 <= place < len(self.tokens):
            for entry in self._found[place]:
                if entry.kind in kinds:
                    yield entry.value, place + len(entry.tokens)

    def first(self, place: int, *kinds: str) -> tuple[int, int] | None:
        """Return (value, place after it) of the longest word of some kinds that begins at a place."""
        return next(self.at(place, *kinds), None)

    def skip(self, place: int, *kinds: str) -> int:
        """Return the place after any words of some kinds."""
        while found := self.first(place, *kinds):
            place = found[1]
        return place

    def is_preceded_by(self, place: int, kind: str) -> bool:
        """Return whether a word of a kind ends right before a place, with no blanked text between."""
        ends = (end for start in range(max(0, place - 3), place) for _, end in self.at(start, kind))
        return any(end == place and self.tokens[place].start - self.tokens[end - 1].end < 2 for end in ends)

    def sign(self, place: int, signs: str) -> int:
        """Return the place after one of some signs, the same place where there is none."""
        return place + 1 if place < len(self.tokens) and self.tokens[place].text in signs else place

    def figure(self, place: int) -> tuple[int, int] | None:
        """Return (number, place after it) of a number of one or two figures."""
        text = self.tokens[place].text if 0 <= place < len(self.tokens) else ""
        return (int(text), place + 1) if len(text) < 3 and text.isdecimal() else None

    def number(self, place: int) -> tuple[int, int] | None:
        """Return (number, place after it) of a number in figures or in words."""
        return self.figure(place) or self.first(place, NUMBER)


@lru_cache(maxsize=len(LANGUAGES))
def _entries(language: str) -> Mapping[str, tuple[Entry, ...]]:
    """Return first token → the words and phrases that begin with it, the longest first."""
    found: defaultdict[str, dict[Entry, None]] = defaultdict(dict)
    for entry in _all_entries(language):
        if entry.tokens:
            found[entry.tokens[0]][entry] = None
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.tokens))) for first, entries in found.items()}


def _all_entries(language: str) -> Iterator[Entry]:
    only = frozenset({language})
    table = tables()[language]
    for kind in _PLAIN:
        yield from _entries_of(table.get(kind, ()), kind, 0)
    yield from _entries_of(_company_words(language), "company", 0)
    for kind, days in _AWAY.items():
        yield from _entries_of(table.get(kind, ()), AWAY, days)
    for kind, days in UNITS.items():
        yield from _entries_of(table.get(kind, ()), kind, days)
    short = {fold(word.partition(" ")[0]) for name in _SHORT for word in table.get(name, ())}
    for word, number in numbered("weekdays", only).items():
        yield from _entries_of([word], SHORT_WEEKDAY if word in short else WEEKDAY, number)
        if word not in short:
            # `Sonntagabend`, `zondagavond`
            yield from _entries_of([f"{word}{part}" for part in table.get("joined part of day", ())], WEEKDAY, number)
    for word, number in numbered("months", only).items():
        yield from _entries_of([word], MONTH, number)
    for word, number in numbered("numbers", only).items():
        yield from _entries_of([word], NUMBER, number)
    for word, number in numbered("ordinals", only).items():
        yield from _entries_of([word], ORDINAL, number)
    for word, number in numbered("fixed days", only).items():
        yield from _entries_of([word], FIXED_DAY, number)
    for word, number in numbered("ends of periods", only).items():
        yield from _entries_of([word], PERIOD_END, number)


def _company_words(language: str) -> Iterator[str]:
    """Yield `with` in every language; the Dutch `met` only in Dutch: elsewhere it is English, as in `met 昨日`."""
    contact = listed("in person", frozenset({language, "en"}))
    words = ((code, tables()[code]["with"][0]) for code in LANGUAGES)
    return (word for code, word in words if code == language or word not in contact)


def _entries_of(words: Iterable[str], kind: str, value: int) -> Iterator[Entry]:
    for word in words:
        # Most are one plain word or sign; splitting each into tokens would take most of the time of a first command.
        plain = (word.isascii() and word.isalpha()) or len(word) == 1
        yield Entry((fold(word),) if plain else tuple(token.text for token in tokens_of(word)), kind, value)
