"""Pack circles around a centre, each as near as possible to those that it has ties to. Pure geometry.

Each new circle touches two neighbours at the edge of the cluster; if it would overlap a third, another pair is tried.
Nothing is random.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

Across = Mapping[tuple[int, int], float]
"""Ties between two circles, the lower number first."""
TIE_WEIGHT = 2.0
"""Weight of the distance to tied circles, relative to the distance from the centre."""


def pack(radii: Sequence[float], weights: Sequence[float], across: Across) -> tuple[list[float], list[float]]:
    """Return the centres of circles with these radii, the one with the largest weight in the middle. None overlap."""
    count = len(radii)
    x, y = [0.0] * count, [0.0] * count
    near: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for (a, b), weight in sorted(across.items()):
        near[a].append((b, weight))
        near[b].append((a, weight))
    cluster = _Cluster(x, y, radii)
    for circle in _order(weights, near):
        placed = [(other, weight) for other, weight in near[circle] if cluster.holds(other)]
        total = sum(weight for _, weight in placed)
        target = (
            (
                sum(weight * x[other] for other, weight in placed) / total,
                sum(weight * y[other] for other, weight in placed) / total,
            )
            if placed
            else None
        )
        cluster.add(circle, target)
    return x, y


def _order(weights: Sequence[float], near: Sequence[Sequence[tuple[int, float]]]) -> list[int]:
    """Return the order of placement: the largest weight first, then always the one with most ties to those before."""
    attraction: defaultdict[int, float] = defaultdict(float)
    waiting = [(0.0, -value, circle) for circle, value in enumerate(weights)]
    heapq.heapify(waiting)
    order: list[int] = []
    done = set()
    while waiting:
        attracted, _, circle = heapq.heappop(waiting)
        if circle in done or -attracted < attraction[circle]:
            continue
        done.add(circle)
        order.append(circle)
        for other, weight in near[circle]:
            if other not in done:
                attraction[other] += weight
                heapq.heappush(waiting, (-attraction[other], -weights[other], other))
    return order


class _Cluster:
    """The circles placed so far, and the pairs of neighbours at the edge, which the next circle may touch."""

    def __init__(self, x: list[float], y: list[float], radii: Sequence[float]) -> None:
        self._x, self._y, self._radii = x, y, radii
        self._placed: list[int] = []
        self._in: set[int] = set()
        self._edge: list[tuple[int, int]] = []
        self._side = 2.0 * max(radii, default=1.0)
        self._cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)

    def holds(self, circle: int) -> bool:
        """Return whether the circle is placed."""
        return circle in self._in

    def add(self, circle: int, target: tuple[float, float] | None) -> None:
        """Place a circle near `target` and near the centre."""
        placed, radii = self._placed, self._radii
        if len(placed) == 1:
            # The second circle, beside the first; both sides of the pair are edges.
            turn = 0.0 if target is None else math.atan2(target[1] - self._y[placed[0]], target[0] - self._x[placed[0]])
            self._x[circle] = (radii[placed[0]] + radii[circle]) * math.cos(turn)
            self._y[circle] = (radii[placed[0]] + radii[circle]) * math.sin(turn)
            self._edge += [(placed[0], circle), (circle, placed[0])]
        elif placed:
            a, b = self._between(circle, target)
            self._edge += [(a, circle), (circle, b)]
        placed.append(circle)
        self._in.add(circle)
        self._cells[self._cell(circle)].append(circle)

    def _between(self, circle: int, target: tuple[float, float] | None) -> tuple[int, int]:
        x, y = self._x, self._y
        found = []
        for at, (a, b) in enumerate(self._edge):
            spot = self._touching(a, b, self._radii[circle])
            far = math.hypot(*spot)
            if target is not None:
                far += TIE_WEIGHT * math.hypot(spot[0] - target[0], spot[1] - target[1])
            found.append((far, at, spot))
        heapq.heapify(found)
        occupied: list[int] = []
        while found:
            _, at, (x[circle], y[circle]) = heapq.heappop(found)
            if self._is_free(circle):
                pair = self._edge[at]
                gone = {*occupied, at}
                self._edge = [other for place, other in enumerate(self._edge) if place not in gone]
                return pair
            occupied.append(at)
        # No pair has room on its outer side: place the circle beyond all others.
        beyond = max(self._placed, key=lambda other: math.hypot(x[other], y[other]) + self._radii[other])
        far = math.hypot(x[beyond], y[beyond]) + self._radii[beyond] + self._radii[circle]
        x[circle], y[circle] = far, 0.0
        return beyond, beyond

    def _touching(self, a: int, b: int, radius: float) -> tuple[float, float]:
        """Return the centre of a circle that touches a and b, on the left side of the line from a to b."""
        ax, ay, bx, by = self._x[a], self._y[a], self._x[b], self._y[b]
        to_a, to_b = self._radii[a] + radius, self._radii[b] + radius
        apart = max(math.hypot(bx - ax, by - ay), 1e-9)
        along = (to_a * to_a - to_b * to_b + apart * apart) / (2 * apart)
        aside = math.sqrt(max(0.0, to_a * to_a - along * along))
        ux, uy = (bx - ax) / apart, (by - ay) / apart
        return ax + along * ux - aside * uy, ay + along * uy + aside * ux

    def _is_free(self, circle: int) -> bool:
        x, y, radius = self._x[circle], self._y[circle], self._radii[circle]
        column, row = self._cell(circle)
        for across in (column - 1, column, column + 1):
            for down in (row - 1, row, row + 1):
                for other in self._cells.get((across, down), ()):
                    least = radius + self._radii[other] - 1e-6
                    if (x - self._x[other]) ** 2 + (y - self._y[other]) ** 2 < least * least:
                        return False
        return True

    def _cell(self, circle: int) -> tuple[int, int]:
        return int(self._x[circle] // self._side), int(self._y[circle] // self._side)
