"""Compare what a written line reads back as with what the sentence was understood to say. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.capture.understood import Understood
from netnotes.extract.people.names import folded
from netnotes.model import Encounter, Promise


def is_of_same(encounter: Encounter, found: Understood) -> bool:
    """Return whether an encounter is with the people and on the day that were understood."""
    who = {person.id for person in encounter.people}
    wanted = {person.id for person in found.people} | {f"?{key}" for key in map(folded, found.unknown)}
    return who == wanted and encounter.date == found.date


def differences(encounter: Encounter, found: Understood) -> frozenset[str]:
    """Return what is not as it was understood; a channel or scene that was not stated may be any."""
    own = {*map(float, encounter.minutes_by_person.values())}
    minutes = encounter.minutes if encounter.minutes is not None else own.pop() if len(own) == 1 else None
    same = {
        "minutes": minutes == found.minutes,
        "channel": found.channel in (None, encounter.channel),
        "initiated_by": encounter.initiated_by == found.initiated_by,
        "scene": found.scene in (None, encounter.scene),
    }
    return frozenset(name for name, is_same in same.items() if not is_same)


def is_same_promise(owed: Sequence[Promise], found: Understood) -> bool:
    """Return whether the promises read from a task are what was understood: one promise, or none."""
    promise = found.promise
    if promise is None or not found.people:
        return not owed or promise is not None
    return len(owed) == 1 and owed[0].owed_by == promise.by and owed[0].due == promise.due
