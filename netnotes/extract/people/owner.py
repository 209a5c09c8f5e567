"""The owner of a vault, if no note says `me: true`: the one person in nearly every attendee list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from sys import intern

from netnotes.config import Config
from netnotes.extract.people.likely_names import is_likely_name
from netnotes.extract.people.names import folded, names_in, stem
from netnotes.extract.people.person_marks import is_person
from netnotes.extract.people.person_note import names_of, person_of
from netnotes.model import Note, Problem
from netnotes.text import person_signs, roles
from netnotes.text.serialize import LISTED, hold

FEWEST_LISTS = 10
"""Attendee lists that a vault must have."""
FEWEST_LISTS_OF_A_CONTACT = 20
"""The same, if the person in nearly all of them has a note marked as a person's, without `me: true`."""
FEWEST_LISTS_OF_ONE, ALONE_WITH_OTHERS = 3, 2
"""The same, if the person is the only one in the lists of meetings whose names are about others; how many of these."""
ABSENT = 0.05
"""Share of the lists that may lack the owner; at least one may."""
ALONE = 0.05
"""Share of the lists that may name no one else."""
FEWEST_OTHERS = 5
"""People that the lists must name besides the owner."""
_LONGEST_LIST = 200

Attendees = dict[str, str]
"""Folded name → the name as it is written."""


def attendees_of(note: Note, config: Config) -> Attendees:
    """Return the names in a note's attendee lists, in its properties and in its text."""
    values = [note.value(key) for key in note.having(config.encounters.attendees)]
    if hold(note.passages, LISTED):
        values += [passage.text for passage in note.passages if passage.role in (roles.ATTENDEES, roles.ATTENDEE)]
    found: Attendees = {}
    for value in values:
        for target, name in names_in(value) if value else ():
            if len(found) == _LONGEST_LIST:
                return found
            shown = stem(target) if target else name
            # Few names are in many lists.
            found.setdefault(intern(folded(shown)), intern(shown))
    return found


def likely_owner(lists: Iterable[Attendees], config: Config) -> str | None:
    """Return the name of the person in nearly all attendee lists, in its usual spelling; None if there is none.

    With looser bounds, a colleague would be taken for the owner in every third vault.
    """
    filled = [names for names in lists if names]
    counts = Counter(chain.from_iterable(filled))
    number = len(filled)
    if number < FEWEST_LISTS or len(counts) <= FEWEST_OTHERS:
        return None
    ((name, count),) = counts.most_common(1)
    if number - count > max(1, ABSENT * number) or name in map(folded, config.not_me):
        return None
    if sum(1 for names in filled if len(names) == 1 and name in names) > ALONE * number:
        return None
    written = Counter(names[name] for names in filled if name in names)
    return max((times, shown) for shown, times in written.items())[1]


def sole_attendee(lists: Iterable[tuple[str, Attendees]], config: Config) -> str | None:
    """Return the name of the person in every attendee list who is alone in those of meetings with somebody else.

    `lists`: the path of each note, and the names in its lists. A `2026-03-25 Bo meeting` whose list holds only Uma is
    Uma's own note. There must be FEWEST_LISTS_OF_ONE lists, and ALONE_WITH_OTHERS such meetings.
    """
    common: Attendees = {}
    number = elsewhere = 0
    for path, names in lists:
        if not names:
            continue
        common = {name: shown for name, shown in (common or names).items() if name in names}
        if not common:
            return None
        number += 1
        elsewhere += len(names) == 1 and _names_others(stem(path), next(iter(names)))
    if number < FEWEST_LISTS_OF_ONE or elsewhere < ALONE_WITH_OTHERS or len(common) > 1:
        return None
    ((name, shown),) = common.items()
    return None if name in map(folded, config.not_me) else shown


def _names_others(title: str, name: str) -> bool:
    """Return whether a title holds a first name, and no word of the folded `name`."""
    words = title.split()
    return any(map(is_likely_name, words)) and set(name.split()).isdisjoint(map(folded, words))


def says_me(note: Note, config: Config) -> bool:
    """Return whether a note says that it is the ego's: `me: true`, or `This is you.` in a note marked as a person's."""
    return note.value("me") is True or (person_signs.OWN in note.signs and is_person(note, config.people))


def own_note(
    notes: Iterable[Note],
    marked: list[Note],
    called: str | None,
    config: Config,
    problems: list[Problem],
) -> Note | None:
    """Return the ego's own note: the one with the name `called`, else a `marked` one; further ones are problems."""
    if called is not None:
        marked = [note for note in notes if called in (note.path, note.path.removesuffix(".md"))] or [
            note for note in notes if is_called(note, called, config)
        ]
    problems += [
        Problem(
            "says `me: true`, but another note already does",
            path=note.path,
            line=note.line("me"),
            hint=f"the ego is {marked[0].path}",
        )
        for note in marked[1:]
    ]
    return marked[0] if marked else None


def is_called(note: Note, name: str, config: Config) -> bool:
    """Return whether a note would be that of a person with this name."""
    return folded(name) in map(folded, names_of(person_of(note, config, {})))
