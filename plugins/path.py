"""path: the path to a person, a scene or a company through the deepest ties.

The strength of a path is the product of its steps' depths; the strongest path wins. A rule, not a measurement: depth
says how well two people know each other, not whether one would introduce you.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from netnotes.api import (
    DEEP,
    THIN_DAYS,
    Contact,
    Network,
    Person,
    Problem,
    Remark,
    Row,
    SourceLine,
    Tie,
    argument,
    option,
    report,
)
from netnotes.insights import NAMED_STEP, WEAKEST_STEP, acquaintances, ago_words, depth_text, target

NETNOTES_API = 1
CAUTION = "Weak steps: an introduction through a shallow tie seldom works."


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.path]`."""

    to: str = argument("NAME|SCENE|COMPANY", "Where to.", required=True)
    ways: int = option(3, "How many paths to show.", low=1, high=20)


@dataclass
class Map:
    """Who can be reached from whom."""

    graph: Any
    ties: dict[frozenset[Person], Tie] = field(default_factory=dict)
    noted: dict[frozenset[Person], SourceLine] = field(default_factory=dict)

    def strength(self, one: Person, other: Person) -> float:
        """Return the strength of a step."""
        return math.exp(-self.graph[one][other]["weight"])


@report("Path", reads=("depth",), options=Options)
def path(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""Show how to reach a person, a scene or a company through your deepest ties, step by step.

    The strength of a step is the depth of that tie, as far as your notes show it.

    \b
    Example:
      netnotes path José Tavares ~/Notes
      netnotes path lisbon ~/Notes
    """
    goal = target(network, options.to)
    if isinstance(goal, Problem):
        yield goal
        return
    people = [person for person in goal.people if not person.ignored]
    if not people:
        yield Remark(f"{goal.name} is left out: their note says `netnotes: ignore`, died, archived or fictional.")
        return
    known = _map(network)
    paths = _paths(network, known, [p for p in people if p.path] or people)[: options.ways]
    for number, path in enumerate(paths, 1):
        yield from _steps(network, known, path, _section(known, paths, number))
    if not paths:
        yield Remark(f"No path leads to {goal.name}: no one in your notes was ever seen with them.")
        return
    last = _section(known, paths, len(paths))
    best = paths[0]
    if len(best) > 2 and goal.kind == "person" and known.graph.has_edge(network.ego, people[0]):
        own = known.strength(network.ego, people[0])
        yield Remark(f"Your own tie has depth {depth_text(own)}: ask {best[1].name} first.", section=last)
    if any(known.strength(*step) < DEEP for path in paths for step in pairwise(path)):
        yield Remark(CAUTION, section=last)


def _section(known: Map, paths: Sequence[Sequence[Person]], number: int) -> str:
    path = paths[number - 1]
    return f"Path {number} to {path[-1].name}: strength {_strength(known, path):.2f}"


def _map(network: Network) -> Map:
    import networkx as nx  # slow to import

    known = Map(nx.Graph())
    known.graph.add_node(network.ego)
    for tie in (*network.ties, *network.alter_ties):
        depth = network.number(tie, "depth")
        if depth is not None and depth >= WEAKEST_STEP and not any(person.ignored for person in tie.people):
            known.ties[frozenset(tie.people)] = tie
            known.graph.add_edge(*tie.people, weight=-math.log(min(1.0, depth)))
    for person, other, place in acquaintances(network):
        if person.ignored or other.ignored:
            continue
        known.noted[frozenset((person, other))] = place
        if not known.graph.has_edge(person, other):
            known.graph.add_edge(person, other, weight=-math.log(NAMED_STEP))
    return known


def _paths(network: Network, known: Map, people: Sequence[Person]) -> list[list[Person]]:
    """Return the strongest path to each of `people`: strongest first, but paths with a new first step before others.

    To several people, paths that begin with a deep tie are preferred. To one person, the ego's own shallow tie is
    another path besides the one through others.
    """
    import networkx as nx

    everything = known.graph
    shallow = [
        (network.ego, p)
        for p in people
        if everything.has_edge(network.ego, p) and known.strength(network.ego, p) < DEEP
    ]
    around = nx.restricted_view(everything, [], shallow)
    lengths, found = nx.single_source_dijkstra(around, network.ego, weight="weight")
    paths = [(lengths[p], found[p]) for p in people if p in found]
    through = [path for path in paths if known.strength(*path[1][:2]) >= DEEP]
    paths = through or paths
    if len(people) == 1 or not through:
        paths += [(everything[a][b]["weight"], [a, b]) for a, b in shallow]
    paths.sort(key=lambda pair: (pair[0], [person.id for person in pair[1]]))
    first_steps: set[Person] = set()
    first: list[list[Person]] = []
    rest: list[list[Person]] = []
    for _, path in paths:
        (rest if path[1] in first_steps else first).append(path)
        first_steps.add(path[1])
    return first + rest


def _steps(network: Network, known: Map, path: Sequence[Person], section: str) -> Iterator[Row]:
    for number, (one, other) in enumerate(pairwise(path), 1):
        ends = frozenset((one, other))
        tie = known.ties.get(ends)
        strength = known.strength(one, other)
        thin = tie is None or tie.days < THIN_DAYS
        evidence: list[Contact | SourceLine] = [tie.contacts[-1]] if tie else []
        if ends in known.noted:
            evidence.append(known.noted[ends])
        yield Row(
            {
                "step": number,
                "from": "you" if one.me else one,
                "to": other,
                "strength": strength,
            },
            because=_because(network, tie),
            on=other,
            evidence=evidence,
            section=section,
            more={"caution": "shallow" if strength < DEEP else "thin" if thin else ""},
        )


def _because(network: Network, tie: Tie | None) -> str:
    if tie is None:
        return "named in a note, never seen together"
    if tie.ego:
        score = network.score(tie, "depth")
        return f"{score.label} tie, last contact {ago_words(tie.last, network.today)}" if score and tie.last else ""
    days = tie.days
    last = f", last {ago_words(tie.last, network.today)}" if tie.last else ""
    return f"seen together on {days} day{'s' * (days != 1)}{last}"


def _strength(known: Map, path: Sequence[Person]) -> float:
    return math.prod(known.strength(one, other) for one, other in pairwise(path))
