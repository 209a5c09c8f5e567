"""Round depths for the screen and the page, without crossing a threshold: 0.497 is 0.49, not a shallow 0.50."""

from __future__ import annotations

from collections.abc import Iterable

TEN_THOUSAND = 10_000


def ten_thousandths(value: float, edges: Iterable[float] = ()) -> int:
    """Return a value in ten-thousandths that shows the same two decimals.

    It stays on its side of each of `edges`: a value below a threshold is never rounded up to it.
    """
    shown = round(100 * float(f"{value:.2f}"))
    found = min(max(round(TEN_THOUSAND * value), 100 * shown - 49), 100 * shown + 49)
    for edge in edges:
        at = round(TEN_THOUSAND * edge)
        found = min(found, at - 1) if value < edge else max(found, at)
    return found


def hundredths(value: float, edges: Iterable[float] = ()) -> int:
    """Return a value from 0 to 1 in hundredths, on its side of each of `edges`."""
    found = round(100 * float(f"{min(1.0, max(0.0, value)):.2f}"))
    return next((round(100 * edge) - 1 for edge in edges if value < edge <= found / 100), found)


def two_decimals(value: float, edges: Iterable[float] = ()) -> str:
    """Return a value from 0 to 1 with two decimals, on its side of each of `edges`."""
    return f"{hundredths(value, edges) / 100:.2f}"
