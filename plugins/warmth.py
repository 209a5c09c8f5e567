"""warmth: the present silence, half by the tie's own rhythm and half by the calendar. Fast where depth is slow.

    tau = (span + 14) / contact days
    warmth = 2^(-silence / (8 tau) - silence / 60)
    a declared `cadence` replaces tau, and then the calendar has no say: 2^(-silence / (4 cadence))

The word goes by the rhythm alone: warm to 4 tau, cooling to 8 tau, dormant beyond.
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Field, Network, Problem, Score, cadence, scorer

NETNOTES_API = 1


@scorer(Field("warmth", "1 = in touch today, 0 = long silence; the word says how long for this tie"))
def warmth(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how fresh a tie is."""
    del options
    for tie in network.ties:
        if tie.last is None:
            continue
        silence = (network.today - tie.last).days
        declared = cadence(tie.person) if tie.ego else None
        rhythm = declared or tie.rhythm
        halvings = silence / (4 * rhythm) if declared else silence / (8 * rhythm) + silence / 60
        label = "warm" if silence <= 4 * rhythm else "cooling" if silence <= 8 * rhythm else "dormant"
        since = f"{silence} day{'s' if silence != 1 else ''} since last contact"
        kind = "declared" if declared else "usually"
        yield Score(tie, 2**-halvings, f"{since}, {kind} every {_days(rhythm)}", label)


def _days(count: float) -> str:
    return "day" if round(count) == 1 else f"{count:.0f} days"
