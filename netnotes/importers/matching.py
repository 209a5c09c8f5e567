"""Find the person that an imported record is about: by address and phone first, then by name. Never guesses."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from netnotes.extract.people.phones import is_same_phone, last_digits, phones_of
from netnotes.importers.display_names import after_capitals, in_spoken_order, plain_url
from netnotes.importers.records import ImportedPerson
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person
from netnotes.text.lexicon.words import fold

MOST_CHOICES = 5
_NEAR = 0.88
"""Similarity (0-1) from which two names may be the same, misspelled."""
EMAIL_KEYS = ("email", "emails", "e-mail", "mail")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that may be one of several people, or none of them."""

    record: ImportedPerson
    choices: tuple[Person, ...]
    reason: str
    """Such as `same phone number`."""


class PeopleIndex:
    """Everyone in the vault and in the file so far, by address, number and name."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._emails: defaultdict[str, dict[str, Person]] = defaultdict(dict)
        self._phones: defaultdict[str, dict[str, Person]] = defaultdict(dict)
        self._names: defaultdict[str, dict[str, Person]] = defaultdict(dict)
        self._words: defaultdict[str, dict[str, Person]] = defaultdict(dict)
        self._urls: dict[str, set[str]] = {}
        self._records: dict[str, ImportedPerson] = {}
        for person in people:
            for key in EMAIL_KEYS:
                for email in texts(person.value(key)):
                    self._emails[email.strip().lower().removeprefix("mailto:")][person.id] = person
            for phone in phones_of(person):
                self._add_phone(phone, person)
            self._urls[person.id] = {plain_url(url) for url in texts(person.value("url", "urls", "linkedin"))}
            for name in (person.name, *person.aliases):
                self._add_name(name, person)
                self._names[folded(in_spoken_order(name))][person.id] = person

    def add(self, record: ImportedPerson, person: Person) -> None:
        """Add what the file says about a person, so that later records of the same file match."""
        for email in record.emails:
            self._emails[email].setdefault(person.id, person)
        for phone in record.phones:
            self._add_phone(phone, person)
        self._urls.setdefault(person.id, set()).update(map(plain_url, record.urls))
        self._records.setdefault(person.id, record)
        if record.name:
            self._names[folded(record.name)].setdefault(person.id, person)

    def find(self, record: ImportedPerson) -> Person | Doubt | None:
        """Return the one person who is meant, a doubt if it may be one of several, None if no one is known."""
        name = self._known_order(record.name or "")
        by_address = {person.id: person for email in record.emails for person in self._emails.get(email, {}).values()}
        by_phone = {person.id: person for phone in record.phones for person in self._with_phone(phone)}
        found = {**by_address, **by_phone}
        what = "same address" if by_address else "same phone number"
        if found and not name:
            return next(iter(found.values())) if len(found) == 1 else Doubt(record, _few(found.values()), what)
        same = [person for person in found.values() if _is_near_any(name, person)]
        if same:
            return same[0] if len(same) == 1 else Doubt(record, _few(same), what)
        called = self._names.get(name, {})
        alike = [person for person in called.values() if not self._is_another(record, person)]
        # A family shares a number: only where the names have no word in common may they be one person's.
        if not alike and (others := [person for person in found.values() if not _shares_word(name, person)]):
            return Doubt(record, _few(others), what)
        if len(alike) == 1 and not self._is_doubtful_copy(record, alike[0]):
            return alike[0]
        if alike:
            return Doubt(record, _few(alike), "same name")
        near = [] if called or found or not name else self._near(name)
        return Doubt(record, _few(near), "similar name") if near else None

    def _known_order(self, name: str) -> str:
        """Return a folded name; if only that is known, `bo lind` for `LIND Bo`."""
        key = folded(name)
        other = folded(after_capitals(name) or "") if key not in self._names else ""
        return other if other in self._names else key

    def _is_another(self, record: ImportedPerson, person: Person) -> bool:
        """Return whether two people with one name are certainly different, by their source or their profiles."""
        known = self._records.get(person.id)
        if known is not None and known.origin != record.origin and record.distinct and known.distinct:
            return True
        mine, theirs = {*map(plain_url, record.urls)}, self._urls.get(person.id, set())
        profiles = [url for url in theirs if "linkedin." in url]
        return bool(record.distinct and mine and profiles and not mine & theirs)

    def _is_doubtful_copy(self, record: ImportedPerson, person: Person) -> bool:
        """Return whether the same file has the name already, with other addresses."""
        known = self._records.get(person.id)
        if known is None or known.origin == record.origin:
            return False
        mine, theirs = {*record.emails, *record.phones}, {*known.emails, *known.phones}
        return bool(mine and theirs and not mine & theirs)

    def _near(self, name: str) -> list[Person]:
        found: dict[str, Person] = {}
        for word in name.split():
            for person in self._words.get(word, {}).values():
                if person.id not in found and _is_near_any(name, person):
                    found[person.id] = person
        return sorted(found.values(), key=lambda person: (person.name, person.id))

    def _add_name(self, name: str, person: Person) -> None:
        key = folded(name)
        self._names[key][person.id] = person
        for word in key.split():
            self._words[word][person.id] = person

    def _add_phone(self, phone: str, person: Person) -> None:
        if number := last_digits(phone):
            self._phones[number][f"{person.id}\n{phone}"] = person

    def _with_phone(self, phone: str) -> list[Person]:
        found = self._phones.get(last_digits(phone), {})
        return [person for key, person in found.items() if is_same_phone(phone, key.partition("\n")[2])]


def _few(found: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(found)[:MOST_CHOICES]


def _shares_word(name: str, person: Person) -> bool:
    words = set(name.split())
    return any(words & set(folded(each).split()) for each in (person.name, *person.aliases))


def _is_near_any(name: str, person: Person) -> bool:
    return any(_is_near(name.split(), folded(each).split()) for each in (person.name, *person.aliases))


def _is_near(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two names may be the same person's: one is a part of the other, has initials, or is misspelled."""
    shorter, longer = sorted((set(one), set(other)), key=len)
    if shorter and shorter <= longer:
        return True
    if len(one) == len(other) > 1 and all(
        a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one, other, strict=True)
    ):
        return True
    if len(one) > 1 and len(other) > 1 and one[-1] == other[-1]:
        first, second = sorted((one[0], other[0]), key=len)
        if second.startswith(first) or (first[0] == second[0] and len(first) > 2):
            return True
    matcher = difflib.SequenceMatcher(None, " ".join(one), " ".join(other))
    # `quick_ratio` is an upper bound, and cheap.
    return matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


@lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """Return a name as names are compared: without case, accents, points and signs."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(name)).split())


def texts(value: object) -> list[str]:
    """Return the texts of a property that may be one or a list."""
    items = value if isinstance(value, list | tuple) else [value]
    return [str(item) for item in items if isinstance(item, str | int) and not isinstance(item, bool)]
