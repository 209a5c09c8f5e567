"""Which plugin files may run: the user's decisions, by sha256 of path and bytes, kept outside all vaults.

Stores and looks up decisions; reads and runs no plugin, and asks no questions. A denied path stays denied whatever its
bytes or case. If the record cannot be read, nothing is allowed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import unicodedata
from enum import Enum
from pathlib import Path
from typing import Any

from netnotes.errors import Unwritable
from netnotes.lazy_dataclass import dataclass
from netnotes.storage.vault_folder import data_folder
from netnotes.storage.whole_file import make_private_folder, replace


class Verdict(Enum):
    """The user's decision on a file."""

    ALLOWED = "allowed"
    NEW = "never allowed"
    CHANGED = "changed since it was allowed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Trust:
    """The user's decisions, in the folder `place`."""

    place: Path

    def verdict(self, path: str, data: bytes) -> Verdict:
        """Return the user's decision on these bytes at this path."""
        if self._deny(path).exists():
            return Verdict.DENIED
        record = self._record(path)
        if record is None:
            return Verdict.NEW
        return Verdict.ALLOWED if record.get("sha256") == digest(path, data) else Verdict.CHANGED

    def allow(self, path: str, data: bytes, at: dt.datetime) -> None:
        """Allow these bytes at this path, and no others. Lifts a denial. Raises Unwritable."""
        record = {
            "path": path,
            "sha256": digest(path, data),
            "at": at.isoformat(timespec="seconds"),
            "source": data.decode("utf-8", "backslashreplace"),
        }
        self._write(self._allow(path), record)
        self._remove(self._deny(path))

    def deny(self, path: str, at: dt.datetime) -> None:
        """Deny the path, whatever its bytes. Raises Unwritable."""
        self._write(self._deny(path), {"path": path, "at": at.isoformat(timespec="seconds")})
        self._remove(self._allow(path))

    def allowed_before(self, path: str) -> str | None:
        """Return the last text that was allowed at this path, or None."""
        source = (self._record(path) or {}).get("source")
        return source if isinstance(source, str) else None

    def _allow(self, path: str) -> Path:
        return self.place / "allowed" / f"{_sha(path)}.json"

    def _deny(self, path: str) -> Path:
        # Case-folded: on a file system that ignores case, another spelling must not get around a denial.
        return self.place / "denied" / f"{_sha(unicodedata.normalize('NFC', path).casefold())}.json"

    def _record(self, path: str) -> dict[str, Any] | None:
        try:
            found = json.loads(self._allow(path).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) and found.get("path") == path else None

    def _write(self, place: Path, record: dict[str, str]) -> None:
        try:
            make_private_folder(place.parent)
            # A path that cannot be encoded is stored with JSON escapes.
            replace(place, json.dumps(record, indent=1).encode("ascii"))
        except OSError as error:
            raise Unwritable(str(place), error.strerror or str(error)) from error

    def _remove(self, place: Path) -> None:
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise Unwritable(str(place), error.strerror or str(error)) from error


def folder(data: str | None = None) -> Path:
    """Return the folder of the decisions: below `data`, else in the user's data folder."""
    return Path(data_folder(data)) / "trust"


def digest(path: str, data: bytes) -> str:
    """Return the sha256 of path and bytes, in hexadecimal. NUL separates them, since no path holds it."""
    return hashlib.sha256(os.fsencode(path) + b"\0" + data).hexdigest()


def _sha(path: str) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()
