"""Explain the depth of a tie: parts and factors, what costs most, what would help, its history. Prints nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field

from netnotes.extract.people.declarations import cadence, is_bad_count, rating
from netnotes.insights.what_if import Lever, levers
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem, Tie
from netnotes.plugin.facts import Score
from netnotes.scoring.depth import DEPTH, THIN_DAYS, Cost, costliest, costs
from netnotes.scoring.history import compute_history, last_months
from netnotes.scoring.views import ScoredNetwork

MOVING: Mapping[str, Callable[[Person], float | None]] = {
    "closeness": lambda p: rating(p, "closeness"),
    "trust": lambda p: rating(p, "trust"),
    "cadence": cadence,
}
"""Properties of a person's note that change a part of depth, and how they are read."""
SHOWN = ("known_since", "met", "since", "favours", "introduced_by", "kin", "relation")
"""Other properties that `why` shows; they change nothing."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a depth."""

    name: str
    value: float
    weight: float
    """Its share of the weights of all parts with a value; the shares add up to 1."""
    factor: float
    """(.02 + .98 value)^weight; the factors of all parts multiply to the depth."""
    because: str


@dataclass(frozen=True, slots=True)
class Why:
    """The whole explanation of one tie."""

    tie: Tie
    today: dt.date
    scores: Mapping[str, Score]
    parts: tuple[Part, ...]
    """The heaviest part first."""
    levers: tuple[Lever, ...] = ()
    """What would help, the most effective first; empty for ties between two others."""
    trend: tuple[tuple[dt.date, float | None, float | None], ...] = ()
    """(day, depth, warmth) at the end of each month of the last year, and today."""
    declared: Mapping[str, object] = field(default_factory=dict)
    """What the person's note declares about the tie, as written."""
    problems: tuple[Problem, ...] = ()
    """Problems with scorers that could not compute the trend."""

    @property
    def thin(self) -> bool:
        """Whether there are too few contact days to call it deep or shallow."""
        return 0 < self.tie.days < THIN_DAYS

    @property
    def costliest(self) -> Cost | None:
        """The part that costs most depth, weights included."""
        return costliest({part.name: part.value for part in self.parts}, {p.name: p.weight for p in self.parts})

    @property
    def unweighed(self) -> dict[str, Score]:
        """Fields that are not part of depth."""
        weighed = {part.name for part in self.parts}
        return {name: score for name, score in self.scores.items() if name not in weighed and name != DEPTH.name}


def explain_tie(scored: ScoredNetwork, tie: Tie) -> Why:
    """Explain `tie`, of the ego or between two others."""
    network = scored.network
    known = scored.scores if tie.ego else scored.alters
    days = last_months(network.today, MONTHS)
    history, problems = compute_history(
        network, scored.plugins, scored.weights, days, ties=[tie], scores=known, limit=scored.limit
    )
    trend = tuple(zip(days, history.of(tie), history.of(tie, "warmth"), strict=True))
    return Why(
        tie,
        network.today,
        known.of(tie),
        _parts(known.of(tie), scored.weights),
        levers(network, tie, scored.plugins, scored.weights, scored.limit) if tie.ego else (),
        trend if tie.contacts else (),
        _declared(tie.person) if tie.ego else {},
        problems,
    )


def _declared(person: Person) -> dict[str, object]:
    """Return the valid declarations of a note; an invalid one is a problem with its line, and left out."""
    declared = {key: value for key in (*MOVING, *SHOWN) if not is_bad_count(value := person.value(key))}
    return {
        key: value
        for key, value in declared.items()
        if value is not None and (key not in MOVING or MOVING[key](person) is not None)
    }


def _parts(scores: Mapping[str, Score], weights: Mapping[str, float]) -> tuple[Part, ...]:
    """Return the parts of depth with their factors."""
    values = {
        name: float(score.value)
        for name in sorted(weights, key=lambda n: -weights[n])
        if weights[name] > 0 and (score := scores.get(name)) and isinstance(score.value, int | float)
    }
    total = sum(weights[name] for name in values)
    return tuple(
        Part(cost.part, values[cost.part], weights[cost.part] / total, cost.factor, scores[cost.part].because)
        for cost in costs(values, weights)
    )
