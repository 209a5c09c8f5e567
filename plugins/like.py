"""like: who seeks whom out, and whether they meet alone.

like = √(mutual · intimate)        intimate alone where nobody noted who started it
mutual = (2 min(mine, theirs) + 1) / (N + 2)     over the N encounters whose initiative is noted
intimate = Σ(m/g) / Σm
declared: `closeness: 1-5` in the person's note averages with it
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from netnotes.api import Field, Network, Problem, Score, Tie, rating, scorer

NETNOTES_API = 1


@scorer(
    Field("like", "0 = only in a crowd and one-sided, 1 = alone together and sought by both", write=False)
)
def like(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how far two people seek each other's company."""
    del options
    for tie in network.ties:
        if not tie.contacts:
            continue
        shared = math.fsum(contact.minutes for contact in tie.contacts)
        intimate = math.fsum(contact.minutes / contact.others for contact in tie.contacts) / shared
        mine, theirs = _initiative(tie)
        value, because = intimate, _company(intimate)
        if mine + theirs:
            mutual = (2 * min(mine, theirs) + 1) / (mine + theirs + 2)
            value = math.sqrt(mutual * intimate)
            because = _started(mine, theirs) + ("" if intimate >= 0.5 else f", {because}")
        declared = rating(tie.person, "closeness") if tie.ego else None
        if declared is not None:
            value = (value + declared) / 2
            because += f", declared closeness {tie.person.properties['closeness']}"
        yield Score(tie, min(1.0, value), because)


def _initiative(tie: Tie) -> tuple[float, float]:
    """Return how many encounters the ego started and how many the other; `both` is half of each."""
    noted = [contact.by for contact in tie.contacts if contact.by]
    both = noted.count("both") / 2
    return noted.count("me") + both, noted.count("them") + both


def _started(mine: float, theirs: float) -> str:
    more = max(mine, theirs) / (mine + theirs)
    if more < 0.75:
        return "both start it"
    who = "you" if mine > theirs else "they"
    return f"{who} always start it" if more == 1 else f"mostly {who} start it"


def _company(intimate: float) -> str:
    if intimate > 0.9:
        return "one-to-one"
    return "mostly one-to-one" if intimate >= 0.5 else f"in company of {1 / intimate:.0f}"
