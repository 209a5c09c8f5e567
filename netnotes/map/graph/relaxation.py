"""Move circles until those with a tie have their wanted distance and none overlap. Pure geometry.

Moves the ends of each tie towards its wanted distance (stress majorization over the given ties), alternating with
pushing overlapping circles apart. Nothing is random: the same input gives the same positions.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

Target = tuple[int, int, float, float]
"""Two circles, the wanted distance between their centres, and its weight (0 to 1)."""

Near = tuple[int, int, float]
"""Two circles that may overlap, the larger first, and the sum of their radii."""

GOLDEN = math.pi * (3 - math.sqrt(5))
SWEEPS = 12
SHRINK = 0.92
"""Factor on the distance from the centre in each sweep; it keeps the outline round."""
PUSHES = 6
"""Passes of pushing before the pairs of near circles are searched again."""
SEARCHES = 6
"""After this many searches for near pairs, all distances are widened step by step to make room."""
MOST_WIDENINGS, WIDENING = 30, 1.03
"""How many times to widen, and by which factor. If circles still overlap, all are spread out."""
FILLED_SHARE = 0.8
"""A cluster is expanded until a third of it is beyond this share of the radius of a disc with the circles' area."""
FEWEST = 50
"""Fewest circles of a cluster that is expanded: in a dense one, each has so many neighbours that the search is slow."""
NEAR_GAP = 10.0
"""Circles closer than this to touching count as near."""


def spiral(count: int, apart: float) -> tuple[list[float], list[float]]:
    """Return `count` positions in a spiral, about `apart` from each other, the first in the middle."""
    x, y = [0.0] * count, [0.0] * count
    for place in range(count):
        radius, turn = 0.6 * apart * math.sqrt(place), place * GOLDEN
        x[place], y[place] = radius * math.cos(turn), radius * math.sin(turn)
    return x, y


def relax(x: list[float], y: list[float], radii: Sequence[float], targets: Sequence[Target], *, spare: float) -> None:
    """Move circles, sorted by falling radius, until the wanted distances are met as far as possible.

    They start with an extra gap of `spare`, which shrinks to zero. In the end none overlap.
    """
    near: list[Near] = []
    for sweep in range(SWEEPS):
        pull(x, y, radii, targets)
        shrink(x, y)
        left = spare * (1 - sweep / SWEEPS)
        expand_cluster(x, y, FILLED_SHARE * math.sqrt(sum((radius + left / 2) ** 2 for radius in radii)))
        if not sweep % 3:
            near = neighbours(x, y, radii, NEAR_GAP + spare)
        push_apart(x, y, radii, near, left)
    for search in range(SEARCHES + MOST_WIDENINGS):
        if search >= SEARCHES:
            widen(x, y, WIDENING)
        near = neighbours(x, y, radii, NEAR_GAP)
        if not push_apart(x, y, radii, near, 0.0):
            return
        for _ in range(PUSHES):
            if not push_apart(x, y, radii, near, 0.0):
                break
    spread_out(x, y, radii)


def pull(x: list[float], y: list[float], radii: Sequence[float], targets: Sequence[Target]) -> None:
    """Move both ends of each tie towards its wanted distance, the smaller circle further."""
    for a, b, target, weight in targets:
        dx, dy = x[b] - x[a], y[b] - y[a]
        apart = math.sqrt(dx * dx + dy * dy)
        if apart > 1e-6:
            move = weight * (apart - target) / apart
            other = move * radii[a] / (radii[a] + radii[b])
            first = move - other
            x[a] += first * dx
            y[a] += first * dy
            x[b] -= other * dx
            y[b] -= other * dy


def shrink(x: list[float], y: list[float]) -> None:
    """Move all circles a little towards the centre, which keeps the outline round."""
    widen(x, y, SHRINK)


def expand_cluster(x: list[float], y: list[float], least: float) -> None:
    """Expand a dense cluster, such as people who all know one other, until a third is `least` from the centre."""
    if len(x) < FEWEST:
        return
    far = sorted(a * a + b * b for a, b in zip(x, y, strict=True))[len(x) * 2 // 3]
    if 0.0 < far < least * least:
        widen(x, y, least / math.sqrt(far))


def widen(x: list[float], y: list[float], by: float) -> None:
    """Multiply all distances from the centre by `by`."""
    for i in range(len(x)):
        x[i] *= by
        y[i] *= by


def neighbours(x: list[float], y: list[float], radii: Sequence[float], gap: float) -> list[Near]:
    """Return all pairs with at most `gap` between their edges, the larger first."""
    count = len(x)
    # Cells fit the median circle. Each circle looks only for smaller ones, so that a few large ones do not need large
    # cells.
    side = 2.0 * radii[count // 2] + gap
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    found: list[Near] = []
    for other in range(count - 1, -1, -1):
        cells[int(x[other] // side), int(y[other] // side)].append(other)
        around = 2.0 * radii[other] + gap
        a, b, radius = x[other], y[other], radii[other]
        rows = range(int((b - around) // side), int((b + around) // side) + 1)
        for column in range(int((a - around) // side), int((a + around) // side) + 1):
            for row in rows:
                for i in cells.get((column, row), ()):
                    dx, dy, least = x[i] - a, y[i] - b, radius + radii[i]
                    if i != other and dx * dx + dy * dy < (least + gap) ** 2:
                        found.append((other, i, least))
    return found


def push_apart(x: list[float], y: list[float], radii: Sequence[float], near: Sequence[Near], spare: float) -> int:
    """Push apart pairs closer than both radii and `spare`, the smaller one further; return the number of pairs."""
    found = 0
    for i, other, touching in near:
        dx, dy = x[other] - x[i], y[other] - y[i]
        least = touching + spare
        square = dx * dx + dy * dy
        if square >= least * least:
            continue
        found += 1
        apart = math.sqrt(square)
        if apart < 1e-6:
            dx, dy, apart = math.cos(other * GOLDEN), math.sin(other * GOLDEN), 1.0
            move = least
        else:
            # A little more than needed, or circles in a dense cluster would only approach the distance.
            move = 1.02 * (least - apart) / apart
        further = move * radii[i] / touching
        move -= further
        x[i] -= move * dx
        y[i] -= move * dy
        x[other] += further * dx
        y[other] += further * dy
    return found


def spread_out(x: list[float], y: list[float], radii: Sequence[float]) -> None:
    """Spread all circles until none overlap; two at the same position are first placed side by side."""
    order = sorted(range(len(x)), key=lambda i: (x[i], y[i]))
    wide = 1.0
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if x[j] - x[i] > radii[i] + radii[0]:
                break
            apart = math.hypot(x[i] - x[j], y[i] - y[j])
            if apart < 0.2 * radii[j]:
                x[j] += 0.2 * radii[j]
                apart = math.hypot(x[i] - x[j], y[i] - y[j])
            wide = max(wide, (radii[i] + radii[j]) / max(apart, 0.1))
    widen(x, y, wide)
