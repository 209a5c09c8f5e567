"""Showing the progress of long work: what does it, or nothing."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Progress(Protocol):
    """Shows the progress of long work."""

    def __call__(self, what: str, done: int, total: int, /) -> None:
        """Show how far repeated work is; a total of 0 is unknown."""

    def busy(self, what: str, /) -> AbstractContextManager[None]:
        """Show that work is in progress while the block runs."""


class Silent:
    """Shows nothing."""

    def __call__(self, what: str, done: int, total: int, /) -> None:
        """Show nothing."""

    def busy(self, what: str, /) -> AbstractContextManager[None]:
        """Show nothing."""
        del what
        return nullcontext()
