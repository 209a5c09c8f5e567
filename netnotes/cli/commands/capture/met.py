"""`netnotes met NAME`: the shortest log."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app.logbook import open_logbook
from netnotes.cli.commands.capture.log import dry_run_option, log, yes_option
from netnotes.cli.journal import now
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace


@click.command("met")
@click.argument("name")
@vault_argument
@as_of_option
@json_option
@dry_run_option
@yes_option
@click.pass_context
def command(  # one for each option
    ctx: click.Context, name: str, vault: str | None, today: dt.date, as_json: bool, dry_run: bool, yes: bool
) -> None:
    r"""Note that you met someone: the shortest log.

    Whatever `netnotes log` reads may follow the name.

    \b
    Example:
      netnotes met Ada ~/Notes
      netnotes met "Ada and Bo yesterday 2h" ~/Notes
    """
    logbook = open_logbook(workspace(vault), today, now())
    ctx.exit(log(logbook, logbook.understand(f"met {name}"), as_json=as_json, dry_run=dry_run, yes=yes))
