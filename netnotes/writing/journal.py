"""The journal of what was written, when, and what was there before; in the user's data folder, outside the vault.

There is one SQLite file per vault. Every write is entered and flushed before it is made, so that the next process can
finish what a killed one began, and `undo` can restore the bytes. Writes no notes. Its size is limited: a note's first
entry is kept for ever, since `clean` restores it; of all others at most 10,000 or 50 MB (compressed) are kept, and the
oldest are dropped first.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import secrets
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from types import TracebackType
from typing import Self

from netnotes.errors import NetNotesError, Unwritable
from netnotes.lazy_dataclass import dataclass
from netnotes.storage.whole_file import make_private_file, make_private_folder

MOST_ENTRIES = 10_000
MOST_BYTES = 50_000_000
FILE = "journal.sqlite3"
LOCK = "lock.sqlite3"
VERSION = 1
PATIENCE = 30.0
PENDING, DONE, UNDONE = 0, 1, 2
ABSENT = "absent"
"""Replaces a digest: the note did not exist, or no longer exists."""

_SCHEMA = f"""
create table if not exists runs (id integer primary key autoincrement, at text not null, command text not null);
create table if not exists entries (
    id integer primary key autoincrement, run integer not null, path text not null, temp text not null,
    old text not null, new text not null, before blob not null, changes text not null, state integer not null,
    first integer not null);
