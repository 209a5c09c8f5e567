"""`netnotes history NAME`: depth and warmth of one relationship, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import click

from netnotes.cli import completion, output
from netnotes.cli.commandline import people_named
from netnotes.cli.options import as_of_option, json_option, split_vault, workspace
from netnotes.cli.pager import paged
from netnotes.cli.tables import upright_bar
from netnotes.errors import PersonNotFound
from netnotes.model import Problem, Tie
from netnotes.network.namesakes import called, labels
from netnotes.phrasing import MONTHS, duration_words, pluralize
from netnotes.scoring.depth import depth_text, label
from netnotes.scoring.history import compute_history, month_ends

SILENCE_DAYS = 180
SILENCE_TIMES = 1.5
"""A gap between contacts is an event if it exceeds both this many days and this many times the usual gap."""
Month = Mapping[str, object]


@click.command("history")
@click.argument("words", nargs=-1, required=True, shell_complete=completion.people, metavar="NAME [VAULT]")
@as_of_option
@json_option
@click.option("--details", is_flag=True, help="Show the figures of each month.")
def command(words: tuple[str, ...], today: dt.date, as_json: bool, details: bool) -> None:
    """Show how deep and how warm a relationship was, month by month since you met, and what happened.

    \b
    Example:
      netnotes history Ada Lockyer ~/Notes
      netnotes history Ada ~/Notes --details
    """
    words, vault = split_vault(words)
    space = workspace(vault)
    _, outcome = space.run(today)
    network = outcome.network
    person, *others = people_named(network.people, words)
    if others:
        raise PersonNotFound(" ".join(words))
    tie = network.tie(person)
    months: list[Month] = []
    problems: tuple[Problem, ...] = ()
    if tie is not None and tie.first is not None:
        days = month_ends(tie.first, today)
        with space.progress.busy("Computing the months"):
            found, problems = compute_history(
                network,
                space.plugins,
                space.config.depth.weights,
                days,
                ties=[tie],
                scores=outcome.scores,
                limit=space.keeper,
            )
        months = _months(tie, days, found.of(tie), found.of(tie, "warmth"))
    output.print_problems(problems)
    if as_json:
        output.print_json({"name": person.name, "path": person.path, "months": months})
        return
    with paged():
        output.heading(called(person, labels(network.people)))
        if not months or tie is None:
            output.say("Never met: no dated line in your notes says that you were in touch.")
            return
        _print_chart(months)
        output.echo()
        for day, what in events(tie, months):
            output.say(what, first=f"{day.year}  {MONTHS[day.month - 1][:3]}  ")
        if details:
            _print_months(months)


def _print_chart(months: Sequence[Month]) -> None:
    """Print one line of blocks for each year: depth above, a dot below for a month without contact."""
    by_year = groupby(months, key=lambda month: _day(month).year)
    output.say("Depth at the end of each month, from 0 (▁) to 1 (█); a dot is a month without contact.")
    output.echo("      JFMAMJJASOND")
    for year, of_year in by_year:
        found = list(of_year)
        before = " " * (_day(found[0]).month - 1)
        depths = [month["depth"] for month in found]
        blocks = "".join(_block(depth) for depth in depths)
        dots = "".join(" " if month["contacts"] else "·" for month in found)
        first, last = (value if isinstance(value, float) else 0.0 for value in (depths[0], depths[-1]))
        contacts = sum(count for month in found if isinstance(count := month["contacts"], int))
        change = f"{first:.2f} to {last:.2f}" if f"{first:.2f}" != f"{last:.2f}" else f"{last:.2f}"
        output.echo(f"{year}  {before}{blocks}".ljust(20) + f"{change}, {pluralize(contacts, 'contact')}")
        if dots.strip():
            output.echo(f"      {before}{dots}")


def _block(value: object) -> str:
    return upright_bar(value) if isinstance(value, float) else " "


def events(tie: Tie, months: Sequence[Month]) -> list[tuple[dt.date, str]]:
    """Return events by day: first and last contact, ends of long silences, changes of the kind of tie."""
    return sorted([*_contact_events(tie), *_label_events(months)], key=lambda event: event[0])


def _contact_events(tie: Tie) -> Iterator[tuple[dt.date, str]]:
    days = sorted({contact.date for contact in tie.contacts})
    yield days[0], "First contact in your notes."
    least = max(SILENCE_DAYS, SILENCE_TIMES * tie.rhythm)
    for before, after in pairwise(days):
        if (after - before).days > least:
            yield after, f"In touch again after {duration_words((after - before).days)}."
    yield days[-1], "Last contact."


def _label_events(months: Sequence[Month]) -> Iterator[tuple[dt.date, str]]:
    for before, after in pairwise(months):
        if before["tie"] != after["tie"] and after["tie"]:
            depth = after["depth"]
            shown = f" ({depth_text(depth)})" if isinstance(depth, float) else ""
            yield _day(after), f"{'Became' if before['tie'] != 'deep' else 'No longer deep:'} {after['tie']}{shown}."


def _print_months(months: Sequence[Month]) -> None:
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
        ("month end", "depth", "tie", "warmth", "contacts"),
    )


def _months(
    tie: Tie, days: tuple[dt.date, ...], depths: tuple[float | None, ...], warmths: tuple[float | None, ...]
) -> list[Month]:
    """Return the documented JSON of each month; `contacts` counts the encounters since the month before."""
    found: list[Month] = []
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


def _day(month: Month) -> dt.date:
    day = month["day"]
    return day if isinstance(day, dt.date) else dt.date.min


def _two(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else ""
