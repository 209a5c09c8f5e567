"""The owner of a vault, if no note says `me: true`: the one person in nearly every attendee list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from netnotes.config import Config
from netnotes.extract.meetings import attendee_names
from netnotes.extract.people.names import folded, names_in, stem
from netnotes.model import Note
from netnotes.text import roles

FEWEST_LISTS = 10
"""Attendee lists that a vault must have."""
FEWEST_LISTS_OF_A_CONTACT = 20
"""The same, if the person in nearly all of them has a note marked as a person's, without `me: true`."""
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
    keys = config.encounters.attendees
    values = [note.value(key) for key in keys] if note.has_any(attendee_names(keys)) else []
    values += [passage.text for passage in note.passages if passage.role in (roles.ATTENDEES, roles.ATTENDEE)]
    found: Attendees = {}
    for value in values:
        for target, name in names_in(value) if value else ():
            if len(found) == _LONGEST_LIST:
                return found
            shown = stem(target) if target else name
            found.setdefault(folded(shown), shown)
    return found


def likely_owner(lists: Iterable[Attendees], config: Config) -> str | None:
    """Return the name of the person in nearly all attendee lists, in its usual spelling; None if there is none.

    With these bounds no ordinary vault gets a colleague as owner; looser ones fail in every third.
    """
    counts: Counter[str] = Counter()
    written: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    number = 0
    for names in lists:
        if names:
            number += 1
            counts.update(names.keys())
            written.update(names.items())
            if len(names) == 1:
                alone.update(names.keys())
    if number < FEWEST_LISTS or len(counts) <= FEWEST_OTHERS:
        return None
    ((name, count),) = counts.most_common(1)
    if number - count > max(1, ABSENT * number) or alone[name] > ALONE * number or name in map(folded, config.not_me):
        return None
    return max((times, shown) for (key, shown), times in written.items() if key == name)[1]
