"""Snooze a person until a later day: `later` and `later_since` in their note, and words such as `2w` as a day."""

from __future__ import annotations

import datetime as dt
import re

from netnotes.app import edits
from netnotes.app.log_notes import NotLogged, make_note
from netnotes.app.logbook import Logbook
from netnotes.dates import add_days
from netnotes.model import Person, Problem
from netnotes.text.lexicon import day_phrases
from netnotes.text.lexicon.words import fold, listed, numbered
from netnotes.writing.draft import Draft

PROPERTY, SINCE = "later", "later_since"
NO_DAY = "say 2w, 10d, next week or a date like 2026-12-10"
_LENGTH = re.compile(r"(\d{1,4})\s?(d|days?|w|wks?|weeks?|m|mo|months?|y|years?)", re.IGNORECASE)
_WIDE = re.compile(
    r"(\d{1,4}|[一二两三四五六七八九十])\s?(日|天|週間|周|週|星期|个星期|か月|ヶ月|个月|個月|年)(?:間)?(?:後|后)?"
)
_SMALL = frozenset("the la le el de den die der il w na в на".split())
"""Articles and prepositions before a next week."""
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def day_of(text: str, today: dt.date) -> dt.date:
    """Return the day that `2w`, `2026-12-10`, `Friday`, `in two weeks`, `next week` or `2 Wochen` means.

    Next week, month or year is its first day. Raises NotLogged.
    """
    if length := _LENGTH.fullmatch(text.strip()):
        day: dt.date | None = add_days(today, int(length[1]) * _DAYS[length[2][0].lower()])
    else:
        day = _wide_length(text, today) or _next_period(text, today) or _phrase(text, today)
    if day is None or day <= today:
        raise NotLogged(f"`{text}` is not a future date", NO_DAY)
    return day


def _phrase(text: str, today: dt.date) -> dt.date | None:
    """Return the day of a phrase in any language, also of a length alone: `Friday`, `in 2 weeks`, `2 semaines`."""
    for before in ("", *(f"{word} " for word in sorted(listed("ahead")))):
        found = day_phrases.read(f"{before}{text}", today)
        if found and (day := found.upcoming or found.date):
            return day
    return None


def _wide_length(text: str, today: dt.date) -> dt.date | None:
    """Return the day after a length in Chinese or Japanese: `2週間`, `三天后`."""
    match = _WIDE.fullmatch(text.strip())
    if match is None:
        return None
    number = int(match[1]) if match[1].isdecimal() else numbered("numbers")[match[1]]
    unit = next(kind for kind in ("day", "week", "month", "year") if match[2] in listed(kind))
    return add_days(today, number * _DAYS[unit[0]])


def _next_period(text: str, today: dt.date) -> dt.date | None:
    """Return the first day of the next week, month or year, if a text is a phrase for it; else None."""
    words = [word for word in fold(text).split() if word not in _SMALL]
    following = listed("next")
    for kind in ("week", "month", "year"):
        periods = listed(kind)
        wide = len(words) == 1 and any(words[0] == after + period for after in following for period in periods)
        if wide or (len(words) == 2 and set(words) & following and set(words) & periods):
            if kind == "week":
                return add_days(today, 8 - today.isoweekday())
            month = today.month + 1 if kind == "month" else 13
            year, month = divmod(today.year * 12 + month - 1, 12)
            return dt.date(year, month + 1, 1) if year <= dt.MAXYEAR else None
    return None


def snooze(logbook: Logbook, person: Person, day: dt.date) -> Draft:
    """Return the draft of the person's note with both properties. Raises NotLogged where it cannot be written.

    `later_since` holds both days: a contact in between ends the delay for good, and a `later` that the user changes
    afterwards counts as a new one.
    """
    if person.path is None:
        raise NotLogged(f"{person.name} has no note to write `{PROPERTY}` into", make_note(person))
    vault = logbook.vault
    changes = {PROPERTY: day.isoformat(), SINCE: f"{logbook.today.isoformat()} until {day.isoformat()}"}
    draft = edits.edit_properties(logbook.space.root, person.path, changes, vault.templates, page=vault.app == "logseq")
    if isinstance(draft, Problem):
        raise NotLogged(f"{draft.path}: {draft.message}", draft.hint)
    return draft
