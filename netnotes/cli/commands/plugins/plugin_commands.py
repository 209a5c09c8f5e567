"""Commands that plugins bring: found when a word is no command of ours."""

from __future__ import annotations

from pathlib import Path

import click

from netnotes.cli.options import workspace
from netnotes.errors import NetNotesError


def find(name: str, rest: list[str]) -> tuple[click.Command | None, tuple[str, ...]]:
    """Return the plugins' command `name`, if there is one, and the names of all of them.

    The vault is the last word that is a folder, else the one around here.
    """
    named = next((word for word in reversed(rest) if Path(word).expanduser().is_dir()), None)
    try:
        plugins = workspace(named).plugins
    except NetNotesError:
        return None, ()
    known = {
        command.name: command
        for plugin in reversed(plugins)
        for command in plugin.commands
        if isinstance(command, click.Command) and command.name
    }
    return known.get(name), tuple(known)
