"""Replace a note's bytes without losing an edit made at the same moment. Handles bytes, not front matter.

A new file is made beside the note under a dot-name, made durable, and *exchanged* with it, so the file that was at the
note's path at that instant is kept and can be compared. If it is not the expected one, somebody saved in between, and
`resolve` puts it back. `resolve` also cleans up after a killed process.

Limits: where the system has no atomic exchange, hard links are used instead, and a save by rename between two system
calls is lost. Without hard links (FAT, some network drives), any save between the last check and the rename is lost. A
note that another program has open for writing is left alone there. Where the system cannot say whether a file is open
for writing (not Linux, or another user's file), what a program writes into an open note after the last check is lost.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PATIENCE = 0.5
"""Seconds to wait for a program that still has the displaced file open for writing."""
_ROUNDS = 10
LONGEST_NAME = 255
"""Longest file name in bytes on usual file systems."""
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_CURRENT_FOLDER = -100
_NOT_THROUGH_LINKS = {"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}
"""Argument for `os.link`, which Windows and old releases of macOS do not support."""
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM, errno.EMLINK, errno.EXDEV)


class Resolution(Enum):
    """How an exchange ended."""

    WRITTEN = "written"
    """The note has the new bytes."""
    PUT_BACK = "put back"
    """Somebody saved in between; their version stays, ours is dropped."""
    KEPT_BESIDE = "kept beside"
    """Two saves came in between; the later one stays, the earlier one is kept in a separate note."""


def digest(data: bytes) -> str:
    """Return the sha256 of `data`, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def create(temp: Path, data: bytes, like: Path) -> None:
    """Create `temp` with these bytes, flushed to disk. Raises OSError, and then leaves no file.

    Mode, owner and extended attributes are those of `like`, where allowed.
    """
    status = like.stat()
    with _created(temp, data, 0o600) as (handle, part):
        if sys.platform != "win32":
            with contextlib.suppress(PermissionError):
                os.fchown(handle, status.st_uid, status.st_gid)
            os.fchmod(handle, stat.S_IMODE(status.st_mode))
        _copy_attributes(like, part)


def create_new(temp: Path, data: bytes) -> None:
    """Create `temp` with these bytes, flushed to disk, with the user's default mode. Raises OSError."""
    with _created(temp, data, 0o666):
        pass


