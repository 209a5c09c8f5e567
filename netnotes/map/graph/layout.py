"""Lay out the network: communities stay together, deep ties are short. Returns positions; draws nothing.

Tight groups form small circles. Communities are larger circles, packed so that those with common ties are close. Within
a community, people are placed so that the lengths of ties fit their depth as well as possible. Lengths are in the
picture's own unit, as in the rings.
"""

from __future__ import annotations

import cmath
import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from netnotes.lazy_dataclass import dataclass
from netnotes.map.graph.circle_packing import pack
from netnotes.map.graph.relaxation import Target, relax, spiral
from netnotes.map.rings.layout import dot

Ties = Sequence[tuple[int, int, float]]
Circle = tuple[float, float, float]
"""Centre and radius."""

DOT_GAP = 3.0
"""Gap between two dots."""
GROUP_GAP = 12.0
"""Gap between the dots of a tight group."""
RELAXATION_GAP = 14.0
"""Extra distance between dots during relaxation."""
SHALLOW_EXTRA = 70.0
"""How much longer the shallowest tie is than one of depth 1."""
BORDER = 16.0
"""Gap between the outermost dots of a community and its edge."""
COMMUNITY_GAP = 14.0
"""Gap between two communities."""
USUAL_RADIUS = 520.0
"""A small network is enlarged to about this radius, by MOST_SCALE at most."""
MOST_SCALE = 2.6
DENSE = 0.42
"""Share of the picture that dots and the space around them usually cover."""
EXTRA_SPACE = 12.0
"""Additional space around each dot if a network is enlarged to twice its width."""
RIM_GAP = 34.0
"""Gap between the communities and the people without ties: enough for a name."""
PASSES = 2


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """The position of each person in the network."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    """Downwards, as on a screen."""
    circles: tuple[Circle, ...]
    """The circle around each community."""
    rounds: tuple[Circle, ...]
    """The circle around each tight group."""
    rim: float
    """Distance from the centre beyond which people without ties are placed."""
    reach: float
    """Distance of the outermost dot from the centre."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """People who are placed as one unit: a tight group or a single person."""

    people: Sequence[int]
    spots: Sequence[complex]
    """Positions of its people, relative to its centre."""
    room: float
    """Radius of the circle that it needs."""


def lay_out(
    depths: Sequence[float | None], ties: Ties, community_of: Sequence[int], groups: Sequence[Sequence[int]] = ()
) -> GraphLayout:
    """Place people by their ties.

    `ties` are (index, index, strength 0 to 1); `belongs` gives each person's community, numbered from 0, -1 for people
    without ties, who are placed on the rim. `groups` are tight groups, each within one community, nobody in two. Dots
    do not overlap, nor do communities, and nobody else is inside the circle of a tight group.
    """
    radii = [dot(depth) for depth in depths]
    count = max(community_of, default=-1) + 1
    scale = _scale([radius for radius, community in zip(radii, community_of, strict=True) if community >= 0])
    units = _units(community_of, groups, radii, count, scale)
    inside: list[list[tuple[int, int, float]]] = [[] for _ in range(count)]
    outside: list[tuple[int, int, float]] = []
    for tie in ties:
        one, other = community_of[tie[0]], community_of[tie[1]]
        (inside[one] if one == other else outside).append(tie)
    spots = [_relaxed(community_units, between, scale) for community_units, between in zip(units, inside, strict=True)]
    rooms = [_edge(community_units, at) + BORDER for community_units, at in zip(units, spots, strict=True)]
    place = [0j] * len(depths)
    for community_units, at in zip(units, spots, strict=True):
        for unit, spot in zip(community_units, at, strict=True):
            for person, from_it in zip(unit.people, unit.spots, strict=True):
                place[person] = spot + from_it
    across: defaultdict[tuple[int, int], float] = defaultdict(float)
    for a, b, strength in outside:
        one, other = community_of[a], community_of[b]
        across[min(one, other), max(one, other)] += 0.1 + strength
    total_depth = [
        sum(depths[person] or 0.0 for unit in community_units for person in unit.people) for community_units in units
    ]
    middles = list(map(complex, *pack([room + COMMUNITY_GAP / 2 for room in rooms], total_depth, across)))
    _turn_towards_ties(place, community_of, outside, middles)
    centre, reach = _enclosing_circle(middles, rooms)
    for person, community in enumerate(community_of):
        if community >= 0:
            place[person] += middles[community] - centre
    alone = [person for person, community in enumerate(community_of) if community < 0]
    rim = reach + RIM_GAP if units else USUAL_RADIUS
    reach = _place_on_rim(alone, radii, place, rim)
    return GraphLayout(
        x=tuple(spot.real for spot in place),
        y=tuple(spot.imag for spot in place),
        circles=tuple(_circle(middle - centre, room) for middle, room in zip(middles, rooms, strict=True)),
        rounds=tuple(_round(group, place, radii) for group in groups),
        rim=rim,
        reach=reach,
    )


def _scale(radii: Sequence[float]) -> float:
    """Return the factor by which a small network is enlarged."""
    extent = math.sqrt(sum((radius + RELAXATION_GAP) ** 2 for radius in radii) / DENSE)
    return min(MOST_SCALE, max(1.0, USUAL_RADIUS / extent)) if extent else 1.0


def _units(
    community_of: Sequence[int], groups: Sequence[Sequence[int]], radii: Sequence[float], count: int, scale: float
) -> list[list[_Unit]]:
    """Return the units of each community, the largest first."""
    air = EXTRA_SPACE * (scale - 1)
    found: list[list[_Unit]] = [[] for _ in range(count)]
    grouped = {person for group in groups for person in group}
    for group in groups:
        spots, room = _on_circle([radii[person] for person in group], GROUP_GAP * scale)
        found[community_of[group[0]]].append(_Unit(group, spots, room + air))
    for person, community in enumerate(community_of):
        if community >= 0 and person not in grouped:
            found[community].append(_Unit((person,), (0j,), radii[person] + DOT_GAP / 2 + air))
    for community_units in found:
        community_units.sort(key=lambda unit: (-unit.room, unit.people[0]))
    return found


def _on_circle(radii: Sequence[float], aside: float) -> tuple[list[complex], float]:
    """Place the dots of a tight group on a circle; return their positions and the radius they need."""
    widths = [2 * radius + aside for radius in radii]
    turns = [math.tau * (sum(widths[:at]) + width / 2) / sum(widths) - math.pi / 2 for at, width in enumerate(widths)]
    out = sum(widths) / math.tau
    while True:
        spots = [cmath.rect(out, turn) for turn in turns]
        pairs = combinations(zip(spots, radii, strict=True), 2)
        if all(abs(one - other) >= r + s + aside / 2 for (one, r), (other, s) in pairs):
            return spots, max(abs(spot) + radius for spot, radius in zip(spots, radii, strict=True)) + aside / 2
        out *= 1.04


def _relaxed(units: Sequence[_Unit], ties: Ties, scale: float) -> list[complex]:
    """Return the centres of one community's units."""
    unit_of = {person: at for at, unit in enumerate(units) for person in unit.people}
    room = [unit.room for unit in units]
    targets: list[Target] = []
    for a, b, strength in ties:
        one, other = unit_of[a], unit_of[b]
        if one != other:
            targets.append(
                (
                    one,
                    other,
                    room[one] + room[other] + SHALLOW_EXTRA * scale * (1 - strength) ** 2,
                    min(0.8, 0.02 + 1.2 * strength**2),
                )
            )
    x, y = spiral(len(units), 2 * sum(room) / len(room) + RELAXATION_GAP)
    relax(x, y, room, targets, spare=RELAXATION_GAP)
    spots = list(map(complex, x, y))
    middle, _ = _enclosing_circle(spots, room)
    return [spot - middle for spot in spots]


