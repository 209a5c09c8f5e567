"""`netnotes check`: problems to fix, and remarks on what nearly worked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import click

from netnotes.cli import output
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.pager import paged
from netnotes.coverage import DETAILS, TITLES, in_order
from netnotes.model import Problem
from netnotes.phrasing import pluralize

_PROBLEM_KEYS = ("path", "line", "message", "hint", "plugin")
_EXAMPLES = 3
_MOST_PROBLEMS = 20


@click.command("check")
@vault_argument
@as_of_option
@json_option
@click.option("--all", "every", is_flag=True, help="List every problem and every remark.")
@click.pass_context
def command(ctx: click.Context, vault: str | None, today: dt.date, as_json: bool, every: bool) -> None:
    """List problems to fix, and remarks: lines that were almost read, and what to change so that they are.

    Exits 1 if there are problems, but not for remarks. `silence = ["no contact word"]` in netnotes.toml hides a kind
    of remark.

    \b
    Example:
      netnotes check ~/Notes
      netnotes check ~/Notes --all
    """
    space = workspace(vault)
    _, outcome, found = space.examine(today)
    silent = frozenset(space.config.silence)
    passing = (remark for remark in outcome.remarks if remark.remark not in silent)
    remarks = in_order(dict.fromkeys((*passing, *found.remarks)))
    if as_json:
        output.print_json(
            {
                "problems": [{key: getattr(each, key) for key in _PROBLEM_KEYS} for each in outcome.problems],
                "remarks": [
                    {"kind": each.remark, **{key: getattr(each, key) for key in _PROBLEM_KEYS[:-1]}} for each in remarks
                ],
            }
        )
    else:
        with paged():
            _print_problems(outcome.problems, every=every)
            _print_remarks(remarks, every=every, below=bool(outcome.problems))
        if not outcome.network.people:
            output.advise("No people found in these notes. To see what to write: `netnotes setup`")
        elif not any(tie.days for tie in outcome.network.ties):
            output.advise("No line says that you were in touch with anyone. To see what to write: `netnotes setup`")
        count, more = len(outcome.problems), sum(remark.remark not in DETAILS for remark in remarks)
        problem_line = f"{count or 'no'} problem{'s' * (count != 1)}"
        output.echo(problem_line + (f", {pluralize(more, 'remark')}" if more else ""), err=True)
    ctx.exit(1 if outcome.problems else 0)


def _print_problems(problems: Sequence[Problem], *, every: bool) -> None:
    shown = problems if every else problems[:_MOST_PROBLEMS]
    output.print_problems(shown, err=False)
    if len(shown) < len(problems):
        output.advise(f"{len(problems) - len(shown)} more problems: `netnotes check --all`")


def _print_remarks(remarks: Sequence[Problem], *, every: bool, below: bool) -> None:
    """Print the remarks by kind, `below` other lines or not: how many, some examples, and what to add."""
    for kind, title in TITLES.items():
        of_kind = [remark for remark in remarks if remark.remark == kind]
        if not of_kind:
            continue
        if below:
            output.echo()
        below = True
        output.heading(f"{title} ({len(of_kind)})")
        hints = list(dict.fromkeys(remark.hint for remark in of_kind if remark.hint))
        for remark in of_kind if every else of_kind[:_EXAMPLES]:
            output.say(output.problem_line(remark), first="  ", indent=4)
            if len(hints) > 1 and remark.hint:
                output.advise(remark.hint, first="    ", indent=4)
        if len(hints) == 1:
            output.advise(f"To change that: {hints[0]}.", first="  ", indent=4)
        if not every and len(of_kind) > _EXAMPLES:
            output.echo(f"  and {len(of_kind) - _EXAMPLES} more")
    numbers = Counter(remark.remark for remark in remarks)
    if not every and any(number > _EXAMPLES for number in numbers.values()):
        output.echo()
        output.advise("To list all of them: `netnotes check --all`")
