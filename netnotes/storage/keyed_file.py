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
from pathlib import Path
from typing import Any

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


class Pieces:
    """The pieces of a file, each read when it is needed, in any order.

    The file stays open, so all of them are of one file whatever becomes of its name. An open file cannot be replaced
    on every system: it is closed by `close`, when it is damaged, and when nobody holds this any more.
    """

    def __init__(self, place: Path, handle: int, size: int) -> None:
        """Take an open file of `size` bytes. See `opened`."""
        self._place = place
        self._handle: int | None = handle
        self._size = size
        self._found: list[tuple[int, bytes]] = []
        """Where the first pieces begin, each with its length and checksum."""
        self.first: Any = None
        """The first piece; None if it is damaged."""
        with suppress(Damaged):
            self.first = self[0]

    def __del__(self) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; from now on every piece counts as damaged."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __getitem__(self, number: int) -> Any:
        """Return a piece, counted from 0. If it is damaged, the file is closed and removed, and this raises Damaged."""
        data = self._data(number)
        if data is None:
            if self._handle is not None:
                self.close()
                with suppress(OSError):
                    self._place.unlink()
            raise Damaged(str(self._place))
        # Written by this user's NetNotes of this version, so the content is what was packed.
        return marshal.loads(data)  # noqa: S302  # holds no code, and nobody else could have written it

    @property
    def id(self) -> bytes:
        """The length and the checksum of the first piece."""
        return self._found[0][1]

    def reach(self, number: int) -> bool:
        """Return whether the file does not end before this piece."""
        while self._handle is not None and number >= len(self._found):
            at, sums = self._found[-1] if self._found else (_HEAD, bytes(_SUMS))
            at += _length(sums)
            if at >= self._size:
                return False
            self._found.append((at + _SUMS, _read(self._handle, at, _SUMS)))
        return True

    def _data(self, number: int) -> bytes | None:
        """Return the bytes of a piece; None if it is damaged."""
        if self._handle is None or not self.reach(number):
            return None
        at, sums = self._found[number]
        data = _read(self._handle, at, min(_length(sums), self._size))
        return data if data and _sums(data) == sums else None


def opened(place: Path, key: bytes) -> Pieces | None:
    """Return the pieces of a file; None if it is missing or incomplete, has another key, or the first is damaged."""
    try:
        handle = os.open(place, _OPEN)
    except OSError:
        return None
    status = os.fstat(handle)
    if _ours(status) and _read(handle, 0, _HEAD) == _head(key, status.st_size):
        pieces = Pieces(place, handle, status.st_size)
        return None if pieces.first is None else pieces
    os.close(handle)
    return None


def read(place: Path, key: bytes) -> Iterator[Any]:
    """Yield the pieces of a file, each read when it is needed; nothing where `opened` returns None.

    Damage after the first piece raises Damaged when the iterator gets there, and removes the file.
    """
    pieces = opened(place, key)
    if pieces is None:
        return
    first, pieces.first = pieces.first, None
    yield first
    del first
    number = 1
    while pieces.reach(number):
        yield pieces[number]
        number += 1


def _read(handle: int, at: int, size: int) -> bytes:
    """Return up to `size` bytes of a file; none if the disk does not give them."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, at, os.SEEK_SET)
            return os.read(handle, size)
        # A fork of this process may read at the same time.
        return os.pread(handle, size, at)
    except OSError:
        return b""


def _length(sums: bytes) -> int:
    """Return the length of a piece."""
    return int.from_bytes(sums[:4], "big")


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
                del piece, data
            size = file.tell()
            file.seek(0)
            file.write(_head(key, size))
    except OSError:
        return b""
    return first
