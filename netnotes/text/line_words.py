"""The words of the tables in one line, each in the meaning that it has there."""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.regex import regex
from netnotes.text.clauses import words_of
from netnotes.text.lexicon import channels
from netnotes.text.lexicon.words import CHANNELS, TO_DO, Word
from netnotes.text.no_contact import gives_name

_RANGE = regex(r"[\s>*_\[(+-]*+\d{1,2}[:.h]\d{2}\s?[-–—]\s?\d{1,2}[:.h]\d{2}\b")
_REINTERPRETED = frozenset((*TO_DO, "only in mind"))
"""Kinds of words that count as another kind, depending on the line."""


def of_line(text: str, tokens: Sequence[str], task: str | None, home: frozenset[str], *, dated: bool) -> Sequence[Word]:
    """Return the words of a line; words of plans, such as `anrufen`, are contact words in a done task.

    The same holds after a range of times: `13:00 - 14:00 bijpraten met [[Ada]]`.
    """
    if not (dated or task is not None):
        return ()
    words = _without_other_meanings(text, words_of(text, tokens, home))
    if not text.isascii() and not text.startswith("#"):
        words = _with_signs(text, words)
    if all(word.kind not in _REINTERPRETED for word in words):
        return words
    done = task in ("x", "X") if task is not None else _RANGE.match(text) is not None
    kinds = {"only in mind": "citing", **(TO_DO if done else dict.fromkeys(TO_DO, "planning"))}
    return [word._replace(kind=kinds[word.kind]) if word.kind in kinds else word for word in words]


def _with_signs(text: str, words: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a line, with the pictures that stand for contact words."""
    signs = [
        Word(match.start(), match.end(), channels.of_sign(match[0]) or channels.IN_PERSON, "en")
        for match in channels.CONTACT_SIGN.finditer(text)
    ]
    return sorted((*words, *signs)) if signs else words


def _without_other_meanings(text: str, words: Sequence[Word]) -> Sequence[Word]:
    """Return the words without contact words that are none: in `the group chat` and `a nurse called Ada`."""
    cited = [word for word in words if word.kind == "citing" and " " in text[word.start : word.end]]
    if not cited and all(word.kind != "call" for word in words):
        return words
    return [
        word
        for word in words
        if word.kind not in CHANNELS
        or not (gives_name(text, word) or any(one.start < word.start and word.end <= one.end for one in cited))
    ]
