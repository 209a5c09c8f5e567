"""Shared by commands that write: open the journal, print the result."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

from netnotes.cli import output
from netnotes.writing.journal import PATIENCE, Journal, JournalBusy
from netnotes.writing.journal_folder import folder, remember_vault

if TYPE_CHECKING:  # it loads all that writes a note
    from netnotes.writing.apply import WriteResult

UNDO = "To undo: `netnotes undo`"


def journal_of(root: Path, patience: float = PATIENCE) -> Journal:
    """Open the journal of the vault at `root`, below $NETNOTES_DATA if that is set. Raises Unwritable.

    Writes left unfinished by a kill or a power cut are completed or undone. `patience` is the number of seconds to wait
    for another writing process.
    """
    journal = Journal(data_of(root), patience)
    remember_vault(journal.place, root)
    if journal.pending():
        from netnotes.writing.apply import recover  # as above

        # Busy: another process is writing, and the pending writes are its own.
        with contextlib.suppress(JournalBusy), journal.writing():
            output.print_problems(recover(root.resolve(), journal))
    return journal


def data_of(root: Path) -> Path:
    """Return the data folder of the vault at `root`, below $NETNOTES_DATA if that is set."""
    data = os.environ.get("NETNOTES_DATA")
    return folder(root, Path(data) if data else None)


def now() -> dt.datetime:
    """Return the current time, in this machine's time zone."""
    return dt.datetime.now().astimezone()


def say_undo() -> None:
    """Print how to undo what was just written."""
    output.advise(UNDO)


def print_result(result: WriteResult, what: str, after: str = UNDO, nothing: str = "") -> int:
    """Print what was done, and return the exit code: 1 if a note could not be changed that should have been.

    `after` is what to do next, where anything was done; `nothing` is printed where there was nothing to do.
    """
    output.print_problems(result.problems)
    for path in result.stale:
        output.echo(f"{path}: changed while it was read; skipped this time", err=True)
    count = len(result.written)
    if nothing and not (count or result.problems or result.stale):
        output.advise(nothing)
        return 0
    output.echo(f"{count or 'no'} note{'s' * (count != 1)} {what}")
    if count and after:
        output.advise(after)
    return failures(result)


def failures(result: WriteResult) -> int:
    """Return 1 if a note could not be changed that should have been; remarks do not count."""
    return 1 if any(problem.remark is None for problem in result.problems) else 0
