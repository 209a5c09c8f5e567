"""`netnotes promise TEXT`: write a promise, yours or theirs, into today's daily note as a task."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import open_logbook
from netnotes.capture.understood import Understood
from netnotes.cli import output
from netnotes.cli.commands.capture import answer
from netnotes.cli.commands.capture.options import dry_run_option, sentence_argument, words_and_vault, yes_option
from netnotes.cli.journal import journal_of, now, say_undo
from netnotes.cli.options import as_of_option, json_option
from netnotes.errors import NetNotesError
from netnotes.printable import one_line
from netnotes.text.line_masking import blank
from netnotes.writing.apply import WriteContext


@click.command("promise")
@sentence_argument
@as_of_option
@json_option
@dry_run_option
@yes_option
@click.pass_context
def command(  # one for each option
    ctx: click.Context, words: tuple[str, ...], today: dt.date, as_json: bool, dry_run: bool, yes: bool
) -> None:
    r"""Write a promise into today's daily note as a task.

    \b
    Example:
      netnotes promise "send Ada the figures by Friday" ~/Notes
      netnotes promise "Bo will return the drill" ~/Notes
    """
    text, space = words_and_vault(words, "promise")
    logbook = open_logbook(space, today, now())
    found = logbook.understand_promise(text)
    try:
        if not found.logged or not _says_what(found):
            example = 'for example `netnotes promise "send Ada the figures by Friday"`'
            raise NotLogged("nothing to write down: write what and to whom", example)
        found = answer.answered(found, logbook, yes=yes or as_json)
        planned = logbook.plan_promise(found)
    except NetNotesError as error:
        if not as_json:
            raise
        output.print_json(answer.record(found, refused=str(error)))
        ctx.exit(1)
    if not dry_run:
        with journal_of(logbook.space.root) as journal:
            result = logbook.write([planned.draft], WriteContext(logbook.space.root, journal, now(), command="promise"))
        output.print_problems(result.problems)
        if not result.written:
            ctx.exit(1)
    output.print_problems(planned.remarks)
    if as_json:
        output.print_json(answer.record(found, planned))
        return
    promise = planned.found.promise
    due = f" by {answer.say_day(promise.due, today)}" if promise and promise.due else ""
    whose = "they promised" if promise and promise.by == "them" else "you promised"
    what = f"{whose}: {promise.text if promise else text}{due}"
    if dry_run:
        output.say(one_line(f"would write: {what}"), indent=4)
        answer.show_lines(planned)
        return
    output.say(one_line(f"{what} · {planned.draft.path}:{planned.number}"), indent=4)
    say_undo()


def _says_what(found: Understood) -> bool:
    """Return whether a promise says what it is, and not only to whom."""
    promise = found.promise
    rest = blank(promise.text, [(name.start, name.end) for name in promise.names]) if promise else ""
    return any(map(str.isalnum, rest))
