"""Find the folder of a vault's journal, also after the vault was moved."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import Any

from netnotes.storage.exchange import digest
from netnotes.storage.vault_folder import data_folder, vault_folder
from netnotes.storage.whole_file import replace
from netnotes.writing.journal import ABSENT, DONE, FILE, PENDING

IDENTITY = "vault.json"
"""The file beside a journal that says which vault it belongs to."""


def folder(vault: Path, data: Path | None = None) -> Path:
    """Return the folder of a vault's journal: below `data`, else in the user's data folder."""
    real = vault.resolve()
    base = data_folder(str(data) if data else None)
    usual = Path(vault_folder(str(real), base))
    if not usual.exists() and (moved := _folder_of_moved(real, Path(base))):
        with contextlib.suppress(OSError):
            moved.rename(usual)
    return usual


def remember_vault(place: Path, vault: Path) -> None:
    """Store the vault's path in the folder `place`, so that the journal is found again after the vault was moved."""
    with contextlib.suppress(OSError):
        found = vault.resolve().stat()
        now = {"path": str(vault.resolve()), "device": found.st_dev, "inode": found.st_ino}
        if _identity(place) != now:
            replace(place / IDENTITY, json.dumps(now))


def _identity(place: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((place / IDENTITY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _folder_of_moved(vault: Path, base: Path) -> Path | None:
    """Return the folder of a journal whose vault had another path: the same directory, or the same notes."""
    try:
        here = vault.stat()
        places = sorted(place for place in base.iterdir() if (place / FILE).is_file())
    except OSError:
        return None
    for place in places:
        known = _identity(place)
        gone = known is None or not Path(str(known.get("path"))).is_dir()
        same = known is not None and (known.get("device"), known.get("inode")) == (here.st_dev, here.st_ino)
        if gone and (same or _wrote(place, vault)):
            return place
    return None


def _wrote(place: Path, vault: Path) -> bool:
    """Return whether most of the notes last written according to a journal are unchanged in a vault.

    A note that was about to be written may be as it was before. A temporary file of an interrupted write is enough,
    since its name is random. A note that was removed, and is missing here as in any other vault, says nothing.
    """
    try:
        with contextlib.closing(sqlite3.connect(place / FILE, timeout=0)) as base:
            rows = base.execute(
                "select path, old, new, temp, state from entries where state in (?, ?) order by id desc limit 20",
                (DONE, PENDING),
            )
            entries = list(reversed(rows.fetchall()))
    except sqlite3.Error:
        return False
    if any(any((vault / path).parent.glob(f"{temp}*")) for path, _, _, temp, state in entries if state == PENDING):
        return True
    newest = {path: {new, old if state == PENDING else new} for path, old, new, _, state in entries}
    held = [_digest(vault / path) in digests for path, digests in newest.items() if not _is_gone(vault / path, digests)]
    return sum(held) * 2 > len(held)


def _is_gone(note: Path, digests: Collection[str]) -> bool:
    return ABSENT in digests and not note.exists()


def _digest(note: Path) -> str | None:
    try:
        return digest(note.read_bytes())
    except OSError:
        return None
