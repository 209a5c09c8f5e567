"""What the commands that write have in common: the journal's place, the question, what was done."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import click

from netnotes.cli import output
from netnotes.errors import NotAgreed
from netnotes.printable import one_line
from netnotes.writing.apply import WriteResult
from netnotes.writing.journal import PATIENCE, Journal
from netnotes.writing.journal_folder import folder, remember_vault


def journal_of(root: Path, patience: float = PATIENCE) -> Journal:
    """Open the journal of the vault at `root`, below $NETNOTES_DATA where that is set. Raises Unwritable.

    `patience` is for how many seconds another process that writes is waited for.
    """
    journal = Journal(data_of(root), patience)
    remember_vault(journal.place, root)
    return journal


def data_of(root: Path) -> Path:
    """Return the folder for what is kept of the vault at `root`, below $NETNOTES_DATA where that is set."""
    data = os.environ.get("NETNOTES_DATA")
    return folder(root, Path(data) if data else None)


def now() -> dt.datetime:
    """Return the time, with the zone of this machine."""
    return dt.datetime.now().astimezone()


def agree(question: str, *, yes: bool, instead: str) -> None:
    """Ask at the terminal unless `yes`. Raises NotAgreed where nobody says yes or nobody can be asked."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise NotAgreed(f"nobody is here to ask: {question}", instead)
    if not click.confirm(one_line(question), err=True):
        raise NotAgreed("nothing was changed", None)


def report(result: WriteResult, what: str, after: str = "") -> int:
    """Say what was done, and return the exit code: 1 where a note that was to be changed could not be."""
    output.print_problems(result.problems)
    for path in result.stale:
        output.echo(f"{path}: changed while it was read; left for the next time", err=True)
    count = len(result.written)
    output.echo(f"{count or 'no'} note{'s' * (count != 1)} {what}{f'; {after}' if count and after else ''}")
    return 1 if result.problems else 0
