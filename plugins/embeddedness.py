"""embeddedness: how many of your acquaintances each person was seen with. Off unless enabled; never in depth.

Common acquaintances are context, and say nothing about depth: for the same time together, they do not predict closeness
(see docs/depth.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Field, Network, Problem, Score, scorer
from netnotes.insights import graph

NETNOTES_API = 1


@scorer(Field("embeddedness", "how many of your people they were seen with", high=1e9, write=False))
def embeddedness(network: Network, options: object) -> Iterator[Score | Problem]:
    """Count the acquaintances that you and each of your people have in common."""
    del options
    found, people = graph(network)
    for number, person in enumerate(people):
        near = sorted(found[number], key=lambda other: (-found[number][other]["weight"], other))
        names = ", ".join(people[other].name for other in near[:3])
        because = f"seen with {len(near)} of your {len(people)} people" + (f": {names}" if names else "")
        yield Score(person, len(near), because)
