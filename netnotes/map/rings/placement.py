"""Place dots between two rings: freely if there is room, in rows in a crowd.

Pure geometry in polar coordinates.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from netnotes.lazy_dataclass import dataclass

Wanted = tuple[int, float, float, int, float]
"""Key, wanted distance, radius of the dot, sector, and wanted position in the sector, 0 to 1."""
Found = tuple[int, float, float]
"""Key, distance, angle."""

TRIES = 24
"""How many distances are tried for a dot without room for a name."""
GAP = 3.0
"""Gap between two dots of a row."""
EDGE = 8.0
"""Distance between a row and its inner ring, which dots of the previous zone may touch."""
LABEL = 62.0
"""Half the width that a name needs next to a large dot."""
LARGE = 11.0
"""Dots with at least this radius have a line to the centre."""
LINE_GAP = 0.075
"""Wanted angle between such lines, in radians."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A placed dot."""

    distance: float
    angle: float
    room: float
    """Radius of the space that is kept free around it."""
    radius: float


@dataclass(frozen=True, slots=True)
class Lane:
    """The zone between two radii, without an aisle straight up from the centre."""

    inside: float
    outside: float
    aisle: float
    """Half the aisle's width."""

    def angle(self, share: float, distance: float) -> float:
        """Return the angle at a share (0-1) of the circle without the aisle, at `distance`."""
        spared = math.asin(min(0.94, self.aisle / max(distance, 1.0)))
        return spared + share * (math.tau - 2 * spared)

    def sector(self, low: float, high: float, distance: float, margin: float) -> tuple[float, float]:
        """Return first and last angle in the sector, `margin` away from both ends; both its middle if too narrow."""
        first, last = self.angle(low, distance), self.angle(high, distance)
        away = margin / max(distance, 1.0)
        if last - first <= 2 * away:
            return (first + last) / 2, (first + last) / 2
        return first + away, last - away


def scatter(wanted: Sequence[Wanted], lane: Lane, bounds: Sequence[float], placed: list[Dot]) -> Iterator[Found]:
    """Place a few dots, each as near as possible to its wanted position, with room for a name where possible.

    `placed` holds the dots placed so far, and gets the new ones.
    """
    for key, wanted_distance, radius, sector, share in wanted:
        best = _placed(wanted_distance, radius, (bounds[sector], bounds[sector + 1], share), lane, placed)
        placed.append(best)
        yield key, best.distance, best.angle


def _placed(wanted: float, radius: float, where: tuple[float, float, float], lane: Lane, placed: list[Dot]) -> Dot:
    low, high, share = where
    inside, outside = lane.inside + min(radius, 8.0), lane.outside - min(radius, 10.0)
    wanted = min(max(wanted, inside), max(inside, outside))
    lines = [dot.angle for dot in placed if dot.radius >= LARGE] if radius >= LARGE else []
    for room in (radius + min(LABEL, 2.6 * radius), radius + 0.8 * radius, radius + 2.0):
        avoided = lines if room > radius + 2.0 else []
        near = [dot for dot in placed if abs(dot.distance - wanted) < room + dot.room + lane.outside - lane.inside]
        for distance in _distances(wanted, inside, outside, 1 if room > radius + 2.0 else TRIES):
            first, last = lane.sector(low, high, distance, radius + 3.0)
            angle = _free(first, last, first + share * (last - first), distance, room, near, avoided)
            if angle is not None:
                return Dot(distance, angle, room, radius)
    first, last = lane.sector(low, high, wanted, radius)
    return Dot(wanted, first + share * (last - first), radius, radius)


def _distances(wanted: float, inside: float, outside: float, tries: int) -> Iterator[float]:
    yield wanted
    step = max(4.0, (outside - inside) / TRIES)
    for turn in range(1, tries):
        for distance in (wanted + turn * step, wanted - turn * step):
            if inside <= distance <= outside:
                yield distance


