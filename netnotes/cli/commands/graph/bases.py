"""`netnotes bases`: write a Bases file for Obsidian, on the fields that NetNotes writes."""

from __future__ import annotations

from pathlib import Path

import click

from netnotes.app.vault_files import base_file, write
from netnotes.cli import output
from netnotes.cli.options import vault_argument, workspace


@click.command("bases")
@vault_argument
@click.option(
    "--output",
    "-o",
    "target",
    type=click.Path(dir_okay=False),
    help="The file to write. Default: Relationships.base in the vault.",
)
def command(vault: str | None, target: str | None) -> None:
    """Write Relationships.base: who is due, deep ties, who is cooling, and everyone by scene, as tables and cards.

    Obsidian shows it on every device, phones too. It reads the fields that `netnotes sync` writes. A file that you
    edited is never replaced.

    \b
    Example:
      netnotes bases ~/Notes
    """
    space = workspace(vault)
    file = base_file(space, Path(target).absolute() if target else None)
    if not write(space, file):
        output.echo("up to date", err=True)
    output.echo(str(file.place.absolute()))
