"""Match address cards beside the vault to the people in it. A card adds names and addresses, never an encounter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from netnotes.extract.people.names import folded
from netnotes.extract.people.note_names import looks_like_name
from netnotes.extract.people.phones import is_same_phone, last_digits, phones_of
from netnotes.model import Person
from netnotes.plugin.facts import FoundPerson

Names = Mapping[str, Mapping[str, Person]]
"""Folded name or mail address → id → person."""


def names_of_cards(
    cards: Iterable[FoundPerson], names: Names, people: Iterable[Person], never: Container[str]
) -> dict[str, dict[str, Person]]:
    """Return folded name or mail address → id → person, for those that cards give and no note does.

    A card is matched by mail address, then by number and a word of the name, then by name; `people` are those with a
    note, and `never` are folded names that are not people. If nobody matches, the card is that of a person without a
    note. A card that may be one of several people gives nothing; nor does a name that cards of several people have.
    """
    phones = _by_phone(people)
    found: defaultdict[str, dict[str, Person]] = defaultdict(dict)
    for card in cards:
        person = _person_of(card, names, phones)
        if person is None or folded(card.name) in never:
            continue
        has_note = person.path is not None or person.me
        # A single word, such as `Taxi`, is a name only for someone with a note.
        written = (each for each in (card.name, *card.aliases) if looks_like_name(each) and (has_note or " " in each))
        for key in (*map(folded, written), *card.emails):
            if key not in names and key not in never:
                found[key][person.id] = person
    return {key: who for key, who in found.items() if len(who) == 1}


def _person_of(card: FoundPerson, names: Names, phones: Mapping[str, list[tuple[str, Person]]]) -> Person | None:
    """Return the person a card is about; None if that may be several."""
    by_address = {person.id: person for email in card.emails for person in names.get(email, {}).values()}
    words = set(folded(card.name).split())
    by_phone = {
        person.id: person
        for phone in card.phones
        for other, person in phones.get(last_digits(phone), ())
        # A family shares a number.
        if is_same_phone(phone, other) and words & {word for name in _names(person) for word in folded(name).split()}
    }
    by_name = names.get(folded(card.name), {})
    for found in (by_address, by_phone, by_name):
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    if not looks_like_name(card.name):
        return None
    return Person(f"?{folded(card.name)}", name=card.name)


def _by_phone(people: Iterable[Person]) -> dict[str, list[tuple[str, Person]]]:
    found: defaultdict[str, list[tuple[str, Person]]] = defaultdict(list)
    for person in people:
        for phone in phones_of(person):
            found[last_digits(phone)].append((phone, person))
    found.pop("", None)
    return found


def _names(person: Person) -> tuple[str, ...]:
    return person.name, *person.aliases
