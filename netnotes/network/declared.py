"""What a person's note declares of the tie: `closeness`, `trust`, `cadence`, `last_contact`. Scores nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from netnotes.model import Encounter, Person, Problem
from netnotes.vault import dates

RATINGS = ("closeness", "trust")
NAMED_CADENCES = {
    "daily": 1, "weekly": 7, "biweekly": 14, "fortnightly": 14, "monthly": 30, "quarterly": 91, "half-yearly": 182,
    "yearly": 365, "annually": 365,
}  # fmt: skip
"""Word → days."""
_UNITS = {"d": 1, "w": 7, "m": 30, "q": 91, "y": 365}
_CADENCE = re.compile(r"(?:every\s+)?(\d{0,4})\s*(d|w|m|q|y|day|week|month|quarter|year)s?")


def rating(person: Person, key: str) -> float | None:
    """Return the property `key` (1-5) on the scale 0-1; None where absent or out of range."""
    value = person.properties.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= 5:
        return None
    return (value - 1) / 4


def cadence(person: Person) -> int | None:
    """Return the declared days between contacts (`weekly`, `30d`, `every 2 weeks`, `45`), 1-3,650; None where absent."""
    value = person.properties.get("cadence")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    word = str(value).strip().lower()
    if word in NAMED_CADENCES:
        return NAMED_CADENCES[word]
    match = _CADENCE.fullmatch(word)
    days = (
        int(match[1] or 1) * _UNITS[match[2][0]]
        if match
        else int(word)
        if word.isascii() and word.isdigit()
        else 0
    )
    return days if 1 <= days <= 3650 else None


def doubts(person: Person) -> Iterator[Problem]:
    """Yield a problem for each declaration that says nothing usable."""
    for key in RATINGS:
        if person.properties.get(key) is not None and rating(person, key) is None:
            yield _problem(person, key, "a number from 1 to 5")
    try:
        dates.of_value(person.properties.get("last_contact"))
    except dates.NoSuchDay:
        yield _problem(person, "last_contact", "a date like 2026-01-31")
    if person.properties.get("cadence") is not None and cadence(person) is None:
        yield _problem(person, "cadence", "`weekly`, `monthly`, `30d` or a number of days")


def own_last_contacts(people: Iterable[Person], sealed: Callable[[Person], bool]) -> Iterator[Encounter]:
    """Yield one contact of unknown kind for each `last_contact` of a user's own hand; a sealed one never counts."""
    for person in people:
        value = person.properties.get("last_contact")
        if not isinstance(value, str) or sealed(person):
            continue
        try:
            day = dates.of_value(value)
        except dates.NoSuchDay:
            continue
        if day and person.path:
            yield Encounter(day, (person,), person.path, person.lines.get("last_contact", 1))


def _problem(person: Person, key: str, wanted: str) -> Problem:
    message = f"`{key}: {person.properties[key]}` is not understood and counts as absent"
    return Problem(message, path=person.path, line=person.lines.get(key), hint=f"write {wanted}")
