"""`netnotes plugins show`: a plugin's description, options, fields and commands."""

from __future__ import annotations

import dataclasses
import inspect

from netnotes.cli import output
from netnotes.plugin.hooks import Exporter, Hook, Plugin, Reader, Reads, Report, Scorer, Styler, Watcher
from netnotes.plugin_host.discovery import Source
from netnotes.plugin_host.module_loader import imported
from netnotes.plugin_host.time_limit import Timekeeper
from netnotes.printable import one_line

_KINDS = {
    Scorer: "scores",
    Styler: "styles the map",
    Report: "report",
    Reader: "reads encounters",
    Exporter: "format for `graph --format`",
    Watcher: "sends notices under `netnotes watch`",
}


def show(source: Source) -> None:
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
