"""Write planned changes to notes, one after the other: compare, enter in the journal, exchange, check.

The plan and the note's current content decide what may be written; `storage.exchange` replaces the bytes. A failure on
one note becomes a problem and does not stop the others.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import Protocol

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Edit, Problem
from netnotes.storage import exchange
from netnotes.storage.exchange import Resolution, digest
from netnotes.writing.draft import FOLDER, Draft, Stale, changes_of, draft, system_problem
from netnotes.writing.journal import ABSENT, Entry, Journal

BATCH = 64
"""Notes that are entered in the journal at once."""


class Disk(Protocol):
    """Operations on files; `storage.exchange` implements them."""

    def create(self, temp: Path, data: bytes, like: Path) -> None:
        """Create a new file, flushed to disk."""

    def exchange(self, temp: Path, note: Path) -> bool:
        """Exchange two files."""

    def resolve(self, temp: Path, note: Path, old: str, new: str) -> Resolution:
        """Check the displaced file, put it back if necessary, and remove it."""

    def discard(self, temp: Path) -> None:
        """Remove what `create` made."""

    def create_new(self, temp: Path, data: bytes) -> None:
        """Create a file for a new note, flushed to disk."""

    def place_new(self, temp: Path, note: Path) -> None:
        """Rename it to the note's name, unless that exists."""

    def remove(self, note: Path, temp: Path, expected: str) -> bool:
        """Remove a note if it is as expected."""

    def flush(self, folder: Path) -> None:
        """Flush a folder to disk."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class WriteContext:
    """The settings of a round of writing."""

    root: Path
    """The vault."""
    journal: Journal
    at: dt.datetime
    """Now, local."""
    command: str = "sync"
    """For the journal."""
    write_delay: float = 0.0
    """A note modified less than this many seconds before `at` waits."""
    people_gone: bool = False
    """The user confirmed that many people are gone on purpose."""
    stop: Callable[[], bool] = _never
    """Called before each note; true ends the round."""
    disk: Disk = exchange
    run: int | None = None
    """Number of a run in the journal that this continues: they are undone together."""


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The result of a round of writing."""

    run: int | None = None
    """Number of the run in the journal; None if nothing was to be written."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Path → sha256 of the note as it was written."""
    waiting: tuple[str, ...] = ()
    """Notes edited too recently."""
    wait: float = 0.0
    """Seconds until the first of these may be written; 0 if none waits."""
    stale: tuple[str, ...] = ()
    """Notes that were changed, moved or removed since they were read: plan again."""
    problems: tuple[Problem, ...] = ()
    stopped: bool = False
    """Whether `stop` ended it early."""


@dataclass(slots=True)
class _Tally:
    """The result so far; becomes a WriteResult."""

    run: int | None = None
    written: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, float] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stopped: bool = False

    def closed(self) -> WriteResult:
        wait = max(0.0, min(self.waiting.values(), default=0.0))
        left = (tuple(self.waiting), wait, tuple(self.stale), tuple(self.problems), self.stopped)
        return WriteResult(self.run, self.written, *left)


def apply(edits: Sequence[Edit], context: WriteContext, templates: Collection[str] = ()) -> WriteResult:
    """Write `edits` into the notes of a vault. Raises JournalBusy and Unwritable (the journal), before it writes.

    `templates` are the vault's template folders. A note is written only if it still has the bytes that the edit was
    made from.
    """
    tally = _Tally()
    return _write(_drafts(edits, context, templates, tally), context, tally)


def write(drafts: Iterable[Draft], context: WriteContext, problems: Iterable[Problem] = ()) -> WriteResult:
    """Write drafts; like `apply` otherwise."""
    return _write(drafts, context, _Tally(problems=list(problems)))


def recover(root: Path, journal: Journal, disk: Disk = exchange) -> tuple[Problem, ...]:
    """Finish or revert the unfinished writes of a killed process. Call it within `journal.writing()`."""
    problems: list[Problem] = []
    for entry in journal.pending():
        note = root / entry.path
        if ABSENT in (entry.old, entry.new):
            made = _recover_whole(note, entry)
            journal.finish([entry] if made else [], [] if made else [entry])
            continue
        try:
            resolution = disk.resolve(note.with_name(entry.temp), note, entry.old, entry.new)
            is_unchanged = note.exists() and digest(note.read_bytes()) == entry.old
        except OSError as error:
            problems.append(system_problem(entry.path, error))
            continue
        if resolution is Resolution.KEPT_BESIDE:
            problems.append(_kept(entry.path))
        made = resolution is Resolution.WRITTEN and not is_unchanged
        journal.finish([entry] if made else [], [] if made else [entry])
    return tuple(problems)


def _drafts(edits: Sequence[Edit], context: WriteContext, templates: Collection[str], tally: _Tally) -> Iterator[Draft]:
    """Yield the drafts that can be written now; enter all others in the tally."""
    # A note may be reached under several names; the file's own name decides.
    own = {edit.path for edit in edits if not (context.root / edit.path).is_symlink()}
    seen: set[str] = set()
    for edit in edits:
        if context.stop():
            tally.stopped = True
            return
        if edit.refused:
            continue
        found = draft(context.root, edit, templates)
        if isinstance(found, Problem):
            tally.problems.append(found)
        elif isinstance(found, Stale):
            tally.stale.append(edit.path)
        elif found.place in seen or (found.place != edit.path and found.place in own):
            tally.problems.append(Problem(f"not written: it is the same file as {found.place}", path=edit.path))
        # A time in the far future means a wrong clock: do not wait for it.
        elif (age := abs(context.at.timestamp() - found.changed_at)) < context.write_delay:
            tally.waiting[edit.path] = context.write_delay - age
        else:
            seen.add(found.place)
            yield found


