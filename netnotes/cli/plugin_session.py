"""The session of a plugin's own command: the vault it runs on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from netnotes import config as configuration
from netnotes import options
from netnotes.app.workspace import Workspace
from netnotes.errors import BadConfig
from netnotes.plugin.hooks import Plugin
from netnotes.plugin.network_view import NetworkView
from netnotes.scoring.reports import by_subject

O = TypeVar("O")  # noqa: E741  # an options class


@dataclass(frozen=True, slots=True)
class PluginSession:
    """A vault, for one command of one plugin."""

    space: Workspace
    plugin: Plugin

    @property
    def root(self) -> Path:
        """The folder of the vault."""
        return self.space.root

    def network(self, day: dt.date | None = None) -> NetworkView:
        """Return the network on a day (default: today), with the scores of all plugins."""
        vault, outcome = self.space.run(day or dt.datetime.now().astimezone().date())
        scored = self.space.scored(outcome, vault)
        return scored.view(f"a command of {self.plugin.name}", partial(by_subject, scored))

    def options(self, kind: type[O]) -> O:
        """Return the plugin's options. Raises BadConfig with all mistakes in them."""
        table = self.space.config.plugins.get(self.plugin.name, {})
        found, mistakes = options.read(kind, table, f"plugins.{self.plugin.name}")
        if mistakes:
            raise BadConfig(configuration.FILE, mistakes)
        return found
