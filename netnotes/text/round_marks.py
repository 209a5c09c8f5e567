"""The mark of a line that `netnotes round` wrote: until it is ticked, such a line is not a promise.

The mark holds a hash of the line, which shows whether the user has edited it.
"""

from __future__ import annotations

import hashlib
import re

_MARK = re.compile(r"\s*<!-- round ([0-9a-f]{8}) -->")
_BOX = re.compile(r"^\s*[-*+]\s+(?:\[ \]|TODO)\s+")


def mark(line: str) -> str:
    """Return an unticked line with its mark appended."""
    return f"{line} <!-- round {_hash(line)} -->"


def is_marked(text: str) -> bool:
    """Return whether a task was written by `netnotes round`."""
    return "<!-- round " in text and _MARK.search(text) is not None


def is_untouched(line: str) -> bool:
    """Return whether a line is as `netnotes round` wrote it: neither ticked nor edited."""
    found = _MARK.search(line)
    return (
        found is not None
        and _BOX.match(line) is not None
        and not line[found.end() :].strip()
        and (found[1] == _hash(line[: found.start()]))
    )


def _hash(line: str) -> str:
    return hashlib.sha256(line.strip().encode()).hexdigest()[:8]


def unmarked(line: str) -> str:
    """Return a line without its mark."""
    return _MARK.sub("", line)
