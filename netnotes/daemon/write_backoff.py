"""Notes that another program changes back each time they are written: they are written less and less often.

A vault within another one, an older version on another machine, a service that restores what it thinks is right: two
programs that never agree would write for ever, at the pace of the quicker.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

MOST = 3
"""Times that the same bytes are written into a note before it is backed off."""
PAUSE, LONGEST = 60.0, 3600.0
"""Seconds of backing off; doubled each time, up to the second value."""
FORGOTTEN = 2 * LONGEST
"""Seconds after which a note's record is dropped."""


@dataclass(slots=True)
class _Contested:
    last: float
    until: float = 0.0
    times: dict[str, int] = field(default_factory=dict)
    """Digest of what was written → how often."""


@dataclass(slots=True)
class WriteBackoff:
    """What was written recently, and how often."""

    _by_path: dict[str, _Contested] = field(default_factory=dict)
    """Path → its record."""

    def record(self, written: Mapping[str, str], now: float) -> None:
        """Record what was written (path → digest) at time `now`."""
        self._by_path = {path: one for path, one in self._by_path.items() if now - one.last < FORGOTTEN}
        for path, digest in written.items():
            one = self._by_path.setdefault(path, _Contested(now))
            times = one.times[digest] = one.times.get(digest, 0) + 1
            one.last = now
            if times >= MOST:
                one.until = now + min(PAUSE * 2 ** (times - MOST), LONGEST)

    def blocked(self, now: float) -> dict[str, float]:
        """Return the notes that may not be written now → when they may be again."""
        return {path: one.until for path, one in self._by_path.items() if one.until > now}


def next_allowed(blocked: Mapping[str, float], wanted: Collection[str]) -> float | None:
    """Return the earliest time at which a backed-off note of `wanted` may be written again; None if none is."""
    return min((blocked[path] for path in wanted if path in blocked), default=None)
