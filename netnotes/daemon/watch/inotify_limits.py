"""Check how many folders Linux lets a user watch, and how to raise that limit. Changes nothing itself."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

WATCHES, INSTANCES = "max_user_watches", "max_user_instances"
_HERE = Path("/proc/sys/fs/inotify")
_LEAST = {WATCHES: 524_288, INSTANCES: 512}
_CLOSE_WRITE = 0x8


def remedy(error: OSError, limits: Path = _HERE) -> str | None:
    """Return the command that raises the limit which `error` reports; None for any other error."""
    which = {errno.ENOSPC: WATCHES, errno.EMFILE: INSTANCES}.get(error.errno or 0)
    return command(which, limits) if which else None


def command(which: str, limits: Path = _HERE) -> str:
    """Return the command that raises a limit, now and after a restart."""
    try:
        now = int((limits / which).read_text(encoding="ascii"))
    except (OSError, ValueError):
        now = 0
    wanted = max(_LEAST[which], 2 * now)
    return f"echo fs.inotify.{which}={wanted} | sudo tee /etc/sysctl.d/60-netnotes.conf && sudo sysctl --system"


def exhausted(root: Path) -> bool:
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
