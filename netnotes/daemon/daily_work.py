"""What the daemon does once a day besides the fields: the lines of a round, `Today.md`, a notification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from netnotes.app.daily_round import plan_round
from netnotes.app.generated_notes import page_draft, today_body
from netnotes.app.logbook import open_logbook
from netnotes.app.notify import notify
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.errors import NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem
from netnotes.outcome import Outcome
from netnotes.plugin_host.consent import Trust
from netnotes.storage.whole_file import replace
from netnotes.writing.apply import WriteContext, write
from netnotes.writing.draft import Draft

NOTIFIED = "notified"
"""File in the vault's data folder with the day of the last notification."""

LogEntry = tuple[str, dict[str, object]]
"""An event for the log, and its facts."""


@dataclass(slots=True)
class DailyWork:
    """The daily work of one vault."""

    folder: Path
    """The vault's data folder."""
    trust: Trust
    page: str | None = None
    """Where to keep `Today.md`, relative to the vault."""
    _round: dt.date | None = None
    """The day of the last round."""
    _notified: dt.date | None = None
    _drawn: Outcome | None = None

    def __call__(self, live: WatchedVault, now: dt.datetime, today: dt.date) -> Iterator[LogEntry]:
        """Do what is due; yield what was done or failed."""
        if live.outcome is None or live.journal is None:
            return
        for act in (self._keep_page, self._write_round, self._notify):
            try:
                yield from act(live, now, today)
            except NetNotesError as error:
                yield "failed", {"error": error}

    def _keep_page(self, live: WatchedVault, now: dt.datetime, today: dt.date) -> Iterator[LogEntry]:
        del today
        if self.page is None or live.outcome is None or self._drawn is live.outcome:
            return
        self._drawn = live.outcome
        draft = page_draft(
            live.space.root, self.page, today_body(live.space, live.vault, live.outcome), live.vault.templates
        )
        if isinstance(draft, Problem):
            yield "not written", {"path": self.page, "problem": draft.message}
        elif draft is not None:
            yield from self._written(live, now, (draft,), "today", 0.0)

    def _write_round(self, live: WatchedVault, now: dt.datetime, today: dt.date) -> Iterator[LogEntry]:
        if not live.space.config.capture.round or self._round == today:
            return
        planned = plan_round(open_logbook(live.space, today, now))
        for event, facts in self._written(live, now, planned.drafts, "round", live.space.config.write_delay):
            yield event, facts
            if event == "waiting":
                return
        self._round = today

    def _written(
        self, live: WatchedVault, now: dt.datetime, drafts: tuple[Draft, ...], command: str, delay: float
    ) -> Iterator[LogEntry]:
        if not drafts or live.journal is None:
            return
        context = WriteContext(live.space.root, live.journal, now, command, delay)
        result = write(drafts, context)
        for problem in result.problems:
            yield "not written", {"path": problem.path, "problem": problem.message}
        if result.waiting or result.stale:
            yield "waiting", {"notes": len(result.waiting) + len(result.stale)}
        if result.written:
            yield command, {"notes": len(result.written)}

    def _notify(self, live: WatchedVault, now: dt.datetime, today: dt.date) -> Iterator[LogEntry]:
        options = live.space.config.notify
        if not options.command or self._notified == today or f"{now:%H:%M}" < options.at or live.outcome is None:
            return
        if self._notified is None and self._last() == today.isoformat():
            self._notified = today
            return
        self._notified = today
        lines = notify(live.space, live.vault, live.outcome, self.trust)
        replace(self.folder / NOTIFIED, today.isoformat())
        yield "notified", {"lines": lines}

    def _last(self) -> str:
        try:
            return (self.folder / NOTIFIED).read_text(encoding="utf-8")
        except OSError:
            return ""
