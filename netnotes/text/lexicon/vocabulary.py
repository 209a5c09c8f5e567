"""Find the words of some languages in a line of text: single words, phrases, and phrases around a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon.word_filter import tokens_of
from netnotes.text.lexicon.words import (
    AFTER,
    AROUND,
    BEFORE,
    CHANNELS,
    IN_LINES,
    LANGUAGES,
    WIDE,
    WIDE_LANGUAGES,
    Word,
    fold,
    listed,
    tables,
)

_MOST_KEPT = 200_000
"""Most tokens in the caches."""
_LONGEST_GAP = 4
"""Words between the parts of `had … over`."""
_make = tuple.__new__


@dataclass(frozen=True, slots=True)
class _Phrase:
    tokens: tuple[str, ...]
    """Folded; the last one is the beginning of a word where `open_end`."""
    open_end: bool
    kind: str
    language: str
    gap: int = 0
    """Index of the token after the name; 0 for a phrase that is not around a name."""


_Candidates = tuple[tuple[tuple[str, str], ...], Mapping[str, list[_Phrase]]]
"""(kind, language) of the single words that a token is; second token → the phrases that begin with both."""


class Vocabulary:
    """The words of some languages, ready to be found in lines."""

    def __init__(
        self,
        languages: Iterable[str],
        kinds: Collection[str] = IN_LINES,
        *,
        sure: bool = False,
        home: frozenset[str] = frozenset(),
    ) -> None:
        """Prepare the lists `kinds` of `languages`; `sure`: texts are in these, so words common in others count too.

        `home`: the languages that the texts are known to be in. Their common words are not taken for foreign words.
        """
        single: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        begun: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        several: defaultdict[str, list[_Phrase]] = defaultdict(list)
        ended: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        wide: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for code in languages:
            for kind in kinds:
                for word in tables()[code].get(kind, ()):
                    if not sure and not _counts(fold(word), kind, code, home):
                        continue
                    if word.startswith("*"):
                        # A compound is looked up by its last two letters.
                        ended[fold(word[-2:])].append((fold(word[1:]), kind, code))
                        continue
                    if WIDE.search(word):
                        wide[kind, code].add(re.escape(word))
                        continue
                    if code in WIDE_LANGUAGES and word.isalpha():
                        wide[kind, code].add(_joined(word))
                    if word.isalpha():
                        single[fold(word)].append((kind, code))
                    elif phrase := _phrase(word, kind, code):
                        first = phrase.tokens[0]
                        if len(phrase.tokens) > 1:
                            several[first].append(phrase)
                        elif phrase.open_end:
                            # A word with an open end is looked up by its first two letters.
                            begun[first[:2]].append((first, phrase.kind, code))
                        else:
                            single[first].append((phrase.kind, code))
        self._single, self._begun, self._several = dict(single), dict(begun), dict(several)
        self._ended = dict(ended)
        self._candidates: dict[str, _Candidates] = {}
        """Token → what may begin with it; a cache."""
        self._without_candidates: set[str] = set()
        """Tokens with which nothing begins; a cache."""
        self._wide = [
            (regex("|".join(sorted(words, key=len, reverse=True))), kind, code) for (kind, code), words in wide.items()
        ]

    def may_hold(self, text: str) -> bool:
        """Return whether `find` may find a word in a text: many times as fast, and sometimes wrongly True."""
        tokens = tokens_of(text)
        if not self._without_candidates.issuperset(tokens) and any(self._begun_by(token) for token in tokens):
            return True
        return any(pattern.search(text) for pattern, _, _ in self._wide) if WIDE.search(text) else False

    def _begun_by(self, token: str) -> _Candidates | None:
        """Return the words and phrases that may begin with a token; None if there are none."""
        return None if token in self._without_candidates else self._candidates.get(token) or self._look_up(token)

    def _look_up(self, token: str) -> _Candidates | None:
        """Find out what may begin with a token, cache it and return it."""
        folded = fold(token)
        singles = dict.fromkeys(self._single.get(folded, ()))
        singles |= dict.fromkeys(
            (kind, code) for first, kind, code in self._begun.get(folded[:2], ()) if folded.startswith(first)
        )
        singles |= dict.fromkeys(
            (kind, code) for last, kind, code in self._ended.get(folded[-2:], ()) if folded.endswith(last)
        )
        several: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for phrase in self._several.get(folded, ()):
            several["" if phrase.gap or (phrase.open_end and len(phrase.tokens) == 2) else phrase.tokens[1]].append(
                phrase
            )
        if len(self._candidates) + len(self._without_candidates) >= _MOST_KEPT:
            self._candidates.clear()
            self._without_candidates.clear()
        if not singles and not several:
            self._without_candidates.add(token)
            return None
        found = self._candidates[token] = (tuple(singles), dict(several))
        return found

    def find(self, text: str, tokens: Sequence[str] | None = None) -> list[Word]:
        """Return the words of these lists in a text, by where they begin; the longest of each list at each place.

        `tokens`: those of the text, where they are known.
        """
        found: list[Word] = []
        tokens = tokens_of(text) if tokens is None else tokens
        if not self._without_candidates.issuperset(tokens):
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
        without_candidates, known = self._without_candidates, self._candidates
        phrases = False
        starts: list[int] = []
        for at in [place for place, token in enumerate(tokens) if token not in without_candidates]:
            token = tokens[at]
            if (candidates := known.get(token) or self._look_up(token)) is None:
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
                last = at + len(phrase.tokens) - 1 if not phrase.gap else _end_around(phrase, tokens, at)
                if last < len(tokens) and (phrase.gap or _matches(phrase, tokens, at)):
                    stop = starts[last] + len(tokens[last])
                    found.append(_make(Word, (start, stop, phrase.kind, phrase.language)))
                    phrases = True
        if phrases:
            found[:] = _longest(found)


def _joined(word: str) -> str:
    """Return a pattern of a Latin word that is joined to a word in Chinese or Japanese: `健太とLINE`."""
    return rf"(?i:(?<={WIDE.pattern}){word}(?![a-z])|(?<![a-z]){word}(?={WIDE.pattern}))"


def _starts(text: str, tokens: Sequence[str]) -> list[int]:
    """Return where each token of a text begins."""
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


def _end_around(phrase: _Phrase, tokens: Sequence[str], at: int) -> int:
    """Return the index of the last token of `had … over` around a name of a few words; len(tokens) if it is missing."""
    head, tail = phrase.tokens[: phrase.gap], phrase.tokens[phrase.gap :]
    first = at + len(head)
    if first > len(tokens) or any(fold(tokens[at + n]) != head[n] for n in range(1, len(head))):
        return len(tokens)
    for place in range(first, min(first + _LONGEST_GAP, len(tokens) - len(tail)) + 1):
        if all(fold(tokens[place + n]) == word for n, word in enumerate(tail)):
            return place + len(tail) - 1
    return len(tokens)


def _longest(words: list[Word]) -> list[Word]:
    """Return, for each place and list, only the longest word."""
    best: dict[tuple[int, str, str], Word] = {}
    for word in words:
        key = word.start, word.kind, word.language
        if key not in best or best[key].end < word.end:
            best[key] = word
    return list(best.values())


def _phrase(word: str, kind: str, language: str) -> _Phrase | None:
    text = word.removesuffix("*") + (" " if word.endswith("/") else "")
    tokens = tuple(fold(token) for token in tokens_of(text))
    if not tokens:
        return None
    before, gap, after = (part.strip() for part in word.partition("…"))
    if not gap or kind not in CHANNELS:
        return _Phrase(tokens, word.endswith("*"), kind, language)
    where = AROUND if before and after else AFTER if before else BEFORE
    inner = len(tokens_of(before)) if where == AROUND else 0
    return _Phrase(tokens, word.endswith("*"), f"{where} {kind}", language, inner)


@lru_cache(maxsize=64)
def vocabulary(
    languages: frozenset[str] = frozenset(LANGUAGES),
    kinds: tuple[str, ...] = IN_LINES,
    *,
    sure: bool = False,
    home: frozenset[str] = frozenset(),
) -> Vocabulary:
    """Return the words of some languages, prepared once."""
    return Vocabulary([code for code in LANGUAGES if code in languages], kinds, sure=sure, home=home)


def _counts(word: str, kind: str, code: str, home: frozenset[str]) -> bool:
    """Return whether a word of the language `code` counts, rather than being a common word of another language."""
    if code in home:
        return True
    if word in listed("common", home) and word not in listed(kind, home):
        # Portuguese `no` is `in the`, not the Spanish `no`.
        return False
    # `thé` without its accent is a common English word.
    return word not in _foreign_common(code) or _shared(word, kind, code)


@lru_cache(maxsize=1)
def contested_words() -> frozenset[str]:
    """Return the words, folded, that one language has in a list of its own and another among its common words."""
    return frozenset(
        word
        for code in LANGUAGES
        for kind in IN_LINES
        for word in map(fold, tables()[code].get(kind, ()))
        if word in _foreign_common(code)
    )


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
