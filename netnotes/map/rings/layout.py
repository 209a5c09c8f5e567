"""Lay out the rings: me in the centre, distance by depth, one sector each group. Returns positions; draws nothing.

Lengths are in the picture's own unit: without crowds, depth 0 is `RIM` from the centre. Angles run clockwise from
straight up, in radians.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from netnotes.lazy_dataclass import dataclass
from netnotes.map.rings.placement import GAP, Dot, Lane, fill, scatter
from netnotes.map.rings.sectors import Sectors

RINGS: tuple[float, ...] = (0.8, 0.65, 0.5, 0.3)
"""Depths of the named rings; .5 is the line between deep and shallow."""
CENTRE = 46.0
"""Distance from the centre at depth 1: nobody overlaps me."""
RIM = 800.0
AISLE = 96.0
"""Half the width of the free strip above the centre, where the rings' names are written."""
CROWD = 200
"""If there are more people than this between two rings, they are placed in rows."""
LOOSE = 1.6
"""Factor on the area that a crowd's dots need."""
DOT = (4.5, 33.5, 2.2)
"""Radius of a dot at depth 0, how much more at depth 1, and the power by which it grows between."""
OUTSIDE = 26.0
"""Gap between depth 0 and people never met."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The position of each person."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    """Downwards, as on a screen."""
    radii: tuple[float, ...]
    """Of depth 1, of each of RINGS, of depth 0, and of the outermost edge."""
    bounds: tuple[float, ...]
    """Where each sector begins, as a share of the circle; the last value is 1."""
    rows: tuple[int, ...]
    """Zones, counted from the innermost, with more than CROWD people, who are placed in rows."""


def dot(depth: float | None) -> float:
    """Return the radius of a person's dot: 4.5 for people never met, up to 38; it grows faster than depth."""
    least, more, power = DOT
    return least if depth is None else least + more * depth**power


def rings(depths: Sequence[float | None], sectors: Sectors, positions: Sequence[float]) -> Layout:
    """Place people by depth (None: never met), sector, and wanted position in the sector.

    Of equal people, the first gets the better position. No two dots overlap. Distance follows depth, except in a crowd,
    where people are in rows in the order of depth; everybody stays in the zone between two rings that fits the depth.
    """
    zones = [_zone(depth) for depth in depths]
    demand = _demand(depths, sectors, zones)
    bounds = _bounds(demand, [sectors.of.count(sector) for sector in range(len(sectors.names))])
    radii = _radii(demand, bounds)
    x, y = [0.0] * len(depths), [0.0] * len(depths)
    people: defaultdict[int, list[int]] = defaultdict(list)
    for person in sorted(range(len(depths)), key=lambda p: -(depths[p] or 0.0)):
        people[zones[person]].append(person)
    placed: list[Dot] = []
    rows = tuple(zone for zone in range(len(RINGS) + 1) if len(people[zone]) > CROWD)
    for zone in range(len(RINGS) + 2):
        lane = Lane(radii[zone] + (OUTSIDE if zone > len(RINGS) else 0.0), radii[zone + 1], AISLE)
        wanted = [
            (
                person,
                _distance(depths[person], radii),
                dot(depths[person]),
                sectors.of[person],
                positions[person],
            )
            for person in people[zone]
        ]
        in_rows = zone in rows or zone > len(RINGS)
        found = fill(wanted, lane, bounds) if in_rows else scatter(wanted, lane, bounds, placed)
        for person, distance, angle in found:
            x[person] = distance * math.sin(angle)
            y[person] = -distance * math.cos(angle)
    return Layout(tuple(x), tuple(y), radii, bounds, rows)


def _zone(depth: float | None) -> int:
    """Return 0 for the innermost zone, 4 for depths below the last ring, 5 for people never met."""
    if depth is None:
        return len(RINGS) + 1
    for zone, ring in enumerate(RINGS):
        if depth >= ring:
            return zone
    return len(RINGS)


def _distance(depth: float | None, radii: Sequence[float]) -> float:
    if depth is None:
        return radii[-2] + OUTSIDE
    zone = _zone(depth)
    edges = (1.0, *RINGS, 0.0)
    share = (edges[zone] - min(depth, 1.0)) / (edges[zone] - edges[zone + 1])
    return radii[zone] + share * (radii[zone + 1] - radii[zone])


def _demand(depths: Sequence[float | None], sectors: Sectors, zones: Sequence[int]) -> list[list[float]]:
    """Return, for each zone and sector, the area that its dots need."""
    demand = [[0.0] * len(sectors.names) for _ in range(len(RINGS) + 2)]
    for depth, sector, zone in zip(depths, sectors.of, zones, strict=True):
        demand[zone][sector] += spacing(dot(depth)) ** 2 * LOOSE
    return demand


def spacing(radius: float) -> float:
    """Return the distance between the centres of dots of this radius in a crowd."""
    return 2.0 * radius + GAP


def _bounds(demand: Sequence[Sequence[float]], people: Sequence[int]) -> tuple[float, ...]:
    """Divide the circle among the sectors, by the area each needs in every zone and its number of people."""
    roots = [math.sqrt(1 + many) for many in people]
    shares = [0.5 * root / sum(roots) for root in roots]
    totals = [sum(zone) for zone in demand]
    for zone, total in zip(demand, totals, strict=True):
        if total:
            # The square root leaves room for the deep people of other sectors next to a zone of thousands.
            for sector, need in enumerate(zone):
                shares[sector] += (need / total) * math.sqrt(total) / sum(map(math.sqrt, totals))
    whole = sum(shares)
    bounds = [0.0]
    for share in shares:
        bounds.append(bounds[-1] + share / whole)
    return (*bounds[:-1], 1.0)


def _radii(demand: Sequence[Sequence[float]], bounds: Sequence[float]) -> tuple[float, ...]:
    """Return the radius of each ring: in proportion to 1 - depth, wider where a zone would be too full."""
    edges = (1.0, *RINGS, 0.0)
    radii = [CENTRE]
    for zone, (outer, inner) in enumerate(pairwise(edges)):
        usual = (RIM - CENTRE) * (outer - inner)
        radii.append(max(radii[-1] + usual, _outer_radius(radii[-1], demand[zone], bounds)))
    never = demand[-1]
    inside = radii[-1] + OUTSIDE
    edge = max(_outer_radius(inside, never, bounds), inside + spacing(dot(None))) if any(never) else radii[-1]
    return (*radii, edge)


def _outer_radius(inside: float, needs: Sequence[float], bounds: Sequence[float]) -> float:
    """Return the outer radius of a zone that gives every sector the area it needs."""
    most = max(need / (high - low) for need, (low, high) in zip(needs, pairwise(bounds), strict=True))
    return math.sqrt(inside**2 + most / math.pi) if most else inside
