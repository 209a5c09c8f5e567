"""One call of the program: its flags, the vaults it opened, and the network for plugins' commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # every command creates one, and not every command needs these
    import datetime as dt
    from pathlib import Path

    from netnotes.app.workspace import Workspace


@dataclass(slots=True)
class Session:
    """What click passes to every built-in command as `ctx.obj`; a plugin's command gets a `PluginSession`."""

    debug: bool = False
    no_plugins: bool = False
    no_cache: bool = False
    strict: bool = False
    no_pager: bool = False
    plugin_files: tuple[Path, ...] = ()
    """Plugin files named with `--plugin`, to run this once."""
    command: str = ""
    """The command that was called."""
    repeated: str = ""
    """The options of the call, as typed, for a command that shows more of the same list."""
    named: str | None = None
    """The vault as typed; None if it was found."""
    day: dt.date | None = None
    """The day given with `--as-of`; None: today."""
    opened: dict[Path, Workspace] = field(default_factory=dict)
    """Root → vault as last opened: the daemon opens its vault again whenever the options change."""

    @property
    def has_problems(self) -> bool:
        """Whether any vault opened in this call has problems."""
        return any(space.problems for space in self.opened.values())
