"""Find where people met in a sentence: `at Otto's`, `im Park`, `chez Noor`, `by the canal`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from netnotes.capture.name_book import NameMatch
from netnotes.regex import regex
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, Word, fold, listed, numbered

MOST_WORDS = 3
_AT_SIGN = regex(r"(?<!\S)@(?=\s+\w)")
_ARTICLE = regex(
    r"\s*(?:(?:the|a|an|my|his|her|their|our|der|die|das|dem|den|einem|einer|la|le|les|l['’]|un|une|el|los|il|lo|o|os|as|de|het|een"
    r"|casa da|casa do|casa de|casa di)\s?(?=\S)(?<=[\s'’]))?\s*",
    re.IGNORECASE,
)
_NEXT = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITALS_ONLY = ("de", "it", "ru", "pl")
"""Languages in which only capitalised places, and kinds of places, are read: German (nouns) and others (names)."""
_WIDE_BEFORE = {"zh": "在", "ja": ""}
_WIDE_AFTER = {"zh": "", "ja": "で"}
"""What stands before and after a place in Chinese and Japanese."""
_MOST_WIDE = 6
"""Most characters of a name before a kind of place: `中山公园`."""
_ITALIAN_WITH_ARTICLE = frozenset("al alla allo nel nella nello".split())
_SHORT = 1
"""Most letters of a preposition that may be another word: only names of places are read after it."""
_TIMES = frozenset(
    "dawn dusk noon midnight midday lunch dinner breakfast once last first least night work all the end place"
    " telefono volo momento solito mattino pomeriggio".split()
)


@lru_cache(maxsize=1)
def _numbers() -> frozenset[str]:
    return frozenset((*numbered("numbers"), *numbered("larger numbers"))) - listed("common")


class Venue(NamedTuple):
    """Where people met."""

    text: str
    host: NameMatch | None = None
    """The person at whose place it was, if any."""


def find_place(
    text: str, remaining: str, names: Sequence[NameMatch], words: Sequence[Word], languages: frozenset[str]
) -> Venue | None:
    """Return the place that a sentence names. In `remaining` names and days are blanked; `words` were found in it."""
    starts = {name.start: name for name in names}
    leads = [
        *vocabulary(languages, ("place",), sure=True).find(remaining),
        *(Word(sign.start(), sign.end(), "place", "en") for sign in _AT_SIGN.finditer(remaining)),
    ]
    starts_of_words = {word.start for word in (*words, *leads) if word.kind in (*CHANNELS, "with", "place")}
    for word in leads:
        article = _ARTICLE.match(text, word.end)
        at = article.end() if article else word.end
        while at < len(text) and text[at] == " ":
            at += 1
        if name := starts.get(at):
            if word.language == "en" and not name.possessive:
                continue
            if _is_host_word(text[word.start : at], word.language):
                end = name.end + (2 if name.possessive else 0)
                return Venue(text[name.start : end], name)
            continue
        if found := _words(text, remaining, at, word, starts_of_words):
            return Venue(found if not article or article[0].strip().lower() != "the" else f"the {found}")
    return next(filter(None, (_wide(remaining, code) for code in _WIDE_BEFORE if code in languages)), None)


def _wide(text: str, language: str) -> Venue | None:
    """Return the place that Chinese or Japanese text names: `在公园`, `公園で`."""
    found = None if text.isascii() else _wide_place(language).search(text)
    return Venue(found[1]) if found else None


@lru_cache(maxsize=len(_WIDE_BEFORE))
def _wide_place(language: str) -> re.Pattern[str]:
    kinds = "|".join(sorted(listed("kinds of places", frozenset({language})), key=len, reverse=True))
    before, after = _WIDE_BEFORE[language], _WIDE_AFTER[language]
    return re.compile(rf"{before}([\u30a0-\u30ff\u3400-\u9fff]{{0,{_MOST_WIDE}}}(?:{kinds})){after}")


def _is_kind_of_place(key: str, language: str) -> bool:
    """Return whether a folded word is a kind of place, or a German compound with one: `Stadtpark`."""
    kinds = listed("kinds of places", frozenset({language}))
    return key in kinds or (language == "de" and key.endswith(tuple(kinds)))


def _is_host_word(before: str, language: str) -> bool:
    """Return whether a preposition means someone's place, as `chez` does, and not a person, as `a` does."""
    words = [fold(word) for word in before.split()]
    if "casa" in words:
        return True
    return (bool(words) and words[0] in {"at", "by", "bei", "chez", "hos"}) or (language == "pl" and words[:1] == ["u"])


def _words(text: str, remaining: str, at: int, word: Word, stops: Collection[int]) -> str | None:
    """Return the words of a place that starts at `at`."""
    taken: list[str] = []
    end = at
    with_article = word.language == "it" and fold(text[word.start : word.end]) in _ITALIAN_WITH_ARTICLE
    only_capitals = (word.language in _CAPITALS_ONLY and not with_article) or (
        word.end - word.start <= _SHORT and word.language not in ("en", "sv", "pt")
    )
    while len(taken) < MOST_WORDS and (match := _NEXT.match(text, end)):
        key = fold(match[0])
        if not remaining[match.start() : match.end()].strip() or (
            match.start() in stops and not match[0][:1].isupper()
        ):
            break
        if key in _TIMES or key in listed("part of day") or key in listed("common") or key in numbered("months"):
            break
        if not taken and key in _numbers() and not match[0][:1].isupper():
            # `i två timmar` says how long, `at two` when.
            break
        if only_capitals and not match[0][:1].isupper() and not _is_kind_of_place(key, word.language):
            break
        taken.append(match[0])
        end = match.end()
        if text[end : end + 1] != " ":
            break
        end += 1
        following = _NEXT.match(text, end)
        if not match[0][:1].isupper() and not (
            following and (following[0][:1].isupper() or fold(following[0]) in listed("kinds of places"))
        ):
            break
    return " ".join(taken) or None
