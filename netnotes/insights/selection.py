"""Choose people by scene, tie, warmth, place, company or tag, and narrow a network to them. Reads scores."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from netnotes.errors import NetNotesError
from netnotes.extract.people.names import folded, names_in
from netnotes.insights.lookup import companies
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

    def __init__(self, kind: str, word: str, known: Sequence[str]) -> None:
        super().__init__(f"no {kind} named {word}")
        near = difflib.get_close_matches(folded(word), {folded(name): name for name in known}, n=1, cutoff=0.6)
        meant = next((name for name in known if near and folded(name) == near[0]), None)
        some = sorted(set(known), key=str.casefold)[:6]
        more = ", …" if len(set(known)) > len(some) else ""
        self.hint = (
            f"did you mean `{meant}`?"
            if meant
            else f"there are {', '.join(some)}{more}"
            if some
            else f"no one in your notes has a {kind}"
        )


def select(network: Network, scores: Scores, wanted: Selection) -> frozenset[Person]:
    """Return the people that `wanted` selects. Raises NoSuchGroup for a word that matches nothing."""
    found = {tie.person: tie for tie in network.ties if tie.ego}
    places = place_people(network)
    kinds: list[tuple[str, tuple[str, ...], Callable[[Person], Iterable[str]]]] = [
        ("scene", wanted.scene, lambda person: scenes_of(person, found.get(person), places)),
        ("place", wanted.place, where),
        ("company", wanted.company, companies),
        ("tag", wanted.tag, tags_of),
    ]
    chosen = set(network.people)
    for kind, words, of in kinds:
        if words:
            chosen = _named(chosen, network.people, kind, words, of)
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


def _named(
    among: set[Person], people: Iterable[Person], kind: str, words: Iterable[str], of: Callable[[Person], Iterable[str]]
) -> set[Person]:
    """Return those `among` whom one of the `words` selects; each word must match someone of all `people`."""
    known = {person: tuple(of(person)) for person in people}
    found: set[Person] = set()
    for word in words:
        wanted = folded(word.removeprefix("#"))
        fitting = {person for person, names in known.items() if any(_fits(wanted, folded(name)) for name in names)}
        if not fitting:
            raise NoSuchGroup(kind, word, [name for names in known.values() for name in names])
        found |= fitting
    return among & found


def _fits(wanted: str, name: str) -> bool:
    """Return whether a word matches a name: all of it, a part between commas, or its first whole words."""
    if wanted == name or wanted in (part.strip() for part in name.split(",")):
        return True
    return len(wanted) >= SHORTEST and name.startswith(f"{wanted} ")


def _label(scores: Scores, tie: Tie, name: str) -> str | None:
    score = scores.get(tie, name)
    return score.label if score else None
