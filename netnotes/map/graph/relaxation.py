"""Move circles until tied ones lie as far apart as they wish and none lies on another. Knows neither people nor groups.

Stress is majorised tie by tie, over the given ties alone, in turns with pushing apart what overlaps. Nothing is random:
same input, same places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

Wish = tuple[int, int, float, float]
"""Two circles, the distance wished for between their middles, and how strongly (0 to 1)."""

Near = tuple[int, int, float]
"""Two circles that may come to overlap, the larger first, and the sum of their radii."""

GOLDEN = math.pi * (3 - math.sqrt(5))
SWEEPS = 12
GATHERED = 0.92
"""What is left of the distance from the middle after one sweep: what keeps a heap round."""
TURNS = 6
"""Pushes between two looks at who lies near whom."""
LOOKS = 6
"""After so many, the whole is drawn out little by little, to make room."""
MORE, WIDER = 30, 1.03
"""So many times by so much; what overlaps even then is spread out as a whole."""
LOOSE = 0.8
"""A heap is drawn out until two thirds of it reach to so much of the radius of a disc that the circles fill."""
FEWEST = 50
"""Circles from which on a heap may be too tight: each is then near to so many others that looking at all is slow."""
SKIN = 10.0
"""How much further off than touching counts as near."""


def spiral(count: int, apart: float) -> tuple[list[float], list[float]]:
    """Return `count` places in a round heap, about `apart` from each other, the first in the middle."""
    x, y = [0.0] * count, [0.0] * count
    for place in range(count):
        radius, turn = 0.6 * apart * math.sqrt(place), place * GOLDEN
        x[place], y[place] = radius * math.cos(turn), radius * math.sin(turn)
    return x, y


def relax(x: list[float], y: list[float], room: Sequence[float], wishes: Sequence[Wish], *, spare: float) -> None:
    """Move circles of radius `room`, given in falling order, until the wishes are met as far as possible.

    They keep `spare` more from each other at first, and nothing at last: none overlaps in the end.
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
    """Move both ends of each tie towards the distance it wishes, the smaller one further."""
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
    """Move all a little towards the middle, so that the heap grows round."""
    widen(x, y, GATHERED)


def loosen(x: list[float], y: list[float], least: float) -> None:
    """Draw out a heap whose outermost third lies nearer than `least` to its middle: a crowd tied to one person."""
    if len(x) < FEWEST:
        return
    far = sorted(a * a + b * b for a, b in zip(x, y, strict=True))[len(x) * 2 // 3]
    if 0.0 < far < least * least:
        widen(x, y, least / math.sqrt(far))


def widen(x: list[float], y: list[float], by: float) -> None:
    """Move all away from the middle, or towards it: to `by` times the distance."""
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
    """Push apart, the smaller one further, what comes nearer than both rooms and `spare`; return how many pairs did."""
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
    """Spread out the whole until no circles overlap; two on one spot are set side by side first."""
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
