"""The daemon's log: one JSON object for each line, in rotated files. Never contains text of notes.

A caller gives an event's name and facts: numbers, times, paths, names of plugins and kinds of errors.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import logging.handlers
from collections import deque
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

from netnotes.printable import one_line, to_json
from netnotes.storage import private

FILE = "watch.log"
BYTES = 1_000_000
"""Size at which a new file is started."""
KEPT = 3
"""Older files that are kept."""
LONGEST = 500
"""Longest value, in characters."""

Now = Callable[[], dt.datetime]


class _Rotating(logging.handlers.RotatingFileHandler):
    """A file handler that ignores a full disk."""

    def _open(self) -> TextIOWrapper:
        private.make_file(Path(self.baseFilename))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        """Do nothing: there is nowhere left to report it."""


class Log:
    """Writes events to files, and to `echo` for people."""

    def __init__(self, folder: Path | None, now: Now, echo: Callable[[str], None]) -> None:
        """Open the log in `folder`. If that is None or cannot be written, events go only to `echo`."""
        self._now = now
        self._echo = echo
        self._files: _Rotating | None = None
        if folder is None:
            return
        try:
            private.make_folder(folder)
            self._files = _Rotating(folder / FILE, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
        except OSError as error:
            echo(f"no log is kept: {error.strerror}")

    def __call__(self, event: str, **facts: object) -> None:
        """Log one event."""
        at = self._now()
        told = {name: _short(value) for name, value in facts.items() if value is not None}
        if self._files:
            line = to_json({"at": at.isoformat(timespec="milliseconds"), "event": event, **told})
            self._files.handle(logging.LogRecord(__name__, logging.INFO, "", 0, "%s", (line,), None))
        self._echo(event_line(at, event, told))

    def close(self) -> None:
        """Close the file."""
        if self._files:
            self._files.close()


def event_line(at: dt.datetime, event: str, facts: dict[str, object]) -> str:
    """Return an event as a line for people."""
    told = " · ".join(f"{name} {value}" for name, value in facts.items())
    return one_line(f"{at:%H:%M:%S} {event}{f': {told}' if told else ''}")


def last(folder: Path, count: int) -> list[str]:
    """Return the last lines of the log in `folder`, oldest first, older files included."""
    lines: deque[str] = deque(maxlen=count)
    for number in range(KEPT, -1, -1):
        place = folder / (f"{FILE}.{number}" if number else FILE)
        with contextlib.suppress(OSError), place.open(encoding="utf-8", errors="replace") as file:
            lines.extend(line.rstrip("\n") for line in file)
    return list(lines)


def readable(line: str) -> str:
    """Return a log line as text for people, or unchanged if it cannot be parsed."""
    try:
        facts = json.loads(line)
        at, event = dt.datetime.fromisoformat(facts.pop("at")), facts.pop("event")
    except (ValueError, KeyError, TypeError, AttributeError):
        return one_line(line)
    return f"{at:%Y-%m-%d} {event_line(at, event, facts)}"


def _short(value: object) -> object:
    if isinstance(value, int | float):
        return value
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
