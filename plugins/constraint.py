"""constraint: how much each tie limits you to its own circle, by Burt (1992). Off unless enabled; never in depth.

    p_ij = contact days of i and j / all contact days of i
    constraint = (p_mj + Σ_q p_mq p_qj)²

High if much of your time goes to someone, and to others whose time goes to them too. Not computed with networkx, which
goes through all ties again for each tie.
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Field, Network, Problem, Score, scorer
from netnotes.insights import graph

NETNOTES_API = 1
ME = -1


@scorer(Field("constraint", "0 = leaves you free, 1 = everything you have goes through this tie", write=False))
def constraint(network: Network, options: object) -> Iterator[Score | Problem]:
    """Measure how far each tie constrains you."""
    del options
    found, people = graph(network, ego=True)
    total = {node: sum(edge["weight"] for edge in found[node].values()) for node in found}
    for number, person in enumerate(people):
        shares = [
            found[ME][other]["weight"] / total[ME] * (edge["weight"] / total[other])
            for other, edge in sorted(found[number].items())
            if other != ME
        ]
        direct = found[ME][number]["weight"] / total[ME]
        because = f"{direct:.1%} of your contact days, and {sum(shares):.1%} by way of {len(shares)} others"
        yield Score(person, min(1.0, (direct + sum(shares)) ** 2), because)
