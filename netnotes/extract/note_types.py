"""What kind of note a note is, and of which day: daily note, meeting note, or neither. Reads paths and properties."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from netnotes.config import Config
from netnotes.extract.names import stem
from netnotes.model import Note, Problem, Vault
from netnotes.text.lexicon import dates, moment

_EXACT = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_JOURNAL = re.compile(r"(\d{4})_(\d{2})_(\d{2})")
_IN_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)|^(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?(?!\d)")
_CLOCK_IN_NAME = re.compile(r"\d{4}-?\d{2}-?\d{2}[ T_-]*([01]\d|2[0-3])[:.h-]?([0-5]\d)(?!\d)")


def evidence_notes(vault: Vault) -> list[Note]:
    """Return the notes of a vault that can say something: no templates, no copies that a sync left behind."""
    templates = tuple(f"{folder}/" for folder in vault.templates)
    return [note for note in vault.notes if not note.set_aside and not (templates and note.path.startswith(templates))]


Dated = Callable[[str], dt.date | None]


def daily_dates(vault: Vault, config: Config) -> Dated:
    """Return the function that tells of which day a path is the daily note; None for every other path."""
    form = config.encounters.daily_format or vault.daily_format
    folder = config.encounters.daily_folder if config.encounters.daily_folder is not None else vault.daily_folder
    prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""

    def dated(path: str) -> dt.date | None:
        if form and path.startswith(prefix) and (day := moment.parse(form, path[len(prefix) :].removesuffix(".md"))):
            return day
        name = stem(path)
        match = _EXACT.fullmatch(name) or ("journals/" in path and _JOURNAL.fullmatch(name)) or None
        return _day(match[1], match[2], match[3]) if match else None

    return dated


def named_date(path: str) -> dt.date | None:
    """Return the day that a note's file name holds: `2026-03-01 Call`, `Call 2026-03-01`, `20260301 Call`."""
    match = _IN_NAME.search(stem(path))
    if not match:
        return None
    return _day(*match.groups()[:3]) if match[1] else _day(*match.groups()[3:])


def named_clock(path: str) -> int | None:
    """Return the time of day behind the date in a file name (`2026-03-01 0905`), in minutes after midnight."""
    match = _CLOCK_IN_NAME.search(stem(path))
    return int(match[1]) * 60 + int(match[2]) if match else None


def property_date(note: Note, config: Config, problems: list[Problem]) -> dt.date | None:
    """Return the day that a property or an inline field gives a note; an impossible one is a problem and no date."""
    for key in config.encounters.dates:
        value = note.value(key)
        try:
            day = dates.of_value(value)
        except dates.NoSuchDay as error:
            problems.append(
                Problem(f"`{key}`: {error}", path=note.path, line=note.line(key), hint="write a date like 2026-01-31")
            )
            continue
        if day:
            return day
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
