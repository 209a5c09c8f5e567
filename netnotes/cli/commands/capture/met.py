"""`netnotes met NAME`: the shortest log."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app.logbook import open_logbook
from netnotes.cli import completion
from netnotes.cli.commands.capture.log_sentence import log
from netnotes.cli.commands.capture.options import dry_run_option, words_and_vault, yes_option
from netnotes.cli.journal import now
from netnotes.cli.options import as_of_option, json_option


@click.command("met")
@click.argument("words", nargs=-1, required=True, metavar="NAME [VAULT]", shell_complete=completion.people)
@as_of_option
@json_option
@dry_run_option
@yes_option
@click.pass_context
def command(  # one for each option
    ctx: click.Context, words: tuple[str, ...], today: dt.date, as_json: bool, dry_run: bool, yes: bool
) -> None:
    r"""Log that you met someone: the shortest form of `netnotes log`.

    After the name you can write anything that `netnotes log` reads.

    \b
    Example:
      netnotes met Ada ~/Notes
      netnotes met Ada and Bo yesterday 2h ~/Notes
    """
    text, space = words_and_vault(words, "name")
    logbook = open_logbook(space, today, now())
    ctx.exit(log(logbook, logbook.understand(f"met {text}"), as_json=as_json, dry_run=dry_run, yes=yes))
