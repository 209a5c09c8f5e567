"""What a person's note declares: `closeness`, `trust`, `cadence`, `last_contact`, `birthday`. Scores nothing."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import lru_cache

from netnotes.extract.people.kin import kin, plain_words
from netnotes.model import Encounter, Person, Problem
from netnotes.phrasing import shorten
from netnotes.regex import regex
from netnotes.reserved import fold_key
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.words import fold, listed, numbered, property_keys

RATINGS = ("closeness", "trust")
_NEVER = 0
"""The cadence of people who are not to be contacted."""
_MOST_DAYS = 3650
_UNITS = (("day", 1), ("week", 7), ("month", 30), ("year", 365))
_SHORT = {"d": 1, "w": 7, "m": 30, "q": 91, "y": 365, "quarter": 91, "quarters": 91, "quartal": 91, "trimestre": 91}
_LONGEST = 40
_FORM = regex(r"(?:(\d{1,4})[ -]?|([^\W\d_]+)[ -])?([^\W\d_]+)\.?")


def rating(person: Person, key: str) -> float | None:
    """Return the property `key` (1–5) scaled to 0–1; None if absent or out of range.

    .. versionadded:: 0.1
    """
    value = person.value(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= 5:
        return None
    return (value - 1) / 4


def cadence(person: Person) -> int | None:
    """Return the declared days between contacts, as read by `days_between`; None if absent or `never`.

    .. versionadded:: 0.1
    """
    return days_between(_cadence(person.value))


def days_between(value: object) -> int | None:
    """Return the days that `weekly`, `30d`, `every 2 weeks` or `45` means, 1-3,650; None for `never` and all else."""
    return read_cadence(value) or None


def snoozed_until(person: Person, today: dt.date, last: dt.date | None = None) -> dt.date | None:
    """Return the day until which a person is snoozed by `later:` in their note; None if it has passed.

    None too if `last`, the day of the last contact, is after the day on which they were snoozed (`later_since`).

    .. versionadded:: 0.2
    """
    day = dates.day_or_none(person.value("later"))
    if day is None or day <= today:
        return None
    return None if last is not None and last > (_snoozed_on(person, day) or last) else day


def _snoozed_on(person: Person, until: dt.date) -> dt.date | None:
    """Return the day on which a person was snoozed; None if it is unknown, or `later` was changed since."""
    since = person.value("later_since")
    try:
        days = [found.date for found in dates.within(since)] if isinstance(since, str) else []
    except dates.NoSuchDay:
        return None
    return days[0] if days and days[-1] in (days[0], until) else None


def left_alone(person: Person) -> bool:
    """Return whether to send no reminders about a person: dead, archived, fictional, or `cadence: never`.

    .. versionadded:: 0.1
    """
    return person.ignored or read_cadence(_cadence(person.value)) == _NEVER


def _cadence(value: Callable[..., object]) -> object:
    return value(*property_keys("cadence"))


def inactive(value: Callable[..., object], tags: Iterable[str]) -> str | None:
    """Return why a person should never be contacted: `dead`, `archived` or `fictional`; None otherwise.

    `value` returns a property of their note by name.
    """
    status = value("status", "state")
    words = set(fold(status).replace("-", " ").split()) if isinstance(status, str) else set()
    marks = {fold(tag.rpartition("/")[2]) for tag in tags}
    if value(*property_keys("died")) not in (None, False, "", "no") or not _DEAD.isdisjoint(words | marks):
        return "dead"
    if value("fictional") is True or not _FICTIONAL.isdisjoint(marks) or "fictional" in words:
        return "fictional"
    return "archived" if value("archived") is True or not _ARCHIVED.isdisjoint(words | marks) else None


def next_birthday(person: Person, today: dt.date) -> dt.date | None:
    """Return the next birthday from `today` on, according to `birthday:`; None if absent.

    `1983-06-28`, `--06-28`, `06-28`, `28 June`, `28.06.1983`; an ambiguous or impossible date counts as absent. A
    birthday on 29 February is on 1 March in other years.

    .. versionadded:: 0.1
    """
    try:
        found = dates.birthday(person.value(*property_keys("birthday")))
    except dates.NoSuchDay:
        return None
    if not found or person.ignored:
        return None
    days = (_birthday(year, found[1], found[2]) for year in range(today.year, min(today.year + 2, 10_000)))
    return next((day for day in days if day and day >= today), None)


def _birthday(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, 3, 1) if (month, day) == (2, 29) else None


def declared_summary(person: Person) -> str:
    """Return what a person's note declares about the tie without effect on depth: favours, introducer, kinship.

    `, 3 favours, introduced by Bo, kin: mother`; empty if nothing is declared. Longer values are shortened.

    .. versionadded:: 0.1
    """
    found = []
    favours = person.value("favours")
    if is_bad_count(favours):
        favours = None
    if isinstance(favours, int | float) and not isinstance(favours, bool):
        found.append(f"{favours:g} favour{'s' * (favours != 1)}")
    elif favours:
        found.append(f"{len(favours)} favours" if isinstance(favours, list | tuple) else "favours noted")
    if introducer := person.value("introduced_by"):
        found.append(f"introduced by {plain_words(introducer)}")
    family = kin(person)
    if family:
        found.append("kin" if family == "kin" else f"kin: {family}")
    return "".join(f", {words}" for words in found)


def is_bad_count(value: object) -> bool:
    """Return whether `value` is a number that cannot be a count: negative, infinite or NaN."""
    return isinstance(value, int | float) and not 0 <= value < math.inf


def of_kind(person: Person, kind: str) -> Iterator[tuple[str, object]]:
    """Yield the properties of a person's note that are of one kind (see `property_keys`), as they are spelled there."""
    wanted = _folded_keys(kind)
    return ((key, value) for key, value in person.properties.items() if fold_key(key) in wanted)


