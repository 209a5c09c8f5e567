"""`netnotes log TEXT`: write one line about a contact into the right note."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.cli.commands.capture.options import dry_run_option, sentence_argument, words_and_vault, yes_option
from netnotes.cli.options import as_of_option, json_option


@click.command("log")
@sentence_argument
@as_of_option
@json_option
@dry_run_option
@yes_option
@click.option("--on", metavar="NAME", help="Write into this person's note instead of the daily note.")
@click.pass_context
def command(  # one for each option
    ctx: click.Context,
    words: tuple[str, ...],
    today: dt.date,
    as_json: bool,
    dry_run: bool,
    yes: bool,
    on: str | None,
) -> None:
    r"""Write down a contact in one sentence, and see what it changes.

    TEXT says who, when, how long and how, in any language that NetNotes reads. It becomes one line in that day's daily
    note; a promise in it becomes a task. If something is ambiguous, you are asked. Quotes are needed only for
    characters that are special to the shell, such as an apostrophe.

    \b
    Example:
      netnotes log "coffee with Ada 45m yesterday, she started it" ~/Notes
      netnotes log "called Bo, promised to send him the plan by Friday" ~/Notes
    """
    text, space = words_and_vault(words, "sentence")
    with space.store.listing_in_fork():
        # What reads a sentence is imported while the files are listed.
        from netnotes.cli.commands.capture.log_sentence import log_sentence

        code = log_sentence(space, text, today, on, as_json=as_json, dry_run=dry_run, yes=yes)
    ctx.exit(code)
