"""Ask for confirmation at the terminal."""

from __future__ import annotations

import sys

import click

from netnotes.errors import ConfirmationNeeded
from netnotes.printable import one_line


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
