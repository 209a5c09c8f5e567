"""The parsed notes of one vault on disk, for the next command. Knows neither notes' text nor what is current.

Two files a vault: `….notes` with everything, and `….recent` with what changed since, so that one changed note does
not cost as much as all. Each begins with a key (the vault's real path, the code that parsed, Python's version) and a
checksum: a file that is torn, of another version or another vault's is as good as none. The format (`marshal`) holds
data and no code, and a file that others could have written is not read. Whoever deletes all of it loses time and
nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import re
import sys
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from netnotes.model import Note
from netnotes.storage import private
from netnotes.storage.scan import Stamp
from netnotes.text import serialize

_MAGIC = b"netnotes"
_HEAD = len(_MAGIC) + 32 + 4
_AT_ONCE = 1_000
"""Notes that stand in one piece of a file."""
_FEW = 200
_SHARE = 50
"""Everything is written anew once more than one note in so many has changed since, and more than a few."""
_OWN_NAME = re.compile(r"[0-9a-f]{40}\.(?:notes|recent)")
_OWN_PART = re.compile(r"\.[0-9a-f]{40}\.(?:notes|recent)\.\d+")
_OLD = 180 * 86_400
"""Seconds after which a vault that nobody looks at any more has no cache."""
_READERS = ("pyromark", "yaml", "frontmatter")
"""Packages that have a say in what a note holds."""


class CachedNote(NamedTuple):
    """One note as it was read."""

    stamp: Stamp
    settled: bool
    """Whether any later change of the file is bound to leave another stamp."""
    note: Note


class NoteCache:
    """The cache of the vault at `root`, in `folder`. Never raises: without a cache all is as well, and slower."""

    def __init__(self, folder: Path, root: Path) -> None:
        place = os.fsencode(os.path.realpath(root))
        self._folder = folder
        name = hashlib.sha256(place).hexdigest()[:40]
        self._base = folder / f"{name}.notes"
        self._recent = folder / f"{name}.recent"
        self._key = hashlib.sha256(_code() + place).digest()
        self._base_sum = b""
        """Checksum of the base that was read or written last; nothing where there is none."""
        self._since: set[str] = set()
        """Notes of which something else is kept than in the base."""

    def load(self) -> dict[str, CachedNote]:
        """Return what was kept of each path."""
        self._since = set()
        rows, self._base_sum = _read(self._base, self._key)
        kept = dict(_unpacked(rows))
        if self._base_sum:
            rows = list(_read(self._recent, self._key_of_recent())[0])
            self._since = {row[0] for row in rows}
            for path in self._since:
                kept.pop(path, None)
            kept |= _unpacked(row for row in rows if row[-1])
        return kept

    def save(self, kept: Mapping[str, CachedNote], touched: Collection[str]) -> None:
        """Keep `kept`, which differs from what was last loaded or saved at `touched`, notes that are gone included."""
        self._since.update(touched)
        if self._base_sum and len(self._since) <= max(_FEW, len(kept) // _SHARE):
            self._write(self._recent, self._key_of_recent(), _packed(kept, sorted(self._since)))
            return
        self._base_sum = self._write(self._base, self._key, _packed(kept, sorted(kept)))
        self._since.clear()
        with contextlib.suppress(OSError):
            self._recent.unlink(missing_ok=True)
        self._tidy()

    def _key_of_recent(self) -> bytes:
        return hashlib.sha256(self._key + self._base_sum).digest()

    def _write(self, place: Path, key: bytes, rows: Iterable[Any]) -> bytes:
        """Write a file whole or not at all; return its checksum, nothing where it could not be written."""
        part = self._folder / f".{place.name}.{os.getpid()}"
        try:
            private.make_folder(self._folder)
            handle = os.open(
                part,
                os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0),
                0o600,
            )
            with os.fdopen(handle, "wb") as file:
                file.write(bytes(_HEAD))
                total = _put(file, rows)
                file.seek(0)
                file.write(_MAGIC + key + total)
            part.replace(place)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            return b""
        return total

    def _tidy(self) -> None:
        """Remove what has been unused for long: caches of vaults that are gone, parts that a kill left.

        The folder may hold anything: only files with a name that this class makes are removed, and caches only with
        its mark at their beginning.
        """
        with contextlib.suppress(OSError):
            limit = time.time() - _OLD
            for entry in list(os.scandir(self._folder)):
                if (
                    entry.is_file(follow_symlinks=False)
                    and entry.stat(follow_symlinks=False).st_mtime < limit
                    and _is_own(Path(entry.path))
                ):
                    Path(entry.path).unlink()


def _is_own(place: Path) -> bool:
    if _OWN_PART.fullmatch(place.name):
        return True
    if not _OWN_NAME.fullmatch(place.name):
        return False
    with place.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _put(file: BinaryIO, rows: Iterable[Any]) -> bytes:
    """Write rows in pieces, each behind its length, so that they are never all in memory twice; return the checksum."""
    total = 0
    rows = iter(rows)
    while piece := list(islice(rows, _AT_ONCE)):
        data = marshal.dumps(piece)
        data = len(data).to_bytes(4, "big") + data
        total = zlib.crc32(data, total)
        file.write(data)
    return total.to_bytes(4, "big")


def _pieces(data: bytes) -> Iterator[Any]:
    """Yield the rows that `_put` wrote."""
    at = 0
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "big")
        # Written by this user's own NetNotes, whole, for this very version: what it holds is what was packed.
        yield from marshal.loads(data[at + 4 : end])  # noqa: S302  # holds no code, and nobody else could have written it
        at = end


def _packed(kept: Mapping[str, CachedNote], paths: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    for path in paths:
        if path in kept:
            stamp, settled, note = kept[path]
            yield path, stamp, settled, serialize.pack(note)
        else:
            yield path, None


def _unpacked(rows: Iterable[Any]) -> Iterator[tuple[str, CachedNote]]:
    make, unpack = partial(tuple.__new__, CachedNote), serialize.unpack
    return ((path, make((stamp, settled, unpack(path, packed)))) for path, stamp, settled, packed in rows)


def _read(place: Path, key: bytes) -> tuple[Iterable[Any], bytes]:
    """Return the rows of a file and its checksum; neither where it is absent, torn, another's or of another version."""
    try:
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not _ours(os.fstat(handle)):
                return [], b""
            head, data = file.read(_HEAD), file.read()
    except OSError:
        return [], b""
    total = zlib.crc32(data).to_bytes(4, "big")
    if head != _MAGIC + key + total:
        return [], b""
    return _pieces(data), total


def _ours(status: os.stat_result) -> bool:
    """Tell whether nobody but this user can have written a file."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _code() -> bytes:
    """Return what changes with the code that parses notes, and with the form in which they are kept."""
    package = Path(__file__).parents[1]
    folders = ("*.py", "storage/*.py", "text/**/*.py")
    places = sorted(place for pattern in folders for place in package.glob(pattern))
    # Code in an archive cannot be looked at: nothing that was kept is ever found again.
    with contextlib.suppress(OSError):
        return _digest(places) if places else os.urandom(32)
    return os.urandom(32)


def _digest(places: Iterable[Path]) -> bytes:
    total = hashlib.sha256(repr((sys.version_info, sys.byteorder, marshal.version)).encode())
    for place in places:
        total.update(place.name.encode() + b"\0" + place.read_bytes())
    for name in _READERS:
        spec = find_spec(name)
        if spec and spec.origin:
            status = Path(spec.origin).stat()
            total.update(f"{name} {status.st_mtime_ns} {status.st_size}".encode())
    return total.digest()
