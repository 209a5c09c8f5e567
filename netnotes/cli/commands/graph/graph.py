"""`netnotes graph`: draw the map and open it, or export the network for another program."""

from __future__ import annotations

import datetime as dt
import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from netnotes.cli import output
from netnotes.cli.commands.graph.exported import ExportFile, exported
from netnotes.cli.number_option import Number
from netnotes.cli.options import as_of_option, vault_argument, workspace
from netnotes.lazy_dataclass import dataclass
from netnotes.plugin_host.discovery import FORMATS as EXPORTED

if TYPE_CHECKING:
    from netnotes.app.workspace import Workspace
    from netnotes.model import Problem, Vault
    from netnotes.outcome import Outcome

DEFAULT = "netnotes-map"
FORMATS = ("html", *EXPORTED)
STDOUT = "-"
MOST = 10_000
ANONYMOUS_CANVAS = "netnotes-map-anonymous.canvas"
ANONYMOUS_PICTURE = "netnotes-network-anonymous.svg"


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """The options of one call."""

    vault: str | None
    today: dt.date
    target: str | None
    form: str | None
    opened: bool
    no_evidence: bool
    anonymous: bool
    numbers: bool
    live: bool
    port: int | None
    most: int
    canvas: bool
    embed: str | None

    @property
    def names(self) -> str | None:
        """What replaces names: `initials` or `numbers`; None: names are shown."""
        return "numbers" if self.numbers else "initials" if self.anonymous else None


@click.command("graph")
@vault_argument
@as_of_option
@click.option(
    "--output",
    "-o",
    "target",
    type=click.Path(dir_okay=False, allow_dash=True),
    help=(
        f"The file to write; - for standard output. Default: {DEFAULT}.FORMAT in this folder or, inside a vault, in "
        "your downloads folder. The path is printed."
    ),
)
@click.option(
    "--format",
    "form",
    metavar=f"[{'|'.join(FORMATS)}|NAME]",
    help="The page, data for Gephi and others, or a plugin's exporter. Default: by the ending of FILE, else html.",
)
@click.option("--open/--no-open", "opened", default=True, help="Whether to open the page in the browser.")
@click.option(
    "--no-evidence",
    is_flag=True,
    help="Leave out encounters, mentions and promises, with their notes, and all dates but the first and the last.",
)
@click.option(
    "--anonymous", is_flag=True, help="Initials instead of names, and nothing that identifies a person, place or note."
)
@click.option("--numbers", is_flag=True, help="Like --anonymous, with numbers instead of initials.")
@click.option(
    "--most",
    type=Number(0),
    default=MOST,
    show_default=True,
    metavar="N",
    help="How many people to draw at first (notes, if there are no people); 0 for all.",
)
@click.option("--canvas", is_flag=True, help="Write the map as Relationships.canvas into the vault, for Obsidian.")
@click.option(
    "--embed", metavar="NOTE", help="Write a picture of one person and the people around them, to show in a note."
)
@click.option(
    "--live", is_flag=True, help="Serve the page to this machine and update it after every change, until Ctrl-C."
)
@click.option("--port", type=Number(0, 65535), metavar="PORT", help="The port for --live. Default: any free port.")
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> None:
    """Draw the map of your network as one HTML page that works offline, and open it.

    A vault without people is drawn as a network of its notes.

    `--format csv` writes two files: ties to FILE, people to FILE-people. On standard output it prints only the ties.

    With --live, the page is served to this machine only, at a secret address that is printed, and it is updated when
    notes change. Nothing can be written through it.

    \b
    Example:
      netnotes graph ~/Notes
      netnotes graph ~/Notes --output map.html --no-open
      netnotes graph ~/Notes --format gexf
      netnotes graph ~/Notes --anonymous
      netnotes graph ~/Notes --live
      netnotes graph ~/Notes --embed "Ada Lovelace"
    """
    options = GraphOptions(**given)
    if options.live:
        ctx.exit(_live(ctx, options))
    if options.port is not None:
        raise click.UsageError("--port needs --live")
    if options.canvas or options.embed is not None:
        _pictures(options)
        return
    form = options.form or _form(options.target)
    # Start-up imports nothing it does not need.
    from netnotes.phrasing import in_syntax_of
    from netnotes.pipeline import with_notes

    space = workspace(options.vault, on_demand=form not in FORMATS)
    read, outcome = space.run(options.today)
    outcome = with_notes(outcome, read, space.config)
    with space.progress.busy("Drawing the map"):
        if form == "html":
            files, problems = _page(space, read, outcome, options)
        else:
            files, problems = exported(space, read, outcome, form, options.names)
    if options.target == STDOUT:
        output.write_data(files[0].text.encode("utf-8"))
    else:
        place = (
            Path(options.target) if options.target else _usual_place(space.root, form, anonymous=bool(options.names))
        )
        _save(files, place.absolute(), opened=options.opened and form == "html")
    if not outcome.network.people:
        shown = " The page shows your notes instead." if outcome.network.notes and form == "html" else ""
        advice = in_syntax_of(read.app, "Mark people with `type: person`. To see what to write: `netnotes setup`")
        output.advise(f"No people found in these notes.{shown} {advice}", err=True)
    output.print_problems(problems)


