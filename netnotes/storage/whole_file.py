"""Put a page or table in its place on disk: whole or not at all, and never over a file that is somebody else's."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from netnotes.errors import Unwritable

MARK = '<meta name="generator" content="NetNotes'
"""What every page of ours holds near its top."""
_HEAD = 4096


def save(text: str, place: Path, mark: str = MARK) -> None:
    """Write `text` to `place`, replacing an older one of the same `mark`. Raises Unwritable."""
    check(place, mark)
    try:
        _replace(place, text.encode("utf-8"))
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error


def check(place: Path, mark: str = MARK) -> None:
    """Raise Unwritable where something stands that is neither empty nor bears the `mark` near its top."""
    try:
        if place.exists() and not _is_ours(place, mark):
            raise Unwritable(str(place), "another file is there; name one with --output, or move it away")
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error


def _is_ours(place: Path, mark: str) -> bool:
    if not place.is_file():
        return False
    with place.open("rb") as file:
        head = file.read(_HEAD)
    return not head or mark.encode() in head


def _replace(place: Path, data: bytes) -> None:
    handle, temp = tempfile.mkstemp(prefix=".netnotes-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp makes a private file; a map is an ordinary one.
        umask = os.umask(0)
        os.umask(umask)
        Path(temp).chmod(0o666 & ~umask)
        Path(temp).replace(place)
    except BaseException:
        Path(temp).unlink(missing_ok=True)
        raise
