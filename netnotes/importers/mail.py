"""Mail: who wrote to whom on which day, from the headers alone. Bodies and subjects are never looked at.

A caller streams the header blocks of an mbox or a Maildir; no more than one block is held at a time.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses, parsedate_to_datetime

from netnotes.importers.addresses import is_service
from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, one_line
from netnotes.notes import Initiative, Problem

MOST_RECIPIENTS = 12
"""A mail to more people is an announcement, not a contact."""
MOST_HEADER = 64_000
"""Bytes of the headers of one message that are read."""
MOST_PROBLEMS = 20
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)")
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]]+@[^@\s<>,;:\"()\[\]]+")


@dataclass(slots=True)
class _Day:
    """Messages exchanged with the same people on one day."""

    people: tuple[ImportedPerson, ...]
    received: int = 0
    sent: int = 0
    first: Initiative = "them"


@dataclass(slots=True)
class _State:
    days: dict[tuple[dt.date, tuple[str, ...]], _Day] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    directions: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def split_mbox(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the header block of each message of an mbox, given its lines (long ones may come in pieces)."""
    block: list[bytes] = []
    size = 0
    in_header = False
    blank = True
    for line in lines:
        is_blank = line in (b"\n", b"\r\n", b"\r")
        if blank and line.startswith(b"From ") and not in_header:
            if block:
                yield b"".join(block)
            block, size, in_header = [], 0, True
        elif in_header and is_blank:
            in_header = False
        elif in_header and size < MOST_HEADER:
            block.append(line[:MOST_HEADER])
            size += len(line)
        blank = is_blank
    if block:
        yield b"".join(block)


def read(headers: Iterable[bytes], *, me: Sequence[str] = (), today: dt.date | None = None) -> Imported:
    """Return one encounter for each day and set of people, given the header block of each message.

    `me` are the owner's addresses; without them the sender of no message is known to be the owner, and the problem
    says so. Days after `today` are left out. People are those who wrote and were written to.
    """
    own = {address.lower() for address in me}
    state = _State()
    count = 0
    for count, block in enumerate(headers, 1):  # noqa: B007  # the last number is how many there were
        _message(_headers(block), own, today, state)
    if not count:
        problem = Problem("no mail in this file", hint="give an mbox file or a Maildir folder")
        return Imported(problems=(problem,), failed=True)
    if not own:
        state.problems.append(Problem("cannot tell which mail is yours", hint="name your addresses with --me"))
    return _imported(state)


def _imported(state: _State) -> Imported:
    best = {email: names.most_common(1)[0][0] for email, names in state.names.items() if names}

    def named(person: ImportedPerson) -> ImportedPerson:
        email = person.emails[0]
        return ImportedPerson(best.get(email), emails=(email,), origin=email)

    both = sorted(email for email, ways in state.directions.items() if len(ways) > 1)
    people = tuple(ImportedPerson(best.get(email), emails=(email,), origin=email) for email in both)
    encounters = tuple(
        ImportedEncounter(
            date,
            tuple(named(person) for person in day.people),
            f"mail:{'+'.join(key)}:{date.isoformat()}",
            channel="mail",
            initiated_by=day.first,
            count=day.received,
            sent=day.sent,
        )
        for (date, key), day in sorted(state.days.items())
    )
    return Imported(people, encounters, tuple(state.problems[:MOST_PROBLEMS]), dict(state.left_out))


