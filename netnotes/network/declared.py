"""What a person's note declares of the tie: `closeness`, `trust`, `cadence`. Reads one person; scores nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netnotes.model import Person, Problem

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
    days = int(match[1] or 1) * _UNITS[match[2][0]] if match else int(word) if word.isascii() and word.isdigit() else 0
    return days if 1 <= days <= 3650 else None


def doubts(person: Person) -> Iterator[Problem]:
    """Yield a problem for each declaration that says nothing usable."""
    for key in RATINGS:
        if person.properties.get(key) is not None and rating(person, key) is None:
            yield _problem(person, key, "a number from 1 to 5")
    if person.properties.get("cadence") is not None and cadence(person) is None:
        yield _problem(person, "cadence", "`weekly`, `monthly`, `30d` or a number of days")


def _problem(person: Person, key: str, wanted: str) -> Problem:
    message = f"`{key}: {person.properties[key]}` is not understood and counts as absent"
    return Problem(message, path=person.path, line=person.lines.get(key), hint=f"write {wanted}")
