"""`netnotes later N|NAME 2w`: put a person off until a later day."""

from __future__ import annotations

import contextlib
import datetime as dt

import click

from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import open_logbook
from netnotes.app.snooze import NO_DAY, day_of, snooze
from netnotes.cli import completion, output
from netnotes.cli.commands.capture.answer import say_day
from netnotes.cli.commands.capture.options import dry_run_option
from netnotes.cli.journal import journal_of, now, say_undo
from netnotes.cli.numbered_list import target
from netnotes.cli.options import as_of_option, json_option, split_vault, workspace
from netnotes.network.namesakes import called
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext


@click.command("later")
@click.argument("words", nargs=-1, required=True, metavar="N|NAME 2w|DATE [VAULT]", shell_complete=completion.people)
@as_of_option
@json_option
@dry_run_option
@click.pass_context
def command(  # one for each option
    ctx: click.Context, words: tuple[str, ...], today: dt.date, as_json: bool, dry_run: bool
) -> None:
    r"""Put someone off: they are not due before that day.

    Writes `later: 2026-12-10` into their note, which you can change or delete. Your next contact ends it.

    \b
    Example:
      netnotes later 3 2w ~/Notes
      netnotes later Ada "1 March" ~/Notes
    """
    words, vault = split_vault(words)
    what, day = _who_and_when(words, today)
    logbook = open_logbook(workspace(vault), today, now())
    person = target(logbook.space, logbook.outcome, what).person
    draft, root = snooze(logbook, person, day), logbook.space.root
    if not dry_run and draft.after != draft.before:
        with journal_of(root) as journal:
            result = logbook.write([draft], WriteContext(root, journal, now(), command="later"))
        output.print_problems(result.problems)
        if not result.written:
            ctx.exit(1)
    if as_json:
        output.print_json({"name": person.name, "path": person.path, "later": day})
        return
    verb = "would put off" if dry_run else "put off"
    output.say(one_line(f"{verb} {called(person, logbook.labels)} until {say_day(day, today)}"))
    if not dry_run:
        say_undo()


def _who_and_when(words: tuple[str, ...], today: dt.date) -> tuple[str, dt.date]:
    """Split unquoted words into the name or number and the day: the longest ending that is a day."""
    if len(words) < 2:
        raise click.UsageError("give a name and a day: `netnotes later Ada 2w`")
    for cut in range(1, len(words)):
        with contextlib.suppress(NotLogged):
            return " ".join(words[:cut]), day_of(" ".join(words[cut:]), today)
    if len(words) == 2:
        day_of(words[-1], today)
    raise NotLogged(f"`{' '.join(words)}` does not end with a future date", NO_DAY)
