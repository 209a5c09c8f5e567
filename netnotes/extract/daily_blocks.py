"""Encounters out of the blocks of daily notes and of dated logs in a person's own note.

A block is a paragraph, a row, a bullet with all below it, or a section whose heading names people or a time: whoever it
links was together. A bullet without people, length or time only groups what stands below it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from netnotes.extract.meetings import minutes_of_several, own_minutes, started_by
from netnotes.extract.resolver import Directory
from netnotes.extract.scenes import named as scene_named
from netnotes.model import Encounter, Note, Passage, Person
from netnotes.text.lexicon import dates

Meetings = Mapping[str, Encounter]
"""Path of a meeting note → its encounter."""


@dataclass(slots=True)
class _Group:
    """The passages of one encounter, the first of them at its head."""

    passages: list[Passage] = field(default_factory=list)
    around: list[Passage] = field(default_factory=list)
    """Headings and bullets around the head, nearest first: they may say the channel and the scene."""


def daily(note: Note, day: dt.date, people: Directory, meetings: Meetings, scene: str | None) -> Iterator[Encounter]:
    """Yield the encounters of a daily note. Who is in a meeting note of that day that a block links is told there."""

    def opens(passage: Passage) -> bool:
        return bool(_people(note, passage, people)) or _is_event(passage)

    for group in _groups(note, opens):
        told = _told_elsewhere(note, group, people, meetings, day)
        if encounter := _encounter(note, group, day, people, scene, told=told):
            yield encounter
    yield from _done(note, people, scene, ())


def log(note: Note, owner: Person, people: Directory, scene: str | None, meetings: Meetings) -> Iterator[Encounter]:
    """Yield the encounters that a person's own note dates by heading or bullet."""
    for group in _groups(note, lambda passage: passage.date is not None):
        day = group.passages[0].date
        if day is None:
            continue
        told = _told_elsewhere(note, group, people, meetings, day)
        if encounter := _encounter(note, group, day, people, scene, told=told, owner=owner):
            yield encounter
    yield from _done(note, people, scene, (owner,))


def done_tasks(note: Note, people: Directory, scene: str | None) -> Iterator[Encounter]:
    """Yield the encounters that ticked tasks of any other note tell of."""
    yield from _done(note, people, scene, ())


def _is_event(passage: Passage) -> bool:
    """Tell whether a heading or bullet without people announces one occasion: it gives a time, or a length."""
    if passage.kind == "heading":
        return passage.clock is not None
    return passage.kind == "item" and (passage.clock is not None or passage.minutes is not None)


def _groups(note: Note, opens: Callable[[Passage], bool]) -> Iterator[_Group]:
    """Part the passages of a note into encounters. Tasks belong to none."""
    passages = note.passages
    headings: list[Passage] = []
    section: _Group | None = None
    home: dict[int, _Group] = {}
    groups: list[_Group] = []
    for at, passage in enumerate(passages):
        if passage.kind == "heading":
            headings = [*(h for h in headings if h.level < passage.level), passage]
            if section and passage.level <= section.passages[0].level:
                section = None
        if passage.task is not None:
            continue
        group = home.get(passage.parent) or (section if passage.date is None or section is None else None)
        if passage.date is not None and opens(passage) and passage.kind != "paragraph":
            group = None
        if group is None and opens(passage):
            group = _Group(
                around=[*_ancestors(passages, passage), *reversed([h for h in headings if h is not passage])]
            )
            groups.append(group)
            if passage.kind == "heading":
                section = group
        if group is not None:
            group.passages.append(passage)
            home[at] = group
    return iter(groups)


def _ancestors(passages: tuple[Passage, ...], passage: Passage) -> Iterator[Passage]:
    while passage.parent >= 0:
        passage = passages[passage.parent]
        yield passage


