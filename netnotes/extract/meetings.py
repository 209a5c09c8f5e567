"""Encounters from meeting notes: one dated note, one encounter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from netnotes.config import Config
from netnotes.dates import one_object
from netnotes.extract.meeting_times import length_of_section, time_of
from netnotes.extract.named_people import names_on
from netnotes.extract.people.likely_names import likely_names_in
from netnotes.extract.people.names import stem
from netnotes.extract.people.person_marks import kinds_of
from netnotes.extract.people.person_words import MEETING_KINDS, OTHER_KINDS, bare_folder
from netnotes.extract.people.resolver import Resolver
from netnotes.extract.scenes import scene_of
from netnotes.model import Encounter, Initiative, Note, Passage, Person, Problem
from netnotes.regex import regex
from netnotes.reserved import fold_key
from netnotes.text import roles
from netnotes.text.clauses import words_of
from netnotes.text.lexicon import channels, durations, periods
from netnotes.text.lexicon.words import CHANNELS, Word
from netnotes.text.lines import initiative
from netnotes.text.serialize import FIELD, LISTED, NAMED, hold

_WEAK_KEYS = frozenset(("guests", "people", "with", "contacts", "person", "persons", "who", "contact", "present"))
"""Attendee properties that notes about projects, books or tasks may have, too."""
_TEAM_KEYS = frozenset(("team", "members", "mitglieder", "équipe", "equipe", "equipo", "squadra", "zespol"))
"""Properties that list people in notes about projects, too: read only where nothing else says who was at a meeting."""
_WORDS = regex(r"[^\W\d_]+(?:[:'-]\w+)*|\d:\d|\d-\d")


def attendee_key(note: Note, config: Config) -> str | None:
    """Return the first property, or inline field, of a note that names who was there."""
    if not note.has_any(attendee_names(config.encounters.attendees)):
        return None
    for key in note.having(config.encounters.attendees):
        if note.value(key) not in (None, "", []):
            return key
    words = roles.attendee_words()
    return next(
        (key for key, value in note.own().items() if value not in (None, "", []) and fold_key(key) in words), None
    )


@lru_cache(maxsize=16)
def attendee_names(attendees: tuple[str, ...]) -> frozenset[str]:
    """Return the names of properties that list who was there, as `fold_key` spells them, and those of the option."""
    return frozenset(map(fold_key, attendees)) | roles.attendee_words()


def is_meeting(note: Note, key: str | None) -> bool:
    """Return whether a note is about one meeting: by attendees, by its type, or by a contact word in its name.

    `key`: its `attendee_key`.
    """
    kinds = frozenset(kinds_of(note))
    if kinds & MEETING_KINDS:
        return True
    if kinds and not kinds.isdisjoint(OTHER_KINDS):
        return False
    if key:
        return True
    if periods.of_path(note.path) is not None and _begins_with_a_day(note.passages):
        return False
    if hold(note.passages, LISTED):
        return True
    return channel_of_name(note.path) is not None


def _begins_with_a_day(passages: Sequence[Passage]) -> bool:
    """Return whether the first heading with a date is above every list of attendees, as in a weekly note."""
    first = next((p for p in passages if is_dated_heading(p) or p.role in (roles.ATTENDEES, roles.ATTENDEE)), None)
    return first is not None and is_dated_heading(first)


@lru_cache(maxsize=100)
def words_of_name(path: str) -> Sequence[Word]:
    """Return the words of the tables in a note's name. Cached: all that is read of a note asks for them in turn."""
    return words_of(stem(path))


@lru_cache(maxsize=100)
def channel_of_name(path: str) -> str | None:
    """Return the channel in a note's name, or that of its folder. Cached as `words_of_name`."""
    if channel := channels.in_text(stem(path)):
        return channel
    found = [word.kind for word in words_of_name(path) if word.kind in CHANNELS]
    if found:
        return found[0]
    kinds = (bare_folder(folder) for folder in reversed(path.split("/")[:-1]))
    return next((channels.in_text(kind) or channels.IN_PERSON for kind in kinds if kind in MEETING_KINDS), None)


