"""`netnotes why NAME`: the reason, the parts, and every encounter they rest on."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.cli import output
from netnotes.cli.parameters import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.people import record
from netnotes.model import Contact, Tie
from netnotes.network import finding
from netnotes.network.depth import lifted
from netnotes.pipeline import Outcome


@click.command("why")
@click.argument("name")
@vault_argument
@as_of_option
@json_option
def command(name: str, vault: str | None, today: dt.date, as_json: bool) -> None:
    """Say why the tie with NAME is as deep as it is, and name every line it rests on.

    \b
    Example:
      netnotes why "Ada Lovelace" ~/Notes
    """
    _, outcome = workspace(vault).run(today)
    tie = outcome.network.tie(finding.person(outcome.network.people, name))
    if tie is None:
        raise click.ClickException(f"no tie with {name}")
    if as_json:
        output.print_json(
            record(outcome, tie) | {"evidence": [_evidence(contact) for contact in tie.contacts]}
        )
        return
    _print(outcome, tie)


def _print(outcome: Outcome, tie: Tie) -> None:
    scores = outcome.scores.of(tie)
    person = tie.person
    click.echo(output.one_line(f"{person.name}  ({person.path or 'no note'})"))
    depth = scores.get("depth")
    if depth is None:
        click.echo("never met: no dated encounter names this person")
        return
    click.echo(
        output.one_line(depth.because)
        + (f"; thin evidence: {tie.days} contact day{'s' * (tie.days > 1)}" if depth.label == "thin" else "")
    )
    click.echo()
    _print_parts(outcome, tie)
    click.echo()
    for name, score in scores.items():
        if name != "depth" and name not in outcome.scores.weights:
            value = f"{score.value:.4f}" if isinstance(score.value, float) else str(score.value)
            click.echo(
                output.one_line(
                    f"{name}: {value}{f' {score.label}' if score.label else ''} ({score.because})"
                )
            )
    click.echo(f"\n{len(tie.contacts)} encounter{'s' * (len(tie.contacts) > 1)}, latest first:")
    output.print_table(
        [_line(contact, tie) for contact in reversed(tie.contacts)],
        ("date", "minutes", "others", "channel", "started by", "where"),
    )


def _print_parts(outcome: Outcome, tie: Tie) -> None:
    """Print the parts so that the factors multiply to the depth."""
    scores, weights = outcome.scores.of(tie), outcome.scores.weights
    parts = {
        name: float(score.value)
        for name in weights
        if (score := scores.get(name)) and isinstance(score.value, int | float)
    }
    total = sum(weights[name] for name in parts)
    rows = [
        (
            name,
            f"{value:.4f}",
            f"{weights[name] / total:.2f}",
            f"{lifted(value) ** (weights[name] / total):.4f}",
        )
        for name, value in parts.items()
    ]
    depth = outcome.scores.number(tie, "depth") or 0.0
    output.print_table(
        [*rows, ("depth", f"{depth:.4f}", "", "the factors multiplied")],
        ("part", "value", "weight", "(.02 + .98 value)^weight"),
    )


def _line(contact: Contact, tie: Tie) -> tuple[str, ...]:
    encounter = contact.encounter
    others = [p.name for p in encounter.people if p not in tie.people]
    return (
        contact.date.isoformat(),
        f"{contact.minutes:g}",
        output.one_line(", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else ""))
        or "alone",
        encounter.channel or "mention",
        encounter.initiated_by or "",
        output.one_line(f"{encounter.path}:{encounter.line}"),
    )


def _evidence(contact: Contact) -> dict[str, object]:
    encounter = contact.encounter
    return {
        "date": contact.date,
        "path": encounter.path,
        "line": encounter.line,
        "minutes": contact.minutes,
        "others": [person.name for person in encounter.people],
        "channel": encounter.channel,
        "initiated_by": encounter.initiated_by,
        "scene": contact.context,
    }
