"""Where notifications of changes do not work: on network file systems, and beyond the limits of inotify on Linux."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

REMOTE = frozenset(
    "9p afpfs afs beegfs ceph cifs coda davfs fuse.davfs fuse.glusterfs fuse.rclone fuse.s3fs "
    "fuse.sshfs gfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 prl_fs smb2 smb3 smbfs sshfs vboxsf virtiofs "
    "vmhgfs webdav".split()
)
"""File systems on a network or shared with a virtual machine."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_BSD = re.compile(r"on (?P<where>/.*) \((?P<kind>[^,)]+)[,)]")


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
