"""Ask for a yes at the terminal."""

from __future__ import annotations

import sys

import click

from netnotes.errors import ConfirmationNeeded
from netnotes.printable import one_line


def confirm(question: str, *, yes: bool, instead: str) -> None:
    """Ask at the terminal, unless `yes`. Raises NotAgreed if the answer is no or nobody can answer."""
    if yes:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise ConfirmationNeeded(f"{question} Needs a yes, but this is not a terminal.", instead)
    if not click.confirm(one_line(question), err=True):
        raise ConfirmationNeeded("nothing was changed", None)
