"""Run an exporter on a vault, and return its files, each with a text that identifies its kind. Writes no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netnotes.cli import output
from netnotes.lazy_dataclass import dataclass
from netnotes.plugin_host.discovery import FORMATS

if TYPE_CHECKING:
    from netnotes.app.workspace import Workspace
    from netnotes.model import Problem, Vault
    from netnotes.outcome import Outcome
    from netnotes.plugin.hooks import Exporter, Plugin

_HEAD = 400
"""Characters at the start of an export in which it may name NetNotes."""
_BEFORE = 15
_MARK = 40


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file to write."""

    text: str
    mark: str
    """Text near the top that only files of this kind have: another file is not replaced."""
    suffix: str = ""
    """Added to the name before the ending; empty for the first file."""


def exported(
    space: Workspace, read: Vault, outcome: Outcome, form: str, names: str | None
) -> tuple[tuple[ExportFile, ...], tuple[Problem, ...]]:
    """Run the exporter `form` on the network. Raises BadParameter if there is no such exporter."""
    from netnotes.export.anonymize import anonymous
    from netnotes.export.note_tables import map_tables
    from netnotes.scoring.reports import export, styles
    from netnotes.scoring.views import alter_depths

    hook, plugin = _exporter(space, form)
    # The map has the depth of every tie between others, not only of those that the page draws.
    scored = space.scored(outcome, read)
    alters = alter_depths(scored, len(outcome.network.alter_ties)) if hook.reads.map else None
    looks, style_problems = styles(scored) if hook.reads.map else ((), ())
    if names:
        shared = anonymous(outcome, alters=alters, styles=looks, numbers=names == "numbers")
        outcome, alters, looks = shared.outcome, shared.alters, shared.styles
        scored = space.scored(outcome, read)
    files, problems = export(hook, plugin, scored, lambda: map_tables(outcome, lambda: alters or scored.alters, looks))
    problems = (*style_problems, *(problem for problem in problems if problem not in style_problems))
    if files is None:
        output.print_problems(problems)
        raise click.ClickException(f"the exporter `{form}` of the plugin {plugin.name} returned nothing")
    return tuple(ExportFile(text, _mark(text), f"-{name}" if name else "") for name, text in files.items()), problems


def _exporter(space: Workspace, form: str) -> tuple[Exporter, Plugin]:
    from netnotes.plugin.hooks import Exporter
    from netnotes.plugin_host.loader import bundled_exporter

    if form in FORMATS:
        plugin, hook = bundled_exporter(form)
        return hook, plugin
    found = {
        hook.name: (hook, plugin) for plugin in space.plugins for hook in plugin.hooks if isinstance(hook, Exporter)
    }
    if form not in found:
        known = ", ".join(("html", *FORMATS, *found))
        raise click.BadParameter(f"no format `{form}`; use one of {known}", param_hint="--format")
    return found[form]


def _mark(text: str) -> str:
    """Return the text that identifies files of this kind: the words up to `NetNotes` near the top, else the start."""
    at = text.find("NetNotes", 0, _HEAD)
    return text[max(0, at - _BEFORE) : at + len("NetNotes")] if at >= 0 else text[:_MARK]
