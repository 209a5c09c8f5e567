"""Telephone numbers: which ones a note holds, and whether two are the same."""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.model import Person

_KEYS = ("phone", "phones", "tel", "telephone", "mobile", "cell")

SHORTEST = 7
"""Digits that a number must have to identify anybody."""


def phones_of(person: Person) -> Iterator[str]:
    """Yield the telephone numbers in a person's note, as written."""
    for key in _KEYS:
        value = person.value(key)
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, str | int) and not isinstance(item, bool):
                yield str(item)


def digits(number: str) -> str:
    """Return the digits of a telephone number."""
    return "".join(char for char in number if char.isdigit())


def last_digits(number: str) -> str:
    """Return the digits that two forms of one number share; empty if it has too few to identify anybody."""
    found = digits(number)
    return found[-SHORTEST:] if len(found) >= SHORTEST else ""


def is_same_phone(one: str, other: str) -> bool:
    """Return whether two numbers reach the same phone: the same digits, with or without the code of the country."""
    first, second = sorted((_significant(one), _significant(other)), key=len)
    return len(first) >= SHORTEST and second.endswith(first)


def _significant(phone: str) -> str:
    number = digits(phone.replace("(0)", ""))
    return number.lstrip("0")
