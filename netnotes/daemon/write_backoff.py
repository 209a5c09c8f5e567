"""Notes that somebody changes back each time they are written: less and less is written to them. Writes nothing itself.

A vault within another one, an older version on another machine, a service that restores what it thinks is right: two
programs that never agree would write for ever, at the pace of the quicker.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

MOST = 3
"""Times that the very same bytes are written into a note before it rests."""
PAUSE, LONGEST = 60.0, 3600.0
"""Seconds for which it rests; each time twice as many, up to the second."""
FORGOTTEN = 2 * LONGEST
"""Seconds after which nobody remembers."""


@dataclass(slots=True)
class _Contested:
    last: float
    until: float = 0.0
    times: dict[str, int] = field(default_factory=dict)
    """Digest of what was written → how often."""


@dataclass(slots=True)
class WriteBackoff:
    """What was written lately, and how often."""

    _about: dict[str, _Contested] = field(default_factory=dict)
    """Path → quarrel."""

    def take(self, written: Mapping[str, str], now: float) -> None:
        """Record what was written: path → digest."""
        self._about = {path: one for path, one in self._about.items() if now - one.last < FORGOTTEN}
        for path, digest in written.items():
            one = self._about.setdefault(path, _Contested(now))
            times = one.times[digest] = one.times.get(digest, 0) + 1
            one.last = now
            if times >= MOST:
                one.until = now + min(PAUSE * 2 ** (times - MOST), LONGEST)

    def resting(self, now: float) -> dict[str, float]:
        """Return the notes that are not to be written now, and when they may be again."""
        return {path: one.until for path, one in self._about.items() if one.until > now}


def first(resting: Mapping[str, float], wanted: Collection[str]) -> float | None:
    """Return when the first of the notes that are to be written may be; None if none of them rests."""
    return min((resting[path] for path in wanted if path in resting), default=None)
