"""`netnotes later N|NAME 2w`: put a person off until a later day."""

from __future__ import annotations

import datetime as dt
import re

import click

from netnotes.app import edits
from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import open_logbook
from netnotes.cli import output
from netnotes.cli.commands.capture.answer import say_day
from netnotes.cli.commands.capture.log import dry_run_option
from netnotes.cli.commands.capture.whom import target
from netnotes.cli.journal import journal_of, now
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.dates import add_days
from netnotes.model import Problem
from netnotes.printable import one_line
from netnotes.text.frontmatter import ownership
from netnotes.text.lexicon import day_phrases
from netnotes.writing.apply import WriteContext

PROPERTY = "later"
_LENGTH = re.compile(r"(\d{1,4})\s?(d|days?|w|wks?|weeks?|m|mo|months?|y|years?)", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


@click.command("later")
@click.argument("what", metavar="N|NAME")
@click.argument("until", metavar="2w|DATE")
@vault_argument
@as_of_option
@json_option
@dry_run_option
@click.pass_context
def command(  # one for each option
    ctx: click.Context, what: str, until: str, vault: str | None, today: dt.date, as_json: bool, dry_run: bool
) -> None:
    r"""Put someone off: they are not due before that day.

    Writes `later: 2026-12-10` into their note, a property of your own that you can change or delete. The next contact
    ends it.

    \b
    Example:
      netnotes later 3 2w ~/Notes
      netnotes later Ada "1 March" ~/Notes
    """
    day = day_of(until, today)
    logbook = open_logbook(workspace(vault), today, now())
    person = target(logbook.space, logbook.outcome, what).person
    if person.path is None:
        raise NotLogged(f"{person.name} has no note to write `{PROPERTY}` into", "make one first")
    if ownership.ignored(person.properties):
        raise NotLogged(f"{person.path}: says `netnotes: ignore`", "write it into the note by hand")
    root = logbook.space.root
    draft = edits.set_property(root, person.path, PROPERTY, day.isoformat(), logbook.vault.templates)
    if isinstance(draft, Problem):
        raise NotLogged(f"{draft.path}: {draft.message}", draft.hint)
    if not dry_run and draft.after != draft.before:
        with journal_of(root) as journal:
            result = logbook.write([draft], WriteContext(root, journal, now(), command="later"))
        output.print_problems(result.problems)
        if not result.written:
            ctx.exit(1)
    if as_json:
        output.print_json({"name": person.name, "path": person.path, "later": day})
        return
    said = "would put off" if dry_run else "put off"
    undo = "" if dry_run else " · undo: netnotes undo"
    output.echo(one_line(f"{said} {person.name} until {say_day(day, today)}{undo}"))


def day_of(text: str, today: dt.date) -> dt.date:
    """Return the day that `2w`, `10d`, `2026-12-10`, `Friday` or `in two weeks` means. Raises NotLogged."""
    if length := _LENGTH.fullmatch(text.strip()):
        day: dt.date | None = add_days(today, int(length[1]) * _DAYS[length[2][0].lower()])
    else:
        found = day_phrases.read(text, today) or day_phrases.read(f"in {text}", today)
        day = (found.upcoming or found.date) if found else None
    if day is None or day <= today:
        raise NotLogged(f"`{text}` is not a future date", "say 2w, 10d or a date like 2026-12-10")
    return day
