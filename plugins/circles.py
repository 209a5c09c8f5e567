"""circles: the 5, 15, 50 and 150, by depth, and the share of time that each takes.

The usual shares, 40 % of social time for the five and 60 % for the fifteen, and the usual contact, weekly, monthly,
half-yearly and yearly, are Dunbar's: what many people do on average, not a norm. The rest are rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from netnotes.api import Contact, Network, Person, Problem, Remark, Row, report
from netnotes.insights import CIRCLE_SIZES, TieStatus, add_days, join_names, tie_statuses

NETNOTES_API = 1
CIRCLES = tuple(zip(CIRCLE_SIZES, (0.4, 0.6, None, None), (7, 30, 182, 365), strict=True))
"""(people, usual share of time, usual days between contacts); each circle includes the smaller ones."""
FEWEST = 10
"""With this many people or fewer, shares of time mean nothing."""
YEAR_DAYS = 365
BEFORE_DAYS = 90
"""Number of days ago with which circles are compared, to find who slipped out."""
SILENT = 4
"""Without contact for this multiple of the circle's usual days, someone slips out of it."""
SLIPS_SHOWN = 5
"""People named who slip out of a circle."""
TOO_LITTLE = 0.6
"""Share of a circle's usual time below which it gets too little."""


@report("Circles", reads=("depth", "warmth?", "follow_up?"))
def circles(network: Network, options: object) -> Iterator[Row | Remark | Problem]:
    r"""Show your circles of 5, 15, 50 and 150: who is in, who is slipping out, and each circle's share of your time.

    Circles are ordered by depth, and each includes the smaller ones; with `[people] kin = "apart"`, family has its own
    row. Time is from the last year; an hour with three people counts as twenty minutes for each. `usual` is what people
    do on average.

    \b
    Example:
      netnotes circles ~/Notes
      netnotes circles ~/Notes --details
    """
    del options
    statuses = tie_statuses(network)
    if not statuses:
        yield Remark("No contact with anyone is in your notes yet, so there are no circles.")
        return
    family = [s for s in statuses if s.person.family == "apart"]
    ranked = [s for s in statuses if s.person.family != "apart"]
    since = add_days(network.today, -YEAR_DAYS)
    total = sum(s.hours(since) for s in statuses)
    if family:
        yield _family(family, since, total)
    before = _ranked_on(network, ranked, add_days(network.today, -BEFORE_DAYS))
    hours = [s.hours(since) for s in ranked]
    shares: dict[int, float] = {}
    start = 0
    for size, usual, days in CIRCLES:
        inside = ranked[:size]
        shares[size] = sum(hours[:size]) / total if total else 0.0
        slips = _slips(ranked, before, start, size, days)
        yield Row(
            {
                "circle": size,
                "people": len(inside),
                "deep": sum(s.deep for s in inside),
                "share": shares[size],
                "usual": usual,
            },
            because=_because(ranked[start:size], size, slips),
            named=[*(s.person for s in ranked[start:size][: _shown(size)]), *slips[:SLIPS_SHOWN]],
            evidence=_year(inside, since),
            more={"hours": sum(hours[:size]), "members": [s.person for s in inside], "slips": slips},
        )
        start = size
        if len(ranked) <= size:
            break
    if len(ranked) > FEWEST:
        yield Remark(_fed(shares, total))


def _ranked_on(network: Network, ranked: Sequence[TieStatus], day: dt.date) -> list[Person]:
    """Return who was known on an earlier day, deepest first."""
    history = network.history("depth", [day])
    depths = {s.person: history.get(s.tie, (None,))[0] for s in ranked}
    known = [(-depth, person.name, person.id, person) for person, depth in depths.items() if depth is not None]
    return [person for *_, person in sorted(known, key=lambda one: one[:3])]


def _family(family: Sequence[TieStatus], since: dt.date, total: float) -> Row:
    """Return the row of the family, for `[people] kin = "apart"`."""
    hours = sum(s.hours(since) for s in family)
    return Row(
        {
            "circle": "family",
            "people": len(family),
            "deep": sum(s.deep for s in family),
            "share": hours / total if total else 0.0,
            "usual": None,
        },
        because=f"{join_names([s.person for s in family], 10)}.",
        named=[s.person for s in family[:10]],
        evidence=_year(family, since),
        more={"hours": hours, "members": [s.person for s in family], "slips": []},
    )


def _slips(ranked: Sequence[TieStatus], before: Sequence[Person], start: int, size: int, days: int) -> list[Person]:
    """Return who has left the circle of `size`, and who is in this ring but has long been silent."""
    now = {s.person for s in ranked[:size]}
    steady = {s.person for s in ranked if s.label != "thin"}
    fallen = [person for person in before[:size] if person in steady - now]
    ring = [s for s in ranked[start:size] if s.label != "thin"]
    silent = [s.person for s in ring if s.by_silence and s.silence > SILENT * (s.cadence or days)]
    return list(dict.fromkeys((*fallen, *silent)))


def _shown(size: int) -> int:
    """Return how many people of a circle are named."""
    return 10 if size <= 15 else 3


def _because(own: Sequence[TieStatus], size: int, slips: Sequence[Person]) -> str:
    """Say who is in a circle but in no smaller one, and who is slipping out of it."""
    who = join_names([s.person for s in own], _shown(size))
    text = f"{who}." if size == 5 else f"And {who}." if own else ""
    return f"{text} Slipping out: {join_names(slips, SLIPS_SHOWN)}.".strip() if slips else text


def _fed(shares: dict[int, float], total: float) -> str:
    if not total:
        return "No time with anyone is noted in the last year, so there are no shares."
    five, fifteen = shares[5], shares.get(15, 1.0)
    shared = f"{five:.0%} for the five (usual 40%), {fifteen:.0%} for the fifteen (usual 60%)"
    if five < TOO_LITTLE * 0.4 or fifteen < TOO_LITTLE * 0.6:
        return (
            f"Your closest people get too little of your time: {shared}. What could you leave out next month, to see "
            "one of them?"
        )
    if five > 2 * 0.4:
        return f"Nearly all your time goes to five people ({five:.0%}); if one of them leaves, little is left."
    return f"Your closest people get enough time: {shared}."


def _year(inside: Sequence[TieStatus], since: dt.date) -> list[Contact]:
    return [contact for s in inside for contact in reversed(s.tie.contacts) if contact.date >= since]
