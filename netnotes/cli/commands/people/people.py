"""`netnotes people`: your relationships, deepest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netnotes.cli import output
from netnotes.cli.commandline import repeated
from netnotes.cli.filters import given_filters, with_filters
from netnotes.cli.number_option import Number
from netnotes.cli.options import as_of_option, json_option, vault_words, workspace
from netnotes.cli.pager import paged
from netnotes.cli.screen import note_link
from netnotes.cli.session import Session
from netnotes.cli.unread_advice import print_unread
from netnotes.model import Tie
from netnotes.network.namesakes import called, labels
from netnotes.outcome import Outcome
from netnotes.phrasing import ago_words, due_words, pluralize
from netnotes.scoring.depth import costliest, depth_text, without_depth

if TYPE_CHECKING:  # it loads rich
    from netnotes.cli.layout import Cell
    from netnotes.plugin.facts import Score
    from netnotes.scoring.scores import Scores

MOST = 40
"""Most people printed by default."""
BAR = 4
"""Width of the depth bar, in columns."""
SORTS: dict[str, Callable[[Scores, Tie], Any]] = {
    "depth": lambda *_: 0,  # they come sorted by depth
    "name": lambda _, tie: tie.person.name.casefold(),
    "last-contact": lambda _, tie: (tie.last is None, -tie.last.toordinal() if tie.last else 0),
    "follow-up": lambda scores, tie: _soonest(scores.get(tie, "follow_up")),
    "warmth": lambda scores, tie: (scores.get(tie, "warmth") is None, -(scores.number(tie, "warmth") or 0.0)),
}
"""Sort order → key of a tie; equal ones stay sorted by depth."""
WARMTH_STYLES = {"warm": "green", "cooling": "yellow", "dormant": "red"}
TIE_STYLES = {"deep": "bold", "thin": "dim"}


@click.command("people")
@vault_words
@as_of_option
@json_option
@click.option("--most", type=Number(1), metavar="N", help=f"Show at most N people. Default: {MOST}.")
@click.option("--sort", type=click.Choice(list(SORTS)), default="depth", show_default=True, help="Order of the list.")
@with_filters
@click.option("--details", is_flag=True, help="Show the figures behind each depth.")
def command(
    vault: str | None,
    today: dt.date,
    as_json: bool,
    most: int | None,
    sort: str,
    details: bool,
    **filters: tuple[str, ...],
) -> None:
    """List the people in your notes, deepest relationship first.

    Depth (0 to 1) is how close you are, and changes slowly: deep from 0.50, shallow below, thin with fewer than three
    days of contact. Warmth is how recently you were in touch, measured by your usual rhythm with that person: warm,
    cooling or dormant.

    \b
    Example:
      netnotes people ~/Notes
      netnotes people ~/Notes --scene lisbon --sort last-contact
      netnotes people ~/Notes --tie deep --warmth cooling --warmth dormant
    """
    space = workspace(vault)
    context = click.get_current_context()
    if session := context.find_object(Session):
        session.repeated = repeated(context.command, {"sort": sort if sort != "depth" else None, **filters})
    _, outcome, coverage = space.run_to_examine(today)
    ties = chosen(outcome, deepest_first(outcome), **filters)
    found = sorted(ties, key=partial(SORTS[sort], outcome.scores))
    if as_json:
        output.print_json([record(outcome, tie) for tie in found[:most]])
    elif found:
        with paged():
            _print(outcome, found[: most or MOST], space.root, details=details)
            if hidden := len(found) - (most or MOST):
                _print_rest(hidden, len(found))
        if not any(tie.days for tie in outcome.network.ties):
            output.echo(err=True)
            print_unread(outcome, coverage)
    elif outcome.network.ties:
        output.advise("No one matches. To list everyone: `netnotes people`", err=True)
    else:
        print_unread(outcome, coverage)
    if outcome.problems:
        output.advise(f"{pluralize(len(outcome.problems), 'problem')}: `netnotes check`", err=True)


def chosen(outcome: Outcome, ties: Sequence[Tie], **filters: tuple[str, ...]) -> list[Tie]:
    """Return those of `ties` that match the filters, in order."""
    wanted = given_filters(filters)
    if not any(wanted.values()):
        return list(ties)
    from netnotes.insights.selection import Selection, select  # rarely needed

    people = select(outcome.network, outcome.scores, Selection(**wanted))
    return [tie for tie in ties if tie.person in people]


def deepest_first(outcome: Outcome) -> list[Tie]:
    """Return the ego's ties, deepest first; those never in contact last, by name."""
    depth = {tie: outcome.scores.number(tie, "depth") or 0.0 for tie in outcome.network.ties}
    return sorted(depth, key=lambda tie: (not tie.days, -depth[tie], tie.person.name, tie.person.id))


