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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from netnotes.model import Note
from netnotes.storage import keyed_file
from netnotes.storage.scan import Stamp
from netnotes.text import serialize

_FEW = 200
_SHARE = 50
"""Everything is written again once more than one note in so many has changed since, and more than a few."""
_OWN_NAME = re.compile(r"[0-9a-f]{40}\.(?:notes|recent|outcome)")
_OWN_PART = re.compile(r"\.netnotes-[a-z0-9_]{8}")
"""A file that `whole_file` had not finished."""
_OLD = 180 * 86_400
"""Seconds after which a vault that nobody looks at any more has no cache."""
_AT_ONCE = 1_000
"""Notes in one piece of a file."""
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
        pieces, self._base_sum = keyed_file.read(self._base, self._key)
        kept = dict(_unpacked(chain.from_iterable(pieces)))
        if self._base_sum:
            rows = list(chain.from_iterable(keyed_file.read(self._recent, self._key_of_recent())[0]))
            self._since = {row[0] for row in rows}
            for path in self._since:
                kept.pop(path, None)
            kept |= _unpacked(row for row in rows if row[-1])
        return kept

    def save(self, kept: Mapping[str, CachedNote], touched: Collection[str]) -> None:
        """Keep `kept`, which differs from what was last loaded or saved at `touched`, notes that are gone included."""
        self._since.update(touched)
        if self._base_sum and len(self._since) <= max(_FEW, len(kept) // _SHARE):
            keyed_file.write(self._recent, self._key_of_recent(), _packed(kept, sorted(self._since)))
            return
        self._base_sum = keyed_file.write(self._base, self._key, _packed(kept, sorted(kept)))
        self._since.clear()
        with contextlib.suppress(OSError):
            self._recent.unlink(missing_ok=True)
        self._tidy()

    def _key_of_recent(self) -> bytes:
        return hashlib.sha256(self._key + self._base_sum).digest()

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
        return file.read(len(keyed_file.MAGIC)) == keyed_file.MAGIC


def _packed(kept: Mapping[str, CachedNote], paths: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    for at in range(0, len(paths), _AT_ONCE):
        yield [_row(path, kept.get(path)) for path in paths[at : at + _AT_ONCE]]


def _row(path: str, kept: CachedNote | None) -> tuple[Any, ...]:
    return (path, kept.stamp, kept.settled, serialize.pack(kept.note)) if kept else (path, None)


def _unpacked(rows: Iterable[Any]) -> Iterator[tuple[str, CachedNote]]:
    make, unpack = partial(tuple.__new__, CachedNote), serialize.unpack
    return ((path, make((stamp, settled, unpack(path, packed)))) for path, stamp, settled, packed in rows)


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
