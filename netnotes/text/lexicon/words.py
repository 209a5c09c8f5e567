"""The words of the languages that notes are written in: read from `languages/`, found in a line of text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from netnotes.text.lexicon.word_filter import tokens_of

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "ru", "zh", "ja")
"""The languages that have a table, by their two-letter codes; every one is tried."""
CHANNELS = ("in person", "call", "message", "mail")
"""Lists of words of contact; each is named as the channel that it means."""
TO_DO = {f"to do {channel}": channel for channel in CHANNELS}
"""Lists of words for contacts that are to be made, such as `anrufen` → the channel where a task of theirs is done."""
IN_LINES = (
    *CHANNELS,
    *TO_DO,
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
"""Lists whose words are looked for in lines of text."""
_MOST_KEPT = 200_000
"""Different words whose answer is kept."""
FEW_WORDS = 20
"""With fewer common words than this, a text is too short to show its language."""

_PARTS = re.compile(r"[^\W\d_]+")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ё": "е", "\u2019": "'", "\u2018": "'"}
)
_make = tuple.__new__
_NUMBERED = re.compile(r"(.+?)\s+(\d+)")


class Word(NamedTuple):
    """One word or phrase found in a text."""

    start: int
    end: int
    kind: str
    """The list that it is in."""
    language: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    tokens: tuple[str, ...]
    """Folded; the last one is the beginning of a word where `open_end`."""
    open_end: bool
    kind: str
    language: str


_Candidates = tuple[tuple[tuple[str, str], ...], Mapping[str, list[_Phrase]]]
"""(kind, language) of the single words that a token is; second token → the phrases that begin with both."""


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word as words are compared: without case and accents; `ł` is `l`, `ß` is `ss`."""
    if word.isascii():
        return word.casefold()
    # Cyrillic й and ё are letters of their own, not accented ones.
    plain = unicodedata.normalize("NFC", word).casefold().translate(LETTERS)
    return "".join(char if "а" <= char <= "я" else _without_accents(char) for char in plain)


