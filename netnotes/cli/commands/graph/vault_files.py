"""`graph --canvas` and `graph --embed NOTE`: pictures in the vault itself."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from netnotes.app.vault_files import VaultFile, canvas_file, embed_file, write
from netnotes.cli import output
from netnotes.cli.options import workspace

ANONYMOUS_CANVAS = "netnotes-map-anonymous.canvas"
ANONYMOUS_PICTURE = "netnotes-network-anonymous.svg"


def write_pictures(
    vault: str | None, today: dt.date, target: str | None, names: str | None, *, canvas: bool, embed: str | None
) -> None:
    """Write the canvas, or the picture of the person `embed`, and print where it is.

    Anonymous files are meant for others and go outside the vault unless `target` is given.
    """
    if canvas and embed:
        raise click.UsageError("use either --canvas or --embed")
    space = workspace(vault)
    _, outcome = space.run(today)
    place = Path(target).absolute() if target else None
    if place is None and names:
        from netnotes.app.output_folder import output_folder

        folder = output_folder(space.root, Path.cwd(), os.environ)
        place = (folder / (ANONYMOUS_CANVAS if canvas else ANONYMOUS_PICTURE)).absolute()
    with space.progress.busy("Drawing the map"):
        file = (
            canvas_file(space, outcome, names, place)
            if embed is None
            else embed_file(space, outcome, embed, names, place)
        )
    output.print_problems(file.problems)
    if not write(space, file):
        output.echo("up to date", err=True)
    output.echo(str(file.place.absolute()))
    if embed is not None and _inside(space.root, file):
        output.say(f"To show it in a note: ![[{file.place.name}]]", err=True)


def _inside(root: Path, file: VaultFile) -> bool:
    return file.place.absolute().is_relative_to(root.absolute())
