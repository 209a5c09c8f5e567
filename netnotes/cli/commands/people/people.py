"""`netnotes people`: the ties, deepest first."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.cli import output
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.model import Tie
from netnotes.pipeline import Outcome
from netnotes.printable import one_line
from netnotes.scoring.depth import without_depth


@click.command("people")
@vault_argument
@as_of_option
@json_option
def command(vault: str | None, today: dt.date, as_json: bool) -> None:
    """List your ties, deepest first: depth, warmth, last contact, follow-up and why.

    \b
    Example:
      netnotes people ~/Notes
      netnotes people ~/Notes --as-of 2026-06-30 --json
    """
    _, outcome = workspace(vault).run(today)
    ties = deepest_first(outcome)
    if as_json:
        output.print_json([record(outcome, tie) for tie in ties])
    elif ties:
        output.print_table(
            [_row(outcome, tie) for tie in ties], ("name", "depth", "tie", "warmth", "last contact", "follow-up", "why")
        )
    else:
        output.echo("nobody found: mark people with `type: person`, or keep their notes in People/", err=True)
    if outcome.problems:
        output.echo(
            f"{len(outcome.problems)} problem{'s' * (len(outcome.problems) > 1)}: see `netnotes check`",
            err=True,
        )


def deepest_first(outcome: Outcome) -> list[Tie]:
    """Return the ego's ties by falling depth; those never in contact last, by name."""
    depth = {tie: outcome.scores.number(tie, "depth") or 0.0 for tie in outcome.network.ties}
    return sorted(depth, key=lambda tie: (not tie.contacts, -depth[tie], tie.person.name, tie.person.id))


def record(outcome: Outcome, tie: Tie) -> dict[str, object]:
    """Return one tie as the documented JSON."""
    scores = outcome.scores.of(tie)
    depth, warmth, due = scores.get("depth"), scores.get("warmth"), scores.get("follow_up")
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
        "parts": {name: outcome.scores.number(tie, name) for name in outcome.scores.weights},
        "scenes": sorted(scenes),
        "because": depth.because if depth else without_depth(tie),
    }


def _row(outcome: Outcome, tie: Tie) -> tuple[str, ...]:
    data = record(outcome, tie)
    depth = data["depth"]
    return (
        one_line(tie.person.name),
        f"{depth:.2f}" if isinstance(depth, float) else "",
        str(data["tie"] or ""),
        str(data["warmth"] or ""),
        output.day(data["last_contact"]),
        output.day(data["follow_up"]),
        one_line(str(data["because"]).partition(" = ")[2] or str(data["because"])),
    )
