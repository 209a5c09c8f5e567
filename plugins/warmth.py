"""warmth: the present silence against the tie's own rhythm. Fast where depth is slow.

tau = (span + 14) / contact days      a declared `cadence` replaces it
warmth = 2^(-silence / (4 tau));   warm to 4 tau, cooling to 8 tau, dormant beyond
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Field, Network, Problem, Score, cadence, scorer

NETNOTES_API = 1


@scorer(Field("warmth", "1 = in touch today, .5 = cooling, .25 = dormant, 0 = long silence"))
def warmth(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how fresh a tie is by its own rhythm."""
    del options
    for tie in network.ties:
        if tie.last is None:
            continue
        silence = (network.today - tie.last).days
        rhythm = (tie.ego and cadence(tie.person)) or tie.rhythm
        label = "warm" if silence <= 4 * rhythm else "cooling" if silence <= 8 * rhythm else "dormant"
        since = f"{silence} day{'s' if silence != 1 else ''} since last contact"
        yield Score(tie, 2 ** (-silence / (4 * rhythm)), f"{since}, usually every {_days(rhythm)}", label)


def _days(count: float) -> str:
    return "day" if round(count) == 1 else f"{count:.0f} days"
