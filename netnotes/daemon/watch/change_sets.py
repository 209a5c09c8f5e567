"""Group notifications into change sets: they are collected until they pause. A scan decides what they mean.

Touches neither disk nor clock: the source of notifications, the time to wait and the clock are arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from netnotes.lazy_dataclass import dataclass
from netnotes.text import settings

DEBOUNCE = 0.02
"""Seconds without a further notification after which a change set is complete."""
AT_MOST = 1.0
"""Seconds after which a change set is yielded even if notifications keep coming."""


POLL = "it is time"
"""Reason for a full scan when there are no notifications; not logged."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What may have changed since the last time. Falsy if nothing has."""

    paths: frozenset[str] = frozenset()
    """Relative to the vault, with `/`; may be incomplete or wrong."""
    rescans: frozenset[str] = frozenset()
    """Why notifications cannot be trusted: an overflow, a lost watch."""

    def __bool__(self) -> bool:
        return bool(self.paths or self.rescans)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.paths | other.paths, self.rescans | other.rescans)


class Source(Protocol):
    """Where notifications come from: the system, a timer, or a test."""

    def take(self, seconds: float | None) -> Changes:
        """Return the notifications since the last call; wait up to `seconds` (None: for ever) for one.

        Returns early, with nothing, when it is woken.
        """


class Watch(Source, Protocol):
    """A source of change notifications that can be restarted."""

    means: str

    def begin(self) -> None:
        """Start to watch, or start again."""

    def end(self) -> None:
        """Stop watching."""

    def lost(self) -> str | None:
        """Return why notifications no longer arrive; None if they do."""

    def pace(self, seconds: float) -> None:
        """Note how long a scan takes."""


def watch(
    source: Source,
    *,
    stop: Callable[[], bool],
    wait: Callable[[], float | None],
    now: Callable[[], float],
    debounce: float = DEBOUNCE,
    at_most: float = AT_MOST,
) -> Iterator[Changes]:
    """Yield one change set after the other until `stop()`.

    `wait()` is called before each and returns how many seconds to wait for one (None: for ever); an empty one means
    that time is up, or that the source was woken. `now()` returns monotonic seconds.
    """
    while not stop():
        gathered = source.take(wait())
        end = now() + at_most
        more = gathered
        while more and not stop() and (left := end - now()) > 0:
            more = source.take(min(debounce, left))
            gathered |= more
        if not stop():
            yield gathered


PLUGINS = ".netnotes/plugins/"
BEHIND_DOTS = (*settings.FILES, PLUGINS)
"""Files that matter although they are in a hidden folder: the settings that are read."""


def concerns(path: str) -> bool:
    """Return whether a path of a vault matters: a note, a folder, a settings file or a plugin."""
    if not path.startswith(".") and "/." not in path:
        return True
    return path.startswith(PLUGINS) or any(known == path or known.startswith(f"{path}/") for known in BEHIND_DOTS)
