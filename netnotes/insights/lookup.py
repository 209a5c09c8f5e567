"""Find what a word means: a person, else everyone of a scene, else everyone of a company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from netnotes.errors import NetNotesError, NoSharedEncounter
from netnotes.extract.people import find_person
from netnotes.extract.people.names import folded, names_in, stem
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem, SourceLine, Tie
from netnotes.network.network import Network
from netnotes.plugin.network_view import NetworkView

KNOWS = ("introduced_by", "knows")
"""Properties of a person's note that name people they know."""
COMPANY = ("company", "companies", "organisation", "organization", "org", "employer", "works_at", "firm")
"""Properties of a person's note that name where they work."""

SHORTEST_START = 3
"""Fewest letters that may stand for the start of a name."""
NAMED_STEP = 0.1
"""Strength of a step of a path that a note only names: `introduced_by: "[[Ada]]"`."""
WEAKEST_STEP = 0.01
"""A weaker step is not part of any path."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a word means.

    .. versionadded:: 0.1
    """

    kind: str
    """person, scene or company."""
    name: str
    people: tuple[Person, ...]
    """By id; one for a person."""


def tie_of(network: Network, one: Person, other: Person | None = None) -> Tie:
    """Return the ego's tie with one person, or the tie between two others. Raises NoSharedEncounter."""
    if other is None:
        tie = network.tie(one)
    else:
        pair = {one.id, other.id}
        tie = next((tie for tie in network.alter_ties if {person.id for person in tie.people} == pair), None)
    if tie is None:
        raise NoSharedEncounter(one.name, other.name if other else "you")
    return tie


def target(network: NetworkView, word: str) -> Target | Problem:
    """Return the target that `word` means, ignoring case and accents; a Problem if there is none, or several.

    .. versionadded:: 0.1
    """
    wanted = folded(word)
    scene = _gathered("scene", wanted, ((name, p) for p in network.people for name in _scenes(network, p)))
    company = _gathered("company", wanted, ((name, p) for p in network.people for name in companies(p)))
    try:
        person = find_person.person(network.people, word)
    except NetNotesError as error:
        return scene or company or Problem(str(error), hint=error.hint)
    exact = wanted in {folded(name) for name in (person.name, *person.aliases)}
    if not exact and (scene or company):
        return scene or company or Target("person", person.name, (person,))
    return Target("person", person.name, (person,))


def companies(person: Person) -> Iterator[str]:
    """Yield a person's employers, from `company`, `employer` and similar properties of their note.

    .. versionadded:: 0.1
    """
    for key in COMPANY:
        for value in _several(person.value(key)):
            if "[[" in value:
                yield from (name for _, name in names_in(value))
            elif name := " ".join(value.split()):
                # `Long & Sons, Porto` is a firm and its place: known by both and by the first part alone.
                yield from dict.fromkeys((name, name.partition(",")[0].strip()))


def _several(value: object) -> Iterator[str]:
    """Yield the texts of a property: a single one, or each of a list."""
    for item in value if isinstance(value, Sequence) and not isinstance(value, str) else [value]:
        if isinstance(item, str):
            yield item


def acquaintances(network: NetworkView) -> Iterator[tuple[Person, Person, SourceLine]]:
    """Yield (person, someone they know, source) for each `introduced_by` and `knows` in a person's note.

    .. versionadded:: 0.1
    """
    called: defaultdict[str, set[Person]] = defaultdict(set)
    for person in network.people:
        for name in (person.name, *person.aliases, stem(person.path) if person.path else person.name):
            called[folded(name)].add(person)
    for person in network.people:
        for key in KNOWS:
            for linked, name in chain.from_iterable(map(names_in, _several(person.value(key)))):
                who = called.get(folded(stem(linked)) if linked else folded(name), set())
                if len(who) == 1 and person not in who and person.path:
                    yield person, next(iter(who)), SourceLine(person.path, person.line(key) or 1)


def _scenes(network: NetworkView, person: Person) -> Iterator[str]:
    if person.scene:
        yield person.scene
        return
    tie = network.tie(person)
    yield from {contact.context for contact in tie.contacts if contact.context} if tie else ()


def _gathered(kind: str, wanted: str, named: Iterable[tuple[str, Person]]) -> Target | None:
    known = [(folded(name), name, person) for name, person in named]
    found = {person.id: (name, person) for key, name, person in known if key == wanted}
    if not found and len(wanted) >= SHORTEST_START:
        found = {person.id: (name, person) for key, name, person in known if key.startswith(f"{wanted} ")}
    if not found:
        return None
    people = tuple(found[key][1] for key in sorted(found))
    return Target(kind, next(iter(found.values()))[0], people)
