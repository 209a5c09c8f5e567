"""Back off: write less often into notes that another program changes back, and suspend plugins that keep failing.

Two programs that disagree about a note (a vault within another one, an older version on another machine, a service
that restores files) would otherwise overwrite each other for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem
from netnotes.plugin.hooks import Plugin

MOST = 3
"""Times that the same bytes are written into a note, and no others in between, before it is backed off."""
PAUSE, LONGEST = 60.0, 3600.0
"""Seconds of backing off; doubled each time, up to the second value."""
FORGOTTEN = 2 * LONGEST
"""Seconds after which a note's record is dropped."""


@dataclass(slots=True)
class _Contested:
    last: float
    until: float = 0.0
    digest: str = ""
    """Of what was written last."""
    times: int = 0
    """How often that was written in a row: what the user changes to and fro is written in turns."""


@dataclass(slots=True)
class WriteBackoff:
    """What was written recently, and how often."""

    _by_path: dict[str, _Contested] = field(default_factory=dict)
    """Path → its record."""

    def record(self, written: Mapping[str, str], now: float) -> None:
        """Record what was written (path → digest) at time `now`."""
        self._by_path = {path: one for path, one in self._by_path.items() if now - one.last < FORGOTTEN}
        for path, digest in written.items():
            one = self._by_path.setdefault(path, _Contested(now))
            one.times = one.times + 1 if one.digest == digest else 1
            one.last, one.digest = now, digest
            if one.times >= MOST:
                one.until = now + min(PAUSE * 2 ** (one.times - MOST), LONGEST)

    def blocked(self, now: float) -> dict[str, float]:
        """Return the notes that may not be written now → when they may be again."""
        return {path: one.until for path, one in self._by_path.items() if one.until > now}


def next_allowed(blocked: Mapping[str, float], wanted: Collection[str]) -> float | None:
    """Return the earliest time at which a backed-off note of `wanted` may be written again; None if none is."""
    return min((blocked[path] for path in wanted if path in blocked), default=None)


MOST_FAILURES = 3
"""Equal failures in a row after which a plugin is suspended."""


@dataclass(slots=True)
class PluginBackoff:
    """Recent failures of each plugin."""

    _failed: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    """Plugin → its last failures, and how often in a row."""

    def active(self, plugins: Iterable[Plugin]) -> tuple[Plugin, ...]:
        """Return the plugins that are not suspended."""
        return tuple(plugin for plugin in plugins if not self._is_suspended(plugin.name))

    def suspended(self) -> tuple[str, ...]:
        """Return the names of the suspended plugins."""
        return tuple(sorted(name for name in self._failed if self._is_suspended(name)))

    def record(self, plugins: Sequence[Plugin], problems: Sequence[Problem]) -> tuple[str, ...]:
        """Record the result of a round in which `plugins` were called; return the names of those that failed."""
        failing = []
        for plugin in plugins:
            faults = _faults(plugin, problems)
            last, times = self._failed.get(plugin.name, ((), 0))
            if faults:
                failing.append(plugin.name)
                self._failed[plugin.name] = (faults, times + 1 if faults == last else 1)
            else:
                self._failed.pop(plugin.name, None)
        return tuple(failing)

    def reset(self) -> None:
        """Lift all suspensions, after plugins or options changed."""
        self._failed.clear()

    def _is_suspended(self, name: str) -> bool:
        return self._failed.get(name, ((), 0))[1] >= MOST_FAILURES


def _faults(plugin: Plugin, problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the messages about functions of a plugin that failed, not counting skipped ones."""
    return tuple(
        problem.message
        for problem in problems
        if problem.plugin == plugin.name and problem.failure and problem.failure.kind != "skipped"
    )
