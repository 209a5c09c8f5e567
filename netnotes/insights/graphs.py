"""The network as a networkx graph, for graph measures. Imports networkx only when called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netnotes.model import Person
from netnotes.network.communities import communities_of

if TYPE_CHECKING:
    import networkx as nx

    from netnotes.plugin.network_view import NetworkView

ME = -1
"""The ego's node."""


def graph(network: NetworkView, *, ego: bool = False) -> tuple[nx.Graph, tuple[Person, ...]]:
    """Return an undirected graph of everyone met, and the people by node number.

    Edges are the ties between others in the notes; with `ego` also the ego's own, from node -1. Each has `weight`, the
    number of contact days. Nodes are sorted numbers, so that the order in which networkx iterates over a set is the
    same on every machine.

    .. versionadded:: 0.1
    """
    import networkx as nx

    mine = sorted((tie for tie in network.ties if tie.ego and tie.contacts), key=lambda tie: tie.person.id)
    people = tuple(tie.person for tie in mine)
    numbers = {person.id: number for number, person in enumerate(people)}
    found = nx.Graph()
    found.add_nodes_from(range(-1 if ego else 0, len(people)))
    for tie in network.alter_ties:
        one, other = (numbers.get(person.id) for person in tie.people)
        if one is not None and other is not None:
            found.add_edge(one, other, weight=tie.days)
    if ego:
        found.add_weighted_edges_from((ME, number, tie.days) for number, tie in enumerate(mine))
    return found, people


def communities(network: NetworkView, resolution: float = 1.0) -> tuple[tuple[Person, ...], ...]:
    """Return who belongs together, as on the map: groups of people, the largest first, each sorted by id.

    Louvain's method on the contact days of the ties between others. Above a `resolution` of 1, there are more and
    smaller groups. People without a tie to others are in no group.

    .. versionadded:: 0.2
    """
    return communities_of(network.alter_ties, resolution)
