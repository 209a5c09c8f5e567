"""Words that mean contact only next to a name: `helped [[Ada]]`, `had [[Ada]] over`, `[[Ada]] and I`, in a line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from netnotes.regex import regex
from netnotes.text.lexicon.words import AFTER, AROUND, BOUND, CHANNELS, TOGETHER, Word
from netnotes.text.names_in_lines import DECIDING, LINK, NAME, NameSpan

_BESIDE = regex(r"[\s@*_\[(\"'“]*(?:(?:an|a|o|as|os|la|le|el|il|der|den|dem|die)\s)?[\s@*_\[(\"'“]*", re.IGNORECASE)
_FEW_WORDS = regex(r"(?:[ ,]+(?!(?:that|which)\b)[^\s.,;:!?…()]+){0,4}[ ]*", re.IGNORECASE)
_NEEDS_NAME = frozenset((*BOUND, TOGETHER))
"""Kinds of words that count only next to a name."""
_POSSESSIVE = ("'s", "’s")
_SIGNS = ("&", "+", "u.")
_SIGN = regex(r"\s*(?:[&+]|u\.)\s*")
_SIGNS_BEFORE = regex(r"[\W\d_]*+(?:(?<=\[)x\]|)[\W\d_]*+", re.IGNORECASE)
_LETTER = regex(r"[^\W\d_]")
_VERB_LAST = frozenset(("de", "nl"))
"""Languages that put participles and infinitives at the end."""
_FURTHEST = 60
"""Characters between a name and the word after it."""

Resolved = tuple[Sequence[Word], frozenset[int]]
"""The resolved words of a line, and the starts of names that a bound word says the writer was in contact with."""


def resolve(text: str, words: Sequence[Word], places: Sequence[NameSpan]) -> Resolved:
    """Return the words, with each bound one replaced by a contact word, or left out if it has no name next to it."""
    before_verb = _before_last_verb(text, words, places)
    if _NEEDS_NAME.isdisjoint([word.kind for word in words]):
        return words, before_verb
    if any(place.kind == LINK for place in places):
        # German nouns have capitals too: `Beim Packen geholfen, siehe [[Ada]]`.
        places = [place for place in places if place.kind != NAME]
    first = next((word.kind for word in words if word.kind in CHANNELS), "in person")
    starts = [place.start for place in places]
    bound = set(before_verb)
    resolved = []
    spans: list[tuple[int, int]] = []
    for word in words:
        if word.kind in BOUND:
            names = _names_of(text, word, places, starts)
        elif word.kind == TOGETHER and not _has_sign(text, word):
            continue
        elif word.kind == TOGETHER:
            before = _SIGN if _has_and_sign(text, word) else _BESIDE
            names = [*_name_after(text, word, places, starts), *_name_before(text, word, places, starts, before)]
        else:
            resolved.append(word)
            continue
        if names:
            bound |= {name.start for name in names}
            spans.append((word.start, word.end))
            resolved.append(word._replace(kind=BOUND.get(word.kind, first)))
    # The `da` of `passata da Ada` does not cite anyone.
    resolved = [
        word
        for word in resolved
        if word.kind not in DECIDING or not any(low < word.start and word.end <= high for low, high in spans)
    ]
    return resolved, frozenset(bound)


def _before_last_verb(text: str, words: Sequence[Word], places: Sequence[NameSpan]) -> frozenset[int]:
    """Return the start of the first name of a line that ends with its verb: `Ada wegen der Schlüssel angerufen`."""
    late = [word for word in words if word.language in _VERB_LAST] if places else ()
    if not late or any(word.kind == "with" for word in late):
        return frozenset()
    first = places[0]
    english = {word.start for word in words if word.language == "en"}
    # `the meeting` at the end of an English line is no verb, although German and Dutch have the word, too.
    verbs = (w for w in late if w.kind in CHANNELS and w.start >= first.end and w.start not in english)
    if not any(not _LETTER.search(text, word.end) for word in verbs):
        return frozenset()
    return frozenset((first.start,)) if _SIGNS_BEFORE.fullmatch(text, 0, first.start) else frozenset()


def _has_sign(text: str, word: Word) -> bool:
    """Return whether the sign that belongs to a word, such as the `&` of `& I`, is right before it."""
    return " " in text[word.start : word.end] or _has_and_sign(text, word)


def _has_and_sign(text: str, word: Word) -> bool:
    """Return whether a word such as `I` is right after a sign: `& I`."""
    return text[: word.start].rstrip().endswith(_SIGNS)


def _names_of(text: str, word: Word, places: Sequence[NameSpan], starts: Sequence[int]) -> Sequence[NameSpan]:
    """Return the names in the gap of a word such as `helped …` or `had … over`."""
    if word.kind.startswith(AROUND):
        low, high = bisect_left(starts, word.start), bisect_left(starts, word.end)
        return [place for place in places[low:high] if place.start > word.start and place.end < word.end]
    if word.kind.startswith(AFTER):
        return _name_after(text, word, places, starts)
    return _name_before(text, word, places, starts, _FEW_WORDS)


def _name_after(text: str, word: Word, places: Sequence[NameSpan], starts: Sequence[int]) -> Sequence[NameSpan]:
    """Return the name right after a word, unless it is in the possessive."""
    at = bisect_left(starts, word.end)
    if at == len(places) or not _BESIDE.fullmatch(text, word.end, starts[at]):
        return ()
    return () if text.startswith(_POSSESSIVE, places[at].end) else places[at : at + 1]


def _name_before(
    text: str, word: Word, places: Sequence[NameSpan], starts: Sequence[int], between: re.Pattern[str]
) -> Sequence[NameSpan]:
    """Return the last name before a word, if the text between them matches `between`."""
    at = bisect_left(starts, word.start) - 1
    if at < 0 or not 0 <= word.start - places[at].end <= _FURTHEST:
        return ()
    return places[at : at + 1] if between.fullmatch(text, places[at].end, word.start) else ()
