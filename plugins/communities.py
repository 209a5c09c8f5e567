"""communities: groups of people who were seen together. Off unless enabled; never in depth.

The groups are those of the map: Louvain's method on contact days. A group is named after the person who was seen with
most of its members.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import Field, Network, Person, Problem, Score, option, scorer
from netnotes.insights import communities as groups

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.communities]`."""

    resolution: float = option(1.0, "Above 1 for more and smaller groups.", low=0.01, high=100)


@scorer(Field("community", "the group they belong to", write=False), options=Options)
def communities(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Divide your people into groups that were seen together."""
    met: defaultdict[Person, set[Person]] = defaultdict(set)
    for one, other in (tie.people for tie in network.alter_ties):
        met[one].add(other)
        met[other].add(one)
    for group in groups(network, options.resolution):
        if len(group) < 2:
            continue
        inside = {one: len(met[one].intersection(group)) for one in group}
        first = max(group, key=inside.__getitem__)
        for person, near in inside.items():
            yield Score(person, first.name, f"one of {len(group)}, seen with {near} of them")
