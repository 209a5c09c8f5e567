"""Run scorers in the order of their dependencies, check every fact, and store the results.

Loads no plugin and knows no formula but `depth` (see `depth.py`). If a scorer fails, its facts and those of the scorers
that read them are dropped; everything else goes on. Earlier scores that are still valid are not computed again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from copy import copy
from dataclasses import replace
from functools import partial
from graphlib import CycleError, TopologicalSorter

from netnotes.differences import differences
from netnotes.errors import NotScoredHere
from netnotes.incremental import ScoreMemory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Failure, Problem, Tie
from netnotes.network.network import Network
from netnotes.options import did_you_mean
from netnotes.plugin.call import TimeLimit, collect_facts, failure, no_limit
from netnotes.plugin.facts import Field, Score
from netnotes.plugin.hooks import Plugin, Scorer
from netnotes.plugin.network_view import NetworkView, Scorable
from netnotes.plugin.notes import NO_SOURCES, Sources
from netnotes.scoring.access import Access
from netnotes.scoring.depth import DEPTH, depths, weighable
from netnotes.scoring.fact_checks import note_key, score_check
from netnotes.scoring.scores import Facts, NoteFacts, Scores

MOST_FACTS_PER_TIE = 8
"""Most facts that a function may yield per person and tie, plus a thousand. More counts as endless."""


@dataclass(frozen=True, slots=True)
class _Seat:
    """A scorer and its plugin."""

    plugin: Plugin
    scorer: Scorer


def most_facts(network: Network | NetworkView, more: Sized = (), *, seen_notes: int = 0) -> int:
    """Return how many facts a function may yield for `network`, `more` things, and the notes it has read."""
    return 1000 + MOST_FACTS_PER_TIE * (len(network.ties) + len(network.people) + len(more) + seen_notes)


def score(
    network: Network,
    plugins: Sequence[Plugin],
    weights: Mapping[str, float],
    memory: ScoreMemory,
    *,
    between: Sequence[Tie] | None = None,
    sources: Sources = NO_SOURCES,
    strict: bool = False,
    limit: TimeLimit = no_limit,
) -> tuple[Scores, tuple[Problem, ...]]:
    """Score `network.ties` with every scorer of `plugins`, and compute depth.

    With `between`, score these ties between two others instead, with the scorers that support them. With `strict` an
    exception in a scorer is raised instead of becoming a problem. `limit` is the time limit. Unchanged ties in `memory`
    are not scored again by scorers that look at one tie at a time.
    """
    seats, problems = _seats(plugins)
    if between is not None:
        seats = {name: seat for name, seat in seats.items() if seat.scorer.between}
        weights = {name: weight for name, weight in weights.items() if name in seats}
    problems += _weight_problems(seats, weights)
    weights = {n: weight for n, weight in weights.items() if n not in seats or weighable(seats[n].scorer.field)}
    reads = {name: set(seat.scorer.reads.fields) for name, seat in seats.items()}
    reads[DEPTH.name] = {name for name in weights if name in seats}
    in_order, cyclic = _order(reads)
    problems += [
        failure(
            seats[name].plugin,
            seats[name].scorer.name,
            "skipped",
            "was not run: it reads its own field, itself or through others",
            "remove one of the `reads`",
        )
        for name in cyclic
    ]
    ties = network.ties if between is None else tuple(between)
    update = Update(memory, network.today, ties, plugins, weights)
    silent = {DEPTH.name}
    facts: dict[str, Facts] = {}
    on_notes: dict[str, NoteFacts] = {}
    fields = {
        name: DEPTH if name == DEPTH.name else seats[name].scorer.field
        for name in in_order
        if name in seats or name == DEPTH.name
    }
    for name in in_order:
        if name == DEPTH.name:
            few = update.narrow(name, reads[name], per_tie=True)
            weighed = depths(ties if few is None else few, facts, weights)
            facts[name] = update.whole(name, weighed)
            continue
        if name not in seats:
            continue
        seat = seats[name]
        if missing := sorted(read for read in seat.scorer.reads.required if read not in facts):
            problems.append(_skipped(seat, missing[0], facts, between=between is not None))
            continue
        found: Facts = {}
        noted: NoteFacts = {}
        # The text may change while the encounters stay the same.
        alone = seat.scorer.per_tie and not seat.scorer.reads.text
        few = update.narrow(name, reads[name], per_tie=alone)
        access = _access(seat.scorer, network, facts, on_notes, update.ties, fields, sources)
        well, new_problems = collect_facts(
            seat.scorer,
            seat.plugin,
            NetworkView(network, access, ties if few is None else few),
            partial(_bound, network, ties, access),
            score_check(seat.scorer.field, network, update.ties, few, access.note_keys, found, noted),
            limit=limit,
            strict=strict,
        )
        problems += new_problems if between is None else map(_between, new_problems)
        if well:
            facts[name] = update.whole(name, found)
            on_notes[name] = noted
            silent |= {name} if not new_problems else set()
    update.keep(facts, silent)
    owners = {name: _owner(seats, name) for name in fields}
    kept = {name: weight for name, weight in weights.items() if name in facts}
    return Scores(fields, owners, facts, kept, reads, on_notes), tuple(problems)


def _bound(network: Network, ties: Sequence[Tie], access: Access) -> int:
    return most_facts(network, ties, seen_notes=access.seen_notes)


def _weight_problems(seats: Mapping[str, _Seat], weights: Mapping[str, float]) -> list[Problem]:
    """Return the problems with the weights of depth."""
    problems = []
    for name in weights:
        if name not in seats:
            message, hint = f"no plugin scores `{name}`", "enable its plugin"
        elif not weighable(seats[name].scorer.field):
            message = f"`{name}` does not run from 0 to 1 and is not weighed"
            hint = "take it out, or weigh a field that does"
        else:
            continue
        problems.append(Problem(f"[depth] weights: {message}", path="netnotes.toml", hint=hint))
    return problems


def not_scored(missing: str, facts: Collection[str]) -> tuple[str, str]:
    """Return the message and the hint about a function that was not run, since the field it reads has no scores."""
    return (
        f"was not run: it reads `{missing}`, which nothing scored{did_you_mean(missing, facts)}",
        f"enable the plugin that scores `{missing}`; in your own plugin, `{missing}?` declares that it may be missing",
    )


def _skipped(seat: _Seat, missing: str, facts: Collection[str], *, between: bool) -> Problem:
    """Build the problem for a scorer that did not run because a field it reads is missing."""
    problem = failure(seat.plugin, seat.scorer.name, "skipped", *not_scored(missing, facts))
    return _between(problem) if between else problem


def _between(problem: Problem) -> Problem:
    return replace(problem, message=f"{problem.message} (for ties between two others)")


def _seats(plugins: Sequence[Plugin]) -> tuple[dict[str, _Seat], list[Problem]]:
    """Give each field to one scorer: the first that claims it, bundled ones before others."""
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
    """Sort fields by dependency; same input, same order.

    Also return the fields that depend on each other in a circle.
    """
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


def _access(
    scorer: Scorer,
    network: Network,
    facts: Mapping[str, Facts],
    on_notes: Mapping[str, NoteFacts],
    known: Mapping[Tie, Tie],
    fields: Mapping[str, Field],
    sources: Sources,
) -> Access:
    """Return one scorer's access: its declared fields, for the ties that are being scored."""

    def look_up(asked: Network, on: Scorable, name: str) -> Score | None:
        if not isinstance(on, Tie):
            return on_notes.get(name, {}).get(note_key(on))
        found = facts.get(name, {}).get(on)
        other = asked.today != network.today or asked.ties is not network.ties
        if other or (found is None and on not in known):
            raise NotScoredHere(scorer.name, name)
        return found

    return Access(scorer.name, scorer.reads, network, fields, look_up, sources=sources)


