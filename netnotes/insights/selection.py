"""Choose people by scene, tie, warmth, place, company or tag, and narrow a network to them. Reads scores."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from netnotes.errors import NetNotesError
from netnotes.extract.people.names import folded, names_in
from netnotes.insights.lookup import companies
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Tie
from netnotes.network.network import Network
from netnotes.scoring.scores import Scores

PLACES = (
    "location",
    "locations",
    "city",
    "town",
    "place",
    "lives_in",
    "based_in",
    "home",
    "address",
    "region",
    "country",
)
"""Properties of a person's note that say where they are."""
SHORTEST = 3
"""Fewest letters that may stand for the start of a word."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The people in a list: those who match one of the words of each kind; a kind without words matches all."""

    scene: tuple[str, ...] = ()
    tie: tuple[str, ...] = ()
    """deep, shallow or thin."""
    warmth: tuple[str, ...] = ()
    """warm, cooling or dormant."""
    place: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.scene, self.tie, self.warmth, self.place, self.company, self.tag))


class NoSuchGroup(NetNotesError):
    """A word that matches no scene, place, company or tag."""

    def __init__(self, kind: str, word: str, known: Sequence[str], elsewhere: str | None = None) -> None:
        """`elsewhere`: the kind that has this name."""
        super().__init__(f"no {kind} named {word}")
        near = difflib.get_close_matches(folded(word), {folded(name): name for name in known}, n=1, cutoff=0.6)
        meant = next((name for name in known if near and folded(name) == near[0]), None)
        some = sorted(set(known), key=str.casefold)[:6]
        more = ", …" if len(set(known)) > len(some) else ""
        self.hint = (
            f"did you mean `{meant}`?"
            if meant
            else f"`{word}` is a {elsewhere}"
            if elsewhere
            else f"there are {', '.join(some)}{more}"
            if some
            else f"no one in your notes has a {kind}"
        )


def select(network: Network, scores: Scores, wanted: Selection) -> frozenset[Person]:
    """Return the people that `wanted` selects. Raises NoSuchGroup for a word that matches nothing."""
    found = {tie.person: tie for tie in network.ties if tie.ego}
    places = place_people(network)
    names_of: Mapping[str, Callable[[Person], Iterable[str]]] = {
        "scene": lambda person: scenes_of(person, found.get(person), places),
        "place": where,
        "company": companies,
        "tag": tags_of,
    }
    chosen = set(network.people)
    for kind, of in names_of.items():
        matched = {word: _named(network.people, word, of) for word in getattr(wanted, kind)}
        for word in (word for word, people in matched.items() if not people):
            others = (other for other, names in names_of.items() if _named(network.people, word, names))
            known = [name for person in network.people for name in of(person)]
            raise NoSuchGroup(kind, word, known, next(others, None))
        if matched:
            chosen &= set().union(*matched.values())
    for name, labels in (("depth", wanted.tie), ("warmth", wanted.warmth)):
        if labels:
            chosen = {p for p in chosen if (tie := found.get(p)) and _label(scores, tie, name) in labels}
    return frozenset(chosen)


def narrow(network: Network, people: frozenset[Person]) -> Network:
    """Return a network with only the ties, people and promises of `people`."""
    return replace(
        network,
        people=tuple(person for person in network.people if person in people),
        ties=tuple(tie for tie in network.ties if tie.person in people),
        promises=tuple(each for each in network.promises if not people.isdisjoint(each.people)),
    )


def scenes_of(person: Person, tie: Tie | None, places: dict[Person, list[str]]) -> Iterator[str]:
    """Yield a person's home scene and the scenes in which they were met."""
    if person.scene:
        yield person.scene
    yield from {contact.context for contact in tie.contacts if contact.context} if tie else ()
    yield from places.get(person, ())


def place_people(network: Network) -> dict[Person, list[str]]:
    """Return the scenes of each person that are known only from a place."""
    found: dict[Person, list[str]] = {}
    for scene in network.scenes:
        for person in scene.people if scene.place else ():
            found.setdefault(person, []).append(scene.name)
    return found


def where(person: Person) -> Iterator[str]:
    """Yield where a person is, from `city`, `location`, `country` and similar properties of their note."""
    for key in PLACES:
        value = person.value(key)
        for item in value if isinstance(value, Sequence) and not isinstance(value, str) else [value]:
            if isinstance(item, str):
                yield from (name for _, name in names_in(item)) if "[[" in item else [item]


def tags_of(person: Person) -> Iterator[str]:
    """Yield the tags of a person's note and their parent tags: `friend/close`, `friend`."""
    for tag in person.tags:
        parts = tag.split("/")
        yield from ("/".join(parts[: end + 1]) for end in range(len(parts)))


def _named(people: Iterable[Person], word: str, names_of: Callable[[Person], Iterable[str]]) -> set[Person]:
    """Return the people one of whose names a word matches."""
    wanted = folded(word.removeprefix("#"))
    return {person for person in people if any(_fits(wanted, folded(name)) for name in names_of(person))}


def _fits(wanted: str, name: str) -> bool:
    """Return whether a word matches a name: all of it, a part between commas, or its first whole words."""
    if wanted == name or wanted in (part.strip() for part in name.split(",")):
        return True
    return len(wanted) >= SHORTEST and name.startswith(f"{wanted} ")


def _label(scores: Scores, tie: Tie, name: str) -> str | None:
    score = scores.get(tie, name)
    return score.label if score else None
