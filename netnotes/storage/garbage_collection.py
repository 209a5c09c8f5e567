"""Switch garbage collection off while very many records are made. For the edges only: it affects the whole process."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, lasting: bool) -> Iterator[None]:
    """Disable garbage collection in the block: it would traverse a million records repeatedly and find nothing.

    With `lasting`, the objects created meanwhile are never traversed later either.
    """
    was_off = not gc.isenabled()
    gc.disable()
    try:
        yield
        if lasting:
            gc.freeze()
    finally:
        if not was_off:
            gc.enable()