@contextlib.contextmanager
def _created(temp: Path, data: bytes, mode: int) -> Iterator[tuple[int, Path]]:
    """Yield the open file and its path for now: when the block ends, it is flushed to disk and renamed to `temp`."""
    part = _part(temp)
    handle = os.open(part, _NEW_FILE, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            yield handle, part
            os.fsync(handle)
        # A file of this name is complete, so a half-written one of a killed process is never mistaken for a user's
        # edit.
        part.replace(temp)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def place_new(temp: Path, note: Path) -> None:
    """Rename `temp` to `note`, which must not exist. Raises FileExistsError or OSError; then `temp` is still there."""
    try:
        os.link(temp, note)
    except OSError as error:
        if error.errno not in _NOT_HERE or note.exists():
            raise
        temp.rename(note)
    else:
        temp.unlink()


def remove(note: Path, temp: Path, expected: str) -> bool:
    """Remove a note if its digest is `expected`; return whether it is gone.

    A note saved since then stays. `temp` is its name in between. Raises OSError.
    """
    if not _is_closed(note):
        return False
    note.rename(temp)
    if _closed_digest(temp, PATIENCE) != expected:
        place_new(temp, note)
        return False
    temp.unlink()
    return True


def exchange(temp: Path, note: Path) -> bool:
    """Exchange two files of one folder. Return whether the old note is now at `temp`.

    False means that this file system can only overwrite, and `temp` is gone. Raises OSError; then nothing has changed.
    """
    native = _native_exchange()
    if native is not None:
        code = native(os.fsencode(temp), os.fsencode(note))
        if code == 0:
            return True
        if code not in _NOT_HERE:
            raise OSError(code, os.strerror(code), str(note))
    # Without an exchange, what a program writes into a note that it has open would be lost with the displaced file.
    if not _is_closed(note):
        raise OSError(errno.EBUSY, "another program has it open", str(note))
    kept = _kept(temp)
    try:
        os.link(note, kept, **_NOT_THROUGH_LINKS)
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise
        temp.replace(note)
        return False
    try:
        same = kept.samefile(note)
        if same:
            temp.replace(note)
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    if not same:
        kept.unlink()
        raise OSError(errno.EBUSY, "it was saved at this moment", str(note))
    with contextlib.suppress(OSError):
        kept.replace(temp)
    # From here on the new bytes are in place. If the rename failed, `resolve` tries it again and reports it.
    return True


def resolve(temp: Path, note: Path, old: str, new: str, *, patience: float = PATIENCE) -> Resolution:
    """Compare the file that an exchange moved to `temp`; put it back unless it is the expected one; remove `temp`.

    `old` and `new` are the digests of the note before and after. May be called at any time after `create`, even if it
    is unknown how far a killed process got. If `temp` is gone, the note counts as written. Raises OSError.
    """
    _finish_interrupted(temp)
    if not temp.exists():
        return Resolution.WRITTEN
    # Do not wait: a program that writes into the displaced file should have it back at once.
    displaced = _closed_digest(temp, 0)
    if displaced in (old, new):
        temp.unlink()
        return Resolution.WRITTEN if displaced == old else Resolution.PUT_BACK
    placed: str | None = new
    for _ in range(_ROUNDS):
        if placed is None or not note.exists() or digest(note.read_bytes()) != placed:
            break
        if not exchange(temp, note):
            return Resolution.PUT_BACK
        came_off = _closed_digest(temp, patience)
        if came_off == placed:
            if placed != new:
                break
            temp.unlink()
            return Resolution.PUT_BACK
        # Somebody saved again: that version is newer than the one just put back, so it is restored.
        placed, displaced = displaced, came_off
    _keep_beside(temp, note)
    return Resolution.KEPT_BESIDE


def discard(temp: Path) -> None:
    """Remove the complete or partial file of `create`; only before an exchange."""
    _part(temp).unlink(missing_ok=True)
    temp.unlink(missing_ok=True)


def flush(folder: Path) -> None:
    """Flush the folder's entries to disk. Raises OSError if the system reports a failure."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise
    finally:
        os.close(handle)


def _is_closed(note: Path) -> bool:
    """Return whether no program has a note open for writing, as far as the system can tell."""
    with note.open("rb") as file:
        return _has_no_writer(file.fileno()) or not _reports_writers(note)


def _closed_digest(path: Path, patience: float) -> str | None:
    """Return a file's digest once no program has it open for writing; None if one keeps it open."""
    until = time.monotonic() + patience
    pause = 0.0005
    with path.open("rb") as file:
        reports_writers = None
        while not _has_no_writer(file.fileno()):
            reports_writers = _reports_writers(path) if reports_writers is None else reports_writers
            if not reports_writers:
                break
            if time.monotonic() >= until:
                return None
            time.sleep(pause)
            pause = min(pause * 2, 0.02)
        return digest(file.read())


if sys.platform == "linux":

    def _has_no_writer(handle: int) -> bool:
        """Return whether no program has the file open for writing: only then a read lease is granted."""
        try:
            # When a lease is broken, the default signal would end this process; SIGURG is ignored by default.
            fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError as error:
            return error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        return True

else:

    def _has_no_writer(handle: int) -> bool:
        """Return True: this system does not report it."""
        del handle
        return True


def _reports_writers(beside: Path) -> bool:
    """Return whether this file system reports open files correctly: some network drives report all files as open."""
    scratch = _part(beside)
    try:
        with scratch.open("xb"):
            pass
        with scratch.open("rb") as file:
            return _has_no_writer(file.fileno())
    finally:
        scratch.unlink(missing_ok=True)


def _keep_beside(temp: Path, note: Path) -> None:
    """Rename `temp` to a visible, unused name beside the note."""
    number = 1
    while True:
        beside = note.with_name(_name_beside(note, number))
        try:
            os.link(temp, beside)
        except FileExistsError:
            number += 1
            continue
        except OSError as error:
            if error.errno not in _NOT_HERE or beside.exists():
                raise
            temp.replace(beside)
            return
        temp.unlink()
        return


def _name_beside(note: Path, number: int) -> str:
    """Return a name for a copy, short enough for every file system."""
    end = f" (kept by NetNotes {number}){note.suffix}"
    room = LONGEST_NAME - len(os.fsencode(end))
    stem = os.fsencode(note.stem)[:room].decode("utf-8", errors="ignore")
    return stem + end


def _finish_interrupted(temp: Path) -> None:
    """Finish what a killed process began: creating the file, or an exchange by hard link."""
    _part(temp).unlink(missing_ok=True)
    kept = _kept(temp)
    if kept.exists():
        if temp.exists():
            kept.unlink()
        else:
            kept.replace(temp)


def _part(temp: Path) -> Path:
    return temp.with_name(f"{temp.name}.part")


def _kept(temp: Path) -> Path:
    return temp.with_name(f"{temp.name}.old")


def _copy_attributes(source: Path, target: Path) -> None:
    if sys.platform != "linux":
        return
    try:
        names = os.listxattr(source)
    except OSError:
        return
    for name in names:
        # The system refuses its own attributes (security.*) and sets them itself.
        with contextlib.suppress(OSError):
            os.setxattr(target, name, os.getxattr(source, name))


@functools.cache
def _native_exchange() -> Callable[[bytes, bytes], int] | None:
    """Return a function that exchanges two paths and returns an error number, None if the system has none."""
    if sys.platform == "win32":
        return None
    import ctypes  # only a note that is written needs it

    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        swap, flag = getattr(library, "renamex_np", None), 2
        if swap is None:
            return None
        return lambda one, other: 0 if swap(one, other, flag) == 0 else ctypes.get_errno()
    swap = getattr(library, "renameat2", None)
    if swap is None:
        return None
    here = _CURRENT_FOLDER
    return lambda one, other: 0 if swap(here, one, here, other, 2) == 0 else ctypes.get_errno()
