"""Whether a text describes several contacts, which one line cannot hold: `coffee with Ada 45m; called Bo 10m`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from itertools import combinations

from netnotes.capture.days.day_of_contact import TWO_DAYS
from netnotes.capture.question import Question
from netnotes.capture.understood import Understood
from netnotes.regex import regex
from netnotes.text.lexicon.words import REMOTE, fold, listed

FIELD = "contacts"
"""`Question.field` where a text must be logged in parts: its choices are the parts."""
SEVERAL = "this is more than one contact"
_SENTENCE = regex(r"\s*[;；。！？]\s*|(?<=[.!?])\s+")
_AND = regex(r",?\s(?:and|und|et|y|e|en|och|i|и)\s|\s*[;；。！？，、]\s*|(?<=[.!?])\s+|,\s+", re.IGNORECASE)
_CLAUSE = regex(r"\s*[;；。！？，、]\s*|(?<=[.!?])\s+|,\s+")
_THEN = regex(
    r"\s(?:and|und|et|y|e|en|och|i|и)\s|,\s(?!(?:then|dann|puis|luego|poi)\s)|,?\s(?:(?:and|und|et|y|e|en|och|i|и)\s)?(?:then|afterwards|later|dann|danach|anschließend|puis|ensuite|luego|después"
    r"|poi|depois|daarna|vervolgens|sedan|därefter|potem|później|потом|затем)\s|[，,、。]?(?:然后|然後|之后又|その後|それから)"
    r"|(?:之?[后後]|以[后後]|之前|以前|の(?:後|前|あと|まえ))(?:に|で)?[，、,]?(?=[\u3040-\u30ff\u3400-\u9fff])",
    re.IGNORECASE,
)
"""What may separate two occasions: `called Ada, then lunch with Bo`."""
_MOST_PLACES = 4
_BESIDE = {
    "en": "after|before|following",
    "de": "nach|vor",
    "fr": "après|avant",
    "es": "después del?|antes del?|tras",
    "pt": "depois d[eoa]|antes d[eoa]|após",
    "it": "dopo|prima d(?:i|el|ella)",
    "nl": "na|voor",
    "sv": "efter|före|innan",
    "pl": "po|przed",
    "ru": "после|перед",
}
"""Language → words before an occasion beside which another one was: `called Ada after lunch with Bo`."""
_ARTICLE = regex(
    r"(?:the|a|an|my|our|de[mnr]?|das|die|eine[mnr]?|le|la|l['’]|une?|el|los|il|lo|o|os|as|het|een)\s", re.IGNORECASE
)
_JOINED = regex(r"\s*(?:,|&|\+|(?:and|und|et|y|e|en|och|i|и)(?=\s))\s*", re.IGNORECASE)
_PLACE = regex(r"(?:['’]s)?(?:\s(?:at|in the|im|in der|beim|au|à la|en el|en la|al|no|na|op|bij|på|w|в|на)\s[^,.;]*)?")
"""What may follow the names of an occasion: the possessive of the host, and where it was."""


def in_parts(found: Understood, today: dt.date, understand: Callable[[str], Understood]) -> Question | None:
    """Return the question about a text whose sentences describe contacts with different people; None if they do not.

    Only if they differ in length, channel or day; between commas only if each has a length, or a day of its own.
    """
    if len(found.people) + len(found.unknown) < 2:
        return None
    if any(asked.problem == TWO_DAYS for asked in found.ask):
        each = [understand(part) for part in _AND.split(found.text) if part.strip()]
        days = {(one.date, *(asked.about for asked in one.ask)) for one in each if one.logged and one.people}
        if len(days) == len(each) > 1:
            return Question(FIELD, found.text, tuple(one.text for one in each), SEVERAL)
    each = _beside(found, today, understand) or _one_then_another(found, understand)
    if each:
        return Question(FIELD, found.text, tuple(one.text for one in each), SEVERAL)
    for pattern in (_SENTENCE, _CLAUSE):
        each = [understand(part) for part in pattern.split(found.text) if part.strip()]
        logged = [one for one in each if one.logged and (one.people or one.unknown)]
        if _are_several(logged, today, measured=pattern is _CLAUSE):
            choices = tuple(one.text for one in logged)
            return Question(FIELD, found.text, choices, SEVERAL)
    return None


def _beside(found: Understood, today: dt.date, understand: Callable[[str], Understood]) -> list[Understood]:
    """Return two contacts of which one was before or after the other; none if a text does not say so."""
    text, words = found.text, _BESIDE.get(found.language)
    for match in re.finditer(rf"(?<!\w)(?:{words})\s", text, re.IGNORECASE) if words else ():
        end = _end_of_occasion(found, match.end())
        if end is None:
            continue
        phrase = (
            _ARTICLE.sub("", text[match.end() : end], count=1)
            if _ARTICLE.match(text, match.end())
            else (text[match.end() : end])
        )
        if fold(phrase.split()[0]) in listed("other people"):
            # `called Ada before she met Bo`
            continue
        day = f" {found.date.isoformat()}" if found.date and found.date != today else ""
        rest = f"{text[: match.start()].rstrip(' ,')} {text[end:].lstrip()}".strip(" ,")
        each = [understand(rest), understand(f"{phrase}{day}")]
        if _are_occasions(each):
            return each
    return []


def _end_of_occasion(found: Understood, start: int) -> int | None:
    """Return the end of an occasion that begins at `start` and names its company; None if it names nobody."""
    after = [name for name in found.names if name.start >= start]
    if not after or _SENTENCE.search(found.text, start, after[0].start) or "," in found.text[start : after[0].start]:
        return None
    end = after[0].end
    for name in after[1:]:
        if not _JOINED.fullmatch(found.text, end, name.start):
            break
        end = name.end
    place = _PLACE.match(found.text, end)
    return place.end() if place else end


def _one_then_another(found: Understood, understand: Callable[[str], Understood]) -> list[Understood]:
    """Return two contacts with different channels, said one after the other; none if a text does not say so."""
    starts = {name.start for name in found.names}
    breaks = _THEN.finditer(found.text)
    places = [match for match in breaks if match.end() not in starts or not _JOINED.fullmatch(match[0])]
    for match in places[:_MOST_PLACES]:
        each = [understand(found.text[: match.start()]), understand(found.text[match.end() :])]
        channels = {one.channel for one in each} - {None}
        # Not `drinks with Ada and some guy called Bo`
        if len(channels) > 1 and not any(one.unknown for one in each) and _are_occasions(each):
            return each
    return []


def _are_occasions(each: Sequence[Understood]) -> bool:
    """Return whether texts describe contacts with different people; one by phone or in writing cannot be the other."""
    people = [{*one.people, *one.unknown} for one in each]
    told = all(one.logged and named for one, named in zip(each, people, strict=True))
    apart = all(one.channel for one in each) or any(one.channel in REMOTE for one in each)
    return told and apart and not any(one & other for one, other in combinations(people, 2))


def _are_several(logged: Sequence[Understood], today: dt.date, *, measured: bool) -> bool:
    people = [{*one.people, *one.unknown} for one in logged]
    if len(logged) < 2 or any(one & other for one, other in combinations(people, 2)):
        return False
    if measured:
        return all(one.minutes for one in logged)
    lengths, channels = {one.minutes for one in logged}, {one.channel for one in logged}
    # A sentence that names no day is of today.
    days = {one.date for one in logged} - {today}
    return any(len(values - {None}) > 1 for values in (lengths, channels, days))
