"""Depth of the ties between others, for a picture: of all, or of the strongest where there are very many.

Only what depth is made of is scored. For every field of every tie there is `Scored.alters`.
"""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.model import Tie
from netnotes.scoring.dependencies import needed
from netnotes.scoring.depth import DEPTH
from netnotes.scoring.runner import Scores, score
from netnotes.scoring.views import ScoredNetwork

MOST = 12_000
"""Ties between others that are scored; beyond, those with the fewest contacts are not. A second or so of scoring."""


def between(scored: ScoredNetwork, most: int = MOST) -> Scores:
    """Return the depths of at most `most` ties between others, those with the most contacts."""
    network = scored.network
    ties = _strongest(network.alter_ties, most)
    plugins = needed(scored.plugins, scored.weights, [DEPTH.name])
    scores, problems = score(
        network, plugins, scored.weights, between=ties, sources=scored.sources, strict=scored.strict, limit=scored.limit
    )
    scored.problems.extend(problem for problem in problems if problem not in scored.problems)
    return scores


def _strongest(ties: Sequence[Tie], most: int) -> tuple[Tie, ...]:
    """Return the ties with the most contacts, in the order given; of as many contacts, those that met last."""
    if len(ties) <= most:
        return tuple(ties)
    order = sorted(range(len(ties)), key=lambda at: (-len(ties[at].contacts), -_last(ties[at]), at))
    return tuple(ties[at] for at in sorted(order[:most]))


def _last(tie: Tie) -> int:
    return tie.last.toordinal() if tie.last else 0
