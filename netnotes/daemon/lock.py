"""One daemon per vault: a lock on a file, which the system releases when the process that holds it ends."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from netnotes.errors import NetNotesError, Unwritable
from netnotes.lazy_dataclass import dataclass
from netnotes.storage.whole_file import make_private_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE = "watch.lock"
"""Locked by the daemon alone, so that two never run; holds its process id and start time."""
RUNNING = "watch.running"
"""Locked exclusively by the daemon, and briefly shared by processes that ask whether it runs."""
_FAR = 1 << 20
"""Offset of the locked byte on Windows: beyond the text, which others must be able to read."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that watches a vault."""

    pid: int = 0
    """0 if unknown."""
    since: str = ""


class AlreadyWatched(NetNotesError):
    """Another process watches this vault."""

    def __init__(self, holder: Holder) -> None:
        who = f"process {holder.pid}" if holder.pid else "another process"
        super().__init__(f"this vault is already watched by {who}{f' since {holder.since}' if holder.since else ''}")
        self.hint = f"`netnotes status` shows how it is doing; `kill {holder.pid}` ends it" if holder.pid else None


@contextlib.contextmanager
def held(folder: Path, at: dt.datetime) -> Iterator[None]:
    """Hold the lock of the vault with data folder `folder` while the block runs.

    Raises AlreadyWatched if another process holds it, Unwritable if the lock file cannot be created.
    """
    with contextlib.ExitStack() as opened:
        try:
            make_private_folder(folder)
            handle = _open(folder / FILE, opened)
            running = _open(folder / RUNNING, opened)
        except OSError as error:
            raise Unwritable(str(folder / FILE), error.strerror or str(error)) from error
        if not _lock(handle):
            raise AlreadyWatched(_read(folder / FILE))
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps({"pid": os.getpid(), "since": at.isoformat(timespec="seconds")}).encode())
        _announce(running)
        yield
        os.ftruncate(handle, 0)


def holder(folder: Path) -> Holder | None:
    """Return the process that watches the vault with data folder `folder`; None if there is none.

    Never takes the daemon's own lock, even briefly: a daemon that starts meanwhile must not be refused.
    """
    try:
        running = _is_announced(folder)
    except OSError:
        return None
    return _read(folder / FILE) if running else None


def _open(place: Path, opened: contextlib.ExitStack) -> int:
    handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    opened.callback(os.close, handle)
    return handle


def _read(place: Path) -> Holder:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
        return Holder(int(found["pid"]), str(found["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


if sys.platform == "win32":

    def _lock(handle: int) -> bool:
        """Try to lock an open file; return whether it worked."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

    def _announce(handle: int) -> None:
        """Do nothing: on Windows a locked byte of `FILE` cannot be read, which is announcement enough."""
        del handle

    def _is_announced(folder: Path) -> bool:
        """Return whether a daemon runs: a byte locked by another process cannot be read. Raises OSError."""
        with contextlib.ExitStack() as opened:
            handle = os.open(folder / FILE, os.O_RDONLY)
            opened.callback(os.close, handle)
            os.lseek(handle, _FAR, os.SEEK_SET)
            try:
                os.read(handle, 1)
            except PermissionError:
                return True
            return False

else:

    def _lock(handle: int) -> bool:
        """Try to lock an open file; return whether it worked."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _announce(handle: int) -> None:
        """Lock `RUNNING`; waits for processes that are asking."""
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _is_announced(folder: Path) -> bool:
        """Return whether a daemon runs. Raises OSError."""
        handle = os.open(folder / RUNNING, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False
