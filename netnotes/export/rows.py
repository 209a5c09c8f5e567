"""An outcome as four flat tables of plain Python values, accepted by pandas, polars and pyarrow.

An unknown value is None. Numbers are unrounded, dates are `datetime.date`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

from netnotes.model import Encounter, Person, Problem, Tie
from netnotes.outcome import Outcome
from netnotes.scoring.scores import Scores

Table = Literal["people", "ties", "encounters", "problems"]
Row = dict[str, object]
Kind = Literal["text", "texts", "number", "count", "date", "flag"]

_SCORED: Mapping[str, Kind] = {
    "depth": "number",
    "tie": "text",
    "know": "number",
    "like": "number",
    "trust": "number",
    "warmth": "number",
    "warmth_label": "text",
    "follow_up": "date",
}
SCHEMAS: Mapping[Table, Mapping[str, Kind]] = {
    "people": {
        "id": "text",
        "name": "text",
        "me": "flag",
        "path": "text",
        "aliases": "texts",
        "tags": "texts",
        "scene": "text",
        "ignored": "flag",
    },
    "ties": {
        "source": "text",
        "target": "text",
        "mine": "flag",
        **_SCORED,
        "first_contact": "date",
        "last_contact": "date",
        "contact_days": "count",
        "contacts": "count",
        "minutes": "number",
    },
    "encounters": {
        "date": "date",
        "people": "texts",
        "minutes": "number",
        "channel": "text",
        "initiated_by": "text",
        "scene": "text",
        "title": "text",
        "path": "text",
        "line": "count",
    },
    "problems": {"message": "text", "path": "text", "line": "count", "plugin": "text"},
}
"""Table → column → kind of value. `source` and `target` of a tie and `people` of an encounter are person ids."""


def people_rows(outcome: Outcome) -> list[Row]:
    """Return one row for each person, the owner of the vault first."""
    network = outcome.network
    return [_person(person) for person in (network.ego, *network.people)]


def tie_rows(outcome: Outcome, alters: Scores | None = None) -> list[Row]:
    """Return the owner's ties, deepest first, then those between two others, each pair once.

    Without `alters`, the scores of ties between two others, these have no depth.
    """
    network, scores = outcome.network, outcome.scores
    mine = sorted(network.ties, key=lambda tie: (-(scores.number(tie, "depth") or -1.0), tie.person.id))
    others = sorted(network.alter_ties, key=lambda tie: [person.id for person in tie.people])
    return [*(_tie(tie, scores) for tie in mine), *(_tie(tie, alters) for tie in others)]


def encounter_rows(encounters: Iterable[Encounter]) -> list[Row]:
    """Return one row for each encounter, in order."""
    return [
        {
            "date": each.date,
            "people": [person.id for person in each.people],
            "minutes": each.minutes,
            "channel": each.channel,
            "initiated_by": each.initiated_by,
            "scene": each.scene,
            "title": each.title,
            "path": each.path or None,
            "line": each.line or None,
        }
        for each in encounters
    ]


def problem_rows(problems: Iterable[Problem]) -> list[Row]:
    """Return one row for each problem."""
    return [{"message": each.message, "path": each.path, "line": each.line, "plugin": each.plugin} for each in problems]


def columns(table: Table, rows: Iterable[Row]) -> dict[str, list[object]]:
    """Return rows as columns, the form in which types are clearest."""
    found = list(rows)
    return {name: [row[name] for row in found] for name in SCHEMAS[table]}


def _person(person: Person) -> Row:
    return {
        "id": person.id,
        "name": person.name,
        "me": person.me,
        "path": person.path,
        "aliases": list(person.aliases),
        "tags": list(person.tags),
        "scene": person.scene,
        "ignored": person.ignored,
    }


def _tie(tie: Tie, scores: Scores | None) -> Row:
    depth, warmth, due = (scores.get(tie, name) if scores else None for name in ("depth", "warmth", "follow_up"))
    parts = {name: scores.number(tie, name) if scores else None for name in ("know", "like", "trust")}
    return {
        "source": tie.people[0].id,
        "target": tie.people[1].id,
        "mine": tie.ego,
        "depth": _number(depth.value) if depth else None,
        "tie": depth.label if depth else None,
        **parts,
        "warmth": _number(warmth.value) if warmth else None,
        "warmth_label": warmth.label if warmth else None,
        "follow_up": due.value if due and isinstance(due.value, dt.date) else None,
        "first_contact": tie.first,
        "last_contact": tie.last,
        "contact_days": tie.days,
        "contacts": len(tie.contacts),
        "minutes": sum(contact.minutes for contact in tie.contacts),
    }


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
