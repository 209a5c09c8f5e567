"""What the page needs to find ways between people, beyond depths: who knows whom by a note's word, whom to leave alone.

Finds no way itself: the page does, by the rule of the report `path`, whose numbers stand here again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netnotes.insights.lookup import acquaintances
from netnotes.model import Tie
from netnotes.network.network import Network
from netnotes.scoring.access import unscored

NOTED = 0.1
"""What a step counts that a note only names."""
LEAST = 0.01
"""A weaker step is not part of any path."""


def path_data(network: Network, ties: Sequence[Tie]) -> dict[str, Any]:
    """Return the pairs that notes name, and the people not to be contacted, as indices in `ties`."""
    place = {tie.person.id: index for index, tie in enumerate(ties)}
    pairs = {
        (min(a, b), max(a, b))
        for person, other, _ in acquaintances(unscored(network))
        if (a := place.get(person.id)) is not None and (b := place.get(other.id)) is not None
    }
    return {
        "counts": NOTED,
        "least": LEAST,
        "noted": sorted(map(list, pairs)),
        "ignored": [index for index, tie in enumerate(ties) if tie.person.ignored],
    }
