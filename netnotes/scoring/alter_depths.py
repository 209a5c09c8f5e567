"""Compute the depth of ties between others for a picture; only of the strongest if there are very many.

Only the parts of depth are scored. `ScoredNetwork.alters` has all fields of all ties.
"""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.incremental import ScoreMemory
from netnotes.model import Tie
from netnotes.scoring.depth import DEPTH
from netnotes.scoring.runner import needed, score
from netnotes.scoring.scores import Scores
from netnotes.scoring.views import ScoredNetwork

MOST = 12_000
"""Most ties between others that are scored, those with the most contacts. Takes about a second."""


def alter_depths(scored: ScoredNetwork, most: int = MOST) -> Scores:
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
