"""communities: which of your people belong together, by who was seen with whom. Off unless enabled; never in depth.

Louvain's method on contact days, from a fixed start: the same notes give the same groups. A group is called after the
one who was seen with most of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import Field, Network, Problem, Score, option, scorer
from netnotes.insights import graph

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.communities]`."""

    resolution: float = option(1.0, "Above 1 for more and smaller groups.", low=0.01, high=100)


@scorer(Field("community", "the group they belong to", write=False), options=Options)
def communities(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Part your people into groups that were seen together."""
    import networkx as nx  # only who enables this waits for it

    found, people = graph(network)
    for group in nx.community.louvain_communities(found, resolution=options.resolution, seed=1):
        if len(group) < 2:
            continue
        inside = {node: sum(other in group for other in found[node]) for node in sorted(group)}
        first = max(sorted(group), key=inside.__getitem__)
        for node, near in inside.items():
            yield Score(people[node], people[first].name, f"one of {len(group)}, seen with {near} of them")
