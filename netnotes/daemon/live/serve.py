"""Show a vault's map as it changes: the loop that `watch` runs too, without a journal, and a page that is served.

Writes nothing and holds no lock, so that it works beside `netnotes watch`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from os import getpid

from netnotes.app.workspace import Workspace
from netnotes.daemon.clock import SystemClock
from netnotes.daemon.live.redraw import PageUpdater
from netnotes.daemon.live.server import Server
from netnotes.daemon.log import Log
from netnotes.daemon.loop import Loop
from netnotes.daemon.sd_notify import Notifier
from netnotes.daemon.signals import Ended, Signals
from netnotes.daemon.status import Status
from netnotes.daemon.watch.hint_queue import HintQueue
from netnotes.daemon.watch.watcher import Watcher
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.map.page.payload import DRAWN
from netnotes.map.page.render import PageOptions
from netnotes.plugin_host.consent import folder as trust_folder


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What may be asked of a live map."""

    port: int = 0
    """0 for any that is free."""
    evidence: bool = True
    """Whether encounters are named."""
    most: int | None = DRAWN
    """How many people are drawn at first, or notes at all; None for everybody."""
    as_of: dt.date | None = None
    """The day to look from; None for today's, as it turns."""


def show(
    opened: Callable[[], Workspace],
    wishes: ServeOptions,
    environ: Mapping[str, str],
    ready: Callable[[str], None],
    echo: Callable[[str], None],
) -> int | None:
    """Serve the map of the vault that `opened()` opens until a signal ends it; return that signal.

    `ready` is given the page's address as soon as that answers, `echo` each line of what happens. Raises PortRefused,
    BadConfig.
    """
    clock = SystemClock()
    inbox = HintQueue()
    signals = Signals(inbox.wake)
    server = Server(wishes.port)
    drawing = PageUpdater(server.news.put, evidence=wishes.evidence, manner=PageOptions(live=True, most=wishes.most))
    try:
        with signals.handled():
            with signals.interruptible():
                live = WatchedVault(opened, None, trust_folder(environ.get("NETNOTES_DATA")))
                # Before there are other threads, several processes can read a vault that nobody has read yet.
                live.look()
                outcome = live.compute(wishes.as_of or clock.now().date())
                drawing.update(live.space, outcome, live.vault)
                server.begin()
                ready(server.address)
            _loop(live, drawing, inbox, clock, signals, wishes, Log(None, clock.now, echo)).run()
    except Ended:
        pass
    finally:
        server.end()
    return signals.ended


def _loop(
    live: WatchedVault,
    drawing: PageUpdater,
    inbox: HintQueue,
    clock: SystemClock,
    signals: Signals,
    wishes: ServeOptions,
    log: Log,
) -> Loop:
    root = live.space.root
    return Loop(
        live,
        Watcher(root, inbox, clock.seconds, log),
        clock,
        log,
        signals,
        Notifier({}),
        lambda _: None,
        Status(str(root), getpid(), clock.now().isoformat(timespec="seconds")),
        drawing,
        wishes.as_of,
    )
