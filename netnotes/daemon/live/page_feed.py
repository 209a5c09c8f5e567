"""The page as it is now, and those who wait for a newer one. Opens no port and speaks no protocol."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import threading
from collections.abc import Iterator

MARK = 'data-live=""'
"""Stands near the top of a page that is to be shown live, and is filled with the page's version."""
MOST_LISTENERS = 24
"""Tabs that are told at once; a browser keeps but a handful of lines to one address."""
_VERSION = 16
"""Letters of a version."""


class PageFeed:
    """One page, which becomes another; an empty one to begin with."""

    def __init__(self) -> None:
        self.version = ""
        self.body = b""
        self.ended = False
        """Whether no newer one will come."""
        self._lock = threading.Condition()
        self._bells: set[socket.socket] = set()

    def put(self, text: str) -> None:
        """Let the page be `text` from now on, and tell everybody who listens."""
        version = hashlib.sha256(text.encode()).hexdigest()[:_VERSION]
        body = text.replace(MARK, f'data-live="{version}"', 1).encode()
        with self._lock:
            self.version, self.body = version, body
            self._ring()

    def end(self, patience: float) -> None:
        """Tell everybody that this was all; wait up to `patience` seconds until they know."""
        with self._lock:
            self.ended = True
            self._ring()
            self._lock.wait_for(lambda: not self._bells, patience)

    @contextlib.contextmanager
    def listening(self) -> Iterator[socket.socket | None]:
        """Yield what can be read from as soon as there is news; None if too many listen already."""
        with self._lock:
            bell, far = socket.socketpair() if len(self._bells) < MOST_LISTENERS else (None, None)
            if far:
                far.setblocking(False)
                self._bells.add(far)
        try:
            yield bell
        finally:
            if bell and far:
                with self._lock:
                    self._bells.remove(far)
                    self._lock.notify_all()
                bell.close()
                far.close()

    def _ring(self) -> None:
        for far in self._bells:
            # One that is full of strokes nobody heard yet rings loudly enough.
            with contextlib.suppress(OSError):
                far.send(b"!")
