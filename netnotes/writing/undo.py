"""Undo our writes: one run, one note's last write, or all of them. Makes drafts; `apply.write` writes them.

An unchanged note gets its old bytes back. In a changed note only our lines are removed or get their old values;
everything else stays.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import cast

from netnotes.errors import NetNotesError
from netnotes.model import Note, Problem, Vault
from netnotes.storage.exchange import digest
from netnotes.text.frontmatter import block, ownership
from netnotes.text.frontmatter.splice import Value
from netnotes.writing.apply import WriteContext, WriteResult, write
from netnotes.writing.draft import FOLDER, Draft, locate, properties_of, set_properties
from netnotes.writing.journal import ABSENT, Entry, Journal
from netnotes.writing.line_changes import LINES, Repeated, recorded, take_back

UNDO = "undo"
"""The command name of `undo` in the journal: undoing such a run restores what it reverted."""


_BACKGROUND = ("watch", "today")
"""Commands in the journal under which only the daemon writes."""
_DAY = dt.timedelta(days=1)


class NothingToUndo(NetNotesError):
    """The journal has no such write."""

    def __init__(self, what: str) -> None:
        super().__init__(f"nothing to undo: {what}")
        self.hint = "everything that was written here: `netnotes undo --list`"


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
            raise NothingToUndo("NetNotes has written nothing here, or all of it has been undone")
        of_user = (r for r in runs if r.command not in _BACKGROUND and runs[0].at - r.at <= _DAY)
        run = next(of_user, runs[0]).id
    # Of a note's writes the first: undoing it undoes those after it.
    entries = tuple({entry.path: entry for entry in reversed(journal.entries(run))}.values())[::-1]
    if not entries:
        raise NothingToUndo(f"run {run} wrote nothing, has been undone, or is too old")
    return entries


def undo(entries: Sequence[Entry], context: WriteContext) -> WriteResult:
    """Undo writes, and later ones to the same notes; enter that as a new run."""
    found = list(undo_drafts(context.root, entries, context.journal))
    problems = [problem for _, problem in found if isinstance(problem, Problem)]
    taken_back: set[str] = set()
    drafts: list[Draft] = []
    for entry, draft in found:
        if isinstance(draft, Problem):
            continue
        drafts.append(draft)
        if draft.after == draft.before:
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
                if draft.after is not None and entry.changes.get(LINES):
                    problems.append(
                        Problem(
                            "was changed since, so nothing in it was taken back",
                            path=draft.path,
                            hint="change it by hand",
                        )
                    )
    result = write(drafts, context, problems)
    taken_back |= {entry.path for entry, draft in found if isinstance(draft, Draft) and draft.path in result.written}
    since = {
        e.id: e
        for entry in entries
        if entry.path in taken_back
        for e in context.journal.history(entry.path)
        if e.id >= entry.id and e.run != result.run
    }
    context.journal.mark_undone(since.values())
    return result


def undo_drafts(root: Path, entries: Iterable[Entry], journal: Journal) -> Iterator[tuple[Entry, Draft | Problem]]:
    """Yield the draft of each write's note. Later writes to the same note are undone too.

    A note that was renamed since is found by its bytes.
    """
    by_digest: dict[str, str] | None = None
    for entry in entries:
        since = [e for e in journal.history(entry.path) if e.id >= entry.id]
        path = entry.path
        if since and ABSENT in (entry.old, since[-1].new):
            yield entry, _whole(root, entry, since)
            continue
        if since and not (root / path).exists():
            by_digest = _by_digest(root) if by_digest is None else by_digest
            path = by_digest.get(since[-1].new, path)
        found = locate(root, path)
        if isinstance(found, Problem):
            yield entry, found
            continue
        place, data, changed_at = found
        if _unbroken(since) and digest(data) == since[-1].new:
            after: bytes | Problem = entry.before
        else:
            written = {name: new for e in since for name, (_, new) in e.changes.items() if name != LINES}
            without = _lines_back(path, data, since)
            after = without if isinstance(without, Problem) else _values_back(path, without, entry.before, written)
        if isinstance(after, Problem):
            yield entry, after
        else:
            yield entry, Draft(path, place, data, after, _difference(data, after), changed_at)


def _whole(root: Path, entry: Entry, since: Sequence[Entry]) -> Draft | Problem:
    """Return the draft that removes a created note, or restores a removed one."""
    exists = os.path.lexists(root / entry.path)
    if entry.old != ABSENT:
        if exists:
            return Problem("cannot be made again: there is a note of that name", path=entry.path)
        return Draft(entry.path, entry.path, None, entry.before)
    found = locate(root, entry.path)
    if isinstance(found, Problem):
        return found if exists else Draft(entry.path, entry.path, None, None)
    place, data, changed_at = found
    # Where the user changed it between two writes, the last one holds their text too.
    if not _unbroken(since) or digest(data) != since[-1].new:
        rest = _lines_back(entry.path, data, since)
        if isinstance(rest, bytes) and rest != data:
            return Draft(entry.path, place, data, rest, {}, changed_at)
        return Problem(
            "was made by NetNotes and changed since, so it stays", path=entry.path, hint="delete it by hand if you like"
        )
    return Draft(
        entry.path, place, data, None, {name: e for name, e in entry.changes.items() if name == FOLDER}, changed_at
    )


def _by_digest(root: Path) -> dict[str, str]:
    """Return sha256 → path of every note of a vault; of equal notes one."""
    found: dict[str, str] = {}
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            place = Path(folder, name)
            if name.endswith(".md") and place.is_file():
                with contextlib.suppress(OSError):
                    found[digest(place.read_bytes())] = place.relative_to(root).as_posix()
    return found


def _still_there(entry: Entry, data: bytes) -> bool:
    """Return whether a note still has a value that this write changed."""
    properties, before = properties_of(data), properties_of(entry.before)
    return any(
        name in properties and ownership.same(properties[name], new) and not ownership.same(before.get(name), new)
        for name, (_, new) in entry.changes.items()
        if name.lower() != ownership.PROPERTY and name != LINES
    )


def clean_drafts(root: Path, vault: Vault, journal: Journal) -> Iterator[Draft | Problem]:
    """Yield the draft of each sealed note without our fields.

    A note that says `netnotes: ignore` loses our fields too, but keeps that property.
    """
    for note in vault.notes:
        properties = note.properties or note.fields
        seal = ownership.read(properties)
        if seal.foreign or not (seal.marks or (not seal.present and _left_unsealed(note, journal))):
            continue
        found = locate(root, note.path)
        if isinstance(found, Problem):
            yield found
            continue
        place, data, changed_at = found
        after = _without_ours(place, data, journal)
        if isinstance(after, Problem):
            yield after
        else:
            yield Draft(note.path, place, data, after, _difference(data, after), changed_at)


def _left_unsealed(note: Note, journal: Journal) -> bool:
    """Return whether a note without a seal still has our values: the user deleted the seal."""
    properties = note.properties or note.fields
    last = journal.last(note.path) if properties else None
    return last is not None and any(
        name in properties and ownership.same(properties[name], new)
        for name, (_, new) in last.changes.items()
        if new is not None
    )


def _without_ours(path: str, data: bytes, journal: Journal) -> bytes | Problem:
    history = journal.history(path)
    # The state before the first write, unless another machine had written before us.
    original = history[0].before if history and not ownership.read(properties_of(history[0].before)).marks else None
    if original is not None and _unbroken(history) and digest(data) == history[-1].new:
        return original
    properties = properties_of(data)
    seal = ownership.read(properties)
    ours = set(ownership.fitting(seal, properties))
    if not seal.present:
        wrote = {name: new for entry in history for name, (_, new) in entry.changes.items()}
        ours |= {name for name, new in wrote.items() if name in properties and ownership.same(properties[name], new)}
    changes = {name: _before_ours(name, history) for name in sorted(ours)}
    if seal.present:
        changes[seal.key] = ownership.without_marks(properties.get(seal.key))
    after = set_properties(path, data, changes)
    if original is not None and not isinstance(after, Problem):
        # Writing and deleting removes an empty block; the journal knows that there was one.
        sealed = set_properties(path, original, {ownership.PROPERTY: "x"})
        if not isinstance(sealed, Problem) and set_properties(path, sealed, {ownership.PROPERTY: None}) == after:
            return original
    return after


def _before_ours(name: str, history: Sequence[Entry]) -> Value:
    """Return a property's value when the user handed it to us; None if we added it ourselves."""
    for entry in reversed(history):
        before = properties_of(entry.before)
        sealed = next((new for key, (_, new) in entry.changes.items() if key.lower() == ownership.PROPERTY), None)
        if name in ownership.read({ownership.PROPERTY: sealed}).marks and name not in ownership.owned(before):
            return cast("Value", before.get(name))
    return None


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


def _lines_back(path: str, data: bytes, since: Sequence[Entry]) -> bytes | Problem:
    """Return a note without what some writes changed in its lines; a problem if it has such lines twice."""
    changed = [recorded(entry.changes[LINES][1]) for entry in reversed(since) if LINES in entry.changes]
    if not changed:
        return data
    try:
        text = data.decode("utf-8")
        for changes in changed:
            text = take_back(text, changes)
    except UnicodeDecodeError:
        return Problem("is no longer UTF-8, so nothing in it was taken back", path=path, hint="save it as UTF-8")
    except Repeated:
        return Problem("has the same lines twice, so it is not clear which to take back", path=path)
    return text.encode("utf-8")


def _unbroken(entries: Sequence[Entry]) -> bool:
    """Return whether each write began from the result of the one before."""
    return all(later.old == earlier.new for earlier, later in pairwise(entries))


def _difference(before: bytes, after: bytes) -> dict[str, tuple[object, object]]:
    old, new = properties_of(before), properties_of(after)
    return {
        name: (old.get(name), new.get(name))
        for name in (*old, *(n for n in new if n not in old))
        if old.get(name) != new.get(name)
    }
