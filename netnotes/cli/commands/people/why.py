"""`netnotes why NAME`: the reason, the parts, what would help, and every line of evidence; `why A B` for two others."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from netnotes.cli import output
from netnotes.cli.commands.people import people
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.sparks import sparkline
from netnotes.errors import NeverTogether
from netnotes.insights import find_person
from netnotes.insights.explain import Why, ask
from netnotes.model import Contact, Tie
from netnotes.network.network import Network
from netnotes.printable import one_line
from netnotes.scoring.depth import short, without_depth
from netnotes.text.frontmatter.ownership import ignored

LATEST = 20
"""Encounters that are printed unless all are asked for."""


@click.command("why")
@click.argument("name")
@click.argument("other", required=False, metavar="[OTHER]")
@vault_argument
@as_of_option
@json_option
@click.option("--all", "everything", is_flag=True, help=f"List every encounter, not only the latest {LATEST}.")
def command(name: str, other: str | None, vault: str | None, today: dt.date, as_json: bool, everything: bool) -> None:
    """Say why the tie with NAME is as deep as it is, what would move it, and name every line it rests on.

    With OTHER, a second name, it is the tie between those two. A second word that is a folder is the VAULT.

    \b
    Example:
      netnotes why "Ada Lovelace" ~/Notes
      netnotes why Ada Grace ~/Notes
    """
    if vault is None and other is not None and Path(other).expanduser().is_dir():
        other, vault = None, other
    space = workspace(vault)
    read, outcome = space.run(today)
    tie = _tie(outcome.network, name, other)
    scored = space.scored(outcome)
    with space.progress.busy("Looking for what would help"):
        why = ask(scored, tie)
    unwritten = tie.ego and any(note.path == tie.person.path and ignored(note.properties) for note in read.notes)
    if as_json:
        scores = outcome.scores if tie.ego else scored.alters
        known = people.record(replace(outcome, scores=scores), tie)
        between = {} if tie.ego else {"between": [{"name": p.name, "path": p.path} for p in tie.people]}
        output.print_json(record(why, between | known, unwritten=unwritten))
    else:
        _print(why, len(tie.contacts) if everything else LATEST, unwritten=unwritten)
    output.print_problems(why.problems)


def _tie(network: Network, name: str, other: str | None) -> Tie:
    """Return the tie that the user means. Raises NobodyByThatName, SeveralByThatName, NeverTogether."""
    first = find_person.person(network.people, name)
    if other is None:
        found = network.tie(first)
        if found is None:
            raise NeverTogether(name, "you")
        return found
    second = find_person.person(network.people, other)
    pair = {first.id, second.id}
    between = next((tie for tie in network.alter_ties if {p.id for p in tie.people} == pair), None)
    if between is None:
        raise NeverTogether(first.name, second.name)
    return between


def record(why: Why, known: Mapping[str, object], *, unwritten: bool) -> dict[str, object]:
    """Return the documented JSON, numbers unrounded: `known`, as `people` lists a tie, and why it is so."""
    return {
        **known,
        "thin": why.thin,
        "held_back_by": why.lowest,
        "factors": [dataclasses.asdict(part) for part in why.parts],
        "not_weighed": {
            name: {"value": score.value, "label": score.label, "because": score.because}
            for name, score in why.unweighed.items()
        },
        "declared": why.declared,
        "ignored": unwritten,
        "levers": [dataclasses.asdict(lever) for lever in why.levers],
        "trend": [{"day": day, "depth": depth, "warmth": warmth} for day, depth, warmth in why.trend],
        "evidence": [_evidence(contact) for contact in why.tie.contacts],
    }


def _print(why: Why, most: int, *, unwritten: bool) -> None:
    tie, depth = why.tie, why.scores.get("depth")
    ends = tie.people[1:] if tie.ego else tie.people
    output.echo(one_line(" and ".join(f"{p.name}  ({p.path or 'no note'})" for p in ends)))
    if depth is None:
        output.echo(without_depth(tie) + ("" if tie.contacts else ": no dated encounter names this person"))
    else:
        output.echo(one_line(depth.because))
    for line in _remarks(why, unwritten=unwritten):
        output.echo(one_line(line))
    if not tie.contacts:
        return
    output.echo()
    rows = [(part.name, f"{part.value:.4f}", f"{part.weight:.2f}", f"{part.factor:.4f}") for part in why.parts]
    if depth is not None:
        total = float(depth.value) if isinstance(depth.value, int | float) else 0.0
        rows.append(("depth", f"{total:.4f}", "", "the factors multiplied"))
        output.print_table(rows, ("part", "value", "weight", "(.02 + .98 value)^weight"))
        output.echo()
    for name, score in why.unweighed.items():
        value = f"{score.value:.4f}" if isinstance(score.value, float) else str(score.value)
        label = f" {score.label}" if score.label else ""
        output.echo(one_line(f"{name}: {value}{label} ({score.because}); not weighed"))
    _print_evidence(tie, most)


def _remarks(why: Why, *, unwritten: bool) -> list[str]:
    """Return what is to be said of the evidence, of what would move the tie, and of the note."""
    said = []
    if why.thin:
        days = why.tie.days
        said.append(f"thin evidence: {days} contact day{'s' * (days != 1)}; from 3 on it is called deep or shallow")
    if why.levers:
        first, *rest = [f"{lever.what} → {short(lever.depth, 2)}" for lever in why.levers]
        said.append(f"would move it most: {first}")
        said.append("  as much time spent otherwise: " + "; ".join(rest))
    known = [depth for _, depth, _ in why.trend if depth is not None]
    if known:
        line = sparkline([depth for _, depth, _ in why.trend])
        said.append(f"the last year: {line}  {short(known[0], 2)} → {short(known[-1], 2)}")
    if why.declared:
        said.append("declared: " + ", ".join(f"{key} {value}" for key, value in why.declared.items()))
    if not why.tie.ego:
        said.append("between two others your notes tell only what they told you")
    if unwritten:
        said.append("the note says `netnotes: read-only`: nothing is written into it")
    return said


def _print_evidence(tie: Tie, most: int) -> None:
    count = len(tie.contacts)
    rest = f" ({count - most} more: --all)" if count > most else ""
    output.echo(f"\n{count} encounter{'s' * (count > 1)}, latest first{rest}:")
    output.print_table(
        [_line(contact, tie) for contact in list(reversed(tie.contacts))[:most]],
        ("date", "minutes", "others", "channel", "started by", "where"),
    )


def _line(contact: Contact, tie: Tie) -> tuple[str, ...]:
    encounter = contact.encounter
    others = [p.name for p in encounter.people if p not in tie.people]
    minutes = f"{contact.minutes:g}" + (
        " own"
        if contact.own_minutes
        else f" of {contact.length:g}"
        if contact.length and contact.length != contact.minutes
        else ""
    )
    return (
        contact.date.isoformat(),
        minutes if contact.own_minutes or contact.length else f"({minutes})",
        one_line(", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")) or "alone",
        encounter.channel or "mention",
        contact.initiated_by or "",
        one_line(f"{encounter.path}:{encounter.line}"),
    )


def _evidence(contact: Contact) -> dict[str, object]:
    encounter = contact.encounter
    return {
        "date": contact.date,
        "path": encounter.path,
        "line": encounter.line,
        "minutes": contact.minutes,
        "own": contact.own_minutes,
        "length": contact.length,
        "others": [person.name for person in encounter.people],
        "channel": encounter.channel,
        "initiated_by": contact.initiated_by,
        "scene": contact.context,
    }
