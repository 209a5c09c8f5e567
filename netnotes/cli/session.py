"""One call of the program: its flags, the vaults it opened, and the network for plugins' commands.

The flags may also follow a command, unless it has an option of the same name.
"""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netnotes.lazy_dataclass import dataclass

if TYPE_CHECKING:  # every command creates a session, and not every command needs these
    import datetime as dt
    from collections.abc import Callable

    from netnotes.app.workspace import Workspace

_FLAGS = {
    "--debug": "Show the traceback of an unexpected error.",
    "--no-plugins": "Run only the bundled plugins.",
    "--no-cache": "Read every note again, and cache nothing.",
    "--no-pager": "Print long output without a pager.",
    "--strict": "Stop at the first plugin exception; exit 1 if there are problems.",
}
"""Flag → help. Each sets the attribute of `Session` with its name."""


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
    open_vault: Callable[..., Workspace] | None = None
    """What opens vaults instead of `open_workspace`."""
    show_page: Callable[[str, str], bool] | None = None
    """What shows long output instead of `show` in `netnotes.cli.pager`."""
    opened: dict[Path, Workspace] = field(default_factory=dict)
    """Root → vault as last opened: the daemon opens its vault again whenever the options change."""

    @property
    def is_usual(self) -> bool:
        """Whether no flag changes what is read, and which plugins run."""
        return not (self.no_plugins or self.no_cache or self.strict or self.plugin_files)

    @property
    def has_problems(self) -> bool:
        """Whether any vault opened in this call has problems."""
        return any(space.problems for space in self.opened.values())


def own_flags(*, hidden: bool = False) -> list[click.Option]:
    """Return the flags as options that set the session's attributes."""
    flags = [
        click.Option([flag], is_flag=True, hidden=hidden, expose_value=False, callback=_set, help=about)
        for flag, about in _FLAGS.items()
    ]
    about = "Also run the plugin FILE, this once; naming it is consent. Can be repeated."
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    named = click.Option(
        ["--plugin", "plugin_files"],
        multiple=True,
        type=kind,
        metavar="FILE",
        hidden=hidden,
        expose_value=False,
        callback=_add_plugin_file,
        help=about,
    )
    return [*flags, named]


def accept_flags(command: click.Command) -> click.Command:
    """Let `command` and its subcommands accept the flags that are not options of their own."""
    taken = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    command.params += [flag for flag in own_flags(hidden=True) if not taken.intersection(flag.opts)]
    if isinstance(command, click.Group):
        for each in command.commands.values():
            accept_flags(each)
    return command


def _add_plugin_file(ctx: click.Context, param: click.Parameter, value: tuple[Path, ...]) -> None:
    del param
    session = ctx.find_object(Session)
    if value and session:
        session.plugin_files += value


def _set(ctx: click.Context, param: click.Parameter, value: object) -> None:
    session = ctx.find_object(Session)
    if value and session and param.name:
        setattr(session, param.name, True)
