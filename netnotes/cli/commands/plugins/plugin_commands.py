"""Commands of plugins: looked up when a word is not a built-in command."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import TypeVar

import click

from netnotes import config as configuration
from netnotes import options
from netnotes.app.workspace import Workspace
from netnotes.cli.options import last_folder, workspace
from netnotes.errors import BadConfig, NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.phrasing import join_names
from netnotes.plugin.hooks import Plugin
from netnotes.plugin.network_view import NetworkView
from netnotes.plugin_host import loader
from netnotes.scoring.reports import style_finder


def find(name: str, rest: list[str]) -> tuple[click.Command | None, tuple[str, ...], str]:
    """Return the plugin command `name`, if there is one, the names of all of them, and which plugins did not run.

    It runs on the vault named by the last word that is a folder, else on the one containing the working directory.
    """
    try:
        space = workspace(last_folder(rest), on_demand=True)
    except NetNotesError:
        return None, (), ""
    known = {
        command.name: (command, plugin)
        for plugin in reversed(space.plugins)
        for command in plugin.commands
        if isinstance(command, click.Command) and command.name
    }
    if name not in known:
        return None, tuple(known), did_not_run(space)
    command, plugin = known[name]
    # The author's object must not be modified.
    found = copy.copy(command)
    found.context_settings = {**command.context_settings, "obj": PluginSession(space, plugin)}
    return found, tuple(known), ""


def did_not_run(space: Workspace | None) -> str:
    """Return in words which plugins that should run did not, as the end of a message; nothing if all did."""
    states = space.loaded.states if space else ()
    names = [f"`{state.name}`" for state in states if state.state in (loader.BLOCKED, loader.BROKEN)]
    return f"; not run: {join_names(names)} (netnotes plugins list)" if names else ""


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
        return scored.view(f"a command of {self.plugin.name}", style_finder(scored))

    def options(self, kind: type[O]) -> O:
        """Return the plugin's options. Raises BadConfig with all mistakes in them."""
        table = self.space.config.plugins.get(self.plugin.name, {})
        found, mistakes = options.read(kind, table, f"plugins.{self.plugin.name}")
        if mistakes:
            raise BadConfig(configuration.FILE, mistakes)
        return found
