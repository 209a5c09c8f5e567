"""When the next round of writing is due. Counts seconds of a clock that never goes back; knows no clock itself."""

from __future__ import annotations

from dataclasses import dataclass

PATIENCE = 15
"""A round waits for quiet, and at most for so many times the quiet that is asked for."""

MANY = 200
"""Notes that change at once from which on it is a burst: a checkout, a sync, an import. More of it is bound to come."""
LULL = 1.5
"""Seconds without a change that the round after a burst waits for, at least."""


@dataclass(slots=True)
class Schedule:
    """What is due when."""

    quiet: float
    """Seconds without a change that a round waits for: typing in a note does not make its people flicker."""
    _first: float | None = None
    _last: float | None = None
    _again: float | None = None
    _burst: bool = False

    def changed(self, now: float, notes: int = 1) -> None:
        """Record that someone other than we changed so many notes."""
        self._first = now if self._first is None else self._first
        self._last = now
        self._burst = self._burst or notes >= MANY

    def again(self, at: float) -> None:
        """Ask for a round at `at`, unless one is asked for earlier."""
        self._again = at if self._again is None else min(self._again, at)

    def due(self) -> float | None:
        """Return when the next round is due; None if nothing is to be done. While notes change, they come first."""
        if self._first is not None and self._last is not None:
            quiet = max(self.quiet, LULL) if self._burst else self.quiet
            return min(self._last + quiet, self._first + PATIENCE * quiet)
        return self._again

    def done(self) -> None:
        """Record that a round has been made."""
        self._first = self._last = self._again = None
        self._burst = False
