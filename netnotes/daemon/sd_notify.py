"""Tell the service manager how it goes (sd_notify), where one listens. Says nothing otherwise."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping

SOCKET, WATCHDOG = "NOTIFY_SOCKET", "WATCHDOG_USEC"


class Notifier:
    """The line to the service manager."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        place = environ.get(SOCKET, "")
        # `@` stands for a name in the abstract namespace.
        self._place = f"\0{place[1:]}" if place.startswith("@") else place
        period = environ.get(WATCHDOG, "")
        self.watchdog = int(period) / 2e6 if period.isascii() and period.isdigit() and int(period) else None
        """Seconds after which, at the latest, it wants to hear that we are alive; None if it does not."""

    def ready(self) -> None:
        """Say that the vault is watched."""
        self._send("READY=1")

    def alive(self) -> None:
        """Say that we are alive."""
        if self.watchdog is not None:
            self._send("WATCHDOG=1")

    def status(self, words: str) -> None:
        """Say in words how it goes."""
        self._send(f"STATUS={words}")

    def reloading(self, seconds: float) -> None:
        """Say that options are read again; `seconds` of the monotonic clock. To be followed by `ready`."""
        self._send(f"RELOADING=1\nMONOTONIC_USEC={int(seconds * 1e6)}")

    def stopping(self) -> None:
        """Say that it ends."""
        self._send("STOPPING=1")

    def _send(self, words: str) -> None:
        if not self._place or not hasattr(socket, "AF_UNIX"):
            return
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(words.encode(), self._place)
