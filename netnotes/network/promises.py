"""Promises: unchecked tasks that link people. Says whose turn it is where the words say so; counts nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from netnotes.config import Config
from netnotes.model import Initiative, Note, Passage, Person, Promise, Vault
from netnotes.network.notekinds import daily_dates, named_date
from netnotes.network.people import EGO_WORDS, Directory, folded
from netnotes.vault import dates

_THEIRS = re.compile(
    r"(?<![\w@])(?:waiting|waiting for|waits? on|@them|owes? me)(?!\w)|#waiting", re.IGNORECASE
)
_MINE = re.compile(r"(?<!\w)@me(?!\w)|(?<!\w)I owe(?!\w)", re.IGNORECASE)


def read(vault: Vault, people: Directory, config: Config) -> tuple[Promise, ...]:
    """Return the promises of a vault, sorted by path and line."""
    daily_date = daily_dates(vault, config)
    templates = tuple(f"{folder}/" for folder in vault.templates)
    return tuple(
        promise
        for note in vault.notes
        if not (templates and note.path.startswith(templates))
        for promise in _of(note, daily_date(note.path) or named_date(note.path), people)
    )


def _of(note: Note, day: dt.date | None, people: Directory) -> Iterator[Promise]:
    owner = people.noted.get(note.path)
    for passage in note.passages:
        if passage.task != " ":
            continue
        linked = [p for m in passage.mentions if (p := people.linked(note.path, m.target)) and not p.me]
        who = dict.fromkeys(linked or ([owner] if owner else []))
        if who:
            yield Promise(
                people=tuple(who),
                text=passage.text or "",
                path=note.path,
                line=passage.line,
                by=_whose(passage, note, linked, people),
                made=_day(passage.fields.get("created")) or passage.date or day,
                due=_day(passage.fields.get("due")),
                fields=passage.fields,
            )


def _whose(passage: Passage, note: Note, linked: list[Person], people: Directory) -> Initiative | None:
    """Return whose turn it is: a `from` field first, then words, then who is the subject of `… to send`."""
    if owed := passage.fields.get("from"):
        who = people.attending(note.path, passage.line, owed)
        return "me" if who and who[0].me or folded(owed) in EGO_WORDS else "them"
    text = passage.text or ""
    if _THEIRS.search(text):
        return "them"
    if _MINE.search(text):
        return "me"
    subject = re.match(r"\[\[[^\]\n]+\]\]\s+(?:to|will|promised|owes)\s", text)
    return "them" if subject and linked else "me"


def _day(value: str | None) -> dt.date | None:
    try:
        return dates.of_value(value)
    except dates.NoSuchDay:
        return None