def _write(drafts: Iterable[Draft], context: WriteContext, tally: _Tally) -> WriteResult:
    base = context.root.resolve()
    journal = context.journal
    with journal.writing():
        tally.problems += recover(base, journal, context.disk)
        todo = (drafted for drafted in drafts if drafted.after != drafted.before)
        try:
            while not tally.stopped and (batch := list(islice(todo, BATCH))):
                if tally.run is None:
                    tally.run = context.run or journal.begin(context.at, context.command)
                _write_batch(base, batch, context, tally)
        except BaseException:
            # Interrupted: leave no file behind if that can be avoided.
            recover(base, journal, context.disk)
            raise
        if tally.run is not None:
            journal.prune()
    return tally.closed()


def _write_batch(base: Path, batch: Sequence[Draft], context: WriteContext, tally: _Tally) -> None:
    entries = context.journal.enter(
        tally.run or 0,
        [
            Entry(
                drafted.place, _mark(drafted.before), _mark(drafted.after), drafted.before or b"", changes_of(drafted)
            )
            for drafted in batch
        ],
    )
    done: list[Entry] = []
    dropped: list[Entry] = []
    begun = 0
    try:
        for drafted, entry in zip(batch, entries, strict=True):
            if context.stop():
                tally.stopped = True
                break
            begun += 1
            made = _put(base, drafted, entry, tally, context.disk)
            if made:
                done.append(entry)
                tally.written[drafted.path] = entry.new
            elif made is not None:
                dropped.append(entry)
    finally:
        # Flush the notes before the journal: after a power cut, it must not call a lost write done.
        _flush(base, done, tally, context.disk)
        context.journal.finish(done, [*dropped, *entries[begun:]])


def _flush(base: Path, done: Iterable[Entry], tally: _Tally, disk: Disk) -> None:
    """Flush the folders of written notes, and the parents of folders that were created or removed for them."""
    folders = {(base / entry.path).parent for entry in done}
    for entry in done:
        if ABSENT in (entry.old, entry.new):
            folders.update(base / above for above in Path(entry.path).parents)
    for folder in sorted(folder for folder in folders if folder.exists()):
        try:
            disk.flush(folder)
        except OSError as error:
            message = f"written, but it may not survive a power cut: {error.strerror}"
            tally.problems.append(Problem(message, path=folder.relative_to(base).as_posix()))


def _put(base: Path, drafted: Draft, entry: Entry, tally: _Tally, disk: Disk) -> bool | None:
    """Replace one note's bytes; return whether that was done, None if unknown.

    An unknown or interrupted write stays pending, and the next writer finishes it.
    """
    note = base / entry.path
    temp = note.with_name(entry.temp)
    if drafted.before is None or drafted.after is None:
        return _put_whole(note, temp, drafted, entry, tally, disk)
    try:
        disk.create(temp, drafted.after, note)
        if digest(note.read_bytes()) != entry.old:
            disk.discard(temp)
            tally.stale.append(drafted.path)
            return False
        kept = disk.exchange(temp, note)
    except OSError as error:
        if note.exists():
            tally.problems.append(system_problem(drafted.path, error))
        else:
            tally.stale.append(drafted.path)
        with contextlib.suppress(OSError):
            disk.discard(temp)
        return False
    if not kept:
        return True
    try:
        resolution = disk.resolve(temp, note, entry.old, entry.new)
    except OSError as error:
        tally.problems.append(
            Problem(
                f"written, but {temp.name} was left beside it: {error.strerror}",
                path=drafted.path,
                hint="the next sync looks after it",
            )
        )
        return None
    if resolution is Resolution.PUT_BACK:
        tally.stale.append(drafted.path)
    elif resolution is Resolution.KEPT_BESIDE:
        tally.problems.append(_kept(drafted.path))
    return resolution is Resolution.WRITTEN


def _put_whole(note: Path, temp: Path, drafted: Draft, entry: Entry, tally: _Tally, disk: Disk) -> bool:
    """Create or remove a note; return whether that was done."""
    try:
        if drafted.after is None:
            done = disk.remove(note, temp, entry.old)
            if done and FOLDER in drafted.changes:
                _remove_folders(note.parent, note.parents[len(Path(drafted.path).parts) - 1])
        else:
            note.parent.mkdir(parents=True, exist_ok=True)
            disk.create_new(temp, drafted.after)
            disk.place_new(temp, note)
            done = True
    except FileExistsError:
        done = False
    except OSError as error:
        tally.problems.append(system_problem(drafted.path, error))
        with contextlib.suppress(OSError):
            disk.discard(temp)
        return False
    if not done:
        with contextlib.suppress(OSError):
            disk.discard(temp)
        tally.stale.append(drafted.path)
    return done


def _remove_folders(folder: Path, root: Path) -> None:
    """Remove the folders that were created for a note, if they are empty."""
    with contextlib.suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def _recover_whole(note: Path, entry: Entry) -> bool:
    """Finish or revert a creation or removal that a killed process began; return whether it is done."""
    temp = note.with_name(entry.temp)
    with contextlib.suppress(OSError):
        if entry.new == ABSENT and temp.exists() and not note.exists() and digest(temp.read_bytes()) != entry.old:
            exchange.place_new(temp, note)
        else:
            exchange.discard(temp)
    if entry.new == ABSENT:
        return not note.exists()
    return note.exists() and digest(note.read_bytes()) == entry.new


def _mark(data: bytes | None) -> str:
    return ABSENT if data is None else digest(data)


def _kept(path: str) -> Problem:
    return Problem(
        "was saved twice while it was being written; the earlier save was kept beside it",
        path=path,
        hint="compare the two notes, then delete one",
    )