def needed(plugins: Sequence[Plugin], weights: Mapping[str, float], names: Iterable[str]) -> tuple[Plugin, ...]:
    """Return the plugins with only the scorers that `names` depend on; depth depends on all weighted fields."""
    reads: dict[str, Collection[str]] = {scorer.field.name: scorer.reads.fields for scorer in scorers(plugins)}
    reads[DEPTH.name] = tuple(weights)
    wanted: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name not in wanted:
            wanted.add(name)
            ahead += reads.get(name, ())
    return tuple(
        replace(plugin, hooks=tuple(hook for hook in scorers([plugin]) if hook.field.name in wanted))
        for plugin in plugins
    )


def scorers(plugins: Iterable[Plugin]) -> list[Scorer]:
    """Return all scorers of the plugins, in order."""
    return [hook for plugin in plugins for hook in plugin.hooks if isinstance(hook, Scorer)]


def _ids(tie: Tie) -> tuple[str, str]:
    return tie.people[0].id, tie.people[1].id


class Update:
    """One call's use of the earlier scores."""

    def __init__(
        self,
        known: ScoreMemory,
        today: dt.date,
        ties: Sequence[Tie],
        plugins: Sequence[Plugin],
        weights: Mapping[str, float],
    ) -> None:
        self._known = known
        self._new = ScoreMemory(tuple(plugins), dict(weights), today, tuple(ties))
        same = (known.plugins, known.weights, known.today) == (self._new.plugins, self._new.weights, today)
        self._few: tuple[Tie, ...] | None = None
        self._drop: frozenset[Tie] = frozenset()
        if same:
            gone, new = differences(known.in_order, self._new.in_order, _ids)
            self._few = tuple(new)
            kept = dict(known.ties)
            for tie in gone:
                kept.pop(tie, None)
            self._new.ties = kept | {tie: tie for tie in self._few}
            self._drop = frozenset((*self._few, *gone))
        else:
            self._new.ties = {tie: tie for tie in ties}
        self._narrow: set[str] = set()

    @property
    def ties(self) -> Mapping[Tie, Tie]:
        """All ties, each mapped to itself, to find this network's tie for an equal earlier one."""
        return self._new.ties

    def narrow(self, name: str, reads: Collection[str], *, per_tie: bool) -> tuple[Tie, ...] | None:
        """Return the ties whose field `name` must be scored; None for all."""
        if self._few is None or not per_tie or name not in self._known.facts:
            return None
        if name not in self._known.silent or not self._narrow.issuperset(reads):
            return None
        self._narrow.add(name)
        return self._few

    def whole(self, name: str, found: Facts) -> Facts:
        """Return all scores of a field: the new ones in `found` and the earlier ones that are still valid."""
        if name not in self._narrow:
            return found
        kept = copy(self._known.facts[name])
        for tie in self._drop:
            # Remove first: otherwise the equal key, which is the old tie, would stay.
            if tie in kept:
                del kept[tie]
        kept.update(found)
        return kept

    def keep(self, facts: Mapping[str, Facts], silent: Iterable[str]) -> None:
        """Store the scores for the next call."""
        narrow = self._few is not None and self._narrow.issuperset(facts) and facts.keys() == self._known.facts.keys()
        new, known = self._new, self._known
        known.plugins, known.weights, known.today = new.plugins, new.weights, new.today
        known.in_order, known.ties = new.in_order, new.ties
        known.facts, known.silent = facts, frozenset(silent)
        known.rescored = self._drop if narrow else None
