"""`netnotes round`: today's people, one at a time; `--write` puts them into the daily note as tasks to tick."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys

import click

from netnotes.app.daily_round import plan_round, today_rows
from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook, open_logbook
from netnotes.cli import output
from netnotes.cli.commands.capture.options import dry_run_option
from netnotes.cli.journal import journal_of, now, say_undo
from netnotes.cli.numbered_list import remember
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.screen import is_terminal
from netnotes.errors import PackageMissing
from netnotes.plugin.facts import Row
from netnotes.printable import one_line
from netnotes.scoring.reports import person_of
from netnotes.text.round_marks import unmarked
from netnotes.writing.apply import WriteContext


@click.command("round")
@vault_argument
@as_of_option
@json_option
@dry_run_option
@click.option("--write", "write_block", is_flag=True, help="Write the list into today's daily note, as tasks to tick.")
@click.option("--plain", is_flag=True, help="Print the list instead of opening the full screen.")
@click.pass_context
def command(  # one for each option
    ctx: click.Context, vault: str | None, today: dt.date, as_json: bool, dry_run: bool, write_block: bool, plain: bool
) -> None:
    r"""Go through the people that `netnotes today` suggests.

    On a terminal, with the package textual, it shows one person at a time, with keys to log, put off or
    tick off. With --write the list goes into today's daily note as tasks: ticking one logs it, from your phone too. The
    next round removes tasks that you left unticked.

    \b
    Example:
      netnotes round ~/Notes
      netnotes round ~/Notes --write
    """
    logbook = open_logbook(workspace(vault), today, now())
    if write_block:
        ctx.exit(_write(logbook, as_json=as_json, dry_run=dry_run))
    rows = today_rows(logbook.space, logbook.vault, logbook.outcome)
    if as_json:
        output.print_json(
            [{"who": _who(row), "path": _path(row), "kind": row.cells.get("kind"), "why": row.because} for row in rows]
        )
        return
    if not plain and is_terminal() and sys.stdout.isatty():
        if importlib.util.find_spec("textual") is not None:
            from netnotes.cli.round_screen import RoundApp  # an extra

            RoundApp(logbook).run()
            return
        output.advise(f"For the full screen: {PackageMissing('textual').hint}", err=True)
    if not rows:
        output.echo("Nothing to do today.")
    for number, row in enumerate(rows, 1):
        output.advise(one_line(row.sentence), first=f"{number}. ")
    remember(logbook.space.root, "today", {}, rows)


def _who(row: Row) -> str | None:
    person = person_of(row)
    return person.name if person else None


def _path(row: Row) -> str | None:
    person = person_of(row)
    return person.path if person else None


def _write(logbook: Logbook, *, as_json: bool, dry_run: bool) -> int:
    planned = plan_round(logbook)
    output.print_problems(planned.remarks)
    if planned.drafts and not dry_run:
        with journal_of(logbook.space.root) as journal:
            result = logbook.write(planned.drafts, WriteContext(logbook.space.root, journal, now(), command="round"))
        output.print_problems(result.problems)
        if result.stale:
            raise NotLogged(f"{result.stale[0]}: changed while it was read", "try again")
        if result.problems:
            return 1
    if as_json:
        output.print_json({"path": planned.path, "lines": [unmarked(line) for line in planned.lines]})
        return 0
    if not planned.lines:
        output.echo("Nothing to do today.")
    for line in planned.lines:
        output.echo(one_line(unmarked(line)))
    if planned.lines:
        verb = "would be in" if dry_run else "in"
        output.say(f"{verb} {planned.path}: tick one to log it", err=True)
        if planned.drafts and not dry_run:
            say_undo()
    return 0
