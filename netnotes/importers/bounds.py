"""Limits of one import. A larger one is refused as soon as the limit is exceeded, and nothing is written."""

from __future__ import annotations

from netnotes.errors import NetNotesError
from netnotes.lazy_dataclass import dataclass


class ImportTooLarge(NetNotesError):
    """A file that exceeds a limit of one import."""

    def __init__(self, most: int, what: str, hint: str) -> None:
        super().__init__(f"more than {most:,} {what}; nothing of it is imported")
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Limit:
    """The most of something in one import."""

    most: int
    what: str
    hint: str

    def check(self, count: float) -> None:
        """Raise ImportTooLarge if there are more."""
        if count > self.most:
            raise ImportTooLarge(self.most, self.what, self.hint)


_SPLIT_FILE = "split the file, and import one part after the other"
PEOPLE = Limit(50_000, "people", _SPLIT_FILE)
"""As many cards as an address book of iCloud holds; LinkedIn allows 30,000 connections."""
ENCOUNTERS = Limit(300_000, "contacts", "leave out the older ones with --since DATE, or split the file")
"""Forty contacts a day for twenty years."""
RECORDS = Limit(1_000_000, "messages or rows", _SPLIT_FILE)
"""Messages or rows read from one file."""
ENTRIES = Limit(200_000, "calendar entries", "export a shorter range, and import one part after the other")
"""Entries of one calendar, each of which may be a series."""
ADDRESSES = Limit(2 * PEOPLE.most, "addresses", "split the mailbox, and import one part after the other")
"""Addresses in a mailbox: most of them never become people."""
MEGABYTES = Limit(300, "MB", "export it in parts, such as one calendar or one year at a time")
"""Size of a file that must be held in memory as a whole: a calendar or an export of Monica."""
