"""`netnotes undo`: undo what was written."""

from __future__ import annotations

import click

from netnotes.cli import output
from netnotes.cli.journal import failures, journal_of, now, print_result
from netnotes.cli.number_option import Number
from netnotes.cli.options import json_option, vault_argument, workspace
from netnotes.model import Problem
from netnotes.writing.apply import WriteContext
from netnotes.writing.undo import UNDO, select_entries, undo


@click.command("undo")
@vault_argument
@click.option("--run", type=Number(1), metavar="ID", help="The run to undo. Default: the last one.")
@click.option("--note", metavar="NOTE", help="Undo only the last write to this note.")
@click.option("--list", "listed", is_flag=True, help="List the runs in the journal.")
@click.option("--yes", is_flag=True, help="Has no effect: undo never asks.")
@json_option
@click.pass_context
def command(  # one for each option
    ctx: click.Context, vault: str | None, run: int | None, note: str | None, listed: bool, yes: bool, as_json: bool
) -> None:
    """Undo what NetNotes wrote.

    A note that has not changed since is restored byte for byte; in other notes, only NetNotes's lines are.

    \b
    Example:
      netnotes undo ~/Notes
      netnotes undo ~/Notes --list
      netnotes undo ~/Notes --note "People/Ada.md"
    """
    del yes
    from netnotes.cli.layout import Column  # start-up imports nothing it does not need

    if note is not None and not note.strip():
        raise click.BadParameter("name a note, such as People/Ada.md", param_hint="--note")
    space = workspace(vault, note)
    with journal_of(space.root) as journal:
        if listed:
            found = journal.runs()
            runs = [
                {"id": r.id, "at": r.at.isoformat(timespec="seconds"), "command": r.command, "notes": r.notes}
                for r in found
            ]
            if as_json:
                output.print_json(runs)
            elif not found:
                output.echo("Nothing to undo.", err=True)
            else:
                output.print_table(
                    [(str(r.id), f"{r.at:%Y-%m-%d %H:%M}", r.command, str(r.notes)) for r in found],
                    (Column("run", right=True), "time", "command", Column("notes", right=True)),
                )
            return
        path = space.vault_path(note) if note else None
        result = undo(select_entries(journal, run, path), WriteContext(space.root, journal, now(), command=UNDO))
        damaged = sorted(journal.damaged)
    unreadable = [
        Problem("cannot be undone: its entry in the journal is damaged", path=path, hint="`netnotes clean` still works")
        for path in damaged
    ]
    failed = bool(failures(result) or unreadable or result.stale)
    if as_json:
        told = [*result.problems, *unreadable, *(Problem("changed meanwhile", path=path) for path in result.stale)]
        problems = [{"path": one.path, "message": one.message, "hint": one.hint} for one in told]
        output.print_json({"restored": sorted(result.written), "problems": problems})
        ctx.exit(int(failed))
    output.print_problems(unreadable)
    print_result(result, "restored", after="")
    if failed and not result.written and run is None:
        output.advise("To undo an older run: `netnotes undo --list`", err=True)
    ctx.exit(int(failed))
