"""The system's notifications of changes (inotify, FSEvents, …) as a source of hints. Reads no file; promises nothing.

Only what changes a file is asked for. With the default filter merely reading a note gives events, so that a daemon
wakes itself, and a few thousand new files overflow the system's queue.
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
    # Only inotify tells that a file was closed after it was written.
    WANTED.append(FileModifiedEvent)
ADDED_TWICE = r"Callback with id .* already exists"
OVERFLOW = "the system's queue of changes overflowed"
_LOGGER = logging.getLogger("watchdog.observers")
"""Overflows are told to nobody: they are logged."""


class Hints(FileSystemEventHandler):
    """Turns watchdog's events into paths of the vault."""

    def __init__(self, root: Path, inbox: HintQueue) -> None:
        self._prefix = f"{root}{os.sep}"
        self._inbox = inbox

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take one event; of a move both ends."""
        ends = (os.fsdecode(place) for place in (event.src_path, event.dest_path) if place)
        paths = [place.removeprefix(self._prefix).replace(os.sep, "/") for place in ends]
        if wanted := [path for path in paths if concerns(path)]:
            self._inbox.put(wanted)


class _Overflows(logging.Handler):
    """Hears of overflows from watchdog's log."""

    def __init__(self, inbox: HintQueue) -> None:
        super().__init__(logging.WARNING)
        self._inbox = inbox

    def emit(self, record: logging.LogRecord) -> None:
        """Ask for a rescan."""
        del record
        self._inbox.put(rescan=OVERFLOW)


class Observation:
    """A vault that is being observed."""

    def __init__(self, observer: Any) -> None:
        self._observer = observer

    def alive(self) -> bool:
        """Return whether notifications still come: they end when the vault's folder is deleted or a thread dies."""
        emitters = self._observer.emitters
        return bool(self._observer.is_alive() and emitters and all(emitter.is_alive() for emitter in emitters))


@contextlib.contextmanager
def observed(root: Path, inbox: HintQueue) -> Iterator[Observation]:
    """Fill `inbox` with hints at what changes below `root` while the block lasts.

    Raises OSError if the system refuses: no such folder, no more watches (ENOSPC) or instances (EMFILE) allowed.
    """
    # Of a folder that two of its threads add at once watchdog warns, at length and with its path: it is watched once.
    warnings.filterwarnings("ignore", ADDED_TWICE, RuntimeWarning)
    observer = Observer()
    overflows = _Overflows(inbox)
    _LOGGER.addHandler(overflows)
    try:
        observer.schedule(Hints(root, inbox), str(root), recursive=True, event_filter=WANTED)
        observer.start()
        yield Observation(observer)
    finally:
        _LOGGER.removeHandler(overflows)
        if observer.is_alive():
            observer.stop()
            observer.join()
