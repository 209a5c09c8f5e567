"""Find small groups in which everybody meets everybody. Knows neither names nor positions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FEWEST = 3
MOST = 6
STRONG = 0.3
"""Lowest strength, 0 to 1, of a tie within a tight group."""

Ties = Iterable[tuple[int, int, float]]


def tight(count: int, ties: Ties, known: Iterable[Sequence[int]] = ()) -> list[tuple[int, ...]]:
    """Return groups of 3 to 6 out of `count` people, in which all have strong ties to each other, strongest first.

    `ties` are (index, index, strength). Nobody is in two groups. Those `known` to be groups come first, as they are,
    but for people who are in a group before.
    """
    strong: list[dict[int, float]] = [{} for _ in range(count)]
    best = []
    for a, b, strength in ties:
        if strength >= STRONG:
            strong[a][b] = strong[b][a] = strength
            best.append((-strength, a, b))
    taken: set[int] = set()
    found = []
    for group in known:
        free = tuple(person for person in group if person not in taken)
        if len(free) > 1 and 3 * len(free) >= 2 * len(group):
            found.append(free)
            taken.update(free)
    for _, a, b in sorted(best):
        if a in taken or b in taken:
            continue
        members = [a, b]
        near = {other for other in strong[a] if other in strong[b] and other not in taken}
        while near and len(members) < MOST:
            # Whoever is closest to the one they are least close to.
            one = max(near, key=lambda person: (min(strong[person][member] for member in members), -person))
            members.append(one)
            near = {other for other in near if other in strong[one]}
        if len(members) >= FEWEST:
            found.append(tuple(members))
            taken.update(members)
    return found
