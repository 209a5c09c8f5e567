"""Change notifications of the system (inotify, FSEvents, …), and where they do not work. Guarantees nothing.

Only events that change a file are requested. With the default filter, merely reading a note causes events, so a daemon
would wake itself, and a few thousand new files would overflow the system's queue.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import logging
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from netnotes.daemon.watch.change_sets import concerns
from netnotes.daemon.watch.hint_queue import HintQueue

WANTED: list[type[FileSystemEvent]] = [
    FileClosedEvent,
    FileCreatedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
if sys.platform != "linux":
    # Only inotify reports that a file was closed after writing.
    WANTED.append(FileModifiedEvent)
ENDING = 5.0
"""Longest wait in seconds for the threads that read notifications to end."""
_ADDED_TWICE = r"Callback with id .* already exists"
OVERFLOW = "the system's queue of changes overflowed"
_LOGGER = logging.getLogger("watchdog.observers")
"""Overflows are only logged, so the log is where we find them."""

REMOTE = frozenset(
    "9p afpfs afs beegfs ceph cifs coda davfs fuse.davfs fuse.glusterfs fuse.rclone fuse.s3fs "
    "fuse.sshfs gfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 prl_fs smb2 smb3 smbfs sshfs vboxsf virtiofs "
    "vmhgfs webdav".split()
)
"""File systems on a network or shared with a virtual machine."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_BSD = re.compile(r"on (?P<where>/.*) \((?P<kind>[^,)]+)[,)]")


class _EventHandler(FileSystemEventHandler):
    """Turns watchdog's events into paths of the vault."""

    def __init__(self, root: Path, hints: HintQueue) -> None:
        self._prefix = f"{root}{os.sep}"
        self._hints = hints

    def dispatch(self, event: FileSystemEvent) -> None:
        """Handle one event; both ends of a move."""
        ends = (os.fsdecode(place) for place in (event.src_path, event.dest_path) if place)
        paths = [place.removeprefix(self._prefix).replace(os.sep, "/") for place in ends]
        if wanted := [path for path in paths if concerns(path)]:
            self._hints.put(wanted)


class _Overflows(logging.Handler):
    """Detects overflows in watchdog's log."""

    def __init__(self, hints: HintQueue) -> None:
        super().__init__(logging.WARNING)
        self._hints = hints

    def emit(self, record: logging.LogRecord) -> None:
        """Ask for a rescan."""
        del record
        self._hints.put(rescan=OVERFLOW)


class Observation:
    """The running observer of a vault."""

    def __init__(self, observer: Any) -> None:
        self._observer = observer

    def alive(self) -> bool:
        """Return whether notifications still arrive: they end when the vault's folder is deleted or a thread dies."""
        emitters = self._observer.emitters
        return bool(self._observer.is_alive() and emitters and all(emitter.is_alive() for emitter in emitters))


@contextlib.contextmanager
def observed(root: Path, hints: HintQueue) -> Iterator[Observation]:
    """Fill `hints` with changes below `root` while the block runs.

    Raises OSError if the system refuses: no such folder, no more watches (ENOSPC) or instances (EMFILE) allowed.
    """
    # watchdog prints a long warning with the path if two of its threads add a folder at once; that is harmless.
    warnings.filterwarnings("ignore", _ADDED_TWICE, RuntimeWarning)
    observer = Observer()
    overflows = _Overflows(hints)
    _LOGGER.addHandler(overflows)
    try:
        observer.schedule(_EventHandler(root, hints), str(root), recursive=True, event_filter=WANTED)
        observer.start()
        yield Observation(observer)
    finally:
        _LOGGER.removeHandler(overflows)
        if observer.is_alive():
            observer.stop()
            # Its threads end with the program in any case.
            observer.join(ENDING)


def remote_filesystem(place: Path) -> str | None:
    """Return the kind of the remote file system that holds `place`; None if it is local."""
    real = os.path.realpath(place)
    if sys.platform == "win32":
        return "network drive" if real.startswith("\\\\") else None
    kind = filesystem_of(real, _mounted())
    return kind if kind in REMOTE or (kind or "").startswith("fuse.sshfs") else None


def filesystem_of(place: str, mounted: Iterable[tuple[str, str]]) -> str | None:
    """Return the kind of the file system mounted nearest above `place`, out of (where, kind); of two, the later."""
    best = ""
    kind = None
    for where, what in mounted:
        inside = where in ("/", place) or place.startswith(f"{where}/")
        if inside and len(where) >= len(best):
            best, kind = where, what
    return kind


def linux_mounts(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read the lines of /proc/mounts."""
    for line in lines:
        parts = line.split(" ")
        if len(parts) > 2:
            yield _OCTAL.sub(lambda match: chr(int(match[1], 8)), parts[1]), parts[2]


def bsd_mounts(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read the lines that `mount` prints on macOS."""
    for line in lines:
        if match := _BSD.search(line):
            yield match["where"], match["kind"]


def _mounted() -> list[tuple[str, str]]:
    try:
        if sys.platform == "linux":
            return list(linux_mounts(Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()))
        mounted = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return []
    return list(bsd_mounts(mounted.stdout.splitlines()))


WATCHES, INSTANCES = "max_user_watches", "max_user_instances"
_LIMITS = Path("/proc/sys/fs/inotify")
_WANTED = {WATCHES: 524_288, INSTANCES: 512}
_CLOSE_WRITE = 0x8


def limit_remedy(error: OSError, limits: Path = _LIMITS) -> str | None:
    """Return the command that raises the limit which `error` reports; None for any other error."""
    which = {errno.ENOSPC: WATCHES, errno.EMFILE: INSTANCES}.get(error.errno or 0)
    return raise_limit_command(which, limits) if which else None


def raise_limit_command(which: str, limits: Path = _LIMITS) -> str:
    """Return the command that raises a limit, now and after a restart."""
    try:
        now = int((limits / which).read_text(encoding="ascii"))
    except (OSError, ValueError):
        now = 0
    wanted = max(_WANTED[which], 2 * now)
    return f"echo fs.inotify.{which}={wanted} | sudo tee /etc/sysctl.d/60-netnotes.conf && sudo sysctl --system"


def is_limit_reached(root: Path) -> bool:
    """Return whether no further folder can be watched: some folders of the vault may then go unwatched."""
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    handle = library.inotify_init1(os.O_CLOEXEC)
    if handle < 0:
        return ctypes.get_errno() == errno.EMFILE
    try:
        watch = library.inotify_add_watch(handle, os.fsencode(root), _CLOSE_WRITE)
        return bool(watch < 0 and ctypes.get_errno() == errno.ENOSPC)
    finally:
        os.close(handle)
