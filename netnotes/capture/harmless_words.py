"""Words of denial, plans and cancelling that say nothing against a contact: `missed the train, met Bo`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netnotes.capture.days import clause_around
from netnotes.capture.name_book import NameMatch
from netnotes.capture.name_words import AND_ME
from netnotes.capture.word_kinds import company_words
from netnotes.regex import regex
from netnotes.text.lexicon.words import CHANNELS, WIDE_LANGUAGES, Word, fold, listed, tokens_of

HAPPENED = "took place"
"""The list of words for what took place after all: `rescheduled, but happened today`."""
_DENIED = ("negation", "not done", "cancelled", "planning")
_DENIALS = ("negation", "not done")
NOT_YET = (*_DENIED, "intended", "no contact")
"""Lists of words that speak against contact."""
_NOT = regex(
    "(?:without|ohne|sans|sin|senza|sem|zonder|utan|bez|без|not|nicht|pas|no|non|não|niet|inte|nie|не)", re.IGNORECASE
)
_NOUNS = frozenset(("planning", "prep", "preparation", "planung", "vorbereitung", "planering"))
_MISSED = frozenset(("missed", "skipped"))
_ONLY = regex(r"\s(?:only|just|barely)\s")
_TO_BE = regex(r"(?:was |were )?(?:meant|supposed|going) to(?= be\s)", re.IGNORECASE)
_AFTER = regex(r"\s*(?:after|nachdem|après|después|depois|dopo|nadat|efter att|po tym|после того)\s", re.IGNORECASE)
_FEW_WORDS = 3
_LITTLE = 2
"""Characters of what is beside a word and says nothing."""


def without_harmless(text: str, words: Sequence[Word], names: Sequence[NameMatch], *, measured: bool) -> list[Word]:
    """Return words without those that speak against something else than the contact. `measured`: a length is named."""
    happened = max((word.start for word in words if word.kind == HAPPENED), default=-1)
    denied = any(word.kind in _DENIALS and _is_beside(text, word.start, happened) for word in words)
    kept = [
        word
        for word in words
        if word.kind not in NOT_YET
        or not (
            _is_beside_something(text, word, words, names)
            or (measured and word.kind in _DENIALS and not _has_contact(text, word, words))
            or (measured and any(other.kind == "proposes" and other.start == word.start for other in words))
            or (measured and _TO_BE.match(text, word.start))
            or (word.start < happened and not denied)
        )
    ]
    contacts = [word for word in kept if word.kind in CHANNELS and not is_and_me(text, word)]
    told = [span for word in contacts if (span := _told(text, word, kept, names))]
    return [word for word in kept if word.kind not in _DENIED or not _is_elsewhere(text, word, kept, names, told)]


def _is_beside(text: str, at: int, happened: int) -> bool:
    """Return whether a place is in the clause of a word such as `happened`."""
    start, end = clause_around(text, max(happened, 0), max(happened, 0))
    return happened >= 0 and start <= at < end


def _has_contact(text: str, word: Word, words: Sequence[Word]) -> bool:
    start, end = clause_around(text, word.start, word.end)
    return any(start <= other.start < end for other in words if other.kind in CHANNELS)


def _is_beside_something(text: str, word: Word, words: Sequence[Word], names: Sequence[NameMatch]) -> bool:
    """Return whether the words beside a word show that it says nothing against contact."""
    if word.kind == "negation":
        # `Ada, not Bo, came`
        return (
            any(name.start == word.end + 1 for name in names[1:])
            and _NOT.fullmatch(text, word.start, word.end) is not None
        )
    if word.language == "en" and any(word.start < name.start < word.end for name in names):
        # `called Ada, off to bed`
        return True
    written, following = fold(text[word.start : word.end]), text[word.end :].split()[:_FEW_WORDS]
    if written.rpartition(" ")[2] in _NOUNS:
        after = next((other for other in words if other.start == word.end + 1 and other.kind in CHANNELS), None)
        return after is not None or (bool(following) and fold(following[0]) in company_words())
    if written == "could":
        return _ONLY.match(text, word.end) is not None
    if written in _MISSED:
        end = word.end + sum(len(each) + 1 for each in following)
        places = (*(name.start for name in names), *(other.start for other in words if other.kind in CHANNELS))
        return bool(following) and not any(word.end <= at < end for at in places)
    return False


def _told(text: str, contact: Word, words: Sequence[Word], names: Sequence[NameMatch]) -> tuple[int, int] | None:
    """Return the clause of a contact word if it names somebody, and nothing in it speaks against contact."""
    start, end = clause_around(text, contact.start, contact.end)
    if any(word.kind in NOT_YET and start <= word.start < end for word in words):
        return None
    named = any(start <= name.start < end for name in names)
    return (start, end) if named or has_pronoun(text[start:end], contact.language) else None


def is_and_me(text: str, word: Word) -> bool:
    """Return whether a word of contact is only `and I`."""
    together = AND_ME.match(text, word.start)
    return together is not None and together.end() == word.end


def has_pronoun(text: str, language: str) -> bool:
    """Return whether a clause in a language says `her`, `him` or the like."""
    own = frozenset({language})
    if language in WIDE_LANGUAGES:
        return any(word in text for word in listed("somebody", own))
    return not listed("somebody", own).isdisjoint(map(fold, tokens_of(text)))


def _is_elsewhere(
    text: str, word: Word, words: Sequence[Word], names: Sequence[NameMatch], told: Sequence[tuple[int, int]]
) -> bool:
    """Return whether a word is in a clause about something else than the contact that another clause tells of."""
    start, end = clause_around(text, word.start, word.end)
    others = [span for span in told if span != (start, end)]
    if not others:
        return False
    if _AFTER.match(text, start):
        return True
    named = any(start <= name.start < end for name in names) or has_pronoun(text[start:end], word.language)
    beside = len(text[start : word.start].strip()) + len(text[word.end : end].strip())
    if named or beside <= _LITTLE:
        return False
    contact = any(start <= other.start < end for other in words if other.kind in CHANNELS)
    if word.kind in _DENIALS and (word.kind == "not done" or any(span[1] <= start for span in others)):
        return True
    return (not contact or word.kind == "negation") and any(end <= span[0] for span in others)
