"""How a daemon is doing, in a file that others can read. Holds numbers and names, no text of notes."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netnotes.storage.whole_file import replace

FILE = "watch.json"


@dataclass(frozen=True, slots=True)
class Status:
    """What `netnotes status` tells."""

    vault: str
    pid: int
    since: str
    """When it began, as all times here: local, ISO 8601, with the zone."""
    version: str = ""
    state: str = "starting"
    """starting, watching, waiting (the vault is not there), ended."""
    means: str = ""
    """How changes are noticed: by notifications of the system, or by looking every few seconds."""
    last_change: str | None = None
    """When a note was last seen changed by somebody else."""
    last_write: str | None = None
    writes: int = 0
    """Notes written since it began."""
    waiting: int = 0
    """Notes that wait until they are left alone."""
    notes: int = 0
    people: int = 0
    problems: int = 0
    failing: tuple[str, ...] = ()
    """Plugins that failed in the last round."""
    resting: tuple[str, ...] = ()
    """Plugins that failed so often that they are not called until they change."""
    trouble: str | None = None
    """Why the last round of writing did not end well."""
    map: str | None = None


def save(status: Status, folder: Path) -> None:
    """Write the status, whole or not at all. A full disk is no reason to end: then it is not written."""
    with contextlib.suppress(OSError):
        replace(folder / FILE, json.dumps(dataclasses.asdict(status), indent=1))


def load(folder: Path) -> dict[str, Any] | None:
    """Return what the last daemon wrote, None if none ever did."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
