"""Move circles until tied ones lie as far apart as they wish and none lies on another. Knows neither people nor groups.

Stress is majorised tie by tie (Gansner, Koren and North 2004, restricted to the given ties), in turns with pushing
apart what overlaps, found through a grid. Nothing is random: same input, same places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

Wish = tuple[int, int, float, float]
"""Two circles, the distance wished for, and how strongly (0 to 1)."""

GOLDEN = math.pi * (3 - math.sqrt(5))


def spiral(count: int, apart: float) -> tuple[list[float], list[float]]:
    """Return `count` places in a round heap, about `apart` from each other, the first in the middle."""
    x, y = [0.0] * count, [0.0] * count
    for place in range(count):
        radius, turn = 0.6 * apart * math.sqrt(place), place * GOLDEN
        x[place], y[place] = radius * math.cos(turn), radius * math.sin(turn)
    return x, y


def pull(x: list[float], y: list[float], wishes: Sequence[Wish], share: float) -> None:
    """Move both ends of each tie towards the distance it wishes, by `share` of what is missing."""
    for a, b, wish, weight in wishes:
        dx, dy = x[b] - x[a], y[b] - y[a]
        apart = math.sqrt(dx * dx + dy * dy)
        if apart < 1e-6:
            continue
        move = 0.5 * share * weight * (apart - wish) / apart
        x[a] += move * dx
        y[a] += move * dy
        x[b] -= move * dx
        y[b] -= move * dy


def part(x: list[float], y: list[float], room: Sequence[float], of: Sequence[int] | None = None) -> int:
    """Push apart circles of radius `room` that overlap; return how many pairs did. With `of`, only within one group."""
    if not x:
        return 0
    side = 2.0 * max(room)
    cells: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    found = 0
    for i in range(len(x)):
        cx, cy, group = int(x[i] // side), int(y[i] // side), of[i] if of else 0
        for at in ((cx + i, cy + j, group) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for other in cells.get(at, ()):
                dx, dy = x[i] - x[other], y[i] - y[other]
                least = room[i] + room[other]
                square = dx * dx + dy * dy
                if square >= least * least:
                    continue
                found += 1
                apart = math.sqrt(square)
                if apart < 1e-6:
                    turn = (i + other) * GOLDEN
                    dx, dy, apart = math.cos(turn), math.sin(turn), 1.0
                    move = 0.5 * least
                else:
                    move = 0.5 * (least - apart) * 1.02
                dx, dy = move * dx / apart, move * dy / apart
                x[i] += dx
                y[i] += dy
                x[other] -= dx
                y[other] -= dy
        cells[int(x[i] // side), int(y[i] // side), group].append(i)
    return found


def settle(x: list[float], y: list[float], room: Sequence[float], *, turns: int = 80) -> None:
    """Push apart until no circle overlaps another; what does not give way in so many turns is spread out as a whole."""
    for _ in range(turns):
        if not part(x, y, room):
            return
    wide = 1.0
    order = sorted(range(len(x)), key=x.__getitem__)
    most = 2 * max(room)
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if x[j] - x[i] > most:
                break
            apart = math.hypot(x[i] - x[j], y[i] - y[j])
            wide = max(wide, (room[i] + room[j]) / max(apart, 1e-3))
    for i in range(len(x)):
        x[i] *= wide
        y[i] *= wide
