"""The time of this machine. The only place of the daemon that reads it."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """The time."""

    def now(self) -> dt.datetime:
        """Return the local time, with its zone."""

    def seconds(self) -> float:
        """Return seconds of a monotonic clock."""


class SystemClock:
    """The system's clocks."""

    def now(self) -> dt.datetime:
        """Return the local time, with the current time zone."""
        if hasattr(time, "tzset"):
            # The user may travel to another zone while the program runs.
            time.tzset()
        return dt.datetime.now().astimezone()

    def seconds(self) -> float:
        """Return seconds of a monotonic clock; it may stop while the machine sleeps."""
        return time.monotonic()
