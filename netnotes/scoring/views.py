"""A network with its scores, for reports, stylers, exporters, watchers and commands.

The scores of the ego's ties on the network's own day are given. Scores between two others and on other days
(`network.as_of(day)`) are computed on first use, then kept; of the ego's ties, by the scorers that a field needs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from netnotes.incremental import ScoreMemory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem, Tie
from netnotes.network.network import Network
from netnotes.plugin.call import TimeLimit, no_limit
from netnotes.plugin.facts import Score, Style
from netnotes.plugin.hooks import Plugin, Reads
from netnotes.plugin.network_view import NetworkView, Scorable
from netnotes.plugin.notes import NO_SOURCES, Sources
from netnotes.scoring.access import Access
from netnotes.scoring.depth import DEPTH
from netnotes.scoring.fact_checks import note_key
from netnotes.scoring.history import compute_history, has_history
from netnotes.scoring.runner import needed, score, scorers
from netnotes.scoring.scores import Scores

FEW = 500
"""Ties between others that are scored one at a time.

After that all are scored, since the function will probably ask for all.
"""
_MOST_ALTERS = 12_000
"""Most ties between others that are scored, those with the most contacts. Takes about a second."""


@dataclass(slots=True, eq=False)
class ScoredNetwork:
    """A network with its scores, and everything needed to score another day."""

    network: Network
    scores: Scores
    plugins: Sequence[Plugin] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    limit: TimeLimit = no_limit
    strict: bool = False
    sources: Sources = NO_SOURCES
    problems: list[Problem] = field(default_factory=list, repr=False, compare=False)
    """Problems of scorers on other days, or on ties between two others."""
    _between_others: dict[dt.date, Scores] = field(default_factory=dict, repr=False, compare=False)
    """Day → the scores of the ties between others."""
    _own: dict[tuple[dt.date, int, str], tuple[Sequence[Tie], Scores]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """(Day, which ties, field) → those ties of the ego, and scores of theirs."""
    _few: dict[tuple[dt.date, Tie, str], Scores] = field(default_factory=dict, repr=False, compare=False)
    """(Day, tie between others, field) → scores of that tie."""
    _values: dict[tuple[dt.date, str], dict[Tie, float | None] | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    """(Day, field) → the numbers of ties between others that were asked for; None if they must be scored."""
    _known: dict[dt.date, tuple[tuple[Tie, ...], dict[Tie, Tie]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Day → the ties between others, as a list and mapped to themselves."""

    def access(
        self, who: str, reads: Reads | None = None, styles: Callable[[], Mapping[object, Style]] = dict
    ) -> Access:
        """Return the access of the function `who`, limited to what it declared to read; unlimited if None."""
        found = (self.network, self.scores.fields, self._score, self._value, self._history)
        return Access(who, reads, *found, styles, self.sources)

    def view(self, who: str, styles: Callable[[], Mapping[object, Style]] = dict) -> NetworkView:
        """Return the network for a command or a test, which may read everything."""
        return NetworkView(self.network, self.access(who, None, styles))

    @property
    def alters(self) -> Scores:
        """The scores of the ties between two others."""
        return self.of_others(self.network)

    def of_others(self, network: Network) -> Scores:
        """Return the scores of the ties between others, on the day of `network`."""
        if network.today not in self._between_others:
            self._between_others[network.today] = self._run(network, network.alter_ties, self.plugins)
        return self._between_others[network.today]

    def _of_own(self, network: Network, name: str) -> Scores:
        """Return scores of the ego's ties in `network` on its day: those of the field `name`, and what it needs."""
        # A plugin may use only some ties of a day, or imagined ones: they must not replace all of that day.
        if network.ties is self.network.ties and network.today == self.network.today:
            return self.scores
        key = (network.today, id(network.ties), name)
        if key not in self._own:
            # Keeping the ties alive prevents Python from using their id again.
            self._own[key] = network.ties, self._run(network, None, needed(self.plugins, self.weights, [name]))
        return self._own[key][1]

    def _score(self, network: Network, on: Scorable, name: str) -> Score | None:
        if not isinstance(on, Tie):
            return self.scores.on_notes.get(name, {}).get(note_key(on))
        if on.ego:
            return self._of_own(network, name).get(on, name)
        return (self._alone(network, on, name) or self.of_others(network)).get(on, name)

    def _value(self, network: Network, tie: Tie, name: str) -> float | None:
        """Return the number of a field of a tie between others. Finding its score takes twice as long."""
        key = (network.today, name)
        if key not in self._values:
            self._values[key] = {} if has_history(self.plugins, self.weights, name) else None
        known = self._values[key]
        if known is None or network.today in self._between_others:
            score = self._score(network, tie, name)
            return float(score.value) if score and isinstance(score.value, int | float) else None
        if tie not in known and tie in self._between(network):
            # As with scores: most reports need a few.
            ties = (self._between(network)[tie],) if len(known) < FEW else network.alter_ties
            history, problems = compute_history(
                network, self.plugins, self.weights, [network.today], fields=[name], ties=ties, limit=self.limit
            )
            self._note(problems)
            known.update((each, history.of(each, name)[0]) for each in ties)
        return known.get(tie)

    def _history(self, network: Network, name: str, days: Sequence[dt.date]) -> Mapping[Tie, tuple[float | None, ...]]:
        own = self.scores if network is self.network else None
        history, problems = compute_history(
            network, self.plugins, self.weights, days, fields=[name], scores=own, limit=self.limit
        )
        self._note(problems)
        return history.values[name]

    def _alone(self, network: Network, tie: Tie, name: str) -> Scores | None:
        """Return the scores of one tie between two others; None if all of them should be scored.

        There may be a hundred thousand, and most reports need a few.
        """
        key = (network.today, tie, name)
        if key in self._few:
            return self._few[key]
        if len(self._few) >= FEW or network.today in self._between_others:
            return None
        asked = needed(self.plugins, self.weights, [name])
        if not all(scorer.per_tie for scorer in scorers(asked)) or tie not in self._between(network):
            return None
        self._few[key] = self._run(network, (self._between(network)[tie],), asked)
        return self._few[key]

    def _between(self, network: Network) -> dict[Tie, Tie]:
        ties = network.alter_ties
        if self._known.get(network.today, ((), {}))[0] is not ties:
            self._known[network.today] = ties, {tie: tie for tie in ties}
        return self._known[network.today][1]

    def _run(self, network: Network, between: Sequence[Tie] | None, plugins: Sequence[Plugin]) -> Scores:
        scored = {scorer.field.name for scorer in scorers(plugins)}
        weights = {name: weight for name, weight in self.weights.items() if name in scored}
        scores, problems = score(
            *(network, plugins, weights, ScoreMemory()),
            between=between,
            sources=self.sources,
            strict=self.strict,
            limit=self.limit,
        )
        self._note(problems)
        return scores

    def _note(self, problems: Sequence[Problem]) -> None:
        self.problems.extend(problem for problem in dict.fromkeys(problems) if problem not in self.problems)


def alter_depths(scored: ScoredNetwork, most: int = _MOST_ALTERS) -> Scores:
    """Return the depths of at most `most` ties between others, those with the most contacts."""
    network = scored.network
    ties = _strongest(network.alter_ties, most)
    plugins = needed(scored.plugins, scored.weights, [DEPTH.name])
    scores, problems = score(
        *(network, plugins, scored.weights, ScoreMemory()),
        between=ties,
        sources=scored.sources,
        strict=scored.strict,
        limit=scored.limit,
    )
    scored.problems.extend(problem for problem in problems if problem not in scored.problems)
    return scores


def _strongest(ties: Sequence[Tie], most: int) -> tuple[Tie, ...]:
    """Return the ties with the most contacts, in the given order; among equals, those that met last."""
    if len(ties) <= most:
        return tuple(ties)
    order = sorted(range(len(ties)), key=lambda at: (-len(ties[at].contacts), -_last(ties[at]), at))
    return tuple(ties[at] for at in sorted(order[:most]))


def _last(tie: Tie) -> int:
    return tie.last.toordinal() if tie.last else 0
