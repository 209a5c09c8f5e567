"""Answers for an assistant: people, numbers, days and fixed phrases. Never a line, title or path of a note.

A name is the user's own text and may say anything, so it is one short line in a field of its own.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from netnotes.app.mcp.records import (
    Change,
    ContactAnswer,
    ForecastAnswer,
    HistoryAnswer,
    IntroduceAnswer,
    LeverAnswer,
    Month,
    Pair,
    PartAnswer,
    PathAnswer,
    PeopleAnswer,
    PersonAnswer,
    SceneAnswer,
    ScenesAnswer,
    Step,
    TodayAnswer,
    TodayItem,
    WhyAnswer,
)
from netnotes.app.relationships import Relationships
from netnotes.export.anonymize import CHANNELS, anonymous
from netnotes.insights.selection import Selection, select
from netnotes.model import Person, Tie
from netnotes.plugin.facts import Row
from netnotes.plugin_host.loader import bundled_report, with_options
from netnotes.scoring.depth import label
from netnotes.scoring.history import compute_history, month_ends
from netnotes.scoring.reports import run_report

LONGEST = 60
"""Longest name, in characters."""


def plain_name(text: str | None) -> str:
    """Return a name as one line of at most LONGEST characters, without control, format and private characters."""
    letters = unicodedata.normalize("NFC", text or "")
    plain = " ".join("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in letters).split())
    return f"{plain[: LONGEST - 1].rstrip()}…" if len(plain) > LONGEST else plain or "?"


def people(notes: Relationships, scene: str | None, tie: str | None, warmth: str | None, most: int) -> PeopleAnswer:
    """Return the owner's ties, deepest first, filtered. Raises NoSuchGroup."""
    wanted = Selection(scene=(scene,) if scene else (), tie=(tie,) if tie else (), warmth=(warmth,) if warmth else ())
    chosen = select(notes.outcome.network, notes.outcome.scores, wanted) if wanted else None
    ties = [each for each in notes.ties if chosen is None or each.person in chosen]
    scores = notes.outcome.scores
    ties.sort(key=lambda each: (not each.contacts, -(scores.number(each, "depth") or 0.0), each.person.id))
    return PeopleAnswer([_person(notes, each.person) for each in ties[:most]], max(0, len(ties) - most))


def why(notes: Relationships, name: str, latest: int) -> WhyAnswer:
    """Explain the depth of a tie. Raises PersonNotFound, AmbiguousName."""
    person = notes.person(name)
    found = notes.explain(person)
    contacts = [
        ContactAnswer(
            contact.date,
            contact.minutes,
            contact.encounter.channel if contact.encounter.channel in CHANNELS else None,
            contact.initiated_by,
            contact.others,
        )
        for contact in reversed(found.tie.contacts[-latest:])
    ]
    return WhyAnswer(
        _person(notes, person),
        [PartAnswer(part.name, part.value, part.weight) for part in found.parts],
        found.costliest.words if found.costliest else None,
        [_lever(lever.what, lever.depth) for lever in found.levers],
        contacts,
    )


def today(notes: Relationships) -> TodayAnswer:
    """Return what needs attention today."""
    rows = [row for row in _rows(notes, "today") if isinstance(row.on, Person)]
    items = [TodayItem(str(row.cells["kind"]), _person(notes, row.on)) for row in rows if isinstance(row.on, Person)]
    return TodayAnswer(notes.today, items)


def path(notes: Relationships, to: str) -> PathAnswer:
    """Return paths to a person, a scene or a company."""
    ways: dict[str, list[Step]] = {}
    for row in _rows(notes, "path", to=to):
        cells = {**row.cells, **row.more}
        step = Step(_named(cells["from"]), _named(cells["to"]), _float(cells["strength"]), str(cells["caution"] or ""))
        ways.setdefault(row.section, []).append(step)
    return PathAnswer(list(ways.values()))


def introduce(notes: Relationships) -> IntroduceAnswer:
    """Return the pairs worth introducing."""
    rows = [{**row.cells, **row.more} for row in _rows(notes, "introduce")]
    return IntroduceAnswer([Pair(_named(r["one"]), _named(r["other"]), _float(r["score"])) for r in rows])


