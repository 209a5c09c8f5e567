"""`netnotes report NAME`: a plugin's report. Lists the reports when no name is given."""

from __future__ import annotations

from pathlib import Path

import click

from netnotes.app.workspace import Workspace
from netnotes.cli import output
from netnotes.cli.commands.advice import reports
from netnotes.cli.commands.plugins.plugin_commands import did_not_run
from netnotes.cli.options import last_folder, workspace
from netnotes.cli.session import accept_flags
from netnotes.errors import NetNotesError
from netnotes.options import did_you_mean
from netnotes.plugin.hooks import Plugin, Report
from netnotes.plugin_host.discovery import REPORTS
from netnotes.printable import one_line


class Reports(click.Group):
    """A group with one command for each report of the vault on the command line."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the report among the bundled ones, then among the plugins of the vault."""
        name, rest = args[0], args[1:]
        if not rest and name not in REPORTS and Path(name).expanduser().is_dir():
            return "list", click.Command("list", callback=lambda: _list(_vault(args))), []
        if name in REPORTS:
            return name, accept_flags(reports.bundled(name)), rest
        space = _vault(rest)
        known = _reports(space)
        if name not in known:
            ctx.fail(f"no report `{name}`{did_you_mean(name, [*known, *REPORTS])}{did_not_run(space)}")
        return name, accept_flags(reports.of_vault(name, known[name][1])), rest


@click.command(
    "report",
    cls=Reports,
    invoke_without_command=True,
    no_args_is_help=False,
    subcommand_metavar="[COMMAND] [ARGS]...",  # as newer versions of click write it
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print a plugin's report as a table, as JSON or as Markdown.

    Without a name, lists the reports of the vault's plugins. `netnotes report NAME --help` shows the options of a
    report.

    \b
    Example:
      netnotes report ~/Notes
      netnotes report birthdays ~/Notes --markdown
    """
    if ctx.invoked_subcommand is not None:
        return
    _list(_vault([]))


def _list(space: Workspace | None) -> None:
    found = {name: hook.summary for name, (_, hook) in _reports(space).items()}
    rows = [(name, one_line(summary)) for name, summary in found.items()]
    if rows:
        output.print_table(rows, ("report", "shows"))
    else:
        words = f"No plugin of this vault has a report{did_not_run(space)}. All commands: `netnotes --help`"
        output.advise(words, err=True)


def _vault(args: list[str]) -> Workspace | None:
    """Open the vault named by the last word that is a folder, else the one containing the working directory."""
    named = last_folder(args)
    try:
        return workspace(named, on_demand=True)
    except NetNotesError:
        if named is None:
            return None
        raise


def _reports(space: Workspace | None) -> dict[str, tuple[Plugin, Report]]:
    """Return name → report; if two have the same name, the one loaded first."""
    found: dict[str, tuple[Plugin, Report]] = {}
    for plugin in space.plugins if space else ():
        for hook in plugin.hooks:
            if isinstance(hook, Report):
                found.setdefault(hook.name, (plugin, hook))
    return found
