"""Plugins that fail the same way again and again are not called any more until they change. Calls none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from netnotes.model import Problem
from netnotes.plugin.hooks import Plugin

MOST = 3
"""Equal failures one after the other, from which on a plugin rests."""


@dataclass(slots=True)
class PluginBackoff:
    """How often each plugin failed lately."""

    _failed: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    """Plugin → what it failed of last, and how often in a row."""

    def awake(self, plugins: Iterable[Plugin]) -> tuple[Plugin, ...]:
        """Return the plugins that do not rest."""
        return tuple(plugin for plugin in plugins if not self._rests(plugin.name))

    def names(self) -> tuple[str, ...]:
        """Return the plugins that rest."""
        return tuple(sorted(name for name in self._failed if self._rests(name)))

    def take(self, plugins: Sequence[Plugin], problems: Sequence[Problem]) -> tuple[str, ...]:
        """Take what came of a round in which `plugins` were called; return those that failed."""
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

    def forget(self) -> None:
        """Let all of them be called again: plugins or options changed."""
        self._failed.clear()

    def _rests(self, name: str) -> bool:
        return self._failed.get(name, ((), 0))[1] >= MOST


def _faults(plugin: Plugin, problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the messages about functions of a plugin that failed; those that were not called are no fault of it."""
    return tuple(
        problem.message
        for problem in problems
        if problem.plugin == plugin.name and problem.failure and problem.failure.kind != "skipped"
    )
