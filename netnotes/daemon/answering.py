"""Answer commands between the turns of the loop, and have ready what the next ones may ask for."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from netnotes.daemon.answers.server import Request
from netnotes.daemon.clock import Clock
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.lazy_dataclass import dataclass

ASKED = 3600.0
"""Seconds after a command was answered during which there is something ready for the next."""
EXAMINE = 0.1
"""Seconds for which notes are examined at once, before there is time for something else."""


@dataclass(slots=True)
class Answering:
    """Remembers when commands last asked for something."""

    live: WatchedVault
    clock: Clock
    commands: Callable[[], Sequence[Request]] = tuple
    """Answers the commands that wait for it, and returns their requests."""
    _asked_at: float = -math.inf
    _examined_at: float = -math.inf
    """When commands that look for what was not read last asked."""

    def answer(self) -> None:
        """Answer the commands that wait for it."""
        requests = self.commands()
        if requests:
            self._asked_at = self.clock.seconds()
        if any(request.examines for request in requests):
            self._examined_at = self.clock.seconds()

    def prepare(self, today: dt.date) -> bool:
        """Do a part of what the next command may ask for; return whether there is more."""
        now = self.clock.seconds()
        if now < self._asked_at + ASKED:
            self.live.catch_up(today)
        if now < self._examined_at + ASKED:
            return self.live.examine(lambda: self.clock.seconds() > now + EXAMINE)
        self.live.forget_coverage()
        return False
