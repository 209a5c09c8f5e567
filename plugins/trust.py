"""trust: how long two people have been in touch.

trust = (span + 1) / (span + 91)       span: days from first to last contact
declared: `trust: 1-5` in the person's note averages with it
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Field, Network, Problem, Score, rating, scorer

NETNOTES_API = 1


@scorer(Field("trust", "0 = met today, .5 = after three months, 1 = for ever", write=False))
def trust(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score how long a tie has stood."""
    del options
    for tie in network.ties:
        if not tie.contacts:
            continue
        value, because = (tie.span + 1) / (tie.span + 91), _long(tie.span)
        declared = rating(tie.person, "trust") if tie.ego else None
        if declared is not None:
            value = (value + declared) / 2
            because += f", declared trust {tie.person.properties['trust']}"
        yield Score(tie, value, because)


def _long(days: int) -> str:
    """Say a number of days in the unit that people would use."""
    for unit, length, least in (("year", 365.25, 720), ("month", 30.44, 60), ("week", 7, 21), ("day", 1, 1)):
        if days >= least:
            count = round(days / length)
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return "a single day"
