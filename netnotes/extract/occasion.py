"""One occasion: its lines, and the encounter they describe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice
from typing import NamedTuple

from netnotes.dates import add_days, one_object
from netnotes.extract.meeting_times import labelled_length
from netnotes.extract.meetings import initiator, minutes_of_several, own_minutes
from netnotes.extract.named_people import NamedPerson
from netnotes.extract.people.likely_names import is_likely_name
from netnotes.extract.people.resolver import Resolver
from netnotes.extract.rules import DONE_TASKS, Kind, not_done
from netnotes.extract.scenes import named as scene_named
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Encounter, Note, Passage, Person
from netnotes.text import roles

Meetings = Mapping[str, tuple[Encounter, ...]]
"""Path of a meeting note → its encounters."""
IN_INBOX = "in the inbox"


class Trace(NamedTuple):
    """The result for one name on one line, and the reason."""

    line: int
    date: dt.date | None
    name: str
    people: tuple[Person, ...]
    """The people the name may mean; empty: no known person."""
    kind: Kind
    rule: int
    why: str
    near: bool = False
    """Whether the name is right after a contact word or `with`."""
    plain: bool = False
    """Whether the name is plain words, not a link."""
    contact: bool = False
    """Whether the line has a contact word."""


@dataclass(slots=True)
class Context:
    """The note whose lines are read, and what is known about it before."""

    note: Note
    people: Resolver
    meetings: Meetings = field(default_factory=dict)
    scene: str | None = None
    day: dt.date | None = None
    """The day of the whole note."""
    daily: bool = False
    owner: Person | None = None
    """The person whose note it is."""
    strict: bool = False
    """Whether only a contact word right before a name, and attendee lists, count as encounters."""
    attendee_keys: frozenset[str] = frozenset()
    inbox: bool = False
    """Whether lines of text are no evidence yet: `netnotes inbox` moves them to where they are."""
    traces: list[Trace] | None = None
    """Where to record the result for each name; None: nowhere."""

    def why_waiting(self, passage: Passage) -> str | None:
        """Return why a line is no evidence yet: `netnotes inbox` offers it. None for tasks, tables and headings."""
        return IN_INBOX if self.inbox and passage.kind in ("paragraph", "item") and passage.task is None else None


@dataclass(slots=True)
class Group:
    """The lines of one occasion; the first one is its head."""

    day: dt.date
    around: list[Passage]
    """Bullets and headings above the first line, nearest first; they may give channel and scene."""
    passages: list[Passage] = field(default_factory=list)
    present: list[list[NamedPerson]] = field(default_factory=list)
    """For each line, the people it makes present."""
    owner: bool = False
    listed: bool = False
    """Whether an attendee list says who was there: other lines then add no one."""
    happened: bool = False
    """Whether any line has a sign of contact; matters for the owner of a log."""
    planned: bool = False

    @property
    def has_people(self) -> bool:
        """Whether a line names somebody who was there; a link to a page that does not exist may be to a topic."""
        named = (one for line in self.present for one in line)
        return any(one.certain or is_likely_name(one.person.name) for one in named)

    @property
    def owner_was_there(self) -> bool:
        """Whether the owner of a log was met, and not only mentioned."""
        return self.owner and self.happened and not (self.planned and not any(self.present))

    def add(self, passage: Passage, present: list[NamedPerson]) -> None:
        """Add a line, and the people it makes present."""
        self.passages.append(passage)
        self.present.append(present)


def encounter_of(context: Context, group: Group) -> Encounter | None:
    """Return the encounter of a group of lines; None if no one was there."""
    elsewhere = _in_linked_meetings(context, group)
    owner = context.owner
    present: dict[str, Person] = {}
    if group.owner_was_there and owner and owner.id not in elsewhere:
        present[owner.id] = owner
    own: dict[str, float] = {}
    shared: float | None = None
    for passage, named in zip(group.passages, group.present, strict=True):
        fresh = [(one.person, one.minutes) for one in named if one.person.id not in elsewhere and not one.person.me]
        present |= {person.id: person for person, _ in fresh}
        if passage is group.passages[0]:
            own |= minutes_of_several(fresh)
            shared = passage.minutes if passage.minutes is not None or own else _length_after_last(named)
        else:
            own |= own_minutes(passage, _with_length(passage, fresh))
    return _encounter(context, group, tuple(present.values()), own, shared) if present else None


def _encounter(
    context: Context, group: Group, people: tuple[Person, ...], own: dict[str, float], shared: float | None
) -> Encounter:
    lines = [*group.passages, *group.around]
    value = next(
        (v for p in lines if (v := p.initiated_by or p.fields.get("initiated_by") or p.fields.get("by"))), None
    )
    scene = next((p.scene for p in lines if p.scene), None)
    if shared is None and not own:
        lengths = group.passages if not group.listed else _about_everybody(group)
        shared = next((p.minutes for p in lengths if p.minutes is not None), None)
        if shared is None:
            clock = next((p.clock for p in lines if p.clock is not None and p.role != roles.PROPERTY), None)
            shared = labelled_length(group.passages, clock)
    head, *below = group.passages
    return Encounter(
        date=one_object(group.day),
        people=people,
        path=context.note.path,
        line=next((p.line for p, named in zip(group.passages, group.present, strict=True) if named), head.line)
        if group.listed
        else head.line,
        minutes=shared,
        minutes_by_person=own,
        channel=next((p.channel for p in (head, *group.around, *below) if p.channel), None),
        initiated_by=initiator(value, context.note, context.people),
        scene=scene_named(scene, context.people.spelling) if scene else context.scene,
        clock=next((p.clock for p in lines if p.clock is not None), None),
        fields={key: value for p in reversed(group.passages) for key, value in p.fields.items()},
    )


def _about_everybody(group: Group) -> Iterator[Passage]:
    """Yield the lines whose length is that of the whole meeting: those without a name, and the one above."""
    yield from (passage for passage in group.passages if passage.role == roles.PROPERTY or not passage.names)
    yield from group.around[:1]


def _with_length(passage: Passage, mentions: list[tuple[Person, float | None]]) -> list[tuple[Person, float | None]]:
    """Give the length on a line below the head to its only person: `- [[Bo]] came later, 30 min`."""
    if len(mentions) == 1 and mentions[0][1] is None:
        return [(mentions[0][0], passage.minutes)]
    return mentions


def _length_after_last(named: Sequence[NamedPerson]) -> float | None:
    """Return the length after the last, or only, person of a line."""
    return named[-1].minutes if named else None


def announces_occasion(passages: Sequence[Passage], at: int) -> bool:
    """Return whether a heading or bullet without people announces an occasion: by a time, a length, or guests."""
    passage = passages[at]
    if passage.state is not None:
        return False
    if passage.kind == "heading":
        return passage.clock is not None
    if passage.kind != "item":
        return False
    return passage.clock is not None or passage.minutes is not None or has_guests(passages, at)


def has_guests(passages: Sequence[Passage], at: int) -> bool:
    """Return whether the lines below a bullet with a contact word and no link are only names, perhaps with a length."""
    passage = passages[at]
    if passage.channel is None or passage.task is not None or any(name.kind != "name" for name in passage.names):
        return False
    guests = False
    for one in islice(passages, at + 1, None):
        if one.parent < at:
            break
        is_length = one.minutes is not None and not one.names
        if one.task is not None or not (is_length or one.role == roles.NAMES):
            return False
        guests |= not is_length
    return guests


def _in_linked_meetings(context: Context, group: Group) -> set[str]:
    """Return the ids of everyone in a meeting of that day whose note the lines link."""
    lines: Iterable[Passage] = (*group.passages, *group.around)
    links = (name.target for line in lines for name in line.names if name.kind == "link")
    paths = {context.people.path(context.note.path, target) for target in links}
    linked = [encounter for path in paths if path for encounter in context.meetings.get(path, ())]
    return {person.id for meeting in linked if meeting.date == group.day for person in meeting.people}


def day_meant(day: dt.date, passage: Passage) -> dt.date:
    """Return the day that `yesterday`, or a weekday before it, means in a line of `day`."""
    if passage.days_ago >= 0:
        return add_days(day, -passage.days_ago)
    return add_days(day, -((day.isoweekday() + passage.days_ago) % 7))


def day_after_names(passage: Passage) -> dt.date | None:
    """Return the day of `lunch with Ada on 14 May 2026`, which is right after the names in a line; None if unknown."""
    dated = len(passage.inside) == 1 and any(name.dated for name in passage.names)
    return passage.inside[0] if dated else None


def names_later_day(passage: Passage, day: dt.date) -> bool:
    """Return whether the day right after the names in a line is after `day`, its own: it is a plan."""
    meant = day_after_names(passage)
    return meant is not None and meant > day


def says_what_and_when(passage: Passage) -> bool:
    """Return whether a bullet above a list of attendees is about their meeting; then other lines below it are, too."""
    return passage.channel is not None or passage.minutes is not None or passage.clock is not None


def why_no_encounter(passage: Passage, *, daily: bool) -> str | None:
    """Return why a task cannot describe an encounter; None if it may."""
    if passage.task not in DONE_TASKS:
        return not_done(passage.task or " ")
    if passage.channel is None:
        return "a task without a contact word"
    return "a list of plans" if passage.role == roles.PLAN and not daily else None
