"""Limits of one import. A larger one is refused as soon as the limit is exceeded, and nothing is written."""

from __future__ import annotations

from netnotes.errors import NetNotesError

MOST_PEOPLE = 50_000
"""As many cards as an address book of iCloud holds; LinkedIn allows 30,000 connections."""
MOST_ENCOUNTERS = 300_000
"""Forty contacts a day for twenty years."""
MOST_RECORDS = 1_000_000
"""Most messages or rows read from one file."""
MOST_ENTRIES = 200_000
"""Entries of one calendar, each of which may be a series."""
MOST_ADDRESSES = 2 * MOST_PEOPLE
"""Addresses in a mailbox: most of them never become people."""
MOST_BYTES = 300_000_000
"""Bytes of a file that must be held in memory as a whole: a calendar or an export of Monica."""


class ImportTooLarge(NetNotesError):
    """A file that exceeds a limit of one import."""

    def __init__(self, most: int, what: str, hint: str) -> None:
        super().__init__(f"more than {most:,} {what}; nothing of it is imported")
        self.hint = hint


def check_people(count: int) -> None:
    """Raise ImportTooLarge if an import has more than `MOST_PEOPLE` people."""
    if count > MOST_PEOPLE:
        raise ImportTooLarge(MOST_PEOPLE, "people", "split the file, and import one part after the other")


def check_addresses(count: int) -> None:
    """Raise ImportTooLarge if a mailbox has more than `MOST_ADDRESSES` addresses."""
    if count > MOST_ADDRESSES:
        raise ImportTooLarge(MOST_ADDRESSES, "addresses", "split the mailbox, and import one part after the other")


def check_encounters(count: int) -> None:
    """Raise ImportTooLarge if an import has more than `MOST_ENCOUNTERS` contacts."""
    if count > MOST_ENCOUNTERS:
        raise ImportTooLarge(
            MOST_ENCOUNTERS, "contacts", "leave out the older ones with --since DATE, or split the file"
        )


def check_records(count: int) -> None:
    """Raise ImportTooLarge if a file has more than `MOST_RECORDS` messages or rows."""
    if count > MOST_RECORDS:
        raise ImportTooLarge(MOST_RECORDS, "messages or rows", "split the file, and import one part after the other")


def check_entries(count: int) -> None:
    """Raise ImportTooLarge if a calendar has more than `MOST_ENTRIES` entries."""
    if count > MOST_ENTRIES:
        raise ImportTooLarge(
            MOST_ENTRIES, "calendar entries", "export a shorter range, and import one part after the other"
        )


def check_bytes(count: int) -> None:
    """Raise ImportTooLarge if a file has more than `MOST_BYTES` bytes."""
    if count > MOST_BYTES:
        raise ImportTooLarge(
            MOST_BYTES // 1_000_000, "MB", "export it in parts, such as one calendar or one year at a time"
        )
