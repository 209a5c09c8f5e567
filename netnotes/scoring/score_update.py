"""Decide which earlier scores are still valid, and which ties must be scored again. Scores nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from netnotes.incremental import ScoreMemory
from netnotes.model import Tie
from netnotes.plugin.hooks import Plugin
from netnotes.scoring.scores import Facts


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
        self._new = ScoreMemory(tuple(plugins), dict(weights), today)
        same = (known.plugins, known.weights, known.today) == (self._new.plugins, self._new.weights, today)
        self._few: tuple[Tie, ...] | None = None
        self._drop: frozenset[Tie] = frozenset()
        if same:
            # Compared by identity: hashing a tie is expensive, and hardly any has changed.
            then, now = set(map(id, known.ties)), set(map(id, ties))
            self._few = tuple([tie for tie in ties if id(tie) not in then])
            gone = [tie for tie in known.ties if id(tie) not in now]
            kept = dict(known.ties)
            for tie in gone:
                del kept[tie]
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
        kept = dict(self._known.facts[name])
        for tie in self._drop:
            # Remove first: otherwise the equal key, which is the old tie, would stay.
            kept.pop(tie, None)
        kept.update(found)
        return kept

    def keep(self, facts: Mapping[str, Facts], silent: Iterable[str]) -> None:
        """Store the scores for the next call."""
        narrow = self._few is not None and self._narrow.issuperset(facts) and facts.keys() == self._known.facts.keys()
        new, known = self._new, self._known
        known.plugins, known.weights, known.today, known.ties = new.plugins, new.weights, new.today, new.ties
        known.facts, known.silent = facts, frozenset(silent)
        known.rescored = self._drop if narrow else None
