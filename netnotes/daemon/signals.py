"""Signals that end the daemon or make it read its options again, and reports to the service manager (sd_notify).

Reading and computing are interrupted at once. While notes are written, a signal only sets a flag, which is checked
between two notes.
"""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from types import FrameType

ENDING = [signal.SIGINT, signal.SIGTERM]
SOCKET, WATCHDOG = "NOTIFY_SOCKET", "WATCHDOG_USEC"


class Ended(KeyboardInterrupt):
    """Raised when asked to end during interruptible work. Not caught by a plugin's `except Exception`."""


class Signals:
    """The requests received as signals."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.ended: int | None = None
        """The signal that asked the daemon to end."""
        self._wake = wake
        self._leave = False
        self._reload = False

    def stop(self) -> bool:
        """Return whether the daemon should end."""
        return self.ended is not None

    def reload(self) -> bool:
        """Return, once per request, whether options should be read again."""
        wanted, self._reload = self._reload, False
        return wanted

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Run a block that may be interrupted at any point. Raises Ended if the daemon should end."""
        self._leave = True
        try:
            if self.stop():
                raise Ended
            yield
        finally:
            self._leave = False

    @contextlib.contextmanager
    def handled(self) -> Iterator[None]:
        """Handle signals while the block runs."""
        before = {number: signal.signal(number, self.end) for number in ENDING}
        if hasattr(signal, "SIGHUP"):
            before[signal.SIGHUP] = signal.signal(signal.SIGHUP, self.again)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def end(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal to end."""
        del frame
        self.ended = self.ended or number
        self._wake()
        if self._leave:
            raise Ended

    def again(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal to read the options again."""
        del number, frame
        self._reload = True
        self._wake()


class Notifier:
    """The connection to the service manager."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        place = environ.get(SOCKET, "")
        # A leading `@` means a name in the abstract namespace.
        self._place = f"\0{place[1:]}" if place.startswith("@") else place
        period = environ.get(WATCHDOG, "")
        self.watchdog = int(period) / 2e6 if period.isascii() and period.isdigit() and int(period) else None
        """Seconds within which it expects a sign of life; None if it expects none."""

    def ready(self) -> None:
        """Report that the vault is watched."""
        self._send("READY=1")

    def alive(self) -> None:
        """Report that the daemon is alive."""
        if self.watchdog is not None:
            self._send("WATCHDOG=1")

    def reloading(self, seconds: float) -> None:
        """Report that options are read again, at `seconds` of the monotonic clock. `ready` must follow."""
        self._send(f"RELOADING=1\nMONOTONIC_USEC={int(seconds * 1e6)}")

    def stopping(self) -> None:
        """Report that the daemon ends."""
        self._send("STOPPING=1")

    def _send(self, words: str) -> None:
        if not self._place or not hasattr(socket, "AF_UNIX"):
            return
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(words.encode(), self._place)
