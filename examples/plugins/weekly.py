"""weekly: the people of the last seven days, as a list in each note and as a report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from netnotes.api import Cell, Field, Network, NoOptions, Person, Remark, Row, Score, Value, report, scorer

NETNOTES_API = 1
WEEK = dt.timedelta(days=7)


@scorer(Field("seen_with", "who else was there most often"))
def seen_with(network: Network, options: NoOptions) -> Iterator[Score]:
    """Score the three people who are most often met together with a person, as a list."""
    for tie in network.ties:
        others: Counter[Person] = Counter()
        for contact in tie.contacts:
            others.update(person for person in contact.encounter.people if person != tie.person)
        if others:
            value: Value = tuple(person for person, _ in others.most_common(3))
            yield Score(tie, value, f"of {len(tie.contacts)} encounters")


@report("The last week", reads=("seen_with", "depth?"))
def weekly(network: Network, options: NoOptions) -> Iterator[Row | Remark]:
    """List the people you met in the last seven days, and for how long.

    \b
    Example:
      netnotes report weekly ~/Notes --markdown
    """
    count = 0
    for tie in network.ties:
        week = [contact for contact in tie.contacts if network.today - contact.date < WEEK]
        if week:
            count += 1
            minutes = sum(contact.minutes for contact in week)
            cells: dict[str, Cell] = {"name": tie.person, "times": len(week), "minutes": minutes}
            cells["depth"] = network.number(tie, "depth")
            yield Row(cells, on=tie, evidence=week)
    yield Remark(f"{count} people in the last week." if count else "Nobody in the last week.")
