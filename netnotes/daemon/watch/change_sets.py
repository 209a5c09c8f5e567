"""The watcher: a generator of change sets. Hints are gathered until they stop coming; what they mean, a scan decides.

Knows neither disk nor clock: where hints come from, how long to wait and what time it is are arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from netnotes.text import settings

DEBOUNCE = 0.02
"""Seconds without a further hint after which a change set is complete."""
AT_MOST = 1.0
"""Seconds after which a change set is given out though hints keep coming."""


POLL = "it is time"
"""Why everything is to be looked at if nothing reports changes; no news."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What may have changed since the last time. Falsy where nothing hints at anything."""

    paths: frozenset[str] = frozenset()
    """Relative to the vault, with `/`: hints, neither complete nor always true."""
    rescans: frozenset[str] = frozenset()
    """Why hints are not to be trusted: an overflow, a watch that was lost."""

    def __bool__(self) -> bool:
        return bool(self.paths or self.rescans)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.paths | other.paths, self.rescans | other.rescans)


class Source(Protocol):
    """Where hints come from: the system's notifications, a timer, or a test."""

    def take(self, seconds: float | None) -> Changes:
        """Return what was hinted at since the last call; wait up to `seconds` (None: for ever) for something.

        Returns early, with nothing, when it is woken.
        """


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

    `wait()` is asked before each and returns for how many seconds to wait for one (None: for ever); an empty one says
    that they are over, or that the source was woken. `now()` counts seconds.
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
"""What matters although it lies in a folder with a dot: of all that an app keeps there only what is read."""


def concerns(path: str) -> bool:
    """Return whether a path of a vault matters: a note, a folder, a file, or what sets how they are read."""
    if not path.startswith(".") and "/." not in path:
        return True
    return path.startswith(PLUGINS) or any(known == path or known.startswith(f"{path}/") for known in BEHIND_DOTS)
