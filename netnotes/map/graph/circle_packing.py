"""Pack circles around a middle, each as near as possible to those it is tied to. Knows no people.

Each new circle touches two that lie next to each other at the edge of the heap; where it would lie on a third, another
two are tried. Nothing is random.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

Across = Mapping[tuple[int, int], float]
"""Ties between two circles, the lower number first."""
NEAR = 2.0
"""How much more it counts to be near those one is tied to than to be near the middle."""


def pack(room: Sequence[float], first: Sequence[float], across: Across) -> tuple[list[float], list[float]]:
    """Return the centres of circles of radius `room`, the one with the most of `first` in the middle. None overlap."""
    count = len(room)
    x, y = [0.0] * count, [0.0] * count
    near: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for (a, b), weight in sorted(across.items()):
        near[a].append((b, weight))
        near[b].append((a, weight))
    heap = _Heap(x, y, room)
    for circle in _order(first, near):
        placed = [(other, weight) for other, weight in near[circle] if heap.holds(other)]
        total = sum(weight for _, weight in placed)
        wish = (
            (
                sum(weight * x[other] for other, weight in placed) / total,
                sum(weight * y[other] for other, weight in placed) / total,
            )
            if placed
            else None
        )
        heap.add(circle, wish)
    return x, y


def _order(first: Sequence[float], near: Sequence[Sequence[tuple[int, float]]]) -> list[int]:
    """Return circles one by one: the first of all, then always the one tied most to those before."""
    drawn: defaultdict[int, float] = defaultdict(float)
    waiting = [(0.0, -value, circle) for circle, value in enumerate(first)]
    heapq.heapify(waiting)
    order: list[int] = []
    done = set()
    while waiting:
        pulled, _, circle = heapq.heappop(waiting)
        if circle in done or -pulled < drawn[circle]:
            continue
        done.add(circle)
        order.append(circle)
        for other, weight in near[circle]:
            if other not in done:
                drawn[other] += weight
                heapq.heappush(waiting, (-drawn[other], -first[other], other))
    return order


class _Heap:
    """The circles placed so far, and the pairs at its edge between which the next may lie."""

    def __init__(self, x: list[float], y: list[float], room: Sequence[float]) -> None:
        self._x, self._y, self._room = x, y, room
        self._placed: list[int] = []
        self._in: set[int] = set()
        self._edge: list[tuple[int, int]] = []
        self._side = 2.0 * max(room, default=1.0)
        self._cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)

    def holds(self, circle: int) -> bool:
        """Return whether the circle is placed."""
        return circle in self._in

    def add(self, circle: int, wish: tuple[float, float] | None) -> None:
        """Place a circle, near `wish` and near the middle."""
        placed, room = self._placed, self._room
        if len(placed) == 1:
            # Second and first side by side; both sides of the pair are edge.
            turn = 0.0 if wish is None else math.atan2(wish[1] - self._y[placed[0]], wish[0] - self._x[placed[0]])
            self._x[circle] = (room[placed[0]] + room[circle]) * math.cos(turn)
            self._y[circle] = (room[placed[0]] + room[circle]) * math.sin(turn)
            self._edge += [(placed[0], circle), (circle, placed[0])]
        elif placed:
            a, b = self._between(circle, wish)
            self._edge += [(a, circle), (circle, b)]
        placed.append(circle)
        self._in.add(circle)
        self._cells[self._cell(circle)].append(circle)

    def _between(self, circle: int, wish: tuple[float, float] | None) -> tuple[int, int]:
        x, y = self._x, self._y
        found = []
        for at, (a, b) in enumerate(self._edge):
            spot = self._touching(a, b, self._room[circle])
            far = math.hypot(*spot)
            if wish is not None:
                far += NEAR * math.hypot(spot[0] - wish[0], spot[1] - wish[1])
            found.append((far, at, spot))
        heapq.heapify(found)
        dead: list[int] = []
        while found:
            _, at, (x[circle], y[circle]) = heapq.heappop(found)
            if self._is_free(circle):
                pair = self._edge[at]
                gone = {*dead, at}
                self._edge = [other for place, other in enumerate(self._edge) if place not in gone]
                return pair
            dead.append(at)
        # No pair has room on its outer side: begin a new edge beyond all others.
        beyond = max(self._placed, key=lambda other: math.hypot(x[other], y[other]) + self._room[other])
        far = math.hypot(x[beyond], y[beyond]) + self._room[beyond] + self._room[circle]
        x[circle], y[circle] = far, 0.0
        return beyond, beyond

    def _touching(self, a: int, b: int, radius: float) -> tuple[float, float]:
        """Return the middle of a circle that touches a and b, at the left of the way from a to b."""
        ax, ay, bx, by = self._x[a], self._y[a], self._x[b], self._y[b]
        to_a, to_b = self._room[a] + radius, self._room[b] + radius
        apart = max(math.hypot(bx - ax, by - ay), 1e-9)
        along = (to_a * to_a - to_b * to_b + apart * apart) / (2 * apart)
        aside = math.sqrt(max(0.0, to_a * to_a - along * along))
        ux, uy = (bx - ax) / apart, (by - ay) / apart
        return ax + along * ux - aside * uy, ay + along * uy + aside * ux

    def _is_free(self, circle: int) -> bool:
        x, y, own = self._x[circle], self._y[circle], self._room[circle]
        column, row = self._cell(circle)
        for across in (column - 1, column, column + 1):
            for down in (row - 1, row, row + 1):
                for other in self._cells.get((across, down), ()):
                    least = own + self._room[other] - 1e-6
                    if (x - self._x[other]) ** 2 + (y - self._y[other]) ** 2 < least * least:
                        return False
        return True

    def _cell(self, circle: int) -> tuple[int, int]:
        return int(self._x[circle] // self._side), int(self._y[circle] // self._side)
