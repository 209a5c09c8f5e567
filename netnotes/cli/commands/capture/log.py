"""`netnotes log TEXT`: write one line about a contact into the right note."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook, open_logbook
from netnotes.capture.sentence import Understood
from netnotes.cli import output
from netnotes.cli.commands.capture import answer
from netnotes.cli.journal import now
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.errors import ConfirmationNeeded
from netnotes.extract import find_person
from netnotes.model import Person

dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
yes_option = click.option("--yes", is_flag=True, help="Do not ask; what is ambiguous is refused.")


@click.command("log")
@click.argument("text")
@vault_argument
@as_of_option
@json_option
@dry_run_option
@yes_option
@click.option("--on", metavar="NAME", help="Write it into this person's note instead of the daily note.")
@click.pass_context
def command(  # one for each option
    ctx: click.Context,
    text: str,
    vault: str | None,
    today: dt.date,
    as_json: bool,
    dry_run: bool,
    yes: bool,
    on: str | None,
) -> None:
    r"""Write down a contact in one sentence, and see what it changes.

    TEXT says who, when, how long and how: in any of the languages that NetNotes reads. It becomes one line of the
    daily note of that day. A promise in the same sentence becomes a task. What is ambiguous is asked.

    \b
    Example:
      netnotes log "coffee with Ada 45m yesterday, she started it" ~/Notes
      netnotes log "called Bo, promised to send him the plan by Friday" ~/Notes
    """
    logbook = open_logbook(workspace(vault), today, now())
    owner = find_person.person(logbook.outcome.network.people, on) if on else None
    found = logbook.understand(text, owner)
    ctx.exit(log(logbook, found, owner, as_json=as_json, dry_run=dry_run, yes=yes))


def log(
    logbook: Logbook,
    found: Understood,
    owner: Person | None = None,
    *,
    as_json: bool = False,
    dry_run: bool = False,
    yes: bool = False,
) -> int:
    """Log what was understood, or report why not; return the exit code. With `as_json` refusals are JSON too."""
    try:
        answer.refuse(found)
        found = answer.answered(found, logbook, yes=yes or as_json)
        planned = logbook.plan(found, owner) if dry_run else answer.write_line(logbook, found, owner)[0]
    except (NotLogged, ConfirmationNeeded) as error:
        if not as_json:
            raise
        output.print_json(answer.record(found, refused=str(error)))
        return 1
    output.print_problems(planned.remarks)
    if as_json:
        output.print_json(answer.record(planned.found, planned))
        return 0
    output.echo(answer.say_logged(planned, logbook.today, dry=dry_run))
    for name in found.unknown:
        output.echo(f"{name} has no note yet", err=True)
    if dry_run:
        output.echo(f"{planned.draft.path}:{planned.number}")
        output.echo("".join(f"  {line}\n" for line in planned.text.strip("\n").split("\n")), nl=False)
    return 0
