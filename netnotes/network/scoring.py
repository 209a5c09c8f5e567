"""Run scorers in the order that their reads demand, check every fact, and hold the results.

Loads no plugin and knows no formula but `depth` (see `depth.py`). A scorer that fails loses its own facts, and those
of the scorers that read them; everything else goes on.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter

from netnotes.errors import UndeclaredRead
from netnotes.model import Person, Problem, Tie
from netnotes.network.depth import DEPTH, depths
from netnotes.network.draining import drain
from netnotes.network.ties import Network
from netnotes.plugin.hooks import Field, Plugin, Score, Scorer

Facts = dict[Tie, Score]


@dataclass(frozen=True, slots=True)
class Scores:
    """What all scorers said of all ties."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    """Every field that has an owner, `depth` among them, in the order of computation; failed ones too."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Field → plugin; `netnotes` owns depth."""
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """Field → tie → score. A field whose scorer failed is missing."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Weight of each field that depth is made of."""

    def get(self, tie: Tie, name: str) -> Score | None:
        """Return the score of field `name` for `tie`; None where there is none."""
        return self.facts.get(name, {}).get(tie)

    def number(self, tie: Tie, name: str) -> float | None:
        """Return the value of field `name` for `tie` where it is a number."""
        score = self.get(tie, name)
        return float(score.value) if score and isinstance(score.value, (int, float)) else None

    def of(self, tie: Tie) -> dict[str, Score]:
        """Return all scores of one tie, field → score, in the order of `fields`."""
        return {name: found[tie] for name in self.fields if tie in (found := self.facts.get(name, {}))}


@dataclass(frozen=True, slots=True)
class _Seat:
    """A scorer and the plugin that it sits in."""

    plugin: Plugin
    scorer: Scorer


def score(
    network: Network, plugins: Sequence[Plugin], weights: Mapping[str, float], *, strict: bool = False
) -> tuple[Scores, tuple[Problem, ...]]:
    """Score `network.ties` with every scorer of `plugins`, and weigh depth.

    With `strict` an exception in a scorer is raised instead of becoming a problem.
    """
    seats, problems = _seats(plugins)
    reads = {name: set(seat.scorer.reads) for name, seat in seats.items()}
    reads[DEPTH.name] = {name for name in weights if name in seats}
    problems += [
        Problem(f"[depth] weights: no plugin scores `{name}`", path="netnotes.toml", hint="enable its plugin")
        for name in weights
        if name not in seats
    ]
    facts: dict[str, Facts] = {}
    in_order, cyclic = _order(reads)
    problems += [Problem(f"`{name}` is not scored: it reads itself in a circle", plugin=_owner(seats, name),
                         hint="remove one of the `reads`") for name in cyclic]  # fmt: skip
    for name in in_order:
        if name == DEPTH.name:
            facts[name] = depths(network.ties, facts, weights)
            continue
        if name not in seats:
            continue
        seat = seats[name]
        if missing := sorted(read for read in reads[name] if read not in facts):
            problems.append(Problem(f"`{name}` is not scored: it reads `{missing[0]}`, which nothing scored",
                                    plugin=seat.plugin.name))  # fmt: skip
            continue
        found, said = _run(seat, network, facts, strict=strict)
        problems += said
        if found is not None:
            facts[name] = found
    fields = {
        name: DEPTH if name == DEPTH.name else seats[name].scorer.field
        for name in in_order
        if name in seats or name == DEPTH.name
    }
    owners = {name: _owner(seats, name) for name in fields}
    return Scores(fields, owners, facts, {n: w for n, w in weights.items() if n in facts}), tuple(problems)


def _seats(plugins: Sequence[Plugin]) -> tuple[dict[str, _Seat], list[Problem]]:
    """Give each field to its one owner; a field claimed twice goes to nobody but the first, bundled before others."""
    seats: dict[str, _Seat] = {}
    problems = []
    for plugin in plugins:
        for hook in plugin.hooks:
            if not isinstance(hook, Scorer):
                continue
            name = hook.field.name
            if name == DEPTH.name or name in seats:
                first = "NetNotes itself" if name == DEPTH.name else f"plugin `{seats[name].plugin.name}`"
                problems.append(Problem(f"field `{name}` has an owner already: {first}", plugin=plugin.name,
                                        hint="rename the field, or disable one of the two"))  # fmt: skip
                continue
            seats[name] = _Seat(plugin, hook)
    return seats, problems


def _order(reads: Mapping[str, set[str]]) -> tuple[list[str], list[str]]:
    """Sort fields so that what is read comes first; same input, same order. Also return what stands in circles."""
    graph = {name: sorted(wanted) for name, wanted in sorted(reads.items())}
    cyclic: list[str] = []
    while True:
        try:
            return list(TopologicalSorter(graph).static_order()), cyclic
        except CycleError as error:
            circle = set(error.args[1])
            cyclic += sorted(circle - {DEPTH.name})
            graph = {name: [w for w in wanted if w not in circle] for name, wanted in graph.items()
                     if name not in circle or name == DEPTH.name}  # fmt: skip


def _owner(seats: Mapping[str, _Seat], name: str) -> str:
    return seats[name].plugin.name if name in seats else "netnotes"


def _run(
    seat: _Seat, network: Network, facts: Mapping[str, Facts], *, strict: bool
) -> tuple[Facts | None, list[Problem]]:
    """Run one scorer on a network that shows it the fields it declared, and no others."""
    scorer = seat.scorer

    def reader(tie: Tie, name: str) -> Score | None:
        if name not in scorer.reads:
            raise UndeclaredRead(scorer.name, name)
        return facts[name].get(tie)

    view = replace(network, reader=reader)
    facts_of, problems = drain(scorer.name, seat.plugin, scorer.function, view, scorer.options, strict=strict)
    if facts_of is None:
        return None, problems
    known = frozenset(network.ties)
    found: Facts = {}
    for fact in facts_of:
        tie = _tie(fact, network)
        fault = _fault(fact, tie, known, found, scorer.field)
        if fault or tie is None:
            return None, [
                *problems,
                Problem(f"`{scorer.field.name}` dropped: {fault}", plugin=seat.plugin.name),
            ]
        found[tie] = fact
    return found, problems


def _tie(fact: object, network: Network) -> Tie | None:
    on = getattr(fact, "on", None)
    if isinstance(on, Person):
        return network.tie(on)
    return on if isinstance(on, Tie) else None


def _fault(fact: object, tie: Tie | None, known: frozenset[Tie], found: Facts, wanted: Field) -> str | None:
    """Return what is wrong with a fact, None if nothing is."""
    if not isinstance(fact, Score):
        return f"it yields {type(fact).__name__}, not Score"
    if tie is None or tie not in known:
        return "it scores somebody who is not in this network"
    who = tie.person.name
    if tie in found:
        return f"it scores {who} twice"
    if not isinstance(fact.because, str) or not isinstance(fact.label, str | None):
        return f"the reason and the label for {who} must be text"
    value = fact.value
    if isinstance(value, dt.datetime | bool) or not isinstance(value, int | float | str | dt.date):
        return f"{value!r} for {who} is neither a number nor a word nor a date"
    if isinstance(value, int | float) and not (math.isfinite(value) and wanted.low <= value <= wanted.high):
        return f"{value!r} for {who} is not within {wanted.low:g} to {wanted.high:g}"
    return None
