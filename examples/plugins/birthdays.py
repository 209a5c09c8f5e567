"""birthdays: whose is next, and the day on which to write.

    birthday: 1990-05-17          or 05-17, where the year is nobody's business

A report, `netnotes report birthdays`, and a field of its own for each person's note, `birthday_on`: the day of the
next one. The bundled `follow_up` stays as it is: one field has one owner.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import Field, Network, Person, Problem, Remark, Row, Score, option, report, scorer

NETNOTES_API = 1
_DAY = re.compile(r"(?:(\d{4})-|--?)?(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.birthdays]`, or for the report on the command line."""

    days: int = option(30, "days to look ahead", low=1, high=366)
    key: str = option("birthday", "the property that holds it")


@scorer(Field("birthday_on", "the day of the next birthday"), options=Options)
def birthday_on(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Score, as a date, when each person's next birthday is."""
    for person in network.people:
        if options.key not in person.properties:
            continue
        try:
            born, day = _next(person, options.key, network.today)
        except ValueError:
            yield Problem(
                f"`{person.properties[options.key]}` is no birthday",
                path=person.path,
                line=person.lines.get(options.key),
                hint="write 1990-05-17 or 05-17",
            )
            continue
        yield Score(person, day, f"turns {day.year - born}" if born else "year unknown")


@report("Birthdays", reads=("birthday_on", "depth"), options=Options)
def birthdays(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    """List whose birthday is next, soonest first.

    \b
    Example:
      netnotes report birthdays ~/Notes --days 60
    """
    soon: list[tuple[int, str, Row]] = []
    for tie in network.ties:
        score, depth = network.score(tie, "birthday_on"), network.score(tie, "depth")
        if score and isinstance(score.value, dt.date):
            days = (score.value - network.today).days
            row = Row(
                {
                    "name": tie.person,
                    "on": score.value,
                    "in days": days,
                    "depth": depth.value if depth else None,
                },
                because=score.because,
                on=tie,
            )
            if days <= options.days:
                soon.append((days, tie.person.name, row))
    yield from (row for _, _, row in sorted(soon, key=lambda item: item[:2]))
    if not soon:
        yield Remark(f"Nobody you know has a birthday in the next {options.days} days.")


def _next(person: Person, key: str, today: dt.date) -> tuple[int | None, dt.date]:
    """Return the year of birth, if it is known, and the next birthday. Raises ValueError."""
    found = _DAY.fullmatch(str(person.properties[key]).strip())
    if not found:
        raise ValueError(key)
    year, month, day = int(found[1]) if found[1] else None, int(found[2]), int(found[3])
    # 29 February is kept on 1 March in other years; a leap year tells whether such a day exists at all.
    dt.date(2024, month, day)
    this = _on(today.year, month, day)
    return year, this if this >= today else _on(today.year + 1, month, day)


def _on(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, 3, 1)
