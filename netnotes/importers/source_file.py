"""A file of another program as a reader finds it: calendars and mail to encounters, by the rules of `netnotes import`.

Address cards become people who are known by name and address. Who has neither a note nor a card does not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from netnotes.importers import ics, mail, mail_headers, vcard
from netnotes.importers.bounds import ImportTooLarge
from netnotes.importers.display_names import in_spoken_order, is_service
from netnotes.importers.records import Imported, ImportedPerson
from netnotes.model import Problem
from netnotes.plugin.facts import FoundEncounter, FoundPerson
from netnotes.plugin.notes import File

MOST_PROBLEMS = 20
"""Problems of one file that are reported: each day adds no new ones."""
_LOOKED_AT = 4096
"""Bytes at the beginning of a file that tell what it is."""


def facts_in(file: File, me: Sequence[str], until: dt.date) -> Iterator[FoundEncounter | FoundPerson | Problem]:
    """Yield the encounters of a calendar, an mbox or a Maildir, up to a day, and the people on address cards.

    `me` are the owner's addresses.
    """
    try:
        imported = _read(file, me, until)
    except ImportTooLarge as error:
        yield Problem(str(error), path=file.path, hint="split the file, or name a smaller one in `[sources]`")
        return
    if imported is None:
        return
    for problem in imported.problems[:MOST_PROBLEMS]:
        hint = 'write your addresses below it: me = ["…"]' if problem.message == mail.UNKNOWN_OWNER else problem.hint
        yield Problem(problem.message, path=file.path, line=problem.line, hint=hint)
    if _is_card(file):
        yield from (
            FoundPerson(in_spoken_order(person.name), person.aliases, person.emails, person.phones)
            for person in imported.people
            if person.name and not (person.company or any(map(is_service, person.emails)))
        )
    for met in imported.encounters:
        yield FoundEncounter(
            met.date,
            [_written(person) for person in met.people],
            line=met.line,
            minutes=met.minutes,
            channel=met.channel or "in person",
            initiated_by=met.initiated_by,
            fields={"uid": met.origin},
        )


def _read(file: File, me: Sequence[str], until: dt.date) -> Imported | None:
    head = file.data[:_LOOKED_AT]
    if _is_card(file):
        return vcard.read(file.data)
    if b"\0" in head or b"BEGIN:V" in head.upper():
        return ics.read(file.data, me=me, until=until)
    if head.startswith(b"From "):
        return mail.read(mail.with_folder_flags(mail.split_mbox(_lines(file.data)), file.path), me=me, today=until)
    if file.path.lower().endswith(".eml"):
        return mail.read(mail.with_folder_flags([mail.header_block(file.data)], file.path), me=me, today=until)
    return None


def _is_card(file: File) -> bool:
    return b"BEGIN:VCARD" in file.data[:_LOOKED_AT].replace(b"\0", b"").upper()


def _lines(data: bytes) -> Iterator[bytes]:
    """Yield the lines of a file with their ends, none longer than is of use, without holding a second copy."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        yield data[at : min(end, at + mail_headers.MOST_HEADER)]
        at = end


def _written(person: ImportedPerson) -> str:
    """Return a person as readers name them: `Ada Lockyer <ada@example.org>`, or what there is of it."""
    address = next(iter(person.emails), "")
    name = in_spoken_order(person.name) if person.name else ""
    return f"{name} <{address}>" if name and address else name or address
