"""`netnotes inbox`: log the lines of the inbox note one by one, each after confirmation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress

import click

from netnotes.app.edits import locate_note
from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook, PlannedLine, open_logbook
from netnotes.app.several_contacts import FIELD
from netnotes.capture.notes.inbox import InboxLine, copies, inbox_lines, shortened, without
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
from netnotes.phrasing import pluralize
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
    _name_copies(inbox)
    if not (logbook.space.root / path).is_file():
        if as_json:
            output.print_json([])
            return
        output.echo(f"There is no note {path} yet. Append lines to it to log them here.")
        for other in _named_alike(logbook.vault, path):
            output.echo(f'If it is {other}, write into netnotes.toml:\n  [capture]\n  inbox = "{other}"')
        return
    lines = list(inbox_lines(_text(inbox, path), logbook.order))
    found = [(line, _contacts(logbook, line)) for line in lines]
    yes = yes and not dry_run
    if as_json:
        records = [record for line, each in found for record in _records(inbox, line, each, yes=yes)]
        output.print_json(records)
        ctx.exit(1 if yes and not all(record["path"] for record in records) else 0)
    if not found:
        output.echo(f"{path} is empty.")
        return
    left = sum(not _offer(inbox, line, each, yes=yes, dry_run=dry_run) for line, each in found)
    if inbox.run is not None:
        say_undo()
    ctx.exit(1 if left and yes else 0)


def _named_alike(vault: Vault, path: str) -> list[str]:
    """Return the paths of the notes that have the inbox's name, in another folder or in other case."""
    name = path.rpartition("/")[2].casefold()
    return [note.path for note in vault.notes if note.path.rpartition("/")[2].casefold() == name][:_MOST_ALIKE]


def _name_copies(inbox: _Inbox) -> None:
    """Say which copies of the inbox, left behind by a sync, have lines that it lacks."""
    logbook, path = inbox.logbook, inbox.path
    own = _text(inbox, path) if (logbook.space.root / path).is_file() else ""
    there = {line.text for line in inbox_lines(own, logbook.order)}
    for copy in copies(path, logbook.vault.notes):
        new = 0
        with suppress(NotLogged):
            # `check` says what is wrong with a copy that cannot be read.
            new = sum(line.text not in there for line in inbox_lines(_text(inbox, copy), logbook.order))
        if new:
            output.say(f"{copy}: {pluralize(new, 'line')} of a copy that a sync left behind; not read.", err=True)
            hint = f"move what is new in it to {path}, and delete the copy"
            output.advise(hint, first="  hint: ", indent=8, err=True)


def _text(inbox: _Inbox, path: str) -> str:
    found = locate_note(inbox.logbook.space.root, path, inbox.logbook.vault.templates, app=None)
    if isinstance(found, Problem):
        raise NotLogged(f"{path}: {found.message}", found.hint)
    return found[1].decode("utf-8")


def _contacts(logbook: Logbook, line: InboxLine) -> tuple[Understood, ...]:
    """Parse a line, relative to the day on which it was written: each contact that it holds."""
    today = logbook.today
    if line.unclear:
        return (Understood(line.text, logged=False, why=f"it is not clear which day `{line.unclear}` is"),)
    if line.day and line.day > today:
        return (Understood(line.text, logged=False, why=f"{line.day.isoformat()} is yet to come"),)
    logbook.today = line.day or today
    try:
        found = logbook.understand(line.text)
        parts = next((asked.choices for asked in found.ask if asked.field == FIELD), ())
        return tuple(map(logbook.understand, parts)) or (found,)
    finally:
        logbook.today = today


def _records(inbox: _Inbox, line: InboxLine, found: Sequence[Understood], *, yes: bool) -> Iterator[dict[str, object]]:
    """Yield the JSON of each contact in a line, after moving them if `yes`; `path` is then that of the note."""
    planned, refused = [], None
    if yes:
        try:
            found = _answered(inbox, found, yes=True)
            planned = _move(inbox, line, found)
        except NetNotesError as error:
            refused = str(error)
    for at, one in enumerate(found):
        record = answer.record(one, planned[at] if planned else None, refused=refused)
        yield {**record, "line": line.number, "text": one.text if len(found) > 1 else line.text}


def _answered(inbox: _Inbox, found: Sequence[Understood], *, yes: bool) -> list[Understood]:
    """Return the contacts of a line after asking what has to be asked. Raises NotLogged, ConfirmationNeeded."""
    for one in found:
        answer.refuse(one)
    return [answer.answered(one, inbox.logbook, yes=yes) for one in found]


def _offer(inbox: _Inbox, line: InboxLine, found: Sequence[Understood], *, yes: bool, dry_run: bool) -> bool:
    """Show one line, and move it after a yes; return whether it was moved."""
    logbook = inbox.logbook
    output.echo(one_line(f"{inbox.path}:{line.number}: {line.text}"))
    try:
        found = _answered(inbox, found, yes=yes or dry_run)
        planned = [logbook.plan(one) for one in found]
        there = [answer.is_there(one) for one in planned]
        for one, is_there in zip(planned, there, strict=True):
            if is_there or not yes:
                _say(one, logbook.today, dry=True, there=is_there)
        if dry_run:
            return False
        question = "Log it?" if len(found) == 1 else f"Log all {len(found)}?"
        _confirm("Take it out of the inbox?" if all(there) else question, yes=yes)
        moved = _move(inbox, line, found)
        for one, is_there in zip(moved, there, strict=True):
            if yes and not is_there:
                _say(one, logbook.today)
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


def _move(inbox: _Inbox, line: InboxLine, found: Sequence[Understood]) -> list[PlannedLine]:
    """Write the contacts of a line into their notes, each with removing it from the inbox, in the inbox's run.

    Return their lines. If one cannot be written, it and those after it are left in the inbox. Raises NotLogged.
    """
    moved = []
    for at, one in enumerate(found):
        planned = inbox.logbook.plan(one)
        line = _move_one(inbox, line, planned, "; ".join(other.text for other in found[at + 1 :]))
        moved.append(planned)
    return moved


def _move_one(inbox: _Inbox, line: InboxLine, planned: PlannedLine, rest: str) -> InboxLine:
    """Write one line into its note, and `rest` in its place in the inbox; return the line there. Raises NotLogged."""
    logbook, path = inbox.logbook, inbox.path
    located = locate_note(logbook.space.root, path, logbook.vault.templates, app=None)
    if isinstance(located, Problem):
        raise NotLogged(f"{path}: {located.message}", located.hint)
    place, before, changed_at = located
    text = before.decode("utf-8")
    if rest:
        after, line = shortened(text, line, rest) or (None, line)
    else:
        after = without(text, line)
    if after is None:
        raise NotLogged("it is no longer in the inbox")
    drafts = [planned.draft, Draft(path, place, before, after.encode(), {}, changed_at)]
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
    return line
