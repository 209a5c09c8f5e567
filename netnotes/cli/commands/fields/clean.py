"""`netnotes clean`: remove all NetNotes fields from a vault."""

from __future__ import annotations

import click

from netnotes.cli import output
from netnotes.cli.journal import journal_of, now, print_result
from netnotes.cli.options import vault_argument, workspace
from netnotes.cli.screen import confirm
from netnotes.model import Problem
from netnotes.writing.apply import WriteContext, write
from netnotes.writing.clean import clean_drafts
from netnotes.writing.draft import Draft


@click.command("clean")
@vault_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(ctx: click.Context, vault: str | None, yes: bool) -> None:
    """Remove every field that NetNotes owns; the notes are then as they were before the first sync.

    \b
    Example:
      netnotes clean ~/Notes
    """
    space = workspace(vault)
    with journal_of(space.root) as journal:
        found = list(clean_drafts(space.root, space.read(), journal))
        drafts = [item for item in found if isinstance(item, Draft)]
        if drafts and not journal.runs():
            output.say(
                "This machine has no journal for this vault: values that `accept` replaced cannot be restored.",
                err=True,
            )
        if drafts:
            count = f"{len(drafts)} note{'s' * (len(drafts) != 1)}"
            confirm(f"Remove all NetNotes fields from {count}?", yes=yes, instead="to confirm: `netnotes clean --yes`")
        context = WriteContext(space.root, journal, now(), command="clean")
        result = write(drafts, context, [item for item in found if isinstance(item, Problem)])
    ctx.exit(print_result(result, "cleaned"))
