"""`netnotes due`: the report, and with `--ics` also a calendar file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import click

from netnotes.cli import output
from netnotes.cli.commands.advice import reports
from netnotes.cli.options import workspace
from netnotes.cli.unread import print_unread
from netnotes.plugin.hooks import Report
from netnotes.plugin_host.loader import bundled_report
from netnotes.scoring.reports import ReportResult
from netnotes.storage.whole_file import save


def _command() -> click.Command:
    hook = next(hook for hook in bundled_report("due").hooks if isinstance(hook, Report))

    def run(vault: str | None, today: dt.date, given: Mapping[str, object]) -> tuple[Path, ReportResult]:
        file = given.get("ics")
        space = workspace(vault)
        read, outcome = space.run(today)
        options = {name: value for name, value in given.items() if name != "ics"}
        with space.progress.busy(hook.title):
            found = reports.bundled_result(space, read, outcome, hook.name, options)
        if found.well and not found.rows and not outcome.network.notes:
            print_unread(space, today)
        if file is not None and found.well:
            _write(str(file), found, space.root.resolve().name, today)
        return space.root, found

    made = reports.command(hook, run)
    about = "Also write a calendar (iCalendar) to FILE; `-` prints it in place of the list."
    made.params.append(click.Option(["--ics"], metavar="FILE", help=about))
    return made


def _write(file: str, told: ReportResult, vault: str, today: dt.date) -> None:
    """Write the calendar to `file` at once; replaces only an older one. Raises Unwritable."""
    from netnotes.export.ics import MARK, calendar  # slow to import, and rarely needed

    data = calendar(told.rows, vault, today)
    if file == "-":
        output.write_data(data)
        click.get_current_context().exit(0)
    save(data, Path(file).expanduser(), MARK)
    output.echo(f"wrote {len(told.rows)} event{'s' * (len(told.rows) != 1)} to {file}", err=True)


command = _command()