def _pictures(options: GraphOptions) -> None:
    """Write the canvas, or the picture of the person `embed`, and print where it is.

    Anonymous files are meant for others and go outside the vault unless a target is given.
    """
    from netnotes.app.vault_files import canvas_file, embed_file, write

    if options.form is not None or options.target == STDOUT:
        raise click.UsageError("--canvas and --embed cannot be combined with --format or --output -")
    if options.canvas and options.embed:
        raise click.UsageError("use either --canvas or --embed")
    space = workspace(options.vault)
    read, outcome = space.run(options.today)
    names, place = options.names, Path(options.target).absolute() if options.target else None
    if place is None and names:
        from netnotes.app.vault_files import output_folder

        folder = output_folder(space.root, Path.cwd(), os.environ)
        place = (folder / (ANONYMOUS_CANVAS if options.canvas else ANONYMOUS_PICTURE)).absolute()
    with space.progress.busy("Drawing the map"):
        file = (
            canvas_file(space, read, outcome, names, place)
            if options.embed is None
            else embed_file(space, read, outcome, options.embed, names, place)
        )
    output.print_problems(file.problems)
    if not write(space, file):
        output.echo("up to date", err=True)
    path = file.place.absolute()
    output.echo(str(path))
    if options.embed is not None and path.is_relative_to(space.root.absolute()):
        output.say(f"To show it in a note: ![[{path.name}]]", err=True)


def _live(ctx: click.Context, options: GraphOptions) -> int:
    if options.target or options.form not in (None, "html"):
        raise click.UsageError("--live writes no file: leave out --output and --format")
    if options.canvas or options.embed is not None:
        raise click.UsageError("--live writes no file: leave out --canvas and --embed")
    if options.names:
        raise click.UsageError("--live shows the page to you alone: leave out --anonymous and --numbers")
    from netnotes.cli.commands.graph.live import (
        serve,  # watchdog and all that need not be imported for a page
    )

    # Without a fixed day, the map follows the current date.
    fixed = ctx.get_parameter_source("today") is not ParameterSource.DEFAULT
    browse = webbrowser.open if options.opened and _has_display() else None
    return serve(
        options.vault,
        options.port or 0,
        options.today if fixed else None,
        browse,
        evidence=not options.no_evidence,
        most=options.most or None,
    )


def _usual_place(root: Path, form: str, *, anonymous: bool) -> Path:
    from netnotes.app.vault_files import output_folder

    return output_folder(root, Path.cwd(), os.environ) / f"{DEFAULT}{'-anonymous' if anonymous else ''}.{form}"


def _form(target: str | None) -> str:
    """Return the format for a file name, by default the page. Raises BadParameter for an unknown one."""
    ending = Path(target or "").suffix[1:].lower()
    if ending in FORMATS:
        return ending
    if ending in ("", "htm"):
        return FORMATS[0]
    raise click.BadParameter(f"`.{ending}` is not supported; use {', '.join(FORMATS)}", param_hint="--output")


def _page(
    space: Workspace, read: Vault, outcome: Outcome, options: GraphOptions
) -> tuple[tuple[ExportFile, ...], tuple[Problem, ...]]:
    from netnotes.export.anonymize import anonymous
    from netnotes.insights.what_if import best_levers
    from netnotes.map.page.render import PageOptions, page  # pyvis is slow to import
    from netnotes.map.page.timeline import compute_past
    from netnotes.scoring.reports import styles
    from netnotes.scoring.views import alter_depths
    from netnotes.storage.whole_file import MARK

    scored = space.scored(outcome, read)
    drawn, failures = styles(scored)
    page_options = PageOptions(most=options.most or None)
    alters = alter_depths(scored)
    earlier, past_problems = compute_past(scored)
    problems = tuple(dict.fromkeys((*failures, *past_problems, *scored.problems)))
    if options.names:
        numbers = options.names == "numbers"
        shared = anonymous(outcome, alters=alters, styles=drawn, past=earlier, numbers=numbers)
        text = page(
            shared.outcome,
            vault_name="",
            vault_path="",
            styles=shared.styles,
            evidence=False,
            alters=shared.alters,
            past=shared.past,
            options=page_options,
        )
        return (ExportFile(text, MARK),), problems
    text = page(
        outcome,
        vault_name=read.name,
        vault_path=str(space.root.resolve()),
        styles=drawn,
        evidence=not options.no_evidence,
        alters=alters,
        past=earlier,
        levers=best_levers(scored),
        options=page_options,
    )
    return (ExportFile(text, MARK),), problems


def _save(files: tuple[ExportFile, ...], place: Path, *, opened: bool) -> None:
    """Write all files, or none if one of them would be refused, and print their paths."""
    from netnotes.storage.whole_file import check, save

    places = [place.with_name(f"{place.stem}{file.suffix}{place.suffix}") for file in files]
    for file, each in zip(files, places, strict=True):
        check(each, file.mark)
    for file, each in zip(files, places, strict=True):
        save(file.text, each, file.mark)
        output.echo(str(each))
    if opened and _has_display():
        webbrowser.open(place.as_uri())


def _has_display() -> bool:
    """Return whether a browser window could open."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
