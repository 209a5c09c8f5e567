"""Who is meant by the names in a sentence: people of the vault, somebody new, or a question."""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.capture.days import Question
from netnotes.capture.name_book import NameBook, NameMatch
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
            choices = tuple(sorted(one.name for one in name.people))
            ask[name.written] = Question("people", name.written, choices, f"which {name.written}?")
    if log_of is not None:
        people = {log_of.id: log_of} | people
    return tuple(people.values()), tuple(unknown), tuple(ask.values())


def _similar(name: NameMatch, book: NameBook) -> tuple[str, ...]:
    """Return whom an unknown name may mean: names spelled like it, then those that begin like it."""
    return tuple(dict.fromkeys((*book.near(name.written), *sorted(one.name for one in name.namesakes))))
