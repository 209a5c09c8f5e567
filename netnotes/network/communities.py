"""Find communities among the ego's people from who meets whom.

Louvain's method (Blondel et al. 2008, J. Stat. Mech. P10008), with nodes in a fixed order, so that the same ties always
give the same communities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from netnotes.model import Person, Tie

PASSES = 12
"""Most sweeps over all nodes on one level; after a few, hardly anything moves."""
LEVELS = 4

Neighbours = list[dict[int, float]]


def communities_of(ties: Sequence[Tie], resolution: float = 1.0) -> tuple[tuple[Person, ...], ...]:
    """Return the communities of the people in `ties` between others, the largest first, each sorted by id.

    A tie weighs its contact days. Above a `resolution` of 1, there are more and smaller communities.
    """
    people = {person.id: person for tie in ties for person in tie.people}
    order = sorted(people)
    number = {key: at for at, key in enumerate(order)}
    weights = [(number[tie.people[0].id], number[tie.people[1].id], float(tie.days)) for tie in ties if tie.days]
    groups: defaultdict[int, list[Person]] = defaultdict(list)
    for key, community in zip(order, communities(len(order), weights, resolution), strict=True):
        if community >= 0:
            groups[community].append(people[key])
    return tuple(tuple(groups[community]) for community in sorted(groups))


def communities(count: int, ties: Iterable[tuple[int, int, float]], resolution: float = 1.0) -> list[int]:
    """Return a community for each of `count` nodes, numbered from 0 by size; -1 for a node without ties.

    `ties` are (a, b, weight) with weight > 0; `resolution` > 0 is that of the modularity.
    """
    graph: Neighbours = [{} for _ in range(count)]
    for a, b, weight in ties:
        if a != b:
            graph[a][b] = graph[a].get(b, 0.0) + weight
            graph[b][a] = graph[b].get(a, 0.0) + weight
    belongs = list(range(count))
    level = graph
    loops = [0.0] * count
    for _ in range(LEVELS):
        found = _move(level, loops, resolution)
        names = {old: new for new, old in enumerate(dict.fromkeys(found))}
        if len(names) == len(level):
            break
        step = [names[c] for c in found]
        belongs = [step[c] for c in belongs]
        level, loops = _merge(level, loops, step, len(names))
    return _by_size(belongs, graph)


def _move(graph: Neighbours, loops: list[float], resolution: float) -> list[int]:
    """Move each node to the neighbouring community that raises modularity most, until none moves."""
    degree = [sum(near.values()) + loop for near, loop in zip(graph, loops, strict=True)]
    total = sum(degree)
    community = list(range(len(graph)))
    weight = degree.copy()
    for _ in range(PASSES):
        moved = 0
        for node, near in enumerate(graph):
            if not near:
                continue
            own = community[node]
            share = resolution * degree[node] / total
            links: dict[int, float] = defaultdict(float)
            for other, value in near.items():
                links[community[other]] += value
            weight[own] -= degree[node]
            best, gain = own, links.get(own, 0.0) - weight[own] * share
            for candidate, value in links.items():
                rise = value - weight[candidate] * share
                if rise > gain + 1e-12 or (candidate < best and abs(rise - gain) <= 1e-12):
                    best, gain = candidate, rise
            weight[best] += degree[node]
            if best != own:
                community[node] = best
                moved += 1
        if moved * 200 <= len(graph):
            break
    return community


def _merge(graph: Neighbours, loops: list[float], step: list[int], count: int) -> tuple[Neighbours, list[float]]:
    merged: Neighbours = [{} for _ in range(count)]
    own = [0.0] * count
    for node, near in enumerate(graph):
        here = step[node]
        own[here] += loops[node]
        row = merged[here]
        for other, value in near.items():
            there = step[other]
            if there == here:
                own[here] += value
            else:
                row[there] = row.get(there, 0.0) + value
    return merged, own


def _by_size(belongs: list[int], graph: Neighbours) -> list[int]:
    members: defaultdict[int, list[int]] = defaultdict(list)
    for node, community in enumerate(belongs):
        if graph[node]:
            members[community].append(node)
    result = [-1] * len(belongs)
    for number, nodes in enumerate(sorted(members.values(), key=lambda nodes: (-len(nodes), nodes[0]))):
        for node in nodes:
            result[node] = number
    return result
