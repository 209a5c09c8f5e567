"""The state of each plugin of a vault after a run, for `netnotes plugins list`."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from netnotes.app.vault_root import find_root
from netnotes.app.workspace import Workspace, read_config, workspace_of
from netnotes.config import Config
from netnotes.errors import BadConfig, NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem
from netnotes.pipeline import with_notes
from netnotes.plugin.hooks import Exporter, Plugin, Reader, Report, Scorer, Styler, Watcher
from netnotes.plugin_host.loader import ON, State
from netnotes.printable import one_line
from netnotes.scoring import reports

FAILED = "failed"
KINDS = {Report: "report", Reader: "reader", Styler: "styler", Exporter: "format", Watcher: "watcher"}
"""Hook → the word for it in the list."""


@dataclass(frozen=True, slots=True)
class PluginStatus:
    """One plugin, as it is listed."""

    name: str
    version: str | None
    origin: str
    place: str
    fields: tuple[str, ...]
    """Fields it owns."""
    adds: tuple[str, ...]
    """Everything it adds, as text."""
    state: str
    """on, failed, off, blocked, denied or broken."""
    reason: str
    hint: str
    seconds: float | None
    """Seconds it took; None if it did not run."""

    def record(self) -> dict[str, object]:
        """Return the documented JSON."""
        return {name: getattr(self, name) for name in PluginStatus.__slots__}

    def line(self) -> tuple[str, ...]:
        """Return the line of the table."""
        took = "" if self.seconds is None else f"{self.seconds * 1000:.0f} ms"
        cells = (self.name, self.version or "", self.origin, ", ".join(self.adds), self.state, took)
        return tuple(map(one_line, cells))


def plugin_statuses(
    vault: str | None, today: dt.date, environ: Mapping[str, str], *, no_plugins: bool, named: Sequence[Path] = ()
) -> tuple[Sequence[PluginStatus], tuple[str, ...]]:
    """Return the status of every plugin of the vault and of `named` files, and the mistakes in `netnotes.toml`."""
    root = find_root(vault, environ)
    mistakes: tuple[str, ...] = ()
    try:
        config = read_config(root)
    except BadConfig as error:
        config, mistakes = Config(), error.mistakes
    space = workspace_of(root, config, environ, no_plugins=no_plugins, everything=True, named=named)
    return _statuses(space, today), (*mistakes, *space.loaded.mistakes)


def _statuses(space: Workspace, today: dt.date) -> list[PluginStatus]:
    problems: tuple[Problem, ...] = ()
    try:
        vault, outcome = space.run(today)
        _, style_problems = reports.styles(space.scored(with_notes(outcome, vault, space.config), vault))
        problems = (*outcome.problems, *style_problems)
    except NetNotesError as error:
        problems = (Problem(str(error)),)
    plugins = {plugin.name: plugin for plugin in space.plugins}
    return [
        _status(state, plugins.get(state.name) if state.state == ON else None, problems, space)
        for state in space.loaded.states
    ]


def _status(state: State, plugin: Plugin | None, problems: Iterable[Problem], space: Workspace) -> PluginStatus:
    fields = tuple(hook.field.name for hook in plugin.hooks if isinstance(hook, Scorer)) if plugin else ()
    found = PluginStatus(
        state.name,
        state.version,
        state.origin,
        _short(state.place, space.root),
        fields,
        _adds(plugin) if plugin else (),
        state.state,
        state.reason,
        state.hint,
        space.keeper.of(state.name) if plugin else None,
    )
    failures = [problem for problem in problems if plugin and problem.plugin == plugin.name and problem.failure]
    if failures:
        found = replace(found, state=FAILED, reason=failures[0].message, hint=failures[0].hint or "")
    return found


def _adds(plugin: Plugin) -> tuple[str, ...]:
    words = []
    for hook in plugin.hooks:
        if isinstance(hook, Scorer):
            words.append(hook.field.name)
        else:
            words.append(f"{KINDS[type(hook)]} {hook.name}")
    return (*words, *(f"command {getattr(command, 'name', '')}" for command in plugin.commands))


def _short(place: str, root: Path) -> str:
    """Return a path, relative to the vault if it is inside."""
    inside = os.path.realpath(root) + os.sep
    return place.removeprefix(inside).replace(os.sep, "/") if place.startswith(inside) else place
