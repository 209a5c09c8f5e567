"""Days that are ahead, or of something else than the contact: `coffee with Ada, will be back on Friday`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from netnotes.capture.clause_bounds import clause_around
from netnotes.capture.word_kinds import ends_with
from netnotes.regex import regex
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import WIDE_LANGUAGES, Word, fold, listed

_PAST = {
    code: regex(pattern, re.IGNORECASE)
    for code, pattern in {
        "en": r"\w+ed(?:\s.*)?|(?:saw|rang|spoke|ran into|caught up|hung out)(?:\s.*)?",
        "de": r"(?!mittagessen)\w{0,5}ge\w+(?:t|en)|\w+iert|besucht|traf|rief.*|sprach",
        "nl": r"\w{0,5}ge\w+(?:t|en|d)|belde|sprak|zag",
        "fr": r"vue?s?|(?:appel|parl|crois|rencontr|discut|bavard|déjeun|dîn|mang|pass|téléphon|échang|retrouv)ée?s?",
        "es": r"(?!café)\w+(?:é|í)|vi",
        "pt": r"\w+ei|vi",
        "it": r"(?:ho )?(?:visto|chiamato|sentito|incontrato|parlato|scritto)\w*",
        "sv": r"\w+(?:ade|tade|ffade|ngde)|såg",
        "pl": r"\w+(?:łem|łam|liśmy|łyśmy)(?: się)?",
        "ru": r"\w+(?:л|ла|ли)(?:ся|сь)?",
    }.items()
}
"""Language → verbs of contact in the past."""
_TO_DO = regex(r"to (?:plan|discuss|prepare|organi[sz]e|arrange|go over|sort|say|tell|ask|let me know)(?!\w)")
"""English: words that begin a clause about something else than the contact."""
_PRESENT, _OF_OTHERS, _AGAIN = "present of mine", "present of others", "again"
"""Lists of verbs that make a day beside them a coming one, the second with a subject, and of words for `again`."""
_SUBJECT = regex(
    r"(?:\s{2}|(?<!\w)(?:je|il|elle|on|ils|elles|nous|he|she|they|we|i|er|sie|wir|ich|él|ella|ellos|ele|ela|lui|lei|hij|zij|ze"
    r"|han|hon|de|on|ona|он|она|они)\s)(?:(?:me|nous|te|us|uns|mich|mir|nos|se|mi|ci|ons|mij|oss|mig|also|auch|aussi)\s)?$",
    re.IGNORECASE,
)
"""A name, which is blank, or a pronoun, right before a verb."""
_VERB_FIRST = ("es", "pt", "it")
"""Languages in which a verb may begin its clause, before its subject: `pasa Marcos el sábado`."""
_PROGRESSIVE = regex(
    r"(?<!\w)(?:is|are|am|im|(?:he|she|it|they|we|i)['’](?:s|re|m))\s+(?:just |also |all )?"
    r"(?!(?:no|some|any|every)thing|even|morn)\w+ing(?!\w)",
    re.IGNORECASE,
)
"""English verbs such as `is coming`."""
_NAME_AND = regex(r"\s{3,}(?:and|und|et|y|e|en|och|i|и)\s$")
"""`and` after a name, which is blank."""
_RELATIVE = regex(
    r"\s(?:who|which|that|whose|die|der|das|qui|que|che|som|kt[oó]r\w+|котор\w+|dat)(?=\s)", re.IGNORECASE
)
"""Words that begin what is said about somebody: `coffee with Bo who comes from York`."""
_NEXT_ONE = regex(
    r"(?<!\w)(?:next (?:one|time)|see (?:you|ya|him|her|them|each other)|nächstes mal|bis|wir sehen uns|prochaine fois"
    r"|on se (?:re)?voit|la próxima(?: vez)?|nos vemos|la prossima(?: volta)?|ci (?:ri)?vediamo"
    r"|(?:a|da) próxima(?: vez)?|volt\w+ a (?:ver|falar|encontrar)[\w-]*|volgende keer|zien we elkaar"
    r"|nästa gång|vi?ses|następnym razem|widzimy się|do zobaczenia|в следующий раз"
    r"|увидимся|встретимся)(?!\w)|下次|再[见見]|[约約说說]好|次[は回]|また",
    re.IGNORECASE,
)
"""Words about the next contact."""
_SEEING = regex(r"\s*(?:i'm |i am |we're )?seeing\s", re.IGNORECASE)
"""English: what is seen today is still ahead: `seeing Bo tonight`."""


def is_ahead(text: str, day: DayPhrase, contacts: Sequence[Word], today: dt.date, languages: frozenset[str]) -> bool:
    """Return whether a phrase names a future day, or a period such as `next week`."""
    if day.upcoming and ends_with(text[: day.start], "is on a day"):
        # `dinner with Bo is on Friday`
        return True
    if (day.date == today and _SEEING.match(text)) or (
        day.upcoming and is_in_the_present(text, day, contacts, languages)
    ):
        return True
    return day.date > today if day.date is not None else _is_coming_period(text, day)


def _is_coming_period(text: str, day: DayPhrase) -> bool:
    """Return whether a phrase names a period ahead, such as `next week`."""
    phrase = fold(text[day.start : day.end])
    if phrase.startswith(tuple(listed("next", frozenset(WIDE_LANGUAGES)))):
        return not day.choices
    coming = listed("next") | {word for word in listed("ahead") if len(word) > 3}
    return not day.choices and any(f" {word} " in f" {phrase} " for word in coming)


def is_in_the_present(text: str, day: DayPhrase, contacts: Sequence[Word], languages: frozenset[str]) -> bool:
    """Return whether the verb beside a day is in the present: `am Samstag treffe ich Bo`, `Bo comes on Sunday`."""
    start, end = clause_around(text, day.start, day.end)
    while joined := _NAME_AND.search(text, 0, start):
        # `we're having Ada and Bo for dinner on Sunday`
        start, _ = clause_around(text, joined.start(), joined.start())
    start = max((found.end() for found in _RELATIVE.finditer(text, start, day.start)), default=start)
    relative = _RELATIVE.search(text, day.end, end)
    end = relative.start() if relative else end
    verbs = [
        verb
        for verb in vocabulary(languages, (_PRESENT, _OF_OTHERS), sure=True).find(text[start:end])
        if verb.kind == _PRESENT or _has_subject(text, start, verb)
    ]
    # `besucht uns`, although `besucht` may be past
    contacts = [word for word in contacts if not any(v.start <= word.start - start < v.end for v in verbs)]
    if any(start <= word.start < end and is_past(text, word) for word in contacts):
        return False
    if any(start <= word.start < day.start for word in contacts):
        # `lunch with Bo on friday he's doing well`: a new clause without a comma
        end = day.end
    if "en" in languages and _PROGRESSIVE.search(text, start, end):
        return True
    return any(start + verb.start < end for verb in verbs)


def _has_subject(text: str, start: int, verb: Word) -> bool:
    """Return whether a verb that was found from `start` on, where its clause begins, has its subject beside it."""
    begins = verb.language in _VERB_FIRST and not text[start : start + verb.start].strip()
    return begins or _SUBJECT.search(text, 0, start + verb.start) is not None


def is_next_time(text: str, day: DayPhrase, contacts: Sequence[int], languages: frozenset[str]) -> bool:
    """Return whether a day in a further clause is for the next contact: `…, seeing her again on Monday`.

    Also `…, see you next week`, `…, next one in April`; but not `lunch with Ada, next week`.
    """
    start, end = clause_around(text, day.start, day.end)
    if not any(at < start for at in contacts):
        return False
    kinds = {word.kind for word in vocabulary(languages, (_PRESENT, _AGAIN), sure=True).find(text[start:end])}
    if day.upcoming:
        return kinds == {_PRESENT, _AGAIN}
    if day.date or day.choices:
        return False
    return _NEXT_ONE.search(text, start, end) is not None or (bool(kinds) and _is_coming_period(text, day))


def is_planned(text: str, day: DayPhrase) -> bool:
    """Return whether a day is in a further clause that says what will be: `…, will be back on Friday`."""
    start, _ = clause_around(text, day.start, day.end)
    words = " ".join(fold(word) for word in text[start : day.start].split())
    planned = tuple(f"{each} " for each in listed("planning"))
    return start > 0 and (f"{words} ".startswith(planned) or _TO_DO.match(words) is not None)


def is_of_another(text: str, day: DayPhrase, contacts: Sequence[int]) -> bool:
    """Return whether a day is in a further clause, without contact, about somebody: `met Bo, he flew in on Sunday`."""
    start, end = clause_around(text, day.start, day.end)
    told = any(at < start for at in contacts) and not any(start <= at < end for at in contacts)
    return told and _is_about_others(text[start : day.start])


def is_past(text: str, word: Word) -> bool:
    """Return whether a word of contact is a verb in the past: `called`, `telefoniert`, `встретил`."""
    verb = _PAST.get(word.language)
    return verb is not None and verb.fullmatch(text, word.start, word.end) is not None


def _is_about_others(clause: str) -> bool:
    words = clause.split()
    first = re.split("['’]", fold(words[0]))[0] if len(words) > 1 else ""
    # `on` is `he` in Polish.
    return first in listed("other people") and first != "on"


def is_said_of_later(text: str, day: DayPhrase) -> bool:
    """Return whether a day is in a further clause with a subject of its own: `…, he is moving next week`."""
    start, _ = clause_around(text, day.start, day.end)
    return start > 0 and _is_about_others(text[start : day.start])
