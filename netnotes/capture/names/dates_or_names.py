"""Decide whether a word that is a month, a weekday or a number is a date or a person's name, in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from netnotes.capture.names.book import NameMatch
from netnotes.capture.names.words import is_addressed, is_beside, word_before
from netnotes.capture.word_kinds import company_words, is_calendar_word, is_contact_word
from netnotes.regex import regex
from netnotes.text.lexicon import day_phrases
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, fold, listed, numbered
from netnotes.text.line_masking import blank

_JOINED = regex(r"\s*(and|und|et|y|e|&|\+|,)\s")


def without_dates(
    text: str, names: Sequence[NameMatch], today: dt.date, order: Order | None, languages: frozenset[str]
) -> list[NameMatch]:
    """Return the names in a sentence that are not part of a date: `3. Mai`, `in April`, `on Sunday`."""
    kept: list[NameMatch] = []
    for at, name in enumerate(names):
        if _ends_fixed_day(text[: name.end], languages):
            continue
        others = [(other.start, other.end) for other in names if other is not name]
        near = is_beside(text, name.start, names[:at], languages) or is_addressed(text, name.start, languages)
        if near and any(other.people for other in names if other is not name):
            near = not _is_after_noun(text, name, languages)
        calendar = is_calendar_word(name.written) or fold(name.written) in numbered("ordinals")
        if calendar and name.people and not near:
            phrases = day_phrases.find(blank(text, others), today, order, languages)
            if any(
                day.start <= name.start and day.end >= name.end and _is_date(text, day, name, names) for day in phrases
            ):
                continue
        kept.append(name)
    return kept


def _is_after_noun(text: str, name: NameMatch, languages: frozenset[str]) -> bool:
    """Return whether a word in small letters follows a noun such as `tea`: in `bo came for tea sunday` it is a day."""
    verbs = (listed(kind, languages) for kind in ("on another", "reached by me", "acts", "invites"))
    before = word_before(text, name.start)
    object_of = any(before in each for each in verbs) or before in company_words()
    return name.written.islower() and is_contact_word(before, languages) and not object_of


def _ends_fixed_day(text: str, languages: frozenset[str]) -> bool:
    """Return whether a text ends with a day such as `new year's eve`, whose last word may also be a name."""
    written = f" {fold(text)}"
    return any(" " in day and written.endswith(f" {day}") for day in numbered("fixed days", languages))


def begins_fixed_day(text: str, languages: frozenset[str]) -> bool:
    """Return whether a text begins with a day such as `new year's eve`."""
    written = fold(text)
    days = (day for day in numbered("fixed days", languages) if " " in day and written.startswith(day))
    return any(not written[len(day) : len(day) + 1].isalnum() for day in days)


def _is_date(text: str, day: DayPhrase, name: NameMatch, names: Sequence[NameMatch]) -> bool:
    """Return whether a calendar word is a date rather than a person's name."""
    others = any(other.people and other is not name for other in names)
    before = fold(text[: name.start].rstrip().rpartition(" ")[2])
    if not others and before in listed("from"):
        # `text from April`
        return False
    if day.end - day.start > name.end - name.start:
        return True
    if before in listed("on") | listed("last") | listed("this") | listed("next"):
        return True
    after = vocabulary(kinds=CHANNELS).find(text[name.end : name.end + 30])
    acts = any(not text[name.end : name.end + word.start].strip() for word in after)
    joined = _JOINED.match(text, name.end)
    # `sunday, 3 hrs` is a day, `sunday, bo and I` may be people.
    in_list = joined and (joined[1] != "," or any(other.start == joined.end() for other in names))
    return others and not acts and not in_list
