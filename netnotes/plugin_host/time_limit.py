"""Measure the time of plugins, and interrupt those that take too long.

A slow function is always interrupted between two facts. In the main thread on Linux and macOS, which have an interval
timer, it is also interrupted within one, even while it sleeps. Nothing can interrupt a call into C that never returns,
or `os._exit`.
"""

from __future__ import annotations

import contextlib
import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import field
from types import FrameType

from netnotes.lazy_dataclass import dataclass
from netnotes.plugin.call import TimeUp
from netnotes.plugin.hooks import Plugin

SECONDS = 30.0
"""Seconds that one function may take, unless `[plugins] seconds` says otherwise; infinity for no limit."""


@dataclass(slots=True)
class Timekeeper:
    """Limit each plugin function to `seconds`, and record its time."""

    seconds: float = SECONDS
    took: dict[tuple[str, str], float] = field(default_factory=dict)
    """(plugin, function) → seconds, summed over all calls."""

    @contextlib.contextmanager
    def __call__(self, plugin: Plugin, function: str) -> Iterator[Callable[[], None]]:
        """Run the block with a time limit. What it prints goes to stderr, since stdout is for data."""
        start = time.perf_counter()
        end = start + self.seconds

        def tick() -> None:
            if time.perf_counter() > end:
                raise TimeUp(self.seconds)

        try:
            with contextlib.redirect_stdout(sys.stderr), _alarm(self.seconds):
                yield tick
        finally:
            key = (plugin.name, function)
            self.took[key] = self.took.get(key, 0.0) + time.perf_counter() - start

    def of(self, plugin: str) -> float:
        """Return the total seconds of a plugin's functions."""
        return sum(seconds for (name, _), seconds in self.took.items() if name == plugin)


if sys.platform == "win32":

    @contextlib.contextmanager
    def _alarm(seconds: float) -> Iterator[None]:
        """Do nothing: this system has no interval timer."""
        del seconds
        yield

else:

    @contextlib.contextmanager
    def _alarm(seconds: float) -> Iterator[None]:
        """Raise TimeUp in the block after `seconds`, where signals reach this thread."""
        if math.isinf(seconds) or threading.current_thread() is not threading.main_thread():
            yield
            return

        def ring(number: int, frame: FrameType | None) -> None:
            del number, frame
            raise TimeUp(seconds)

        start = time.monotonic()
        before = signal.signal(signal.SIGALRM, ring)
        # The timer repeats, since a function may swallow the first interruption.
        left, _ = signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        try:
            yield
        finally:
            # The timer of a report continues while it waits for scores.
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - start), 0.001) if left else 0.0, 1.0)
            signal.signal(signal.SIGALRM, before)
