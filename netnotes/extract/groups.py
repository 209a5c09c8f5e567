"""Find groups that notes declare: `type: group` with `members`. `insights.meeting_groups` finds the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netnotes.extract.people.declarations import days_between
from netnotes.extract.people.names import names_in, stem
from netnotes.extract.people.person_marks import kinds_of
from netnotes.extract.people.resolver import Resolver
from netnotes.model import Group, Note, Person

KINDS = frozenset({"group", "circle", "team", "table"})
"""Values of `type` or `kind` that mark a group's note."""
MEMBERS = ("members", "people", "with", "participants", "attendees")


def read(notes: Iterable[Note], people: Resolver) -> tuple[Group, ...]:
    """Return the declared groups of at least two people, by path; unknown names are skipped."""
    return tuple(group for note in notes if (group := _group(note, people)))


def _group(note: Note, people: Resolver) -> Group | None:
    if note.key("type", "kind") is None or KINDS.isdisjoint(kinds_of(note)):
        return None
    key = note.key(*MEMBERS)
    members = tuple(dict.fromkeys(_named(note, key, people) if key else _linked(note, people)))
    if len(members) < 2:
        return None
    name = note.value("name")
    return Group(
        name=name.strip() if isinstance(name, str) and name.strip() else stem(note.path),
        people=members,
        path=note.path,
        line=note.lines.get(key, 1) if key else 1,
        cadence=days_between(note.value("cadence")),
    )


def _named(note: Note, key: str, people: Resolver) -> Iterator[Person]:
    for target, name in names_in(note.properties[key]):
        person = people.called(note.path, f"[[{target}]]" if target else name)
        if person and not person.me:
            yield person


def _linked(note: Note, people: Resolver) -> Iterator[Person]:
    for target in note.links:
        person = people.linked(note.path, target)
        if person and not person.me:
            yield person
