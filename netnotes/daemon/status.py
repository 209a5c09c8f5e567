"""The daemon's status, in a file that others can read. Holds numbers and names, no text of notes."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from pathlib import Path
from typing import Any

from netnotes.lazy_dataclass import dataclass
from netnotes.storage.whole_file import replace

FILE = "watch.json"


@dataclass(frozen=True, slots=True)
class Status:
    """What `netnotes status` shows."""

    vault: str
    pid: int
    since: str
    """When it started; all times here are local, ISO 8601 with the zone."""
    version: str = ""
    state: str = "starting"
    """starting, watching, waiting (the vault is gone), ended."""
    means: str = ""
    """How changes are noticed: by notifications of the system, or by scanning every few seconds."""
    last_change: str | None = None
    """When another program last changed a note."""
    last_write: str | None = None
    writes: int = 0
    """Notes written since it started."""
    waiting: int = 0
    """Notes that were edited too recently to be written."""
    notes: int = 0
    people: int = 0
    problems: int = 0
    failing: tuple[str, ...] = ()
    """Plugins that failed in the last round."""
    paused: tuple[str, ...] = ()
    """Plugins suspended after repeated failures until they change."""
    error: str | None = None
    """Why the last round of writing failed."""
    map: str | None = None


def save(status: Status, folder: Path) -> None:
    """Write the status as a whole or not at all. A full disk is ignored."""
    with contextlib.suppress(OSError):
        replace(folder / FILE, json.dumps(dataclasses.asdict(status), indent=1))


def load(folder: Path) -> dict[str, Any] | None:
    """Return the status of the last daemon, None if there was none."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
