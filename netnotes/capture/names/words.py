"""The words of a sentence that may be names, the unknown name that some of them make, and where a name is expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from netnotes.capture.names.book import ELISION, NameMatch, name_key, name_word
from netnotes.capture.word_kinds import (
    company_words,
    ends_with_contact,
    is_calendar_word,
    is_contact_word,
    is_grammar,
    is_lexical,
)
from netnotes.extract.people.names import is_placeholder
from netnotes.regex import regex
from netnotes.text.appositions import ARTICLES
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, fold, given_names, listed
from netnotes.text.names_in_lines import PARTICLES

LONGEST_NAME = 6
"""Most words in a name."""
CONTRACTED = regex("['’](?:ll|ve|re|d|m)$")
"""What is no part of a name: `I'll`, `We'd`."""
POSSESSIVE = regex(r"['’]s$|(?<=s)['’]$")
_HOME = regex(r"['’]s(?=\s*(?:$|[,.;:)]|\s(?:with|w/?|for|on|in)(?!\w)))")
_IS_GOING = regex(r"\s(?:gonna|going to|coming|sending|bringing|been|got to|not coming|away|ill)(?!\w)", re.IGNORECASE)
"""What follows a name with `is`: `Ada's gonna send me the map`."""
JOINED = regex(r"[\s,;&+/]*(?:\b(?:and|n|und|et|y|e|en|och|i|и)\b)?[\s,;&+/]*", re.IGNORECASE)
_ME = "i|me|ich|moi|yo|io|eu|ik|jag|ja|я"
_AND = r"(?:and|n|und|u|et|y|e|en|och|i|и|&|\+)"
AND_ME = regex(rf"\s*{_AND}\s?(?<=[\s&+])(?:{_ME})(?!\w)", re.IGNORECASE)
_ME_AND = regex(rf"(?<!\w)(?:{_ME})\s{_AND}$", re.IGNORECASE)

_IN_OR_AND = {"i": "pl", "en": "nl"}
"""Words for `and` that are `in` in other languages."""
_CONJUNCTION_LETTERS = frozenset("niueyowvz")
"""What `and`, `with` and the like are as a letter, also with a point: `ada u. bo`."""
_VERBS = ("acts", "object", "reached by me", "reached by them", "started by them")
"""Lists of verbs, and of the objects that may precede them, which show that a word before is their subject."""
_CONJUNCTIONS = frozenset("that and but so then when because while dass und aber que et mais y pero e ma".split())
_IN_THE_PAST = regex(r"[a-z]+[^e\W]ed(?!\w)")
"""English verbs in the past."""


class NameWord(NamedTuple):
    """A word of a sentence."""

    start: int
    end: int
    text: str
    key: str
    """As names are compared, without a possessive ending."""


def name_words(text: str) -> list[NameWord]:
    """Return the words of a sentence, in order; `d'` and the like are words of their own."""
    found = []
    for match in name_word(text).finditer(text):
        word, start = match[0].rstrip(".") if not match[0].startswith("[[") else match[0], match.start()
        if elision := ELISION.match(word):
            found.append(NameWord(start, start + elision.end(), elision[0], ""))
            word, start = word[elision.end() :], start + elision.end()
        found.append(NameWord(start, start + len(word), word, name_key(POSSESSIVE.sub("", word))))
    return found


def is_initial(text: str, word: NameWord, languages: frozenset[str]) -> bool:
    """Return whether a word is the initial of a family name: `Ada B.`, `ada b`; not a word such as `n` for `and`."""
    if len(word.text) != 1:
        return False
    if word.text.isupper() or word.key in _CONJUNCTION_LETTERS:
        return word.text.isupper()
    typed = word.key in listed("common", languages) | listed("typed with")
    return text.startswith(".", word.end) or not typed


def is_run(text: str, words: Sequence[NameWord]) -> bool:
    """Return whether only blanks, or the point of an abbreviation, separate the words."""
    return all(
        not text[one.end : other.start].strip(" .") and text[one.end : other.start] for one, other in pairwise(words)
    )


def unknown_name(
    text: str, words: Sequence[NameWord], at: int, languages: frozenset[str]
) -> tuple[NameMatch | None, int]:
    """Return an unknown name: the capitalised words from here on, and particles between them as in `Saskia de Wit`.

    A word of another language than those of the sentence may be a family name: `Deborah Klein`.
    """
    end = at + 1
    for next_at in range(at + 1, min(len(words), at + LONGEST_NAME)):
        word = words[next_at]
        if not is_run(text, words[next_at - 1 : next_at + 1]):
            break
        if word.text[:1].isupper() and not (is_lexical(word.key, languages) or is_calendar_word(word.key)):
            end = next_at + 1
        elif word.text not in PARTICLES:
            break
    written, possessive = written_name(text, words[at:end])
    if is_placeholder(written) or len(written) < 2:
        return None, end - at
    start = words[at].start
    return NameMatch(start, start + len(written) + (text[start] == "@"), (), written, possessive), end - at


def written_name(text: str, words: Sequence[NameWord]) -> tuple[str, bool]:
    """Return some words as they are written, without a possessive ending, and whether they have one."""
    written = POSSESSIVE.sub("", text[words[0].start : words[-1].end]).lstrip("@")
    possessive = POSSESSIVE.search(words[-1].text) is not None and not _IS_GOING.match(text, words[-1].end)
    return written, possessive


def is_joined(text: str, end: int, start: int, languages: frozenset[str]) -> bool:
    """Return whether a comma or `and` joins two names; not the Spanish `en` or the Swedish `i`, which are `in`."""
    between = text[end:start].strip()
    if between == "o" and "sv" in languages:
        return True
    language = _IN_OR_AND.get(between.casefold())
    return bool(between) and JOINED.fullmatch(text, end, start) is not None and (not language or language in languages)


def is_beside(text: str, start: int, before: Sequence[NameMatch], languages: frozenset[str]) -> bool:
    """Return whether a place is right after `with`, a contact word, or a name and a comma or `and`."""
    last = before[-1] if before else None
    if last and not last.possessive and is_joined(text, last.end, start, languages):
        return True
    tail = re.split(r"[\s(,;]", text[:start].rstrip(" :@("))[-1].removesuffix(".")
    if tail == "w" and "en" in languages and "pl" not in languages:
        return True
    if not tail:
        return False
    if tail in ("&", "+") and not (last and not text[last.end : start].strip(" &+")):
        # `at the Fox & Hound`
        return text[:start].rstrip(" &+").rpartition(" ")[2].islower()
    if fold(tail) in company_words() or (not tail[:1].isupper() and is_contact_word(fold(tail), languages)):
        return True
    if _ME_AND.search(text[:start].rstrip()):
        return True
    word = name_word(text).match(text, start)
    # `came for sunday lunch`, but `ran into june`
    dated = word is not None and is_calendar_word(word[0]) and fold(tail) not in ("into", "with")
    return not dated and ends_with_contact(text[:start], languages)


def is_addressed(text: str, start: int, languages: frozenset[str]) -> bool:
    """Return whether a place is after words such as `mail to`, `message de`, `scritto a`."""
    *_, before, preposition = ("", "", *map(fold, text[:start].split()))
    towards = preposition in listed("from", languages) | listed("towards", languages)
    return towards and is_contact_word(before, languages)


def is_for_somebody(text: str, word: NameWord, languages: frozenset[str]) -> bool:
    """Return whether a word ends what a meeting was for: `dinner for rose at ours`, not `dinner for rose fans`."""
    *_, before, preposition = ("", "", *map(fold, text[: word.start].split()))
    following = text[word.end :].split()
    closed = not following or not text[word.end].isspace() or fold(following[0]) in listed("common", languages)
    dated = bool(following) and is_calendar_word(following[0].strip(".,;"))
    meant = preposition in listed("for somebody", languages) and is_contact_word(before, languages)
    return meant and (closed or dated)


def word_before(text: str, start: int) -> str:
    """Return the word right before a place, folded."""
    return fold(re.split(r"[\s(,;]", text[:start].rstrip(" :@("))[-1].removesuffix("."))


def is_usual_name(text: str, word: NameWord) -> bool:
    """Return whether a capitalised word after `with` or a contact word is rather a name: `with May`, `called Mum`."""
    if word.key not in given_names() and word.key not in listed("kin as a name"):
        return False
    # `called May 3` is a date, `with May 30 min` is not.
    dated = is_calendar_word(word.text) and text[word.end :].lstrip()[:1].isdigit()
    return not dated or word_before(text, word.start) in company_words()


def is_at_home(text: str, name: NameMatch, languages: frozenset[str]) -> bool:
    """Return whether somebody's home, and nothing else of theirs, is named: `at Ada's`, not `at Ada's wedding`."""
    return word_before(text, name.start) in listed("place of somebody", languages) and bool(_HOME.match(text, name.end))


