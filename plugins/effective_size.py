"""effective_size: how many separate circles someone opens to you, by Burt (1992). Off unless enabled; never in depth.

    n - 2t/n      n people they were seen with, t ties among those (Borgatti 1997)

Five people who all know each other count as one. Only what your notes say is counted, without you. networkx gives the
same value but takes minutes instead of a second.
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Field, Network, Problem, Score, scorer
from netnotes.insights import graph

NETNOTES_API = 1


@scorer(Field("effective_size", "how many separate people they open to you", high=1e9, write=False))
def effective_size(network: Network, options: object) -> Iterator[Score | Problem]:
    """Measure the effective size of each person's circle, as far as your notes show."""
    del options
    found, people = graph(network)
    near = [set(found[number]) for number in range(len(people))]
    for number, person in enumerate(people):
        known = near[number]
        each = sum(len(known & near[other]) for other in known) / len(known) if known else 0.0
        because = f"seen with {len(known)}, who know {each:.1f} of each other"
        yield Score(person, max(0.0, len(known) - each), because)
