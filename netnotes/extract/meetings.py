"""Encounters out of meeting notes: one dated note, one encounter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from netnotes.config import Config
from netnotes.extract.names import stem
from netnotes.extract.note_types import named_clock
from netnotes.extract.resolver import Directory
from netnotes.extract.scenes import scene_of
from netnotes.model import Encounter, Initiative, Note, Passage, Person, Problem
from netnotes.phrasing import written
from netnotes.text.lexicon import channels, durations
from netnotes.text.passages import initiative

_SURELY_A_MEETING = ("attendees", "participants", "guests")
"""Properties that nobody uses for anything but a meeting."""


def attendee_key(note: Note, config: Config) -> str | None:
    """Return the first property, or inline field, of a note that names who was there."""
    for key in config.encounters.attendees:
        if note.value(key) not in (None, "", []):
            return key
    return None


def meeting(
    note: Note, day: dt.date | None, people: Directory, config: Config, *, doubted: bool = False
) -> Encounter | None:
    """Return the encounter that a meeting note tells of; None where nobody was there or no day is known.

    `doubted`: the note has a date that cannot be, and that was said already.
    """
    key = attendee_key(note, config)
    line = (note.line(key) or 1) if key else 1
    present: list[Person] = []
    if key:
        present = people.attending(note.path, note.line(key), note.value(key))
    own, mentioned, first = _mentioned(note, people)
    if not key:
        present, line = mentioned, first
    else:
        present += [person for person in mentioned if person.id in own and person not in present]
    present = [person for person in dict.fromkeys(present) if not person.me]
    if not present:
        return None
    if day is None:
        if key in _SURELY_A_MEETING and not doubted:
            people.problems.append(
                Problem(
                    "names who met but not when",
                    path=note.path,
                    line=note.line(key),
                    hint="add `date: 2026-01-31`",
                )
            )
        return None
    return Encounter(
        date=day,
        people=tuple(present),
        path=note.path,
        line=line,
        minutes=_minutes(note, people, config),
        minutes_by_person={person.id: own[person.id] for person in present if person.id in own},
        channel=channels.of_value(note.value("channel")) or channels.in_text(stem(note.path)) or channels.IN_PERSON,
        initiated_by=started_by(
            note.value("initiated_by", "by"),
            note,
            people,
        ),
        scene=scene_of(note, config, people.spelling),
        clock=named_clock(note.path),
        title=stem(note.path),
        fields=_fields(note),
    )


def _fields(note: Note) -> dict[str, object]:
    """Return the inline fields of a meeting note and its properties that are one word, number or truth value."""
    plain = {key.lower(): value for key, value in note.own().items() if isinstance(value, str | int | float)}
    inline = {key: value for passage in reversed(note.passages) for key, value in passage.fields.items()}
    return {**inline, **note.fields, **plain}


def started_by(value: object, note: Note, people: Directory) -> Initiative | None:
    """Return me, them or both from a word, or from a link to the ego or to somebody else."""
    if known := initiative(value):
        return known
    who = people.attending(note.path, None, value) if isinstance(value, str) and "[[" in value else []
    return None if not who else "me" if who[0].me else "them"


def own_minutes(passage: Passage, mentions: Sequence[tuple[Person, float | None]]) -> dict[str, float]:
    """Return the minutes that a bullet or a row notes for single people.

    A length behind the only person is theirs, and so are lengths behind several; one behind the last of several is
    everybody's.
    """
    if len(mentions) == 1 and passage.kind in ("item", "row"):
        person, minutes = mentions[0]
        minutes = minutes if minutes is not None else durations.of_value(passage.fields.get("minutes"))
        return {person.id: minutes} if minutes is not None else {}
    return minutes_of_several(mentions)


def minutes_of_several(mentions: Sequence[tuple[Person, float | None]]) -> dict[str, float]:
    """Return the lengths that stand behind several people of one line; one length alone is everybody's."""
    noted = {person.id: minutes for person, minutes in mentions if minutes is not None}
    return noted if len(noted) > 1 else {}


def _mentioned(note: Note, people: Directory) -> tuple[dict[str, float], list[Person], int]:
    """Return each person's own minutes, everybody linked in the body, and the line of the first of them."""
    own: dict[str, float] = {}
    present: list[Person] = []
    first = 0
    for passage in note.passages:
        if passage.task is not None:
            continue
        mentions = [(p, m.minutes) for m in passage.links if (p := people.linked(note.path, m.target)) and not p.me]
        if mentions and not first:
            first = passage.line
        present += [person for person, _ in mentions]
        for person, minutes in own_minutes(passage, mentions).items():
            own.setdefault(person, minutes)
    return own, present, first or 1


def _minutes(note: Note, people: Directory, config: Config) -> float | None:
    for key in config.encounters.minutes:
        value = note.value(key)
        if value is None:
            continue
        minutes = durations.of_value(value)
        if minutes is not None:
            return minutes
        people.problems.append(
            Problem(
                f"`{key}: {written(value)}` is no length of time",
                path=note.path,
                line=note.line(key),
                hint="write minutes, or `1h30`",
            )
        )
    return durations.in_text(stem(note.path).partition(" ")[2])
