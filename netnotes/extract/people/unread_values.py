"""Remarks on properties of people whose values cannot be used, with the line and what to write. See `declarations`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from netnotes.extract.people.declarations import read_cadence
from netnotes.model import Person, Problem
from netnotes.phrasing import shorten
from netnotes.reserved import fold_key
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.words import property_keys


class _Rule(NamedTuple):
    keys: tuple[str, ...]
    is_used: Callable[[object], bool]
    effect: str
    hint: str


def remarks(person: Person) -> Iterator[Problem]:
    """Yield a remark for each property of a person whose value has a wrong type, or is not understood."""
    if not person.properties:
        return
    own = {fold_key(key): key for key in person.properties}
    for rule in _RULES:
        for wanted in rule.keys:
            key = own.get(fold_key(wanted))
            value = None if key is None else person.properties[key]
            if key is None or value is None or value in ("", [], ()) or rule.is_used(value):
                continue
            yield Problem(
                f"`{key}: {shorten(str(value))}` {rule.effect}",
                path=person.path,
                line=person.lines.get(key),
                remark="near property",
                hint=rule.hint,
            )


def _is_day(value: object) -> bool:
    """Return whether a value holds a day; an impossible or ambiguous one is reported elsewhere."""
    values = value if isinstance(value, list | tuple) else [value]
    try:
        return any(dates.of_value(each) is not None for each in values)
    except dates.NoSuchDay:
        return True


def _is_existing_day(value: object) -> bool:
    return dates.day_or_none(value) is not None


def _is_birthday(value: object) -> bool:
    # Text is a problem of its own; a year alone is a year of birth.
    return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool) and value > 1000)


def _is_death(value: object) -> bool:
    if isinstance(value, bool) or (isinstance(value, int) and value > 1000):
        return True
    text = str(value).strip().casefold()
    return text in ("yes", "no", "ja", "oui", "true", "false") or any(char.isdigit() for char in text)


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _are_names(value: object) -> bool:
    values = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(each, str | int | float | None) and not isinstance(each, bool) for each in values)


def _is_kinship(value: object) -> bool:
    values = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(each, str | bool) for each in values)


def _is_favours(value: object) -> bool:
    return not isinstance(value, Mapping)


_RULES = (
    # `cadence` itself is a problem: see `declarations`.
    _Rule(
        tuple(key for key in property_keys("cadence") if key != "cadence"),
        lambda value: read_cadence(value) is not None,
        "is not understood and counts as absent",
        "write `weekly`, `monthly`, `30d` or a number of days",
    ),
    _Rule(("later",), _is_existing_day, "is not a date, so it has no effect", "write a date like `later: 2026-12-10`"),
    _Rule(
        property_keys("last contact"),
        _is_day,
        "is not a date and counts as absent",
        "write a date like 2026-01-31",
    ),
    _Rule(("birthday",), _is_birthday, "is not a date and counts as absent", "write a date like 1983-06-28 or 06-28"),
    _Rule(
        property_keys("died"),
        _is_death,
        "counts as a death: there are no reminders",
        "write the date or `true`, or remove it if they live",
    ),
    *(
        _Rule((key,), _is_yes_or_no, "is neither true nor false and counts as absent", f"write `{key}: true`")
        for key in ("me", "archived", "fictional")
    ),
    _Rule(
        ("aliases", "alias"),
        _are_names,
        "is not a list of names, so it is ignored",
        "write `aliases: [Ada, Countess]`",
    ),
    _Rule(
        ("kin", "relation"),
        _is_kinship,
        "is not a word for family and counts as absent",
        "write `relation: mother`, or another word of family",
    ),
    _Rule(("favours",), _is_favours, "is not understood", "write a number from 0, or a list of them"),
)
