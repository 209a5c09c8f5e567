"""Networks made of a few words, for tests: no vault, no disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.model import Encounter, Initiative, Person, Tie
from netnotes.network.network import Network, build_network
from netnotes.plugin_host import loader
from netnotes.scoring.runner import score
from netnotes.scoring.scores import Scores

TODAY = dt.date(2026, 6, 30)
ME = Person("me", "me", me=True)
ADA = Person("People/Ada.md", "Ada", path="People/Ada.md")
WEIGHTS = Config().depth.weights


@dataclass(frozen=True)
class Met:
    """One encounter with Ada."""

    days_ago: int
    minutes: float | None = 60
    others: int = 1
    by: Initiative | None = None
    context: str | None = None
    own: bool = False
    channel: str | None = "in person"
    length: float | None = None
    """Of the whole encounter, where `minutes` are Ada's own."""


def encounter(met: Met, line: int = 1) -> Encounter:
    crowd = tuple(Person(f"People/Guest {n}.md", f"Guest {n}") for n in range(met.others - 1))
    return Encounter(
        date=TODAY - dt.timedelta(met.days_ago),
        people=(ADA, *crowd),
        path="Daily.md",
        line=line,
        minutes=met.length if met.own else met.minutes,
        minutes_by_person={ADA.id: met.minutes} if met.own and met.minutes else {},
        channel=met.channel,
        initiated_by=met.by,
        scene=met.context,
    )


def network(mets: Iterable[Met], today: dt.date = TODAY, ada: Person = ADA) -> Network:
    encounters = [encounter(met, line) for line, met in enumerate(mets, 1)]
    people = {person.id: person for e in encounters for person in e.people} | {ada.id: ada}
    return build_network(people.values(), ME, encounters, today)


def scored(mets: Iterable[Met], today: dt.date = TODAY, ada: Person = ADA) -> tuple[Tie, Scores]:
    """Return Ada's tie and everybody's scores by the bundled plugins."""
    made = network(mets, today, ada)
    scores, problems = score(made, loader.bundled(Config()), WEIGHTS, ScoreMemory())
    assert not problems
    tie = made.tie(ADA)
    assert tie is not None
    return tie, scores


def depth(mets: Iterable[Met], today: dt.date = TODAY, ada: Person = ADA) -> float:
    tie, scores = scored(mets, today, ada)
    value = scores.number(tie, "depth")
    assert value is not None
    return value