def _message(headers: dict[str, list[str]], own: set[str], today: dt.date | None, state: _State) -> None:
    reason = _not_personal(headers)
    senders = _people(headers.get("from", ()))
    if reason is None and not senders:
        reason = "no sender"
    sender = senders[0].emails[0] if senders else ""
    outgoing = sender in own
    recipients = [p for p in _people(_listed(headers, "to", "cc", "bcc")) if p.emails[0] not in own]
    people = recipients if outgoing else senders[:1]
    people = [person for person in people if not is_service(person.emails[0])]
    identity = "".join(headers.get("message-id", ())[:1]).strip()
    if reason is None and identity and identity in state.seen:
        reason = "the same message again"
    if reason is None and len(recipients) > MOST_RECIPIENTS:
        reason = f"more than {MOST_RECIPIENTS} recipients"
    if reason is None and not people:
        reason = "nobody but you" if outgoing else "automatic"
    if reason is not None:
        state.left_out[reason] += 1
        return
    state.seen.add(identity)
    date = _date(headers)
    if date is None or (today and date > today):
        state.left_out["in the future" if date else "without a readable date"] += 1
        return
    _count(people, date, state, outgoing=outgoing)


def _count(people: Sequence[ImportedPerson], date: dt.date, state: _State, *, outgoing: bool) -> None:
    way: Initiative = "me" if outgoing else "them"
    for person in people:
        state.directions.setdefault(person.emails[0], set()).add(way)
        if person.name:
            state.names.setdefault(person.emails[0], Counter())[person.name] += 1
    in_order = tuple(sorted(people, key=lambda person: person.emails[0]))
    key = date, tuple(person.emails[0] for person in in_order)
    day = state.days.setdefault(key, _Day(in_order, first=way))
    if outgoing:
        day.sent += 1
    else:
        day.received += 1


def _headers(block: bytes) -> dict[str, list[str]]:
    """Return header in lower case → values, unfolded; of From, To and so on alone."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in block[:MOST_HEADER].splitlines():
        if line[:1] in (b" ", b"\t"):
            if current:
                current[-1] += " " + _text(line.strip())
            continue
        head = _HEADER.fullmatch(line)
        current = found.setdefault(head[1].decode("ascii").lower(), []) if head else None
        if head and current is not None:
            current.append(_text(head[2]))
    return found


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _listed(headers: dict[str, list[str]], *names: str) -> list[str]:
    return [value for name in names for value in headers.get(name, ())]


def _not_personal(headers: dict[str, list[str]]) -> str | None:
    """Return why a message is no contact, from what its headers say of it; None if nothing does."""
    value = {name: values[0].strip().lower() for name, values in headers.items() if values}
    if value.keys() & {"list-id", "list-unsubscribe", "list-post", "x-mailman-version", "mailing-list", "x-list"}:
        return "mailing list"
    if value.get("precedence") in ("bulk", "list", "junk", "auto_reply"):
        return "mailing list"
    if value.get("auto-submitted", "no").partition(";")[0].strip() != "no":
        return "automatic"
    if value.keys() & {
        "x-autoreply",
        "x-autorespond",
        "x-auto-response-suppress",
        "feedback-id",
        "x-failed-recipients",
    }:
        return "automatic"
    if value.get("return-path") == "<>" or "multipart/report" in value.get("content-type", ""):
        return "automatic"
    return None


def _people(values: Sequence[str]) -> list[ImportedPerson]:
    """Return everybody with an address in address headers, each once."""
    found: dict[str, ImportedPerson] = {}
    for name, address in getaddresses([value[:10_000] for value in values]):
        email = address.strip().lower()
        if _ADDRESS.fullmatch(email):
            label = one_line(_decoded(name).strip("\"' "))
            found.setdefault(email, ImportedPerson(None if label and "@" in label else label, (email,), origin=email))
    return list(found.values())


def _decoded(text: str) -> str:
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    words = []
    for part, charset in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        try:
            words.append(part.decode(charset or "ascii"))
        # A name of a charset may hold what Python refuses to look up.
        except (LookupError, ValueError):
            words.append(_text(part))
    return "".join(words)


def _date(headers: dict[str, list[str]]) -> dt.date | None:
    """Return the day of the Date header in its own zone."""
    for value in headers.get("date", ())[:1]:
        try:
            return parsedate_to_datetime(value[:200]).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return None
