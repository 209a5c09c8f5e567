"""Words of denial, plans and cancelling that say nothing against a contact: `missed the train, met Bo`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netnotes.capture.clause_bounds import clause_around
from netnotes.capture.names.book import NameMatch
from netnotes.capture.names.words import AND_ME
from netnotes.capture.word_kinds import company_words
from netnotes.regex import regex
from netnotes.text.appositions import ARTICLES
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
MISSED = "missed"
"""The list of words for an occasion that one was not at: `missed`, `verpasst`, `faltei ao`."""
_VERB_LAST = ("de", "nl", "ja")
_BUT = {"sv": regex(r"\smen\s"), "pl": regex(r"\sale\s")}
"""What ends a clause in one language, and is a noun in another."""
_ONLY = regex(r"\s(?:only|just|barely)\s")
_TO_BE = regex(r"(?:was |were )?(?:meant|supposed|going) to(?= be\s)", re.IGNORECASE)
_AFTER = regex(r"\s*(?:after|nachdem|après|después|depois|dopo|nadat|efter att|po tym|после того)\s", re.IGNORECASE)
_FEW_WORDS = 3
_OBJECT = {"de": 2, "nl": 2}
"""Words before a word such as `verpasst` that say what: `ich` alone does not."""
_WORD = regex(r"[^\s,;]+")
_CONJUNCTION = 5
"""Most characters between two names of a list."""
_LITTLE = 2
"""Characters of what is beside a word and says nothing."""


def without_harmless(text: str, words: Sequence[Word], names: Sequence[NameMatch], *, measured: bool) -> list[Word]:
    """Return words without those that speak against something else than the contact. `measured`: a length is named."""
    happened = max((word.start for word in words if word.kind == HAPPENED), default=-1)
    denied = any(word.kind in _DENIALS and _is_beside(text, word.start, happened) for word in words)
    reached = [word for word in words if word.kind == "reached by them"]
    # `left me a voicemail`
    words = [word for word in words if word.kind not in NOT_YET or not any(_is_part(word, one) for one in reached)]
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


def _is_part(word: Word, longer: Word) -> bool:
    return longer.start < word.start and word.end <= longer.end


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
    return False


def without_missed(text: str, words: Sequence[Word], names: Sequence[NameMatch]) -> list[Word]:
    """Return words in which those for a missed occasion are denials where that was with somebody, else left out.

    `missed lunch with Bo` did not happen. `missed the train` says nothing against a contact; neither does `skipped
    lunch, called Bo`, of which lunch is left out too.
    """
    kept = list(words)
    for word in [word for word in words if word.kind == MISSED]:
        if word not in kept:
            # Inside a longer one
            continue
        low, high = _missed(text, word, names)
        if not text[low:high].strip() and not any(low <= name.start < high for name in names):
            # `pranzo con Ada saltato`, where it is said before
            kept.remove(word)
            continue
        near = _end_of_few_words(text, (low, high), names) if low >= word.end else high
        contacts = [other for other in words if other.kind in CHANNELS and low <= other.start < near]
        somebody = any(low <= name.start < (high if contacts else near) for name in names)
        somebody = somebody or (low < high and _has_her(text[low:high], word.language))
        met = (clause_around(text, other.start, other.end) for other in words if other.kind in CHANNELS)
        elsewhere = [span for span in met if not (low <= span[0] < high or span[0] <= low < span[1])]
        told = any(start <= name.start < end for start, end in elsewhere for name in names)
        kept.remove(word)
        if somebody or (contacts and not told):
            kept.append(word._replace(start=min(low, word.start), end=max(high, word.end), kind="not done"))
        else:
            kept = [
                other
                for other in kept
                if other not in contacts and not (word.start <= other.start and other.end <= word.end)
            ]
    return sorted(kept)


def _end_of_few_words(text: str, span: tuple[int, int], names: Sequence[NameMatch]) -> int:
    """Return the end of the first few words of a span of a sentence in which names are blank."""
    low, high = span
    ends = [*(low + found.end() for found in _WORD.finditer(text[low:high])), *(name.end for name in names)]
    return next(iter(sorted(end for end in ends if low < end <= high)[_FEW_WORDS - 1 :]), high)


def _has_her(text: str, language: str) -> bool:
    """Return whether words without an article such as `la` say `her` or the like."""
    if language in WIDE_LANGUAGES:
        return has_pronoun(text, language)
    return has_pronoun(" ".join(word for word in text.split() if fold(word) not in ARTICLES | {"le"}), language)


def _missed(text: str, word: Word, names: Sequence[NameMatch]) -> tuple[int, int]:
    """Return where it says what was missed: behind the word, in some languages before it."""
    low, end = clause_around(text, word.start, word.end)
    own = [name for name in names if low <= name.start < word.start]
    if word.language in _VERB_LAST and (own or len(text[low : word.start].split()) >= _OBJECT.get(word.language, 1)):
        earlier = [name for name in names if name.end < low and low - name.end <= _CONJUNCTION]
        if own and own[0].start == low and earlier:
            # `lunch mit Ada und Bo verpasst`
            low = clause_around(text, earlier[-1].start, earlier[-1].end)[0]
        return low, word.start
    but = _BUT[word.language].search(text, word.end, end) if word.language in _BUT else None
    return word.end, but.start() if but else end


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
    """Return whether a word is in a clause about something else, and another clause describes the contact."""
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
