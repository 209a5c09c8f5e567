"""circles: the 5, 15, 50 and 150, by depth, and the share of time that each takes.

The usual shares, 40 % of social time for the five and 60 % for the fifteen, and the usual contact, weekly, monthly,
half-yearly and yearly, are Dunbar's: what many people do on average, no norm. Who slips and what starves is a rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from netnotes.api import (
    Contact,
    Network,
    Person,
    Problem,
    Remark,
    Row,
    TieStatus,
    add_days,
    join_names,
    report,
    tie_statuses,
)

NETNOTES_API = 1
CIRCLES = ((5, 0.4, 7), (15, 0.6, 30), (50, None, 182), (150, None, 365))
"""(people, usual share of time, usual days between contacts); each circle holds those before it."""
FEWEST = 10
"""Among no more people than this, shares of time say nothing."""
YEAR_DAYS = 365
BEFORE_DAYS = 90
"""Who slipped out is told by comparison with so long ago."""
SILENT = 4
"""Whoever was silent for so many times the circle's usual days slips out of it."""
STARVED = 0.6
"""A circle that gets less than this part of its usual share is starved."""


@report("Circles", reads=("depth", "warmth", "follow_up"))
def circles(network: Network, options: object) -> Iterator[Row | Remark | Problem]:
    r"""Show your circles of 5, 15, 50 and 150: who is in, who slips out, and what share of your time each takes.

    By depth, each circle with those inside it. Time is that of the last year, an hour with three others counted as
    twenty minutes for each. `usual` is what people do on average.

    \b
    Example:
      netnotes circles ~/Notes
      netnotes circles --json --as-of 2026-06-30
    """
    del options
    everybody = tie_statuses(network)
    if not everybody:
        yield Remark("Nobody is in these notes yet, so there are no circles.")
        return
    since = add_days(network.today, -YEAR_DAYS)
    before = [s.person for s in tie_statuses(network.as_of(add_days(network.today, -BEFORE_DAYS)))]
    hours = [s.hours(since) for s in everybody]
    total = sum(hours)
    shares: dict[int, float] = {}
    remarks: list[str] = []
    start = 0
    for size, usual, days in CIRCLES:
        inside = everybody[:size]
        shares[size] = sum(hours[:size]) / total if total else 0.0
        slips = _slips(everybody, before, start, size, days)
        yield Row(
            {
                "circle": size,
                "people": len(inside),
                "deep": sum(s.deep for s in inside),
                "hours": sum(hours[:size]),
                "share": shares[size],
                "usual": usual,
            },
            because=_because(inside, everybody, size),
            evidence=_year(inside, since),
            more={"members": [s.person for s in inside], "slips": slips},
        )
        own = everybody[start:size]
        if own and size <= 15:
            remarks.append(
                f"{'Your five' if size == 5 else 'The next ten'}: {join_names([s.person for s in own], 10)}."
            )
        if slips:
            remarks.append(f"Slips out of the {size}: {join_names(slips, 5)}.")
        start = size
        if len(everybody) <= size:
            break
    yield from (Remark(text) for text in remarks)
    if len(everybody) > FEWEST:
        yield Remark(_fed(shares, total))


def _slips(everybody: Sequence[TieStatus], before: Sequence[Person], start: int, size: int, days: int) -> list[Person]:
    """Return who was within `size` before and is not now, and who is in this ring but silent for long."""
    now = {s.person for s in everybody[:size]}
    steady = {s.person for s in everybody if s.label != "thin"}
    fallen = [person for person in before[:size] if person in steady - now]
    ring = [s for s in everybody[start:size] if s.label != "thin"]
    silent = [s.person for s in ring if s.silence > SILENT * (s.cadence or days)]
    return list(dict.fromkeys((*fallen, *silent)))


def _because(inside: Sequence[TieStatus], everybody: Sequence[TieStatus], size: int) -> str:
    edge = f"depth {inside[-1].depth:.2f} and more"
    return edge if len(everybody) >= size else f"{edge}; room for {size - len(everybody)}"


def _fed(shares: dict[int, float], total: float) -> str:
    if not total:
        return "No time with anybody is noted in the last year, so there are no shares."
    five, fifteen = shares[5], shares.get(15, 1.0)
    if five < STARVED * 0.4 or fifteen < STARVED * 0.6:
        return (
            f"Your few are starved by the many: the five get {five:.0%} of your time (usual 40%), the fifteen "
            f"{fifteen:.0%} (usual 60%). What could you leave out next month to see one of them?"
        )
    if five > 2 * 0.4:
        return f"Nearly all your time goes to five ({five:.0%}): warm, and a small house if one of them leaves."
    return f"The few get their share: {five:.0%} for the five (usual 40%), {fifteen:.0%} for the fifteen (usual 60%)."


def _year(inside: Sequence[TieStatus], since: dt.date) -> list[Contact]:
    return [contact for s in inside for contact in reversed(s.tie.contacts) if contact.date >= since]
