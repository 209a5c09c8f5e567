"""`netnotes inbox`: log the lines of the inbox note one by one, each after confirmation."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app.edits import locate_note
from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook, PlannedLine, open_logbook
from netnotes.capture.inbox import InboxLine, inbox_lines, without
from netnotes.capture.understood import Understood
from netnotes.cli import output
from netnotes.cli.commands.capture import answer
from netnotes.cli.commands.capture.options import dry_run_option
from netnotes.cli.journal import journal_of, now, say_undo
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.screen import is_terminal
from netnotes.errors import ConfirmationNeeded, NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem, Vault
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext
from netnotes.writing.draft import Draft

_MOST_ALIKE = 3


@dataclass(slots=True)
class _Inbox:
    """An inbox whose lines are logged one after the other."""

    logbook: Logbook
    path: str
    run: int | None = None
    """Number of the run in the journal that holds all that was moved: one undo takes it back."""


@click.command("inbox")
@vault_argument
@as_of_option
@json_option
@dry_run_option
@click.option("--yes", is_flag=True, help="Log every line that is not ambiguous, without asking.")
@click.pass_context
def command(ctx: click.Context, vault: str | None, today: dt.date, as_json: bool, dry_run: bool, yes: bool) -> None:
    r"""Log the lines of your inbox note, one by one.

    A phone shortcut can append lines to `Inbox.md` (or the note that `[capture] inbox` names), with or without a date
    in front. Each line is shown as NetNotes understands it. If you say yes, it moves into its daily note; all other
    lines stay.

    \b
    Example:
      netnotes inbox ~/Notes
      netnotes inbox ~/Notes --yes
    """
    logbook = open_logbook(workspace(vault), today, now())
    path = logbook.space.config.capture.inbox
    inbox = _Inbox(logbook, path)
    if not (logbook.space.root / path).is_file():
        if as_json:
            output.print_json([])
            return
        output.echo(f"There is no note {path} yet. Append lines to it to log them here.")
        for other in _named_alike(logbook.vault, path):
            output.echo(f'If it is {other}, write into netnotes.toml:\n  [capture]\n  inbox = "{other}"')
        return
    lines = list(inbox_lines(_text(inbox), logbook.order))
    found = [(line, _understood(logbook, line)) for line in lines]
    yes = yes and not dry_run
    if as_json:
        records = [_record(inbox, line, one, yes=yes) for line, one in found]
        output.print_json(records)
        ctx.exit(1 if yes and not all(record["path"] for record in records) else 0)
    if not found:
        output.echo(f"{path} is empty.")
        return
    left = sum(not _offer(inbox, line, one, yes=yes, dry_run=dry_run) for line, one in found)
    if left < len(found):
        say_undo()
    ctx.exit(1 if left and yes else 0)


def _named_alike(vault: Vault, path: str) -> list[str]:
    """Return the paths of the notes that have the inbox's name, in another folder or in other case."""
    name = path.rpartition("/")[2].casefold()
    return [note.path for note in vault.notes if note.path.rpartition("/")[2].casefold() == name][:_MOST_ALIKE]


def _text(inbox: _Inbox) -> str:
    path = inbox.path
    found = locate_note(inbox.logbook.space.root, path, inbox.logbook.vault.templates, app=None)
    if isinstance(found, Problem):
        raise NotLogged(f"{path}: {found.message}", found.hint)
    return found[1].decode("utf-8")


def _understood(logbook: Logbook, line: InboxLine) -> Understood:
    """Parse a line, relative to the day on which it was written."""
    today = logbook.today
    if line.unclear:
        return Understood(line.text, logged=False, why=f"it is not clear which day `{line.unclear}` is")
    if line.day and line.day > today:
        return Understood(line.text, logged=False, why=f"{line.day.isoformat()} is yet to come")
    logbook.today = line.day or today
    try:
        return logbook.understand(line.text)
    finally:
        logbook.today = today


def _record(inbox: _Inbox, line: InboxLine, found: Understood, *, yes: bool) -> dict[str, object]:
    """Return the JSON of one line, after moving it if `yes`; its `path` is then that of the note with the line."""
    planned, refused = None, None
    if yes:
        try:
            answer.refuse(found)
            planned = inbox.logbook.plan(answer.answered(found, inbox.logbook, yes=True))
            _move(inbox, line, planned)
        except NetNotesError as error:
            planned, refused = None, str(error)
    return {**answer.record(found, planned, refused=refused), "line": line.number, "text": line.text}


def _offer(inbox: _Inbox, line: InboxLine, found: Understood, *, yes: bool, dry_run: bool) -> bool:
    """Show one line, and move it after a yes; return whether it was moved."""
    logbook = inbox.logbook
    output.echo(one_line(f"{inbox.path}:{line.number}: {line.text}"))
    try:
        answer.refuse(found)
        found = answer.answered(found, logbook, yes=yes or dry_run)
        planned = logbook.plan(found)
        there = answer.is_there(planned)
        if there or not yes:
            _say(planned, logbook.today, dry=True, there=there)
        if dry_run:
            return False
        _confirm("Take it out of the inbox?" if there else "Log it?", yes=yes)
        _move(inbox, line, planned)
        if yes and not there:
            _say(planned, logbook.today)
    except NetNotesError as error:
        output.say(one_line(f"left in the inbox: {error}"), first="  ", indent=4)
        if error.hint:
            output.advise(one_line(error.hint), first="  hint: ", indent=8)
        return False
    return True


def _say(planned: PlannedLine, today: dt.date, *, dry: bool = False, there: bool = False) -> None:
    if there:
        text = planned.text.strip("\n").partition("\n")[0]
        output.say(one_line(f"→ already in {planned.draft.path}, not logged again: {text}"), first="  ", indent=4)
        return
    output.say(f"→ {answer.say_logged(planned, today, dry=dry)} → {planned.draft.path}", first="  ", indent=4)


def _confirm(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not is_terminal():
        raise ConfirmationNeeded("needs a yes, but this is not a terminal", "use --yes")
    if not click.confirm(f"  {question}", default=True, err=True):
        raise ConfirmationNeeded("not logged", None)


def _move(inbox: _Inbox, line: InboxLine, planned: PlannedLine) -> None:
    """Write the line into its note and remove it from the inbox, in the inbox's run. Raises NotLogged."""
    logbook, path = inbox.logbook, inbox.path
    located = locate_note(logbook.space.root, path, logbook.vault.templates, app=None)
    if isinstance(located, Problem):
        raise NotLogged(f"{path}: {located.message}", located.hint)
    place, before, changed_at = located
    rest = without(before.decode("utf-8"), line)
    if rest is None:
        raise NotLogged("it is no longer in the inbox")
    drafts = [planned.draft, Draft(path, place, before, rest.encode(), {}, changed_at)]
    if answer.is_there(planned):
        # The same line already arrived from another device.
        drafts = drafts[1:]
    with journal_of(logbook.space.root) as journal:
        context = WriteContext(logbook.space.root, journal, now(), command="inbox", run=inbox.run)
        result = logbook.write(drafts, context)
    inbox.run = result.run
    if result.problems or result.stale:
        problem = next(iter(result.problems), Problem("it changed while it was read"))
        raise NotLogged(problem.message, problem.hint)
