"""warmth: how recent the last contact is, half by the tie's usual rhythm and half by the calendar. Changes fast.

    tau = (span + 14) / contact days
    warmth = 2^(-silence / (8 tau) - silence / 60)
    a declared `cadence` replaces both tau and the calendar: 2^(-silence / (4 cadence))

The word depends on the rhythm only: warm up to 4 tau, cooling up to 8 tau, then dormant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from netnotes.api import Field, Network, Problem, Score, Tie, cadence, scorer

NETNOTES_API = 1


def values_over_time(tie: Tie, days: Sequence[dt.date], options: object) -> list[float]:
    """Return the value on each day."""
    del options
    declared = cadence(tie.person) if tie.ego else None
    return [value for stretch in tie.stretches(days) for value in _values(stretch.tie, stretch.days, declared)]


def _values(tie: Tie, days: Sequence[dt.date], declared: int | None) -> list[float]:
    last = tie.contacts[-1].date.toordinal()
    halvings = 1 / (4 * declared) if declared else 1 / (8 * tie.rhythm) + 1 / 60
    return [2 ** ((last - day.toordinal()) * halvings) for day in days]


ABOUT = "1 = in touch today, 0 = long silence; the word says how long for this tie"


@scorer(Field("warmth", ABOUT), between=True, values_over_time=values_over_time)
def warmth(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how fresh a tie is."""
    del options
    today = (network.today,)
    for tie in network.ties:
        if tie.last is None or (tie.ego and tie.person.ignored):
            continue
        silence = (network.today - tie.last).days
        declared = cadence(tie.person) if tie.ego else None
        rhythm = declared or tie.rhythm
        label = "warm" if silence <= 4 * rhythm else "cooling" if silence <= 8 * rhythm else "dormant"
        since = f"{silence} day{'s' if silence != 1 else ''} since last contact"
        because = f"{since}, {'declared' if declared else 'usually'} every {_days(rhythm)}"
        (value,) = _values(tie, today, declared)
        yield Score(tie, value, because, label=label)


def _days(count: float) -> str:
    return "day" if round(count) == 1 else f"{count:.0f} days"
