"""Commands that plugins bring: found when a word is no command of ours."""

from __future__ import annotations

import copy
from pathlib import Path

import click

from netnotes.cli.options import workspace
from netnotes.cli.plugin_session import PluginSession
from netnotes.errors import NetNotesError


def find(name: str, rest: list[str]) -> tuple[click.Command | None, tuple[str, ...]]:
    """Return the plugins' command `name`, if there is one, and the names of all of them.

    It is run on the vault that the last word names which is a folder, else on the one around here.
    """
    named = next((word for word in reversed(rest) if Path(word).expanduser().is_dir()), None)
    try:
        space = workspace(named)
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
    # The author's own is not to be changed.
    found = copy.copy(command)
    found.context_settings = {**command.context_settings, "obj": PluginSession(space, plugin)}
    return found, tuple(known)
