"""bridges: people who are the only link, besides you, between groups. Off unless enabled; never in depth.

Nine in ten bridges are gone a year later (Burt 2002) unless they are kept up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from netnotes.api import Field, Network, Problem, Score, scorer
from netnotes.insights import graph

NETNOTES_API = 1


@scorer(Field("bridges", "how many groups they alone join, 0 for those who join none", high=1e9, write=False))
def bridges(network: Network, options: object) -> Iterator[Score | Problem]:
    """Count the groups that only this person joins, as far as your notes show."""
    del options
    import networkx as nx  # only who enables this waits for it

    found, people = graph(network)
    joined = Counter(node for group in nx.biconnected_components(found) for node in group)
    for number, person in enumerate(people):
        groups = joined[number]
        because = (
            f"the only one in {groups} groups" if groups > 1 else "in one group" if groups else "seen with nobody else"
        )
        yield Score(person, groups if groups > 1 else 0, because)
