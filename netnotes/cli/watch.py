"""`netnotes watch`: sync again after every change."""

from __future__ import annotations

import signal
from types import FrameType

import click

from netnotes.cli.parameters import vault_argument, workspace
from netnotes.cli.writing import journal_of
from netnotes.errors import NetNotesError


class NeverSynced(NetNotesError):
    """Nothing was ever written into this vault."""

    def __init__(self, root: str) -> None:
        super().__init__(f"{root}: nothing was ever written here, and nobody was asked")
        self.hint = "run `netnotes sync` once and look at what it does, or `netnotes watch --yes`"


@click.command("watch")
@vault_argument
@click.option("--yes", is_flag=True, help="Also in a vault that was never synced.")
@click.pass_context
def command(ctx: click.Context, vault: str | None, yes: bool) -> None:
    """Sync whenever a note changes, until Ctrl-C.

    A note that was edited a moment ago (`write_delay`, 20 seconds) waits.

    \b
    Example:
      netnotes watch ~/Notes
    """
    from netnotes.daemon.clock import SystemClock  # watchdog and all that need not be imported for --help
    from netnotes.daemon.inbox import Inbox
    from netnotes.daemon.live import Live
    from netnotes.daemon.loop import follow
    from netnotes.daemon.observing import observed
    from netnotes.vault.shelf import Shelf
    from netnotes.writing.sync import is_new

    space = workspace(vault)
    inbox = Inbox()
    ended: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        ended.append(number)
        inbox.wake()

    def say(event: str, **facts: object) -> None:
        click.echo(" ".join([event, *(f"{name}={value}" for name, value in facts.items())]), err=True)

    with journal_of(space.root) as journal:
        live = Live(space, Shelf(space.root), journal)
        live.look()
        if is_new(live.vault, journal) and not yes:
            raise NeverSynced(str(space.root))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        with observed(space.root.resolve(), inbox):
            live.look()
            say("watching", vault=str(space.root), notes=len(live.vault.notes))
            follow(live, inbox, SystemClock(), say, lambda: bool(ended))
    ctx.exit(130 if ended == [signal.SIGINT] else 0)
