"""Undo our writes: one run, or one note's last write. Makes drafts; `apply.write` writes them.

An unchanged note gets its old bytes back. In a changed note only our lines are removed or get their old values;
everything else stays.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, cast

from netnotes.errors import NetNotesError
from netnotes.model import Problem
from netnotes.storage.exchange import digest
from netnotes.text.frontmatter import block, ownership
from netnotes.text.frontmatter.splice import Value
from netnotes.writing import moved_notes
from netnotes.writing.apply import WriteContext, WriteResult, write
from netnotes.writing.draft import FOLDER, Draft, locate, properties_of, set_properties
from netnotes.writing.journal import ABSENT, Entry, Journal
from netnotes.writing.line_changes import LINES, Repeated, recorded, take_back

UNDO = "undo"
"""The command name of `undo` in the journal: undoing such a run restores what it reverted."""


_BACKGROUND = ("watch", "today")
"""Commands in the journal under which only the daemon writes."""
_DAY = dt.timedelta(days=1)
_MOST_LINES = 3
"""Changed lines that a message names."""


class NothingToUndo(NetNotesError):
    """The journal has no such write."""

    def __init__(self, what: str, hint: str = "everything that was written here: `netnotes undo --list`") -> None:
        super().__init__(f"nothing to undo: {what}")
        self.hint = hint


def select_entries(journal: Journal, run: int | None = None, note: str | None = None) -> tuple[Entry, ...]:
    """Return the writes to undo: those of `run`, the last to `note`, else those of the newest run that wrote.

    What the daemon wrote in the day after a command is not the newest: it follows from that. Raises NothingToUndo.
    """
    if note is not None:
        last = journal.last(note)
        if last is None or (run is not None and run != last.run):
            raise NothingToUndo(f"{note} was not written" + (f" in run {run}" if run is not None else ""))
        return (last,)
    if run is None:
        runs = [r for r in journal.runs() if r.notes and r.command != UNDO]
        if not runs:
            raise NothingToUndo("NetNotes has written nothing here on this computer, or all of it has been undone")
        of_user = (r for r in runs if r.command not in _BACKGROUND and runs[0].at - r.at <= _DAY)
        run = next(of_user, runs[0]).id
    # Of a note's writes the first: undoing it undoes those after it.
    entries = tuple({entry.path: entry for entry in reversed(journal.entries(run))}.values())[::-1]
    if not entries:
        raise NothingToUndo(f"run {run} wrote nothing, has been undone, or is too old")
    return entries


class _Planned(NamedTuple):
    """What undoing one write does."""

    entry: Entry
    draft: Draft | None
    """None where nothing can be written."""
    problems: tuple[Problem, ...] = ()


def undo(entries: Sequence[Entry], context: WriteContext) -> WriteResult:
    """Undo writes, and later ones to the same notes; enter that as a new run.

    Among its problems are remarks about what the user has undone or changed since.
    """
    found = list(_plan(context.root, entries, context.journal))
    problems = [problem for planned in found for problem in planned.problems]
    taken_back: set[str] = set()
    for entry, draft, told in found:
        if draft is None:
            taken_back |= {entry.path for problem in told if problem.remark}
        elif draft.after == draft.before:
            if draft.after is not None and _still_there(entry, draft.after):
                problems.append(
                    Problem(
                        "still has fields that NetNotes wrote: its `netnotes` property was changed by hand",
                        path=draft.path,
                        hint="delete these lines by hand, or `netnotes accept` them and undo again",
                    )
                )
            else:
                taken_back.add(entry.path)
                if not told:
                    problems.append(
                        Problem("has nothing left to take back", path=draft.path, remark=moved_notes.UNDONE)
                    )
    drafts = [planned.draft for planned in found if planned.draft]
    result = write(drafts, context, problems)
    taken_back |= {entry.path for entry, draft, _ in found if draft and draft.path in result.written}
    since = {
        e.id: e
        for entry in entries
        if entry.path in taken_back
        for e in context.journal.history(entry.path)
        if e.id >= entry.id and e.run != result.run
    }
    context.journal.mark_undone(since.values())
    return result


def _plan(root: Path, entries: Iterable[Entry], journal: Journal) -> Iterator[_Planned]:
    """Yield how to undo each write. Later writes to the same note are undone too.

    A note that was renamed since is found by its bytes.
    """
    for entry in entries:
        since = [e for e in journal.history(entry.path) if e.id >= entry.id]
        path = entry.path
        if since and ABSENT in (entry.old, since[-1].new):
            yield _whole(root, entry, since, journal)
            continue
        if since and not (root / path).exists():
            moved = moved_notes.same_bytes(root, since, journal)
            if moved is None:
                yield _Planned(entry, None, (moved_notes.no_longer_there(root, since, journal, made=False),))
                continue
            path = moved
        found = locate(root, path)
        if isinstance(found, Problem):
            yield _Planned(entry, None, (found,))
            continue
        place, data, changed_at = found
        if unbroken(since) and digest(data) == since[-1].new:
            after: bytes = entry.before
            told: tuple[Problem, ...] = ()
        else:
            rest = _rest(path, data, entry, since, journal)
            if isinstance(rest, Problem):
                yield _Planned(entry, None, (rest,))
                continue
            after, told = rest
        yield _Planned(entry, Draft(path, place, data, after, difference(data, after), changed_at), told)


def _rest(
    path: str, data: bytes, entry: Entry, since: Sequence[Entry], journal: Journal
) -> tuple[bytes, tuple[Problem, ...]] | Problem:
    """Return a changed note without what was written, and what the user has changed of that."""
    written = {name: new for e in since for name, (_, new) in e.changes.items() if name != LINES}
    without = _lines_back(path, data, since, journal)
    if isinstance(without, Problem):
        return without
    rest, left = without
    after = _values_back(path, rest, entry.before, written)
    if isinstance(after, Problem):
        return after
    told = [_changed_lines(path, left, some=after != data)] if left else []
    changed = _changed_values(after, entry.before, written)
    told += [
        Problem(f"`{name}` was changed since, and stays", path=path, remark=moved_notes.UNDONE) for name in changed
    ]
    return after, tuple(told)


def _changed_lines(path: str, left: Sequence[str], *, some: bool) -> Problem:
    """Return that lines are not there any more as they were written. `some`: whether others were taken back."""
    lines = "; ".join(f"`{line.strip()}`" for line in left[:_MOST_LINES])
    what = f"{len(left)} line{'s' * (len(left) != 1)} in it" if some else "nothing in it"
    was = ("were" if len(left) != 1 else "was") + " not" if some else "was"
    return Problem(f"was changed since, so {what} {was} taken back", path=path, hint=f"change by hand what was {lines}")


def _changed_values(after: bytes, before: bytes, written: Mapping[str, object]) -> list[str]:
    """Return the properties to which the user has given other values since they were written."""
    properties, old = properties_of(after), properties_of(before)
    return [
        name
        for name, value in written.items()
        if name.lower() != ownership.PROPERTY
        and value is not None
        and name in properties
        and not ownership.same(properties[name], value)
        and not ownership.same(properties[name], old.get(name))
    ]


def _whole(root: Path, entry: Entry, since: Sequence[Entry], journal: Journal) -> _Planned:
    """Return how to remove a created note, or to restore a removed one."""
    exists = os.path.lexists(root / entry.path)
    if entry.old != ABSENT:
        if exists:
            there = Problem("cannot be made again: there is a note of that name", path=entry.path)
            return _Planned(entry, None, (there,))
        return _Planned(entry, Draft(entry.path, entry.path, None, entry.before))
    if not exists:
        return _Planned(entry, None, (moved_notes.no_longer_there(root, since, journal, made=True),))
    found = locate(root, entry.path)
    if isinstance(found, Problem):
        return _Planned(entry, None, (found,))
    place, data, changed_at = found
    # Where the user changed it between two writes, the last one holds their text too.
    if not unbroken(since) or digest(data) != since[-1].new:
        rest = _lines_back(entry.path, data, since, journal)
        if isinstance(rest, tuple) and rest[0] != data:
            told = (_changed_lines(entry.path, rest[1], some=True),) if rest[1] else ()
            return _Planned(entry, Draft(entry.path, place, data, rest[0], {}, changed_at), told)
        stays = Problem(
            "was made by NetNotes and changed since, so it stays", path=entry.path, hint="delete it by hand if you like"
        )
        return _Planned(entry, None, (rest if isinstance(rest, Problem) else stays,))
    folders = {name: e for name, e in entry.changes.items() if name == FOLDER}
    return _Planned(entry, Draft(entry.path, place, data, None, folders, changed_at))


def _still_there(entry: Entry, data: bytes) -> bool:
    """Return whether a note still has a value that this write changed."""
    properties, before = properties_of(data), properties_of(entry.before)
    return any(
        name in properties and ownership.same(properties[name], new) and not ownership.same(before.get(name), new)
        for name, (_, new) in entry.changes.items()
        if name.lower() != ownership.PROPERTY and name != LINES
    )


def _values_back(path: str, data: bytes, before: bytes, written: Mapping[str, object]) -> bytes | Problem:
    """Give the properties of `written` (name → what was written) the values they have in `before`, with their seals.

    Only if the value is still ours, or absent because we removed it.
    """
    properties, old = properties_of(data), properties_of(before)
    seal, old_seal = ownership.read(properties), ownership.read(old)
    if seal.foreign:
        return data
    ours = ownership.fitting(seal, properties)
    if not seal.present:
        # The seal was deleted, but values that we wrote and nobody changed are still ours.
        ours |= {
            name for name, value in written.items() if name in properties and ownership.same(properties[name], value)
        }
    changes: dict[str, Value] = {}
    marks = dict(seal.marks)
    given = ownership.read({ownership.PROPERTY: written.get(seal.key)}).marks
    for name in dict.fromkeys((*written, *given)):
        gone = name not in properties
        # A value that was only sealed belonged to the user, who handed it to us by `accept`.
        only_sealed = name not in written
        if name == seal.key:
            continue
        if gone and written.get(name) is not None:
            # The user deleted it, and what it was sealed with says nothing without it.
            marks.pop(name, None)
            continue
        if only_sealed and given[name] == old_seal.marks.get(name):
            continue
        if not only_sealed and (gone or name in ours):
            changes[name] = cast("Value", old.get(name))
        marks.pop(name, None)
        if name in old_seal.marks:
            marks[name] = old_seal.marks[name]
    marks = {name: marks[name] for name in (*old_seal.marks, *marks) if name in marks}
    if marks != seal.marks:
        words = (ownership.without_marks(properties.get(seal.key)), ownership.text(marks))
        changes[seal.key] = " ".join(word for word in words if word) or None
    return _with_empty_block(before, set_properties(path, data, changes))


def _with_empty_block(before: bytes, after: bytes | Problem) -> bytes | Problem:
    """Restore an empty front matter that the note had before: removing our lines removed it too."""
    if isinstance(after, Problem):
        return after
    old, new = before.decode("utf-8", "replace"), after.decode("utf-8", "replace")
    had = block.read(old)
    if had.kind is not block.Kind.EMPTY or block.read(new).kind is not block.Kind.NONE:
        return after
    result = old[: had.end] + new.removeprefix(block.BYTE_ORDER_MARK)
    return result.encode() if block.read(result).kind is block.Kind.EMPTY else after


def _lines_back(
    path: str, data: bytes, since: Sequence[Entry], journal: Journal
) -> tuple[bytes, tuple[str, ...]] | Problem:
    """Return a note without what some writes changed in its lines, and the lines that are no longer there.

    A problem if it has such lines twice. Of writes that were undone before, missing lines were named then.
    """
    counted = journal.not_undone(since[0].path) if since else frozenset()
    changed = [(entry.id, recorded(entry.changes[LINES][1])) for entry in reversed(since) if LINES in entry.changes]
    if not changed:
        return data, ()
    left: list[str] = []
    try:
        text = data.decode("utf-8")
        for number, changes in changed:
            text, missing = take_back(text, changes)
            left += missing if number in counted else ()
    except UnicodeDecodeError:
        return Problem("is no longer UTF-8, so nothing in it was taken back", path=path, hint="save it as UTF-8")
    except Repeated:
        return Problem(
            "has the same lines twice, so it is not clear which to take back", path=path, hint="delete one by hand"
        )
    return text.encode("utf-8"), tuple(left)


def unbroken(entries: Sequence[Entry]) -> bool:
    """Return whether each write began from the result of the one before."""
    return all(later.old == earlier.new for earlier, later in pairwise(entries))


def difference(before: bytes, after: bytes) -> dict[str, tuple[object, object]]:
    """Return the properties that differ between two states of a note: name → (old value, new value)."""
    old, new = properties_of(before), properties_of(after)
    return {
        name: (old.get(name), new.get(name))
        for name in (*old, *(n for n in new if n not in old))
        if old.get(name) != new.get(name)
    }
