"""The loop: wait, look, and write when it is due. All that it touches is given to it, the time included."""

from __future__ import annotations

import datetime as dt
import math
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Protocol

from netnotes.daemon.clock import Clock
from netnotes.daemon.live.redraw import PageUpdater
from netnotes.daemon.morning import Morning
from netnotes.daemon.schedule import Schedule
from netnotes.daemon.sd_notify import Notifier
from netnotes.daemon.signals import Ended, Signals
from netnotes.daemon.status import Status
from netnotes.daemon.watch.change_sets import POLL, Changes, Source, watch
from netnotes.daemon.watched_vault import ScanResult, WatchedVault
from netnotes.daemon.write_backoff import WriteBackoff, first
from netnotes.errors import BadConfig, NetNotesError
from netnotes.planning.mass_loss import PeopleVanished
from netnotes.writing.apply import WriteResult
from netnotes.writing.journal import JournalBusy

LONGEST = 30.0
"""Seconds after which it wakes though nothing happened: for a new day, a clock that jumped, a vault that is gone."""
SCAN = 300.0
"""Seconds after which everything is looked at though nothing was hinted at, at least."""
SCAN_SHARE = 0.001
"""Share of the time that these looks may take."""
AFTER, AFTER_SHARE = 1.0, 0.05
"""Seconds after which everything is looked at where only hints were followed, and the share of the time it may take."""
GONE = 2.0
"""Seconds between two looks for a vault that is not there."""
JUMP = 5.0
"""Seconds by which the clock on the wall and the one that never goes back may part."""
BUSY, STALE = 1.0, 0.5
"""Seconds until a round is tried again: while another process writes, or when a note changed meanwhile."""
FAILED, FAILED_LONG = 30.0, 3600.0
"""Seconds until a round that failed is tried again; each time twice as many, up to the second."""
MANY_OF_OURS = 20
"""Notes written at once from which on it goes through them while nobody waits, and not when the next change comes."""


class Watch(Source, Protocol):
    """A source of hints that can be begun again."""

    means: str

    def begin(self) -> None:
        """Begin to watch, or begin again."""

    def end(self) -> None:
        """Watch no more."""

    def lost(self) -> str | None:
        """Return why hints do not come any more; None if they do."""

    def pace(self, seconds: float) -> None:
        """Record how long a look takes."""


AFTERWARDS = "hints were followed"
"""Why everything is looked at a little later; no news."""

Say = Callable[..., None]
"""`say(event, **facts)`: a line for the log."""


