"""`netnotes history NAME`: depth and warmth of one tie, month by month."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.cli import output
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.sparks import sparkline
from netnotes.insights import find_person
from netnotes.model import Problem, Tie
from netnotes.printable import one_line
from netnotes.scoring.depth import label
from netnotes.scoring.history import month_ends, through

LATEST = 60
"""Months that a line of bars shows, the latest."""


@click.command("history")
@click.argument("name")
@vault_argument
@as_of_option
@json_option
def command(name: str, vault: str | None, today: dt.date, as_json: bool) -> None:
    """Show how deep and how warm the tie with NAME was at the end of each month since you met.

    \b
    Example:
      netnotes history "Ada Lovelace" ~/Notes
    """
    space = workspace(vault)
    _, outcome = space.run(today)
    network = outcome.network
    person = find_person.person(network.people, name)
    tie = network.tie(person)
    months: list[dict[str, object]] = []
    problems: tuple[Problem, ...] = ()
    if tie is not None and tie.first is not None:
        days = month_ends(tie.first, today)
        with space.progress.busy("Going through the months"):
            told, problems = through(
                network,
                space.plugins,
                space.config.depth.weights,
                days,
                ties=[tie],
                scores=outcome.scores,
                limit=space.keeper,
            )
        months = _months(tie, days, told.of(tie), told.of(tie, "warmth"))
    output.print_problems(problems)
    if as_json:
        output.print_json({"name": person.name, "path": person.path, "months": months})
        return
    output.echo(one_line(f"{person.name}  ({person.path or 'no note'})"))
    if not months:
        output.echo("never met: no dated encounter names this person")
        return
    for field in ("depth", "warmth"):
        output.echo(f"{field:6} {sparkline([_number(month[field]) for month in months[-LATEST:]])}")
    output.echo()
    output.print_table(
        [
            (
                str(month["day"]),
                _two(month["depth"]),
                str(month["tie"] or ""),
                _two(month["warmth"]),
                str(month["contacts"] or ""),
            )
            for month in months
        ],
        ("until", "depth", "tie", "warmth", "contacts"),
    )


def _months(
    tie: Tie, days: tuple[dt.date, ...], depths: tuple[float | None, ...], warmths: tuple[float | None, ...]
) -> list[dict[str, object]]:
    """Return the documented JSON of each month; `contacts` are the encounters since the month before."""
    found: list[dict[str, object]] = []
    before = 0
    for day, depth, warmth in zip(days, depths, warmths, strict=True):
        then = tie.as_of(day)
        found.append(
            {
                "day": day,
                "depth": depth,
                "tie": None if depth is None else label(depth, then.days),
                "warmth": warmth,
                "contacts": len(then.contacts) - before,
                "contact_days": then.days,
            }
        )
        before = len(then.contacts)
    return found


def _number(value: object) -> float | None:
    return value if isinstance(value, float) else None


def _two(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else ""
