"""Snooze a person until a later day: `later` and `later_since` in their note, and words such as `2w` as a day."""

from __future__ import annotations

import datetime as dt
import re

from netnotes.app import edits
from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook
from netnotes.dates import add_days
from netnotes.model import Person, Problem
from netnotes.phrasing import in_syntax_of
from netnotes.text.frontmatter import ownership
from netnotes.text.lexicon import day_phrases
from netnotes.writing.draft import Draft

PROPERTY, SINCE = "later", "later_since"
_LENGTH = re.compile(r"(\d{1,4})\s?(d|days?|w|wks?|weeks?|m|mo|months?|y|years?)", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def day_of(text: str, today: dt.date) -> dt.date:
    """Return the day that `2w`, `10d`, `2026-12-10`, `Friday` or `in two weeks` means. Raises NotLogged."""
    if length := _LENGTH.fullmatch(text.strip()):
        day: dt.date | None = add_days(today, int(length[1]) * _DAYS[length[2][0].lower()])
    else:
        found = day_phrases.read(text, today) or day_phrases.read(f"in {text}", today)
        day = (found.upcoming or found.date) if found else None
    if day is None or day <= today:
        raise NotLogged(f"`{text}` is not a future date", "say 2w, 10d or a date like 2026-12-10")
    return day


def snooze(logbook: Logbook, person: Person, day: dt.date) -> Draft:
    """Return the draft of the person's note with both properties. Raises NotLogged where it cannot be written.

    `later_since` holds both days: a contact in between ends the delay for good, and a `later` that the user changes
    afterwards counts as a new one.
    """
    if person.path is None:
        raise NotLogged(f"{person.name} has no note to write `{PROPERTY}` into", "make one first")
    if reason := ownership.refusal(person.properties):
        said = in_syntax_of(logbook.vault.app, f"`{reason}`")
        raise NotLogged(f"{person.path}: says {said}", "write it into the note by hand")
    vault = logbook.vault
    changes = {PROPERTY: day.isoformat(), SINCE: f"{logbook.today.isoformat()} until {day.isoformat()}"}
    draft = edits.edit_properties(logbook.space.root, person.path, changes, vault.templates, page=vault.app == "logseq")
    if isinstance(draft, Problem):
        raise NotLogged(f"{draft.path}: {draft.message}", draft.hint)
    return draft
