"""Run scorers in the order that their reads demand, check every fact, and hold the results.

Loads no plugin and knows no formula but `depth` (see `depth.py`). A scorer that fails loses its own facts, and those
of the scorers that read them; everything else goes on.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from netnotes.errors import NotScoredHere, UndeclaredRead
from netnotes.model import Failure, Person, Problem, Tie
from netnotes.network.network import Network
from netnotes.plugin.call import Check, TimeLimit, collect_facts, failure, no_limit
from netnotes.plugin.facts import Field, Score, Value
from netnotes.plugin.hooks import Plugin, Scorer
from netnotes.scoring.changed import Facts, Known, Update
from netnotes.scoring.depth import DEPTH, depths, weighable

MOST_FACTS_PER_TIE = 8
"""Facts a function may yield for each person and tie of the network, above a thousand for all; more is endless."""


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
    reads: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Field → the fields that it rests on; of depth, all that are to be weighed."""

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


def most_facts(network: Network, ties: Sized = ()) -> int:
    """Return how many facts a function may yield for `network`, and for `ties` beyond those to be scored."""
    return 1000 + MOST_FACTS_PER_TIE * (len(network.ties) + len(network.people) + len(ties))


def score(
    network: Network,
    plugins: Sequence[Plugin],
    weights: Mapping[str, float],
    *,
    strict: bool = False,
    limit: TimeLimit = no_limit,
    known: Known | None = None,
) -> tuple[Scores, tuple[Problem, ...]]:
    """Score `network.ties` with every scorer of `plugins`, and weigh depth.

    With `strict` an exception in a scorer is raised instead of becoming a problem. `limit` bounds and measures time.
    Ties that are `known`, and the same, are not scored again by scorers that promise to look at each by itself.
    """
    seats, problems = _seats(plugins)
    update = Update(Known() if known is None else known, network, plugins, weights)
    silent = {DEPTH.name}
    if unfit := [name for name in weights if name in seats and not weighable(seats[name].scorer.field)]:
        weights = {name: weight for name, weight in weights.items() if name not in unfit}
        problems += [
            Problem(
                f"[depth] weights: `{name}` does not run from 0 to 1 and is not weighed",
                path="netnotes.toml",
                hint="take it out, or weigh a field that does",
            )
            for name in unfit
        ]
    reads = {name: set(seat.scorer.reads) for name, seat in seats.items()}
    reads[DEPTH.name] = {name for name in weights if name in seats}
    problems += [
        Problem(f"[depth] weights: no plugin scores `{name}`", path="netnotes.toml", hint="enable its plugin")
        for name in weights
        if name not in seats
    ]
    own = {id(tie): tie for tie in network.ties}
    facts: dict[str, Facts] = {}
    in_order, cyclic = _order(reads)
    problems += [
        failure(
            seats[name].plugin,
            seats[name].scorer.name,
            "skipped",
            "was not run: it reads itself in a circle",
            "remove one of the `reads`",
        )
        for name in cyclic
    ]
    for name in in_order:
        if name == DEPTH.name:
            few = update.narrow(name, reads[name], per_tie=True)
            weighed = depths(network.ties if few is None else few, facts, weights)
            facts[name] = update.whole(name, weighed)
            continue
        if name not in seats:
            continue
        seat = seats[name]
        if missing := sorted(read for read in reads[name] if read not in facts):
            why = f"was not run: it reads `{missing[0]}`, which nothing scored"
            problems.append(failure(seat.plugin, seat.scorer.name, "skipped", why))
            continue
        found: Facts = {}
        few = update.narrow(name, reads[name], per_tie=seat.scorer.per_tie)
        view = _view(seat.scorer, network, facts, update.ties, few)
        check = _check(seat.scorer, network, own, update.ties, found)
        well, said = collect_facts(
            seat.scorer, seat.plugin, view, most_facts(network), check, limit=limit, strict=strict
        )
        problems += said
        if well:
            facts[name] = update.whole(name, found)
            silent |= {name} if not said else set()
    update.keep(facts, silent)
    fields = {
        name: DEPTH if name == DEPTH.name else seats[name].scorer.field
        for name in in_order
        if name in seats or name == DEPTH.name
    }
    owners = {name: _owner(seats, name) for name in fields}
    kept = {name: weight for name, weight in weights.items() if name in facts}
    return Scores(fields, owners, facts, kept, reads), tuple(problems)


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
                problems.append(
                    Problem(
                        f"field `{name}` has an owner already: {first}",
                        plugin=plugin.name,
                        hint="rename the field, or disable one of the two",
                        failure=Failure(hook.name, "skipped"),
                    )
                )
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
            graph = {
                name: [w for w in wanted if w not in circle]
                for name, wanted in graph.items()
                if name not in circle or name == DEPTH.name
            }


