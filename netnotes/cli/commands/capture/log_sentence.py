"""Log one sentence: ask what is ambiguous, write the line, say what it changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook, open_logbook
from netnotes.app.workspace import Workspace
from netnotes.capture.question import Question
from netnotes.capture.understood import Understood
from netnotes.cli import output
from netnotes.cli.commandline import quoted
from netnotes.cli.commands.capture import answer
from netnotes.cli.journal import now, say_undo
from netnotes.errors import AmbiguousName, ConfirmationNeeded, PersonNotFound
from netnotes.extract.people import find_person
from netnotes.model import Person
from netnotes.printable import one_line


def log_sentence(
    space: Workspace, text: str, today: dt.date, on: str | None, *, as_json: bool, dry_run: bool, yes: bool
) -> int:
    """Log what a sentence says; return the exit code. `on`: the person in whose note the line is written."""
    logbook = open_logbook(space, today, now())
    try:
        owner = find_person.person(logbook.outcome.network.people, on) if on else None
    except (PersonNotFound, AmbiguousName) as error:
        if not as_json:
            raise
        asked = Question("on", on or "", error.who, str(error))
        output.print_json(answer.record(replace(logbook.understand(text), ask=(asked,)), refused=str(error)))
        return 1
    found = logbook.understand(text, owner)
    return log(logbook, found, owner, as_json=as_json, dry_run=dry_run, yes=yes)


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
    answered = answer.say_logged(planned, logbook.today, dry=dry_run)
    output.say(answered if dry_run else one_line(f"{answered} · {planned.draft.path}:{planned.number}"), indent=4)
    if answer.is_there(planned):
        output.say("The same line is there already, so the contact is counted twice.", err=True)
    if not dry_run:
        say_undo()
    if found.unread:
        output.say(f"`{found.unread.words}` was not read as a length: {found.unread.hint}.", err=True)
    for name in found.unread_names:
        output.say(f"`{name}` was not read as a name: if it is one, write [[{name.capitalize()}]].", err=True)
    for name in found.unknown:
        output.say(f"{name} has no note yet. To make one:", err=True)
        output.print_command(f"netnotes candidates --note {quoted(name)}", err=True)
    if dry_run:
        answer.show_lines(planned)
    return 0
