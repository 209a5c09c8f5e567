"""Divide people into the sectors of the rings, and order sectors and people.

Positions are from 0 to 1, once around the circle.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from netnotes.lazy_dataclass import dataclass

MOST = 12
"""Most sectors of one picture; people of smaller groups share the last."""
NEAREST = 4
"""How many of a person's strongest ties decide the person's position."""
ROUNDS = 3

Ties = Sequence[tuple[int, int, float]]
Nearest = list[list[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Sectors:
    """One way to divide people."""

    names: tuple[str, ...]
    of: tuple[int, ...]
    """Sector of each person, an index into `names`."""
    folded: int = 0
    """How many small groups share a sector."""
    rest: frozenset[int] = frozenset()
    """Sectors that are not one group: people without a group, and those of the small groups."""


def divide(
    groups: Sequence[str | None], depths: Sequence[float], ties: Ties, *, ungrouped: str, others: str
) -> Sectors:
    """Return sectors made from each person's group; sectors whose people meet are neighbours.

    `groups` and `depths` (0 for people never met) are in the same order; `ties` are (index, index, weight).
    `ungrouped` names the sector of people without a group; `others` that of the small groups, with `{}` for their
    number.
    """
    weight: defaultdict[str, float] = defaultdict(float)
    for group, depth in zip(groups, depths, strict=True):
        if group is not None:
            weight[group] += 0.05 + depth
    by_weight = sorted(weight, key=lambda group: (-weight[group], group))
    room = MOST - (None in groups)
    kept = by_weight if len(by_weight) <= room else by_weight[: room - 1]
    folded = len(by_weight) - len(kept)
    place = {group: index for index, group in enumerate(kept)}
    names = [*kept]
    rest = set()
    if folded:
        rest.add(len(names))
        place |= dict.fromkeys(by_weight[len(kept) :], len(names))
        names.append(others.format(folded))
    if None in groups or not names:
        rest.add(len(names))
        names.append(ungrouped)
    last = len(names) - 1
    of = [last if group is None else place[group] for group in groups]
    order = _round(len(names), rest, _between(of, ties))
    position = {sector: index for index, sector in enumerate(order)}
    return Sectors(
        names=tuple(names[sector] for sector in order),
        of=tuple(position[sector] for sector in of),
        folded=folded,
        rest=frozenset(position[sector] for sector in rest),
    )


def _between(of: Sequence[int], ties: Ties) -> Mapping[tuple[int, int], float]:
    between: defaultdict[tuple[int, int], float] = defaultdict(float)
    for a, b, weight in ties:
        first, second = of[a], of[b]
        if first != second:
            between[min(first, second), max(first, second)] += weight
    return between


def _round(count: int, rest: set[int], between: Mapping[tuple[int, int], float]) -> list[int]:
    """Order sectors around the circle so that those with common ties are neighbours; the rest stay last."""
    real = [sector for sector in range(count) if sector not in rest]

    def near(a: int, b: int) -> float:
        return between.get((min(a, b), max(a, b)), 0.0)

    def closeness(order: Sequence[int]) -> float:
        return sum(near(a, b) for a, b in zip(order, [*order[1:], order[0]], strict=True))

    order = real[:1]
    left = real[1:]
    while left:
        best = max(left, key=lambda sector: (near(order[-1], sector), -sector))
        left.remove(best)
        order.append(best)
    improved = True
    while improved:
        improved = False
        value = closeness(order) if order else 0.0
        for i in range(len(order) - 1):
            for j in range(i + 2, len(order) + 1):
                trial = order[:i] + order[i:j][::-1] + order[j:]
                if closeness(trial) > value + 1e-9:
                    order, value, improved = trial, closeness(trial), True
    return order + sorted(rest)


def order_sectors(sectors: Sectors, communities: Sequence[int], near: Nearest) -> list[float]:
    """Return each person's wanted position in the sector, 0 to 1, near the people they meet.

    `near` is what `nearest` returns.
    """
    count = len(sectors.of)
    members: list[list[int]] = [[] for _ in sectors.names]
    for person in sorted(range(count), key=lambda p: (communities[p] < 0, communities[p], p)):
        members[sectors.of[person]].append(person)
    tied = [[person for person in group if near[person]] for group in members]
    position = [0.5] * count
    _spread(members, position)
    width = math.tau / max(1, len(members))
    for _ in range(ROUNDS):
        angle = [(sector + share) * width for sector, share in zip(sectors.of, position, strict=True)]
        across, up = list(map(math.cos, angle)), list(map(math.sin, angle))
        for sector, group in enumerate(tied):
            middle = (sector + 0.5) * width
            for person in group:
                x, y = across[person], up[person]
                for other, weight in near[person]:
                    x += weight * across[other]
                    y += weight * up[other]
                angle[person] = middle + (math.atan2(y, x) - middle + math.pi) % math.tau - math.pi
        for group in members:
            group.sort(key=angle.__getitem__)
        _spread(members, position)
    return position


def _spread(members: list[list[int]], position: list[float]) -> None:
    for group in members:
        for place, person in enumerate(group):
            position[person] = (place + 0.5) / len(group)


def nearest(count: int, ties: Ties) -> Nearest:
    """Return each person's strongest ties, as (other, weight)."""
    near: Nearest = [[] for _ in range(count)]
    for a, b, weight in ties:
        near[a].append((b, weight))
        near[b].append((a, weight))
    for others in near:
        if len(others) > NEAREST:
            others.sort(key=_strongest)
            del others[NEAREST:]
    return near


def _strongest(tie: tuple[int, float]) -> tuple[float, int]:
    return -tie[1], tie[0]
