"""A Maildir as one file: the header blocks of its messages, as an mbox has them. No body of a message is read."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from netnotes.storage import scan

FOLDERS = ("cur", "new")
MOST_MESSAGES = 200_000
MOST_BYTES = 200_000_000
"""Bytes of all header blocks."""
_BLANK = re.compile(rb"\r?\n\r?\n")


def is_maildir(place: Path) -> bool:
    """Return whether a folder is a Maildir."""
    return (place / "cur").is_dir() and (place / "new").is_dir()


def stamp(place: Path) -> str:
    """Return another text whenever messages come or go; not when one is marked as read."""
    names = sorted(name.partition(":")[0] for _, name in _messages(place))
    return hashlib.sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def headers(place: Path) -> bytes:
    """Return the header blocks, each below a line `From -`; what cannot be read is left out."""
    from netnotes.importers.mail import MOST_HEADER  # slow to import, and most vaults have no Maildir

    blocks: list[bytes] = []
    size = 0
    for folder, name in _messages(place):
        try:
            head = scan.read_bytes(os.path.join(place, folder, name), MOST_HEADER)  # noqa: PTH118  # there are many
        except OSError:
            # A program that sorts mail has moved it meanwhile, or it is no message.
            continue
        block = _BLANK.split(head, maxsplit=1)[0]
        size += len(block)
        if size > MOST_BYTES:
            break
        blocks.append(b"From -\n" + block + b"\n\n")
    return b"".join(blocks)


def _messages(place: Path) -> list[tuple[str, str]]:
    """Return (folder, name) of the messages, in the order of their names; links are none."""
    found: list[tuple[str, str]] = []
    for folder in FOLDERS:
        try:
            with os.scandir(place / folder) as entries:
                found += [(folder, entry.name) for entry in entries if entry.is_file(follow_symlinks=False)]
        except OSError:
            continue
    return sorted(found, key=lambda each: each[1])[:MOST_MESSAGES]
