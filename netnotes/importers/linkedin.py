"""LinkedIn's `Connections.csv` and `messages.csv`. A connection is a card exchanged, never a conversation."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from netnotes.importers import bounds
from netnotes.importers.display_names import DEGREE, plain_url
from netnotes.importers.records import (
    Imported,
    ImportedEncounter,
    ImportedPerson,
    Order,
    Source,
    one_line,
    text_lines,
    without_mojibake,
)
from netnotes.importers.table_dates import date_reader, serial_moment
from netnotes.lazy_dataclass import dataclass
from netnotes.notes import Initiative, Problem
from netnotes.phrasing import pluralize

MOST_PREAMBLE = 50
"""Lines above the table that are looked at: the export begins with notes."""
MOST_FIELD = 300_000_000
"""Characters of a field: a long text must not cost the rows after it."""
LONGEST_PIECE = 2_000
_LONG = re.compile(r"[^\",;\t\r\n]{2000,}")
_TEXTS = {"content", "subject", "message"}
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AaPp]\.?[Mm])?")
_COLUMNS = {
    "first name": "vorname|prénom|nombre|nome|voornaam|imię|förnamn|fornavn|ad|имя",
    "last name": "nachname|nom|nom de famille|apellidos|apellido|cognome|sobrenome|apelido|achternaam|nazwisko"
    "|efternamn|efternavn|etternavn|soyadı|фамилия",
    "email address": "email|e-mail|e-mail-adresse|adresse e-mail|correo electrónico|dirección de correo electrónico"
    "|indirizzo e-mail|indirizzo email|endereço de e-mail|e-mailadres|adres e-mail|e-postadress"
    "|e-mailadresse|e-posta adresi",
    "company": "unternehmen|firma|entreprise|société|empresa|azienda|bedrijf|företag|virksomhed|şirket|компания",
    "position": "poste|cargo|puesto|posizione|functie|stanowisko|befattning|stilling|pozisyon|должность",
    "connected on": "verbunden am|verbunden seit|vernetzt am|date de connexion|connecté le|fecha de conexión"
    "|conectado el|data di collegamento|collegato il|conectado em|data da conexão|data de ligação|verbonden op"
    "|data połączenia|data nawiązania kontaktu|kontakt sedan|kontakter sedan"
    "|forbundet den|bağlantı tarihi|дата установления контакта",
    "from": "von|de|da|van|od|från|fra",
    "to": "an|à|para|a|aan|do|till|til",
    "date": "datum|fecha|data|dato",
    "content": "inhalt|contenu|contenido|contenuto|conteúdo|inhoud|treść|innehåll|indhold",
}
"""Column → what it is called in exports of other languages."""
_NAMES = {other: name for name, others in _COLUMNS.items() for other in others.split("|")}
_SERVICE = re.compile(r"/(?:company|school|showcase)/|/in/linkedin(?:-[a-z-]*)?$|^linkedin\.com/linkedin")
_NOT_NAMES = {"linkedin member", "linkedin", "linkedin user", ""}
_COLUMN_ORDER = ("first name", "last name", "url", "email address", "company", "position", "connected on")
"""The columns of connections in their order: the same in every language."""
_YOU = {"you", "me"}
UNKNOWN_OWNER = "cannot tell which of the people is you"


def read(
    source: Source, *, me: Sequence[str] = (), order: Order | None = None, since: dt.date | None = None
) -> Imported:
    """Return the people of a `Connections.csv`, or the days of messages of a `messages.csv`.

    `me` are names or addresses of profiles of the owner; without them, the one who takes part in every conversation.
    Of an `Invitations.csv` nothing is taken: it does not say which of them were accepted. Messages before `since` are
    left out. Raises ImportTooLarge.
    """
    head, rows = _table(text_lines(source))
    if {"first name", "last name", "connected on"} <= head:
        return _connections(rows, order)
    if {"from", "to", "date", "content"} <= head:
        parse = date_reader((row.get("date", "") for _, row in rows), order)
        return _messages(_table(text_lines(source))[1], me, parse, since)
    if {"from", "to", "sent at", "direction"} <= head:
        return Imported(left_out={"invitations; Connections.csv has those that were accepted": sum(1 for _ in rows)})
    problem = Problem("not a LinkedIn export", hint="give Connections.csv or messages.csv of your data archive")
    return Imported(problems=(problem,), failed=True)


def _table(every: Iterable[str]) -> tuple[set[str], Iterator[tuple[int, dict[str, str]]]]:
    """Return the columns by their English names, and (line, row) for each row below them."""
    lines = _lines(every)
    for number, line in enumerate(islice(lines, MOST_PREAMBLE), 1):
        for mark in ",;\t":
            written = [name.strip().lower() for name in next(csv.reader([line], delimiter=mark), [])]
            names = [_NAMES.get(name, name) for name in written]
            if len(names) == len(_COLUMN_ORDER) and names[2] == "url" and not set(names) & {"connected on", "from"}:
                names = list(_COLUMN_ORDER)
            if names and "from" in names[1:] and "conversation id" not in names:
                names[0] = "conversation id"
            if "connected on" in names or {"from", "date"} <= set(names) or {"from", "sent at"} <= set(names):
                return set(names), _rows(lines, names, number + 1, mark)
    return set(), iter(())


def _lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines; a long piece of a message is cut, and the rest of its row is kept."""
    for line in lines:
        yield line if len(line) < LONGEST_PIECE else _LONG.sub(lambda piece: piece[0][:LONGEST_PIECE], line)


