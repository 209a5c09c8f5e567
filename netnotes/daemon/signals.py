"""Signals that end the daemon or have it read its options again. Ends it at once where nothing is half done.

While notes are written a signal only sets a mark, which is looked at between two notes; while it reads or works
something out, it is left where it stands.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType

ENDING = [signal.SIGINT, signal.SIGTERM]


class Ended(KeyboardInterrupt):
    """Raised when asked to end in the middle of interruptible work. No `except Exception` of a plugin catches it."""


class Signals:
    """What was asked for by signals."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.ended: int | None = None
        """The signal that asked to end."""
        self._wake = wake
        self._leave = False
        self._reload = False

    def stop(self) -> bool:
        """Return whether it is to end."""
        return self.ended is not None

    def reload(self) -> bool:
        """Return, once, whether options are to be read again."""
        wanted, self._reload = self._reload, False
        return wanted

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Run a block that may be left at any point. Raises Ended if it is to end."""
        self._leave = True
        try:
            if self.stop():
                raise Ended
            yield
        finally:
            self._leave = False

    @contextlib.contextmanager
    def handled(self) -> Iterator[None]:
        """Listen to signals while the block lasts."""
        before = {number: signal.signal(number, self.end) for number in ENDING}
        if hasattr(signal, "SIGHUP"):
            before[signal.SIGHUP] = signal.signal(signal.SIGHUP, self.again)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def end(self, number: int, frame: FrameType | None) -> None:
        """Take the signal to end."""
        del frame
        self.ended = self.ended or number
        self._wake()
        if self._leave:
            raise Ended

    def again(self, number: int, frame: FrameType | None) -> None:
        """Take the signal to read the options again."""
        del number, frame
        self._reload = True
        self._wake()