def meetings(
    note: Note, key: str | None, day: dt.date | None, people: Resolver, config: Config, *, date_reported: bool = False
) -> tuple[Encounter, ...]:
    """Return the encounters of a meeting note: one, or one for each heading that is a date.

    `key`: its `attendee_key`. `date_reported`: an impossible date of the note was already reported.
    """
    present, own, line, listed = _present(note, people, key)
    if not present:
        return ()
    one = _encounter(note, day or dt.date.min, people, config, present, own, line)
    if day is None and any(map(is_dated_heading, note.passages)):
        return tuple(_series(note, people, one, key))
    if day is None:
        if listed and key not in _WEAK_KEYS and not date_reported:
            people.problems.append(
                Problem(
                    "lists attendees, but no date that NetNotes can read",
                    path=note.path,
                    line=line,
                    hint="add `date: 2026-01-31`",
                    remark="no date",
                )
            )
        return ()
    return (one,)


def is_dated_heading(passage: Passage) -> bool:
    """Return whether a line is a heading that is a date, and not one of plans."""
    return passage.kind == "heading" and passage.date is not None and passage.role != roles.PLAN


def _series(note: Note, people: Resolver, one: Encounter, key: str | None) -> Iterator[Encounter]:
    """Yield one encounter for each heading that is a date: with the people below it, else those of the note."""
    passages = note.passages
    dated = [at for at, passage in enumerate(passages) if is_dated_heading(passage)]
    sections = {at: passages[at : _end_of_section(passages, at)] for at in dated}
    listed = {at: _listed(note, people, sections[at]) for at in dated}
    everybody = list(one.people)
    own = dict.fromkeys(dated, one.minutes_by_person)
    if key is None and not any(listed.values()) and not _listed(note, people, passages) and not _in_name(note, people):
        for at, section in sections.items():
            own[at], listed[at], _ = _mentioned(note._replace(passages=section), people)
        everybody = _mentioned(note._replace(passages=passages[: dated[0]]), people)[1]
    elif any(listed.values()):
        everybody = people.attending(note.path, note.line(key), note.value(key)) if key else []
        everybody += _listed(note, people, passages[: dated[0]])
    for at in dated:
        passage = passages[at]
        who = tuple(person for person in dict.fromkeys(listed[at] or everybody) if not person.me)
        if passage.date and passage.state is None and who:
            yield replace(
                one,
                date=one_object(passage.date),
                people=who,
                line=passage.line,
                minutes=passage.minutes if passage.minutes is not None else length_of_section(sections[at]),
                minutes_by_person={person.id: own[at][person.id] for person in who if person.id in own[at]},
                clock=passage.clock,
                channel=passage.channel or one.channel,
            )


def _end_of_section(passages: Sequence[Passage], at: int) -> int:
    level = passages[at].level
    following = range(at + 1, len(passages))
    return next((n for n in following if passages[n].kind == "heading" and passages[n].level <= level), len(passages))


def _listed(note: Note, people: Resolver, passages: Sequence[Passage]) -> list[Person]:
    """Return the people in the attendee lists among some lines."""
    lists = (p for p in passages if p.role in (roles.ATTENDEES, roles.ATTENDEE))
    return [person for p in lists for person in people.attending(note.path, p.line, p.text or "")]


def _present(note: Note, people: Resolver, key: str | None) -> tuple[list[Person], dict[str, float], int, bool]:
    """Return who was there, their own minutes, the line that says who was there, and whether a property does."""
    present: list[Person] = []
    line = 0
    if key:
        present = people.attending(note.path, note.line(key), note.value(key))
        line = note.line(key) or 1
    for passage in note.passages if hold(note.passages, LISTED) else ():
        if passage.role in (roles.ATTENDEES, roles.ATTENDEE):
            named = people.attending(note.path, passage.line, passage.text or "")
            present += named
            line = line or (passage.line if named else 0)
    own, mentioned, first = _mentioned(note, people)
    if any(not person.me for person in present):
        present += [person for person in mentioned if person.id in own]
    else:
        present = _in_name(note, people) or mentioned
        line = first
    if all(person.me for person in present):
        present = _team(note, people) or people.attending(note.path, 1, likely_names_in(stem(note.path)))
    present = [person for person in dict.fromkeys(present) if not person.me]
    return present, own, line or 1, line > 0 and bool(key)


