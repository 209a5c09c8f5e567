"""Find the day of a contact in a sentence: today, a past day, or only a future one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from netnotes.capture.name_book import NameMatch
from netnotes.capture.word_kinds import begins_with, ends_with, start_of_end
from netnotes.regex import regex
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.phrase_dates import NO_SUCH_DAY
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import WIDE_LANGUAGES, Word, fold, listed

BREAK = regex(
    r"[;.!?](?=\s|$)|,\s|[，；。、]|\s[–—-]\s|\s(?:(?:and|und|et|y|e|en|och|и|but|aber|mais|pero|ma|mas|maar|но)\s|i\s(?=(?:z|ze|w|we|u|od|na|mam)\s)"
    r"|(?=(?:when (?:we|i)|while we|als wir|quand (?:on|nous)|cuando nos|quando (?:nos|ci)"
    r"|toen we|när vi|kiedy się|когда мы)\s))"
    r"|\s(?=(?:so (?:i|we|had|went|met|called|rang)|after (?:i|we|he|she|they)|to (?:plan|discuss|prepare|organi[sz]e"
    r"|arrange|go over|sort|say|tell|ask|let me know))\s)"
    r"|(?<=[\s(])(?:actions?|next steps?):\s|,(?=(?-i:[\u3040-\u30ff\u3400-\u9fff]))",
    re.IGNORECASE,
)
"""Where one clause ends and the next starts. The Polish `i` is also an Italian article, and English."""

_PAST = {
    code: regex(pattern, re.IGNORECASE)
    for code, pattern in {
        "en": r"\w+ed(?:\s.*)?|(?:saw|rang|spoke|ran into|caught up|hung out)(?:\s.*)?",
        "de": r"\w{0,5}ge\w+(?:t|en)|\w+iert|besucht|traf|rief.*|sprach",
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
_TOPIC = regex(
    r"(?<!\w)(?:discussed|planned|organi[sz]ed|prepared|arranged|about|re|regarding|wegen|über|à propos d[eu']"
    r"|au sujet d[eu']|(?:photos|pictures|notes|minutes|slides|details) (?:from|of)|sobre|acerca de"
    r"|riguardo a|angående|про|насчёт|насчет|关于)"
    r"\s?(?:(?:the|der|die|das|la|le|el|il|o|a)\s)?$",
    re.IGNORECASE,
)
"""Words before a day that is only spoken of."""
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
TWO_DAYS = "two days in one line"
"""`Question.problem` where people are named with different days."""
_NTH = regex(
    r"\d{1,3}(?:回目|度目)|第.{1,3}[次回]|(?<!\w)(?:\d{1,3}(?:st|nd|rd|th|\.|e|er|ère|ème|º|ª|[ao]|:e|-[йяе])(?!\w)"
    r"|first|second|third|fourth|fifth|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|premi(?:er|ère)|deuxième|troisième|primera?|primer"
    r"|segund[oa]|tercera?|prim[oa]|second[oa]|terz[oa]|primeir[oa]|terceir[oa]|eerste|tweede|derde|första|andra|tredje"
    r"|pierwsz\w+|drug[aiąe]\w*|trzeci\w*|перв\w+|втор\w+|трет\w+)",
    re.IGNORECASE,
)
"""Which of several contacts one is."""
_NOW = ("今", "这", "這", "本")
"""How periods up to now begin in Chinese and Japanese."""
_SEEING = regex(r"\s*(?:i'm |i am |we're )?seeing\s", re.IGNORECASE)
"""English: what is seen today is still ahead: `seeing Bo tonight`."""


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clause begins and ends that holds a span."""
    low = max((found.end() for found in BREAK.finditer(text, 0, start)), default=0)
    stop = BREAK.search(text, end)
    return low, stop.start() if stop else len(text)


class Question(NamedTuple):
    """A question that must be answered before a line can be written."""

    field: str
    """`people`, `date`, `due` for a deadline, or `on` for the person in whose note to log."""
    about: str
    """The ambiguous words."""
    choices: tuple[str, ...]
    """Names, or ISO dates; may be empty."""
    problem: str = ""
    new: bool = False
    """Whether the words may also name somebody new."""


class When(NamedTuple):
    """The day of a contact."""

    date: dt.date | None
    ask: tuple[Question, ...] = ()
    plan: dt.date | None = None
    used: tuple[DayPhrase, ...] = ()
    """The phrases that name the day."""
    ahead: bool = False
    """Whether the sentence names only a future day."""