def record(outcome: Outcome, tie: Tie) -> dict[str, object]:
    """Return one tie as the documented JSON."""
    from netnotes.extract.people.kin import kin  # a list on the screen needs neither
    from netnotes.extract.people.known_since import known_since_words

    scores = outcome.scores.of(tie)
    depth, warmth, due = scores.get("depth"), scores.get("warmth"), scores.get("follow_up")
    weights = outcome.scores.weights
    parts = {name: outcome.scores.number(tie, name) for name in weights}
    weighed = {name: value for name, value in parts.items() if value is not None and weights[name] > 0}
    cost = costliest(weighed, weights) if depth else None
    scenes = {contact.context for contact in tie.contacts if contact.context} | (
        {tie.person.scene} if tie.person.scene else set()
    )
    return {
        "name": tie.person.name,
        "path": tie.person.path,
        "depth": depth.value if depth else None,
        "tie": depth.label if depth else None,
        "warmth": warmth.label if warmth else None,
        "warmth_value": warmth.value if warmth else None,
        "last_contact": tie.last,
        "follow_up": due.value if due else None,
        "contact_days": tie.days,
        "encounters": len(tie.contacts),
        "known_since": (known_since_words(tie.person) or None) if tie.ego else None,
        "kin": kin(tie.person) if tie.ego else None,
        "parts": parts,
        "costs_most": {"part": cost.part, "depth": cost.lost} if cost else None,
        "scenes": sorted(scenes),
        "because": because(depth, tie),
    }


def because(depth: Score | None, tie: Tie) -> str:
    """Return the reason for a tie's depth, with its figures."""
    return depth.because if depth else without_depth(tie)


def reason(outcome: Outcome, tie: Tie) -> str:
    """Return the reason for a tie's depth in a few words: the first clause of each part, heaviest part first."""
    scores, weights = outcome.scores.of(tie), outcome.scores.weights
    parts = [scores[name].because for name in sorted(weights, key=lambda n: -weights[n]) if name in scores]
    return ", ".join(part.partition(", ")[0] for part in parts if part) if "depth" in scores else without_depth(tie)


def _print(outcome: Outcome, found: Sequence[Tie], root: Path, *, details: bool) -> None:
    from netnotes.cli.layout import Column  # start-up imports nothing it does not need

    columns = [
        Column("name"),
        Column("depth"),
        Column("tie"),
        Column("warmth", drop=1),
        Column("last contact"),
        Column("follow-up"),
        Column("why", wraps=True),
    ]
    known = labels(outcome.network.people)
    output.print_table([_row(outcome, tie, called(tie.person, known), root, details=details) for tie in found], columns)


def _row(outcome: Outcome, tie: Tie, name: str, root: Path, *, details: bool) -> list[Cell]:
    from netnotes.cli.layout import Styled, bar  # as above

    scores = outcome.scores.of(tie)
    found, kept_warm, follow_up = scores.get("depth"), scores.get("warmth"), scores.get("follow_up")
    depth, kind = (found.value, str(found.label or "")) if found else (None, "")
    warmth, due = str(kept_warm.label or "") if kept_warm else "", follow_up.value if follow_up else None
    today = outcome.network.today
    late = isinstance(due, dt.date) and due < today
    return [
        Styled(name, "bold", note_link(root, tie.person.path) if tie.person.path else ""),
        f"{bar(depth, BAR)} {depth_text(depth)}" if isinstance(depth, float) else "",
        Styled(kind, TIE_STYLES.get(kind, "")),
        Styled(warmth, WARMTH_STYLES.get(warmth, "")),
        Styled(ago_words(tie.last, today) if tie.last else "never met", WARMTH_STYLES.get(warmth, "dim")),
        Styled(due_words(due, today), "red" if late else "") if isinstance(due, dt.date) else "",
        because(found, tie) if details else reason(outcome, tie) if tie.days else "",
    ]


def _print_rest(hidden: int, everyone: int) -> None:
    """Print how many are not shown, and how to show them."""
    if hidden > 0:
        output.echo()
        output.advise(f"{pluralize(hidden, 'person', 'people')} not shown: `netnotes people --most {everyone}`")


def _soonest(due: Score | None) -> tuple[bool, object]:
    day = due.value if due else None
    return day is None, day