def _rows(lines: Iterable[str], names: list[str], first: int, mark: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and the columns of each row, but the text of messages."""
    limit = csv.field_size_limit(MOST_FIELD)
    reader = csv.reader(lines, delimiter=mark)
    line = first
    try:
        for row in reader:
            if any(row):
                short = {name: value for name, value in zip(names, row, strict=False) if name not in _TEXTS}
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
        name = one_line(without_mojibake(f"{row.get('first name', '')} {row.get('last name', '')}"))
        if name is None:
            problems.append(Problem("a connection without a name; left out", line=line))
            continue
        kept.append((line, row, name))
        bounds.PEOPLE.check(len(kept))
    parse = date_reader([row.get("connected on", "") for _, row, _ in kept], order)
    people, encounters = [], []
    either: list[tuple[int, str]] = []
    for line, row, name in kept:
        url = plain_url(row.get("url", ""))
        email = row.get("email address", "").strip().lower()
        person = ImportedPerson(
            name,
            emails=(email,) if "@" in email else (),
            org=one_line(without_mojibake(row.get("company", ""))),
            position=one_line(without_mojibake(row.get("position", ""))),
            urls=(row["url"].strip(),) if url else (),
            distinct=bool(url),
            origin=url or name,
        )
        people.append(person)
        written = row.get("connected on", "").strip()
        day = parse(written)
        if day:
            encounters.append(ImportedEncounter(day, (person,), f"connection:{person.origin}", channel="card"))
        elif written and date_reader((), "dmy")(written):
            either.append((line, written))
        elif written:
            problems.append(Problem(f"the day of the connection with {name} is unreadable", line=line))
    if either:
        line, written = either[0]
        what = pluralize(len(either), "connection")
        message = f"the day of {what} may begin with the day or the month ({one_line(written)})"
        problems.append(Problem(message, line=line, hint="say which with --order dmy or --order mdy"))
    return Imported(tuple(people), tuple(sorted(encounters, key=_by_date)), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Participant:
    """One side of a message: the key is the profile, else the name."""

    key: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Message:
    conversation: str
    date: dt.date
    moment: str
    sender: _Participant
    recipients: tuple[_Participant, ...]


def _messages(
    rows: Iterable[tuple[int, dict[str, str]]],
    me: Sequence[str],
    parse: Callable[[str], dt.date | None],
    since: dt.date | None,
) -> Imported:
    problems: list[Problem] = []
    left_out: Counter[str] = Counter()
    found: list[_Message] = []
    for line, row in rows:
        bounds.RECORDS.check(len(found) + len(problems))
        sender = _participant(row.get("from", ""), row.get("sender profile url", ""))
        date = parse(row.get("date", ""))
        if "cut off" in row or date is None:
            problems.append(Problem("a message without a readable day; left out", line=line))
        elif row.get("is message draft", "").strip().lower() in ("yes", "true", "1"):
            left_out["draft"] += 1
        elif row.get("folder", "").strip().lower() == "spam":
            left_out["spam"] += 1
        elif sender is None:
            left_out["no sender"] += 1
        else:
            urls = row.get("recipient profile urls", "").split(",")
            names = _recipients(row.get("to", ""), len(urls) if all(urls) else 0)
            urls = urls if len(urls) == len(names) else [""] * len(names)
            recipients = (_participant(name, url) for name, url in zip(names, urls, strict=True))
            conversation, time = row.get("conversation id", ""), _sortable_time(row.get("date", ""))
            found.append(_Message(conversation, date, time, sender, tuple(filter(None, recipients))))
    found = _with_profiles(found)
    owner = _owner(found, me)
    if owner is None and found:
        problems.append(Problem(UNKNOWN_OWNER, hint="say so with --me NAME or --me PROFILE"))
    encounters = _daily_encounters(found, owner or frozenset(), since)
    people = {person.origin: person for each in encounters for person in each.people}
    return Imported(tuple(people.values()), tuple(encounters), tuple(problems), dict(left_out))


def _with_profiles(messages: list[_Message]) -> list[_Message]:
    """Return messages whose people have their profile everywhere, if one row has it and no one else has the name."""
    profiles: defaultdict[str, dict[str, _Participant]] = defaultdict(dict)
    for each in messages:
        for person in (each.sender, *each.recipients):
            if person.url:
                profiles[person.name.casefold()][person.key] = person
    only = {name: next(iter(found.values())) for name, found in profiles.items() if len(found) == 1}

    def known(person: _Participant) -> _Participant:
        return person if person.url else only.get(person.key, person)

    return [
        replace(each, sender=known(each.sender), recipients=tuple(map(known, each.recipients))) for each in messages
    ]


def _recipients(text: str, count: int) -> list[str]:
    """Return the names in a list of recipients; `count` is how many there are, 0 if that is unknown.

    A name may have a comma of its own, before a degree: `Ada Lockyer, PhD, Bo Lind`.
    """
    names: list[str] = []
    parts = text.split(",")
    for number, part in enumerate(parts):
        left = len(parts) - number
        is_degree = DEGREE.fullmatch(part.strip()) and not (count and len(names) + left <= count)
        if names and is_degree:
            names[-1] += f",{part}"
        else:
            names.append(part)
    return [text] if count == 1 else names


def _sortable_time(text: str) -> str:
    """Return the time of day in a date, as it can be sorted."""
    if moment := serial_moment(text):
        return f"{moment:%H:%M:%S}"
    found = _CLOCK.search(text)
    if not found:
        return ""
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + 12 * (found[4][0] in "Pp")
    return f"{hour:02}:{found[2]}:{found[3] or '00'}"


def _participant(name: str, url: str) -> _Participant | None:
    name = one_line(without_mojibake(name)) or ""
    profile = plain_url(url)
    if name.lower() in _NOT_NAMES or (profile and _SERVICE.search(profile)):
        return None
    return _Participant(profile or name.casefold(), name, url.strip())


def _owner(messages: Sequence[_Message], me: Sequence[str]) -> frozenset[str] | None:
    """Return the keys of the owner: as given, else "You", else who takes part in every message of several people."""
    participants = {person.key: person for each in messages for person in (each.sender, *each.recipients)}
    if me:
        wanted = {one_line(name.casefold()) for name in me} | {plain_url(name) for name in me}
        return frozenset(key for key, person in participants.items() if {key, person.name.casefold()} & wanted) or None
    if you := frozenset(key for key, person in participants.items() if person.name.casefold() in _YOU):
        return you
    sets = [{each.sender.key, *(person.key for person in each.recipients)} for each in messages if each.recipients]
    everywhere = set.intersection(*sets) if sets else set()
    return frozenset(everywhere) if len(everywhere) == 1 else None


def _daily_encounters(
    messages: Sequence[_Message], owner: frozenset[str], since: dt.date | None
) -> list[ImportedEncounter]:
    """Return one encounter for each day and person, with how many messages went each way and who began."""
    others: defaultdict[str, dict[str, _Participant]] = defaultdict(dict)
    for each in messages:
        for person in (each.sender, *each.recipients):
            if person.key not in owner:
                others[each.conversation][person.key] = person
    received: Counter[tuple[dt.date, str]] = Counter()
    sent: Counter[tuple[dt.date, str]] = Counter()
    first: dict[tuple[dt.date, str], Initiative | None] = {}
    began: dict[tuple[str, dt.date], str] = {}
    who: dict[str, _Participant] = {}
    wanted = messages if since is None else [each for each in messages if each.date >= since]
    for each in sorted(wanted, key=lambda message: (message.date, message.moment)):
        opener = began.setdefault((each.conversation, each.date), each.sender.key)
        from_me = each.sender.key in owner
        named = [person for person in each.recipients if person.key not in owner]
        # A row without a recipient is to everyone in the conversation.
        reached = (named or list(others[each.conversation].values())) if from_me else [each.sender]
        for person in reached:
            key = each.date, person.key
            who.setdefault(person.key, person)
            bounds.PEOPLE.check(len(who))
            bounds.ENCOUNTERS.check(len(first))
            (sent if from_me else received)[key] += 1
            if key not in first:
                is_known = bool(owner)
                by: Initiative | None = "me" if opener in owner else "them" if opener == person.key else None
                first[key] = by if is_known else None
    people = {key: _person(person) for key, person in who.items()}
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


def _person(person: _Participant) -> ImportedPerson:
    return ImportedPerson(person.name, urls=(person.url,) if person.url else (), origin=person.key)


def _by_date(encounter: ImportedEncounter) -> tuple[dt.date, str]:
    return encounter.date, encounter.origin
