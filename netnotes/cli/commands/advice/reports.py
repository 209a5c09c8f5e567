"""A `@report` as a command: options from its dataclass, its rows as a table, JSON or Markdown.

Handles all reports, bundled or not, and knows none of them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from netnotes.app.vault_root import is_root
from netnotes.cli import completion, filters, output
from netnotes.cli.commandline import repeated
from netnotes.cli.number_option import Number
from netnotes.cli.numbered_list import NUMBERED, remember
from netnotes.cli.options import as_of_option, day, json_option, split_vault, vault_argument, workspace
from netnotes.cli.pager import paged
from netnotes.cli.report_runs import FILTERED, run_filtered, run_with_options
from netnotes.cli.session import Session
from netnotes.cli.tables import markdown, records, table
from netnotes.cli.unread_advice import print_unread
from netnotes.options import one_type
from netnotes.phrasing import in_syntax_of
from netnotes.plugin.facts import Remark
from netnotes.plugin.hooks import Report
from netnotes.plugin_host.loader import bundled_report
from netnotes.scoring.reports import Fact, ReportResult

CALENDARS = ("due",)
"""The bundled reports that can be written as a calendar; those of other plugins all can."""
EVERYTHING = 1_000_000

Run = Callable[[str | None, dt.date, Mapping[str, object]], tuple[Path, ReportResult]]
"""(vault, today, options on the command line) → the vault's folder, and the report's result."""


def bundled(name: str) -> click.Command:
    """Return the bundled report `name` as a command."""
    plugin, hook = bundled_report(name)

    def run(vault: str | None, today: dt.date, given: Mapping[str, object]) -> tuple[Path, ReportResult]:
        space = workspace(vault)
        read, outcome, coverage = space.run_to_examine(today)
        with space.progress.busy(hook.title):
            found = run_filtered(space, read, outcome, plugin, hook, given)
        empty = found.well and not found.rows and not found.problems and not outcome.network.notes
        if empty and print_unread(outcome, coverage) and not outcome.network.encounters:
            found = replace(found, facts=())
        return space.root, replace(found, facts=tuple(_in_syntax_of(read.app, fact) for fact in found.facts))

    return command(hook, run, calendar=hook.name in CALENDARS)


def _in_syntax_of(app: str, fact: Fact) -> Fact:
    """Return a remark with properties as users of the app write them; other facts as they are."""
    return replace(fact, text=in_syntax_of(app, fact.text)) if isinstance(fact, Remark) else fact


def of_vault(name: str, hook: Report) -> click.Command:
    """Return a plugin's report `name` as a command with the options of `hook`."""

    def run(vault: str | None, today: dt.date, given: Mapping[str, object]) -> tuple[Path, ReportResult]:
        space = workspace(vault, on_demand=True)
        found = next(((p, h) for p in space.plugins for h in p.hooks if isinstance(h, Report) and h.name == name), None)
        if found is None:
            raise click.ClickException(f"no report `{name}` in this vault")
        read, outcome = space.run(today)
        with space.progress.busy(found[1].title):
            return space.root, run_with_options(found[1], found[0], space.scored(outcome, read), given)

    return command(hook, run, calendar=True)


def command(hook: Report, run: Run, *, calendar: bool = False) -> click.Command:
    """Return the command of a report: its arguments, VAULT, `--as-of`, `--json`, `--markdown`, a flag per option.

    With `calendar` there is `--ics` too.
    """

    @as_of_option
    @json_option
    @click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown, to paste into a note.")
    @click.option("--details", is_flag=True, help="Show the figures and the lines of notes behind each row.")
    @click.pass_context
    def shown(
        ctx: click.Context,
        /,
        today: dt.date,
        as_json: bool,
        as_markdown: bool,
        details: bool,
        vault: str | None = None,
        **given_options: Any,
    ) -> None:
        given = {
            name: value
            for name, value in given_options.items()
            if ctx.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT
        }
        named, own = _places(vault, given, arguments) if listed else _words(given, arguments)
        if as_json and hook.name in FILTERED:
            own = {"most": EVERYTHING, **own}
        session = ctx.find_object(Session)
        if session:
            session.repeated = repeated(made, own)
        file = own.get("ics")
        own = {name: value for name, value in own.items() if name != "ics"}
        root, found = run(named, today, own)
        if file is not None and found.well:
            _write_calendar(str(file), found, hook, root, today)
        if as_json:
            output.print_json(records(found))
        elif as_markdown:
            output.echo(markdown(found, hook.title))
        else:
            numbered = hook.name in NUMBERED
            with paged():
                table(found, root, today, numbered=numbered, details=details)
            if numbered:
                options = {*filters.NAMES, *(field.name for field in dataclasses.fields(hook.options))}
                remember(root, hook.name, {n: v for n, v in own.items() if n in options}, found.rows)
        output.print_problems(found.problems)
        strict = session is not None and session.strict
        # Only problems: it could not do what was asked.
        ctx.exit(1 if not found.well or (found.problems and (strict or not found.facts)) else 0)

    arguments, flags = parameters(hook.options)
    listed = not any(argument.required for argument in arguments)
    made = click.command(hook.name, help=_help(hook))(vault_argument(shown) if listed else shown)
    made.params[:0] = arguments
    made.params += flags
    if hook.name in FILTERED:
        made.params += filters.filter_options()
    if calendar:
        about = "Also write a calendar (iCalendar) to FILE; `-` prints it instead of the list."
        made.params.append(click.Option(["--ics"], metavar="FILE", help=about))
    return made


