"""Return memory to the system that the daemon no longer uses: it runs for weeks beside other programs."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

_MMAP_THRESHOLD = -3
"""As in `malloc.h`."""
_LARGE = 1 << 18
"""Bytes of a block that is returned as soon as it is free."""
_MOST_NEW = 10_000
"""New objects after which garbage is collected."""


def return_large_blocks() -> None:
    """Have large blocks of memory returned to the system as soon as they are free.

    Otherwise the C library of Linux keeps ever larger ones: after each run, the tables of the run before.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # other C libraries have no such option
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def collect_garbage_often() -> None:
    """Collect garbage ten times as often as a command does."""
    gc.set_threshold(_MOST_NEW)
