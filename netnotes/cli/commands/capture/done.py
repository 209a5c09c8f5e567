"""`netnotes done N|NAME`: tick off a promise, or log a contact."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app import edits
from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import open_logbook
from netnotes.cli import completion, output
from netnotes.cli.commands.capture import answer
from netnotes.cli.commands.capture.log_sentence import log
from netnotes.cli.commands.capture.options import dry_run_option, words_and_vault
from netnotes.cli.journal import journal_of, now, say_undo
from netnotes.cli.numbered_list import target
from netnotes.cli.options import as_of_option, json_option
from netnotes.model import Problem
from netnotes.network.namesakes import called
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext
from netnotes.writing.draft import Draft


@click.command("done")
@click.argument("words", nargs=-1, required=True, metavar="N|NAME [VAULT]", shell_complete=completion.people)
@as_of_option
@json_option
@dry_run_option
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], today: dt.date, as_json: bool, dry_run: bool) -> None:
    r"""Tick off a promise, or log a contact.

    N is a line of the list printed last by `today`, `due` or `chase`. A promise is ticked off where it is written; for
    any other line, a contact today is logged. NAME ticks off your only open promise to that person; if you have none, a
    contact is logged.

    \b
    Example:
      netnotes done 2 ~/Notes
      netnotes done Ada Lockyer ~/Notes
    """
    text, space = words_and_vault(words, "number or name")
    logbook = open_logbook(space, today, now())
    found = target(logbook.space, logbook.outcome, text)
    if not found.promises:
        ctx.exit(log(logbook, logbook.contact_with(found.person), as_json=as_json, dry_run=dry_run, yes=True))
    answer.refuse_several(found.person, found.promises)
    drafts: list[Draft] = []
    for draft in edits.tick(logbook.space.root, found.promises, today, logbook.vault.templates):
        if isinstance(draft, Problem):
            raise NotLogged(f"{draft.path}: {draft.message}", draft.hint)
        drafts.append(draft)
    if not dry_run:
        with journal_of(logbook.space.root) as journal:
            result = logbook.write(drafts, WriteContext(logbook.space.root, journal, now(), command="done"))
        output.print_problems(result.problems)
        if result.problems or result.stale:
            ctx.exit(1)
    if as_json:
        output.print_json([{"done": one.words, "path": one.path, "line": one.line} for one in found.promises])
        return
    for one in found.promises:
        verb = "would tick" if dry_run else "ticked"
        output.say(
            one_line(f"{verb}: {one.words} · {called(found.person, logbook.labels)} · {one.path}:{one.line}"), indent=4
        )
    if not dry_run:
        say_undo()
