"""The daemon's loop: wait for changes, read them, write when due. Everything it uses is passed in, even the clock."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Collection
from dataclasses import field, replace

from netnotes.daemon.answering import Answering
from netnotes.daemon.backoff import WriteBackoff, next_allowed
from netnotes.daemon.clock import Clock
from netnotes.daemon.daily_work import DailyWork
from netnotes.daemon.live.redraw import PageUpdater
from netnotes.daemon.schedule import Schedule, Verification
from netnotes.daemon.signals import Ended, Notifier, Signals
from netnotes.daemon.status import Status
from netnotes.daemon.watch.change_sets import POLL, Changes, Watch, watch
from netnotes.daemon.watched_vault import ScanResult, WatchedVault
from netnotes.errors import BadConfig, NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.planning.mass_loss import PeopleVanished
from netnotes.writing.apply import WriteResult
from netnotes.writing.journal import JournalBusy

LONGEST = 30.0
"""Longest wait in seconds: then it checks for a new day, a clock that jumped, and a vault that is gone."""
SCAN = 300.0
"""Shortest time between full scans when there are no notifications, in seconds."""
SCAN_SHARE = 0.001
"""Largest share of time spent on these scans."""
GONE = 2.0
"""Seconds between checks for a vault that is gone."""
JUMP = 5.0
"""Seconds by which the wall clock and the monotonic clock may differ."""
BUSY, STALE = 1.0, 0.5
"""Seconds until a retry: while another process writes, or after a note changed meanwhile."""
FAILED, FAILED_LONG = 30.0, 3600.0
"""Seconds until a failed round is retried; doubled each time, up to the second value."""
MANY_OF_OURS = 20
"""If more notes than this are written at once, they are read again right away, not with the next change."""


AFTERWARDS = "hints were followed"
"""Reason for the full scan shortly after a scan of notified paths; not logged."""

Say = Callable[..., None]
"""`say(event, **facts)`: writes a line to the log."""


@dataclass(slots=True)
class Loop:
    """The running daemon."""

    live: WatchedVault
    answering: Answering
    source: Watch
    clock: Clock
    say: Say
    signals: Signals
    notifier: Notifier
    save_status: Callable[[Status], None]
    """Saves the status for `netnotes status`."""
    status: Status
    page_updater: PageUpdater | None = None
    as_of: dt.date | None = None
    """The fixed date to use; None: the current date."""
    daily_work: DailyWork | None = None
    _schedule: Schedule = field(default_factory=lambda: Schedule(0.0))
    _write_backoff: WriteBackoff = field(default_factory=WriteBackoff)
    _day: dt.date = dt.date.min
    _wall: float = 0.0
    _steady: float = 0.0
    _scan_at: float = 0.0
    _verification: Verification = field(default_factory=Verification)
    _took: float = 0.0
    """Seconds that the last full scan took."""
    _identity: tuple[int, int] | None = None
    _is_unfinished: bool = False
    """Whether the last turn left something to do at once."""
    _failures: int = 0
    """Failed rounds in a row."""
    _mistake: str | None = None
    """What is wrong with the options; the last valid ones stay in use."""

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
            self._publish(state="ended")

    def begin(self) -> None:
        """Start to watch, and scan everything. Raises Ended."""
        self._schedule.quiet = self.live.quiet
        self._identity = self.live.identity()
        self._day, self._wall, self._steady = self._today(), self._wall_seconds(), self.clock.seconds()
        self.source.begin()
        # Notes that exist already are not recent edits, so there is no reason to wait.
        self._read()
        self._schedule.again(self.clock.seconds())
        self._publish(state="watching")
        self.notifier.ready()
        self.say("watching", notes=len(self.live.vault.notes), means=self.source.means)

    def turn(self, changes: Changes) -> None:
        """Do one turn of work; whatever fails is retried later. Raises Ended."""
        try:
            self._turn(changes)
        except Exception as error:  # noqa: BLE001  # a daemon must run for years
            # The error's message may quote a note; its place in the code does not.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            self._report("failed", again=True, error=type(error).__name__, at=f"{frame.filename}:{frame.lineno}")
            # The changes of this turn may not have been read.
            self._verification.by(self.clock.seconds() + FAILED)

    def _turn(self, changes: Changes) -> None:
        # If this turn fails, the next one is not at once.
        self._is_unfinished = False
        self.notifier.alive()
        self.answering.answer()
        if not self._is_vault_there():
            return
        why = self._why_rescan(changes)
        if self.signals.reload() or self.live.settings_changed():
            self._reload()
        if changes or why:
            self._follow(changes, why)
        if self._today() != self._day:
            self._day = self._today()
            self.say("day", today=self._day)
            self._schedule.again(self.clock.seconds())
        if self.live.files_changed(self.clock.seconds):
            self.say("files changed")
            self._schedule.again(self.clock.seconds())
        due = self._schedule.due()
        if due is not None and due <= self.clock.seconds():
            self._write_round()
        with self.signals.interruptible():
            self._is_unfinished = self.answering.prepare(self._day)
        for event, facts in self.daily_work(self.live, self.clock.now(), self._day) if self.daily_work else ():
            self.say(event, **facts)

    def _wait(self) -> float:
        """Return how many seconds to wait for changes."""
        if self._identity is None:
            return GONE
        now = self.clock.seconds()
        due = self._schedule.due()
        ends = [LONGEST, self._scan_at - now, self._verification.at - now]
        ends += [due - now] if due is not None else []
        ends += [0.0] if self._is_unfinished else []
        ends += [self.notifier.watchdog] if self.notifier.watchdog is not None else []
        return max(0.0, min(ends))

    def _is_vault_there(self) -> bool:
        """Return whether the vault is there; start again if it came back or was replaced."""
        before, self._identity = self._identity, self.live.identity()
        if self._identity is None:
            if before is not None:
                self.source.end()
                self.say("gone")
                self._publish(state="waiting")
            return False
        if before != self._identity:
            self.source.begin()
            self.say("back", means=self.source.means)
            self._follow(Changes(), "the vault was replaced")
            self._schedule.changed(self.clock.seconds())
            self._publish(state="watching")
        return True

    def _why_rescan(self, changes: Changes) -> str | None:
        """Return why a full scan is needed besides the given changes; None if it is not."""
        drift = self._wall_seconds() - self._wall - (self.clock.seconds() - self._steady)
        self._wall, self._steady = self._wall_seconds(), self.clock.seconds()
        if lost := self.source.lost():
            self.source.begin()
            return lost
        if abs(drift) > JUMP:
            return "the clock jumped, or the machine slept"
        if reasons := changes.rescans - {POLL}:
            return "; ".join(sorted(reasons))
        if self.clock.seconds() >= self._scan_at:
            return POLL
        return AFTERWARDS if not changes and self.clock.seconds() >= self._verification.at else None

    def _follow(self, changes: Changes, why: str | None) -> None:
        """Read what changed."""
        if why and why not in (POLL, AFTERWARDS):
            self.say("rescan", why=why)
        seen, took = self._read(() if why else changes.paths)
        if seen:
            self._schedule.changed(self.clock.seconds(), len(seen.external))
            if why == POLL and not changes and seen.external:
                # Notifications missed the change.
                self.source.begin()
                self.say("unnoticed", notes=len(seen.external))
            self._publish(last_change=self._at())
            self.say("changed", notes=len(seen.external), took=round(took, 3))
        elif len(seen.own_writes) > MANY_OF_OURS:
            self._schedule.again(self.clock.seconds())

    def _read(self, hinted: Collection[str] = ()) -> tuple[ScanResult, float]:
        """Read changes from disk, only the `hinted` paths if possible; return the result and the seconds it took."""
        begin = self.clock.seconds()
        with self.signals.interruptible():
            seen = self.live.scan(hinted)
        end = self.clock.seconds()
        if seen.complete:
            self._took = end - begin
            self.source.pace(self._took)
            self._scan_at = end + max(SCAN, self._took / SCAN_SHARE)
            self._verification.done()
        else:
            self._verification.followed(end, self._took)
        return seen, end - begin

    def _reload(self) -> None:
        """Read the options again; if they are wrong, the last valid ones stay in use."""
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
            self._schedule.quiet = self.live.quiet
        self._publish(error=self._mistake)
        self._schedule.again(self.clock.seconds())
        self.notifier.ready()

    def _write_round(self) -> None:
        """Compute, write and draw."""
        self._schedule.done()
        begin = self.clock.seconds()
        with self.signals.interruptible():
            outcome = self.live.compute(self._day)
        # A command need not wait until the notes are written.
        self.answering.answer()
        for name in self.live.failing:
            self.say("plugin failed", plugin=name, suspended=name in self.live.plugin_backoff.suspended() or None)
        for name, notice in self.live.notices():
            self.say("notice", plugin=name, text=notice.text)
        blocked = self._write_backoff.blocked(self.clock.seconds())
        contested = next_allowed(blocked, [edit.path for edit in outcome.edits]) if blocked else None
        try:
            result = self.live.write(outcome, self.clock.now(), self.signals.stop, blocked)
        except PeopleVanished as error:
            self._report("refused", error=error)
        except JournalBusy:
            self._schedule.again(self.clock.seconds() + BUSY)
        except NetNotesError as error:
            self._report("failed", again=True, error=error)
        else:
            self._record_result(result, round(self.clock.seconds() - begin, 3), contested)
            self.live.keep_exports(outcome, self.say)
        self._draw(outcome.network.today)
        self._publish(
            notes=len(self.live.vault.notes),
            people=len(outcome.network.people),
            problems=len(outcome.problems),
            failing=self.live.failing,
            paused=self.live.plugin_backoff.suspended(),
        )

    def _record_result(self, result: WriteResult, took: float, contested: float | None) -> None:
        """Record the result of a round of writing; `contested` is when backed-off notes may be written again."""
        now = self.clock.seconds()
        self._write_backoff.record(result.written, now)
        if result.written:
            self.say("written", notes=len(result.written), took=took)
            self._publish(last_write=self._at(), writes=self.status.writes + len(result.written))
        for problem in result.problems:
            self.say("not written", path=problem.path, problem=problem.message)
        if result.waiting:
            self._schedule.again(now + result.wait)
        if result.problems or result.stale:
            self._try_again(FAILED if result.problems else STALE)
        else:
            self._failures = 0
        error = "notes could not be written" if result.problems else self._mistake
        if contested is not None:
            self._schedule.again(contested)
            error = error or "another program keeps reverting notes"
            self.say("contested", seconds=round(contested - now))
        self._publish(waiting=len(result.waiting), error=error)
        if result.stale:
            # Such a change may come without a notification.
            self._follow(Changes(frozenset(result.stale)), None)

    def _draw(self, today: dt.date) -> None:
        if self.page_updater is None or self.live.outcome is None:
            return
        try:
            with self.signals.interruptible():
                if self.page_updater.update(self.live.space, self.live.outcome, self.live.vault, self.say):
                    self.say("drawn", today=today)
        except NetNotesError as error:
            self._report("not drawn", error=error)

    def _report(self, event: str, *, again: bool = False, **facts: object) -> None:
        """Report a failure. It is retried with the next change, or also after a while if `again`."""
        self.say(event, **facts)
        self._publish(error=" ".join([event, *map(str, facts.values())]))
        if again:
            self._try_again()

    def _try_again(self, pause: float = FAILED) -> None:
        """Schedule a retry after a failure; repeated failures are retried less and less often."""
        self._schedule.again(self.clock.seconds() + min(pause * 2**self._failures, FAILED_LONG))
        self._failures = min(self._failures + 1, 20)

    def _publish(self, **facts: object) -> None:
        changed = replace(self.status, means=self.source.means, **facts)  # type: ignore[arg-type]  # fields of Status
        if changed != self.status:
            self.status = changed
            self.save_status(changed)

    def _today(self) -> dt.date:
        return self.as_of or self.clock.now().date()

    def _wall_seconds(self) -> float:
        return self.clock.now().timestamp()

    def _at(self) -> str:
        return self.clock.now().isoformat(timespec="seconds")
