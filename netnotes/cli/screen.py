"""The terminal: width, colour and links of a stream, and questions that need a yes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import click

from netnotes.errors import ConfirmationNeeded
from netnotes.lazy_dataclass import dataclass
from netnotes.printable import one_line


@dataclass(frozen=True, slots=True)
class Screen:
    """Capabilities of a stream."""

    width: int | None = None
    """Columns; None if text is not wrapped."""
    height: int | None = None
    """Lines; None if nothing is paged."""
    colour: bool = False
    links: bool = False
    """Whether text can carry a link (OSC 8)."""


def screen(stream: TextIO, environ: Mapping[str, str]) -> Screen:
    """Return the capabilities of `stream`.

    Only a terminal gets colour, links and pages. Piped output is plain and not wrapped, so that it is the same on every
    screen, unless COLUMNS sets a width.
    """
    terminal = stream.isatty()
    capable = terminal and environ.get("TERM") != "dumb"
    size = shutil.get_terminal_size() if terminal else None
    wanted = environ.get("COLUMNS", "")
    width = int(wanted) if wanted.isdecimal() and int(wanted) > 0 else size.columns if size else None
    return Screen(width, size.lines if size else None, capable and not environ.get("NO_COLOR"), capable)


def note_link(root: Path, path: str, line: int = 1) -> str:
    """Return the address that opens a note: in Obsidian if the vault is Obsidian's, else the file itself."""
    place = (root / path).absolute()
    if (root / ".obsidian").is_dir():
        return f"obsidian://open?path={quote(str(place), safe='')}&line={line}"
    return f"{place.as_uri()}#{line}"


def confirm(question: str, *, yes: bool, instead: str) -> None:
    """Ask at the terminal, unless `yes`. Raises ConfirmationNeeded if the answer is no or there is no terminal."""
    if yes:
        return
    if not is_terminal():
        raise ConfirmationNeeded(f"{question} Needs a yes, but this is not a terminal.", instead)
    if not click.confirm(one_line(question), err=True):
        raise ConfirmationNeeded("nothing was changed", None)


def is_terminal() -> bool:
    """Return whether someone can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty()
