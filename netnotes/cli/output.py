"""Print tables, JSON, files and problems. Data goes to stdout, messages to stderr."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from netnotes.model import Problem
from netnotes.printable import lines, one_line, to_json


def print_json(value: object) -> None:
    """Print `value` as JSON, dates in ISO form."""
    click.echo(to_json(value, indent=2, default=_plain))


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print text of any number of lines. Everything that is printed for people passes here."""
    click.echo(lines(text), err=err, nl=nl)


def write_data(data: bytes) -> None:
    """Write a file to standard output: as it is, but to a terminal as text."""
    if sys.stdout.isatty():
        echo(data.decode("utf-8", "replace"), nl=False)
    else:
        click.echo(data, nl=False)


def print_table(rows: Sequence[Sequence[str]], headers: Sequence[str]) -> None:
    """Print rows under headers, cut to the width of the terminal where there is one."""
    from tabulate import tabulate  # start-up imports nothing it does not need

    text = tabulate(rows, headers=headers, tablefmt="plain", disable_numparse=True)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in text.splitlines():
        echo(cut(line.rstrip(), width) if width else line.rstrip())


def cut(line: str, width: int) -> str:
    """Return `line` as far as `width` columns of a terminal show it."""
    from wcwidth import wcswidth  # as above

    if wcswidth(line) <= width:
        return line
    while line and wcswidth(line) > width - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def print_problems(problems: Iterable[Problem], *, err: bool = True) -> None:
    """Print problems as `path:line: message` and a hint below."""
    for problem in problems:
        echo(said(problem), err=err)
        if problem.hint:
            echo(one_line(f"  hint: {problem.hint}"), err=err)


def said(problem: Problem) -> str:
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
    """Return a date as ISO, nothing for none."""
    return value.isoformat() if isinstance(value, dt.date) else ""


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
