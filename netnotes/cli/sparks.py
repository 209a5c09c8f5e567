"""A row of numbers as a line of small bars."""

from __future__ import annotations

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"
NARROWEST = 0.2
"""Smallest range that fills the full height, so that small changes look small."""


def sparkline(values: Sequence[float | None]) -> str:
    """Return one bar for each value (0–1), scaled to their range; a space for None."""
    known = [value for value in values if value is not None]
    if not known:
        return " " * len(values)
    width = max(NARROWEST, max(known) - min(known))
    low = min(max(0.0, (min(known) + max(known) - width) / 2), max(0.0, 1.0 - width))
    return "".join(
        " " if value is None else BARS[min(len(BARS) - 1, int((value - low) / width * len(BARS)))] for value in values
    )