@lru_cache(maxsize=16)
def _folded_keys(kind: str) -> frozenset[str]:
    return frozenset(map(fold_key, property_keys(kind)))


def invalid_values(person: Person) -> Iterator[Problem]:
    """Yield a problem for each declaration that cannot be used."""
    for key in RATINGS:
        if person.value(key) is not None and rating(person, key) is None:
            yield _problem(person, key, "a number from 1 to 5")
    for key, value in _last_contacts(person):
        try:
            dates.of_value(value)
        except dates.NoSuchDay:
            yield _problem(person, key, "a date like 2026-01-31")
    born = property_keys("birthday")
    try:
        if dates.birthday(birthday := person.value(*born)) is None and isinstance(birthday, str) and birthday.strip():
            yield _problem(person, "birthday", "a date like 1983-06-28 or 06-28")
    except dates.NoSuchDay as error:
        yield Problem(
            f"`birthday`: {error}", path=person.path, line=person.line(*born), hint="write a date like 1983-06-28"
        )
    if is_bad_count(person.value("favours")):
        yield _problem(person, "favours", "a number from 0, or a list of them")
    if person.value("cadence") is not None and read_cadence(person.value("cadence")) is None:
        yield _problem(person, "cadence", "`weekly`, `monthly`, `30d` or a number of days")


_DEAD = frozenset(("dead", "deceased", "died", "late", "verstorben", "gestorben", "fallecido", "decede"))
_FICTIONAL = frozenset(("fictional", "npc", "npcs", "character", "characters", "pc", "figur"))
_ARCHIVED = frozenset(("archived", "archive", "inactive", "archiviert"))


def own_last_contacts(
    people: Mapping[str, Person],
    before: Mapping[str, Person],
    met: Mapping[dt.date, Iterable[Encounter]],
    memory: MutableMapping[str, Encounter],
) -> tuple[Encounter, ...]:
    """Return a contact for each `last_contact` that the user wrote, unless there is an encounter on that day.

    `people` by the paths of their notes, and `met` by day. The contacts in `memory` are those of the people `before`.
    """
    if people is not before:
        for path in before.keys() - people.keys():
            memory.pop(path, None)
        for path, person in people.items():
            if before.get(path) is person:
                continue
            if contact := _own_last_contact(person):
                memory[path] = contact
            else:
                memory.pop(path, None)
    return tuple([one for _, one in sorted(memory.items()) if not _is_among(one, met.get(one.date, ()))])


def _is_among(contact: Encounter, met: Iterable[Encounter]) -> bool:
    """Return whether one of the encounters is with the only person of a contact."""
    return any(contact.people[0] in encounter.people for encounter in met)


def _last_contacts(person: Person) -> Iterator[tuple[str, object]]:
    """Yield the properties that hold the last contact, each value of a list by itself."""
    for key, value in of_kind(person, "last contact"):
        yield from ((key, item) for item in (value if isinstance(value, list | tuple) else [value]))


def _own_last_contact(person: Person) -> Encounter | None:
    found = [(day, key) for key, value in _last_contacts(person) if (day := dates.day_or_none(value))]
    if not found:
        return None
    day, key = max(found)
    return Encounter(day, (person,), person.id, person.line(key) or 1)


def _problem(person: Person, key: str, wanted: str) -> Problem:
    message = f"`{key}: {shorten(person.value(key))}` is not understood and counts as absent"
    return Problem(message, path=person.path, line=person.line(key), hint=f"write {wanted}")


def read_cadence(value: object) -> int | None:
    """Return the days between contacts in a property, 1-3,650; NEVER for `never`; None if it is not a cadence."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = " ".join(fold(str(value).strip()).split())
    if len(text) > _LONGEST or not text:
        return None
    if text in listed("cadence never"):
        return _NEVER
    if text in numbered("cadence names"):
        return numbered("cadence names")[text]
    if text.isascii() and text.isdigit():
        return _within(int(text))
    for every in sorted(listed("cadence every"), key=len, reverse=True):
        if text.startswith(every + " "):
            text = text.removeprefix(every).strip()
            break
    words = text.split()
    if len(words) == 2 and words[0] in listed("cadence other"):
        return _within(2 * (_unit(words[1]) or 0))
    match = _FORM.fullmatch(text)
    if not match:
        return None
    count = int(match[1]) if match[1] else numbered("numbers").get(match[2], 0) if match[2] else 1
    return _within(count * (_unit(match[3]) or 0))


def _unit(word: str) -> int | None:
    if word in _SHORT:
        return _SHORT[word]
    return next((days for name, days in _UNITS if word in listed(name)), None)


def _within(days: int) -> int | None:
    return days if 1 <= days <= _MOST_DAYS else None
