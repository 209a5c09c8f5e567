"""The network: who belongs together stands together, the deep ties short. Returns positions; draws nothing.

Communities are circles packed side by side, those near each other that share ties; within them people stand where the
stress of their ties is least. Lengths are in the picture's own unit, as in the rings.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from netnotes.map.layout import dot
from netnotes.map.relaxing import Wish, part, pull, settle, spiral

Ties = Sequence[tuple[int, int, float]]

GAP = 3.0
"""Between two dots."""
BORDER = 14.0
"""Between the outermost dots of a community and its edge."""
BETWEEN = 16.0
"""Between two communities."""
LEAST = 560.0
"""A small network is spread out to this distance from the middle."""
SWEEPS = 14


@dataclass(frozen=True, slots=True)
class Woven:
    """Where everybody stands in the network."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    """Downwards, as on a screen."""
    circles: tuple[tuple[float, float, float], ...]
    """Middle and radius of each community."""
    reach: float
    """Distance of the rim from the middle."""


def weave(depths: Sequence[float | None], ties: Ties, belongs: Sequence[int]) -> Woven:
    """Place people by their ties with each other.

    `ties` are (index, index, strength 0 to 1); `belongs` gives each person's community, numbered from 0, -1 for people
    without ties, who stand on the rim. No two dots overlap, nor do two communities.
    """
    radii = [dot(depth) for depth in depths]
    count = max(belongs, default=-1) + 1
    members: list[list[int]] = [[] for _ in range(count)]
    for person, community in enumerate(belongs):
        if community >= 0:
            members[community].append(person)
    inside: list[list[tuple[int, int, float]]] = [[] for _ in range(count)]
    across: defaultdict[tuple[int, int], float] = defaultdict(float)
    for a, b, strength in ties:
        one, other = belongs[a], belongs[b]
        if one == other:
            inside[one].append((a, b, strength))
        else:
            across[min(one, other), max(one, other)] += 0.1 + strength
    x, y = [0.0] * len(depths), [0.0] * len(depths)
    room = [_within(people, inside[at], radii, x, y) for at, people in enumerate(members)]
    cx, cy = _packed(room, across)
    for at, people in enumerate(members):
        for person in people:
            x[person] += cx[at]
            y[person] += cy[at]
    circles = tuple(zip(cx, cy, room, strict=True))
    reach = max((math.hypot(a, b) + r for a, b, r in circles), default=0.0)
    alone = [person for person, community in enumerate(belongs) if community < 0]
    reach = _rim(alone, radii, x, y, max(reach, LEAST))
    return Woven(tuple(x), tuple(y), circles, reach)


def _within(people: list[int], ties: Ties, radii: Sequence[float], x: list[float], y: list[float]) -> float:
    """Place one community round (0, 0); return its radius."""
    place = {person: at for at, person in enumerate(people)}
    own = [radii[person] for person in people]
    typical = 2 * sum(own) / len(own) + 20.0
    px, py = spiral(len(people), typical)
    wishes: list[Wish] = [
        (place[a], place[b], own[place[a]] + own[place[b]] + 10.0 + 70.0 * (1 - s), 0.15 + 0.85 * s)
        for a, b, s in ties
    ]
    for sweep in range(SWEEPS):
        pull(px, py, wishes, 0.6)
        part(px, py, [radius + 14.0 * (1 - sweep / SWEEPS) + GAP for radius in own])
    settle(px, py, [radius + GAP / 2 for radius in own])
    mx = (
        min(a - r for a, r in zip(px, own, strict=True)) + max(a + r for a, r in zip(px, own, strict=True))
    ) / 2
    my = (
        min(b - r for b, r in zip(py, own, strict=True)) + max(b + r for b, r in zip(py, own, strict=True))
    ) / 2
    edge = 0.0
    for person, a, b, radius in zip(people, px, py, own, strict=True):
        x[person], y[person] = a - mx, b - my
        edge = max(edge, math.hypot(a - mx, b - my) + radius)
    return edge + BORDER


def _packed(room: Sequence[float], across: dict[tuple[int, int], float]) -> tuple[list[float], list[float]]:
    """Return the middle of each community's circle, those near each other that share ties."""
    if not room:
        return [], []
    x, y = spiral(len(room), 2 * sum(room) / len(room))
    wide = [radius + BETWEEN / 2 for radius in room]
    most = max(across.values(), default=1.0)
    wishes: list[Wish] = [
        (a, b, wide[a] + wide[b], min(1.0, w / most) ** 0.5) for (a, b), w in sorted(across.items())
    ]
    for _ in range(3 * SWEEPS):
        pull(x, y, wishes, 0.5)
        for at in range(len(x)):
            x[at] *= 0.97
            y[at] *= 0.97
        part(x, y, wide)
    settle(x, y, wide)
    return x, y


def _rim(people: list[int], radii: Sequence[float], x: list[float], y: list[float], reach: float) -> float:
    """Place those without ties in rows outside `reach`, an arc at the top; return the reach with them."""
    at = 0
    while at < len(people):
        thick = 2 * max(radii[person] for person in people[at:]) + GAP
        middle = reach + GAP + thick / 2
        holds = max(1, int(math.tau * middle / thick))
        row = people[at : at + holds]
        for place, person in enumerate(row):
            turn = (place - (len(row) - 1) / 2) * thick / middle
            x[person], y[person] = middle * math.sin(turn), -middle * math.cos(turn)
        reach = middle + thick / 2
        at += holds
    return reach