def _free(
    first: float,
    last: float,
    wanted: float,
    distance: float,
    room: float,
    near: Sequence[Dot],
    lines: Sequence[float],
) -> float | None:
    """Return the free angle nearest to `wanted` and away from all `lines`; None if nothing is free."""
    taken = [(ray - LINE_GAP, ray + LINE_GAP) for ray in lines]
    for dot in near:
        # A placed dot gives up some of the space for its name, but never its own.
        apart = max(min(room, dot.room) + max(dot.radius, room * 0.6), dot.radius + 2.0)
        across = apart * apart - (distance - dot.distance) ** 2
        if across <= 0:
            continue
        sine = across / (4 * distance * dot.distance) if dot.distance else 1.0
        half = 2 * math.asin(math.sqrt(sine)) if sine < 1 else math.pi
        taken += [
            (dot.angle + turn - half, dot.angle + turn + half)
            for turn in (-math.tau, 0.0, math.tau)
            if dot.angle + turn + half > first and dot.angle + turn - half < last
        ]
    taken.sort()
    best: float | None = None
    free = first
    for start, end in [*taken, (math.inf, math.inf)]:
        if start >= free and free <= last:
            candidate = min(max(wanted, free), start, last)
            if best is None or abs(candidate - wanted) < abs(best - wanted):
                best = candidate
        free = max(free, end)
    return best


def fill(wanted: Sequence[Wanted], lane: Lane, bounds: Sequence[float]) -> Iterator[Found]:
    """Place a crowd in rows, sector by sector, in the order given: largest dots and smallest distances first.

    A dot without room at its wanted distance is placed further inside, or further outside if that is full.
    """
    sectors: defaultdict[int, list[Wanted]] = defaultdict(list)
    for person in wanted:
        sectors[person[3]].append(person)
    for sector, people in sorted(sectors.items()):
        share = (bounds[sector], bounds[sector + 1])
        attempts = (
            _rows(people, lane, share, squeeze=squeeze, fidelity=fidelity, inwards=inwards)
            for squeeze in (1.0, 0.92, 0.84, 0.7, 0.5, 0.3)
            for fidelity in (1.0, 0.85, 0.65, 0.4, 0.0)
            for inwards in (True, False)
        )
        for distance, apart, group in next(filter(None, attempts), [(lane.outside, 1.0, list(people))]):
            yield from _row(group, lane, share, distance, apart)


def _rows(
    people: Sequence[Wanted],
    lane: Lane,
    share: tuple[float, float],
    *,
    squeeze: float,
    fidelity: float,
    inwards: bool,
) -> list[tuple[float, float, list[Wanted]]]:
    """Return distance, spacing and people of each row; [] if they do not fit.

    Rows are built inwards or outwards. `fidelity` 1 keeps the wanted distances, 0 only their order; `squeeze` scales
    the space of each dot.
    """
    order = people[::-1] if inwards else people
    side = -1.0 if inwards else 1.0
    edge = lane.outside if inwards else lane.inside + EDGE
    rows: list[tuple[float, float, list[Wanted]]] = []
    at = 0
    while at < len(order):
        # The largest dot of a row is the innermost: the first one outwards, about a row further on inwards.
        ahead = min(len(order) - 1, at + _capacity(lane, share, edge, 2 * order[at][2] + GAP)) if inwards else at
        thick = (2 * order[ahead][2] + GAP) * squeeze
        nearest = edge + side * thick / 2
        wanted = edge + fidelity * (order[at][1] - edge)
        distance = min(nearest, wanted) if inwards else max(nearest, wanted)
        distance = min(max(distance, lane.inside + EDGE + thick / 2), lane.outside - thick / 2)
        if side * (distance - nearest) < -0.5:
            return []
        room = _capacity(lane, share, distance, thick)
        last = at + 1
        while last < min(len(order), at + room) and side * fidelity * (order[last][1] - distance) <= thick / 2:
            last += 1
        rows.append((distance, thick, list(order[at:last])))
        edge = distance + side * thick / 2
        at = last
    return rows


def _capacity(lane: Lane, share: tuple[float, float], distance: float, apart: float) -> int:
    first, last = lane.sector(*share, distance, apart / 2)
    return int((last - first) * distance / apart) + 1


def _row(group: list[Wanted], lane: Lane, share: tuple[float, float], distance: float, apart: float) -> Iterator[Found]:
    """Place one row, each dot as near to its wanted position as the others allow."""
    group.sort(key=lambda person: (person[4], person[0]))
    first, end = lane.sector(*share, distance, apart / 2)
    step = min(apart / distance, (end - first) / max(1, len(group) - 1))
    angles = [first + person[4] * (end - first) for person in group]
    for i in range(1, len(angles)):
        angles[i] = max(angles[i], angles[i - 1] + step)
    limit = end
    for i in range(len(angles) - 1, -1, -1):
        angles[i] = min(angles[i], limit)
        limit = angles[i] - step
    for person, angle in zip(group, angles, strict=True):
        yield person[0], distance, angle
