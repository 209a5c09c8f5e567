"""Move circles until tied ones have their wanted distance and none overlap. Knows neither people nor groups.

Stress is majorised tie by tie, over the given ties alone, in turns with pushing apart what overlaps. Nothing is random:
same input, same places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

Wish = tuple[int, int, float, float]
"""Two circles, the wanted distance between their middles, and its weight (0 to 1)."""

Near = tuple[int, int, float]
"""Two circles that may overlap, the larger first, and the sum of their radii."""

GOLDEN = math.pi * (3 - math.sqrt(5))
SWEEPS = 12
GATHERED = 0.92
"""Factor on the distance from the middle in each sweep; it keeps the whole round."""
TURNS = 6
"""Pushes before the pairs of near circles are found again."""
LOOKS = 6
"""After this many searches for near pairs, everything is widened step by step to make room."""
MORE, WIDER = 30, 1.03
"""How many times to widen, and by which factor. What still overlaps is then spread out as a whole."""
LOOSE = 0.8
"""A heap is drawn out until two thirds of it reach to so much of the radius of a disc that the circles fill."""
FEWEST = 50
"""Circles from which on a heap may be too tight: each is then near to so many others that looking at all is slow."""
SKIN = 10.0
"""Circles closer than this to touching count as near."""


def spiral(count: int, apart: float) -> tuple[list[float], list[float]]:
    """Return `count` positions in a spiral, about `apart` from each other, the first in the middle."""
    x, y = [0.0] * count, [0.0] * count
    for place in range(count):
        radius, turn = 0.6 * apart * math.sqrt(place), place * GOLDEN
        x[place], y[place] = radius * math.cos(turn), radius * math.sin(turn)
    return x, y


def relax(x: list[float], y: list[float], room: Sequence[float], wishes: Sequence[Wish], *, spare: float) -> None:
    """Move circles of radius `room`, largest first, until the wanted distances are met as far as possible.

    They start with an extra gap of `spare`, which shrinks to zero. In the end none overlap.
    """
    near: list[Near] = []
    for sweep in range(SWEEPS):
        pull(x, y, room, wishes)
        gather(x, y)
        left = spare * (1 - sweep / SWEEPS)
        loosen(x, y, LOOSE * math.sqrt(sum((radius + left / 2) ** 2 for radius in room)))
        if not sweep % 3:
            near = neighbours(x, y, room, SKIN + spare)
        part(x, y, room, near, left)
    for look in range(LOOKS + MORE):
        if look >= LOOKS:
            widen(x, y, WIDER)
        near = neighbours(x, y, room, SKIN)
        if not part(x, y, room, near, 0.0):
            return
        for _ in range(TURNS):
            if not part(x, y, room, near, 0.0):
                break
    spread(x, y, room)


def pull(x: list[float], y: list[float], room: Sequence[float], wishes: Sequence[Wish]) -> None:
    """Move both ends of each tie towards its wanted distance, the smaller circle further."""
    for a, b, wish, weight in wishes:
        dx, dy = x[b] - x[a], y[b] - y[a]
        apart = math.sqrt(dx * dx + dy * dy)
        if apart > 1e-6:
            move = weight * (apart - wish) / apart
            other = move * room[a] / (room[a] + room[b])
            own = move - other
            x[a] += own * dx
            y[a] += own * dy
            x[b] -= other * dx
            y[b] -= other * dy


def gather(x: list[float], y: list[float]) -> None:
    """Move all circles a little towards the middle, which keeps the whole round."""
    widen(x, y, GATHERED)


def loosen(x: list[float], y: list[float], least: float) -> None:
    """Draw out a heap whose outermost third lies nearer than `least` to its middle: a crowd tied to one person."""
    if len(x) < FEWEST:
        return
    far = sorted(a * a + b * b for a, b in zip(x, y, strict=True))[len(x) * 2 // 3]
    if 0.0 < far < least * least:
        widen(x, y, least / math.sqrt(far))


def widen(x: list[float], y: list[float], by: float) -> None:
    """Multiply all distances from the middle by `by`."""
    for i in range(len(x)):
        x[i] *= by
        y[i] *= by


def neighbours(x: list[float], y: list[float], room: Sequence[float], skin: float) -> list[Near]:
    """Return all pairs that are no further than `skin` from touching, the larger first."""
    count = len(x)
    # Cells fit a usual circle. Each looks for smaller ones only, so that a few large ones do not make all cells large.
    side = 2.0 * room[count // 2] + skin
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    found: list[Near] = []
    for other in range(count - 1, -1, -1):
        cells[int(x[other] // side), int(y[other] // side)].append(other)
        around = 2.0 * room[other] + skin
        a, b, own = x[other], y[other], room[other]
        rows = range(int((b - around) // side), int((b + around) // side) + 1)
        for column in range(int((a - around) // side), int((a + around) // side) + 1):
            for row in rows:
                for i in cells.get((column, row), ()):
                    dx, dy, least = x[i] - a, y[i] - b, own + room[i]
                    if i != other and dx * dx + dy * dy < (least + skin) ** 2:
                        found.append((other, i, least))
    return found


def part(x: list[float], y: list[float], room: Sequence[float], near: Sequence[Near], spare: float) -> int:
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
            # A little more than needed, or circles in a crowd would only ever come nearer to it.
            move = 1.02 * (least - apart) / apart
        further = move * room[i] / touching
        move -= further
        x[i] -= move * dx
        y[i] -= move * dy
        x[other] += further * dx
        y[other] += further * dy
    return found


def spread(x: list[float], y: list[float], room: Sequence[float]) -> None:
    """Spread all circles until none overlap; two at the same position are first placed side by side."""
    order = sorted(range(len(x)), key=lambda i: (x[i], y[i]))
    wide = 1.0
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if x[j] - x[i] > room[i] + room[0]:
                break
            apart = math.hypot(x[i] - x[j], y[i] - y[j])
            if apart < 0.2 * room[j]:
                x[j] += 0.2 * room[j]
                apart = math.hypot(x[i] - x[j], y[i] - y[j])
            wide = max(wide, (room[i] + room[j]) / max(apart, 0.1))
    widen(x, y, wide)
