"""Start the daemon: connect lock, log, signals and loop."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import metadata
from os import getpid
from pathlib import Path
from typing import NoReturn

from netnotes.app.workspace import Workspace
from netnotes.daemon import status as statuses
from netnotes.daemon.allocation import collect_garbage_often, return_large_blocks
from netnotes.daemon.answering import Answering
from netnotes.daemon.answers.client import ShowPage
from netnotes.daemon.answers.fork import work
from netnotes.daemon.answers.server import Request, Server
from netnotes.daemon.clock import SystemClock
from netnotes.daemon.daily_work import DailyWork
from netnotes.daemon.live.redraw import kept_in
from netnotes.daemon.lock import held
from netnotes.daemon.log import Log
from netnotes.daemon.loop import Loop
from netnotes.daemon.signals import Ended, Notifier, Signals
from netnotes.daemon.status import Status
from netnotes.daemon.watch.hint_queue import HintQueue
from netnotes.daemon.watch.watcher import Watcher
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.errors import NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.plugin_host.consent import Trust
from netnotes.plugin_host.consent import folder as trust_folder
from netnotes.writing.journal import Journal
from netnotes.writing.sync import is_new


class NeverSynced(NetNotesError):
    """The vault has never been synced."""

    def __init__(self, root: str) -> None:
        super().__init__(f"{root}: this vault has not been synced yet")
        self.hint = "run `netnotes sync` first to see what it writes, or `netnotes watch --yes`"


Answer = Callable[[WatchedVault, list[str], ShowPage], int]
"""`answer(live, args, show_page)` runs a command line, in a fork, and returns its exit code. May raise Declined."""


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """Options of the daemon."""

    unsynced: bool = False
    """Write even in a vault that has never been synced."""
    map_file: Path | None = None
    """The file in which a map is kept up to date."""
    poll: bool = False
    """Scan every few seconds; ignore notifications."""
    as_of: dt.date | None = None
    """The fixed date to use; None: the current date."""
    today: str | None = None
    """Note in the vault that holds `Today.md`."""


def watch_vault(
    opened: Callable[[], Workspace],
    journal: Journal,
    options: WatchOptions,
    environ: Mapping[str, str],
    echo: Callable[[str], None],
    answer: Answer | None,
) -> int | None:
    """Watch the vault that `opened()` opens until a signal ends it; return that signal.

    `echo` gets each line of the log. Without `answer` no commands of other processes are answered.
    Raises AlreadyWatched, NeverSynced, BadConfig, Unwritable.
    """
    return_large_blocks()
    collect_garbage_often()
    clock = SystemClock()
    hints = HintQueue()
    signals = Signals(hints.wake)
    with held(journal.place, clock.now()), signals.handled():
        log = Log(journal.place, clock.now, echo)
        try:
            live = WatchedVault(opened, journal, trust_folder(environ.get("NETNOTES_DATA")))
            with signals.interruptible():
                # Processes can only be started safely before other threads exist, so the first read happens here.
                live.scan()
            if is_new(live.vault, journal) and not options.unsynced:
                raise NeverSynced(str(live.space.root))
            loop = _loop(live, journal.place, hints, clock, log, signals, options, environ)
            with taking_requests(loop, answer, journal.place, hints.wake):
                loop.run()
        except Ended:
            pass
        finally:
            log.close()
    return signals.ended


@contextmanager
def taking_requests(loop: Loop, answer: Answer | None, folder: Path, wake: Callable[[], None]) -> Iterator[None]:
    """Answer commands between the turns of a loop while the block runs."""
    if answer is None or sys.platform != "linux":
        yield
        return
    live, server = loop.live, Server(wake)

    def in_fork(request: Request) -> NoReturn:
        work(request, partial(answer, live))

    loop.answering.commands = lambda: server.answer(in_fork if live.outcome else None)
    with server.listening(str(folder)):
        yield


def _loop(
    live: WatchedVault,
    folder: Path,
    hints: HintQueue,
    clock: SystemClock,
    log: Log,
    signals: Signals,
    options: WatchOptions,
    environ: Mapping[str, str],
) -> Loop:
    root = live.space.root
    status = Status(
        vault=str(root.resolve()),
        pid=getpid(),
        since=clock.now().isoformat(timespec="seconds"),
        version=metadata.version("netnotes"),
        notes=len(live.vault.notes),
        map=str(options.map_file) if options.map_file else None,
    )
    return Loop(
        live,
        Answering(live, clock),
        Watcher(root, hints, clock.seconds, log, poll=options.poll),
        clock,
        log,
        signals,
        Notifier(environ),
        lambda status: statuses.save(status, folder),
        status,
        kept_in(options.map_file) if options.map_file else None,
        options.as_of,
        DailyWork(folder, Trust(trust_folder(environ.get("NETNOTES_DATA"))), options.today),
    )
