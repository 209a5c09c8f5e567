"""What else one could rank people by: what graph tools offer on the graph of notes, and what CRMs add up.

The graph has a node for each note and an undirected edge for each link. The keeper of the vault stands for a node too,
linked from every dated note, as if each had named them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict

import networkx as nx

from netnotes.model import Vault
from netnotes.network.ties import Network

NAMES = ("co-citation", "Jaccard", "Adamic-Adar", "PageRank", "CRM sum")
ME = "?me"


def rivals(vault: Vault, network: Network) -> dict[str, dict[str, float]]:
    """Return rival → person's id → score."""
    graph = _graph(vault, network)
    people = [tie.person.id for tie in network.ties]
    mine = set(graph[ME]) if ME in graph else set()
    found: dict[str, dict[str, float]] = {name: {} for name in NAMES}
    rank = nx.pagerank(graph.to_directed(as_view=True)) if graph else {}
    for person in people:
        theirs = set(graph[person]) if person in graph else set()
        shared, either = mine & theirs, mine | theirs
        found["co-citation"][person] = len(shared)
        found["Jaccard"][person] = len(shared) / len(either) if either else 0.0
        found["Adamic-Adar"][person] = sum(1 / math.log(len(graph[note])) for note in sorted(shared))
        found["PageRank"][person] = rank.get(person, 0.0)
    found["CRM sum"] = _crm(network)
    return found


def _graph(vault: Vault, network: Network) -> nx.Graph:
    """Return the graph of notes."""
    people = {tie.person.name: tie.person.id for tie in network.ties}
    dated = {encounter.path for encounter in network.encounters}
    graph = nx.Graph()
    for note in vault.notes:
        targets = [*note.links, *(target for _, target in note.property_links)]
        targets += [mention.target for passage in note.passages for mention in passage.mentions]
        for target in sorted({people[target] for target in targets if target in people}):
            if target != note.path:
                graph.add_edge(note.path, target)
        if note.path in dated:
            graph.add_edge(note.path, ME)
    return graph


def _crm(network: Network) -> dict[str, float]:
    """Return half frequency, a quarter minutes, a quarter recency (over the days noted), each against the vault's most."""
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
