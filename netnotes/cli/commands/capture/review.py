"""`netnotes review`: write a note that reviews the week or the month."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app.generated_notes import page_draft, review_body
from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook, open_logbook
from netnotes.capture.notes.review import Period, period
from netnotes.cli import output
from netnotes.cli.commands.capture.options import dry_run_option
from netnotes.cli.journal import journal_of, now, say_undo
from netnotes.cli.options import as_of_option, vault_argument, workspace
from netnotes.config import Capture
from netnotes.model import Problem
from netnotes.writing.apply import WriteContext


def _path(logbook: Logbook, time: Period) -> str:
    """Return the path of a review; in Logseq a page in a namespace, since other folders are not shown there."""
    folder = logbook.space.config.capture.reviews.strip("/")
    if logbook.vault.app == "logseq" and folder == Capture().reviews:
        return f"pages/{folder}___{time.name}.md"
    return f"{folder}/{time.name}.md".lstrip("/")


@click.command("review")
@vault_argument
@as_of_option
@dry_run_option
@click.option("--month", is_flag=True, help="Review the month instead of the week.")
@click.pass_context
def command(ctx: click.Context, vault: str | None, today: dt.date, dry_run: bool, month: bool) -> None:
    r"""Write a note that reviews your week: who got closer, who drifted, promises, and where your time went.

    It goes into the folder `Reviews` (`[capture] reviews`). It is never read as evidence, and never rewritten after you
    have answered its questions.

    \b
    Example:
      netnotes review ~/Notes
      netnotes review ~/Notes --month
    """
    logbook = open_logbook(workspace(vault), today, now())
    time = period(today, monthly=month)
    body = review_body(logbook, time)
    if dry_run:
        output.echo(body, nl=False)
        return
    root = logbook.space.root
    path = _path(logbook, time)
    draft = page_draft(root, path, body, logbook.vault.templates)
    if isinstance(draft, Problem):
        raise NotLogged(f"{path}: {draft.message}", draft.hint)
    if draft is not None:
        with journal_of(root) as journal:
            result = logbook.write([draft], WriteContext(root, journal, now(), command="review"))
        output.print_problems(result.problems)
        if not result.written:
            ctx.exit(1)
    output.echo(path if draft is not None else f"{path} is up to date")
    if draft is not None:
        say_undo()
