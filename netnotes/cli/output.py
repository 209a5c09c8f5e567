"""How results are printed: tables, JSON, problems. Data on stdout, talk on stderr."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from netnotes.model import Problem


def print_json(value: object) -> None:
    """Print `value` as JSON, dates in ISO form."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def print_table(rows: Sequence[Sequence[str]], headers: Sequence[str]) -> None:
    """Print rows under headers, cut to the width of the terminal where there is one."""
    from tabulate import tabulate  # start-up imports nothing it does not need

    text = tabulate(rows, headers=headers, tablefmt="plain", disable_numparse=True)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in text.splitlines():
        click.echo(cut(line.rstrip(), width) if width else line.rstrip())


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
        click.echo(said(problem), err=err)
        if problem.hint:
            click.echo(one_line(f"  hint: {problem.hint}"), err=err)


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


def one_line(text: str) -> str:
    """Return `text` without anything that moves a terminal's cursor: names in notes are anybody's."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)


def day(value: object) -> str:
    """Return a date as ISO, nothing for none."""
    return value.isoformat() if isinstance(value, dt.date) else ""


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
