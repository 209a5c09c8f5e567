"""The words of a sentence that tell of a contact, of plans, of denials and of who started it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from netnotes.capture import attendance, initiative
from netnotes.capture.harmless_words import without_missed
from netnotes.capture.name_book import NameMatch
from netnotes.capture.promise import MARKS
from netnotes.regex import regex
from netnotes.text.lexicon.typing_mistakes import contact_respelled
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, Word, fold, listed

_LETTERS = regex(r"[^\W\d_]+")
_MET = regex(r"(?<!\w)met(?!\w)", re.IGNORECASE)
_TYPED = {f"typed {channel}": channel for channel in ("in person", "call", "message")}
"""Lists of short forms typed on a phone → channel."""
_KINDS = (*initiative.KINDS, *MARKS, *attendance.KINDS, *_TYPED, "done together")
"""Word lists used only for sentences of `netnotes log`."""


def words_in(text: str, own: frozenset[str], names: Sequence[NameMatch]) -> list[Word]:
    """Return the words of a sentence in some languages; English is always read."""
    read = own | {"en"}
    words = sorted((*vocabulary(read).find(text), *vocabulary(read, _KINDS, sure=True).find(text)))
    words = [word._replace(kind=_TYPED.get(word.kind, word.kind)) for word in words if not _is_common(text, word, own)]
    if "en" in own and not any(word.kind in CHANNELS for word in words):
        # In other languages `met` means `with`.
        words = sorted((*words, *(Word(m.start(), m.end(), "in person", "en") for m in _MET.finditer(text))))
    words = words if any(word.kind in CHANNELS for word in words) else sorted((*words, *_misspelled(text, own)))
    return without_missed(text, words, names)


def is_new_refusal(word: Word, words: Collection[Word]) -> bool:
    """Return whether a word, found where days are blank, refuses a contact and was not found before."""
    return word.kind in attendance.REFUSED and word not in words


def _misspelled(text: str, own: frozenset[str]) -> Iterator[Word]:
    """Yield the contact words with a typing mistake, for a sentence that has no other contact words."""
    for match in _LETTERS.finditer(text):
        if channel := contact_respelled(fold(match[0]), own | {"en"}):
            yield Word(match.start(), match.end(), channel, "en")


def _is_common(text: str, word: Word, own: frozenset[str]) -> bool:
    """Return whether a negation is rather a common word of another language: the Portuguese `no` is `in the`."""
    key = fold(text[word.start : word.end])
    others = (frozenset({code}) for code in own - {word.language})
    return word.kind == "negation" and any(
        key in listed("common", other) and key not in listed("negation", other) for other in others
    )
