"""WhatsApp's exported chats (`_chat.txt`): who wrote how often on which day. No message is kept."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence

from netnotes.extract.people.phones import digits
from netnotes.importers.bounds import check_encounters
from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, Order, Source
from netnotes.importers.whatsapp_lines import Line, clean_name, read_lines
from netnotes.notes import Initiative, Problem

FIRST_YEAR = 2000
"""Earlier years are of another calendar."""
BUDDHIST_OFFSET = 543
"""Years by which the calendar of Thailand is ahead."""
_MOST_SHOWN = 5
"""Participants that are named in a hint."""


def read(
    source: Source, *, me: Sequence[str] = (), order: Order | None = None, since: dt.date | None = None
) -> Imported:
    """Return one encounter for each person and day; without `me` every participant is listed.

    Where day and month cannot be told apart and no `order` is given, nothing is read and the problem says so. Days
    before `since` are left out. Raises ImportTooLarge.
    """
    lines = read_lines(source)
    if not any(line.name for line in lines):
        problem = Problem("no WhatsApp chat in this file", hint="export the chat without media and give the .txt file")
        return Imported(problems=(problem,), failed=True)
    order = order or _order(lines)
    participants = list(dict.fromkeys(line.name for line in lines if line.name))
    owner = _owner(participants, me)
    people = {name: _person(name) for name in participants if name not in owner}
    if order is None:
        problem = Problem(
            "day and month cannot be told apart in this chat",
            hint="say which comes first with --order dmy or --order mdy",
        )
        return Imported(tuple(people.values()), problems=(problem,))
    encounters, problems = _daily_encounters(lines, order, owner, people, since or dt.date.min)
    if me and not owner:
        hint = f"if you wrote in it, name yourself as the chat does: {', '.join(participants[:_MOST_SHOWN])}"
        problems = [Problem("no message of this chat is yours", hint=hint), *problems]
    return Imported(tuple(people.values()), tuple(encounters), tuple(problems))


def _owner(participants: Sequence[str], me: Sequence[str]) -> set[str]:
    names = {clean_name(each).casefold() for each in me}
    numbers = {digits(each) for each in me if _is_number(each)}
    return {name for name in participants if name.casefold() in names or (_is_number(name) and digits(name) in numbers)}


def _order(lines: Sequence[Line]) -> Order | None:
    """Return the order of day and month that the dates prove: by a number above 12, else by the course of time."""
    if any(line.year_first for line in lines):
        return "ymd"
    day_first = any(line.numbers[0] > 12 for line in lines)
    month_first = any(line.numbers[1] > 12 for line in lines)
    if day_first and not month_first and not _runs_forward(lines, "dmy") and _runs_forward(lines, "ymd"):
        return "ymd"
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    if day_first:
        return "ymd" if _runs_forward(lines, "ymd") else None
    candidates: tuple[Order, Order] = ("dmy", "mdy")
    forward = [order for order in candidates if _runs_forward(lines, order)]
    if len(forward) != 1:
        return "dmy" if all(line.dotted for line in lines) else None
    return forward[0]


def _runs_forward(lines: Sequence[Line], order: Order) -> bool:
    days = [_date(line, order) for line in lines]
    return None not in days and all(a is not None and b is not None and a <= b for a, b in itertools.pairwise(days))


def _date(line: Line, order: Order) -> dt.date | None:
    a, b, c = line.numbers
    year, month, day = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}["ymd" if line.year_first else order]
    year = year + 2000 if year < 100 else year - BUDDHIST_OFFSET if year > FIRST_YEAR + BUDDHIST_OFFSET else year
    try:
        return dt.date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def _daily_encounters(
    lines: Sequence[Line], order: Order, owner: set[str], people: dict[str, ImportedPerson], since: dt.date
) -> tuple[list[ImportedEncounter], list[Problem]]:
    counts: Counter[tuple[dt.date, str]] = Counter()
    mine: Counter[dt.date] = Counter()
    first: dict[dt.date, str] = {}
    problems = []
    for line in lines:
        if line.name is None:
            continue
        day = _date(line, order)
        if day is None:
            problems.append(Problem("a message whose day is not in the calendar; left out", line=line.number))
            continue
        if day < since:
            continue
        first.setdefault(day, line.name)
        if line.name in owner:
            mine[day] += 1
        else:
            counts[day, line.name] += 1
            check_encounters(len(counts))
    if owner and len(people) == 1:
        # Between two, a day on which only the owner wrote is a contact as well.
        for day in mine:
            counts[day, next(iter(people))] += 0
    encounters = [
        ImportedEncounter(
            day,
            (people[name],),
            f"chat:{name}:{day.isoformat()}",
            channel="message",
            initiated_by=_initiative(first[day], name, owner, direct=len(people) == 1),
            count=count,
            sent=mine[day] if len(people) == 1 else 0,
        )
        for (day, name), count in sorted(counts.items())
    ]
    return encounters, problems


def _initiative(opener: str, name: str, owner: set[str], *, direct: bool) -> Initiative | None:
    if not owner or not direct:
        return None
    return "me" if opener in owner else "them" if opener == name else None


def _person(name: str) -> ImportedPerson:
    return ImportedPerson(None, phones=(name,), origin=name) if _is_number(name) else ImportedPerson(name, origin=name)


def _is_number(name: str) -> bool:
    return not any(char.isalpha() for char in name) and len(digits(name)) >= 6
