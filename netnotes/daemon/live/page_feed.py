"""The current page, and the listeners waiting for a newer one. Opens no port and speaks no protocol."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import threading
from collections.abc import Iterator

MARK = 'data-live=""'
"""Near the top of a live page; filled with the page's version."""
MOST_LISTENERS = 24
"""Most tabs that listen at once; a browser opens only a few connections to one address."""
_VERSION = 16
"""Length of a version, in characters."""


class PageFeed:
    """The current page; empty at first."""

    def __init__(self) -> None:
        self.version = ""
        self.body = b""
        self.ended = False
        """Whether no newer page will come."""
        self._lock = threading.Condition()
        self._bells: set[socket.socket] = set()

    def put(self, text: str) -> None:
        """Replace the page with `text`, and wake all listeners."""
        version = hashlib.sha256(text.encode()).hexdigest()[:_VERSION]
        body = text.replace(MARK, f'data-live="{version}"', 1).encode()
        with self._lock:
            self.version, self.body = version, body
            self._ring()

    def end(self, patience: float) -> None:
        """Wake all listeners because no newer page will come; wait up to `patience` seconds until they have left."""
        with self._lock:
            self.ended = True
            self._ring()
            self._lock.wait_for(lambda: not self._bells, patience)

    @contextlib.contextmanager
    def listening(self) -> Iterator[socket.socket | None]:
        """Yield a socket that becomes readable when there is a new page; None if too many listen already."""
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
            # A full socket is readable already.
            with contextlib.suppress(OSError):
                far.send(b"!")
