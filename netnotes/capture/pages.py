"""Notes that NetNotes writes as a whole, such as a review: never read as evidence, never overwritten once edited."""

from __future__ import annotations

import hashlib
import re

_HEAD = re.compile(r"---\r?\nnetnotes: ignore\r?\npage: ([0-9a-f]{12})\r?\n---\r?\n")


def page(body: str) -> str:
    """Return the text of a note with its seal: `netnotes: ignore` keeps it from being read, the hash detects edits."""
    return f"---\nnetnotes: ignore\npage: {_hash(body)}\n---\n{body}"


def is_ours(text: str) -> bool:
    """Return whether a note is unchanged since NetNotes wrote it."""
    head = _HEAD.match(text)
    return head is not None and head[1] == _hash(text[head.end() :])


def _hash(body: str) -> str:
    return hashlib.sha256(body.replace("\r\n", "\n").encode()).hexdigest()[:12]
