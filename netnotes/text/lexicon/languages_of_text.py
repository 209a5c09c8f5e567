"""Which languages a text is written in, by its commonest words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon.words import LANGUAGES, WordFilter, has_wide, tables, tokens_of

FEW_WORDS = 20
"""With fewer common words than this, a vault is too short to show its language."""
_LONGEST_SAMPLE = 600
"""Characters of a note from which its language is detected."""
_FEWEST, _CLOSE = 1.5, 0.6
"""Common words needed to detect a note's language; a second language needs this share of the first one's."""
CONTESTED = frozenset(
    "con da de do då e en hier lei leí met nie no para por sin te thé todo tè té tę w y ze à è é że".split()
)
"""Words that one language has in a list for lines and another among its common words, as written; without common
English words. They are stated since all tables must be read to find them, as a test does.
"""
_PARTS = regex(r"[^\W\d_]+")


def count_common(text: str) -> dict[str, float]:
    """Return language → how many of its commonest words are in a text; a word of n languages counts 1/n for each."""
    counts: defaultdict[str, float] = defaultdict(float)
    by_word = _common()
    for match in _PARTS.finditer(text):
        codes = by_word.get(match[0].casefold(), ())
        for code in codes:
            counts[code] += 1 / len(codes)
    if has_wide(text):
        for code, chars in _wide_common():
            counts[code] += sum(text.count(char) for char in chars)
    return dict(counts)


class NoteLanguages:
    """The languages of one note, detected when a line needs them."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: frozenset[str] | None = None

    def where_ambiguous(self, line: str, tokens: Sequence[str]) -> frozenset[str]:
        """Return the languages of the note if a word of the line means different things in different ones; else none.

        `tokens`: those of the line.
        """
        return self._all() if _is_ambiguous(line, tokens) else frozenset()

    def where_repeated_is_ambiguous(self, line: str) -> frozenset[str]:
        """Do the same for a line that is likely to recur in other notes."""
        return self._all() if _repeated_is_ambiguous(line) else frozenset()

    def _all(self) -> frozenset[str]:
        if self._found is None:
            self._found = _languages_of_note(self._text)
        return self._found


def _is_ambiguous(line: str, tokens: Sequence[str]) -> bool:
    return _contested_filter().may_hold(tokens) and _contested().search(line) is not None


@lru_cache(maxsize=2_000)
def _repeated_is_ambiguous(line: str) -> bool:
    return _is_ambiguous(line, tokens_of(line))


@lru_cache(maxsize=1)
def _contested() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, CONTESTED)))})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _contested_filter() -> WordFilter:
    return WordFilter(CONTESTED)


def _languages_of_note(text: str) -> frozenset[str]:
    """Return the languages with most of a note's common words; none if there are too few such words."""
    counts = count_common(text[:_LONGEST_SAMPLE])
    most = max(counts.values(), default=0)
    if most < _FEWEST:
        return frozenset()
    return frozenset(code for code, count in counts.items() if count > most * _CLOSE)


def languages_of(counts: Mapping[str, float]) -> frozenset[str]:
    """Return the languages that a vault is written in, given the sum of `count_common` over some of its notes.

    English always, and every language with at least a third as many common words as the first; all languages where
    there is too little text.
    """
    most = max(counts.values(), default=0)
    if most < FEW_WORDS:
        return frozenset(LANGUAGES)
    return frozenset(code for code, count in counts.items() if count >= most / 3) | {"en"}


@lru_cache(maxsize=1)
def _common() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for language, word in ((code, word) for code in LANGUAGES for word in tables()[code]["common"]):
        found[word].append(language)
    return {word: tuple(codes) for word, codes in found.items()}


@lru_cache(maxsize=1)
def _wide_common() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((code, tables()[code]["common"]) for code in ("zh", "ja"))
