"""Scenes without a declaration: places where several people were met for the first time.

Recognised by `place`, `location`, `city` or `where` of a note. Such a scene appears only in advice: it is not a context
of an encounter and does not affect depth, or the same friend in three cafés would count as three contexts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from netnotes.model import Encounter, Note, Person, Scene

KEYS = ("place", "location", "city", "where")
_KEYS = frozenset(KEYS)
NEW_PEOPLE, NEW_DAYS = 5, 2
"""A place becomes a scene when this many people were met there for the first time, on this many days."""
NOWHERE = frozenset({"zoom", "online", "remote", "phone", "teams", "meet", "skype", "home", "office", "facetime"})
"""Values that are not places."""


def place_of(note: Note) -> str | None:
    """Return the place that a note names, its first part alone (`Lisbon` of `Lisbon, Portugal`)."""
    for key in KEYS if note.has_any(_KEYS) else ():
        value = note.value(key)
        if isinstance(value, str):
            name = value.strip().removeprefix("[[").removesuffix("]]").rpartition("|")[2].partition(",")[0]
            name = " ".join(name.rpartition("/")[2].split())
            if name and len(name) <= 40 and name.casefold() not in NOWHERE:
                return name
    return None


def scenes(encounters: Sequence[Encounter], notes: Mapping[str, Note], known: Iterable[Scene]) -> tuple[Scene, ...]:
    """Return the scenes implied by places, by name; `encounters` are in chronological order."""
    taken = {scene.name.casefold() for scene in known}
    met: set[Person] = set()
    first: defaultdict[str, dict[Person, dt.date]] = defaultdict(dict)
    spelled: dict[str, str] = {}
    for encounter in encounters:
        fresh = [person for person in encounter.people if person not in met]
        met.update(fresh)
        note = notes.get(encounter.path) if fresh and encounter.scene is None else None
        place = place_of(note) if note else None
        if place and place.casefold() not in taken:
            key = spelled.setdefault(place.casefold(), place)
            first[key] |= {person: encounter.date for person in fresh if person.scene is None}
    return tuple(
        Scene(name, min(there.values()), tuple(sorted(there, key=lambda person: person.id)), place=True)
        for name, there in sorted(first.items())
        if len(there) >= NEW_PEOPLE and len(set(there.values())) >= NEW_DAYS
    )
