"""Read and write files of plain data with a key and a checksum; incomplete or foreign ones are ignored.

The format (`marshal`) holds data and no code, and a file that others could have written is not read.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from netnotes.storage import private
from netnotes.storage.whole_file import replacing

MAGIC = b"netnotes"
"""First bytes of each file."""
_HEAD = len(MAGIC) + 32 + 4
_PARSERS = ("pyromark", "yaml")
"""Packages whose code affects parsed notes, and everything computed from them."""


def environment() -> bytes:
    """Return a key that changes with Python and with the packages that parse notes. Raises OSError."""
    found = [repr((sys.version, sys.byteorder, marshal.version))]
    for name in _PARSERS:
        spec = find_spec(name)
        if spec and spec.origin:
            status = Path(spec.origin).stat()
            found.append(f"{name} {status.st_mtime_ns} {status.st_size}")
    return "\0".join(found).encode()


def read(place: Path, key: bytes) -> tuple[Iterable[Any], bytes]:
    """Return the pieces of a file and its checksum; both empty if it is missing, damaged or has another key."""
    try:
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not _ours(os.fstat(handle)):
                return [], b""
            head, data = file.read(_HEAD), file.read()
    except OSError:
        return [], b""
    total = zlib.crc32(data).to_bytes(4, "big")
    if head != MAGIC + key + total:
        return [], b""
    return _pieces(data), total


def _ours(status: os.stat_result) -> bool:
    """Return whether only this user can have written a file."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def write(place: Path, key: bytes, pieces: Iterable[Any]) -> bytes:
    """Write a private file completely or not at all; return its checksum, empty on failure.

    `key` is 32 bytes that `read` must be given.
    """
    try:
        private.make_folder(place.parent)
        with replacing(place, fresh=True) as file:
            file.write(bytes(_HEAD))
            total = _put(file, pieces)
            file.seek(0)
            file.write(MAGIC + key + total)
    except OSError:
        return b""
    return total


def _put(file: BinaryIO, pieces: Iterable[Any]) -> bytes:
    """Write each piece after its length, so that they are never all in memory twice; return the checksum."""
    total = 0
    for piece in pieces:
        data = marshal.dumps(piece)
        data = len(data).to_bytes(4, "big") + data
        total = zlib.crc32(data, total)
        file.write(data)
    return total.to_bytes(4, "big")


def _pieces(data: bytes) -> Iterator[Any]:
    """Yield the pieces that `_put` wrote; each is decoded when it is needed."""
    at = 0
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "big")
        # Written completely by this user's NetNotes of this version, so the content is what was packed.
        yield marshal.loads(data[at + 4 : end])  # noqa: S302  # holds no code, and nobody else could have written it
        at = end
