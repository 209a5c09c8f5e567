"""The loop: wait, look, and write when it is due. Everything it touches is given to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from netnotes.daemon.agenda import Agenda
from netnotes.daemon.live import Live
from netnotes.daemon.watch import Source, watch
from netnotes.errors import NetNotesError

LONGEST = 30.0
"""Seconds after which it wakes though nothing happened: for a new day, a clock that jumped, a watch that was lost."""
RETRY = 5.0
"""Seconds after which a round that failed is tried again."""
STALE = 0.5


class Clock(Protocol):
    """The time."""

    def now(self) -> dt.datetime:
        """Return the local time, with its zone."""

    def seconds(self) -> float:
        """Return seconds that never go back."""


Say = Callable[..., None]
"""`say(event, **facts)`: a line for the log."""


def follow(live: Live, source: Source, clock: Clock, say: Say, stop: Callable[[], bool]) -> None:
    """Write what the notes tell of whenever they changed, until `stop()`."""
    agenda = Agenda(live.space.config.write_delay)
    agenda.again(clock.seconds())
    day = clock.now().date()

    def wait() -> float:
        due = agenda.due()
        return LONGEST if due is None else min(LONGEST, max(0.0, due - clock.seconds()))

    for changes in watch(source, stop=stop, wait=wait, now=clock.seconds):
        for why in sorted(changes.rescans):
            say("rescan", why=why)
        if changes:
            seen = live.look()
            if seen:
                agenda.changed(clock.seconds())
                say("changed", notes=len(seen.theirs))
        if clock.now().date() != day:
            day = clock.now().date()
            agenda.again(clock.seconds())
        due = agenda.due()
        if due is None or due > clock.seconds():
            continue
        agenda.done()
        try:
            applied = live.write(live.work_out(day), clock.now(), stop)
        except NetNotesError as error:
            say("failed", error=str(error))
            agenda.again(clock.seconds() + RETRY)
            continue
        if applied.written:
            say("written", notes=len(applied.written))
        if applied.waiting:
            agenda.again(clock.seconds() + applied.wait)
        if applied.stale:
            agenda.again(clock.seconds() + STALE)