def scenes(notes: Relationships) -> ScenesAnswer:
    """Return all scenes with their stages."""
    rows = [{**row.cells, **row.more} for row in _rows(notes, "scenes")]
    return ScenesAnswer(
        [
            SceneAnswer(
                _named(r["name"]),
                str(r["stage"]),
                _float(r["sigma"]),
                int(_float(r["people"])),
                int(_float(r["deep"])),
                _day(r["since"]),
            )
            for r in rows
        ]
    )


def map_page(notes: Relationships) -> str:
    """Return the map as a page with names of people and scenes, numbers and days, and nothing else of the notes."""
    from netnotes.map.page.render import page  # pyvis is slow to import
    from netnotes.map.page.timeline import compute_past
    from netnotes.scoring.views import alter_depths

    alters, earlier = alter_depths(notes.scored), compute_past(notes.scored)[0]
    shared = anonymous(notes.outcome, alters=alters, past=earlier, named=plain_name)
    return page(shared.outcome, vault_name="", vault_path="", evidence=False, alters=shared.alters, past=shared.past)


def history(notes: Relationships, name: str) -> HistoryAnswer:
    """Return depth and warmth of a tie at each month's end. Raises PersonNotFound, AmbiguousName."""
    person = notes.person(name)
    tie = notes.tie(person)
    if tie.first is None:
        return HistoryAnswer(plain_name(person.name), [])
    days = month_ends(tie.first, notes.today)
    scored = notes.scored
    found, _ = compute_history(
        scored.network, scored.plugins, scored.weights, days, ties=[tie], scores=scored.scores, limit=scored.limit
    )
    months = []
    for day, depth, warmth in zip(days, found.of(tie), found.of(tie, "warmth"), strict=True):
        then = tie.as_of(day)
        months.append(Month(day, depth, None if depth is None else label(depth, then.days), warmth, then.days))
    return HistoryAnswer(plain_name(person.name), months)


def forecast(notes: Relationships, days: int) -> ForecastAnswer:
    """Return the ties that cool or turn shallow within `days` if nothing is done."""
    changes = []
    for row in _rows(notes, "forecast", days=days):
        if isinstance(row.on, Tie):
            cells = {**row.cells, **row.more}
            changes.append(
                Change(
                    plain_name(row.on.person.name),
                    _day(cells["changes"]) or notes.today,
                    _word(cells["now"]),
                    _word(cells["then"]),
                    _float(cells["depth"]),
                    _float(cells["depth_then"]),
                )
            )
    return ForecastAnswer(days, changes)


def _rows(notes: Relationships, name: str, **given: object) -> Sequence[Row]:
    """Run a bundled report with the options of `netnotes.toml`, overridden by `given`."""
    plugin, hook = bundled_report(name)
    (own,) = with_options([plugin], notes.workspace.config)
    options: Any = own.options.get(hook.options) or (hook.options(**given) if given else hook.options())
    own = replace(own, options={**own.options, hook.options: replace(options, **given)})
    return run_report(hook, own, notes.scored).rows


def _person(notes: Relationships, person: Person) -> PersonAnswer:
    tie = notes.outcome.network.tie(person)
    scores = notes.outcome.scores.of(tie) if tie else {}
    depth, warmth, due = (scores.get(name) for name in ("depth", "warmth", "follow_up"))
    return PersonAnswer(
        plain_name(person.name),
        float(depth.value) if depth and isinstance(depth.value, int | float) else None,
        depth.label if depth else None,
        warmth.label if warmth else None,
        tie.last if tie else None,
        due.value if due and isinstance(due.value, dt.date) else None,
        tie.days if tie else 0,
        plain_name(person.scene) if person.scene else None,
    )


def _lever(what: str, depth: float) -> LeverAnswer:
    """Describe what would help, without scene names or person names, which are the user's text."""
    hours, _, how = what.partition(", ")
    if how.startswith(("outside ", "in ")):
        how = "in another scene than usual"
    elif how.startswith("suggested by ") and how != "suggested by you":
        how = "suggested by them"
    return LeverAnswer(f"{hours}, {how}" if how else hours, depth)


def _named(value: object) -> str:
    return plain_name(value.name if isinstance(value, Person) else str(value))


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _word(value: object) -> str | None:
    return str(value) if value else None
