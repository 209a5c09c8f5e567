"""The time, as this machine tells it. The only place of the daemon that asks for it."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """The time."""

    def now(self) -> dt.datetime:
        """Return the local time, with its zone."""

    def seconds(self) -> float:
        """Return seconds that never go back."""


class SystemClock:
    """The system's own clocks."""

    def now(self) -> dt.datetime:
        """Return the local time, with its zone as it is set at this moment."""
        if hasattr(time, "tzset"):
            # Who travels changes the zone under a running program.
            time.tzset()
        return dt.datetime.now().astimezone()

    def seconds(self) -> float:
        """Return seconds that never go back; they may stand still while the machine sleeps."""
        return time.monotonic()
