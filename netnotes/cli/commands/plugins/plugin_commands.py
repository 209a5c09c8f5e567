"""Commands of plugins: looked up when a word is not a built-in command."""

from __future__ import annotations

import copy

import click

from netnotes.cli.options import workspace
from netnotes.cli.plugin_session import PluginSession
from netnotes.cli.vault_argument import last_folder
from netnotes.errors import NetNotesError


def find(name: str, rest: list[str]) -> tuple[click.Command | None, tuple[str, ...]]:
    """Return the plugin command `name`, if there is one, and the names of all of them.

    It runs on the vault named by the last word that is a folder, else on the one containing the working directory.
    """
    try:
        space = workspace(last_folder(rest), on_demand=True)
    except NetNotesError:
        return None, ()
    known = {
        command.name: (command, plugin)
        for plugin in reversed(space.plugins)
        for command in plugin.commands
        if isinstance(command, click.Command) and command.name
    }
    if name not in known:
        return None, tuple(known)
    command, plugin = known[name]
    # The author's object must not be modified.
    found = copy.copy(command)
    found.context_settings = {**command.context_settings, "obj": PluginSession(space, plugin)}
    return found, tuple(known)
