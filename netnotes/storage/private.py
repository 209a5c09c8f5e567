"""Create our own folders and files (journal, cache, consent, logs) so that other users cannot open them."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from netnotes.storage.exchange import flush

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077
"""Permissions of group and others."""


def make_folder(place: Path) -> None:
    """Create a private folder and its missing parents; an existing one keeps its mode.

    Flushed to disk, so that a journal in it survives a power cut. Raises OSError.
    """
    missing = [folder for folder in (place, *place.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(FOLDER, exist_ok=True)
        flush(folder.parent)
    if not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))


def make_file(place: Path) -> None:
    """Create an empty file if it is missing, and remove other users' permissions. Raises OSError."""
    os.close(os.open(place, os.O_RDWR | os.O_CREAT, FILE))
    mode = stat.S_IMODE(place.stat().st_mode)
    if mode & _OTHERS:
        # A file system without modes refuses; then the file is used as it is.
        with contextlib.suppress(OSError):
            place.chmod(mode & ~_OTHERS)
