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
from netnotes.network.draining import Keep, unkept
from netnotes.network.scoring import Scores, score
from netnotes.network.ties import Network
from netnotes.plugin.facts import Score
from netnotes.plugin.hooks import Plugin


@dataclass(frozen=True, slots=True)
class Scored:
    """A network with its scores, and all it takes to score another day of it."""

    network: Network
    scores: Scores
    plugins: Sequence[Plugin] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    keep: Keep = unkept
    _others: dict[tuple[dt.date, bool, int], tuple[object, Scores]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Day, whether the ego's, and which ties where not all → those ties and their scores."""

    def view(self, who: str, reads: Sequence[str] | None) -> Network:
        """Return the network for the function `who`, which reads the fields `reads`; every field for None."""

        def read(network: Network, tie: Tie, name: str) -> Score | None:
            if reads is not None and name not in reads:
                raise UndeclaredRead(who, name)
            return self.of(network, ego=tie.ego).get(tie, name)

        return replace(self.network, reader=read)

    @property
    def alters(self) -> Scores:
        """The scores of the ties between two others."""
        return self.of(self.network, ego=False)

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
            self._others[key] = network.ties, score(bare, self.plugins, self.weights, keep=self.keep)[0]
        return self._others[key][1]
