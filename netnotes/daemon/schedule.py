"""Decide when the next round of writing is due, and the full scan that follows scans of notified paths only.

Works with seconds of a monotonic clock; reads no clock itself.
"""

from __future__ import annotations

import math

from netnotes.lazy_dataclass import dataclass

PATIENCE = 15
"""A round waits for quiet, at most this many times as long as the quiet period."""

MANY = 200
"""Notes changed at once that count as a burst: a checkout, a sync, an import. More changes are likely to follow."""
LULL = 1.5
"""Shortest quiet period after a burst, in seconds."""


@dataclass(slots=True)
class Schedule:
    """When the next round is due."""

    quiet: float
    """Seconds without a change before a round, so that nothing is written while the user types."""
    _first: float | None = None
    _last: float | None = None
    _again: float | None = None
    _burst: bool = False

    def changed(self, now: float, notes: int = 1) -> None:
        """Record that other programs changed this many notes."""
        self._first = now if self._first is None else self._first
        self._last = now
        self._burst = self._burst or notes >= MANY

    def again(self, at: float) -> None:
        """Request a round at `at`, unless an earlier one is requested."""
        self._again = at if self._again is None else min(self._again, at)

    def due(self) -> float | None:
        """Return when the next round is due; None if nothing is to be done. Pending changes take precedence."""
        if self._first is not None and self._last is not None:
            quiet = max(self.quiet, LULL) if self._burst else self.quiet
            return min(self._last + quiet, self._first + PATIENCE * quiet)
        return self._again

    def done(self) -> None:
        """Record that a round has run."""
        self._first = self._last = self._again = None
        self._burst = False


AFTER, AFTER_SHARE = 1.0, 0.05
"""Seconds until the full scan that follows a scan of notified paths, and the largest share of time it may take."""
LATEST = 60.0
"""Seconds by which it is put off at most until nothing has changed for AFTER seconds: it would delay a change."""


@dataclass(slots=True)
class Verification:
    """When a full scan is due because only notified paths were read."""

    at: float = math.inf
    _due: float = math.inf
    """When it would be due without later changes."""

    def followed(self, now: float, took: float) -> None:
        """Record that notified paths were read; `took` is how many seconds the last full scan took."""
        self._due = min(self._due, now + max(AFTER, took / AFTER_SHARE))
        self.at = min(max(self._due, now + AFTER), self._due + LATEST)

    def by(self, at: float) -> None:
        """Request a full scan at `at` at the latest."""
        self._due = min(self._due, at)
        self.at = min(self.at, at)

    def done(self) -> None:
        """Record that everything was scanned."""
        self.at = self._due = math.inf
