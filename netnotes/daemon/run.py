"""Begin to watch: lock, log, signals and the loop, put together. The one place of the daemon that knows them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from os import getpid
from pathlib import Path

from netnotes.app.workspace import Workspace
from netnotes.daemon import status as statuses
from netnotes.daemon.clock import SystemClock
from netnotes.daemon.live.redraw import kept_in
from netnotes.daemon.lock import held
from netnotes.daemon.log import Log
from netnotes.daemon.loop import Loop
from netnotes.daemon.morning import Morning
from netnotes.daemon.sd_notify import Notifier
from netnotes.daemon.signals import Ended, Signals
from netnotes.daemon.status import Status
from netnotes.daemon.watch.hint_queue import HintQueue
from netnotes.daemon.watch.watcher import Watcher
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.errors import NetNotesError
from netnotes.plugin_host.consent import Trust
from netnotes.plugin_host.consent import folder as trust_folder
from netnotes.writing.journal import Journal
from netnotes.writing.sync import is_new


class NeverSynced(NetNotesError):
    """Nothing was ever written into this vault."""

    def __init__(self, root: str) -> None:
        super().__init__(f"{root}: nothing was ever written here, so nothing is written unasked")
        self.hint = "run `netnotes sync` and look at what it is going to do, or `netnotes watch --yes`"


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """What may be asked of a daemon."""

    unasked: bool = False
    """Write also where nothing was ever written."""
    drawing: Path | None = None
    """Where to keep the map."""
    poll: bool = False
    """Look every few seconds, whatever the system can tell."""
    as_of: dt.date | None = None
    """The day to look from; None for today's."""
    today: str | None = None
    """Where in the vault to keep `Today.md`."""


def begin(
    opened: Callable[[], Workspace],
    journal: Journal,
    wishes: WatchOptions,
    environ: Mapping[str, str],
    echo: Callable[[str], None],
) -> int | None:
    """Watch the vault that `opened()` opens until a signal ends it; return that signal.

    `echo` is given each line of the log. Raises AlreadyWatched, NeverSynced, BadConfig, Unwritable.
    """
    clock = SystemClock()
    inbox = HintQueue()
    signals = Signals(inbox.wake)
    with held(journal.place, clock.now()), signals.handled():
        log = Log(journal.place, clock.now, echo)
        try:
            live = WatchedVault(opened, journal, trust_folder(environ.get("NETNOTES_DATA")))
            with signals.interruptible():
                # Before there are other threads, several processes can read a vault that nobody has read yet.
                live.look()
            if is_new(live.vault, journal) and not wishes.unasked:
                raise NeverSynced(str(live.space.root))
            _loop(live, journal.place, inbox, clock, log, signals, wishes, environ).run()
        except Ended:
            pass
        finally:
            log.close()
    return signals.ended


def _loop(
    live: WatchedVault,
    folder: Path,
    inbox: HintQueue,
    clock: SystemClock,
    log: Log,
    signals: Signals,
    wishes: WatchOptions,
    environ: Mapping[str, str],
) -> Loop:
    root = live.space.root
    status = Status(
        vault=str(root.resolve()),
        pid=getpid(),
        since=clock.now().isoformat(timespec="seconds"),
        version=metadata.version("netnotes"),
        notes=len(live.vault.notes),
        map=str(wishes.drawing) if wishes.drawing else None,
    )
    return Loop(
        live,
        Watcher(root, inbox, clock.seconds, log, poll=wishes.poll),
        clock,
        log,
        signals,
        Notifier(environ),
        lambda news: statuses.save(news, folder),
        status,
        kept_in(wishes.drawing) if wishes.drawing else None,
        wishes.as_of,
        Morning(folder, Trust(trust_folder(environ.get("NETNOTES_DATA"))), wishes.today),
    )
