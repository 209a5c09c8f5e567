"""The mark on lines that `netnotes round` wrote: such a line is not a promise until it is ticked.

The mark holds a hash of the line, which shows whether the user has edited it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from netnotes.notes import Passage
from netnotes.regex import regex

_MARK = regex(r"\s*<!-- round ([0-9a-f]{8}) -->")
_BOX = regex(r"^\s*[-*+]\s+(?:\[ \]|TODO)\s+")


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


def without_repeats(passages: Sequence[Passage]) -> list[Passage]:
    """Return passages in which each ticked line of a round counts once, with a length if one of its copies has one.

    Two devices that tick the same line may both keep it when they sync.
    """
    ticked: dict[str, list[int]] = {}
    for at, passage in enumerate(passages):
        if passage.text and passage.task in ("x", "X") and (found := _MARK.search(passage.text)):
            ticked.setdefault(found[1], []).append(at)
    repeated = {
        at for copies in ticked.values() for at in sorted(copies, key=lambda at: passages[at].minutes is None)[1:]
    }
    return [
        passage._replace(names=(), channel=None, minutes=None, clock=None) if at in repeated else passage
        for at, passage in enumerate(passages)
    ]
