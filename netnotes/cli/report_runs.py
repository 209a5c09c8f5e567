"""Run a report with the options of `netnotes.toml`, the flags of a command and its filters. Prints nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from netnotes.app.workspace import Workspace
from netnotes.cli import filters
from netnotes.model import Vault
from netnotes.outcome import Outcome
from netnotes.plugin.hooks import Plugin, Report
from netnotes.plugin_host.loader import bundled_report, with_options
from netnotes.scoring.reports import ReportResult, run_report
from netnotes.scoring.views import ScoredNetwork

FILTERED = ("due", "chase", "forecast")
"""Reports that list people and can be filtered; their JSON is unbounded."""


def bundled_result(
    space: Workspace, read: Vault, outcome: Outcome, name: str, given: Mapping[str, object]
) -> ReportResult:
    """Run the bundled report `name` with the options of `netnotes.toml`, overridden by `given`.

    `given` may also hold filters. Raises NoSuchGroup if a filter matches nothing.
    """
    plugin, hook = bundled_report(name)
    return run_filtered(space, read, outcome, plugin, hook, given)


def run_filtered(
    space: Workspace, read: Vault, outcome: Outcome, plugin: Plugin, hook: Report, given: Mapping[str, object]
) -> ReportResult:
    """Run a report on the people that the filters in `given` select, with the other options of `given`."""
    (own,) = with_options([plugin], space.config)
    options = {name: value for name, value in given.items() if hook.name not in FILTERED or name not in filters.NAMES}
    if len(options) < len(given):
        from netnotes.insights.selection import Selection, narrow, select  # rarely needed

        wanted = Selection(**filters.given_filters(given))
        network = narrow(outcome.network, select(outcome.network, outcome.scores, wanted))
        outcome = replace(outcome, network=network)
    return run_with_options(hook, own, space.scored(outcome, read), options)


def run_with_options(hook: Report, plugin: Plugin, scored: ScoredNetwork, given: Mapping[str, object]) -> ReportResult:
    """Run a report with the options of `netnotes.toml`, overridden by the command line."""
    if given:
        own: Any = plugin.options.get(hook.options) or hook.options()
        plugin = replace(plugin, options={**plugin.options, hook.options: replace(own, **given)})
    found = run_report(hook, plugin, scored)
    if plugin.name.replace("_", "-") != hook.name:
        return found
    # The user typed the plugin's name, so problems need not repeat it.
    return replace(found, problems=tuple(replace(problem, plugin=None) for problem in found.problems))