def _encounter(
    note: Note,
    group: _Group,
    day: dt.date,
    people: Directory,
    scene: str | None,
    *,
    told: set[str],
    owner: Person | None = None,
) -> Encounter | None:
    present: dict[str, Person] = {owner.id: owner} if owner and owner.id not in told else {}
    own: dict[str, float] = {}
    shared: float | None = None
    for passage in group.passages:
        mentions = [(p, m.minutes) for m in passage.links if (p := people.linked(note.path, m.target)) and not p.me]
        fresh = [(p, minutes) for p, minutes in mentions if p.id not in told]
        present |= {person.id: person for person, _ in fresh}
        if passage is group.passages[0]:
            own |= minutes_of_several(fresh)
            shared = passage.minutes if passage.minutes is not None or own else _behind_last(mentions)
        else:
            own |= own_minutes(passage, _with_length(passage, fresh))
    if not present:
        return None
    lines = [*group.passages, *group.around]
    value = next(
        (v for p in lines if (v := p.initiated_by or p.fields.get("initiated_by") or p.fields.get("by"))),
        None,
    )
    named = next((p.scene for p in lines if p.scene), None)
    if shared is None and not own:
        shared = next((p.minutes for p in group.passages if p.minutes is not None), None)
    return Encounter(
        date=day,
        people=tuple(present.values()),
        path=note.path,
        line=group.passages[0].line,
        minutes=shared,
        minutes_by_person=own,
        channel=_channel(group),
        initiated_by=started_by(value, note, people),
        scene=scene_named(named, people.spelling) if named else scene,
        clock=next((p.clock for p in lines if p.clock is not None), None),
        fields={key: value for p in reversed(group.passages) for key, value in p.fields.items()},
    )


def _with_length(passage: Passage, mentions: list[tuple[Person, float | None]]) -> list[tuple[Person, float | None]]:
    """Give the length that a line below the head names anywhere to its only person: `- [[Bo]] came later, 30 min`."""
    if len(mentions) == 1 and mentions[0][1] is None:
        return [(mentions[0][0], passage.minutes)]
    return mentions


def _behind_last(mentions: list[tuple[Person, float | None]]) -> float | None:
    """Return the length that stands behind the last, or only, person of a line."""
    return mentions[-1][1] if mentions else None


def _channel(group: _Group) -> str | None:
    """Return the channel that the head names, else what stands around it, else what stands below it."""
    head, *below = group.passages
    return next((p.channel for p in (head, *group.around, *below) if p.channel), None)


def _people(note: Note, passage: Passage, people: Directory) -> list[Person]:
    return [p for mention in passage.links if (p := people.linked(note.path, mention.target)) and not p.me]


def _told_elsewhere(note: Note, group: _Group, people: Directory, meetings: Meetings, day: dt.date) -> set[str]:
    """Return the ids of everybody in a meeting of that day whose note the block links."""
    paths = {people.path(note.path, m.target) for passage in group.passages for m in passage.links}
    paths |= {people.path(note.path, m.target) for passage in group.around for m in passage.links}
    linked = [meetings[path] for path in paths if path and path in meetings]
    return {person.id for meeting in linked if meeting.date == day for person in meeting.people}


def _done(note: Note, people: Directory, scene: str | None, owner: tuple[Person, ...]) -> Iterator[Encounter]:
    """Yield what ticked tasks tell: only those with a done date and a word of contact."""
    for passage in note.passages:
        if passage.task not in ("x", "X") or passage.channel is None:
            continue
        try:
            day = dates.of_value(passage.fields.get("done") or passage.fields.get("completion"))
        except dates.NoSuchDay:
            continue
        who = dict.fromkeys((*_people(note, passage, people), *owner))
        if day and who:
            yield Encounter(
                day,
                tuple(who),
                note.path,
                passage.line,
                minutes=passage.minutes,
                channel=passage.channel,
                initiated_by=passage.initiated_by,
                scene=scene_named(passage.scene, people.spelling) if passage.scene else scene,
                clock=passage.clock,
            )