def _owner(seats: Mapping[str, _Seat], name: str) -> str:
    return seats[name].plugin.name if name in seats else "netnotes"


def _view(
    scorer: Scorer,
    network: Network,
    facts: Mapping[str, Facts],
    known: Mapping[Tie, Tie],
    few: tuple[Tie, ...] | None,
) -> Network:
    """Return the network as one scorer sees it: with the fields it declared, and no others; with a few ties, or all."""

    def reader(asked: Network, tie: Tie, name: str) -> Score | None:
        if name not in scorer.reads:
            raise UndeclaredRead(scorer.name, name)
        found = facts[name].get(tie)
        if asked.today != network.today or (found is None and tie not in known):
            raise NotScoredHere(scorer.name, name)
        return found

    return replace(network, reader=reader, ties=network.ties if few is None else few)


def _check(scorer: Scorer, network: Network, own: Mapping[int, Tie], known: Mapping[Tie, Tie], found: Facts) -> Check:
    """Return what keeps a scorer's facts in `found`, under the host's own ties and as plain values.

    `own` are the network's ties by identity: most facts are on the very ties that the scorer was shown.
    """
    wanted = scorer.field
    low, high = wanted.low, wanted.high
    of_ego = not network.ties or network.ties[0].ego

    def check(fact: Any) -> str | None:
        if type(fact) is not Score:
            return f"it yields {type(fact).__name__}, not Score"
        value, label = fact.value, fact.label
        tie = own.get(id(fact.on)) or _tie(fact.on, network, known)
        if tie is None:
            # A scorer of people has nothing to say of the ties between two others.
            return (
                None if isinstance(fact.on, Person) and not of_ego else "it scores somebody who is not in this network"
            )
        if type(fact.because) is not str or (label is not None and type(label) is not str):
            return f"the reason and the label for {_who(tie)} must be text"
        # The usual case first: this is asked for each tie of each field.
        if type(value) is not float or not low <= value <= high or value == math.inf:
            value = plain(value)
            if fault := _fault(value, wanted):
                return f"{fault[:100]} for {_who(tie)}"
        if fact.on is not tie or fact.value is not value:
            fact = replace(fact, on=tie, value=value)
        return None if found.setdefault(tie, fact) is fact else f"it scores {_who(tie)} twice"

    return check


def _tie(on: object, network: Network, known: Mapping[Tie, Tie]) -> Tie | None:
    """Return the host's own tie for what a fact is on: an equal tie, or a person."""
    if isinstance(on, Person):
        on = network.tie(on)
    return known.get(on) if isinstance(on, Tie) else None


def _who(tie: Tie) -> str:
    return tie.person.name if tie.ego else f"{tie.people[0].name} and {tie.people[1].name}"


def _fault(value: Value, wanted: Field) -> str | None:
    """Return what is wrong with a plain value, None if nothing is."""
    kind = type(value)
    if isinstance(value, float | int) and kind is not bool:
        fits = wanted.low <= value <= wanted.high and math.isfinite(value)
        return None if fits else f"{value!r} is not within {wanted.low:g} to {wanted.high:g}"
    return None if kind in (str, dt.date) else f"{value!r} is neither a number nor a word nor a date"


def plain(value: Value) -> Value:
    """Return a value of any subclass as the plain number, word or date that it is, whatever the subclass says."""
    kind = type(value)
    if kind in (float, int, str, dt.date, bool) or isinstance(value, dt.datetime):
        return value
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, str):
        return str.__str__(value)
    return dt.date.fromordinal(dt.date.toordinal(value)) if isinstance(value, dt.date) else value
