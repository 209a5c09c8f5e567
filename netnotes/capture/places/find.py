"""Find where people met in a sentence: `at Otto's`, `im Park`, `chez Noor`, `by the canal`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from netnotes.capture.clause_bounds import clause_around
from netnotes.capture.names.book import NameMatch
from netnotes.capture.places.wide import wide_place
from netnotes.capture.places.words import (
    goes_on,
    is_capital,
    is_described,
    is_lower_name,
    is_no_place,
    is_second_word,
    joined,
    takes_a_name,
)
from netnotes.capture.word_kinds import is_contact_word
from netnotes.regex import regex
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, REMOTE, Word, fold, listed, numbered

MOST_WORDS = 4
_FEW_WORDS = 3
_BEFORE_BREAK = regex(r"[^,.;:()!?]+")
_AT_SIGN = regex(r"(?<!\S)@(?=\s*['’]?\w)")
_ARTICLE = regex(
    r"\s*(?:(?:the|a|an|my|his|her|their|our|der|die|das|dem|den|einem|einer|la|le|les|l['’]|un|une|ein|eine|einem|einer|uno|una|um|uma|en|ett|el|los|il|lo|o|os|as|de|het|een|meinem|meiner|ihrem|ihrer|seinem|seiner|su|mi|mon|ma|son|sa|seu|sua|haar|zijn|mijn"
    r"|casa da|casa do|casa de|casa di)\s?(?=\S)(?<=[\s'’]))?\s*",
    re.IGNORECASE,
)
_ADDRESS = regex(r"(\d{1,4}[a-z]?) (?=[A-Z])")
_FOLLOWING = regex(r" (?:[«\"„“])?([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_LOOKED = regex(r"(?<!\w)(?:look|laugh|shout|yell|star|smil|glanc|point|good|bad|great)\w*\s$", re.IGNORECASE)
"""Words before an `at` that is before no place."""
_ABOUT = regex(r"(?<!\w)(?:about|re|über|wegen|sobre|propos|riguardo|om|про|о)\s(?:[^\s,.;]+\s){0,2}$", re.IGNORECASE)
"""Words before a trip that is only spoken of."""
_DROPPED = regex(r"(?<!\w)(?:dropped|popped|stopped|swung|nipped|called|checked|came) in$", re.IGNORECASE)
_NOT_AT = regex(
    r"(?<!\w)(?:not|never|instead of|nicht|statt|anstatt|pas|au lieu d(?:e|['’])|en vez de|invece (?:di|che)|non"
    r"|em vez de|não|niet|in plaats van|inte|istället för|nie|zamiast|не|вместо)\s*$|(?:(?<=[,;(])|^)\s*no\s*$",
    re.IGNORECASE,
)
"""What is before a place where nobody was."""
_DENIED = regex(
    r"(?<!\w)(?:\w+n['’]t|not|never|no|nicht|kein\w{0,2}|nie|pas|jamais|nunca|non|mai|não|niet|geen|inte|ingen|не|нет)(?!\w)",
    re.IGNORECASE,
)
"""What denies a clause in which a place is named."""
_QUOTES = tuple('«»"„“”')
_SAINTS = ("St", "Mt", "Ste", "Sta")
_KINDS_ONLY = ("on", "sur le", "ao", "a", "aos", "as")
"""Words before a kind of place, but before no name: `on Zoom`, Portuguese `à Maria`."""
_HOMES = ("casa", "thuis")
_NEXT = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITALS_ONLY = ("de", "it", "ru", "pl")
"""Languages in which only capitalised places, and kinds of places, are read: German (nouns) and others (names)."""
_ITALIAN_WITH_ARTICLE = frozenset("al alla allo nel nella nello".split())
_OF_A_KIND = "place of a kind"
_TRIP, _TOWARDS = "trip", "towards a place"
"""Lists of words for a trip, and of words that are before a place only after one of these: `day trip to York`."""
_VERB_LAST = ("de", "nl")
"""Languages in which the word for a trip may follow: `nach Bonn gefahren`."""
_LEADS = ("place", "place of somebody", _OF_A_KIND, _TOWARDS)
"""Lists of words before a place."""
_SHORT = 1
"""Most letters of a preposition that may be another word: only names of places are read after it."""


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
    leads = _leads(text, remaining, words, names, languages)
    starts_of_words = {word.start for word in (*words, *leads) if word.kind in (*CHANNELS, "with", "place")}
    for word in leads:
        article = _ARTICLE.match(text, word.end)
        at = article.end() if article else word.end
        while at < len(text) and text[at] == " ":
            at += 1
        if name := starts.get(at):
            called = word.language == "de" and any(
                one.kind in REMOTE and not remaining[one.end : word.start].strip()
                for one in words
                if one.end < word.start
            )
            if (
                called
                or not _is_host(text, word, name, at)
                or (word.language == "it" and not _is_visit(remaining, word, words))
            ):
                continue
            end = name.end + (2 if name.possessive else 0)
            return Venue(text[name.start : end], name)
        first = _NEXT.match(text, at)
        if word.kind == "place of somebody" or (first and _is_contact(text, first, word, languages)):
            continue
        if _is_state(remaining, at, word.language) or (first and _is_doing(text, word, first[0])):
            continue
        named = text[at : at + 1].isupper() or (first and _is_kind_of_place(fold(first[0]), word.language))
        if word.kind == _TOWARDS and not named:
            continue
        if word.kind == _OF_A_KIND and not (first and _is_down_the(text[word.start : word.end], first[0], word)):
            continue
        written = article[0].strip() if article else ""
        if not written and " " in text[word.start : word.end]:
            # Spanish `en La Latina`, where `en la` is listed
            written = text[word.start : word.end].rpartition(" ")[2]
        if written[:1].isupper() and text[at : at + 1].isupper():
            # The article is part of the name: `at The Crown`, `in De Zwaan`.
            at, written = text.rindex(written, 0, at), ""
        if found := _words(text, remaining, at, word._replace(end=at), starts_of_words):
            return Venue(f"the {found}" if written.lower() == "the" else found)
    wide = None if text.isascii() else wide_place(text, remaining, names, words, languages)
    return Venue(*wide) if wide else None


def _leads(
    text: str, remaining: str, words: Sequence[Word], names: Sequence[NameMatch], languages: frozenset[str]
) -> list[Word]:
    """Return the words before which a place may be named."""
    trips = vocabulary(languages, (_TRIP,), sure=True).find(remaining)
    if any(word.kind in REMOTE for word in words) or (trips and _ABOUT.search(text, 0, trips[0].start)):
        # `phoned Bo about a trip to Rome`
        trips = []
    leads = vocabulary(languages, _LEADS, sure=True).find(remaining)
    first = min((trip.start if trip.language not in _VERB_LAST else 0 for trip in trips), default=len(text))
    leads = [lead for lead in leads if lead.kind != _TOWARDS or lead.start > first]
    return [
        *(
            lead
            for lead in _longest(leads, words)
            if not _is_before_no_place(text, lead, languages) and not _is_denied(remaining, lead, names)
        ),
        *(Word(sign.start(), sign.end(), "place", "en") for sign in _AT_SIGN.finditer(remaining)),
    ]


def _is_before_no_place(text: str, lead: Word, languages: frozenset[str]) -> bool:
    """Return whether a preposition is rather another word, or part of one: `no sugar`, `look at her flat`."""
    no = lead.language == "pt" and fold(text[lead.start : lead.end]) == "no"
    following = _FOLLOWING.match(text, lead.end) if no and "es" in languages and "en" not in languages else None
    if following and not following[1][0].isupper() and not _is_kind_of_place(fold(following[1]), "pt"):
        # Spanish `no fui`
        return True
    no = no and "en" in languages
    # `dropped in unannounced`
    dropped = _DROPPED.search(text, 0, lead.end) is not None
    return no or dropped or (lead.language == "en" and _LOOKED.search(text, 0, lead.start) is not None)


def _is_denied(text: str, lead: Word, names: Sequence[NameMatch]) -> bool:
    """Return whether a preposition is before a place where nobody was: `not at Otto's`, `wasn't in Lisbon, met Bo`.

    Somebody who is named in the same clause was somewhere: `didn't stay long with Bo in Lisbon`.
    """
    if _NOT_AT.search(text, 0, lead.start):
        return True
    start, _ = clause_around(text, lead.start, lead.end)
    denied = _DENIED.search(text, start, lead.start)
    counts = denied is not None and (fold(denied[0]) != "no" or lead.language != "pt")
    return counts and not any(start <= name.start < lead.start for name in names)


def _is_host(text: str, lead: Word, name: NameMatch, at: int) -> bool:
    """Return whether a name that begins at `at`, after a preposition, is that of a host: `at Ada's`, `chez Noor`."""
    return (name.possessive or lead.language != "en") and _is_host_word(text[lead.start : at], lead)


def _is_contact(text: str, first: re.Match[str], lead: Word, languages: frozenset[str]) -> bool:
    """Return whether a word of contact, and not a place, follows a preposition: `on Zoom`, not `at the tennis club`."""
    following = _FOLLOWING.match(text, first.end())
    places = (first[0], following[1]) if following else (first[0],)
    return is_contact_word(fold(first[0]), languages) and not any(
        _is_kind_of_place(fold(place), lead.language) for place in places
    )


def _is_state(text: str, at: int, language: str) -> bool:
    """Return whether a preposition is before a mood or the like rather than a place: `in good spirits`."""
    states = listed("state", frozenset({language}))
    begin = _BEFORE_BREAK.match(text, at)
    words = begin[0].split()[:_FEW_WORDS] if begin else []
    described = [word for word in words if word.islower() or language == "de"]
    return words == described and any(fold(word) in states for word in words)


def _is_doing(text: str, lead: Word, first: str) -> bool:
    """Return whether German `beim` is before what one was doing: `beim Einkaufen`, not `beim Brunnen im Garten`."""
    during = lead.language == "de" and fold(text[lead.start : lead.end]) == "beim"
    return during and first.endswith(("en", "ern", "eln")) and not _is_kind_of_place(fold(first), "de")


def _is_down_the(lead: str, first: str, word: Word) -> bool:
    """Return whether what follows `on` or `down` is a place: `on the beach`, `down the Red Lion`; not `on Zoom`."""
    return _is_kind_of_place(fold(first), word.language) or (first[0].isupper() and fold(lead) not in _KINDS_ONLY)


def _is_visit(text: str, lead: Word, words: Sequence[Word]) -> bool:
    """Return whether the Italian `da` is right after a meeting: `cena da Chiara`, not `mail da Chiara`."""
    return any(word.kind == "in person" and not text[word.end : lead.start].strip() for word in words)


def _is_kind_of_place(key: str, language: str) -> bool:
    """Return whether a folded word is a kind of place, or a German compound with one: `Stadtpark`."""
    kinds = listed("kinds of places", frozenset({language}))
    return key in kinds or (language == "de" and key.endswith(tuple(kinds)))


def _longest(leads: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """Return the words before a place, the longest of those that begin together, in the language of most `words`."""
    count = Counter(word.language for word in words)
    order = sorted(leads, key=lambda lead: (lead.end, lead.kind == "place", count[lead.language]))
    found = {lead.start: lead for lead in order}
    return [found[start] for start in sorted(found)]


def _is_host_word(before: str, lead: Word) -> bool:
    """Return whether a preposition means someone's place, as `chez` does, and not a person, as `a` does."""
    if "casa" in map(fold, before.split()):
        return True
    written = fold(before[: lead.end - lead.start])
    return written == "@" or written in listed("place of somebody", frozenset({lead.language}))


