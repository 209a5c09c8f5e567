"""Suspend plugins that keep failing in the same way until they change. Calls none itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from netnotes.model import Problem
from netnotes.plugin.hooks import Plugin

MOST = 3
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
        return self._failed.get(name, ((), 0))[1] >= MOST


def _faults(plugin: Plugin, problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the messages about functions of a plugin that failed, not counting skipped ones."""
    return tuple(
        problem.message
        for problem in problems
        if problem.plugin == plugin.name and problem.failure and problem.failure.kind != "skipped"
    )
