"""Find groups that notes declare: `type: group` with `members`. `insights.meeting_groups` finds the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netnotes.extract.people.declarations import days_between
from netnotes.extract.people.names import names_in, stem
from netnotes.extract.people.person_marks import kinds_of
from netnotes.extract.people.resolver import Resolver
from netnotes.model import Group, Note, Person
from netnotes.notes import find_key

KINDS = frozenset({"group", "circle", "team", "table"})
"""Values of `type` or `kind` that mark a group's note."""
MEMBERS = ("members", "people", "with", "participants", "attendees")


def read(notes: Iterable[Note], people: Resolver) -> tuple[Group, ...]:
    """Return the declared groups of at least two people, by path; unknown names are skipped."""
    return tuple(group for note in notes if (group := _group(note, people)))


def _group(note: Note, people: Resolver) -> Group | None:
    if note.value("type", "kind") is None or KINDS.isdisjoint(kinds_of(note)):
        return None
    listed = note.value(*MEMBERS)
    members = tuple(dict.fromkeys(_linked(note, people) if listed is None else _named(note, listed, people)))
    if len(members) < 2:
        return None
    name = note.value("name")
    return Group(
        name=name.strip() if isinstance(name, str) and name.strip() else stem(note.path),
        people=members,
        path=note.path,
        line=_line(note),
        cadence=days_between(note.value("cadence")),
    )


def _line(note: Note) -> int:
    """Return the line of the members; the first of the note where nothing lists them."""
    key = find_key(note.lines, MEMBERS)
    return note.lines[key] if key else 1


def _named(note: Note, listed: object, people: Resolver) -> Iterator[Person]:
    for target, name in names_in(listed):
        person = people.called(note.path, f"[[{target}]]" if target else name)
        if person and not person.me:
            yield person


def _linked(note: Note, people: Resolver) -> Iterator[Person]:
    for target in note.links:
        person = people.linked(note.path, target)
        if person and not person.me:
            yield person