def _words(text: str, remaining: str, at: int, lead: Word, stops: Collection[int]) -> str | None:
    """Return the words of a place that starts at `at`, after a preposition and its article."""
    before = text[lead.start : at].rstrip()
    language, described = lead.language, lead.language == "en" and before.casefold().endswith("the")
    with_article = language == "it" and fold(before) in _ITALIAN_WITH_ARTICLE
    only_capitals = (language in _CAPITALS_ONLY and not with_article) or (
        len(before) <= _SHORT and language not in ("en", "sv", "pt")
    )
    number = _ADDRESS.match(text, at) if language == "en" and remaining[at : at + 1].strip() else None
    taken = [number[1]] if number else []
    end = number.end() if number else at
    while len(taken) < MOST_WORDS and (match := _NEXT.match(text, end)):
        key, capital = fold(match[0]), match[0][:1].isupper()
        following = _FOLLOWING.match(text, match.end())
        if following and key in _HOMES and fold(following[1]) in listed("whose home", frozenset({language})):
            # `em casa deles`
            return " ".join([*taken, match[0], following[1]])
        of_a_kind = following is not None and fold(following[1]) in listed("kinds of places")
        if not remaining[match.start() : match.end()].strip() or (
            match.start() in stops and not capital and not of_a_kind and not _is_kind_of_place(key, language)
        ):
            break
        named = capital and (bool(taken) or is_capital(text, match.end() + 1))
        if is_no_place(key, language) and not named and not of_a_kind:
            break
        if not taken and key in _numbers() and not capital:
            # `i två timmar` says how long, `at two` when.
            break
        if only_capitals and not capital and not _is_kind_of_place(key, language):
            break
        taken.append(match[0])
        end = match.end()
        if match[0] in _SAINTS and text[end : end + 2] == ". ":
            taken[-1] += "."
            end += 2
            continue
        if text[end : end + 1] in _QUOTES:
            end += 1
        if text[end : end + 1] != " ":
            break
        end += 2 if text[end + 1 : end + 2] in _QUOTES else 1
        after = remaining[following.end() :][:2] if following else ""
        joins = capital or takes_a_name(key) or described
        if inside := joined(text, remaining, end, language, small=described) if joins else None:
            taken.append(inside)
            end += len(inside) + 1
        elif not (
            following
            and (
                following[1][:1].isupper()
                or of_a_kind
                or (capital and goes_on(following, remaining, stops, language))
                or (described and not takes_a_name(key) and is_described(following, remaining, stops, language))
                or (len(taken) == 1 and is_second_word(before, following, remaining, stops))
                or is_lower_name(text, at, before, (key, fold(following[1])), after)
            )
        ):
            break
    return " ".join(taken) or None