@dataclass(slots=True)
class Loop:
    """A daemon at work."""

    live: WatchedVault
    source: Watch
    clock: Clock
    say: Say
    signals: Signals
    notifier: Notifier
    tell: Callable[[Status], None]
    """Where the status goes."""
    status: Status
    drawing: PageUpdater | None = None
    as_of: dt.date | None = None
    """The day to look from; None for today's."""
    morning: Morning | None = None
    _agenda: Schedule = field(default_factory=lambda: Schedule(0.0))
    _quarrels: WriteBackoff = field(default_factory=WriteBackoff)
    _day: dt.date = dt.date.min
    _wall: float = 0.0
    _steady: float = 0.0
    _scan_at: float = 0.0
    _look_at: float = math.inf
    """When everything is to be looked at, since hints alone were followed."""
    _took: float = 0.0
    """Seconds that the last look at everything took."""
    _identity: tuple[int, int] | None = None
    _failures: int = 0
    """Rounds that failed, one after the other."""
    _mistake: str | None = None
    """What is wrong with the options, so that the last good ones stand."""

    def run(self) -> None:
        """Watch and write until a signal ends it."""
        try:
            self.begin()
            for changes in watch(self.source, stop=self.signals.stop, wait=self._wait, now=self.clock.seconds):
                self.turn(changes)
        except Ended:
            pass
        finally:
            self.notifier.stopping()
            self.source.end()
            self.say("ended")
            self._tell(state="ended")

    def begin(self) -> None:
        """Begin to watch, and look at everything. Raises Ended."""
        self._agenda.quiet = self.live.quiet
        self._identity = self.live.identity()
        self._day, self._wall, self._steady = self._today(), self._wall_seconds(), self.clock.seconds()
        self.source.begin()
        # What was there before is no edit that one would have to wait for.
        self._read()
        self._agenda.again(self.clock.seconds())
        self._tell(state="watching")
        self.notifier.ready()
        self.say("watching", notes=len(self.live.vault.notes), means=self.source.means)

    def turn(self, changes: Changes) -> None:
        """Do what there is to do; whatever goes wrong, it is tried again later. Raises Ended."""
        try:
            self._turn(changes)
        except Exception as error:  # noqa: BLE001  # a daemon is to run for years
            # What the error says may be out of a note; where it happened is not.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            self._trouble("failed", again=True, error=type(error).__name__, at=f"{frame.filename}:{frame.lineno}")
            # What had been hinted at may not have been looked at.
            self._look_at = min(self._look_at, self.clock.seconds() + FAILED)

    def _turn(self, changes: Changes) -> None:
        self.notifier.alive()
        if not self._is_there():
            return
        why = self._why_rescan(changes)
        if self.signals.reload() or self.live.settings_changed():
            self._reload()
        if changes or why:
            self._look(changes, why)
        if self._today() != self._day:
            self._day = self._today()
            self.say("day", today=self._day)
            self._agenda.again(self.clock.seconds())
        due = self._agenda.due()
        if due is not None and due <= self.clock.seconds():
            self._round()
        for event, facts in self.morning(self.live, self.clock.now(), self._day) if self.morning else ():
            self.say(event, **facts)

    def _wait(self) -> float:
        """Return for how many seconds nothing is to be done."""
        if self._identity is None:
            return GONE
        now = self.clock.seconds()
        due = self._agenda.due()
        ends = [LONGEST, self._scan_at - now, self._look_at - now]
        ends += [due - now] if due is not None else []
        ends += [self.notifier.watchdog] if self.notifier.watchdog is not None else []
        return max(0.0, min(ends))

    def _is_there(self) -> bool:
        """Return whether the vault is there; start again if it came back or was replaced."""
        before, self._identity = self._identity, self.live.identity()
        if self._identity is None:
            if before is not None:
                self.source.end()
                self.say("gone")
                self._tell(state="waiting")
            return False
        if before != self._identity:
            self.source.begin()
            self.say("back", means=self.source.means)
            self._look(Changes(), "the vault is another")
            self._agenda.changed(self.clock.seconds())
            self._tell(state="watching")
        return True

    def _why_rescan(self, changes: Changes) -> str | None:
        """Return why everything is to be looked at, apart from hints; None if nothing speaks for it."""
        drift = self._wall_seconds() - self._wall - (self.clock.seconds() - self._steady)
        self._wall, self._steady = self._wall_seconds(), self.clock.seconds()
        if lost := self.source.lost():
            self.source.begin()
            return lost
        if abs(drift) > JUMP:
            return "the clock jumped, or the machine slept"
        if told := changes.rescans - {POLL}:
            return "; ".join(sorted(told))
        if self.clock.seconds() >= self._scan_at:
            return POLL
        return AFTERWARDS if not changes and self.clock.seconds() >= self._look_at else None

    def _look(self, changes: Changes, why: str | None) -> None:
        """Read what changed."""
        if why and why not in (POLL, AFTERWARDS):
            self.say("rescan", why=why)
        seen, took = self._read(() if why else changes.paths)
        if seen:
            self._agenda.changed(self.clock.seconds(), len(seen.theirs))
            if why == POLL and not changes and seen.theirs:
                # Nobody told us.
                self.source.begin()
                self.say("unnoticed", notes=len(seen.theirs))
            self._tell(last_change=self._at())
            self.say("changed", notes=len(seen.theirs), took=round(took, 3))
        elif len(seen.ours) > MANY_OF_OURS:
            self._agenda.again(self.clock.seconds())

    def _read(self, hinted: Collection[str] = ()) -> tuple[ScanResult, float]:
        """Look at the disk, at the `hinted` paths first; return what was found and how many seconds it took."""
        begin = self.clock.seconds()
        with self.signals.interruptible():
            seen = self.live.look(hinted)
        end = self.clock.seconds()
        if seen.whole:
            self._took = end - begin
            self.source.pace(self._took)
            self._scan_at, self._look_at = end + max(SCAN, self._took / SCAN_SHARE), math.inf
        else:
            self._look_at = min(self._look_at, end + max(AFTER, self._took / AFTER_SHARE))
        return seen, end - begin

    def _reload(self) -> None:
        """Read the options again; where they are wrong the last good ones stay."""
        self.notifier.reloading(self.clock.seconds())
        try:
            with self.signals.interruptible():
                self.live.reload()
        except NetNotesError as error:
            self.say(
                "not reloaded", mistakes=len(error.mistakes) if isinstance(error, BadConfig) else None, error=error
            )
            self._mistake = f"options as before: {error}"
        else:
            self.say("reloaded")
            self._mistake = None
            self._agenda.quiet = self.live.quiet
        self._tell(trouble=self._mistake)
        self._agenda.again(self.clock.seconds())
        self.notifier.ready()

    def _round(self) -> None:
        """Compute what follows, write it, draw it."""
        self._agenda.done()
        begin = self.clock.seconds()
        with self.signals.interruptible():
            outcome = self.live.compute(self._day)
        for name in self.live.failing:
            self.say("plugin failed", plugin=name, rests=name in self.live.resting.names() or None)
        for name, notice in self.live.notices():
            self.say("notice", plugin=name, text=notice.text)
        resting = self._quarrels.resting(self.clock.seconds())
        contested = first(resting, [edit.path for edit in outcome.edits]) if resting else None
        try:
            result = self.live.write(outcome, self.clock.now(), self.signals.stop, resting)
        except PeopleVanished as error:
            self._trouble("refused", error=error)
        except JournalBusy:
            self._agenda.again(self.clock.seconds() + BUSY)
        except NetNotesError as error:
            self._trouble("failed", again=True, error=error)
        else:
            self._take(result, round(self.clock.seconds() - begin, 3), contested)
            self.live.keep_exports(outcome, self.say)
        self._draw(outcome.network.today)
        self._tell(
            notes=len(self.live.vault.notes),
            people=len(outcome.network.people),
            problems=len(outcome.problems),
            failing=self.live.failing,
            resting=self.live.resting.names(),
        )

    def _take(self, result: WriteResult, took: float, contested: float | None) -> None:
        """Record what a round of writing came to; `contested` notes may be written again from then on."""
        now = self.clock.seconds()
        self._quarrels.take(result.written, now)
        if result.written:
            self.say("written", notes=len(result.written), took=took)
            self._tell(last_write=self._at(), writes=self.status.writes + len(result.written))
        for problem in result.problems:
            self.say("not written", path=problem.path, problem=problem.message)
        if result.waiting:
            self._agenda.again(now + result.wait)
        if result.problems or result.stale:
            self._try_again(FAILED if result.problems else STALE)
        else:
            self._failures = 0
        trouble = "notes could not be written" if result.problems else self._mistake
        if contested is not None:
            self._agenda.again(contested)
            trouble = trouble or "somebody else changes notes back each time they are written"
            self.say("contested", seconds=round(contested - now))
        self._tell(waiting=len(result.waiting), trouble=trouble)
        if result.stale:
            # Nobody need have described it.
            self._look(Changes(frozenset(result.stale)), None)

    def _draw(self, today: dt.date) -> None:
        if self.drawing is None or self.live.outcome is None:
            return
        try:
            with self.signals.interruptible():
                if self.drawing.update(self.live.space, self.live.outcome, self.live.vault):
                    self.say("drawn", today=today)
        except NetNotesError as error:
            self._trouble("not drawn", error=error)

    def _trouble(self, event: str, *, again: bool = False, **facts: object) -> None:
        """Enter what went wrong. It is tried again with the next change, or, with `again`, after a while."""
        self.say(event, **facts)
        self._tell(trouble=" ".join([event, *map(str, facts.values())]))
        if again:
            self._try_again()

    def _try_again(self, pause: float = FAILED) -> None:
        """Ask for another round after a failure: what fails for long is tried less and less often."""
        self._agenda.again(self.clock.seconds() + min(pause * 2**self._failures, FAILED_LONG))
        self._failures = min(self._failures + 1, 20)

    def _tell(self, **news: object) -> None:
        changed = replace(self.status, means=self.source.means, **news)  # type: ignore[arg-type]  # fields of Status
        if changed != self.status:
            self.status = changed
            self.tell(changed)

    def _today(self) -> dt.date:
        return self.as_of or self.clock.now().date()

    def _wall_seconds(self) -> float:
        return self.clock.now().timestamp()

    def _at(self) -> str:
        return self.clock.now().isoformat(timespec="seconds")