def _write_calendar(file: str, found: ReportResult, hook: Report, root: Path, today: dt.date) -> None:
    """Write the rows that have a day to `file` all at once, over nothing but an older calendar. Raises Unwritable."""
    from netnotes.export import ics  # slow to import, and rarely needed
    from netnotes.storage.whole_file import save

    rows = ics.with_day(found.rows)
    if found.rows and not rows:
        raise click.ClickException(f"no row of `{hook.name}` has a day: no calendar was written")
    data = ics.calendar(rows, root.resolve().name, today, hook.name)
    if file == "-":
        output.write_data(data)
        click.get_current_context().exit(0)
    save(data, Path(file).expanduser(), ics.mark(hook.name))
    output.echo(f"wrote {len(rows)} event{'s' * (len(rows) != 1)} to {file}", err=True)


def _words(
    given: Mapping[str, object], arguments: Sequence[click.Parameter]
) -> tuple[str | None, Mapping[str, object]]:
    """Return the vault and the options; a name of several words needs no quotes and the vault may follow."""
    name = str(arguments[-1].name)
    words = given.get(name, ())
    found, vault = split_vault([str(word) for word in words] if isinstance(words, tuple) else [str(words)])
    return vault, {**given, name: " ".join(found)}


def _places(
    vault: str | None, given: Mapping[str, object], arguments: Sequence[click.Parameter]
) -> tuple[str | None, Mapping[str, object]]:
    """Return the vault and the options, when a single word may be either.

    A path, or a folder that is a vault, is the vault and not an argument of the report.
    """
    names = [argument.name for argument in arguments if not argument.required and argument.name in given]
    word = str(given[names[-1]]) if names and names[-1] else ""
    if vault is not None or not word:
        return vault, given
    place = Path(word).expanduser()
    if not place.is_dir() or (len(place.parts) < 2 and word != "." and not is_root(place)):
        return vault, given
    return word, {name: value for name, value in given.items() if name != names[-1]}


def parameters(options: type[Any]) -> tuple[list[click.Parameter], list[click.Parameter]]:
    """Return the positional arguments and the flags of an options class."""
    hints = typing.get_type_hints(options)
    arguments: list[click.Parameter] = []
    flags: list[click.Parameter] = []
    for field in dataclasses.fields(options):
        metadata = field.metadata
        if name := metadata.get("argument"):
            required = bool(metadata.get("required"))
            arguments.append(
                click.Argument(
                    [field.name],
                    required=required,
                    nargs=-1 if required else 1,
                    metavar=f"{name} [VAULT]" if required else f"[{name}]",
                    shell_complete=completion.people_and_scenes,
                )
            )
        elif typing.get_origin(hints[field.name]) is typing.Literal:
            flags.append(_choice(field, typing.get_args(hints[field.name])))
        elif kind := one_type(hints[field.name]):
            flags.append(_flag(field, kind, metadata))
    return arguments, flags


def _choice(field: dataclasses.Field[Any], values: Sequence[object]) -> click.Option:
    """Return the flag of a `Literal`, whose values may be words or numbers."""
    known = {str(value): value for value in values}
    return click.Option(
        [f"--{field.name.replace('_', '-')}", field.name],
        type=click.Choice(list(known)),
        callback=lambda _, __, word: known.get(str(word), word),
        default=None if field.default is dataclasses.MISSING else str(field.default),
        show_default=True,
        help=str(field.metadata.get("about", "")),
    )


def _flag(field: dataclasses.Field[Any], kind: type, metadata: Mapping[str, Any]) -> click.Option:
    word = field.name.replace("_", "-")
    shown = None if field.default is dataclasses.MISSING else field.default
    about = str(metadata.get("about", ""))
    if kind is bool:
        return click.Option([f"--{word}/--no-{word}", field.name], default=shown, help=about)
    low, high = metadata.get("low"), metadata.get("high")
    choice: Any = kind
    if kind in (int, float):
        choice = Number(low, high, whole=kind is int)
    elif kind is dt.date:
        choice = str
    return click.Option(
        [f"--{word}", field.name],
        type=choice,
        callback=day if kind is dt.date else None,
        default=shown,
        show_default=shown not in (None, ""),
        help=about,
    )


def _help(hook: Report) -> str:
    """Return the function's docstring: what the report shows, and an example."""
    return inspect.cleandoc(hook.function.__doc__ or hook.title)
