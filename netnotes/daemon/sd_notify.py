"""Report to the service manager (sd_notify), if there is one."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping

SOCKET, WATCHDOG = "NOTIFY_SOCKET", "WATCHDOG_USEC"


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