def _team(note: Note, people: Resolver) -> list[Person]:
    """Return the people in a property such as `team`: those at a meeting, if nothing else says who was there."""
    properties = {**note.own(), **note.fields}
    key = next((key for key, value in properties.items() if fold_key(key) in _TEAM_KEYS and value), None)
    return people.attending(note.path, note.line(key), note.value(key)) if key else []


def _in_name(note: Note, people: Resolver) -> list[Person]:
    """Return the people that the note's name is about: `Ada 1-1`, `Meeting with Ada`."""
    return people.plain(_name_of(note), near=False)


def _name_of(note: Note) -> str:
    """Return the words of a note's name without dates and contact words."""
    name = stem(note.path)
    contact = [(word.start, word.end) for word in words_of_name(note.path) if word.kind in (*CHANNELS, "with")]
    return " ".join(
        match[0]
        for match in _WORDS.finditer(name)
        if not match[0][0].isdigit() and not any(start <= match.start() < end for start, end in contact)
    )


def _encounter(
    note: Note, day: dt.date, people: Resolver, config: Config, present: list[Person], own: dict[str, float], line: int
) -> Encounter:
    minutes, clock = time_of(note, people, config)
    return Encounter(
        date=one_object(day),
        people=tuple(present),
        path=note.path,
        line=line,
        minutes=minutes,
        minutes_by_person={person.id: own[person.id] for person in present if person.id in own},
        channel=channels.of_value(note.value("channel")) or channel_of_name(note.path) or channels.IN_PERSON,
        initiated_by=initiator(note.value("initiated_by", "by"), note, people),
        scene=scene_of(note, config, people.spelling),
        clock=clock,
        title=stem(note.path),
        fields=_fields(note),
    )


def _fields(note: Note) -> dict[str, object]:
    """Return the inline fields of a meeting note and its scalar properties."""
    plain = {key.lower(): value for key, value in note.own().items() if isinstance(value, str | int | float)}
    lines = reversed(note.passages) if hold(note.passages, FIELD) else ()
    inline = {key: value for passage in lines for key, value in passage.fields.items()}
    return {**inline, **note.fields, **plain}


def initiator(value: object, note: Note, people: Resolver) -> Initiative | None:
    """Return me, them or both from a word, or from a link to the ego or to someone else."""
    if known := initiative(value):
        return known
    who = people.attending(note.path, None, value) if isinstance(value, str) and "[[" in value else []
    return None if not who else "me" if who[0].me else "them"


def own_minutes(passage: Passage, mentions: Sequence[tuple[Person, float | None]]) -> dict[str, float]:
    """Return the minutes that a bullet or a row notes for individual people.

    A length after the only person is that person's, and so are lengths after each of several; a single length after the
    last of several is everyone's.
    """
    if len(mentions) == 1 and passage.kind in ("item", "row"):
        person, minutes = mentions[0]
        minutes = minutes if minutes is not None else durations.of_value(passage.fields.get("minutes"))
        return {person.id: minutes} if minutes is not None else {}
    return minutes_of_several(mentions)


def minutes_of_several(mentions: Sequence[tuple[Person, float | None]]) -> dict[str, float]:
    """Return the lengths after several people of one line; a single length is everyone's and gives nothing."""
    noted = {person.id: minutes for person, minutes in mentions if minutes is not None}
    return noted if len(noted) > 1 else {}


def _mentioned(note: Note, people: Resolver) -> tuple[dict[str, float], list[Person], int]:
    """Return each person's own minutes, everyone whom the body lists as present, and the line of the first."""
    own: dict[str, float] = {}
    present: list[Person] = []
    first = 0
    for passage in note.passages if hold(note.passages, NAMED) else ():
        if passage.task is not None or passage.role in (roles.PLAN, roles.ABSENT, roles.QUOTE):
            continue
        named = [
            (one.person, one.minutes)
            for name in passage.names
            if name.state is None and (name.kind != "name" or name.near or passage.role == roles.NAMES)
            for one in names_on(note, passage, name, people)
            if one.certain and not one.person.me
        ]
        if not named:
            continue
        first = first or passage.line
        present += [person for person, _ in named]
        for person, minutes in own_minutes(passage, named).items():
            own.setdefault(person, minutes)
    return own, present, first
