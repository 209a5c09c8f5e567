"""`netnotes accept`: hand a field that the user edited back to NetNotes."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.cli import output
from netnotes.cli.journal import journal_of, now, print_result
from netnotes.cli.options import as_of_option, vault_argument, workspace
from netnotes.errors import NetNotesError
from netnotes.planning.plan import accept
from netnotes.writing.apply import WriteContext, apply


class NotAPerson(NetNotesError):
    """A note that was named, but is not a person's."""

    hint = "give its path in the vault, such as People/Ada.md; if it is a person's note, add `type: person` to it"

    def __init__(self, note: str) -> None:
        super().__init__(f"{note}: not a person's note")


@click.command("accept")
@vault_argument
@click.option("--note", "notes", multiple=True, metavar="NOTE", help="A note; can be repeated.")
@click.option("--all", "everyone", is_flag=True, help="All people's notes.")
@as_of_option
@click.pass_context
def command(ctx: click.Context, vault: str | None, notes: tuple[str, ...], everyone: bool, today: dt.date) -> None:
    """Hand fields that you edited back to NetNotes; the next sync writes its own values.

    \b
    Example:
      netnotes accept ~/Notes --note "People/Ada.md"
      netnotes accept ~/Notes --all
    """
    if not notes and not everyone:
        raise click.UsageError("give notes with --note, or use --all")
    space = workspace(vault, notes[0] if notes else None)
    read, outcome = space.run(today)
    people = {person.path for person in outcome.network.people if person.path}
    named = {space.vault_path(note): note for note in notes}
    if unknown := sorted(named.keys() - people):
        raise NotAPerson(named[unknown[0]])
    edits, doubts = accept(read, outcome.scores, space.config, people if everyone else named.keys())
    with journal_of(space.root) as journal:
        result = apply(edits, WriteContext(space.root, journal, now(), command="accept"), read.templates)
    output.print_problems(doubts)
    ctx.exit(print_result(result, "accepted", "To write NetNotes's values: `netnotes sync`"))