create index if not exists by_path on entries (path, id);
create index if not exists by_run on entries (run);
create index if not exists by_state on entries (state);
create index if not exists by_age on entries (id) where not first;
create table if not exists known (path text primary key);
pragma user_version = {VERSION};
"""


_SELECT = "select path, old, new, before, changes, id, run, temp from entries where"


class JournalBusy(NetNotesError):
    """Another process is writing into the vault and does not end."""

    def __init__(self) -> None:
        super().__init__("another NetNotes is writing into this vault")
        self.hint = "wait for it to end, then try again; nothing was written"


@dataclass(frozen=True, slots=True)
class Entry:
    """One note written once."""

    path: str
    """Of the file itself, links followed, relative to the vault, with `/`."""
    old: str
    """sha256 of the note before, or ABSENT."""
    new: str
    """sha256 of the note after, or ABSENT."""
    before: bytes
    """The note before."""
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    """Property → (old value, new value)."""
    id: int = 0
    run: int = 0
    temp: str = ""
    """Name of the file that the new bytes were prepared in."""


@dataclass(frozen=True, slots=True)
class Run:
    """One command that wrote."""

    id: int
    at: dt.datetime
    command: str
    notes: int
    """Number of notes that it wrote and that were not undone."""


class Journal:
    """An open journal. Several processes may have it open; `writing` lets one of them write notes at a time."""

    def __init__(self, place: Path, patience: float = PATIENCE) -> None:
        """Open the journal in the folder `place`; create it if there is none. Raises Unwritable.

        `patience` is how many seconds to wait for another process that is writing.
        """
        self.place = place
        self.damaged: set[str] = set()
        """Notes with an entry that can no longer be read."""
        self._known: tuple[int, frozenset[str]] | None = None
        """What `known` returned, and the state of the file then."""
        with contextlib.ExitStack() as opened:
            try:
                make_private_folder(place)
                self._lock = opened.enter_context(contextlib.closing(_open(place / LOCK, patience)))
                self._base = opened.enter_context(contextlib.closing(_open(place / FILE, PATIENCE)))
                # A lost entry is a note that cannot be restored. With less than `extra`, SQLite's own journal may
                # reappear after a power cut and roll back a finished entry.
                self._base.execute("pragma synchronous = extra")
                version = self._base.execute("pragma user_version").fetchone()[0]
                if version == 0:
                    self._base.executescript(f"begin immediate; {_SCHEMA} commit;")
            except (OSError, sqlite3.Error) as error:
                raise _unkept(place / FILE, error) from error
            if version > VERSION:
                raise _unkept(place / FILE, "it is of a newer NetNotes")
            opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close it; it cannot be used afterwards."""
        self._base.close()
        self._lock.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock for writing notes of this vault; the system releases it at the latest when the process ends.

        Raises JournalBusy.
        """
        try:
            self._lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise JournalBusy from error
            raise _unkept(self.place / LOCK, error) from error
        try:
            yield
        finally:
            self._lock.execute("rollback")

    def begin(self, at: dt.datetime, command: str) -> int:
        """Enter a run and return its id."""
        with self._transaction():
            row = self._base.execute(
                "insert into runs (at, command) values (?, ?)", (at.isoformat(timespec="seconds"), command)
            )
            return row.lastrowid or 0

    def enter(self, run: int, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Enter writes before they are made, all or none; return them with ids and names of temporary files."""
        entered = []
        with self._transaction():
            for entry in entries:
                # Another machine that writes into the same folder must not choose the same name.
                temp = f".netnotes-{secrets.token_hex(8)}.tmp"
                row = self._base.execute(
                    "insert into entries (run, path, temp, old, new, before, changes, state, first) "
                    "values (?, ?, ?, ?, ?, ?, ?, ?, not exists (select 1 from entries where path = ?))",
                    (
                        run,
                        entry.path,
                        temp,
                        entry.old,
                        entry.new,
                        zlib.compress(entry.before, 6),
                        json.dumps(entry.changes, ensure_ascii=False, default=str),
                        PENDING,
                        entry.path,
                    ),
                )
                number = row.lastrowid or 0
                entered.append(Entry(entry.path, entry.old, entry.new, entry.before, entry.changes, number, run, temp))
        return tuple(entered)

    def finish(self, done: Iterable[Entry], dropped: Iterable[Entry]) -> None:
        """Record which pending writes were made, and which were not."""
        with self._transaction():
            self._base.executemany("update entries set state = ? where id = ?", ((DONE, e.id) for e in done))
            self._base.executemany("delete from entries where id = ?", ((e.id,) for e in dropped))

    def pending(self) -> tuple[Entry, ...]:
        """Return writes that were begun and never finished: their process was killed."""
        return self._entries("state = ?", PENDING)

    def runs(self) -> tuple[Run, ...]:
        """Return the runs that wrote something, newest first."""
        rows = self._base.execute(
            "select r.id, r.at, r.command, count(distinct case when e.state = ? then e.path end) "
            "from runs r join entries e on e.run = r.id where e.state in (?, ?) group by r.id order by r.id desc",
            (DONE, DONE, UNDONE),
        )
        return tuple(Run(number, dt.datetime.fromisoformat(at), command, notes) for number, at, command, notes in rows)

    def entries(self, run: int) -> tuple[Entry, ...]:
        """Return a run's writes that were not undone."""
        return self._entries("run = ? and state = ?", run, DONE)

    def history(self, path: str) -> tuple[Entry, ...]:
        """Return all writes to one note, oldest first, including undone ones."""
        return self._entries("path = ? and state in (?, ?)", path, DONE, UNDONE)

    def not_undone(self, path: str) -> frozenset[int]:
        """Return the ids of the writes to one note that were not undone."""
        return frozenset(entry.id for entry in self._entries("path = ? and state = ?", path, DONE))

    def last(self, path: str) -> Entry | None:
        """Return the last write to one note that was not undone."""
        found = self._entries("path = ? and state = ?", path, DONE)
        return found[-1] if found else None

    def mark_undone(self, entries: Iterable[Entry]) -> None:
        """Record that these writes were undone."""
        with self._transaction():
            self._base.executemany("update entries set state = ? where id = ?", ((UNDONE, e.id) for e in entries))

    def known(self) -> frozenset[str]:
        """Return the people's notes that the last sync saw."""
        # Changes when another process has written; read first, since one may write meanwhile.
        version = self._base.execute("pragma data_version").fetchone()[0]
        if self._known is None or self._known[0] != version:
            self._known = version, frozenset([path for (path,) in self._base.execute("select path from known")])
        return self._known[1]

    def remember(self, paths: Iterable[str]) -> None:
        """Store these as the current people's notes."""
        new, before = frozenset(paths), self.known()
        if new != before:
            with self._transaction():
                # Another process may have written since.
                self._known = None
                self._base.execute("delete from known")
                self._base.executemany("insert into known values (?)", ((path,) for path in sorted(new)))
        elif self._known is not None:
            # The same paths, but the strings are those of the notes, which are in memory anyway.
            self._known = self._known[0], new

    def prune(self, most_entries: int = MOST_ENTRIES, most_bytes: int = MOST_BYTES) -> int:
        """Drop the oldest entries beyond the limits, except each note's first; return how many were dropped."""
        count, size = self._base.execute(
            "select count(*), coalesce(sum(length(before)), 0) from entries where not first"
        ).fetchone()
        gone = []
        oldest = self._base.execute(
            "select id, length(before) from entries where not first and state != ? order by id", (PENDING,)
        )
        while (count > most_entries or size > most_bytes) and (found := oldest.fetchone()):
            gone.append(found[0])
            count, size = count - 1, size - found[1]
        oldest.close()
        if gone:
            with self._transaction():
                self._base.executemany("delete from entries where id = ?", ((number,) for number in gone))
                self._base.execute("delete from runs where id not in (select run from entries)")
        return len(gone)

    def _entries(self, where: str, *values: object) -> tuple[Entry, ...]:
        # `where` is always a literal of this class; input from outside goes through `values`.
        try:
            rows = self._base.execute(f"{_SELECT} {where} order by id", values).fetchall()
        except sqlite3.Error as error:
            raise _unkept(self.place / FILE, error) from error
        found = []
        for path, old, new, before, changes, number, run, temp in rows:
            try:
                found.append(Entry(path, old, new, zlib.decompress(before), _pairs(changes), number, run, temp))
            except (zlib.error, ValueError, AttributeError, TypeError):
                self.damaged.add(str(path))
        return tuple(found)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._base.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._base.execute("rollback")
                raise
            self._base.execute("commit")
        except sqlite3.Error as error:
            raise _unkept(self.place / FILE, error) from error


def _pairs(changes: str) -> dict[str, tuple[object, object]]:
    return {name: (old, new) for name, (old, new) in json.loads(changes).items()}


def _open(file: Path, patience: float) -> sqlite3.Connection:
    # Created here, since SQLite would make it readable by others; SQLite's own journal gets the same mode.
    make_private_file(file)
    return sqlite3.connect(file, timeout=patience, isolation_level=None)


def _unkept(file: Path, why: object) -> Unwritable:
    words = why.strerror if isinstance(why, OSError) else why
    error = Unwritable(str(file), f"the journal of what is written cannot be used: {words}")
    error.hint = (
        "make its folder writable, or set NETNOTES_DATA to another one"
        if isinstance(why, OSError)
        else "if it is damaged, move it away: a new one is started, and writes in the old one cannot be undone"
    )
    return error
