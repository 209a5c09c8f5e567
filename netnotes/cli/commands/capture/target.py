"""Find the person given to `done` and `later`: by a line number of the last list, or by name."""

from __future__ import annotations

from dataclasses import dataclass

from netnotes.app.workspace import Workspace
from netnotes.cli.numbered import numbered_row, promises_of
from netnotes.errors import PersonNotFound
from netnotes.extract.people import find_person
from netnotes.model import Person, Promise
from netnotes.outcome import Outcome
from netnotes.scoring.reports import person_of


@dataclass(frozen=True, slots=True)
class Target:
    """A person, and the promises that a line of a list is about."""

    person: Person
    promises: tuple[Promise, ...] = ()
    listed: bool = False
    """Whether it was given as a line number."""


def target(space: Workspace, outcome: Outcome, what: str) -> Target:
    """Return what `3` or `Ada` means. Raises NoSuchLine, ListChanged, PersonNotFound, AmbiguousName."""
    if not what.strip().isdigit():
        person = find_person.person(outcome.network.people, what)
        owed = tuple(one for one in outcome.network.promises if one.owed_by != "them" and person in one.people)
        return Target(person, owed)
    row = numbered_row(space, outcome, int(what))
    who = person_of(row)
    if who is None:
        raise PersonNotFound(what)
    return Target(who, promises_of(row), listed=True)
