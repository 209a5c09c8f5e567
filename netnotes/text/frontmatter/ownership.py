"""The seal: a property that marks which of the note's fields are ours. Pure; writes nothing.

`netnotes: depth-c3c3ce tie-4f4b0a` seals each field with six hexadecimal digits of a hash of its name and its *parsed*
value; notes written by older versions have the first four. A field whose seal fits is ours; a value that somebody else
wrote does not fit and is theirs. Only the note is needed, so a checkout, a restore or another machine is never taken
for an edit by hand. The word `ignore` forbids reading and writing; any other word makes the property the user's own.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from netnotes.lazy_dataclass import dataclass
from netnotes.regex import regex

PROPERTY = "netnotes"
"""The property that holds the seal; found in any case, written like this."""
IGNORE, READ_ONLY = "ignore", "read-only"
"""Words that prevent reading and writing, and only writing."""

_NUMBER = regex(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_LONGEST_NUMBER = 40
"""Longer values are not numbers that we wrote."""
_DIGITS = 6
"""With four, two days within a few years had the same seal; with six, the usual line is too short to be folded."""
_WORD = regex(r"(?P<name>\S+)-(?P<mark>[0-9a-f]{4}(?:[0-9a-f]{2})?)")


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of a note."""

    key: str = PROPERTY
    """The property as the note spells it."""
    present: bool = False
    """Whether the note has the property, empty or not."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Property → six hexadecimal digits, or four of an older version, in the order of the note."""
    ignore: bool = False
    """The note asks not to be written."""
    unread: bool = False
    """The note asks not to be read either."""
    foreign: bool = False
    """The property holds something other than a seal: it is the user's own."""

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written: the note says so, or the property is not a seal."""
        return self.ignore or self.foreign


def read(properties: Mapping[str, object]) -> Seal:
    """Read the seal out of a note's parsed properties."""
    key = _key_of(properties)
    if key is None:
        return Seal()
    value = properties[key]
    words = _words(value)
    if words is None:
        return Seal(key, present=True, foreign=True)
    found = [_WORD.fullmatch(word) for word in words if word.lower() not in (IGNORE, READ_ONLY)]
    return Seal(
        key=key,
        present=True,
        marks={match["name"]: match["mark"] for match in found if match},
        ignore=any(word.lower() in (IGNORE, READ_ONLY) for word in words),
        unread=any(word.lower() == IGNORE for word in words),
        foreign=not all(found),
    )


def _key_of(properties: Mapping[str, object]) -> str | None:
    """Return the seal's property as a note spells it; None if there is none."""
    return PROPERTY if PROPERTY in properties else _key_among(tuple(properties))


@functools.lru_cache(maxsize=1_000)
def _key_among(names: tuple[str, ...]) -> str | None:
    # Cached, since many notes have the same properties.
    return next((name for name in names if name.lower() == PROPERTY), None)


def owned(properties: Mapping[str, object]) -> frozenset[str]:
    """Return the properties that are ours: those whose seal fits. The seal itself is not among them."""
    return fitting(read(properties), properties)


def claimed(properties: Mapping[str, object]) -> tuple[str, ...]:
    """Return the properties that are ours, and the seal itself: what the user did not write."""
    if _key_of(properties) is None:
        return ()
    seal = read(properties)
    return (*sorted(fitting(seal, properties)), seal.key) if seal.marks else ()


def fitting(seal: Seal, properties: Mapping[str, object]) -> frozenset[str]:
    """Return the properties whose values fit the seal."""
    return frozenset(
        name
        for name, given in seal.marks.items()
        if name in properties and (mark(name, properties[name]) or "")[: len(given)] == given
    )


def unread(properties: Mapping[str, object]) -> bool:
    """Return whether the note asks not to be read: `read(properties).unread`, in a fraction of the time."""
    key = _key_of(properties)
    return key is not None and IGNORE in str(properties[key]).lower() and read(properties).unread


def refusal(properties: Mapping[str, object]) -> str | None:
    """Return the property by which the user forbids writing, such as `netnotes: read-only`; None if there is none."""
    seal = read(properties)
    return f"netnotes: {IGNORE if seal.unread else READ_ONLY}" if seal.ignore else None


def mark(name: str, value: object) -> str | None:
    """Return the six hexadecimal digits that seal `value` under `name`; None for what we would never write."""
    text = _canonical(value)
    return None if text is None else _digits(name, text)


def same(one: object, other: object) -> bool:
    """Return whether two values are equal, even if an editor spelled one differently."""
    canonical = _canonical(one)
    return canonical is not None and canonical == _canonical(other)


def text(marks: Mapping[str, str]) -> str | None:
    """Return the property's value for `marks`, in their order; None without marks."""
    return " ".join(f"{name}-{given}" for name, given in marks.items()) or None


def without_marks(value: object) -> str | None:
    """Return the property's value without marks: the word `ignore`, or nothing."""
    return " ".join(word for word in _words(value) or [] if not _WORD.fullmatch(word)) or None


def sealed(values: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return the marks of the properties and values given, leaving out what cannot be sealed."""
    return {name: given for name, value in values if (given := mark(name, value)) is not None}


def _words(value: object) -> list[str] | None:
    """Return the words of the property's value, None if it is not made of words."""
    if value is None:
        return []
    if isinstance(value, str):
        return value.replace(",", " ").split()
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return [word for item in value for word in item.replace(",", " ").split()]
    return None


def _canonical(value: object) -> str | None:
    """Return the same text for all spellings of a value: 0.60, 0.6 and "0.6"; None for a list or mapping."""
    if value is None:
        return ""
    if isinstance(value, str):
        words = " ".join(value.split())
        if len(words) > _LONGEST_NUMBER or not _NUMBER.fullmatch(words):
            return words
        value = float(words)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Beyond 12 digits two programs may print the same number differently.
    return f"{float(value) + 0.0:.12g}" if abs(value) < 1e300 else str(value)


@functools.lru_cache(maxsize=10_000)
def _digits(name: str, text: str) -> str:
    # Cached, since many notes have the same few values.
    return hashlib.sha256(f"{name}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
