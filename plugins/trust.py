"""trust: how long two people have been in touch.

trust = (span + 1) / (span + 91)       span: days from first to last contact
declared: `trust: 1-5` in the person's note averages with it
`favours`, `introduced_by` and kinship are named in the reason and move nothing
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from netnotes.api import Field, Network, Problem, Score, Tie, rating, scorer
from netnotes.insights import declared_summary

NETNOTES_API = 1


def values_over_time(tie: Tie, days: Sequence[dt.date], options: object) -> list[float]:
    """Return the value on each day; it changes with each contact alone."""
    del options
    return [value for stretch in tie.stretches(days) for value in [_value(stretch.tie)] * len(stretch.days)]


def _value(tie: Tie) -> float:
    value = (tie.span + 1) / (tie.span + 91)
    declared = rating(tie.person, "trust") if tie.ego else None
    return value if declared is None else (value + declared) / 2


@scorer(
    Field("trust", "0 = met today, .5 = after three months, 1 = for ever", write=False),
    between=True,
    values_over_time=values_over_time,
)
def trust(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how long a tie has stood."""
    del options
    for tie in network.ties:
        if tie.contacts:
            yield Score(tie, _value(tie), _because(tie))


def _because(tie: Tie) -> str:
    if not tie.ego:
        return _long(tie.span)
    declared = rating(tie.person, "trust") is not None
    said = f", declared trust {tie.person.value('trust')}" if declared else ""
    return f"known for {_long(tie.span)}{said}{declared_summary(tie.person)}"


def _long(days: int) -> str:
    """Say a number of days in the unit that people would use."""
    for unit, length, least in (("year", 365.25, 720), ("month", 30.44, 60), ("week", 7, 21), ("day", 1, 1)):
        if days >= least:
            count = round(days / length)
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return "a single day"
