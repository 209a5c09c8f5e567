"""`netnotes graph`: draw the map and open it, or export the network for another program."""

from __future__ import annotations

import datetime as dt
import os
import sys
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from netnotes.cli import output
from netnotes.cli.commands.graph.exported import Part, exported
from netnotes.cli.number import Number
from netnotes.cli.options import as_of_option, vault_argument, workspace
from netnotes.plugin_host.discovery import FORMATS as EXPORTED

if TYPE_CHECKING:
    from netnotes.app.workspace import Workspace
    from netnotes.model import Problem, Vault
    from netnotes.outcome import Outcome

DEFAULT = "netnotes-map"
FORMATS = ("html", *EXPORTED)
STDOUT = "-"
MOST = 10_000


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
    asked = GraphOptions(**given)
    if asked.live:
        ctx.exit(_live(ctx, asked))
    if asked.port is not None:
        raise click.UsageError("--port needs --live")
    if asked.canvas or asked.embed is not None:
        _pictures(asked)
        return
    form = asked.form or _form(asked.target)
    # Start-up imports nothing it does not need.
    from netnotes.phrasing import in_syntax_of
    from netnotes.pipeline import with_notes

    space = workspace(asked.vault, on_demand=form not in FORMATS)
    read, outcome = space.run(asked.today)
    outcome = with_notes(outcome, read, space.config)
    with space.progress.busy("Drawing the map"):
        if form == "html":
            parts, problems = _page(space, read, outcome, asked)
        else:
            parts, problems = exported(space, read, outcome, form, asked.names)
    if asked.target == STDOUT:
        output.write_data(parts[0].text.encode("utf-8"))
    else:
        place = Path(asked.target) if asked.target else _usual_place(space.root, form, anonymous=bool(asked.names))
        _save(parts, place.absolute(), opened=asked.opened and form == "html")
    if not outcome.network.people:
        shown = " The page shows your notes instead." if outcome.network.notes and form == "html" else ""
        advice = in_syntax_of(read.app, "Mark people with `type: person`, or keep their notes in People/.")
        output.say(f"No people found.{shown} {advice}", err=True)
    output.print_problems(problems)


def _pictures(asked: GraphOptions) -> None:
    if asked.form is not None or asked.target == STDOUT:
        raise click.UsageError("--canvas and --embed cannot be combined with --format or --output -")
    from netnotes.cli.commands.graph.vault_files import write_pictures

    write_pictures(asked.vault, asked.today, asked.target, asked.names, canvas=asked.canvas, embed=asked.embed)


def _live(ctx: click.Context, asked: GraphOptions) -> int:
    if asked.target or asked.form not in (None, "html"):
        raise click.UsageError("--live writes no file: leave out --output and --format")
    if asked.canvas or asked.embed is not None:
        raise click.UsageError("--live writes no file: leave out --canvas and --embed")
    if asked.names:
        raise click.UsageError("--live shows the page to you alone: leave out --anonymous and --numbers")
    from netnotes.cli.commands.graph.live import (
        serve,  # watchdog and all that need not be imported for a page
    )

    # Without a fixed day, the map follows the current date.
    fixed = ctx.get_parameter_source("today") is not ParameterSource.DEFAULT
    browse = webbrowser.open if asked.opened and _has_display() else None
    return serve(
        asked.vault,
        asked.port or 0,
        asked.today if fixed else None,
        browse,
        evidence=not asked.no_evidence,
        most=asked.most or None,
    )


def _usual_place(root: Path, form: str, *, anonymous: bool) -> Path:
    from netnotes.app.output_folder import output_folder

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
    space: Workspace, read: Vault, outcome: Outcome, asked: GraphOptions
) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    from netnotes.export.anonymize import anonymous
    from netnotes.insights.what_if import best_levers
    from netnotes.map.page.render import PageOptions, page  # pyvis is slow to import
    from netnotes.map.page.timeline import past
    from netnotes.scoring.alter_depths import between
    from netnotes.scoring.reports import styles
    from netnotes.storage.whole_file import MARK

    scored = space.scored(outcome, read)
    drawn, failures = styles(scored)
    manner = PageOptions(most=asked.most or None)
    alters = between(scored)
    earlier, past_problems = past(scored)
    problems = tuple(dict.fromkeys((*failures, *past_problems, *scored.problems)))
    if asked.names:
        numbers = asked.names == "numbers"
        shared = anonymous(outcome, alters=alters, styles=drawn, past=earlier, numbers=numbers)
        text = page(
            shared.outcome,
            vault_name="",
            vault_path="",
            styles=shared.styles,
            evidence=False,
            alters=shared.alters,
            past=shared.past,
            manner=manner,
        )
        return (Part(text, MARK),), problems
    text = page(
        outcome,
        vault_name=read.name,
        vault_path=str(space.root.resolve()),
        styles=drawn,
        evidence=not asked.no_evidence,
        alters=alters,
        past=earlier,
        levers=best_levers(scored),
        manner=manner,
    )
    return (Part(text, MARK),), problems


def _save(parts: tuple[Part, ...], place: Path, *, opened: bool) -> None:
    """Write each part to its file, unless one of them would be refused, and print the paths."""
    from netnotes.storage.whole_file import check, save

    places = [place.with_name(f"{place.stem}{part.suffix}{place.suffix}") for part in parts]
    for part, each in zip(parts, places, strict=True):
        check(each, part.mark)
    for part, each in zip(parts, places, strict=True):
        save(part.text, each, part.mark)
        output.echo(str(each))
    if opened and _has_display():
        webbrowser.open(place.as_uri())


def _has_display() -> bool:
    """Return whether a browser window could open."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
