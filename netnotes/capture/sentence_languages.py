"""Which languages a sentence for `netnotes log` is in, by its common words and its words of contact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from netnotes.capture import initiative
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.languages_of_text import count_common
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, WIDE_LANGUAGES, fold

_SIGNS = (
    *(*CHANNELS, *initiative.KINDS[:-3], "cancelled", "did not come"),
    *("yesterday", "before yesterday", "today", "tomorrow", "last", "next", "ago", "months", "weekdays"),
    *("day", "week", "month", "year", "hour", "part of day"),
)
"""Lists of words that show the language of a sentence; not `object`, `from` and `towards`, which are short."""
_W = "w"
_SHORT = 2
"""Letters of words such as `an` and `w`, which mean something in too many languages."""


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