def is_company(text: str, name: NameMatch) -> bool:
    """Return whether a sentence says that someone was with the ego: `with Ada`, `Ada and I`, `跟李雪`, `健太と`."""
    before = text[: name.start].rstrip()
    wide = before.endswith(("和", "跟", "与", "與", "同")) or text.startswith("と", name.end)
    with_me = AND_ME.match(text, name.end) or _ME_AND.search(before)
    *_, further, last = ("", "", *map(fold, before.split()))
    # `com a Maja`, `mit der Ada`
    with_article = last in ARTICLES and further in company_words()
    return wide or with_me is not None or last in company_words() or last == "w" or with_article


def is_subject(text: str, words: Sequence[NameWord], at: int, languages: frozenset[str]) -> bool:
    """Return whether a first name that is also a common word begins a sentence: `björn ringde`, `will called`."""
    first = words[at]
    lead = text[: first.start].rstrip()
    if at + 1 < len(words) and (not lead or lead[-1] in ",;.!?" or word_before(text, first.start) in _CONJUNCTIONS):
        following = text[first.end :].lstrip()
        if following.startswith(tuple(listed("did not come", languages))) or _IN_THE_PAST.match(following):
            # `rob robbed me at poker`, `odd that odd didn't come`
            return True
    if lead:
        return False
    if len(words) > 1 and words[1].key == first.key:
        # `drew drew me a map`
        return True
    if AND_ME.match(text, first.end) or (POSSESSIVE.search(first.text) and not is_calendar_word(first.key)):
        # `grace's birthday drinks`
        return True
    if len(words) > 1 and words[1].key in listed("acts"):
        return True
    if is_before_act(text, first, languages):
        return True
    may_be_name = first.key in {fold(word) for word in listed("never a name")} and not is_grammar(first.key)
    # Not the `k` of `miles 5k run`
    others = (one for one in words[1:] if not text[one.start - 1].isdecimal())
    following = next((one.key for one in others if one.key not in _asides(languages)), "")
    return may_be_name and is_contact_word(following, languages)


def is_before_act(text: str, word: NameWord, languages: frozenset[str]) -> bool:
    """Return whether a verb or an object follows a word, which is its subject: `juli rief an`, `avril m'a écrit`."""
    rest = text[word.end :]
    found = vocabulary(languages, (*_VERBS, *CHANNELS), sure=True).find(rest) if rest.startswith(" ") else ()
    # `mark me down`, but `avril m'a écrit`
    objects = [word for word in found if word.kind == "object" and word.language == "en"]
    return any(verb.start == 1 and verb.kind not in CHANNELS and verb not in objects for verb in found)


@lru_cache(maxsize=64)
def _asides(languages: frozenset[str]) -> frozenset[str]:
    """Return the words between a subject and its verb: `frank heute getroffen`."""
    return frozenset().union(*(listed(kind, languages) for kind in ("today", "yesterday", "aside")), {"kurz"})
