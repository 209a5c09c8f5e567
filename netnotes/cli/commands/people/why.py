"""`netnotes why NAME`: the reason, the parts, what would help, and all evidence; `why A B` for two others."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netnotes.app.workspace import Workspace
from netnotes.cli import completion, output
from netnotes.cli.commandline import people_named
from netnotes.cli.commands.people import people
from netnotes.cli.numbered_list import numbered_row
from netnotes.cli.options import as_of_option, json_option, split_vault, workspace
from netnotes.cli.pager import paged
from netnotes.cli.screen import note_link
from netnotes.cli.tables import sparkline
from netnotes.insights.explain import Why, explain_tie
from netnotes.insights.lookup import tie_of
from netnotes.model import Contact, Encounter, Mention, Person, Tie
from netnotes.network.namesakes import called, labels
from netnotes.outcome import Outcome
from netnotes.phrasing import day_words, due_words, join_names, pluralize, value_json, value_words
from netnotes.scoring.depth import depth_text, without_depth
from netnotes.scoring.reports import person_of

if TYPE_CHECKING:  # it loads rich
    from netnotes.cli.layout import Cell

LATEST = 20
"""Encounters, and mentions, printed by default."""


@click.command("why")
@click.argument(
    "words", nargs=-1, required=True, shell_complete=completion.people, metavar="NAME|NUMBER [OTHER] [VAULT]"
)
@as_of_option
@json_option
@click.option(
    "--all", "everything", is_flag=True, help=f"List all encounters and mentions, not only the latest {LATEST}."
)
@click.option("--details", is_flag=True, help="Show the figures: each part of depth, its weight and its factor.")
def command(words: tuple[str, ...], today: dt.date, as_json: bool, everything: bool, details: bool) -> None:
    """Explain a relationship: why it is as deep as it is, what would help most, and every line of your notes about it.

    Names need no quotes. Two names explain the relationship between those two people. A number means that line of the
    list printed last. If the last word is a folder, it is the vault.

    \b
    Example:
      netnotes why Ada Lockyer ~/Notes
      netnotes why Rowan Zoë ~/Notes
    """
    words, vault = split_vault(words)
    space = workspace(vault)
    read, outcome = space.run(today)
    tie = _tie(space, outcome, words)
    scored = space.scored(outcome, read)
    with space.progress.busy("Looking for what would help"):
        why = explain_tie(scored, tie)
    unwritten = tie.ego and tie.person.path in outcome.read_only
    others = {person for person in tie.people if not person.me}
    mentions = [mention for mention in outcome.network.mentions if others.issubset(mention.people)]
    shared = labels(outcome.network.people)
    if as_json:
        scores = outcome.scores if tie.ego else scored.alters
        known = people.record(replace(outcome, scores=scores), tie)
        between = {} if tie.ego else {"between": [{"name": p.name, "path": p.path} for p in tie.people]}
        output.print_json(record(why, between | known, mentions, shared, unwritten=unwritten))
    else:
        with paged():
            most = max(len(tie.contacts), len(mentions)) if everything else LATEST
            _print(why, mentions, space.root, most, shared, details=details, unwritten=unwritten)
    output.print_problems(why.problems)


def _tie(space: Workspace, outcome: Outcome, words: tuple[str, ...]) -> Tie:
    """Return the tie that the user means.

    Raises PersonNotFound, AmbiguousName, NoSharedEncounter; for a number also NoSuchLine and ListChanged.
    """
    network = outcome.network
    if len(words) == 1 and words[0].isdecimal():
        person = person_of(numbered_row(space, outcome, int(words[0])))
        found: tuple[Person, ...] = (person,) if person else ()
    else:
        found = people_named(network.people, words)
    return tie_of(network, *found)


def record(
    why: Why, known: Mapping[str, object], mentions: Iterable[Mention], shared: Mapping[str, str], *, unwritten: bool
) -> dict[str, object]:
    """Return the documented JSON, unrounded: `known`, the record of `people`, plus the explanation.

    The tie's `mentions` follow its contacts. `shared`: what to call people whose name others have too, as in `labels`.
    """
    return {
        **known,
        "thin": why.thin,
        "held_back_by": why.costliest.part if why.costliest else None,
        "factors": [dataclasses.asdict(part) for part in why.parts],
        "not_weighed": {
            name: {"value": value_json(score.value), "label": score.label, "because": score.because}
            for name, score in why.unweighed.items()
        },
        "declared": why.declared,
        "ignored": unwritten,
        "levers": [dataclasses.asdict(lever) for lever in why.levers],
        "trend": [{"day": day, "depth": depth, "warmth": warmth} for day, depth, warmth in why.trend],
        "evidence": [
            *(_evidence(contact, shared) for contact in why.tie.contacts),
            *(_mention(mention, shared) for mention in mentions),
        ],
    }


def _print(
    why: Why,
    mentions: Sequence[Mention],
    root: Path,
    most: int,
    shared: Mapping[str, str],
    *,
    details: bool,
    unwritten: bool,
) -> None:
    tie = why.tie
    ends = tie.people[1:] if tie.ego else tie.people
    output.heading(" and ".join(called(person, shared) for person in ends))
    for line in [*_summary(why), *_remarks(why, unwritten=unwritten)]:
        output.say(line, indent=4)
    if details:
        _print_figures(why)
    if tie.contacts:
        _print_evidence(tie, root, most, shared)
    if mentions:
        _print_mentions(mentions, tie, root, most, shared)


def _summary(why: Why) -> list[str]:
    """Return the depth and its reason, the warmth, and when the next contact is due."""
    tie, depth, warmth, due = why.tie, *(why.scores.get(name) for name in ("depth", "warmth", "follow_up"))
    if depth is None or not isinstance(depth.value, int | float):
        return [without_depth(tie).capitalize() + "."]
    because = "; ".join(part.because for part in why.parts if part.because)
    lines = [f"Depth {depth_text(float(depth.value))}, {depth.label}: {because}."]
    if why.thin:
        lines.append(f"Only {pluralize(tie.days, 'day')} of contact so far; too few to call it deep or shallow.")
    elif why.costliest:
        lines.append(f"What costs most depth: {why.costliest.words}.")
    if warmth and tie.ego:
        lines.append(f"{str(warmth.label).capitalize()}: {warmth.because}.")
    if due and isinstance(due.value, dt.date) and tie.ego:
        day = day_words(due.value, why.today)
        late = f", {due_words(due.value, why.today)}" if due.value < why.today else ""
        lines.append(f"Next contact: {day}{late} ({due.because}).")
    return lines


def _remarks(why: Why, *, unwritten: bool) -> list[str]:
    """Return what would help, the trend of the last year, and notices about the note."""
    lines = []
    if why.levers:
        first, *rest = [f"{lever.what} (to {depth_text(lever.depth)})" for lever in why.levers]
        lines.append(f"What would help most: {first}.")
        if rest:
            lines.append(f"The same time, spent differently: {'; '.join(rest)}.")
    known = [depth for _, depth, _ in why.trend if depth is not None]
    if known:
        line = sparkline([depth for _, depth, _ in why.trend])
        lines.append(f"The last year: {line}  {depth_text(known[0])} to {depth_text(known[-1])}")
    if why.declared:
        lines.append("Your note says: " + ", ".join(f"{key} {value}" for key, value in why.declared.items()) + ".")
    if not why.tie.ego:
        lines.append("For two other people, only what you wrote down is known.")
    if unwritten:
        lines.append("Your note says `netnotes: read-only`, so NetNotes writes nothing into it.")
    return lines


def _print_figures(why: Why) -> None:
    """Print the parts of depth with weights and factors, and the scores that are not part of it."""
    depth = why.scores.get("depth")
    rows = [(part.name, f"{part.value:.4f}", f"{part.weight:.2f}", f"{part.factor:.4f}") for part in why.parts]
    if depth is not None and isinstance(depth.value, int | float):
        rows.append(("depth", f"{depth.value:.4f}", "", "the factors multiplied"))
    output.echo()
    if rows:
        output.print_table(rows, ("part", "value", "weight", "(.02 + .98 value)^weight"))
        output.echo()
    for name, score in why.unweighed.items():
        value = f"{score.value:.4f}" if isinstance(score.value, float) else value_words(score.value)
        label = f" {score.label}" if score.label else ""
        output.say(f"{name}: {value}{label} ({score.because}); not part of depth", indent=4)


def _print_evidence(tie: Tie, root: Path, most: int, shared: Mapping[str, str]) -> None:
    from netnotes.cli.layout import Column  # start-up imports nothing it does not need

    _print_title(pluralize(len(tie.contacts), "encounter"), len(tie.contacts) - most)
    output.print_table(
        [_line(contact, tie, root, shared) for contact in list(reversed(tie.contacts))[:most]],
        [
            Column("date"),
            Column("time"),
            Column("with", wraps=True),
            Column("channel"),
            Column("started by", drop=1),
            Column("where", wraps=True),
        ],
    )


def _print_mentions(mentions: Sequence[Mention], tie: Tie, root: Path, most: int, shared: Mapping[str, str]) -> None:
    from netnotes.cli.layout import Column  # as above

    _print_title(f"{pluralize(len(mentions), 'mention')}, not counted as contact", len(mentions) - most)
    output.print_table(
        [
            [mention.date.isoformat(), join_names(_other_names(mention.people, tie, shared)), _where(root, mention)]
            for mention in list(reversed(mentions))[:most]
        ],
        [Column("date"), Column("with", wraps=True), Column("where", wraps=True)],
    )


def _print_title(what: str, hidden: int) -> None:
    """Print the line above a table; `hidden` rows are not in it."""
    output.echo()
    output.say(f"{what}, latest first{f' ({hidden} more: --all)' if hidden > 0 else ''}:")


def _other_names(people: Iterable[Person], tie: Tie, shared: Mapping[str, str]) -> list[str]:
    """Return the names of those who are not of the tie."""
    return [called(person, shared) for person in people if person not in tie.people]


def _where(root: Path, source: Encounter | Mention) -> Cell:
    from netnotes.cli.layout import Styled  # as above

    return Styled(f"{source.path}:{source.line}", "dim", note_link(root, source.path, source.line))


def _line(contact: Contact, tie: Tie, root: Path, shared: Mapping[str, str]) -> list[Cell]:
    encounter = contact.encounter
    alone = "just you two" if tie.ego else "just those two"
    return [
        contact.date.isoformat(),
        _minutes(contact),
        join_names(_other_names(encounter.people, tie, shared)) or alone,
        encounter.channel or "",
        {"me": "you", "them": "them", "both": "both"}.get(contact.initiated_by or "", ""),
        _where(root, encounter),
    ]


def _minutes(contact: Contact) -> str:
    """Return the length of a contact, and whether it was noted."""
    minutes = f"{contact.minutes:g} min"
    if contact.own_minutes:
        return f"{minutes} (noted for them)"
    if not contact.length:
        return f"about {minutes}"
    return minutes if contact.length == contact.minutes else f"{minutes} (of {contact.length:g})"


def _evidence(contact: Contact, shared: Mapping[str, str]) -> dict[str, object]:
    encounter = contact.encounter
    return {
        "date": contact.date,
        "path": encounter.path,
        "line": encounter.line,
        "minutes": contact.minutes,
        "own": contact.own_minutes,
        "length": contact.length,
        "others": [called(person, shared) for person in encounter.people],
        "channel": encounter.channel,
        "initiated_by": contact.initiated_by,
        "scene": contact.context,
        "mention": False,
    }


def _mention(mention: Mention, shared: Mapping[str, str]) -> dict[str, object]:
    """Return the JSON of a mention: evidence without weight."""
    nothing = {"minutes": 0.0, "own": False, "length": None, "channel": None, "initiated_by": None, "scene": None}
    others = [called(person, shared) for person in mention.people]
    return {
        "date": mention.date,
        "path": mention.path,
        "line": mention.line,
        "others": others,
        "mention": True,
        **nothing,
    }
