"""Store the outcome of a vault's last run on disk for the next command: three files per vault, with plain data only."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from netnotes.storage import keyed_file

MOST_BYTES = 256 << 20
"""Larger outcomes are not stored."""
Kind = Literal["outcome", "coverage", "answer"]
"""A run with its memory, what else was found in its notes, or only the outcome of a later run."""
_LATER: tuple[Kind, ...] = ("coverage", "answer")
"""Those that belong to an outcome."""


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
            yield from keyed_file.read(self._place(kind), self._own(key, kind))

    def save(self, key: bytes, pieces: Iterable[Any], kind: Kind = "outcome") -> None:
        """Save pieces of plain data under `key`, replacing older ones; an outcome also replaces the others."""
        place = self._place(kind)
        # Too deep for marshal, or too large: store nothing.
        with contextlib.suppress(ValueError, OverflowError):
            keyed_file.write(place, self._own(key, kind), pieces)
        with contextlib.suppress(OSError):
            if place.stat().st_size > MOST_BYTES:
                place.unlink()
        for later in _LATER if kind == "outcome" else ():
            with contextlib.suppress(OSError):
                self._place(later).unlink()

    def _place(self, kind: Kind) -> Path:
        return self._base.with_suffix(f".{kind}")

    def _own(self, key: bytes, kind: Kind) -> bytes:
        # With the kind: no file is taken for another that it was renamed to.
        return hashlib.sha256(keyed_file.version() + self._vault + b"\0" + kind.encode() + key).digest()
