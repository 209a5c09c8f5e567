"""`netnotes sync`: write the fields into person notes, or show what would be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from netnotes.app.workspace import Workspace
from netnotes.cli import output
from netnotes.cli.journal import journal_of, now, print_result
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.pager import paged
from netnotes.cli.screen import confirm
from netnotes.model import Edit, Problem, Vault
from netnotes.outcome import Outcome
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext, WriteResult
from netnotes.writing.draft import diff
from netnotes.writing.sync import is_new, sync

UP_TO_DATE = "Everything is up to date."
ELSE_UP_TO_DATE = "Everything else is up to date."
NO_PEOPLE = "No people found in these notes, so nothing is written. To see what is read: `netnotes setup`"
ROUNDS = 3
"""How often a note that changed meanwhile is read again."""


@click.command("sync")
@vault_argument
@as_of_option
@json_option
@click.option("--dry-run", is_flag=True, help="Print what would change as a unified diff; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask, even the first time in a vault.")
@click.option("--people-gone", is_flag=True, help="Sync although many people are gone: they were removed on purpose.")
@click.pass_context
def command(
    ctx: click.Context,
    vault: str | None,
    today: dt.date,
    as_json: bool,
    dry_run: bool,
    yes: bool,
    people_gone: bool,
) -> None:
    """Write depth, tie, warmth, last contact and follow-up into the front matter of people's notes.

    Only NetNotes's own lines change. The first time in a vault, you see the plan and are asked. `netnotes undo` reverts
    it.

    \b
    Example:
      netnotes sync ~/Notes --dry-run
      netnotes sync ~/Notes
    """
    space = workspace(vault)
    read, outcome = space.run(today)
    if dry_run:
        _show(space, read, outcome, as_json=as_json)
        return
    with journal_of(space.root) as journal:
        if is_new(read, journal) and any(edit.changes and not edit.refused for edit in outcome.edits):
            output.echo(_plan(outcome.edits), err=True)
            confirm(
                "Write them?",
                yes=yes,
                instead="check `netnotes sync --dry-run`, then run `netnotes sync --yes`",
            )
        result = _written(
            space, today, (read, outcome), WriteContext(space.root, journal, now(), people_gone=people_gone)
        )
    if as_json:
        output.print_json([_record(edit) for edit in outcome.edits])
        output.print_problems(result.problems)
        ctx.exit(1 if result.problems else 0)
    refused = _refusals(outcome.edits)
    _print_refused(refused)
    ctx.exit(print_result(result, "written", nothing=ELSE_UP_TO_DATE if refused else _nothing(outcome)))


def _written(space: Workspace, today: dt.date, seen: tuple[Vault, Outcome], context: WriteContext) -> WriteResult:
    """Sync, and read again the notes that changed in between."""
    vault, outcome = seen
    total: dict[str, str] = {}
    for turn in range(ROUNDS):
        if turn:
            vault, outcome = space.run(today)
        result = sync(vault, outcome, space.config, context)
        total |= result.written
        if not result.stale:
            break
    return WriteResult(result.run, total, stale=result.stale, problems=result.problems)


def _show(space: Workspace, vault: Vault, outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        output.print_json([_record(edit) for edit in outcome.edits])
        return
    seen = list(diff(space.root, outcome.edits, vault.templates))
    with paged():
        for line in seen:
            if isinstance(line, str):
                output.echo(line, nl=False)
    refused = [*_refusals(outcome.edits), *(each for each in seen if isinstance(each, Problem))]
    _print_refused(refused)
    if not seen and not refused:
        output.advise(_nothing(outcome), err=True)


def _nothing(outcome: Outcome) -> str:
    """Return why there is nothing to write."""
    return UP_TO_DATE if outcome.network.people else NO_PEOPLE


def _plan(edits: Sequence[Edit]) -> str:
    """Summarise in a few lines what the first sync will do."""
    meant = [edit for edit in edits if not edit.refused]
    fields = dict.fromkeys(name for edit in meant for name in edit.changes)
    lines = [
        (
            f"NetNotes will add {', '.join(fields)} to {len(meant)} {'people' if len(meant) != 1 else 'person'}'s "
            f"note{'s' * (len(meant) != 1)}. Nothing else changes:"
        )
    ]
    lines += [f"  {one_line(edit.path)}" for edit in meant[:10]]
    return "\n".join([*lines, *([f"  and {len(meant) - 10} more"] if len(meant) > 10 else [])])


def _record(edit: Edit) -> dict[str, object]:
    return {
        "path": edit.path,
        "changes": {name: list(change) for name, change in edit.changes.items()},
        "refused": edit.refused,
    }


def _print_refused(problems: Sequence[Problem]) -> None:
    output.print_problems(problems)
    if problems:
        output.advise("To see what to change: `netnotes check`", err=True)


def _refusals(edits: Sequence[Edit]) -> list[Problem]:
    return [Problem(f"not written: {edit.refused}", path=edit.path) for edit in edits if edit.refused]
