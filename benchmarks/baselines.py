"""What else one could rank people by: what graph tools offer on the graph of notes, and what CRMs add up.

The graph has a node for each note and an undirected edge for each link. The keeper of the vault stands for a node too,
linked from every dated note, as if each had named them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping

from netnotes.model import Vault
from netnotes.network.network import Network
from netnotes.text.links import targets

NAMES = ("co-citation", "Jaccard", "Adamic-Adar", "PageRank", "CRM sum")
ME = "?me"
Graph = Mapping[str, set[str]]
"""Node → its neighbours."""


def baselines(vault: Vault, network: Network) -> dict[str, dict[str, float]]:
    """Return rival → person's id → score."""
    graph = _graph(vault, network)
    people = [tie.person.id for tie in network.ties]
    mine = graph.get(ME, set())
    found: dict[str, dict[str, float]] = {name: {} for name in NAMES}
    rank = _pagerank(graph)
    for person in people:
        theirs = graph.get(person, set())
        shared, either = mine & theirs, mine | theirs
        found["co-citation"][person] = len(shared)
        found["Jaccard"][person] = len(shared) / len(either) if either else 0.0
        found["Adamic-Adar"][person] = sum(1 / math.log(len(graph[note])) for note in sorted(shared))
        found["PageRank"][person] = rank.get(person, 0.0)
    found["CRM sum"] = _crm(network)
    return found


def _graph(vault: Vault, network: Network) -> Graph:
    """Return the graph of notes."""
    people = {tie.person.name: tie.person.id for tie in network.ties}
    dated = {encounter.path for encounter in network.encounters}
    graph: defaultdict[str, set[str]] = defaultdict(set)
    for note in vault.notes:
        linked = [*targets(note)]
        linked += [link.target for passage in note.passages for link in passage.names]
        for target in sorted({people[target] for target in linked if target in people}):
            if target != note.path:
                graph[note.path].add(target)
                graph[target].add(note.path)
        if note.path in dated:
            graph[note.path].add(ME)
            graph[ME].add(note.path)
    return dict(graph)


def _pagerank(graph: Graph) -> dict[str, float]:
    """Return the rank of each node: damping .85, as near as 100 rounds come."""
    rank = dict.fromkeys(graph, 1 / len(graph)) if graph else {}
    for _ in range(100):
        shares = {node: rank[node] / len(near) for node, near in graph.items()}
        after = {
            node: 0.15 / len(graph) + 0.85 * sum(shares[other] for other in sorted(near))
            for node, near in graph.items()
        }
        moved = sum(abs(after[node] - rank[node]) for node in graph)
        rank = after
        if moved < 1e-8:
            break
    return rank


def _crm(network: Network) -> dict[str, float]:
    """Return half frequency, a quarter minutes, a quarter recency (over the days noted), each against the maximum."""
    counts: dict[str, float] = defaultdict(float)
    minutes: dict[str, float] = defaultdict(float)
    for tie in network.ties:
        counts[tie.person.id] = len(tie.contacts)
        minutes[tie.person.id] = sum(contact.length or contact.minutes for contact in tie.contacts)
    first = min((encounter.date for encounter in network.encounters), default=network.today)
    span = max(1, (network.today - first).days)

    def fresh(last: dt.date | None) -> float:
        return 1 - (network.today - last).days / span if last else 0.0

    most = max(counts.values(), default=1) or 1
    longest = max(minutes.values(), default=1) or 1
    return {
        tie.person.id: 0.5 * counts[tie.person.id] / most
        + 0.25 * minutes[tie.person.id] / longest
        + 0.25 * fresh(tie.last)
        for tie in network.ties
    }
