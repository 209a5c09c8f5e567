"""A line on the terminal during work that takes longer than a second: what is being done, and how far it is."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from netnotes.storage.second_process import TICKER

PATIENCE = 1.0
"""Seconds before anything is shown."""
PACE = 0.1
"""Seconds between two updates."""
BAR = 20
"""Width of the bar, in columns."""
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_CLEAR = "\r\x1b[2K"


class Progress:
    """Draws on `stream`, which must be a terminal."""

    def __init__(self, stream: TextIO, now: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._now = now
        self._what = ""
        self._begun = 0.0
        self._next = 0.0
        self._drawn = False

    def __call__(self, what: str, done: int, total: int, /) -> None:
        """Show how far the work is; a total of 0 is unknown. May be called often: draws at most every PACE seconds."""
        now = self._now()
        if what != self._what:
            self._begin(what, now)
        if now >= self._next:
            self._draw(_counted(what, done, total), now)
        if total and done + 1 >= total:
            self.clear()

    @contextmanager
    def busy(self, what: str, /) -> Iterator[None]:
        """Show that work is in progress, and for how long, while the block runs."""
        self.clear()
        self._begin(what, self._now())
        ended = threading.Event()
        ticker = threading.Thread(target=self._tick, args=(what, ended), name=TICKER, daemon=True)
        ticker.start()
        try:
            yield
        finally:
            ended.set()
            ticker.join()
            self.clear()

    def clear(self) -> None:
        """Remove the line."""
        self._what = ""
        if self._drawn:
            self._drawn = False
            self._write(_CLEAR)

    def _begin(self, what: str, now: float) -> None:
        self._what, self._begun, self._next = what, now, now + PATIENCE

    def _tick(self, what: str, ended: threading.Event) -> None:
        if ended.wait(PATIENCE):
            return
        while not ended.wait(PACE):
            now = self._now()
            self._draw(f"{SPINNER[int(now / PACE) % len(SPINNER)]} {what} … {now - self._begun:.0f} s", now)

    def _draw(self, line: str, now: float) -> None:
        self._next = now + PACE
        self._drawn = True
        width = shutil.get_terminal_size().columns
        self._write(f"{_CLEAR}{line[: width - 1]}")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            # The terminal is gone.
            self._drawn = False


def _counted(what: str, done: int, total: int) -> str:
    if not total:
        return f"{what}: {done:,} files"
    filled = BAR * done // total
    return f"{what} {'█' * filled}{'░' * (BAR - filled)} {done:,} of {total:,}"
