"""Blank out links and code in a line; distinguish links that may be names from links that are plain words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from netnotes.regex import regex
from netnotes.text.lexicon import channels
from netnotes.text.lexicon.words import contact_words, fold
from netnotes.text.markdown.syntax import Link

_LONGEST_WORD = 20
_EMPHASIS = regex(r"(?<!\w)_{1,3}(?=[^\W_])|(?<=[^\W_])_{1,3}(?!\w)")
"""The underscores around `_supposed_ to`, which would be letters of the word."""


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Blank out spans of a text."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def without_underscores(text: str) -> str:
    """Blank out underscores that mark words as important; those within `a_name` stay."""
    return _EMPHASIS.sub(lambda signs: " " * len(signs[0]), text) if "_" in text else text


def masked(text: str, start: int, links: Sequence[Link], code: Sequence[tuple[int, int]]) -> str:
    """Blank out links and code, whose words are not the author's sentence.

    `code`: the spans that reach into the line.
    """
    spans = [(link.start, link.end) for link in links]
    pieces: list[str] = []
    done = 0
    for low, high in sorted((*spans, *code)) if code else spans:
        a, b = max(low - start, done), min(high - start, len(text))
        if a < b:
            pieces += [text[done:a], " " * (b - a)]
            done = b
    return "".join([*pieces, text[done:]])


def code_within(code: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """Return the spans that overlap start:end; `code` is in order and without overlaps."""
    first = bisect_left(code, (start, 0))
    if first and code[first - 1][1] > start:
        first -= 1
    return code[first : bisect_left(code, (end, 0))]


def names_among(links: Sequence[Link]) -> Sequence[Link]:
    """Return links without those that are a contact word: `[[Call]] with [[Ada]]`, `[[Ada]] [[1 on 1]]`."""
    for link in links:
        if _is_word(link):
            return [one for one in links if not _is_word(one)]
    return links


def _is_word(link: Link) -> bool:
    target = link.target
    if len(target) >= _LONGEST_WORD or link.embed:
        return False
    return (target.isalpha() and fold(target) in contact_words()) or channels.is_word(target)
