"""Find the words of some languages in a line of text: single words, phrases, and phrases around a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from netnotes.lazy_dataclass import dataclass
from netnotes.regex import regex
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
    has_wide,
    listed,
    tables,
    tokens_of,
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


class _Listed(NamedTuple):
    """One word or phrase of a list."""

    written: str
    tokens: tuple[str, ...]
    """Empty for a single word."""
    kind: str
    language: str


class _Index:
    """The words of some lists by how a token of a text must begin or end.

    Those with one initial are sorted when a token begins with it: a short text has tokens with few initials.
    """

    def __init__(self, languages: Collection[str], kinds: Collection[str]) -> None:
        self._unsorted: defaultdict[str, list[_Listed]] = defaultdict(list)
        """Initial as written → words and phrases, without tokens."""
        self._first: defaultdict[str, list[_Listed]] = defaultdict(list)
        """First token, folded → words and phrases."""
        self._begun: defaultdict[str, list[_Listed]] = defaultdict(list)
        """First two letters, folded → words with an open end."""
        self.ended: defaultdict[str, list[_Listed]] = defaultdict(list)
        """Last two letters, folded → ends of compounds."""
        self._all = [(code, kind, tables()[code].get(kind, ())) for code in languages for kind in kinds]
        for code, kind, words in self._all:
            for word in words:
                initial = word[0]
                if not initial.isalnum() and initial != "*":
                    initial = next(filter(str.isalnum, word), "")
                self._unsorted[initial].append(_make(_Listed, (word, (), kind, code)))
        for each in self._unsorted.pop("*", ()):
            self.ended[fold(each.written[-2:])].append(each)
        self._initials: defaultdict[str, list[str]] = defaultdict(list)
        """Initial, folded → those as written that are not sorted yet."""
        for initial in self._unsorted:
            self._initials[fold(initial)[:1]].append(initial)

    @cached_property
    def wide(self) -> list[_Listed]:
        """What is written without blanks, or may stand right beside what is."""
        return [
            _Listed(word, (), kind, code)
            for code, kind, words in self._all
            for word in words
            if has_wide(word) or (code in WIDE_LANGUAGES and word.isalpha())
        ]

    def beginning_with(self, token: str) -> tuple[Sequence[_Listed], Sequence[_Listed]]:
        """Return the words and phrases whose first token is this one, folded, and those that may begin like it."""
        for initial in self._initials.get(token[:1], ()):
            for each in self._unsorted[initial]:
                self._sort(each)
        # Last: another thread finds all of them sorted, or sorts them too, which changes nothing.
        self._initials.pop(token[:1], None)
        return self._first.get(token, ()), self._begun.get(token[:2], ())

    def _sort(self, each: _Listed) -> None:
        word = each.written
        if has_wide(word):
            return
        if word.isalpha():
            self._first[fold(word)].append(each)
        elif tokens := tuple(tokens_of(word.removesuffix("*") + (" " if word.endswith("/") else ""))):
            first = fold(tokens[0])
            open_end = len(tokens) == 1 and word.endswith("*")
            (self._begun[first[:2]] if open_end else self._first[first]).append(each._replace(tokens=tokens))


class Vocabulary:
    """The words of some languages, ready to be found in lines."""

    def __init__(
        self,
        languages: Collection[str],
        kinds: tuple[str, ...] = IN_LINES,
        *,
        sure: bool = False,
        home: frozenset[str] = frozenset(),
    ) -> None:
        """Prepare the lists `kinds` of `languages`; `sure`: texts are in these, so words common in others count too.

        `home`: the languages that the texts are known to be in. Their common words are not taken for foreign words.
        """
        self._index = _index(tuple(languages), kinds)
        self._sure, self._home = sure, home
        self._candidates: dict[str, _Candidates] = {}
        """Token → what may begin with it; a cache."""
        self._without_candidates: set[str] = set()
        """Tokens with which nothing begins; a cache."""

    @cached_property
    def _wide(self) -> list[tuple[re.Pattern[str], str, str]]:
        """The patterns of what is written without blanks, each with its list and language."""
        wide: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for each in filter(self._is_counted, self._index.wide):
            wide[each.kind, each.language].add(
                re.escape(each.written) if has_wide(each.written) else _joined(each.written)
            )
        return [(regex("|".join(sorted(words, key=len, reverse=True))), *of) for of, words in wide.items()]

    def _is_counted(self, each: _Listed) -> bool:
        return self._sure or _counts(fold(each.written), each.kind, each.language, self._home)

    def may_hold(self, text: str) -> bool:
        """Return whether `find` may find a word in a text: many times as fast, and sometimes wrongly True."""
        tokens = tokens_of(text)
        if not self._without_candidates.issuperset(tokens) and any(self._begun_by(token) for token in tokens):
            return True
        return any(pattern.search(text) for pattern, _, _ in self._wide) if has_wide(text) else False

    def _begun_by(self, token: str) -> _Candidates | None:
        """Return the words and phrases that may begin with a token; None if there are none."""
        return None if token in self._without_candidates else self._candidates.get(token) or self._look_up(token)

    def _look_up(self, token: str) -> _Candidates | None:
        """Find out what may begin with a token, cache it and return it."""
        folded = fold(token)
        singles: dict[tuple[str, str], None] = {}
        several: defaultdict[str, list[_Phrase]] = defaultdict(list)
        first, begun = self._index.beginning_with(folded)
        for each in filter(self._is_counted, first):
            if each.written.endswith("!") and normalize("NFC", token).casefold() != each.written[:-1]:
                continue
            phrase = _phrase(each)
            if len(phrase.tokens) > 1:
                any_second = phrase.gap or (phrase.open_end and len(phrase.tokens) == 2)
                several["" if any_second else phrase.tokens[1]].append(phrase)
            else:
                singles[phrase.kind, phrase.language] = None
        for each in begun:
            if folded.startswith(fold(each.tokens[0])) and self._is_counted(each):
                singles[_phrase(each).kind, each.language] = None
        for each in self._index.ended.get(folded[-2:], ()):
            if folded.endswith(fold(each.written[1:])) and self._is_counted(each):
                singles[each.kind, each.language] = None
        if len(self._candidates) + len(self._without_candidates) >= _MOST_KEPT:
            self._candidates.clear()
            self._without_candidates.clear()
        if not singles and not several:
            self._without_candidates.add(token)
            return None
        return self._candidates.setdefault(token, (tuple(singles), dict(several)))

    def find(self, text: str, tokens: Sequence[str] | None = None) -> list[Word]:
        """Return the words of these lists in a text, by where they begin; the longest of each list at each place.

        `tokens`: those of the text, where they are known.
        """
        found: list[Word] = []
        tokens = tokens_of(text) if tokens is None else tokens
        if not self._without_candidates.issuperset(tokens):
            self._find(text, tokens, found)
        if has_wide(text):
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
            singles, several = candidates
            if singles:
                starts = starts or _starts(text, tokens)
                start, end = starts[at], starts[at] + len(token)
                for kind, code in singles:
                    found.append(_make(Word, (start, end, kind, code)))
            if not several:
                continue
            following = several.get(fold(tokens[at + 1]), ()) if at + 1 < len(tokens) else ()
            for phrase in (*following, *several.get("", ())):
                last = at + len(phrase.tokens) - 1 if not phrase.gap else _end_around(phrase, tokens, at)
                if last < len(tokens) and (phrase.gap or _matches(phrase, tokens, at)):
                    starts = starts or _starts(text, tokens)
                    stop = starts[last] + len(tokens[last])
                    found.append(_make(Word, (starts[at], stop, phrase.kind, phrase.language)))
                    phrases = True
        if phrases:
            found[:] = _longest(found)


def _joined(word: str) -> str:
    """Return a pattern of a Latin word that is joined to a word in Chinese or Japanese: `健太とLINE`."""
    wide = f"(?-i:{WIDE.pattern})"  # to ignore the case of thousands of letters takes long to compile
    return rf"(?i:(?<={wide}){word}(?![a-z])|(?<![a-z]){word}(?={wide}))"


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


def _phrase(each: _Listed) -> _Phrase:
    word, kind = each.written, each.kind
    tokens = tuple(map(fold, each.tokens or (word,)))
    before, gap, after = (part.strip() for part in word.partition("…"))
    where = AROUND if before and after else AFTER if before else BEFORE
    inner = len(tokens_of(before)) if gap and where == AROUND else 0
    kind = f"{where} {kind}" if gap and kind in CHANNELS else kind
    return _Phrase(tokens, word.endswith("*"), kind, each.language, inner)


_index = lru_cache(maxsize=64)(_Index)


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
