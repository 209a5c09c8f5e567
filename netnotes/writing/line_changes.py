"""What a write changed in the lines of a note, kept so that it can be taken back from a note that has changed since.

Lines are compared without their ends: editors change those. Text in, text out.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple, cast

from netnotes.text.line_breaks import lines_at_line_feeds

LINES = "+text"
"""Key of `Draft.changes` for changed lines, as (None, list of LineChange); no property can have this name."""


class LineChange(NamedTuple):
    """One place where lines were added, removed or replaced."""

    above: str | None
    """The line above it; None at the beginning of the note."""
    old: Sequence[str]
    new: Sequence[str]


def recorded(value: object) -> list[LineChange]:
    """Return the changes that a journal holds; one of an older version holds the text that was added."""
    if isinstance(value, str):
        return [LineChange(None, [], _lines(value))]
    return [LineChange(*change) for change in cast("list[tuple[str | None, list[str], list[str]]]", value)]


class TakenBack(NamedTuple):
    """A text without changes that were made to it."""

    text: str
    left: tuple[str, ...] = ()
    """Lines that were written, but are no longer there as they were: the user has changed or removed them."""


class Repeated(Exception):
    """The lines to take back are in the note several times."""


def line_changes(before: str, after: str) -> list[LineChange]:
    """Return what was changed from one text to another."""
    old, new = _lines(before), _lines(after)
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    old, new, above = old[same:], new[same:], [None, *old][same]
    found = difflib.SequenceMatcher(None, old, new).get_opcodes()
    return [
        LineChange(new[start - 1] if start else above, old[first:last], new[start:end])
        for kind, first, last, start, end in found
        if kind != "equal"
    ]


def take_back(text: str, changes: Iterable[LineChange]) -> TakenBack:
    """Return a text without changes: added lines are removed, removed ones are there again, replaced ones as before.

    An added or replaced line that is no longer there is left out. Raises Repeated.
    """
    lines = lines_at_line_feeds(text)
    end = "\r\n" if "\r\n" in text else "\n"
    found: list[tuple[int, int, Sequence[str]]] = []
    left: list[str] = []
    for change in changes:
        ours = [*change.new]
        if not ours:
            found.append((_place_below(lines, change.above), 0, change.old))
            continue
        places = _places(lines, ours, change.above)
        if not places and not change.old:
            # The blank lines around them may have changed.
            ours = _without_blank_edges(ours)
            places = _places(lines, ours, change.above) if ours else []
        if len(places) > 1:
            raise Repeated
        found += [(at, len(ours), change.old) for at in places]
        if not places and not change.old:
            # One of several may have been ticked.
            alone = [at for above, line in pairwise([change.above, *ours]) for at in _alone(lines, line, above)]
            found += [(at, 1, ()) for at in alone]
            there = {lines[at].rstrip("\r\n") for at in alone}
            left += [line for line in ours if line.strip() and line not in there]
        elif not places:
            left += [line for line in ours if line.strip()]
    # All were found before any is taken back: lines that are there again may be like those above others.
    found.sort(key=itemgetter(0))
    for at, count, old in reversed(found):
        _put(lines, at, count, old, end)
    return TakenBack("".join(lines), tuple(left))


def _alone(lines: Sequence[str], line: str | None, above: str | None) -> list[int]:
    """Return the index of a line that is in a text once, or once below another. Raises Repeated."""
    places = _places(lines, [line], above) if line and line.strip() else []
    if len(places) > 1:
        raise Repeated
    return places


def _lines(text: str) -> list[str]:
    return [line.rstrip("\r\n") for line in lines_at_line_feeds(text)]


def _places(lines: Sequence[str], wanted: Sequence[str], above: str | None) -> list[int]:
    """Return the indexes at which some lines are in a text; of several, those below the line `above`."""
    plain = [line.rstrip("\r\n") for line in lines]
    found = [at for at, line in enumerate(plain) if line == wanted[0] and plain[at : at + len(wanted)] == wanted]
    below = [at for at in found if (plain[at - 1] if at else None) == above]
    return below if len(found) > 1 and len(below) == 1 else found


def _place_below(lines: Sequence[str], above: str | None) -> int:
    """Return the index below a line; of the end if there are several or none of it."""
    if above is None:
        return 0
    found = [at for at, line in enumerate(lines, 1) if line.rstrip("\r\n") == above]
    return found[0] if len(found) == 1 else len(lines)


def _put(lines: list[str], at: int, count: int, new: Iterable[str], end: str) -> None:
    """Replace `count` lines at an index by new ones; every line but the last of a text has an end."""
    lines[at : at + count] = [f"{line}{end}" for line in new]
    if 0 < at < len(lines) and not lines[at - 1].endswith("\n"):
        lines[at - 1] += end


def _without_blank_edges(lines: Sequence[str]) -> list[str]:
    full = [at for at, line in enumerate(lines) if line.strip()]
    return [*lines[full[0] : full[-1] + 1]] if full else []
