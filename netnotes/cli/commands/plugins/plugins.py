"""`netnotes plugins`: list them, write a new one, check one, allow or deny a file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import os
from pathlib import Path
from textwrap import indent

import click

from netnotes.cli import output
from netnotes.cli.journal import now
from netnotes.cli.options import as_of_option, json_option, vault_argument
from netnotes.cli.screen import confirm
from netnotes.cli.session import Session
from netnotes.errors import NotAPlugin
from netnotes.plugin.hooks import Exporter, Hook, Plugin, Reader, Reads, Report, Scorer, Styler, Watcher
from netnotes.plugin_host import discovery, source_preview
from netnotes.plugin_host.consent import Trust, Verdict, folder
from netnotes.plugin_host.discovery import Source
from netnotes.plugin_host.module_loader import imported
from netnotes.plugin_host.scaffold import KINDS
from netnotes.plugin_host.time_limit import Timekeeper
from netnotes.printable import lines, one_line

NAMES = "`netnotes plugins list VAULT` names the plugins of a vault"


@click.group("plugins")
def command() -> None:
    """List, write, check and allow plugins.

    \b
    Example:
      netnotes plugins list ~/Notes
      netnotes plugins new recency
      netnotes plugins allow ~/Notes/.netnotes/plugins/recency.py
    """


@command.command("list", short_help="List the plugins of a vault, and whether they run.")
@vault_argument
@as_of_option
@json_option
@click.pass_context
def list_(ctx: click.Context, vault: str | None, today: dt.date, as_json: bool) -> None:
    """List the plugins of a vault: version, origin, what each adds, its state and why, and the time it takes.

    Runs the allowed plugins to see whether they work. Also works if plugins or netnotes.toml are broken.

    \b
    Example:
      netnotes plugins list ~/Notes
      netnotes plugins list ~/Notes --json
    """
    from netnotes.cli.commands.plugins.plugin_status import plugin_statuses  # the other subcommands need no vault

    session = ctx.find_object(Session) or Session()
    rows, mistakes = plugin_statuses(
        vault, today, os.environ, no_plugins=session.no_plugins, named=session.plugin_files
    )
    if as_json:
        output.print_json([row.record() for row in rows])
    else:
        output.print_table([row.line() for row in rows], ("name", "version", "origin", "adds", "state", "time"))
        for row in rows:
            if row.reason:
                output.echo(one_line(f"{row.name}: {row.reason}"))
                if row.hint:
                    output.echo(one_line(f"  hint: {row.hint}"))
    for mistake in mistakes:
        output.echo(one_line(f"netnotes.toml: {mistake}"), err=True)


@command.command("new", short_help="Create a working plugin in the current folder.")
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="scorer",
    show_default=True,
    help="The kind of plugin.",
)
@click.option("--package", is_flag=True, help="Create a whole package, with tests and an entry point.")
def new(name: str, kind: str, package: bool) -> None:
    """Create a working plugin in the current folder: NAME.py or, with --package, the folder netnotes-NAME.

    \b
    Example:
      netnotes plugins new recency
      netnotes plugins new sector --kind styler --package
    """
    from netnotes.plugin_host.scaffold import write_scaffold  # the other subcommands write no plugin

    written = write_scaffold(Path.cwd(), name, kind, package=package)
    for path in written:
        output.echo(str(path))
    output.say("To test it:", err=True)
    made = written[0].relative_to(Path.cwd()).parts[0]
    output.print_command(f"netnotes plugins check {made}", err=True)


@command.command("show", short_help="Show what a plugin does, and its options.")
@click.argument("name", metavar="NAME|FILE")
def show(name: str) -> None:
    """Show what a plugin does: its options with their defaults, its fields, reports and commands.

    NAME is a bundled or installed plugin; naming a FILE is consent to run it.

    \b
    Example:
      netnotes plugins show follow_up
    """
    from netnotes.testing.subjects import sources_of

    for source in sources_of(name):
        print_plugin(source)


@command.command("check", short_help="Test a plugin, and show where it fails.")
@click.argument("name", metavar="FILE|FOLDER|NAME")
@json_option
@click.pass_context
def check(ctx: click.Context, name: str, as_json: bool) -> None:
    """Test a plugin on difficult networks and notes, and show where it fails. Exits 1 if it does.

    With --debug, each error is shown with its traceback.

    Name a file, a folder (a package, or a folder of plugin files), or an installed or bundled plugin. Naming it is
    consent to run it.

    \b
    Example:
      netnotes plugins check recency.py
      netnotes plugins check netnotes-sector
    """
    from netnotes.testing.conformance import examine_source  # the suite is for authors
    from netnotes.testing.subjects import sources_of

    debug = (ctx.find_object(Session) or Session()).debug
    findings = [finding for source in sources_of(name) for finding in examine_source(source, strict=debug)]
    if as_json:
        output.print_json([{"test": found.test, "message": found.message, "hint": found.hint} for found in findings])
        ctx.exit(1 if any(found.message for found in findings) else 0)
    printed: set[str] = set()
    for found in findings:
        output.echo(one_line(f"{'FAILS' if found.message else 'ok   '}  {found.test}"))
        # One mistake fails on many networks; its message is printed once.
        if found.message and found.message not in printed:
            printed.add(found.message)
            output.echo(one_line(f"       {found.message}"))
            if found.hint:
                output.echo(one_line(f"       hint: {found.hint}"))
            if debug and found.traceback:
                output.echo(indent(lines(found.traceback), "       "))
    ctx.exit(1 if any(found.message for found in findings) else 0)


@command.command("allow", short_help="Allow a plugin of a vault to run.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def allow(file: Path, yes: bool) -> None:
    """Allow the plugin FILE of a vault to run, after showing it, or what changed since you last allowed it.

    An allowed plugin can do anything you can do: read and delete your files, use the network. There is no sandbox. It
    is allowed at this path and with this content; any change blocks it again.

    \b
    Example:
      netnotes plugins allow ~/Notes/.netnotes/plugins/recency.py
    """
    source = _of_vault(file)
    trust = _trust()
    verdict = trust.verdict(source.place, source.data)
    if verdict is Verdict.ALLOWED:
        output.echo(one_line(f"{source.place}: is allowed as it is"))
        return
    for line in source_preview.lines(source.data, trust.allowed_before(source.place)):
        output.echo(line, err=True)
    for what in dict.fromkeys(source_preview.asks_for(source.data)):
        output.echo(one_line(f"It asks to read {what}."), err=True)
    confirm(
        f"Let {one_line(source.place)} do whatever you can do?",
        yes=yes,
        instead=f"netnotes plugins allow {source.place} --yes",
    )
    trust.allow(source.place, source.data, now())
    output.echo(one_line(f"{source.place}: allowed"))


@command.command("deny", short_help="Never run a plugin of a vault.")
@click.argument("file", type=click.Path(path_type=Path))
def deny(file: Path) -> None:
    """Never run the plugin FILE, whatever it contains, until you allow it.

    \b
    Example:
      netnotes plugins deny ~/Notes/.netnotes/plugins/recency.py
    """
    place, trust = str(discovery.canonical(file)), _trust()
    if not Path(place).exists() and trust.allowed_before(place) is None:
        raise NotAPlugin(str(file), "no such file", NAMES)
    trust.deny(place, now())
    output.echo(one_line(f"{place}: denied"))


def _of_vault(file: Path) -> discovery.Source:
    """Read a plugin file of a vault. Raises NotAPlugin."""
    real = discovery.canonical(file)
    if not real.exists() and not real.is_symlink():
        raise NotAPlugin(str(file), "no such file", NAMES)
    if real.parent.parts[-2:] != tuple(discovery.FOLDER.split("/")):
        raise NotAPlugin(str(real), f"is not in the `{discovery.FOLDER}` of a vault", "move it there, then allow it")
    source = discovery.file(real)
    if source.fault:
        raise NotAPlugin(str(real), source.fault)
    return source


def _trust() -> Trust:
    return Trust(folder(os.environ.get("NETNOTES_DATA")))


_KINDS = {
    Scorer: "scores",
    Styler: "styles the map",
    Report: "report",
    Reader: "reads encounters",
    Exporter: "format for `graph --format`",
    Watcher: "sends notices under `netnotes watch`",
}


def print_plugin(source: Source) -> None:
    """Import a plugin and print its description."""
    if source.fault:
        output.echo(one_line(f"{source.place}: {source.fault}"), err=True)
        return
    plugin, problem = imported(source, Timekeeper())
    if plugin is None:
        output.print_problems([problem] if problem else [])
        return
    output.heading(f"{plugin.name} ({plugin.origin}{f' {plugin.version}' if plugin.version else ''})")
    for hook in plugin.hooks:
        _show_hook(hook)
    _show_options(plugin)
    for command in plugin.commands:
        output.say(one_line(f"command: netnotes {command.name}"), first="  ")


def _show_hook(hook: Hook) -> None:
    about = inspect.cleandoc(hook.function.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    kind = next((words for kind, words in _KINDS.items() if isinstance(hook, kind)), "")
    output.say(one_line(f"{hook.name}: {kind}. {about}"), first="  ", indent=4)
    if isinstance(hook, Scorer):
        written = "written into notes" if hook.field.write else "not written unless `[fields]` says so"
        output.say(one_line(f"field `{hook.field.name}`: {hook.field.about}; {written}"), first="    ", indent=6)
    reads = getattr(hook, "reads", None)
    if isinstance(reads, Reads) and (words := [*reads.fields, *["the text of your notes"] * reads.text]):
        output.say(one_line(f"reads {', '.join(words)}"), first="    ", indent=6)
    if isinstance(hook, Reader) and hook.files:
        output.say(one_line(f"reads files: {', '.join(hook.files)}"), first="    ", indent=6)


def _show_options(plugin: Plugin) -> None:
    kinds = {hook.options for hook in plugin.hooks if getattr(hook, "options", None)}
    fields = {field.name: field for kind in kinds for field in dataclasses.fields(kind)}
    if fields:
        output.say(one_line(f"options, under [plugins.{plugin.name}] in netnotes.toml:"), first="  ")
    for name, field in fields.items():
        about = field.metadata.get("about", "")
        default = "" if field.default is dataclasses.MISSING else f" = {field.default!r}"
        output.say(one_line(f"{name}{default}" + (f"  {about}" if about else "")), first="    ", indent=6)
