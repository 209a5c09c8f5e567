"""Find the day of a contact in a sentence: today, a past day, or only a future one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from netnotes.capture.clause_bounds import clause_around
from netnotes.capture.days.ahead import (
    is_ahead,
    is_in_the_present,
    is_next_time,
    is_of_another,
    is_past,
    is_planned,
    is_said_of_later,
)
from netnotes.capture.days.deadlines import is_deadline
from netnotes.capture.names.book import NameMatch
from netnotes.capture.question import Question
from netnotes.capture.word_kinds import ends_with
from netnotes.regex import regex
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.words import Word, fold, listed

_TOPIC = regex(
    r"(?<!\w)(?:discussed|planned|organi[sz]ed|prepared|arranged|about|re:?|regarding|wegen|über|à propos d[eu']"
    r"|au sujet d[eu']|(?:photos|pictures|notes|minutes|slides|details) (?:from|of)|sobre|acerca de"
    r"|riguardo a|angående|про|насчёт|насчет|关于)"
    r"\s?(?:(?:the|der|die|das|la|le|el|il|o|a)\s)?$",
    re.IGNORECASE,
)
"""Words before a day that is only spoken of."""
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
_FIRST = regex(
    r"(?<!\w)(?:first|1st|erste[nrs]?|premi(?:er|ère)|primer[ao]?|prim[oa]|primeir[oa]|eerste|första"
    r"|pierwsz\w+|перв\w+)(?!\w)",
    re.IGNORECASE,
)
_IN = frozenset(("in", "en", "dans", "em", "tra", "fra", "over", "om", "za", "через"))
"""Words before a length that is ahead."""
_NOW = ("今", "这", "這", "本")
"""How periods up to now begin in Chinese and Japanese."""


class When(NamedTuple):
    """The day of a contact."""

    date: dt.date | None
    ask: tuple[Question, ...] = ()
    plan: dt.date | None = None
    used: tuple[DayPhrase, ...] = ()
    """The phrases that name the day."""
    ahead: bool = False
    """Whether the sentence names only a future day."""


def _is_part_of_day(text: str, day: DayPhrase) -> bool:
    """Return whether words for tomorrow mean the morning here: `por la mañana`, `am Morgen`."""
    word = fold(text[day.start : day.end])
    mornings = {part.split()[-1] for part in listed("part of day")}
    return word in listed("tomorrow") and word in mornings and ends_with(text[: day.start], "before a part of day")


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
        if (day.upcoming and is_planned(text, day))
        or is_of_another(text, day, contacts)
        or is_next_time(text, day, contacts, languages)
    ]
    if later and len(later) == len(days):
        # `coffee with Ada, will be back on Friday`
        return When(today, plan=next((day.upcoming for day in later if day.upcoming), None))
    days = [day for day in days if day not in later]
    past = [day for day in days if not is_ahead(text, day, words, today, languages)]
    ahead = [day for day in days if day not in past]
    if not past:
        told = any(is_past(text, word) for word in words) and not any(
            day.upcoming and is_in_the_present(text, day, words, languages) for day in ahead
        )
        if told or all(is_said_of_later(text, day) for day in ahead):
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


def _is_of_a_thing(text: str, day: DayPhrase, contacts: Sequence[int]) -> bool:
    """Return whether a day only says which thing is spoken of: `discussed Friday's dinner`."""
    if _TOPIC.search(text, 0, day.start) or _is_counted(text, day) or _is_since_the_last(text, day):
        return True
    owns = text.startswith(("'s", "’s"), day.end) and (day.date is None or day.upcoming is not None)
    return owns and any(at < day.start for at in contacts)


def _is_since_the_last(text: str, day: DayPhrase) -> bool:
    """Return whether a length only says how long ago the last contact was: `first coffee with Bo in 3 weeks`."""
    word, _, length = fold(text[day.start : day.end]).partition(" ")
    return bool(length) and word in _IN and _FIRST.search(text, 0, day.start) is not None


def _is_counted(text: str, day: DayPhrase) -> bool:
    """Return whether a period up to now only says among how many a contact is: `3rd coffee with Bo this week`."""
    if day.date or day.choices or day.upcoming:
        return False
    phrase = fold(text[day.start : day.end])
    current = phrase.startswith(_NOW) or any(f" {word} " in f" {phrase} " for word in listed("this"))
    return current and _NTH.search(text) is not None
