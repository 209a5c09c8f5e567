"""Store the outcome of a vault's last run on disk for the next command: two files per vault, with plain data only."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from netnotes.storage import keyed_file

MOST_BYTES = 256 << 20
"""Larger outcomes are not stored."""
Kind = Literal["outcome", "answer"]
"""A run with its memory, or only the outcome of a later run."""


class OutcomeCache:
    """The stored outcome of the vault at `root`, in `folder`.

    Never raises: without it everything works, only slower.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        vault = os.fsencode(os.path.realpath(root))
        self._base = folder / hashlib.sha256(vault).hexdigest()[:40]
        self._vault = vault

    def load(self, key: bytes, kind: Kind = "outcome") -> Iterator[Any]:
        """Yield the pieces that this version saved under `key`, each read when needed, up to one that is damaged."""
        with contextlib.suppress(keyed_file.Damaged):
            yield from keyed_file.read(self._place(kind), self._own(key))[0]

    def save(self, key: bytes, pieces: Iterable[Any], kind: Kind = "outcome") -> None:
        """Save pieces of plain data under `key`, replacing older ones; an outcome also replaces an answer."""
        place = self._place(kind)
        # Too deep for marshal, or too large: store nothing.
        with contextlib.suppress(ValueError, OverflowError):
            keyed_file.write(place, self._own(key), pieces)
        with contextlib.suppress(OSError):
            if place.stat().st_size > MOST_BYTES:
                place.unlink()
        if kind == "outcome":
            with contextlib.suppress(OSError):
                self._place("answer").unlink()

    def _place(self, kind: Kind) -> Path:
        return self._base.with_suffix(f".{kind}")

    def _own(self, key: bytes) -> bytes:
        return hashlib.sha256(_version() + self._vault + b"\0" + key).digest()


@lru_cache(maxsize=1)
def _version() -> bytes:
    """Return a key that changes with any file of the program, with Python, and with the packages that parse notes.

    Computed once: this process keeps running the code that it started with, whatever is installed later.
    """
    total = hashlib.sha256()
    try:
        total.update(keyed_file.environment())
        for line in sorted(_files(str(Path(__file__).parents[1]))):
            total.update(line.encode("utf-8", "surrogatepass"))
    except OSError:
        # Code in an archive cannot be read; then nothing is ever taken from the cache.
        return os.urandom(32)
    return total.digest()


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "web"):
                    yield from _files(entry.path)
            else:
                status = entry.stat()
                yield f"{entry.path}\0{status.st_size}\0{status.st_mtime_ns}\0"
