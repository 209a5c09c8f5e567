"""Print tables, paragraphs, JSON, files and problems. Data goes to stdout, messages to stderr.

How a command prints:

- a list: `print_table(rows, columns)`. A cell is text, or `Styled(text, style, link)` from `netnotes.cli.layout`, where
  styles and links are for terminals only. Columns are heads or `Column(head, drop=…, wraps=…, right=…)`.
- prose: `say("One sentence.")`, or `say([Styled("Ada", "bold"), ": call her"], first="1. ")` with a hanging indent.
- a command that can be pasted: `print_command("netnotes why Ada")`, never wrapped; vault and day are added.
- prose that names commands: ``advise("See what would change: `netnotes sync --dry-run`")``.
- a heading: `heading("Overdue")`.
- anything that may be longer than the screen goes into a `with paged():` block of `netnotes.cli.pager`.
- a list that later commands refer to by number: `netnotes.cli.numbered_list`.

Everything is as wide as the terminal. What is piped is plain and never wrapped, unless COLUMNS is set.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from netnotes.cli.screen import Screen, screen
from netnotes.model import Problem
from netnotes.printable import lines, one_line, to_json

if TYPE_CHECKING:  # these load rich
    from netnotes.cli.layout import Cell, Column, Words


def print_json(value: object) -> None:
    """Print `value` as JSON, dates in ISO form."""
    click.echo(to_json(value, indent=2, default=_plain))


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print text of any number of lines. Everything printed for people goes through here."""
    click.echo(lines(text), err=err, nl=nl)


def write_data(data: bytes) -> None:
    """Write a file to standard output: unchanged, or as text to a terminal."""
    if sys.stdout.isatty():
        echo(data.decode("utf-8", "replace"), nl=False)
    else:
        click.echo(data, nl=False)


def print_table(rows: Sequence[Sequence[Cell]], columns: Sequence[str | Column] = ()) -> None:
    """Print rows under headers, fitted to the screen by `layout`; without columns there are no headers.

    A column given only by its header wraps if its text is long; use `Column` for another choice.
    """
    from netnotes.cli.layout import NARROWEST, Column, Layout, Styled  # start-up imports nothing it does not need

    def long(at: int) -> bool:
        cells = (row[at] for row in rows)
        return any(len(cell.text if isinstance(cell, Styled) else cell) > NARROWEST for cell in cells)

    heads = columns or [""] * max(map(len, rows), default=0)
    specified = [Column(each, wraps=long(at)) if isinstance(each, str) else each for at, each in enumerate(heads)]
    if shown := list(Layout(screen(sys.stdout, os.environ)).table(rows, specified)):
        # At once: thousands of rows printed one by one take longer than they took to lay out.
        _print("\n".join(shown))


def say(words: Words, *, first: str = "", indent: int | None = None, err: bool = False) -> None:
    """Print a paragraph, wrapped to the screen.

    It starts with `first` (`1. `); later lines are indented by `indent`, by default the length of `first`.
    """
    shown = screen(sys.stderr if err else sys.stdout, os.environ)
    if isinstance(words, str) and shown == Screen():
        # Nothing to wrap or to colour, and so no need to load rich.
        _print(f"{one_line(first)}{one_line(words)}".rstrip(), err=err)
        return
    from netnotes.cli.layout import Layout  # as above

    for line in Layout(shown).paragraph(words, first=first, indent=indent):
        _print(line, err=err)


def advise(text: str, *, first: str = "", indent: int | None = None, err: bool = False) -> None:
    """Print a paragraph that may name commands in backticks, and below it each of them as it can be pasted.

    Further lines of `text` are commands of other programs, printed as they are.
    """
    from netnotes.cli.commandline import commands_in  # as above

    text, *others = text.split("\n")
    text, commands = commands_in(text)
    if text.strip() or first.strip():
        say(text, first=first, indent=indent, err=err)
    for command in (*commands, *others):
        echo(f"{' ' * max(2, len(first))}{command}", err=err)


def heading(text: str) -> None:
    """Print a heading."""
    from netnotes.cli.layout import Styled  # as above

    say(Styled(text, "bold"))


def print_command(command: str, *, err: bool = False) -> None:
    """Print a command on its own line, never wrapped, with the vault and day of this call, ready to paste."""
    from netnotes.cli.commandline import pasteable  # as above

    echo(f"  {pasteable(command)}", err=err)


def _print(text: str, *, err: bool = False) -> None:
    """Print lines of a layout."""
    click.echo(text, err=err)


def print_problems(problems: Iterable[Problem], *, err: bool = True) -> None:
    """Print problems as `path:line: message` and a hint below."""
    for problem in problems:
        say(problem_line(problem), indent=2, err=err)
        if problem.hint:
            advise(problem.hint, first="  hint: ", err=err)


def problem_line(problem: Problem) -> str:
    """Return a problem as one line."""
    place = (
        f"{problem.path}:{problem.line}: "
        if problem.path and problem.line
        else f"{problem.path}: "
        if problem.path
        else ""
    )
    plugin = f"plugin {problem.plugin}: " if problem.plugin else ""
    return one_line(f"{place}{plugin}{problem.message}")


def day(value: object) -> str:
    """Return a date as ISO text; empty for None."""
    return value.isoformat() if isinstance(value, dt.date) else ""


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
