"""Who is meant by the names in a sentence: people of the vault, somebody new, or a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from netnotes.capture.days import Question
from netnotes.capture.name_book import NameBook, NameMatch, name_key
from netnotes.capture.places import Venue
from netnotes.model import Person


def people_named(
    names: Sequence[NameMatch], place: Venue | None, book: NameBook, log_of: Person | None
) -> tuple[tuple[Person, ...], tuple[str, ...], tuple[Question, ...]]:
    """Return who some names mean: people of the vault, names that nobody has, and what must be asked.

    Owners, as in `Ada's party`, are nobody unless they are the hosts. `log_of` need not be named.
    """
    people: dict[str, Person] = {}
    unknown: dict[str, None] = {}
    ask: dict[str, Question] = {}
    certain = {name.person.id for name in names if name.person}
    for name in names:
        if name.possessive and (place is None or place.host is not name):
            continue
        if person := name.person:
            if not person.me:
                people[person.id] = person
        elif not name.people:
            near = () if name.linked else _similar(name, book)
            if near:
                ask[name.written] = Question("people", name.written, near, f"no one is called {name.written}", new=True)
            else:
                unknown[name.written] = None
        elif not any(one.id in certain for one in name.people):
            choices = choices_between(sorted(name.people, key=_by_name))
            ask[name.written] = Question("people", name.written, choices, f"which {name.written}?")
    if log_of is not None:
        people = {log_of.id: log_of} | people
    return tuple(people.values()), tuple(unknown), tuple(ask.values())


def choices_between(people: Sequence[Person]) -> tuple[str, ...]:
    """Return what a sentence can say for each of these people: the name, or a link to the note if two have one name."""
    count = Counter(person.name for person in people)
    return tuple(_linked(one.path) if one.path and count[one.name] > 1 else one.name for one in people)


def chosen(people: Iterable[Person], choice: str) -> Person:
    """Return which of the people one of `choices_between` means."""
    if choice.startswith("[["):
        return next(one for one in people if one.path and _linked(one.path) == choice)
    return next(one for one in people if one.name == choice)


def _linked(path: str) -> str:
    return f"[[{path.removesuffix('.md')}]]"


def _by_name(person: Person) -> tuple[str, str]:
    return person.name, person.id


def _similar(name: NameMatch, book: NameBook) -> tuple[str, ...]:
    """Return whom an unknown name may mean: names spelled like it, then those that begin like it."""
    near = [person for known in book.near(name.written) for person in book.with_name(name_key(known))]
    people = {person.id: person for person in (*near, *sorted(name.namesakes, key=_by_name))}
    return choices_between(tuple(people.values()))
