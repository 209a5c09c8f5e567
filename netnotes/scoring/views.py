"""The network as one plugin's function sees it: with the scores it declared to read, and no others.

Scores of the ego's ties on the network's own day are there already. Those between two others, and those of another
day (`network.as_of(day)`), are worked out when a function first asks for them, and then kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from netnotes.errors import UndeclaredRead
from netnotes.model import Tie
from netnotes.network.network import Network
from netnotes.plugin.call import TimeLimit, no_limit
from netnotes.plugin.facts import Score
from netnotes.plugin.hooks import Plugin
from netnotes.scoring.dependencies import needed, scorers
from netnotes.scoring.runner import Scores, score

FEW = 500
"""Ties between others that are scored one by one; whoever asks for more is likely to ask for all."""


@dataclass(frozen=True, slots=True)
class ScoredNetwork:
    """A network with its scores, and all it takes to score another day of it."""

    network: Network
    scores: Scores
    plugins: Sequence[Plugin] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    limit: TimeLimit = no_limit
    _others: dict[tuple[dt.date, bool, int], tuple[object, Scores]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Day, whether the ego's, and which ties where not all → those ties and their scores."""
    _few: dict[tuple[dt.date, Tie, str], Scores] = field(default_factory=dict, repr=False, compare=False)
    """Day, tie between others and field → what was scored of that tie alone."""
    _known: dict[dt.date, tuple[tuple[Tie, ...], dict[Tie, Tie]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Day → the ties between others, as found and by themselves."""

    def view(self, who: str, reads: Sequence[str] | None) -> Network:
        """Return the network for the function `who`, which reads the fields `reads`; every field for None."""

        def read(network: Network, tie: Tie, name: str) -> Score | None:
            if reads is not None and name not in reads:
                raise UndeclaredRead(who, name)
            found = None if tie.ego else self._alone(network, tie, name)
            return (self.of(network, ego=tie.ego) if found is None else found).get(tie, name)

        return replace(self.network, reader=read)

    @property
    def alters(self) -> Scores:
        """The scores of the ties between two others."""
        return self.of(self.network, ego=False)

    def _alone(self, network: Network, tie: Tie, name: str) -> Scores | None:
        """Return the scores of one tie between two others, without those of all; None where all are to be scored.

        There may be a hundred thousand of them, and most reports ask for a few.
        """
        key = (network.today, tie, name)
        if key in self._few:
            return self._few[key]
        if len(self._few) >= FEW or (network.today, False, 0) in self._others:
            return None
        asked = needed(self.plugins, self.weights, [name])
        if not all(scorer.per_tie for scorer in scorers(asked)) or tie not in self._between(network):
            return None
        bare = replace(network, reader=None, ties=(self._between(network)[tie],))
        self._few[key] = score(bare, asked, self.weights, limit=self.limit)[0]
        return self._few[key]

    def _between(self, network: Network) -> dict[Tie, Tie]:
        ties = network.alter_ties
        if self._known.get(network.today, ((), {}))[0] is not ties:
            self._known[network.today] = ties, {tie: tie for tie in ties}
        return self._known[network.today][1]

    def of(self, network: Network, *, ego: bool) -> Scores:
        """Return the scores of the ego's ties, or of those between others, on the day of `network`."""
        if ego and network.today == self.network.today:
            return self.scores
        # A plugin may look at a few ties of a day alone (`replace(network, ties=…)`): they must not stand for all.
        few = ego and len(network.ties) != len(self.network.ties)
        key = (network.today, ego, id(network.ties) if few else 0)
        if key not in self._others:
            bare = replace(network, reader=None, ties=network.ties if ego else network.alter_ties)
            # Holding the ties keeps their id from being given to others.
            self._others[key] = network.ties, score(bare, self.plugins, self.weights, limit=self.limit)[0]
        return self._others[key][1]
