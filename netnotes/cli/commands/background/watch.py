"""`netnotes watch`: sync again after every change."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netnotes.cli import output
from netnotes.cli.journal import journal_of
from netnotes.cli.options import vault_argument, workspace
from netnotes.cli.session import Session

if TYPE_CHECKING:  # they load watchdog
    from netnotes.daemon.answers.client import ShowPage
    from netnotes.daemon.watched_vault import WatchedVault

PATIENCE = 0.5
"""Longest wait for another writing process before going on, in seconds."""


@click.command("watch")
@vault_argument
@click.option("--yes", is_flag=True, help="Start even if the vault was never synced.")
@click.option(
    "--map", "drawing", type=click.Path(dir_okay=False), metavar="FILE", help="Keep a map up to date in FILE."
)
@click.option("--today", "today_page", metavar="FILE", help="Keep today's list up to date in this note of the vault.")
@click.option("--poll", is_flag=True, help="Scan every few seconds instead of relying on file-system notifications.")
@click.option(
    "--as-of",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Compute everything as of this day. Default: the current date.",
)
@click.pass_context
def command(
    ctx: click.Context,
    vault: str | None,
    yes: bool,
    drawing: str | None,
    today_page: str | None,
    poll: bool,
    as_of: dt.datetime | None,
) -> None:
    """Sync after every change, until Ctrl-C.

    It waits until you stop typing, and writes into no note edited in the last 20 seconds (`write_delay`). `netnotes
    service install` runs it in the background.

    \b
    Example:
      netnotes watch ~/Notes
      netnotes watch ~/Notes --map ~/map.html
      netnotes watch ~/Notes --today Today.md
    """
    # Watchdog is not needed for --help.
    from netnotes.daemon.run import WatchOptions, watch_vault

    # If a link changes its target later, that is another vault with its own journal and its own consent.
    root = workspace(vault).root.resolve()
    place = Path(drawing).absolute() if drawing else None
    options = WatchOptions(yes, place, poll, as_of.date() if as_of else None, _page(root, today_page))
    session = ctx.find_object(Session)
    with journal_of(root, PATIENCE) as journal:
        ended = watch_vault(
            lambda: workspace(str(root)),
            *(journal, options, os.environ, lambda line: output.echo(line, err=True)),
            answer if session and session.is_usual else None,
        )
    ctx.exit(130 if ended == signal.SIGINT else 0)


def answer(live: WatchedVault, args: list[str], show_page: ShowPage) -> int:
    """Run the command line `args` of another process with what this one remembers. May raise Declined."""
    from netnotes.cli import run_command  # it imports this module

    return run_command(args, Session(open_vault=live.workspace_for_answer, show_page=show_page))


def _page(root: Path, named: str | None) -> str | None:
    """Return the path of the page in the vault; a path outside it is an error."""
    if named is None:
        return None
    place = (root / Path(named).expanduser()).resolve()
    if not place.is_relative_to(root) or place.suffix != ".md":
        raise click.BadParameter(f"`{named}` is not a note of the vault, such as Today.md", param_hint="--today")
    return place.relative_to(root).as_posix()