def _without_accents(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return language → list → words as they are written."""
    folder = resources.files("netnotes.text.lexicon") / "languages"
    return {code: _table((folder / f"{code}.txt").read_text(encoding="utf-8")) for code in LANGUAGES}


def _table(text: str) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        words = line
        if not line.startswith("  "):
            name, _, words = line.partition(":")
        lists[name] = (*lists.get(name, ()), *filter(None, (word.strip() for word in words.split(","))))
    return lists


@lru_cache(maxsize=256)
def listed(name: str, languages: frozenset[str] = frozenset(LANGUAGES)) -> frozenset[str]:
    """Return the folded words of one list in some languages, or in all."""
    return frozenset(fold(word) for code in LANGUAGES if code in languages for word in tables()[code].get(name, ()))


@lru_cache(maxsize=1)
def contact_words() -> frozenset[str]:
    """Return the folded single words of contact of all languages."""
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


class Vocabulary:
    """The words of some languages, ready to be found in lines."""

    def __init__(self, languages: Iterable[str], kinds: Collection[str] = IN_LINES, *, sure: bool = False) -> None:
        """Prepare the lists `kinds` of `languages`; `sure`: texts are in these, so words common elsewhere count too."""
        single: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        begun: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        several: defaultdict[str, list[_Phrase]] = defaultdict(list)
        wide: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for code in languages:
            for kind in kinds:
                for word in tables()[code].get(kind, ()):
                    if not sure and fold(word) in _foreign_common(code) and not _shared(fold(word), kind, code):
                        # `thé` without its accent is a common English word.
                        continue
                    if WIDE.search(word):
                        wide[kind, code].add(re.escape(word))
                    elif phrase := _phrase(word, kind, code):
                        first = phrase.tokens[0]
                        if len(phrase.tokens) > 1:
                            several[first].append(phrase)
                        elif phrase.open_end:
                            # A word that may go on is looked up by its first two letters.
                            begun[first[:2]].append((first, kind, code))
                        else:
                            single[first].append((kind, code))
        self._single, self._begun, self._several = dict(single), dict(begun), dict(several)
        self._kept: dict[str, _Candidates] = {}
        """Token → what may begin with it; a cache."""
        self._dull: set[str] = set()
        """Tokens with which nothing begins; a cache."""
        self._wide = [
            (re.compile("|".join(sorted(words, key=len, reverse=True))), kind, code)
            for (kind, code), words in wide.items()
        ]

    def may_hold(self, text: str) -> bool:
        """Return whether `find` may find a word in a text: many times as fast, and sometimes wrongly True."""
        tokens = tokens_of(text)
        if not self._dull.issuperset(tokens) and any(self._begun_by(token) for token in tokens):
            return True
        return any(pattern.search(text) for pattern, _, _ in self._wide) if WIDE.search(text) else False

    def _begun_by(self, token: str) -> _Candidates | None:
        """Return what may begin with a token; None for nothing."""
        return None if token in self._dull else self._kept.get(token) or self._keep(token)

    def _keep(self, token: str) -> _Candidates | None:
        """Find out what may begin with a token, and remember it; return it."""
        folded = fold(token)
        singles = dict.fromkeys(self._single.get(folded, ()))
        singles |= dict.fromkeys(
            (kind, code) for first, kind, code in self._begun.get(folded[:2], ()) if folded.startswith(first)
        )
        several: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for phrase in self._several.get(folded, ()):
            several[phrase.tokens[1] if len(phrase.tokens) > 2 or not phrase.open_end else ""].append(phrase)
        if len(self._kept) + len(self._dull) >= _MOST_KEPT:
            self._kept.clear()
            self._dull.clear()
        if not singles and not several:
            self._dull.add(token)
            return None
        found = self._kept[token] = (tuple(singles), dict(several))
        return found

    def find(self, text: str, tokens: Sequence[str] | None = None) -> list[Word]:
        """Return the words of these lists in a text, by where they begin; the longest of each list at each place.

        `tokens`: those of the text, where they are known.
        """
        found: list[Word] = []
        tokens = tokens_of(text) if tokens is None else tokens
        if not self._dull.issuperset(tokens):
            self._find(text, tokens, found)
        if self._wide and not text.isascii() and WIDE.search(text):
            found.extend(
                Word(match.start(), match.end(), kind, language)
                for pattern, kind, language in self._wide
                for match in pattern.finditer(text)
            )
        if len(found) > 1:
            found.sort()
        return found

    def _find(self, text: str, tokens: Sequence[str], found: list[Word]) -> None:
        dull, kept = self._dull, self._kept
        phrases = False
        starts: list[int] = []
        for at in [place for place, token in enumerate(tokens) if token not in dull]:
            token = tokens[at]
            if (candidates := kept.get(token) or self._keep(token)) is None:
                continue
            starts = starts or _starts(text, tokens)
            start = starts[at]
            end = start + len(token)
            singles, several = candidates
            for kind, code in singles:
                found.append(_make(Word, (start, end, kind, code)))
            if not several:
                continue
            following = several.get(fold(tokens[at + 1]), ()) if at + 1 < len(tokens) else ()
            for phrase in (*following, *several.get("", ())):
                last = at + len(phrase.tokens) - 1
                if last < len(tokens) and _matches(phrase, tokens, at):
                    stop = starts[last] + len(tokens[last])
                    found.append(_make(Word, (start, stop, phrase.kind, phrase.language)))
                    phrases = True
        if phrases:
            found[:] = _longest(found)


def _starts(text: str, tokens: Sequence[str]) -> list[int]:
    """Return where each token of a text begins: no other can begin between two of them."""
    found = []
    end = 0
    for token in tokens:
        start = text.find(token, end)
        found.append(start)
        end = start + len(token)
    return found


def _matches(phrase: _Phrase, tokens: Sequence[str], at: int) -> bool:
    *most, last = phrase.tokens
    if any(fold(tokens[at + offset]) != wanted for offset, wanted in enumerate(most)):
        return False
    token = fold(tokens[at + len(most)])
    return token.startswith(last) if phrase.open_end else token == last


def _longest(words: list[Word]) -> list[Word]:
    """Return the longest of the words that one list has at one place."""
    best: dict[tuple[int, str, str], Word] = {}
    for word in words:
        key = word.start, word.kind, word.language
        if key not in best or best[key].end < word.end:
            best[key] = word
    return list(best.values())


def _phrase(word: str, kind: str, language: str) -> _Phrase | None:
    text = word.removesuffix("*") + (" " if word.endswith("/") else "")
    tokens = tuple(fold(token) for token in tokens_of(text))
    return _Phrase(tokens, word.endswith("*"), kind, language) if tokens else None


@lru_cache(maxsize=64)
def vocabulary(
    languages: frozenset[str] = frozenset(LANGUAGES), kinds: tuple[str, ...] = IN_LINES, *, sure: bool = False
) -> Vocabulary:
    """Return the words of some languages, prepared once."""
    return Vocabulary([code for code in LANGUAGES if code in languages], kinds, sure=sure)


@lru_cache(maxsize=16)
def _foreign_common(code: str) -> frozenset[str]:
    """Return the folded common words of all languages but one."""
    return listed("common", frozenset(LANGUAGES) - {code})


def _shared(word: str, kind: str, code: str) -> bool:
    """Return whether a word is common in its own language, or in the list `kind` wherever it is common."""
    if word in listed("common", frozenset({code})):
        return True
    others = [one for one in LANGUAGES if one != code and word in listed("common", frozenset({one}))]
    return all(word in listed(kind, frozenset({one})) for one in others)


def count_common(text: str) -> dict[str, float]:
    """Return language → how many of its commonest words are in a text; words of several languages are divided."""
    counts: defaultdict[str, float] = defaultdict(float)
    by_word = _common()
    for match in _PARTS.finditer(text):
        codes = by_word.get(match[0].casefold(), ())
        for code in codes:
            counts[code] += 1 / len(codes)
    if WIDE.search(text):
        for code, chars in _wide_common():
            counts[code] += sum(text.count(char) for char in chars)
    return dict(counts)


def languages_of(counts: Mapping[str, float]) -> frozenset[str]:
    """Return the languages that a vault is written in, given the sum of `count_common` over some of its notes.

    English always, and every language with at least a third as many common words as the first; all languages where
    there is too little text to tell.
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
