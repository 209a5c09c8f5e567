"""Read and write files of plain data with a key and checksums; incomplete or foreign ones are ignored.

A file has pieces, each with its own checksum: a command reads those that it needs. The format (`marshal`) holds data
and no code, and a file that others could have written is not read.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from netnotes.storage.whole_file import make_private_folder, replacing

MAGIC = b"netnotes"
"""First bytes of each file."""
_HEAD = len(MAGIC) + 32 + 8
"""Mark, key and size of the file, in bytes."""
_SUMS = 8
"""Length and checksum of a piece, in bytes."""
_PARSERS = ("pyromark", "yaml")
"""Packages whose code affects parsed notes, and everything computed from them."""
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Follow no link, and do not wait for whoever writes into a pipe."""


@lru_cache(maxsize=1)
def version() -> bytes:
    """Return a key that changes with any file of the program, with Python, and with the packages that parse notes.

    Computed once: this process keeps running the code that it started with, whatever is installed later.
    """
    return _version()


def has_changed() -> bool:
    """Return whether another version has been installed since this process began to run this one."""
    return version() != _version()


def _version() -> bytes:
    total = hashlib.sha256(repr((sys.version, sys.byteorder, marshal.version)).encode())
    try:
        for line in (*_parsers(), *sorted(_files(str(Path(__file__).parents[1])))):
            total.update(line.encode("utf-8", "surrogatepass") + b"\0")
    except OSError:
        # Code in an archive cannot be read; then nothing is ever taken from a cache.
        return os.urandom(32)
    return total.digest()


def _parsers() -> Iterator[str]:
    for name in _PARSERS:
        spec = find_spec(name)
        if spec and spec.origin:
            status = Path(spec.origin).stat()
            yield f"{name} {status.st_mtime_ns} {status.st_size}"


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "web"):
                    yield from _files(entry.path)
            else:
                status = entry.stat()
                yield f"{entry.path}\0{status.st_size}\0{status.st_mtime_ns}"


class Damaged(Exception):
    """A piece of a file is not what was written."""


def read(place: Path, key: bytes) -> tuple[Iterator[Any], bytes]:
    """Return the pieces of a file, each read when it is needed, and the id of the file.

    Nothing if the file is missing, incomplete or has another key, or its first piece is damaged. Damage further on
    raises Damaged when the iterator gets there, and removes the file.
    """
    pieces = _pieces(place, key)
    first = next(pieces, None)
    return (chain([first[0]], (piece for piece, _ in pieces)), first[1]) if first else (iter(()), b"")


def _pieces(place: Path, key: bytes) -> Iterator[tuple[Any, bytes]]:
    """Yield each piece with its length and checksum."""
    try:
        handle = os.open(place, _OPEN)
    except OSError:
        return
    status = os.fstat(handle)
    if not _ours(status):
        os.close(handle)
        return
    with os.fdopen(handle, "rb") as file:
        if _read(file, _HEAD) != _head(key, status.st_size):
            return
        at = _HEAD
        while at < status.st_size:
            sums = _read(file, _SUMS)
            data = _read(file, min(int.from_bytes(sums[:4], "big"), status.st_size))
            if not sums or _sums(data) != sums:
                if at == _HEAD:
                    return
                with suppress(OSError):
                    place.unlink()
                raise Damaged(str(place))
            at += len(sums) + len(data)
            # Written by this user's NetNotes of this version, so the content is what was packed.
            piece = marshal.loads(data)  # noqa: S302  # holds no code, and nobody else could have written it
            # While a piece is in use, its bytes take as much memory again.
            del data
            yield piece, sums


def _read(file: BinaryIO, size: int) -> bytes:
    """Return up to `size` bytes of a file; none if the disk does not give them."""
    try:
        return file.read(size)
    except OSError:
        return b""


def _head(key: bytes, size: int) -> bytes:
    return MAGIC + key + size.to_bytes(8, "big")


def _sums(data: bytes) -> bytes:
    """Return the length and the checksum of a piece."""
    return len(data).to_bytes(4, "big") + zlib.crc32(data).to_bytes(4, "big")


def _ours(status: os.stat_result) -> bool:
    """Return whether it is a regular file that only this user can have written."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def write(place: Path, key: bytes, pieces: Iterable[Any]) -> bytes:
    """Write a private file completely or not at all; return its id, empty on failure.

    `key` is 32 bytes that `read` must be given. The id is the length and the checksum of the first piece.
    """
    first = b""
    try:
        make_private_folder(place.parent)
        with replacing(place, fresh=True) as file:
            file.write(_head(key, 0))
            for piece in pieces:
                data = marshal.dumps(piece)
                sums = _sums(data)
                first = first or sums
                file.write(sums)
                file.write(data)
            size = file.tell()
            file.seek(0)
            file.write(_head(key, size))
    except OSError:
        return b""
    return first
