"""The daemon's log: one JSON object for each line, in rotated files. Never contains text of notes.

A caller gives an event's name and facts: numbers, times, paths, names of plugins and kinds of errors.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import logging.handlers
import re
from collections import deque
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

from netnotes.phrasing import pluralize
from netnotes.printable import one_line, to_json
from netnotes.storage.whole_file import make_private_file, make_private_folder

FILE = "watch.log"
BYTES = 1_000_000
"""Size at which a new file is started."""
KEPT = 3
"""Older files that are kept."""
LONGEST = 500
"""Longest value, in characters."""

SENTENCES = {
    "watching": "watching {notes}, {means}",
    "changed": "{notes} changed",
    "unnoticed": "{notes} found changed without a notification",
    "written": "{notes} written",
    "not written": "{path}: not written: {problem}",
    "contested": "another program changes the same notes; waiting {seconds}",
    "today": "{notes} written with today's list",
    "round": "{notes} written with today's round",
    "notified": "{lines} sent to the notify command",
    "waiting": "{notes} edited a moment ago; written later",
    "drawn": "map drawn",
    "not drawn": "map not drawn: {error}",
    "map incomplete": "map incomplete: {problem}",
    "exported": "{path} written",
    "not exported": "not exported: {error}",
    "export incomplete": "export incomplete: {problem}",
    "files changed": "files beside the notes changed",
    "no notifications": "no file-system notifications: {why}",
    "polling": "scanning every {seconds}: {why}",
    "day": "a new day: {today}",
    "gone": "the vault is gone; waiting for it",
    "back": "the vault is back, {means}",
    "rescan": "reading everything again: {why}",
    "reloaded": "read netnotes.toml and the plugins again",
    "plugin failed": "plugin {plugin} failed",
    "notice": "plugin {plugin}: {text}",
    "refused": "not written: {error}",
    "failed": "failed: {error}",
}
"""Event → its sentence; `{notes}` stands for a fact. Facts that the sentence does not use follow in brackets."""
MEANS = {"notifications": "using file-system notifications"}
"""How changes are noticed → the words for it."""
_FACT = re.compile(r"\{(\w+)\}")
Now = Callable[[], dt.datetime]


class _Rotating(logging.handlers.RotatingFileHandler):
    """A file handler that ignores a full disk."""

    def _open(self) -> TextIOWrapper:
        make_private_file(Path(self.baseFilename))
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
            make_private_folder(folder)
            self._files = _Rotating(folder / FILE, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
        except OSError as error:
            echo(f"no log is kept: {error.strerror}")

    def __call__(self, event: str, **facts: object) -> None:
        """Log one event."""
        at = self._now()
        short_facts = {name: _short(value) for name, value in facts.items() if value is not None}
        if self._files:
            line = to_json({"at": at.isoformat(timespec="milliseconds"), "event": event, **short_facts})
            self._files.handle(logging.LogRecord(__name__, logging.INFO, "", 0, "%s", (line,), None))
        self._echo(event_line(at, event, short_facts))

    def close(self) -> None:
        """Close the file."""
        if self._files:
            self._files.close()


def event_line(at: dt.datetime, event: str, facts: dict[str, object]) -> str:
    """Return an event as a line for people."""
    words = {name: _words(name, value) for name, value in facts.items()}
    sentence = SENTENCES.get(event, "")
    named = set(_FACT.findall(sentence))
    if not named <= words.keys():
        # An older version wrote it, with other facts.
        sentence, named = "", set()
    message = sentence.format_map(words) if sentence else event
    rest = ", ".join(text if name == "took" else f"{name} {text}" for name, text in words.items() if name not in named)
    return one_line(f"{at:%H:%M:%S} {message}{f' ({rest})' if rest else ''}")


def _words(name: str, value: object) -> str:
    if name in ("notes", "lines") and isinstance(value, int):
        return pluralize(value, name.removesuffix("s"))
    return f"{value} s" if name in ("took", "seconds") else MEANS.get(str(value), str(value))


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
