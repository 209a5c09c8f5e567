"""Where a note went that is no longer where NetNotes wrote it: renamed, or renamed and changed. Writes nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from netnotes.model import Problem
from netnotes.storage.exchange import digest
from netnotes.writing.journal import Entry, Journal
from netnotes.writing.line_changes import LINES, recorded

_CLOCKS = dt.timedelta(minutes=1)
"""How much the clock of the file system may be behind."""
_MOST_PLACES = 3
UNDONE = "undone"
"""`Problem.remark` of what is only worth knowing: there is nothing to take back."""


def same_bytes(root: Path, since: Sequence[Entry], journal: Journal) -> str | None:
    """Return the path of a note with the bytes that the last of some writes left, under a name never written to."""
    return next((path for path, data in _others(root, journal) if digest(data) == since[-1].new), None)


def no_longer_there(root: Path, since: Sequence[Entry], journal: Journal, *, made: bool) -> Problem:
    """Return what to tell of writes to a note that is gone, and that was not found by its bytes.

    `made`: whether NetNotes had made it, so that nothing is left to take back if it is not elsewhere either.
    """
    path = since[0].path
    if made and (moved := same_bytes(root, since, journal)):
        return Problem(f"is now {moved}, so it was not removed", path=path, hint=f"delete {moved} by hand")
    if places := list(_places(root, since, journal))[:_MOST_PLACES]:
        line = places[0][1]
        where = ", ".join(place for place, _ in places)
        return Problem(
            f"is no longer there: what was written into it may be in {where}",
            path=path,
            hint=f"take it out there by hand: `{line.strip()}`",
        )
    if made:
        return Problem("is no longer there, so nothing was taken back", path=path, remark=UNDONE)
    lines = any(LINES in entry.changes for entry in since)
    hint = "if it has another name now, `netnotes clean` removes the fields"
    return Problem("is no longer there, so nothing in it was taken back", path=path, hint=None if lines else hint)


def _places(root: Path, since: Sequence[Entry], journal: Journal) -> Iterator[tuple[str, str]]:
    """Yield (path and line number, line) for what was written, in notes that were changed later."""
    changes = [change for entry in since for change in recorded(entry.changes.get(LINES, (None, []))[1])]
    written = {line for change in changes for line in change.new if line.strip()}
    at = next((run.at for run in journal.runs() if run.id == since[0].run), None)
    if not written or at is None:
        return
    for path, data in _others(root, journal, (at - _CLOCKS).timestamp()):
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if line in written:
                yield f"{path}:{number}", line


def _others(root: Path, journal: Journal, since: float = 0.0) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the notes that NetNotes has not written, if changed at or after a time."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            place = Path(folder, name)
            if not name.endswith(".md") or not place.is_file():
                continue
            path = place.relative_to(root).as_posix()
            with contextlib.suppress(OSError):
                if place.stat().st_mtime >= since and journal.last(path) is None:
                    yield path, place.read_bytes()
