"""like: who seeks whom out, and whose the time in company is.

    like     = √(mutual · intimate)        intimate alone where nobody noted who started it
    mutual   = (2 min(mine, theirs) + 1) / (N + 2)     over the N encounters whose initiative is noted
    intimate = (Σ a + 30) / (Σ L + 30)     of the time in company, the share spent with each other, with half an
                                           hour's benefit of the doubt
    L = the whole encounter's minutes where noted (own minutes · others where only those are; 1 where neither is)
    a = own minutes where noted, else L / others; one to one, a = L
    declared: `closeness: 1-5` in the person's note averages with it
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from netnotes.api import Contact, Field, Network, Problem, Score, Tie, rating, scorer

NETNOTES_API = 1
DOUBT = 30.0
"""Minutes of company all spent with each other that everybody is granted."""


@scorer(
    Field("like", "0 = only in a crowd and one-sided, 1 = alone together and sought by both", write=False)
)
def like(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how far two people seek each other's company."""
    del options
    for tie in network.ties:
        if not tie.contacts:
            continue
        theirs, whole = tie.running(_company, (0.0, 0.0))
        intimate = (theirs + DOUBT) / (whole + DOUBT)
        mine, others = tie.running(_initiative, (0.0, 0.0))
        value, because = intimate, _alone(theirs / whole)
        if mine + others:
            mutual = (2 * min(mine, others) + 1) / (mine + others + 2)
            value = math.sqrt(mutual * intimate)
            because = _started(mine, others) + (f", {because}" if theirs < whole / 2 else "")
        declared = rating(tie.person, "closeness") if tie.ego else None
        if declared is not None:
            value = (value + declared) / 2
            because += f", declared closeness {tie.person.properties['closeness']}"
        yield Score(tie, min(1.0, value), because)


def _company(total: tuple[float, float], contact: Contact) -> tuple[float, float]:
    """Add the minutes that were theirs, and those of the whole encounter."""
    if contact.others == 1:
        whole = contact.minutes if contact.own else contact.length or 1.0
        return total[0] + whole, total[1] + whole
    if contact.own:
        whole = max(contact.minutes, contact.length or contact.minutes * contact.others)
        return total[0] + contact.minutes, total[1] + whole
    whole = contact.length or 1.0
    return total[0] + whole / contact.others, total[1] + whole


def _initiative(total: tuple[float, float], contact: Contact) -> tuple[float, float]:
    """Add who started it, me or them; `both` is half of each."""
    mine, theirs = {"me": (1.0, 0.0), "them": (0.0, 1.0), "both": (0.5, 0.5)}.get(contact.by or "", (0.0, 0.0))
    return total[0] + mine, total[1] + theirs


def _started(mine: float, theirs: float) -> str:
    more = max(mine, theirs) / (mine + theirs)
    if more < 0.75:
        return "both start it"
    who = "you" if mine > theirs else "they"
    return f"{who} always start it" if more == 1 else f"mostly {who} start it"


def _alone(share: float) -> str:
    if share > 0.9:
        return "one-to-one"
    return "mostly one-to-one" if share >= 0.5 else f"in company of {1 / share:.0f}"
