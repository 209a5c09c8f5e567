"""like: who starts contacts, and how much of the time in company two people spend with each other.

like     = √(mutual · intimate)        intimate alone where nobody noted who started it
mutual   = (2 min(mine, theirs) + 1) / (N + 2)     over the N encounters whose initiative is noted
intimate = (Σ a + 30) / (Σ L + 30)     of the time in company, the share spent with each other, with half an
                                       hour's benefit of the doubt
L = the whole encounter's minutes where noted (own minutes · others where only those are; 1 where neither is)
a = own minutes where noted, else L / others; one to one, a = L
declared: `closeness: 1-5` in the person's note averages with it
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from netnotes.api import Contact, Field, Network, Problem, Score, Tie, rating, scorer

NETNOTES_API = 1
DOUBT = 30.0
"""Minutes added for every pair, as if spent with each other."""
STARTED = {"me": (1.0, 0.0), "them": (0.0, 1.0), "both": (0.5, 0.5)}


class Company(NamedTuple):
    """How much of their time two people spent with each other, and who started it."""

    together: float
    """Σ a, minutes spent with each other."""
    whole: float
    """Σ L, minutes of the whole encounters."""
    mine: float
    """Encounters that the ego started."""
    theirs: float


NOBODY = Company(0.0, 0.0, 0.0, 0.0)


def values_over_time(tie: Tie, days: Sequence[dt.date], options: object) -> list[float]:
    """Return the value on each day; only contacts change it."""
    del options
    values: list[float] = []
    seen = NOBODY
    for stretch in tie.stretches(days):
        seen = reduce(_with, stretch.new, seen)
        values += [_value(tie, seen)] * len(stretch.days)
    return values


def _value(tie: Tie, seen: Company) -> float:
    value = (seen.together + DOUBT) / (seen.whole + DOUBT)
    if noted := seen.mine + seen.theirs:
        value = math.sqrt((2 * min(seen.mine, seen.theirs) + 1) / (noted + 2) * value)
    declared = rating(tie.person, "closeness") if tie.ego else None
    return min(1.0, value if declared is None else (value + declared) / 2)


ABOUT = "0 = only in a crowd and one-sided, 1 = one-to-one, and both initiate"


@scorer(Field("like", ABOUT, write=False), between=True, values_over_time=values_over_time)
def like(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how much two people seek each other's company."""
    del options
    for tie in network.ties:
        if tie.contacts:
            seen = reduce(_with, tie.contacts, NOBODY)
            yield Score(tie, _value(tie, seen), _because(tie, seen))


def _because(tie: Tie, seen: Company) -> str:
    because = _alone(seen.together / seen.whole)
    if seen.mine + seen.theirs:
        because = _started(seen, ego=tie.ego) + (f", {because}" if seen.together < seen.whole / 2 else "")
    if tie.ego and rating(tie.person, "closeness") is not None:
        because += f", declared closeness {tie.person.value('closeness')}"
    return because


def _with(seen: Company, contact: Contact) -> Company:
    """Add one contact."""
    mine, theirs = STARTED.get(contact.initiated_by or "", (0.0, 0.0))
    whole = contact.length or 1.0
    together = whole / contact.others
    if contact.own_minutes:
        together = contact.minutes
        whole = max(together, contact.length or together * contact.others) if contact.others > 1 else together
    return Company(seen.together + together, seen.whole + whole, seen.mine + mine, seen.theirs + theirs)


def _started(seen: Company, *, ego: bool) -> str:
    more = max(seen.mine, seen.theirs) / (seen.mine + seen.theirs)
    if more < 0.75:
        return "you both initiate" if ego else "both initiate"
    who = "you" if seen.mine > seen.theirs else "they"
    return f"{who} always initiate" if more == 1 else f"mostly {who} initiate"


def _alone(share: float) -> str:
    if share > 0.9:
        return "one-to-one"
    if share >= 0.5:
        return "mostly one-to-one"
    others = round(1 / share)
    return f"usually with {others} other{'s' * (others != 1)}"
