"""trust: how long two people have known each other, by two clocks: the first months, and the years.

d     = 1 + days from the first contact to the last; from the date in the person's note, if that is earlier
        (`known_since: 2009`, `Met: 2014-05`, `school: 1998-2004`)
trust = (d / (d + 60) + d / (d + 1095)) / 2
declared: `trust: 1-5` in the person's note averages with it
`favours`, `introduced_by` and kinship are named in the reason and change nothing
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from netnotes.api import Field, Network, Problem, Score, Tie, known_before, rating, scorer
from netnotes.insights import declared_summary, known_since_words, shared_at

NETNOTES_API = 1
MONTHS, YEARS = 60, 1095
"""Days after which each clock is at one half."""


def values_over_time(tie: Tie, days: Sequence[dt.date], options: object) -> list[float]:
    """Return the value on each day; only contacts change it."""
    del options
    before = known_before(tie)
    return [value for stretch in tie.stretches(days) for value in [_value(stretch.tie, before)] * len(stretch.days)]


def _value(tie: Tie, before: int) -> float:
    """Return the value of a tie whose people had known each other for `before` days at the first contact."""
    known = before + tie.span + 1
    value = (known / (known + MONTHS) + known / (known + YEARS)) / 2
    declared = rating(tie.person, "trust") if tie.ego else None
    return value if declared is None else (value + declared) / 2


@scorer(
    Field("trust", "0 = met today, .3 = after two months, .5 = after a year, .9 = after ten", write=False),
    between=True,
    values_over_time=values_over_time,
)
def trust(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how long a tie has lasted."""
    del options
    for tie in network.ties:
        if tie.contacts:
            before = known_before(tie)
            yield Score(tie, _value(tie, before), _because(tie, before))


def _because(tie: Tie, before: int) -> str:
    if not tie.ego:
        return _long(tie.span)
    declared = rating(tie.person, "trust") is not None
    declared_words = f", declared trust {tie.person.value('trust')}" if declared else ""
    if before:
        place = shared_at(tie.person)
        since = f"known since {known_since_words(tie.person)}, as your note says" + (f" ({place})" if place else "")
    else:
        # Not `known for`: they may have known each other long before the first note.
        since = f"in touch {'for' if tie.span else 'on'} {_long(tie.span)}"
    return f"{since}{declared_words}{declared_summary(tie.person)}"


def _long(days: int) -> str:
    """Write a number of days in the usual unit."""
    for unit, length, least in (("year", 365.25, 720), ("month", 30.44, 60), ("week", 7, 21), ("day", 1, 1)):
        if days >= least:
            count = round(days / length)
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return "a single day"
