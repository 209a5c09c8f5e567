"""The daemon's last run, as what a command begins with in a fork. Saves nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from netnotes.coverage import Coverage
from netnotes.incremental import Memory
from netnotes.lazy_dataclass import dataclass
from netnotes.outcome import Outcome

MOST_UNREAD = 500
"""Most notes that a fork examines itself, in about a tenth of a second."""


@dataclass(frozen=True, slots=True)
class RunInMemory:
    """What the daemon remembers of its last run."""

    current: Callable[[dt.date], Outcome | None]
    """Returns its result; None if it would be another one on this day, or if something has changed."""
    memory: Memory

    def answer(self, today: dt.date) -> tuple[Outcome, Coverage | None] | None:
        """Return the result, if nothing has changed since."""
        outcome = self.current(today)
        return (outcome, None) if outcome is not None else None

    @property
    def knows_coverage(self) -> bool:
        """Whether nearly all notes were examined. If not, what a command saved may know more."""
        unread = self.memory.coverage.unread
        return unread is not None and len(unread) <= MOST_UNREAD

    def resume(self, today: dt.date, *, examined: bool = False) -> tuple[Memory, Outcome | None]:
        """Return the memory, and the result if nothing has changed since."""
        del examined
        return self.memory, self.current(today)

    def recall_coverage(self, memory: Memory) -> None:
        """Add nothing: all that is known is in the memory."""

    def keep(self, outcome: Outcome, coverage: Coverage | None, memory: Memory) -> bool:
        """Save nothing: the fork ends with its command."""
        del outcome, coverage, memory
        return True

    def keep_answer(self, outcome: Outcome, coverage: Coverage | None) -> None:
        """Save nothing, as above."""
