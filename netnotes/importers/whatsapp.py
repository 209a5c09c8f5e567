"""WhatsApp's exported chats (`_chat.txt`): who wrote how often on which day. No message is kept.

The export has no fixed form: date, clock and separators follow the phone. The form of the first message decides which
lines begin a message; lines of another form belong to the text of the message above them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, decode, one_line
from netnotes.notes import Initiative, Problem

Order = Literal["dmy", "mdy", "ymd"]
MOST_MESSAGES = 5_000_000
MOST_HEAD = 400
"""Characters of a line in which date, clock and name are looked for."""
_SPACES = "[ \u00a0\u202f]"
_HEAD = re.compile(
    rf"\u200e?(?P<open>\[?)(?P<a>\d{{1,4}})(?P<mark>[/.-]){_SPACES}?(?P<b>\d{{1,2}})[/.-]{_SPACES}?(?P<c>\d{{2,4}})"
    rf"\.?,?{_SPACES}(?:klo{_SPACES}|kl\.?{_SPACES})?"
    rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    rf"(?:{_SPACES}?(?P<half>[AaPp]\.?{_SPACES}?[Mm]\.?))?"
    rf"(?P<close>\]?)(?P<dash>:|{_SPACES}[-\u2013])?{_SPACES}"
)
_MEDIA = re.compile(
    r"<.*>|omitted|weggelassen|omitid|omis\b|omess|weggelaten|utel|pomini|POLL|UMFRAGE|SONDAGE|ENCUESTA|attached|ngeh"
)
_LOWER_WORDS = re.compile(r"(?:^|\s)[^\W\d_A-Z]\w*")
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'


@dataclass(frozen=True, slots=True)
class _Line:
    """The head of one message; its text is not kept."""

    numbers: tuple[int, int, int]
    year_first: bool
    clock: str
    name: str | None
    """None for a line of the program, such as "created the group"."""
    number: int


def read(data: bytes, *, me: Sequence[str] = (), order: Order | None = None) -> Imported:
    """Return one encounter for each person and day; without `me` every participant is listed.

    Where day and month cannot be told apart and no `order` is given, nothing is read and the problem says so.
    """
    lines = _without_program(_lines(decode(data).splitlines()))
    if not any(line.name for line in lines):
        problem = Problem("no WhatsApp chat in this file", hint="export the chat without media and give the .txt file")
        return Imported(problems=(problem,), failed=True)
    order = order or _order(lines)
    participants = list(dict.fromkeys(line.name for line in lines if line.name))
    owner = {name for name in participants if name.casefold() in {_clean(each).casefold() for each in me}}
    people = {name: _person(name) for name in participants if name not in owner}
    if order is None:
        problem = Problem(
            "day and month cannot be told apart in this chat",
            hint="say which comes first with --order dmy or --order mdy",
        )
        return Imported(tuple(people.values()), problems=(problem,))
    encounters, problems = _days(lines, order, owner, people)
    return Imported(tuple(people.values()), tuple(encounters), tuple(problems))


def _lines(text: Iterable[str]) -> list[_Line]:
    """Return the heads of all messages, in the form that the first one has."""
    found: list[_Line] = []
    form = None
    for number, line in enumerate(text, 1):
        head = _HEAD.match(line[:MOST_HEAD])
        if not head:
            continue
        this = (head["open"], head["mark"], len(head["a"]) == 4, head["close"], head["dash"])
        if form is None:
            form = this
        if this != form or not (head["close"] or head["dash"] or ":" in line):
            continue
        if len(found) == MOST_MESSAGES:
            break
        numbers = int(head["a"]), int(head["b"]), int(head["c"])
        name = _speaker(line[head.end() : MOST_HEAD])
        found.append(_Line(numbers, len(head["a"]) == 4, _clock(head), name, number))
    return found


def _clock(head: re.Match[str]) -> str:
    hour = int(head["hour"])
    if head["half"]:
        hour = hour % 12 + (12 if head["half"][0] in "Pp" else 0)
    return f"{hour:02}:{head['minute']}:{head['second'] or '00'}"


def _speaker(rest: str) -> str | None:
    """Return who wrote the message; None for lines of the program."""
    name, colon, text = rest.partition(":")
    if not colon or (text and text[0] not in " \u200e\u00a0\u202f.") or any(mark in name for mark in _QUOTES):
        return None
    text = text.lstrip(" ")
    if text.startswith("\u200e") and not _MEDIA.search(text[:200]):
        return None
    return _clean(name) or None


def _clean(name: str) -> str:
    """Return a name without the tilde of people who are not in the address book."""
    return (one_line(name) or "").removeprefix("~").strip(" \u00a0\u202f")


def _without_program(lines: list[_Line]) -> list[_Line]:
    """Take the name off the program's own lines: "Ada changed the name to x: y" looks like a message."""
    counts = Counter(line.name for line in lines if line.name)
    heads = {name for name in counts if " " not in name or counts[name] > 1}

    def is_program(name: str) -> bool:
        rest = next((name[len(head) :] for head in heads if name.startswith(head + " ") and head != name), "")
        return len(_LOWER_WORDS.findall(rest)) > 1

    program = {name for name in counts if counts[name] == 1 and is_program(name)}
    return [line if line.name not in program else _nobody(line) for line in lines]


def _nobody(line: _Line) -> _Line:
    return _Line(line.numbers, line.year_first, line.clock, None, line.number)


def _order(lines: Sequence[_Line]) -> Order | None:
    """Return the order of day and month that the dates prove: by a number above 12, else by the course of time."""
    if any(line.year_first for line in lines):
        return "ymd"
    day_first = any(line.numbers[0] > 12 for line in lines)
    month_first = any(line.numbers[1] > 12 for line in lines)
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    if day_first:
        return None
    candidates: tuple[Order, Order] = ("dmy", "mdy")
    forward = [order for order in candidates if _runs_forward(lines, order)]
    return forward[0] if len(forward) == 1 else None


def _runs_forward(lines: Sequence[_Line], order: Order) -> bool:
    days = [_date(line, order) for line in lines]
    return all(a is not None and b is not None and a <= b for a, b in itertools.pairwise(days))


def _date(line: _Line, order: Order) -> dt.date | None:
    a, b, c = line.numbers
    year, month, day = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}["ymd" if line.year_first else order]
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _days(
    lines: Sequence[_Line], order: Order, owner: set[str], people: dict[str, ImportedPerson]
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
        first.setdefault(day, line.name)
        if line.name in owner:
            mine[day] += 1
        else:
            counts[day, line.name] += 1
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
    is_number = not any(char.isalpha() for char in name) and sum(char.isdigit() for char in name) >= 6
    return ImportedPerson(None, phones=(name,), origin=name) if is_number else ImportedPerson(name, origin=name)
