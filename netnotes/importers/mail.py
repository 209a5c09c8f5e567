"""Mail: who wrote to whom on which day, from the headers only. Bodies and subjects are never read.

A caller streams the header blocks of an mbox or a Maildir; no more than one block is held at a time.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from hashlib import blake2b
from itertools import islice

from netnotes.importers import bounds
from netnotes.importers.display_names import is_service, plain_address
from netnotes.importers.mail_headers import (
    MOST_HEADER,
    exclusion_reason,
    folder_flags,
    header_values,
    headers_in,
    people_in,
    sent_at,
)
from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson
from netnotes.lazy_dataclass import dataclass
from netnotes.notes import Initiative, Problem

MOST_RECIPIENTS = 12
"""Mail to more people is an announcement, not a contact."""
UNKNOWN_OWNER = "cannot tell which mail is yours"
_FULL_NAME = re.compile(r"[^\W\d_][^\d_()<>@]{0,80}")
"""A name with nothing after it such as a company in parentheses."""
MOST_LOOKED_AT = 5_000
"""Messages that are looked at to find out whose mailbox it is."""
_LONGEST_FROM_LINE = 2_000
_FROM_LINE = re.compile(rb"\n\r?\nFrom [^\n]{0,1000}\n(?=[!-9;-~]+[ \t]*:|>From )")
_BLANK = re.compile(rb"\n\r?\n")
_MAILDIR_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")


@dataclass(slots=True)
class _DayCounts:
    """Messages exchanged with the same people on one day."""

    received: int = 0
    sent: int = 0
    first: Initiative = "them"
    first_sent: float = math.inf
    """When the first of them was sent, in seconds as `datetime.timestamp` has them."""


@dataclass(slots=True)
class _State:
    days: dict[tuple[dt.date, tuple[str, ...]], _DayCounts] = field(default_factory=dict)
    """By day and the addresses of the people."""
    groups: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """Each set of addresses, so that equal sets share one tuple."""
    seen: set[int] = field(default_factory=set)
    """Digests of the Message-IDs, since a mailbox may hold millions."""
    directions: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def header_block(message: bytes, name: str = "") -> bytes:
    """Return the header block of one message; of one in a Maildir with the flags that the file's name ends with."""
    block = _BLANK.split(message[:MOST_HEADER], maxsplit=1)[0]
    flags = maildir_flags(name)
    return f"X-Maildir-Flags: {flags}\n".encode() + block if flags else block


def maildir_flags(name: str) -> str:
    """Return which flags of a file in a Maildir say that the message does not count: D for a draft, T for trash."""
    found = _MAILDIR_FLAGS.search(name)
    return "".join(flag for flag in "DT" if found and flag in found[1])


def with_folder_flags(blocks: Iterable[bytes], path: str) -> Iterator[bytes]:
    """Yield header blocks of a file in a mailbox; those in a folder of drafts, spam or deleted mail say so."""
    flags = folder_flags(path)
    return (f"X-Maildir-Flags: {flags}\n".encode() + block for block in blocks) if flags else iter(blocks)