def _is_ahead(text: str, day: DayPhrase, contacts: Sequence[Word], today: dt.date, languages: frozenset[str]) -> bool:
    """Return whether a phrase names a future day, or a period such as `next week`."""
    if day.upcoming and ends_with(text[: day.start], "is on a day"):
        # `dinner with Bo is on Friday`
        return True
    if (day.date == today and _SEEING.match(text)) or (
        day.upcoming and _is_in_the_present(text, day, contacts, languages)
    ):
        return True
    if day.date is not None:
        return day.date > today
    phrase = fold(text[day.start : day.end])
    if phrase.startswith(tuple(listed("next", frozenset(WIDE_LANGUAGES)))):
        return not day.choices
    coming = listed("next") | {word for word in listed("ahead") if len(word) > 3}
    return not day.choices and any(f" {word} " in f" {phrase} " for word in coming)


def _is_in_the_present(text: str, day: DayPhrase, contacts: Sequence[Word], languages: frozenset[str]) -> bool:
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
    if any(start <= word.start < end and _is_past(text, word) for word in contacts):
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


def _is_next_time(text: str, day: DayPhrase, contacts: Sequence[int], languages: frozenset[str]) -> bool:
    """Return whether a day in a further clause is for the next contact: `…, seeing her again on Monday`."""
    start, end = clause_around(text, day.start, day.end)
    if not day.upcoming or not any(at < start for at in contacts):
        return False
    kinds = {word.kind for word in vocabulary(languages, (_PRESENT, _AGAIN), sure=True).find(text[start:end])}
    return kinds == {_PRESENT, _AGAIN}


def _is_part_of_day(text: str, day: DayPhrase) -> bool:
    """Return whether words for tomorrow mean the morning here: `por la mañana`, `am Morgen`."""
    word = fold(text[day.start : day.end])
    mornings = {part.split()[-1] for part in listed("part of day")}
    return word in listed("tomorrow") and word in mornings and ends_with(text[: day.start], "before a part of day")


def is_deadline(text: str, day: DayPhrase, today: dt.date) -> bool:
    """Return whether the words beside a day make it a deadline: `by Friday`, but not `popped by yesterday`."""
    if coming(day, today) is None:
        return False
    before = text[: day.start]
    ahead = ends_with(before, "deadline") and not ends_with(before, "no deadline")
    return ahead or begins_with(text[day.end :].lstrip(), "deadline after") > 0


def deadline_span(text: str, day: DayPhrase) -> tuple[int, int]:
    """Return where a day is together with the words that make it a deadline: `antes del viernes`, `金曜日までに`."""
    # The day may begin with the end of these words, as `del viernes` does.
    places = (day.start, text.find(" ", day.start, day.end) + 1)
    starts = (start_of_end(text[:place], "deadline") for place in places if place)
    start = min((start for start in starts if start is not None), default=day.start)
    return start, day.end + begins_with(text[day.end :], "deadline after")


def day_of_contact(
    text: str,
    days: Sequence[DayPhrase],
    names: Sequence[NameMatch],
    words: Sequence[Word],
    today: dt.date,
    languages: frozenset[str],
) -> When:
    """Return the day of the contact: the first one named that is not in the future, else today.

    `words`: those of contact. `languages`: those of the sentence.
    """
    contacts = [word.start for word in words]
    days = [day for day in days if not _is_part_of_day(text, day) and not _is_of_a_thing(text, day, contacts)]
    days = _of_contact(text, days, contacts)
    if not days:
        return When(today)
    due = [day for day in days if is_deadline(text, day, today)]
    if due and len(due) < len(days):
        days = [day for day in days if day not in due]
    elif due:
        # `by Friday` is a deadline, not the day of the contact.
        return When(today, plan=next((day.upcoming or day.date for day in due), None))
    later = [
        day
        for day in days
        if (day.upcoming and _is_planned(text, day))
        or _is_of_another(text, day, contacts)
        or _is_next_time(text, day, contacts, languages)
    ]
    if later and len(later) == len(days):
        # `coffee with Ada, will be back on Friday`
        return When(today, plan=next((day.upcoming for day in later if day.upcoming), None))
    days = [day for day in days if day not in later]
    past = [day for day in days if not _is_ahead(text, day, words, today, languages)]
    ahead = [day for day in days if day not in past]
    if not past:
        told = any(_is_past(text, word) for word in words) and not any(
            day.upcoming and _is_in_the_present(text, day, words, languages) for day in ahead
        )
        if told or all(_is_said_of_later(text, day) for day in ahead):
            # `call with Ada, she is moving next week`, `called Ada about tomorrow`
            return When(today, plan=ahead[0].date)
        return When(None, plan=ahead[0].upcoming or ahead[0].date, ahead=True)
    # `talked about the trip in March with Ada yesterday`
    first, *more = [day for day in past if day.date or day.choices] or past
    plan = next((day.date for day in ahead), None) or next((day.upcoming for day in later), None)
    used = [first]
    for day in more:
        low, high = clause_around(text, day.start, day.end)
        if day.date == first.date or (day.date is None and first.date is None):
            used.append(day)
        elif any(low <= name.start < high for name in names) and low > first.end:
            choices = tuple(one.date.isoformat() for one in (first, day) if one.date)
            return When(None, (Question("date", text[day.start : day.end], choices, TWO_DAYS),))
        elif plan is None:
            plan = day.upcoming
    if first.problem:
        choices = tuple(choice.isoformat() for choice in first.choices)
        return When(None, (Question("date", text[first.start : first.end], choices, first.problem),), plan, tuple(used))
    return When(first.date, (), plan, tuple(used))


