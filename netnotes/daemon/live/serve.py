"""Serve a vault's map as it changes: the loop of `watch`, without a journal, and with a page server.

Writes nothing and holds no lock, so it works beside `netnotes watch`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from os import getpid

from netnotes.app.workspace import Workspace
from netnotes.daemon.answering import Answering
from netnotes.daemon.clock import SystemClock
from netnotes.daemon.live.redraw import PageUpdater
from netnotes.daemon.live.server import Server
from netnotes.daemon.log import Log
from netnotes.daemon.loop import Loop
from netnotes.daemon.signals import Ended, Notifier, Signals
from netnotes.daemon.status import Status
from netnotes.daemon.watch.hint_queue import HintQueue
from netnotes.daemon.watch.watcher import Watcher
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.lazy_dataclass import dataclass
from netnotes.map.page.payload import DRAWN
from netnotes.map.page.render import PageOptions
from netnotes.plugin_host.consent import folder as trust_folder


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Options of a live map."""

    port: int = 0
    """0 for any free port."""
    evidence: bool = True
    """Whether the page shows encounters."""
    most: int | None = DRAWN
    """How many people are drawn at first (or notes, if there are no people); None: all."""
    as_of: dt.date | None = None
    """The fixed date to use; None: the current date."""


def serve_map(
    opened: Callable[[], Workspace],
    options: ServeOptions,
    environ: Mapping[str, str],
    ready: Callable[[str], None],
    echo: Callable[[str], None],
) -> int | None:
    """Serve the map of the vault that `opened()` opens until a signal ends it; return that signal.

    `ready` gets the page's address as soon as it answers, `echo` each line of the log. Raises PortRefused, BadConfig.
    """
    clock = SystemClock()
    log = Log(None, clock.now, echo)
    hints = HintQueue()
    signals = Signals(hints.wake)
    server = Server(options.port)
    drawing = PageUpdater(server.feed.put, evidence=options.evidence, options=PageOptions(live=True, most=options.most))
    try:
        with signals.handled():
            with signals.interruptible():
                live = WatchedVault(opened, None, trust_folder(environ.get("NETNOTES_DATA")))
                # Processes can only be started safely before other threads exist, so the first read happens here.
                live.scan()
                outcome = live.compute(options.as_of or clock.now().date())
                drawing.update(live.space, outcome, live.vault, log)
                server.begin()
                ready(server.address)
            _loop(live, drawing, hints, clock, signals, options, log).run()
    except Ended:
        pass
    finally:
        server.end()
    return signals.ended


def _loop(
    live: WatchedVault,
    drawing: PageUpdater,
    hints: HintQueue,
    clock: SystemClock,
    signals: Signals,
    options: ServeOptions,
    log: Log,
) -> Loop:
    root = live.space.root
    return Loop(
        live,
        Answering(live, clock),
        Watcher(root, hints, clock.seconds, log),
        clock,
        log,
        signals,
        Notifier({}),
        lambda _: None,
        Status(str(root), getpid(), clock.now().isoformat(timespec="seconds")),
        drawing,
        options.as_of,
    )
