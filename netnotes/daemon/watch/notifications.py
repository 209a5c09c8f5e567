"""Change notifications of the system (inotify, FSEvents, …). Reads no file; guarantees nothing.

Only events that change a file are requested. With the default filter, merely reading a note causes events, so a daemon
would wake itself, and a few thousand new files would overflow the system's queue.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from netnotes.daemon.watch.change_sets import concerns
from netnotes.daemon.watch.hint_queue import HintQueue

WANTED: list[type[FileSystemEvent]] = [
    FileClosedEvent,
    FileCreatedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
if sys.platform != "linux":
    # Only inotify reports that a file was closed after writing.
    WANTED.append(FileModifiedEvent)
ADDED_TWICE = r"Callback with id .* already exists"
OVERFLOW = "the system's queue of changes overflowed"
_LOGGER = logging.getLogger("watchdog.observers")
"""Overflows are only logged, so the log is where we find them."""


class EventHandler(FileSystemEventHandler):
    """Turns watchdog's events into paths of the vault."""

    def __init__(self, root: Path, hints: HintQueue) -> None:
        self._prefix = f"{root}{os.sep}"
        self._hints = hints

    def dispatch(self, event: FileSystemEvent) -> None:
        """Handle one event; both ends of a move."""
        ends = (os.fsdecode(place) for place in (event.src_path, event.dest_path) if place)
        paths = [place.removeprefix(self._prefix).replace(os.sep, "/") for place in ends]
        if wanted := [path for path in paths if concerns(path)]:
            self._hints.put(wanted)


class _Overflows(logging.Handler):
    """Detects overflows in watchdog's log."""

    def __init__(self, hints: HintQueue) -> None:
        super().__init__(logging.WARNING)
        self._hints = hints

    def emit(self, record: logging.LogRecord) -> None:
        """Ask for a rescan."""
        del record
        self._hints.put(rescan=OVERFLOW)


class Observation:
    """The running observer of a vault."""

    def __init__(self, observer: Any) -> None:
        self._observer = observer

    def alive(self) -> bool:
        """Return whether notifications still arrive: they end when the vault's folder is deleted or a thread dies."""
        emitters = self._observer.emitters
        return bool(self._observer.is_alive() and emitters and all(emitter.is_alive() for emitter in emitters))


@contextlib.contextmanager
def observed(root: Path, hints: HintQueue) -> Iterator[Observation]:
    """Fill `hints` with changes below `root` while the block runs.

    Raises OSError if the system refuses: no such folder, no more watches (ENOSPC) or instances (EMFILE) allowed.
    """
    # watchdog prints a long warning with the path if two of its threads add a folder at once; that is harmless.
    warnings.filterwarnings("ignore", ADDED_TWICE, RuntimeWarning)
    observer = Observer()
    overflows = _Overflows(hints)
    _LOGGER.addHandler(overflows)
    try:
        observer.schedule(EventHandler(root, hints), str(root), recursive=True, event_filter=WANTED)
        observer.start()
        yield Observation(observer)
    finally:
        _LOGGER.removeHandler(overflows)
        if observer.is_alive():
            observer.stop()
            observer.join()