def _edge(units: Sequence[_Unit], spots: Sequence[complex]) -> float:
    """Return the distance of a community's edge from its centre."""
    return max(abs(spot) + unit.room for unit, spot in zip(units, spots, strict=True))


def _turn_towards_ties(
    place: list[complex], community_of: Sequence[int], outside: Ties, middles: Sequence[complex]
) -> None:
    """Turn and mirror each community so that people with ties to other communities are on the near side."""
    members: list[list[int]] = [[] for _ in middles]
    for person, community in enumerate(community_of):
        if community >= 0:
            members[community].append(person)
    partners: list[list[tuple[int, int, float]]] = [[] for _ in middles]
    for a, b, strength in outside:
        partners[community_of[a]].append((a, b, 0.1 + strength))
        partners[community_of[b]].append((b, a, 0.1 + strength))
    for _ in range(PASSES):
        for community, outer_ties in enumerate(partners):
            turn = mirrored = 0j
            for person, other, weight in outer_ties:
                direction = place[other] + middles[community_of[other]] - middles[community]
                direction *= weight / (abs(direction) or 1.0)
                turn += direction * place[person].conjugate()
                mirrored += direction * place[person]
            best = max(turn, mirrored, key=abs)
            if not abs(best):
                continue
            best /= abs(best)
            for person in members[community]:
                place[person] = best * (place[person] if abs(turn) >= abs(mirrored) else place[person].conjugate())


def _enclosing_circle(middles: Sequence[complex], rooms: Sequence[float]) -> tuple[complex, float]:
    """Return centre and radius of a circle around all circles, nearly the smallest."""
    if not middles:
        return 0j, 0.0
    centre = 0j
    for step in range(1, 60):
        far = max(range(len(rooms)), key=lambda at: abs(middles[at] - centre) + rooms[at])
        direction = middles[far] - centre
        centre += direction * (1 + rooms[far] / (abs(direction) or 1.0)) / (step + 1)
    return centre, max(abs(middle - centre) + room for middle, room in zip(middles, rooms, strict=True))


def _place_on_rim(people: Sequence[int], radii: Sequence[float], place: list[complex], rim: float) -> float:
    """Place people without ties in rows from `rim` outwards, starting at the top; return the outermost distance."""
    at = 0
    while at < len(people):
        thick = 2 * radii[people[at]] + DOT_GAP
        middle = rim + thick / 2
        row = people[at : at + max(1, int(math.tau * middle / thick))]
        # A chord is slightly shorter than its arc.
        step = 2 * math.asin(thick / (2 * middle)) if len(row) > 1 else 0.0
        for number, person in enumerate(row):
            place[person] = cmath.rect(middle, (number - (len(row) - 1) / 2) * step - math.pi / 2)
        rim = middle + thick / 2
        at += len(row)
    return rim


def _round(group: Sequence[int], place: Sequence[complex], radii: Sequence[float]) -> Circle:
    middle = sum(place[person] for person in group) / len(group)
    return _circle(middle, max(abs(place[person] - middle) + radii[person] for person in group) + GROUP_GAP / 2)


def _circle(middle: complex, radius: float) -> Circle:
    return middle.real, middle.imag, radius
