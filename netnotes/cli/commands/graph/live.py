"""`netnotes graph --live`: the map at an address of this machine, current until Ctrl-C."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Callable

import click

from netnotes.cli.options import workspace
from netnotes.daemon.live.serve import Wishes, show


def serve(
    vault: str | None,
    port: int,
    as_of: dt.date | None,
    browse: Callable[[str], object] | None,
    *,
    evidence: bool,
    most: int | None,
) -> int:
    """Serve the map until a signal ends it; return the exit code.

    Its address is printed, and given to `browse`, as soon as it answers.
    """
    root = str(workspace(vault).root)

    def ready(address: str) -> None:
        # It is flushed at once: whoever reads it through a pipe waits for it.
        click.echo(address)
        if browse:
            browse(address)

    wishes = Wishes(port, evidence, most, as_of=as_of)
    ended = show(lambda: workspace(root), wishes, os.environ, ready, lambda line: click.echo(line, err=True))
    return 130 if ended == signal.SIGINT else 0
