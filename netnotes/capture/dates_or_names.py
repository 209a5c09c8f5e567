"""Decide whether a word that is a month, a weekday or a number is a date or a person's name, in one sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from netnotes.capture.name_book import NameMatch
from netnotes.capture.name_words import is_addressed, is_beside
from netnotes.capture.word_kinds import is_calendar_word
from netnotes.text.lexicon import day_phrases
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, fold, listed, numbered
from netnotes.text.line_masking import blank


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
        calendar = is_calendar_word(name.written) or fold(name.written) in numbered("ordinals")
        if calendar and name.people and not near:
            phrases = day_phrases.find(blank(text, others), today, order, languages)
            if any(
                day.start <= name.start and day.end >= name.end and _is_date(text, day, name, names) for day in phrases
            ):
                continue
        kept.append(name)
    return kept


def _ends_fixed_day(text: str, languages: frozenset[str]) -> bool:
    """Return whether a text ends with a day such as `new year's eve`, whose last word may also be a name."""
    written = f" {fold(text)}"
    return any(" " in day and written.endswith(f" {day}") for day in numbered("fixed days", languages))


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
    return others and not acts and not re.match(r"\s*(?:and|und|et|y|e|&|\+|,)\s", text[name.end :])
