"""Which languages a sentence for `netnotes log` is in, and its words of contact, plans, denials and initiative."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from netnotes.capture.clauses import attendance, initiative
from netnotes.capture.clauses.harmless_words import without_missed
from netnotes.capture.names.book import NameMatch
from netnotes.capture.promises.find import MARKS
from netnotes.regex import regex
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.languages_of_text import count_common
from netnotes.text.lexicon.typing_mistakes import contact_respelled
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, WIDE_LANGUAGES, Word, fold, listed

_LETTERS = regex(r"[^\W\d_]+")
_MET = regex(r"(?<!\w)met(?!\w)", re.IGNORECASE)
_TYPED = {f"typed {channel}": channel for channel in ("in person", "call", "message")}
"""Lists of short forms typed on a phone → channel."""
_KINDS = (*initiative.KINDS, *MARKS, *attendance.KINDS, *_TYPED, "done together")
"""Word lists used only for sentences of `netnotes log`."""
_SIGNS = (
    *(*CHANNELS, *initiative.KINDS[:-3], "cancelled", "did not come"),
    *("typed in person", "typed call", "typed message"),
    *("yesterday", "before yesterday", "today", "tomorrow", "last", "next", "ago", "months", "weekdays"),
    *("day", "week", "month", "year", "hour", "part of day"),
)
"""Lists of words that show the language of a sentence; not `object`, `from` and `towards`, which are short."""
_W = "w"
_SHORT = 2
"""Letters of words such as `an` and `w`, which mean something in too many languages."""


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


def own_languages(text: str, languages: frozenset[str]) -> frozenset[str]:
    """Return the languages that a sentence's words suggest; all of the vault's if they suggest none."""
    counts = _words_by_language(text, languages)
    most = max(counts.values(), default=0)
    return frozenset(code for code, count in counts.items() if count > most / 2) if most > 1 else languages


def main_language(text: str, languages: frozenset[str]) -> str:
    """Return the language that most words of a sentence suggest; English where none leads."""
    counts = _words_by_language(text, languages)
    first, *others = sorted(counts.values(), reverse=True) or (0.0,)
    return max(counts, key=lambda code: counts[code]) if first > max(others, default=0) else "en"


def _words_by_language(text: str, languages: frozenset[str]) -> Mapping[str, float]:
    """Return language → how many of its words a sentence has; contact words count twice."""
    counts = {code: count for code, count in count_common(text).items() if code in languages}
    if "en" in languages and _W in map(fold, text.split()):
        # `w` is Polish, and the English `with` on a phone.
        counts["en"] = counts.get("en", 0) + 1
    by_place: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for word in vocabulary(languages, _SIGNS, sure=True).find(text):
        if word.end - word.start > _SHORT or not text[word.start].isascii():
            by_place[word.start, word.end].add(word.language)
    for codes in by_place.values():
        # One or two contact words are rarer than common ones, so they say as much as two of these.
        for code in codes:
            counts[code] = counts.get(code, 0) + 2 / len(codes)
    return counts


def is_here(text: str, start: int, end: int) -> bool:
    """Return whether a day phrase is rather the German and Dutch `hier`: `Jonas war hier`, but `Jonas, hier`."""
    if fold(text[start:end]) != "hier":
        return False
    counts = _words_by_language(f"{text[:start]} {text[end:]}", frozenset(LANGUAGES))
    return not counts.get("fr") and bool(counts.get("de") or counts.get("nl"))


def usual_order(own: frozenset[str]) -> Order | None:
    """Return which comes first in numeric dates, if all languages that a sentence may be in agree; English does not."""
    if own <= frozenset(WIDE_LANGUAGES):
        return "mdy"
    return None if own & {"en", *WIDE_LANGUAGES} else "dmy"
