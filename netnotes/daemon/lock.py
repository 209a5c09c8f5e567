"""One daemon a vault: a lock on a file, which the system takes back when its process dies, however it dies."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from netnotes.errors import NetNotesError, Unwritable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE = "watch.lock"
_FAR = 1 << 20
"""Where the locked byte lies on Windows: behind all that is written, which others must be able to read."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who watches a vault."""

    pid: int = 0
    """0 where it is not known."""
    since: str = ""


class AlreadyWatched(NetNotesError):
    """Another process watches this vault."""

    def __init__(self, holder: Holder) -> None:
        who = f"process {holder.pid}" if holder.pid else "another process"
        super().__init__(f"this vault is watched already, by {who}{f' since {holder.since}' if holder.since else ''}")
        self.hint = f"`netnotes status` says how it is; `kill {holder.pid}` ends it" if holder.pid else None


@contextlib.contextmanager
def held(folder: Path, at: dt.datetime) -> Iterator[None]:
    """Be the one that watches, in the data folder `folder` of a vault, while the block lasts.

    Raises AlreadyWatched where somebody else does, Unwritable where no lock can be made.
    """
    place = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error
    try:
        if not _lock(handle):
            raise AlreadyWatched(_read(place))
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps({"pid": os.getpid(), "since": at.isoformat(timespec="seconds")}).encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def holder(folder: Path) -> Holder | None:
    """Return who watches the vault whose data folder is `folder`; None where nobody does."""
    place = folder / FILE
    try:
        handle = os.open(place, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _lock(handle) else _read(place)
    finally:
        os.close(handle)


def _read(place: Path) -> Holder:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
        return Holder(int(found["pid"]), str(found["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


if sys.platform == "win32":

    def _lock(handle: int) -> bool:
        """Try to lock an open file; return whether it is ours now."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:

    def _lock(handle: int) -> bool:
        """Try to lock an open file; return whether it is ours now."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
