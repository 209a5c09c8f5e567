"""Find bridges: people with ties to several communities that few others connect. Knows no names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from netnotes.map.graph.cliques import STRONG

FEWEST = 2
"""Fewest ties to another community that connect a person to it. One strong tie is enough."""
SHARE = 0.2
"""Fewest ties to another community, as a share of the ties to the community that the person knows best."""
FEW = 5
EACH = 25
"""At most FEW people, and one in EACH, are called bridges: the word means nothing if it fits everybody."""

Ties = Sequence[tuple[int, int, float]]
Known = defaultdict[int, list[tuple[float, int]]]
"""Community → strength of each tie there, and with whom."""


def bridges(ties: Ties, belongs: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
    """Return the bridges and the communities they join: their own first, then those where they know most people.

    `ties` are (index, index, strength 0 to 1); `belongs` gives each person's community, -1 for none. Sorted by person.
    """
    known: defaultdict[int, Known] = defaultdict(lambda: defaultdict(list))
    for a, b, strength in ties:
        if belongs[a] != belongs[b]:
            known[a][belongs[b]].append((strength, b))
            known[b][belongs[a]].append((strength, a))
    for a, b, strength in ties:
        if belongs[a] == belongs[b]:
            for person, other in ((a, b), (b, a)):
                if person in known:
                    known[person][belongs[person]].append((strength, other))
    found = []
    for person, others in known.items():
        home = belongs[person]
        weight = {community: sum(0.1 + strength for strength, _ in there) for community, there in others.items()}
        least = SHARE * max(weight.values())
        joined = [
            community
            for community, there in others.items()
            if community != home
            and weight[community] >= least
            # Whoever is of both communities makes no bridge of everybody whom they know.
            and (len(there) >= FEWEST or any(s >= STRONG and len(known[one][home]) < FEWEST for s, one in there))
        ]
        if joined:
            joined.sort(key=lambda community: (-weight[community], community))
            found.append((-sum(weight[community] for community in joined), person, (home, *joined)))
    most = FEW + len(belongs) // EACH
    return sorted((person, joined) for _, person, joined in sorted(found)[:most])