def _of_contact(text: str, days: Sequence[DayPhrase], contacts: Sequence[int]) -> Sequence[DayPhrase]:
    """Return days without those before the clause of a contact with its own: `Bo moves on Friday, met her today`."""

    def has_contact(day: DayPhrase) -> bool:
        start, end = clause_around(text, day.start, day.end)
        return any(start <= at < end for at in contacts)

    first = next((day for day in days if has_contact(day)), None)
    if first is None or not first.date or first.upcoming:
        return days
    start, _ = clause_around(text, first.start, first.end)
    return [day for day in days if day.start >= start or has_contact(day)]


def _is_planned(text: str, day: DayPhrase) -> bool:
    """Return whether a day is in a further clause that says what will be: `…, will be back on Friday`."""
    start, _ = clause_around(text, day.start, day.end)
    words = " ".join(fold(word) for word in text[start : day.start].split())
    planned = tuple(f"{each} " for each in listed("planning"))
    return start > 0 and (f"{words} ".startswith(planned) or _TO_DO.match(words) is not None)


def _is_of_another(text: str, day: DayPhrase, contacts: Sequence[int]) -> bool:
    """Return whether a day is in a further clause, without contact, about somebody: `met Bo, he flew in on Sunday`."""
    start, end = clause_around(text, day.start, day.end)
    told = any(at < start for at in contacts) and not any(start <= at < end for at in contacts)
    return told and _is_about_others(text[start : day.start])


def _is_of_a_thing(text: str, day: DayPhrase, contacts: Sequence[int]) -> bool:
    """Return whether a day only says which thing is spoken of: `discussed Friday's dinner`."""
    if _TOPIC.search(text, 0, day.start) or _is_counted(text, day):
        return True
    owns = text.startswith(("'s", "’s"), day.end) and (day.date is None or day.upcoming is not None)
    return owns and any(at < day.start for at in contacts)


def _is_counted(text: str, day: DayPhrase) -> bool:
    """Return whether a period up to now only says among how many a contact is: `3rd coffee with Bo this week`."""
    if day.date or day.choices or day.upcoming:
        return False
    phrase = fold(text[day.start : day.end])
    current = phrase.startswith(_NOW) or any(f" {word} " in f" {phrase} " for word in listed("this"))
    return current and _NTH.search(text) is not None


def _is_past(text: str, word: Word) -> bool:
    """Return whether a word of contact is a verb in the past: `called`, `telefoniert`, `встретил`."""
    verb = _PAST.get(word.language)
    return verb is not None and verb.fullmatch(text, word.start, word.end) is not None


def _is_about_others(clause: str) -> bool:
    words = clause.split()
    first = re.split("['’]", fold(words[0]))[0] if len(words) > 1 else ""
    # `on` is `he` in Polish.
    return first in listed("other people") and first != "on"


def _is_said_of_later(text: str, day: DayPhrase) -> bool:
    """Return whether a day is in a further clause with a subject of its own: `…, he is moving next week`."""
    start, _ = clause_around(text, day.start, day.end)
    return start > 0 and _is_about_others(text[start : day.start])


def impossible_deadlines(text: str, days: Iterable[DayPhrase]) -> Iterator[Question]:
    """Yield the question about each deadline that is no day, such as `by 31 June`."""
    for day in days:
        if day.problem == NO_SUCH_DAY:
            yield Question("due", text[day.start : day.end], (), day.problem)


def coming(day: DayPhrase, today: dt.date) -> dt.date | None:
    """Return the day that a phrase means in a sentence about the future."""
    if day.upcoming:
        return day.upcoming
    return day.date if day.date and day.date >= today else None
