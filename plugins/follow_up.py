"""follow_up: the day of the next contact.

    last + declared cadence; else last + 5 days while thin (the one that never happens);
    else last + max(7, tau), at most 14, 30, 90, 180, 365 days for depth >= .8, .65, .5, .3, below

A due tie that was put off (`later: 2026-12-10` in the note) is due on that day; a contact ends this. The first
follow-up is only for new acquaintances, not for people whose note says that they were known long before. Family stays
close without contact: kin (`kin: true`, `relation: mother`) are only due by a declared cadence, unless
`[people] kin = "others"`.
A rule, not a measurement. It uses depth, not rank, so that a meeting with one person moves no one else's date.
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import (
    THIN_DAYS,
    Field,
    Network,
    Problem,
    Score,
    cadence,
    kin,
    known_before,
    left_alone,
    scorer,
    snoozed_until,
)
from netnotes.insights import add_days, pluralize

NETNOTES_API = 1
AT_MOST = ((0.8, 14), (0.65, 30), (0.5, 90), (0.3, 180), (0.0, 365))
"""(minimum depth, most days until the next contact)."""
FIRST_DAYS = 5
LEAST_DAYS = 7
LONG_KNOWN_DAYS = 90
"""Days known before the first contact in the notes from which someone is not a new acquaintance."""


@scorer(Field("follow_up", "the day to be in touch again"), reads=("depth",), between=True, per_tie=True)
def follow_up(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score, as a date, when a tie is due."""
    del options
    for tie in network.ties:
        if tie.last is None or (tie.ego and left_alone(tie.person)):
            continue
        declared = cadence(tie.person) if tie.ego else None
        if tie.ego and tie.person.family and not declared:
            continue
        depth = network.score(tie, "depth")
        if declared:
            days, because = declared, f"declared cadence of {pluralize(declared, 'day')}"
        elif tie.days < THIN_DAYS and not (tie.ego and kin(tie.person)) and known_before(tie) < LONG_KNOWN_DAYS:
            days, because = FIRST_DAYS, "a first follow-up is due within days"
        else:
            rhythm = max(LEAST_DAYS, round(tie.rhythm))
            most = next(most for least, most in AT_MOST if depth is None or _number(depth) >= least)
            days = min(rhythm, most)
            because = f"usual rhythm of {rhythm} days" if rhythm <= most else f"at most {most} days at this depth"
        due = add_days(tie.last, days)
        if tie.ego and due <= network.today and (later := snoozed_until(tie.person, network.today, tie.last)):
            due, because = later, "put off until then"
        yield Score(tie, due, because)


def _number(score: Score) -> float:
    return float(score.value) if isinstance(score.value, int | float) else 0.0
