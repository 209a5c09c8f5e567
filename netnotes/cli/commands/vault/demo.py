"""`netnotes demo`: the example map and five commands, on a copy that is removed afterwards."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from types import FrameType

import click

import netnotes
from netnotes.cli import output
from netnotes.cli.screen import is_terminal
from netnotes.errors import ExampleMissing

DAY = dt.date(2026, 6, 30)
"""The date to use for the example: the last day in its notes."""
AS_OF = ("--as-of", DAY.isoformat())
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Who is in these notes, the deepest relationship first:", ("people", "--most", "10", *AS_OF)),
    ("Why one of them is as deep as it is, with the lines of the notes behind it:", ("why", "Saskia de Vries", *AS_OF)),
    ("What to do today, at most seven things:", ("today", *AS_OF)),
    ("Write the scores into people's notes. Nothing else in them changes:", ("sync", *AS_OF, "--yes")),
    ("And undo all of it:", ("undo",)),
)
"""Text shown before each command, and its arguments."""
ENDING = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
"""Signals that end the demo, as when its window is closed."""


@click.command("demo")
@click.option("--open/--no-open", "opened", default=True, help="Whether to open the map in the browser.")
def command(opened: bool) -> None:
    """Show what NetNotes does on an example vault; nothing to set up.

    Opens the map of the example vault and walks you through five commands. It works on a copy in a temporary folder,
    which is removed at the end.

    \b
    Example:
      netnotes demo
    """
    for ending in ENDING:
        signal.signal(ending, _end)
    with tempfile.TemporaryDirectory(prefix="netnotes-demo-") as folder:
        vault = Path(folder) / "Notes"
        copy_example(vault)
        environ = os.environ | {"NETNOTES_DATA": f"{folder}/data", "NETNOTES_CACHE": f"{folder}/cache"}
        environ.pop("NETNOTES_VAULT", None)
        output.say(f"The example: notes of Tilda, who runs a small mill and is new in Lisbon, until {DAY:%B %Y}.")
        # The example's notes already have the fields; remove them so that a first `sync` can be shown.
        _run(("clean", "--yes"), vault, environ, quiet=True)
        _draw(vault, Path(folder) / "map.html", environ, opened=opened)
        for number, (about, arguments) in enumerate(STEPS, 1):
            output.echo()
            output.say(f"{number} of {len(STEPS)}. {about}")
            output.echo(f"\n  $ {shlex.join(['netnotes', *arguments])}\n")
            if not _wait_for_enter("Press Enter to run it, or q to stop "):
                return
            _run(arguments, vault, environ)
        output.echo(
            "\nNow with your own notes:\n\n  $ netnotes people ~/Notes\n\nIt writes nothing. Every command has --help."
        )
        _wait_for_enter("Press Enter to end, which removes the copy and the map ")


def _end(number: int, frame: FrameType | None) -> None:
    """End as after Ctrl-C, so that the copy is removed."""
    del number, frame
    raise KeyboardInterrupt


def _draw(vault: Path, page: Path, environ: dict[str, str], *, opened: bool) -> None:
    """Draw the map, and open it if there is a display."""
    _run(("graph", *AS_OF, "--no-open", "--output", str(page)), vault, environ, quiet=True)
    if opened and is_terminal() and webbrowser.open(page.as_uri()):
        output.say("Its map is open in your browser: the closer to the centre, the deeper the relationship.")


def _run(arguments: tuple[str, ...], vault: Path, environ: dict[str, str], *, quiet: bool = False) -> None:
    """Run a command in the copy."""
    sys.stdout.flush()
    # -P: a `click.py` in the working folder would be imported.
    # --no-pager: a pager would stop the demo at its own prompt.
    command = [sys.executable, "-P", "-m", "netnotes", *arguments, "--no-pager"]
    target = subprocess.DEVNULL if quiet else None
    subprocess.run(command, cwd=vault, env=environ, check=False, stdout=target, stderr=target)  # noqa: S603  # our own


def _wait_for_enter(question: str) -> bool:
    """Wait for Enter at a terminal; elsewhere continue at once. Return whether to continue."""
    if not is_terminal():
        return True
    answer: str = click.prompt(question, default="", show_default=False, prompt_suffix="", err=True)
    return answer.strip().lower() not in ("q", "quit", "n", "no")


def copy_example(target: Path) -> None:
    """Copy the example vault to the new folder `target`. Raises ExampleMissing."""
    package = Path(netnotes.__file__).parent
    for place in (package / "example_vault", package.parent / "examples" / "vault"):
        if place.is_dir():
            shutil.copytree(place, target)
            return
    raise ExampleMissing
