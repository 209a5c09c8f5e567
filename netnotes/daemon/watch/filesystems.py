"""Find out whether a folder is on a network file system, where the system reports only local changes."""

from __future__ import annotations

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


def remote(place: Path) -> str | None:
    """Return the kind of the remote file system that holds `place`; None if it is local."""
    real = os.path.realpath(place)
    if sys.platform == "win32":
        return "network drive" if real.startswith("\\\\") else None
    kind = kind_of(real, _mounted())
    return kind if kind in REMOTE or (kind or "").startswith("fuse.sshfs") else None


def kind_of(place: str, mounted: Iterable[tuple[str, str]]) -> str | None:
    """Return the kind of the file system mounted nearest above `place`, out of (where, kind); of two, the later."""
    best = ""
    kind = None
    for where, what in mounted:
        inside = where in ("/", place) or place.startswith(f"{where}/")
        if inside and len(where) >= len(best):
            best, kind = where, what
    return kind


def linux(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read the lines of /proc/mounts."""
    for line in lines:
        parts = line.split(" ")
        if len(parts) > 2:
            yield _OCTAL.sub(lambda match: chr(int(match[1], 8)), parts[1]), parts[2]


def bsd(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read the lines that `mount` prints on macOS."""
    for line in lines:
        if match := _BSD.search(line):
            yield match["where"], match["kind"]


def _mounted() -> list[tuple[str, str]]:
    try:
        if sys.platform == "linux":
            return list(linux(Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()))
        mounted = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return []
    return list(bsd(mounted.stdout.splitlines()))
