"""`netnotes check`: what could not be read or is doubtful."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.cli import output
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace


@click.command("check")
@vault_argument
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, vault: str | None, today: dt.date, as_json: bool) -> None:
    """Say what could not be read or is doubtful, as `path:line: message` with a hint. Exits 1 if anything is.

    \b
    Example:
      netnotes check ~/Notes
    """
    _, outcome = workspace(vault).run(today)
    if as_json:
        keys = ("path", "line", "message", "hint", "plugin")
        output.print_json([{key: getattr(problem, key) for key in keys} for problem in outcome.problems])
    else:
        output.print_problems(outcome.problems, err=False)
        count = len(outcome.problems)
        output.echo(f"{count or 'no'} problem{'s' * (count != 1)}", err=True)
    ctx.exit(1 if outcome.problems else 0)
