"""Store the parsed notes of one vault on disk for the next command. Does not check whether they are current.

There are two files per vault: `….notes` with everything, and `….recent` with what changed since, so that one changed
note does not rewrite everything. Each begins with a key (the vault's real path, the code that parsed, Python's version)
and a checksum: a file that is incomplete, of another version or of another vault is ignored. The format (`marshal`)
holds data and no code, and a file that others could have written is not read. Deleting the cache costs time and nothing
else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from netnotes.model import Note
from netnotes.storage import keyed_file
from netnotes.storage.scan import Stamp
from netnotes.text import serialize

_FEW = 200
_SHARE = 50
"""The base is written again when more than one note in this many has changed, and more than a few."""
_OWN_NAME = re.compile(r"[0-9a-f]{40}\.(?:notes|recent|outcome|answer)")
_OWN_PART = re.compile(r"\.netnotes-[a-z0-9_]{8}")
"""Name of an unfinished file of `whole_file`."""
_OLD = 180 * 86_400
"""Seconds after which the cache of an unused vault is removed."""
_AT_ONCE = 1_000
"""Number of notes in one piece of a file."""


class CachedNote(NamedTuple):
    """One note as it was parsed."""

    stamp: Stamp
    settled: bool
    """Whether any later change of the file must change its stamp."""
    note: Note


class NoteCache:
    """The cache of the vault at `root`, in `folder`. Never raises: without a cache everything works, only slower."""

    def __init__(self, folder: Path, root: Path) -> None:
        place = os.fsencode(os.path.realpath(root))
        self._folder = folder
        name = hashlib.sha256(place).hexdigest()[:40]
        self._base = folder / f"{name}.notes"
        self._recent = folder / f"{name}.recent"
        self._key = hashlib.sha256(_code() + place).digest()
        self._base_sum = b""
        """Checksum of the base that was last read or written; empty if there is none."""
        self._since: set[str] = set()
        """Notes that differ from the base."""

    def load(self) -> dict[str, CachedNote]:
        """Return the stored note of each path."""
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
        """Save `kept`; `touched` are the paths that changed since the last load or save, removed notes included."""
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
        """Remove old files: caches of vaults that are gone, unfinished files of killed processes.

        Only files with names as this class makes them are removed, and caches only if they begin with its mark: the
        folder may hold other files.
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


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Return a key that changes with the code and the word lists that read notes, and with the cache's format.

    Computed once: this process keeps running the code that it started with, whatever is installed later.
    """
    package = Path(__file__).parents[1]
    folders = ("*.py", "storage/*.py", "text/**/*.py", "text/**/*.txt")
    places = sorted(place for pattern in folders for place in package.glob(pattern))
    # Code in an archive cannot be read; then nothing is ever taken from the cache.
    with contextlib.suppress(OSError):
        return _digest(places) if places else os.urandom(32)
    return os.urandom(32)


def _digest(places: Iterable[Path]) -> bytes:
    total = hashlib.sha256(keyed_file.environment())
    for place in places:
        total.update(place.name.encode() + b"\0" + place.read_bytes())
    return total.digest()
