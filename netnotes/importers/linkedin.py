"""LinkedIn's `Connections.csv` and `messages.csv`. A connection is a card exchanged, never a conversation."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, decode, one_line, repaired
from netnotes.notes import Initiative, Problem

MOST_ROWS = 1_000_000
MOST_PREAMBLE = 50
"""Lines above the table that are looked at: the export begins with notes."""
_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{2,4})")
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})")
_ISO = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})")
_SERVICE = re.compile(r"(?:/in|/company)?/linkedin(?:-[a-z-]*)?$")
_NOBODY = {"linkedin member", "linkedin", "linkedin user", ""}
_YOU = {"you", "me"}

Order = Literal["dmy", "mdy", "ymd"]


def read(data: bytes, *, me: Sequence[str] = (), order: Order | None = None) -> Imported:
    """Return the people of a `Connections.csv`, or the days of messages of a `messages.csv`.

    `me` are names or addresses of profiles of the owner; without them, whoever takes part in every conversation.
    """
    head, rows = _table(decode(data))
    if {"first name", "last name", "connected on"} <= head:
        return _connections(rows, order)
    if {"from", "to", "date", "content"} <= head:
        return _messages(rows, me)
    problem = Problem("not a LinkedIn export", hint="give Connections.csv or messages.csv of your data archive")
    return Imported(problems=(problem,), failed=True)


def _table(text: str) -> tuple[set[str], Iterator[tuple[int, dict[str, str]]]]:
    """Return the columns in lower case, and (line, row) for each row below them."""
    lines = text.splitlines(keepends=True)
    for at, line in enumerate(lines[:MOST_PREAMBLE]):
        names = [name.strip().lower() for name in next(csv.reader([line]), [])]
        if "connected on" in names or {"from", "date"} <= set(names):
            return set(names), _rows("".join(lines[at + 1 :]), names, at + 2)
    return set(), iter(())


def _rows(text: str, names: list[str], first: int) -> Iterator[tuple[int, dict[str, str]]]:
    limit = csv.field_size_limit(10_000_000)
    reader = csv.reader(StringIO(text, newline=""))
    try:
        line = first
        for row in reader:
            if any(row):
                short = dict(zip(names, row, strict=False))
                yield line, short | ({} if len(row) >= len(names) else {"cut off": "yes"})
            line = first + reader.line_num
    except csv.Error:
        yield line, {"cut off": "yes"}
    finally:
        csv.field_size_limit(limit)


def _connections(rows: Iterable[tuple[int, dict[str, str]]], order: Order | None) -> Imported:
    kept: list[tuple[int, dict[str, str], str]] = []
    problems: list[Problem] = []
    for line, row in rows:
        if len(kept) == MOST_ROWS:
            problems.append(Problem(f"more than {MOST_ROWS:,} rows; the rest is left out", line=line))
            break
        name = one_line(repaired(f"{row.get('first name', '')} {row.get('last name', '')}"))
        if name is None:
            problems.append(Problem("a connection without a name; left out", line=line))
            continue
        kept.append((line, row, name))
    parse = _dates([row.get("connected on", "") for _, row, _ in kept], order)
    people, encounters = [], []
    for line, row, name in kept:
        url = _profile(row.get("url", ""))
        email = row.get("email address", "").strip().lower()
        person = ImportedPerson(
            name,
            emails=(email,) if "@" in email else (),
            org=one_line(repaired(row.get("company", ""))),
            position=one_line(repaired(row.get("position", ""))),
            urls=(row["url"].strip(),) if url else (),
            origin=url or name,
        )
        people.append(person)
        written = row.get("connected on", "").strip()
        day = parse(written)
        if day:
            encounters.append(ImportedEncounter(day, (person,), f"connection:{person.origin}", channel="card"))
        elif written:
            problems.append(
                Problem(
                    f"the day of the connection with {name} is unreadable or ambiguous: {one_line(written)}",
                    line=line,
                    hint="say which comes first with --order dmy or --order mdy",
                )
            )
    return Imported(tuple(people), tuple(sorted(encounters, key=_by_date)), tuple(problems))


def _dates(written: Sequence[str], order: Order | None) -> Callable[[str], dt.date | None]:
    """Return how the days of one file are read: numeric ones in the order that any of them proves."""
    pairs = [(int(found[1]), int(found[2])) for text in written if (found := _NUMERIC.match(text.strip()))]
    if order is None:
        day_first = any(first > 12 for first, _ in pairs)
        month_first = any(second > 12 for _, second in pairs)
        if day_first != month_first:
            order = "dmy" if day_first else "mdy"

    def parse(text: str) -> dt.date | None:
        text = text.strip()
        if found := _ISO.match(text):
            return _day(found[1], found[2], found[3])
        if found := _NAMED.match(text):
            month = _MONTHS.get(found[2].lower())
            return _day(found[3], month, found[1]) if month else None
        if (found := _NUMERIC.match(text)) and order in ("dmy", "mdy"):
            day, month_ = (found[1], found[2]) if order == "dmy" else (found[2], found[1])
            return _day(found[3], month_, day)
        return None

    return parse


def _day(year: str, month: str | int, day: str) -> dt.date | None:
    number = int(year)
    try:
        return dt.date(number + 2000 if number < 100 else number, int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Party:
    """One side of a message: the key is the profile, else the name."""

    key: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Message:
    conversation: str
    date: dt.date
    moment: str
    sender: _Party
    recipients: tuple[_Party, ...]


def _messages(rows: Iterable[tuple[int, dict[str, str]]], me: Sequence[str]) -> Imported:
    problems: list[Problem] = []
    left_out: Counter[str] = Counter()
    found: list[_Message] = []
    titles: dict[str, str] = {}
    for line, row in rows:
        sender = _party(row.get("from", ""), row.get("sender profile url", ""))
        day = _ISO.match(row.get("date", "").strip())
        date = _day(*day.groups()) if day else None
        if "cut off" in row or date is None:
            problems.append(Problem("a message without a readable day; left out", line=line))
        elif row.get("is message draft", "").strip().lower() in ("yes", "true", "1"):
            left_out["draft"] += 1
        elif row.get("folder", "").strip().lower() == "spam":
            left_out["spam"] += 1
        elif sender is None:
            left_out["no sender"] += 1
        else:
            names = row.get("to", "").split(",")
            urls = row.get("recipient profile urls", "").split(",")
            urls = urls if len(urls) == len(names) else [""] * len(names)
            recipients = (_party(name, url) for name, url in zip(names, urls, strict=True))
            conversation = row.get("conversation id", "")
            titles.setdefault(conversation, row.get("conversation title", ""))
            found.append(_Message(conversation, date, row.get("date", ""), sender, tuple(filter(None, recipients))))
    owner = _owner(found, me)
    if owner is None and found:
        problems.append(Problem("cannot tell which of the people is you", hint="say so with --me NAME or --me PROFILE"))
    encounters = _days(found, owner or frozenset())
    people = {person.origin: person for each in encounters for person in each.people}
    return Imported(tuple(people.values()), tuple(encounters), tuple(problems), dict(left_out))


def _party(name: str, url: str) -> _Party | None:
    name = one_line(repaired(name)) or ""
    profile = _profile(url)
    if name.lower() in _NOBODY or (profile and _SERVICE.search(profile)):
        return None
    return _Party(profile or name.casefold(), name, url.strip())


def _profile(url: str) -> str:
    """Return the address of a profile as it is compared: without scheme, `www.` and last slash, in lower case."""
    found = url.strip().lower().partition("?")[0].rstrip("/")
    return found.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _owner(messages: Sequence[_Message], me: Sequence[str]) -> frozenset[str] | None:
    """Return the keys of the owner: as given, else "You", else who takes part in every message of several people."""
    parties = {party.key: party for each in messages for party in (each.sender, *each.recipients)}
    if me:
        wanted = {one_line(name.casefold()) for name in me} | {_profile(name) for name in me}
        return frozenset(key for key, party in parties.items() if {key, party.name.casefold()} & wanted) or None
    if you := frozenset(key for key, party in parties.items() if party.name.casefold() in _YOU):
        return you
    sets = [{each.sender.key, *(party.key for party in each.recipients)} for each in messages if each.recipients]
    everywhere = set.intersection(*sets) if sets else set()
    return frozenset(everywhere) if len(everywhere) == 1 else None


def _days(messages: Sequence[_Message], owner: frozenset[str]) -> list[ImportedEncounter]:
    """Return one encounter for each day and person, with how many messages went each way and who began."""
    others: defaultdict[str, dict[str, _Party]] = defaultdict(dict)
    for each in messages:
        for party in (each.sender, *each.recipients):
            if party.key not in owner:
                others[each.conversation][party.key] = party
    received: Counter[tuple[dt.date, str]] = Counter()
    sent: Counter[tuple[dt.date, str]] = Counter()
    first: dict[tuple[dt.date, str], Initiative | None] = {}
    began: dict[tuple[str, dt.date], str] = {}
    who: dict[str, _Party] = {}
    for each in sorted(messages, key=lambda message: message.moment):
        opener = began.setdefault((each.conversation, each.date), each.sender.key)
        from_me = each.sender.key in owner
        named = [party for party in each.recipients if party.key not in owner]
        # A row that names no recipient answers everybody in the conversation.
        reached = (named or list(others[each.conversation].values())) if from_me else [each.sender]
        for party in reached:
            key = each.date, party.key
            who.setdefault(party.key, party)
            (sent if from_me else received)[key] += 1
            if key not in first:
                is_known = bool(owner)
                by: Initiative | None = "me" if opener in owner else "them" if opener == party.key else None
                first[key] = by if is_known else None
    people = {key: _person(party) for key, party in who.items()}
    return [
        ImportedEncounter(
            day,
            (people[key],),
            f"messages:{key}:{day.isoformat()}",
            channel="message",
            initiated_by=first[day, key],
            count=received[day, key],
            sent=sent[day, key],
        )
        for day, key in sorted(first)
    ]


def _person(party: _Party) -> ImportedPerson:
    return ImportedPerson(party.name, urls=(party.url,) if party.url else (), origin=party.key)


def _by_date(encounter: ImportedEncounter) -> tuple[dt.date, str]:
    return encounter.date, encounter.origin


def looks_like(head: Mapping[str, str] | str) -> bool:
    """Return whether a text begins as one of LinkedIn's tables does."""
    return any(mark in str(head).lower() for mark in ("connected on", "conversation id"))
