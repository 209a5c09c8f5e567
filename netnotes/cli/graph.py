"""`netnotes graph`: draw the map and open it."""

from __future__ import annotations

import datetime as dt
import os
import sys
import webbrowser
from pathlib import Path

import click

from netnotes.cli import output
from netnotes.cli.parameters import as_of_option, vault_argument, workspace

DEFAULT = "netnotes-map.html"


@click.command("graph")
@vault_argument
@as_of_option
@click.option(
    "--output",
    "-o",
    "target",
    type=click.Path(dir_okay=False),
    default=DEFAULT,
    show_default=True,
    help="The page to write.",
)
@click.option("--open/--no-open", "opened", default=True, help="Whether to open it in the browser.")
@click.option("--no-evidence", is_flag=True, help="Leave out the encounters: no date, title or place of any note.")
def command(vault: str | None, today: dt.date, target: str, opened: bool, no_evidence: bool) -> None:
    """Draw who is near and who is far, as one page that needs no network, and open it.

    \b
    Example:
      netnotes graph ~/Notes
      netnotes graph ~/Notes --output map.html --no-open
    """
    from netnotes.map.page import page  # pyvis is slow to import
    from netnotes.map.saving import save
    from netnotes.network.reporting import styles

    space = workspace(vault)
    read, outcome = space.run(today)
    place = Path(target).absolute()
    drawn, problems = styles(space.scored(outcome), strict=space.strict)
    folder = str(space.root.resolve())
    text = page(outcome, vault_name=read.name, vault_path=folder, styles=drawn, evidence=not no_evidence)
    save(text, place)
    click.echo(str(place))
    if not outcome.network.people:
        click.echo("nobody found: mark people with `type: person`, or keep their notes in People/", err=True)
    output.print_problems(problems)
    if opened and _has_display():
        webbrowser.open(place.as_uri())


def _has_display() -> bool:
    """Tell whether there is a screen on which a page could open."""
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
