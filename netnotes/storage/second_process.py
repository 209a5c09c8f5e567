"""Do part of some work in a fork of this process, while this one does the rest. Stores nothing."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

TICKER = "progress"
"""The name of the only other thread that may run: it draws a line on the terminal, and the fork draws nothing."""
_END = b"."
"""The last byte of a whole result."""


@contextmanager
def forked(work: Callable[[], bytes]) -> Iterator[Callable[[], bytes | None]]:
    """Call `work()` in a fork of this process while the block runs; it must write to nothing.

    The block gets a function that waits for the result: None if none could be started, or if it failed. At the end
    of the block the fork is ended; if this process is killed, it ends by itself.
    """
    reader, writer = os.pipe()
    alive, held = os.pipe()
    child = _fork()
    if child == 0:
        os.close(held)
        _work(work, writer, alive)
    os.close(writer)
    os.close(alive)
    with os.fdopen(reader, "rb") as results:
        try:
            yield lambda: _whole(results.read())
        finally:
            os.close(held)
            # Where nobody wants to know of processes that have ended, this one may be forgotten already.
            with suppress(ProcessLookupError, ChildProcessError):
                if child:
                    os.kill(child, signal.SIGKILL)
                    os.waitpid(child, 0)


def _fork() -> int | None:
    """Return the id of the child; 0 in the child; None if none can be started safely, or if it would be of no use."""
    others = [thread.name for thread in threading.enumerate() if thread is not threading.current_thread()]
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2 or any(name != TICKER for name in others):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of any other thread
            return os.fork()
    except OSError:
        return None


def _work(work: Callable[[], bytes], writer: int, alive: int) -> None:
    """Do the work, send its result, and end without tidying up after the process that was copied.

    `alive`: what that process holds open as long as it lives.
    """
    try:
        # An interruption is for the first process, which ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
        left = memoryview(work() + _END)
        while left:
            left = left[os.write(writer, left) :]
    finally:
        os._exit(0)


def _end_with(alive: int) -> None:
    """End with the first process: an orphaned child would keep its files and locks."""
    os.read(alive, 1)
    os._exit(1)


def _whole(data: bytes) -> bytes | None:
    return data.removesuffix(_END) if data.endswith(_END) else None
