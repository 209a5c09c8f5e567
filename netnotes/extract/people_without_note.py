"""Decide, for the whole vault, which people without a note count, and by which name. Reads no lines."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from netnotes.extract.people.likely_names import is_likely_name, parts_of_name
from netnotes.incremental import EncounterMemory, NoteFindings
from netnotes.model import Encounter, Person

DAYS_WITHOUT_NOTE = 2
"""People without a note must have been met on this many days, unless their name or an attendee list is enough."""


def met_without_note(memory: EncounterMemory) -> set[str]:
    """Return the ids of the people without a note who count."""
    return {*memory.without_note, *_met_for_certain(memory)}


def who_counts(unsure: Iterable[NoteFindings], memory: EncounterMemory) -> dict[str, Person]:
    """Return id → person for those in `unsure` findings who count; a part of one full name means that person.

    `Angela` is `Angela Fofanah`, `Bev` is `Auntie Bev`, and `Halloran` is `Prof. Halloran`.
    """
    met: defaultdict[str, set[dt.date]] = defaultdict(set)
    persons: dict[str, Person] = {}
    for findings in unsure:
        for encounter in findings.encounters:
            for person in encounter.people:
                if person.id in findings.uncertain:
                    met[person.id].add(encounter.date)
                    persons[person.id] = person
    if not persons:
        return {}
    sure = _met_for_certain(memory)
    found = {
        person_id: persons[person_id]
        for person_id, days in met.items()
        if len(days) >= DAYS_WITHOUT_NOTE or person_id in sure or is_likely_name(persons[person_id].name)
    }
    full: defaultdict[str, dict[str, Person]] = defaultdict(dict)
    for person in {**sure, **found}.values():
        for word in parts_of_name(person.name):
            full[word][person.id] = person
    for person_id in persons:
        whole = full.get(person_id.removeprefix("?"), {})
        if len(whole) == 1 and person_id not in sure:
            found[person_id] = next(iter(whole.values()))
    return found


def with_people_who_count(
    encounter: Encounter, findings: NoteFindings, counting: Mapping[str, Person]
) -> Encounter | None:
    """Return an encounter without the people who do not count; None if no one is left."""
    if not findings.uncertain:
        return encounter
    who = {
        person.id: counting.get(person.id) if person.id in findings.uncertain else person for person in encounter.people
    }
    people = tuple({person.id: person for person in who.values() if person}.values())
    if people == encounter.people:
        return encounter
    minutes = {
        person.id: encounter.minutes_by_person[person_id]
        for person_id, person in who.items()
        if person and person_id in encounter.minutes_by_person
    }
    return replace(encounter, people=people, minutes_by_person=minutes) if people else None


def _met_for_certain(memory: EncounterMemory) -> dict[str, Person]:
    """Return id → person for those without a note who are certainly people, for example from an attendee list."""
    found = (memory.certain[path] for path in sorted(memory.certain))
    return {person.id: person for persons in found for person in persons}


def certain_people(met: Iterable[Encounter], findings: NoteFindings) -> tuple[Person, ...]:
    """Return those without a note in the encounters of one note, `met` in meetings, who are certainly people."""
    people = {person.id: person for encounter in met for person in encounter.people if person.path is None}
    for encounter in findings.encounters:
        people |= {p.id: p for p in encounter.people if p.path is None and p.id not in findings.uncertain}
    return tuple(people.values())
