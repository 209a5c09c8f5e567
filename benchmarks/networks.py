"""Make a big network without notes: people, encounters over some years, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import random

from netnotes.model import Encounter, Person
from netnotes.network.network import Network, build_network

END = dt.date(2026, 6, 30)
CHANNELS = ("in person", "in person", "in person", "call", "message", "mail", None)


def make(people: int, encounters: int, years: int = 5, seed: int = 1) -> Network:
    """Return a network of `people`, a few met often and most hardly ever, after `encounters` encounters."""
    rng = random.Random(seed)
    everyone = [Person(f"People/P{n}.md", f"P{n}", f"People/P{n}.md") for n in range(people)]
    weights = [1 / (rank + 2) for rank in range(people)]
    result = []
    for line in range(encounters):
        present = tuple(dict.fromkeys(rng.choices(everyone, weights, k=rng.choice((1, 1, 2, 3, 6)))))
        own = {person.id: float(rng.randrange(1, 60)) for person in present} if rng.random() < 0.1 else {}
        result.append(
            Encounter(
                END - dt.timedelta(rng.randrange(365 * years)),
                present,
                f"Meetings/{line}.md",
                1,
                minutes=float(rng.choice((15, 30, 45, 60, 90))) if rng.random() < 0.7 else None,
                minutes_by_person=own,
                channel=rng.choice(CHANNELS),
                initiated_by=rng.choice(("me", "them", None)),
                scene=rng.choice(("home", "trade", "lisbon", None)),
            )
        )
    return build_network(everyone, Person("me", "me", me=True), result, END)
