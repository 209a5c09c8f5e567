"""elo: two other models of depth: a Bayesian one (a Beta distribution) and an Elo rating, both from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import DEEP, Field, Network, Score, option, scorer

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.elo]`."""

    half_life: float = option(180.0, "days after which an encounter counts half", low=1)
    start: float = option(1000.0, "rating of someone you never met")


@scorer(Field("bayes_depth", "mean of a Beta distribution over weeks with and without contact"), options=Options)
def bayes_depth(network: Network, options: Options) -> Iterator[Score]:
    """Score the chance of contact in a week; recent weeks count most."""
    for tie in network.ties:
        hits = {(network.today - contact.date).days // 7 for contact in tie.contacts}
        weight = [0.5 ** (7 * week / options.half_life) for week in range(max(hits, default=0) + 1)]
        good = sum(weight[week] for week in hits)
        value = (1 + good) / (9 + sum(weight))
        yield Score(tie, value, f"{len(hits)} weeks with contact", label="deep" if value >= DEEP else "shallow")


@scorer(Field("elo", "an Elo rating, won in long meetings and lost in silence", high=4000.0), options=Options)
def elo(network: Network, options: Options) -> Iterator[Score]:
    """Score each encounter as a match won and each silent month as one lost."""
    for tie in network.ties:
        rating, last = options.start, None
        for contact in tie.contacts:
            silent = (contact.date - last).days // 30 if last else 0
            expected = 1 / (1 + 10 ** ((1500 - rating) / 400))
            rating += 24 * min(contact.minutes / 60, 2) * (1 - expected) - 8 * silent * expected
            last = contact.date
        yield Score(tie, min(max(rating, 0.0), 4000.0), f"{len(tie.contacts)} matches")
