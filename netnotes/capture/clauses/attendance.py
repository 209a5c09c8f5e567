"""Decide who was there, according to a sentence: not people who are only talked about, nor those who did not come.

The names and words have been found before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from netnotes.capture.clause_bounds import clause_around
from netnotes.capture.clauses.harmless_words import HAPPENED, MISSED, NOT_YET, has_pronoun, is_and_me, without_harmless
from netnotes.capture.clauses.purposes import only_in_purpose
from netnotes.capture.clauses.wide_plans import is_wide_plan
from netnotes.capture.days.day_of_contact import When
from netnotes.capture.names.book import NameMatch
from netnotes.regex import regex
from netnotes.text import clauses
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, IN_LINES, Word, fold, listed
from netnotes.text.line_masking import blank

_BUT = regex(r"(?<!\w)(?:but|aber|mais|pero|ma|mas|maar|men|ale|но)\s*$", re.IGNORECASE)
_IF = regex(r"\s*(?:if|falls|wenn|jeśli|если|如果|もし)(?!\w)", re.IGNORECASE)
_REPORTED = "reported"
"""The list of words after which somebody is only talked about: `Ada said that`."""
_INTENDED, _HOPED, _NOT_DONE = "intended", "hoped", "not done"
"""Lists of what was only meant to happen (`wanted to`), what may (`hope to`), and what did not (`haven't`)."""
_CAME_TO_NOTHING, _CALLED_OFF = "came to nothing", "called off around"
"""Lists of what counts at the end of a clause only: `al final nada`, `sagte … ab`."""
KINDS = (
    *("no contact", "only in mind", _REPORTED, _INTENDED, _HOPED, _NOT_DONE, HAPPENED, MISSED),
    *(_CAME_TO_NOTHING, _CALLED_OFF),
)
"""Word lists for sentences that describe no contact, or people who were not there."""
REFUSED = ("cancelled", "no contact", _NOT_DONE, _CAME_TO_NOTHING, _CALLED_OFF)
"""Those of which a day may be between the words: `ging gisteren niet door`."""
_ABSENT = ("did not come",)
_BARE = 3
"""Most characters after `didn't` where nothing else is said: `nearly called Bo but didn't`."""
_NEXT = 2
"""Most characters between two words that follow each other, plus one."""
_NOT = regex(
    r"(?<!\w)(?:not|without|nicht|ohne|pas|sans|sin|no|senza|non|sem|não|niet|zonder|inte|utan|bez|nie|без|не)\s*$",
    re.IGNORECASE,
)
PLAN = "this is a plan"
"""Why a sentence about a later day describes no contact."""
NO_CONTACT = "it does not say that you were in touch"
"""Why a sentence that only says something about people describes no contact."""
_THROUGH = regex(
    r"(?<!\w)(?:through|via|thanks to|(?:every(?:one|body)|all) but|except|except for|apart from|durch|über|außer"
    r"|bis auf|sauf|excepto|salvo|menos|tranne|exceto|behalve|utom|förutom|genom|przez|oprócz|через|кроме"
    r"|(?:photos?|pictures?|pics?|card|present|gift) (?:of|for)|fotos? (?:von|de|di|da|do|van)|photos? de|bild på"
    r"|zdjęcie|zdjęcia|фото|geschenk für|karte für|cadeau (?:pour|voor)|regalo (?:para|per)|presente para|present till"
    r"|prezent dla|подарок для)\s*$",
    re.IGNORECASE,
)
"""Words before somebody who was not there: `met Ada through Bo`, `everyone but Bo`, `a photo of Bo`."""
_DONE = {clauses.CANCELLED: "it did not happen", clauses.NEGATED: "it did not happen", clauses.PLANNED: PLAN}
_SPOKEN_OF = (clauses.TOPIC, clauses.CITED, clauses.NEGATED, clauses.CANCELLED)
"""What is said of somebody who was not there; `at Ada's`, of a host, is no topic."""
_AUXILIARY = "ist|sind|hat|haben|est|sont|è|sono|is|zijn|heeft|har"
_BEFORE = regex(rf"\s*(?:(?:(?:{_AUXILIARY})\s+)?|[はが]\s*)", re.IGNORECASE)
"""What may be between a name and the words that the person did not come."""
_AFTER = regex(r"\s*(?:(?:el|la|il|o|a)\s)?", re.IGNORECASE)
_VERB_FIRST = ("es", "it", "pt", "pl", "ru")
"""Languages in which the name may follow: `no vino Marcos`."""
_CLAUSE_END = regex(r"\s*(?:$|[.,;!?)])")
_PAUSE = regex("[.,;:!?]")
_SENTENCE = regex(r"[.;!?](?=\s|$)")
_AND = regex(r"\s*(?:&|\+|and|und|et|y|e|en|och|i|и)\s*", re.IGNORECASE)
_START = regex(r"(?:^|[,;.(])\s*(?:but|aber|mais|pero|ma|mas|maar|men|ale|но)?\s*$", re.IGNORECASE)


def did_not_come(text: str, names: Sequence[NameMatch], languages: frozenset[str]) -> dict[int, tuple[int, int]]:
    """Return the people who did not come, according to a sentence: index in `names` → span of the words."""
    found: dict[int, tuple[int, int]] = {}
    # `kunde tyvärr inte komma` is read without `tyvärr`.
    asides = vocabulary(languages, ("aside",), sure=True).find(text)
    text = blank(text, [(word.start, word.end) for word in asides])
    for word in vocabulary(languages, _ABSENT, sure=True).find(text):
        at = _subject(text, word, names)
        while at is not None:
            found[at] = min(word.start, names[at].start), max(word.end, names[at].end)
            joined = at and _AND.fullmatch(text, names[at - 1].end, names[at].start)
            at = at - 1 if joined and _begins_clause(text, names, at - 1) else None
    return found


def _subject(text: str, word: Word, names: Sequence[NameMatch]) -> int | None:
    """Return the index of the name that the words are about."""
    for at, name in enumerate(names):
        if word.start < name.start < word.end or (
            name.end <= word.start and _BEFORE.fullmatch(text, name.end, word.start)
        ):
            return at
    if len(names) == 1 and names[0].end < word.start:
        # `lunch with Bo, he couldn't come`
        subject = text[clause_around(text, word.start, word.end)[0] : word.start].split()
        if len(subject) == 1 and fold(subject[0]) in listed("other people"):
            return 0
    after = [at for at, name in enumerate(names) if _AFTER.fullmatch(text, word.end, name.start)]
    return after[0] if after and word.language in _VERB_FIRST else None


def _begins_clause(text: str, names: Sequence[NameMatch], at: int) -> bool:
    """Return whether a list of names that ends with `at` begins a sentence or a clause."""
    while at and _AND.fullmatch(text, names[at - 1].end, names[at].start):
        at -= 1
    return _START.search(text[: names[at].start]) is not None


def without(spans: Sequence[tuple[int, int]], words: Sequence[Word]) -> list[Word]:
    """Return the words that are outside `spans`."""
    return [word for word in words if not any(start <= word.start < end for start, end in spans)]


def did_not_happen(
    text: str, words: Sequence[Word], names: Sequence[NameMatch], when: When, *, measured: bool
) -> str | None:
    """Return why a sentence describes no contact; None if it does. `measured`: whether it names a length."""
    if not measured and (is_wide_plan(text, names) or _is_only_meant(text, words, _HOPED)):
        return PLAN
    words = without_harmless(text, words, names, measured=measured)
    refused = any(word.kind == "no contact" or _ends_it(text, word) for word in words)
    refused = refused or _is_negated(text, words, names)
    unmet = not measured and (_is_only_negated(words) or _is_only_meant(text, words, _INTENDED))
    if refused or unmet or _is_not_done(text, words, names):
        return "it did not happen"
    in_mind = any(word.kind == "only in mind" for word in words) and not any(word.kind in CHANNELS for word in words)
    if in_mind or (names and all(_THROUGH.search(text[: name.start]) for name in names)):
        return NO_CONTACT
    if when.ahead or _is_asked(text, words) or _is_only_planned(text, words, names):
        return PLAN
    spans = [(name.start, name.end) for name in names]
    seen = clauses.Clauses(text, [word for word in words if word.kind in IN_LINES], spans)
    states = [seen.state(at) for at in range(len(spans))]
    reasons = [_DONE.get(state) if state else None for state in states]
    counting = [reason for reason, name in zip(reasons, names, strict=True) if not _NOT.search(text[: name.start])]
    if names and not counting:
        return "it did not happen"
    if counting and all(counting) and not (counting[0] == PLAN and _is_told_apart(text, words, names)):
        return counting[0]
    if any(word.kind == "cancelled" for word in words) and not any(reason is None for reason in counting):
        return "it did not happen"
    return None


def _ends_it(text: str, word: Word) -> bool:
    """Return whether words at the end of a sentence or a clause say that nothing came of it."""
    if word.kind == _CALLED_OFF:
        return _CLAUSE_END.match(text, word.end) is not None and not _PAUSE.search(text, word.start, word.end)
    return word.kind == _CAME_TO_NOTHING and not text[word.end :].strip(" .!…:(")


def _is_asked(text: str, words: Sequence[Word]) -> bool:
    """Return whether the sentence that names the contact is a question or begins with `if`."""
    if _IF.match(text):
        return True
    start = max((found.end() for found in _SENTENCE.finditer(text[:-1])), default=0)
    return text.rstrip().endswith("?") and not any(word.kind in CHANNELS and word.start < start for word in words)


def _is_only_planned(text: str, words: Sequence[Word], names: Sequence[NameMatch]) -> bool:
    """Return whether a sentence only says what somebody plans: `Ada wants to meet`."""
    contacts = [word for word in words if word.kind in CHANNELS]
    for word in words:
        if word.kind == "planning" and any(_follows(text, name.end, word.start) for name in names):
            end = clause_around(text, word.start, word.end)[1]
            return bool(contacts) and all(word.end <= contact.start < end for contact in contacts)
    return False


def _follows(text: str, end: int, start: int) -> bool:
    return end <= start and not text[end:start].strip()


def _is_told_apart(text: str, words: Sequence[Word], names: Sequence[NameMatch]) -> bool:
    """Return whether a clause without a word of plans describes contact with somebody: `Ada has to move, met her`."""
    for contact in words:
        start, end = clause_around(text, contact.start, contact.end)
        inside = [word for word in words if start <= word.start < end]
        if contact.kind not in CHANNELS or any(word.kind in NOT_YET for word in inside):
            continue
        named = any(start <= name.start < end for name in names)
        if named or has_pronoun(text[start:end], contact.language):
            return True
    return False


def not_seen(text: str, words: Sequence[Word], names: Sequence[NameMatch]) -> frozenset[int]:
    """Return the indexes of the names in clauses without contact: Bo in `saw Ada, haven't seen Bo`."""
    spans = [clause_around(text, word.start, word.end) for word in words if word.kind == _NOT_DONE]
    return frozenset(at for at, name in enumerate(names) for start, end in spans if start <= name.start < end)


def _is_not_done(text: str, words: Sequence[Word], names: Sequence[NameMatch]) -> bool:
    """Return whether a clause says that there was no contact, and no other one describes contact with somebody."""
    missed = not_seen(text, words, names)
    for word in words:
        if word.kind != _NOT_DONE:
            continue
        start, end = clause_around(text, word.start, word.end)
        inside = any(start <= other.start < end for other in words if other.kind in CHANNELS)
        outside = any(not start <= other.start < end for other in words if other.kind in CHANNELS)
        bare = len(text[word.end : end].strip()) < _BARE
        if outside and missed and len(missed) < len(names):
            continue
        denied = _BUT.search(text, 0, start) is not None and has_pronoun(text[start:end], word.language)
        if bare or inside or denied or any(start <= name.start < end for name in names):
            return True
    return False


def _is_only_negated(words: Sequence[Word]) -> bool:
    """Return whether there is a negation, and no word of contact: `Ada nicht erreicht`."""
    return any(word.kind == "negation" for word in words) and not any(word.kind in CHANNELS for word in words)


def _is_only_meant(text: str, words: Sequence[Word], kind: str) -> bool:
    """Return whether a clause says what was meant to happen, and no other one what did: `wanted to meet Bo, but`."""
    for word in words:
        if word.kind == kind:
            start, end = clause_around(text, word.start, word.end)
            contacts = (other for other in words if other.kind in CHANNELS and not is_and_me(text, other))
            return not any(not start <= other.start < end for other in contacts)
    return False


def _is_negated(text: str, words: Sequence[Word], names: Sequence[NameMatch]) -> bool:
    """Return whether a negation is beside the contact word, or follows the only name.

    `no coffee with Bo`, `träffade inte Tor`, `traf Bo nicht`. In Portuguese `no` is `in the`.
    """
    first = next((word for word in words if word.kind in CHANNELS), None)
    denied = first and first.language == "en" and _NOT.search(text[: first.start])
    if first and denied and not _is_about_another(text, first, words, names):
        return True
    contacts = [word.end for word in words if word.kind in CHANNELS]
    ends = [*contacts, *(name.end for name in names if len(names) == 1 and contacts and contacts[0] <= name.start)]
    return any(word.kind == "negation" and any(0 < word.start - end < _NEXT for end in ends) for word in words)


def _is_about_another(text: str, first: Word, words: Sequence[Word], names: Sequence[NameMatch]) -> bool:
    """Return whether a contact word is in a clause without names, another in one with them: `no lunch, tea with Bo`."""
    spans = [clause_around(text, word.start, word.end) for word in words if word.kind in CHANNELS]
    own = clause_around(text, first.start, first.end)
    named = [span for span in spans if any(span[0] <= name.start < span[1] for name in names)]
    return own not in named and bool(named)


def really_there(
    text: str, words: Sequence[Word], names: Sequence[NameMatch], host: NameMatch | None
) -> list[NameMatch] | None:
    """Return the people who were there, such as the host, without those only spoken about; None for all of them."""
    spans = [(name.start, name.end) for name in names]
    missed = not_seen(text, words, names) | only_in_purpose(text, names, words)
    words = without_harmless(text, words, names, measured=False)
    seen = clauses.Clauses(text, [word for word in words if word.kind in IN_LINES], spans)
    there = [
        name
        for at, name in enumerate(names)
        if seen.state(at) not in ((*_SPOKEN_OF[1:],) if name is host else _SPOKEN_OF)
        and at not in missed
        and not _NOT.search(text[: name.start])
        and not _THROUGH.search(text[: name.start])
        and not _is_reported(text, words, names, name)
        and not _is_in_an_earlier_sentence(text, words, names, name)
    ] or [name for name in names if not _is_reported(text, words, names, name)]
    return there if there and len(there) < len(names) else None


def _is_in_an_earlier_sentence(text: str, words: Sequence[Word], names: Sequence[NameMatch], name: NameMatch) -> bool:
    """Return whether a sentence without contact names somebody, before one that names whom one met."""
    end = next((found.end() for found in _SENTENCE.finditer(text, name.end)), None)
    contacts = [word.start for word in words if word.kind in CHANNELS or word.kind == "done together"]
    if end is None or not contacts or contacts[0] < end:
        return False
    return any(other.start >= end and other.people for other in names) and len(text[:end].split()) > 1


def _is_reported(text: str, words: Sequence[Word], names: Sequence[NameMatch], name: NameMatch) -> bool:
    """Return whether someone else says something about a person: Bo in `Ada said that Bo has moved`."""
    said = [word for word in words if word.kind == _REPORTED and word.end <= name.start]
    return any(
        not _SENTENCE.search(text, word.end, name.start) and any(other.end <= word.start for other in names)
        for word in said
    )
