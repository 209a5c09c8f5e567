"""A queue of change notifications for the loop. Other threads fill it; they and signals wake the loop."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable

from netnotes.daemon.watch.change_sets import Changes

MOST_PATHS = 10_000
"""Most paths that are held at once; more are replaced by one reason for a rescan."""
MANY = "many changes at once"


class HintQueue:
    """A source of notifications that other threads fill."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: set[str] = set()
        self._rescans: set[str] = set()
        # Not a Condition: a signal may come while this very thread holds one.
        self._bell: queue.SimpleQueue[None] = queue.SimpleQueue()

    def put(self, paths: Iterable[str] = (), rescan: str | None = None) -> None:
        """Add notifications, and wake a waiting thread."""
        with self._lock:
            silent = not (self._paths or self._rescans)
            self._paths.update(paths)
            if rescan:
                self._rescans.add(rescan)
            if len(self._paths) > MOST_PATHS:
                self._paths.clear()
                self._rescans.add(MANY)
        if silent:
            self.wake()

    def wake(self) -> None:
        """Wake a waiting thread; safe in a signal handler."""
        self._bell.put(None)

    def take(self, seconds: float | None) -> Changes:
        """Return what has arrived, waiting up to `seconds`; empty after a timeout or `wake`."""
        try:
            self._bell.get(timeout=None if seconds is None else max(0.0, seconds))
        except queue.Empty:
            return Changes()
        while not self._bell.empty():
            self._bell.get()
        with self._lock:
            found = Changes(frozenset(self._paths), frozenset(self._rescans))
            self._paths.clear()
            self._rescans.clear()
        return found