def split_mbox(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the header block of each message of an mbox, given in pieces of any size.

    A message begins with a `From ` line at the beginning or after a blank line, and with a header after it: text of a
    message may hold lines that begin with `From `.
    """
    data, at = b"\n\n", 0
    pieces = iter(chunks)
    while True:
        piece = next(pieces, None)
        data = data[at:] + (piece or b"")
        at = 0
        while found := _FROM_LINE.search(data, at):
            end = _BLANK.search(data, found.end() - 1, found.end() + MOST_HEADER)
            if end is None and piece is not None and len(data) - found.end() < MOST_HEADER:
                break
            at = end.start() if end else min(len(data), found.end() + MOST_HEADER)
            yield data[found.end() : at]
        if piece is None:
            return
        at = found.start() if found else max(at, len(data) - _LONGEST_FROM_LINE)


def owners(headers: Iterable[bytes]) -> list[str]:
    """Return the addresses that most of the mail was delivered to or, where nothing says so, sent from or to."""
    delivered: Counter[str] = Counter()
    named: Counter[str] = Counter()
    count = 0
    for count, block in enumerate(islice(headers, MOST_LOOKED_AT), 1):  # noqa: B007  # the last number is how many
        found = headers_in(block)
        to = {person.emails[0] for person in people_in(header_values(found, "delivered-to", "x-original-to"))}
        delivered.update(to)
        named.update({person.emails[0] for person in people_in(header_values(found, "from", "to", "cc"))})
    often = [address for address, number in delivered.most_common(5) if number * 10 >= delivered.total()]
    # Someone in nearly every message owns the mailbox; with two such people, it cannot be decided.
    everywhere = [address for address, number in named.most_common(2) if number * 10 >= count * 9 and count >= 10]
    return often or (everywhere if len(everywhere) == 1 else [])


def read(
    headers: Iterable[bytes], *, me: Sequence[str] = (), today: dt.date | None = None, since: dt.date | None = None
) -> Imported:
    """Return one encounter for each day and set of people, given the header block of each message.

    `me` are the owner's addresses, with or without a tag after a `+`; without them the sender of no message is known to
    be the owner, and the problem says so. Days before `since` and after `today` are left out. People are those who
    wrote and were written to, at any time. Raises ImportTooLarge.
    """
    own = {plain_address(address) for address in me}
    state = _State()
    count = 0
    for count, block in enumerate(headers, 1):  # noqa: B007  # the last number is how many there were
        _message(headers_in(block), own, (since or dt.date.min, today or dt.date.max), state)
        bounds.ADDRESSES.check(len(state.directions))
        bounds.ENCOUNTERS.check(len(state.days))
    if not count or (count == 1 and "no sender" in state.left_out):
        problem = Problem("no mail in this file", hint="give an mbox file or a Maildir folder")
        return Imported(problems=(problem,), failed=True)
    problems = () if own else (Problem(UNKNOWN_OWNER, hint="name your addresses with --me"),)
    return _result(state, problems)


def _best_name(names: Counter[str]) -> str:
    """Return the most frequent name; if that is only a first name, the most frequent full name with it."""
    usual = names.most_common(1)[0][0]
    full = [name for name in names if _FULL_NAME.fullmatch(name) and usual in name.replace(",", " ").split() != [usual]]
    return max(full, key=lambda name: (names[name], "," not in name), default=usual)


def _result(state: _State, problems: tuple[Problem, ...]) -> Imported:
    best = {email: _best_name(names) for email, names in state.names.items() if names}
    every = {email: ImportedPerson(best.get(email), emails=(email,), origin=email) for email in state.directions}
    both = sorted(email for email, ways in state.directions.items() if len(ways) > 1)
    bounds.PEOPLE.check(len(both))
    people = tuple(every[email] for email in both)
    encounters = tuple(
        ImportedEncounter(
            date,
            tuple(every[email] for email in key),
            f"mail:{'+'.join(key)}:{date.isoformat()}",
            channel="mail",
            initiated_by=day.first,
            count=day.received,
            sent=day.sent,
        )
        for (date, key), day in sorted(state.days.items())
    )
    return Imported(people, encounters, problems, dict(state.left_out))


def _message(headers: dict[str, list[str]], own: set[str], span: tuple[dt.date, dt.date], state: _State) -> None:
    reason = exclusion_reason(headers)
    senders = people_in(headers.get("from", ()))
    if reason is None and not senders:
        reason = "no sender"
    sender = senders[0].emails[0] if senders else ""
    outgoing = plain_address(sender) in own
    recipients = [
        p for p in people_in(header_values(headers, "to", "cc", "bcc")) if plain_address(p.emails[0]) not in own
    ]
    people = recipients if outgoing else senders[:1]
    people = [person for person in people if not is_service(person.emails[0])]
    identity = _digest("".join(headers.get("message-id", ())[:1]).strip())
    if reason is None and identity and identity in state.seen:
        reason = "the same message again"
    if reason is None and len(recipients) > MOST_RECIPIENTS:
        reason = f"more than {MOST_RECIPIENTS} recipients"
    if reason is None and not people:
        reason = "only to yourself" if outgoing else "automatic"
    if reason is not None:
        state.left_out[reason] += 1
        return
    if identity:
        state.seen.add(identity)
    sent = sent_at(headers)
    if sent is None or sent.date() > span[1]:
        state.left_out["in the future" if sent else "without a readable date"] += 1
        return
    _count(people, sent if sent.date() >= span[0] else None, state, outgoing=outgoing)


def _digest(identity: str) -> int:
    digest = blake2b(identity.encode("utf-8", errors="replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") if identity else 0


def _count(people: Sequence[ImportedPerson], sent: dt.datetime | None, state: _State, *, outgoing: bool) -> None:
    """Count one message. Without a date, only record who writes to whom."""
    way: Initiative = "me" if outgoing else "them"
    for person in people:
        state.directions.setdefault(person.emails[0], set()).add(way)
        if person.name:
            state.names.setdefault(person.emails[0], Counter())[person.name] += 1
    if sent is None:
        state.left_out["before the day asked for"] += 1
        return
    group = tuple(sorted(person.emails[0] for person in people))
    key = sent.date(), state.groups.setdefault(group, group)
    day = state.days.setdefault(key, _DayCounts())
    # A mailbox is in no order: one folder comes after the other, or the newest first.
    if (at := _seconds(sent)) < day.first_sent:
        day.first, day.first_sent = way, at
    if outgoing:
        day.sent += 1
    else:
        day.received += 1


def _seconds(moment: dt.datetime) -> float:
    """Return a moment as a number by which moments are compared; a time without a zone as one in UTC."""
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
    except (OverflowError, ValueError):
        return math.inf
