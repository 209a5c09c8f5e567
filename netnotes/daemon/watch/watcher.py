"""Watch a vault with notifications of the system or, if there are none, by scanning every few seconds.

Polling names no path: a scan decides what changed, as always.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from netnotes.daemon.watch import notifications
from netnotes.daemon.watch.change_sets import POLL, Changes
from netnotes.daemon.watch.hint_queue import HintQueue
from netnotes.daemon.watch.notifications import Observation, observed

LEAST_PAUSE = 2.0
"""Shortest pause between two scans, in seconds."""
SHARE = 0.02
"""Largest share of time spent on scans."""
NOTIFIED = "notifications"

Say = Callable[..., None]
"""`say(event, **facts)`: a line for the log."""


class Watcher:
    """The source of notifications for one vault."""

    def __init__(self, root: Path, hints: HintQueue, now: Callable[[], float], say: Say, *, poll: bool = False) -> None:
        """Prepare to watch the vault at `root`; with `poll` only by scanning. `now()` returns monotonic seconds."""
        self.means = "nothing yet"
        """How it watches, in words."""
        self._root = root
        self._hints = hints
        self._now = now
        self._say = say
        self._why = "asked for" if poll else None
        self._open = contextlib.ExitStack()
        self._observation: Observation | None = None
        self._pause = LEAST_PAUSE
        self._next = 0.0

    def begin(self) -> None:
        """Start to watch, or start again."""
        self.end()
        kind = notifications.remote_filesystem(self._root)
        why = self._why or (f"on {kind} the system reports only local changes" if kind else None)
        if why is None:
            why = self._observe()
        if why is not None:
            self._poll(why)

    def end(self) -> None:
        """Stop watching."""
        self._observation = None
        self._open.close()

    def pace(self, seconds: float) -> None:
        """Note how long a scan takes: the slower the vault, the fewer the scans."""
        self._pause = max(LEAST_PAUSE, seconds / SHARE)

    def lost(self) -> str | None:
        """Return why notifications no longer arrive; None if they do, or none are expected."""
        if self._observation is None:
            return None
        if not self._observation.alive():
            return "the watch was lost"
        return "no more folders may be watched" if notifications.is_limit_reached(self._root) else None

    def take(self, seconds: float | None) -> Changes:
        """Return the notifications; wait up to `seconds` for one."""
        if self._observation is not None:
            return self._hints.take(seconds)
        left = max(0.0, self._next - self._now())
        found = self._hints.take(left if seconds is None else min(left, seconds))
        if self._now() >= self._next:
            self._next = self._now() + self._pause
            found |= Changes(rescans=frozenset({POLL}))
        return found

    def _observe(self) -> str | None:
        """Subscribe to notifications; return why that failed, or None."""
        try:
            self._observation = self._open.enter_context(observed(self._root.resolve(), self._hints))
        except OSError as error:
            remedy = notifications.limit_remedy(error)
            self._say("no notifications", why=error.strerror or type(error).__name__, remedy=remedy)
            return error.strerror or "the system refuses"
        if notifications.is_limit_reached(self._root):
            self.end()
            self._say(
                "no notifications",
                why="no more folders may be watched",
                remedy=notifications.raise_limit_command(notifications.WATCHES),
            )
            return "no more folders may be watched"
        self.means = NOTIFIED
        return None

    def _poll(self, why: str) -> None:
        self._next = self._now()
        self.means = f"scanning every {self._pause:.0f} s ({why})"
        self._say("polling", seconds=round(self._pause), why=why)
