"""birthdays: whose birthday is next, and when. Reads `birthday: 1990-05-17`, or `05-17`, in a person's note.

The day of the next one is also a field of each person's note. For a cake on the map enable the bundled `birthday_badges`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import Cell, Field, Network, Problem, Remark, Row, Score, next_birthday, option, report, scorer

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.birthdays]`, or of the report on the command line."""

    days: int = option(30, "days to look ahead", low=1, high=366)


@scorer(Field("birthday_on", "the day of the next birthday"))
def birthday_on(network: Network, options: object) -> Iterator[Score | Problem]:
    """Score the date of each person's next birthday."""
    for person in network.people:
        written = person.value("birthday")
        day = next_birthday(person, network.today)
        if day:
            year = re.search(r"\d{4}", str(written))
            yield Score(person, day, f"turns {day.year - int(year[0])}" if year else "year unknown")
        elif written and not person.ignored:
            message, line = f"`{written}` is not a birthday", person.line("birthday")
            yield Problem(message, path=person.path, line=line, hint="write 1990-05-17 or 05-17")


@report("Birthdays", reads=("birthday_on", "depth"), options=Options)
def birthdays(network: Network, options: Options) -> Iterator[Row | Remark]:
    """List whose birthday is next, soonest first.

    \b
    Example:
      netnotes report birthdays ~/Notes --days 60
    """
    rows: list[tuple[dt.date, Row]] = []
    for tie in network.ties:
        score = network.score(tie, "birthday_on")
        if score and isinstance(score.value, dt.date) and (days := (score.value - network.today).days) <= options.days:
            cells: dict[str, Cell] = {"name": tie.person, "on": score.value, "in days": days}
            cells["depth"] = network.number(tie, "depth")
            rows.append((score.value, Row(cells, because=score.because, on=tie, day=score.value)))
    yield from (row for _, row in sorted(rows, key=lambda pair: pair[0]))
    if not rows:
        yield Remark(f"Nobody you know has a birthday in the next {options.days} days.")
