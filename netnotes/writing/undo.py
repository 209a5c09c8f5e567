"""Take our writes back: one run, one note's last, or all there ever were. Makes drafts; `apply.write` writes them.

Where a note has not changed since, it gets back the very bytes that it had. Where it has, only lines of ours go, or
get back the value that they had; what anybody else wrote since stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import cast

from netnotes.errors import NetNotesError
from netnotes.model import Problem, Vault
from netnotes.vault import frontmatter
from netnotes.vault.atomic import digest
from netnotes.vault.splice import Value
from netnotes.writing import seal as seals
from netnotes.writing.draft import Draft, changed, find
from netnotes.writing.journal import Entry, Journal

UNDO = "undo"
"""The command under which `undo` enters its own writes: naming such a run takes the taking back back."""


class NothingToUndo(NetNotesError):
    """No write in the journal is the one that was asked for."""

    def __init__(self, what: str) -> None:
        super().__init__(f"nothing to undo: {what}")
        self.hint = "`netnotes undo --list` names what can be taken back"


def chosen(journal: Journal, run: int | None = None, note: str | None = None) -> tuple[Entry, ...]:
    """Return the writes to take back: those of `run`, the last to `note`, else those of the newest run that wrote.

    Raises NothingToUndo.
    """
    if note is not None:
        last = journal.last(note)
        if last is None or (run is not None and run != last.run):
            raise NothingToUndo(f"{note} was not written" + (f" in run {run}" if run is not None else ""))
        return (last,)
    if run is None:
        run = next((r.id for r in journal.runs() if r.notes and r.command != UNDO), None)
        if run is None:
            raise NothingToUndo("nothing was written here, or all of it was taken back")
    entries = journal.entries(run)
    if not entries:
        raise NothingToUndo(f"run {run} wrote nothing, or was taken back, or is too old")
    return entries


def undone(root: Path, entries: Iterable[Entry], journal: Journal) -> Iterator[tuple[Entry, Draft | Problem]]:
    """Yield, for each write, what its note is to become. Later writes to the same note are taken back with it."""
    for entry in entries:
        found = find(root, entry.path)
        if isinstance(found, Problem):
            yield entry, found
            continue
        place, data, changed_at = found
        since = [e for e in journal.history(entry.path) if e.id >= entry.id]
        if _unbroken(since) and digest(data) == since[-1].new:
            after: bytes | Problem = entry.before
        else:
            names = {name for e in since for name in e.changes}
            after = _lines_back(entry.path, data, entry.before, names)
        if isinstance(after, Problem):
            yield entry, after
        else:
            yield entry, Draft(entry.path, place, data, after, _difference(data, after), changed_at)


def cleaned(root: Path, vault: Vault, journal: Journal) -> Iterator[Draft | Problem]:
    """Yield, for each note that has a seal, the note without anything of ours.

    A note that says `netnotes: ignore` loses our fields too, and keeps that word.
    """
    for note in vault.notes:
        seal = seals.read(note.properties)
        if not seal.marks or seal.foreign:
            continue
        found = find(root, note.path)
        if isinstance(found, Problem):
            yield found
            continue
        place, data, changed_at = found
        after = _without_ours(place, data, journal)
        if isinstance(after, Problem):
            yield after
        else:
            yield Draft(note.path, place, data, after, _difference(data, after), changed_at)


def _without_ours(path: str, data: bytes, journal: Journal) -> bytes | Problem:
    first = journal.first(path)
    before = _properties(first.before) if first else {}
    if first and not seals.read(before).marks:
        history = journal.history(path)
        if history[0].id == first.id and _unbroken(history) and digest(data) == history[-1].new:
            return first.before
    properties = _properties(data)
    seal = seals.read(properties)
    ours = seals.fitting(seal, properties)
    was_ours = seals.owned(before)
    # A field that was the user's before it was given to us goes back to what it was.
    changes: dict[str, Value] = {name: cast("Value", before.get(name)) if name not in was_ours else None for name in ours}
    changes[seal.key] = seals.without_marks(properties[seal.key]) if seal.present else None
    after = changed(path, data, changes)
    if first and not isinstance(after, Problem) and not seals.read(before).marks:
        # Writing and deleting takes an empty block away; the journal knows that there was one.
        emptied = changed(path, first.before, {seals.PROPERTY: "x"})
        if not isinstance(emptied, Problem) and changed(path, emptied, {seals.PROPERTY: None}) == after:
            return first.before
    return after


def _lines_back(path: str, data: bytes, before: bytes, names: Iterable[str]) -> bytes | Problem:
    """Give those of `names` that are still ours the values they have in `before`, and their seals with them."""
    properties, old = _properties(data), _properties(before)
    seal, old_seal = seals.read(properties), seals.read(old)
    ours = seals.fitting(seal, properties)
    changes: dict[str, Value] = {}
    marks = dict(seal.marks)
    for name in sorted(names):
        gone = name not in properties
        if name.lower() == seals.PROPERTY or not (name in ours or gone):
            continue
        changes[name] = cast("Value", old.get(name))
        marks.pop(name, None)
        if name in old_seal.marks:
            marks[name] = old_seal.marks[name]
    if seal.foreign:
        return data
    if marks != seal.marks:
        rest = seals.without_marks(properties.get(seal.key))
        changes[seal.key] = " ".join(word for word in (rest, seals.text(marks)) if word) or None
    return changed(path, data, changes)


def _unbroken(entries: Sequence[Entry]) -> bool:
    """Return whether each write found what the one before had left."""
    return all(later.old == earlier.new for earlier, later in pairwise(entries))


def _difference(before: bytes, after: bytes) -> dict[str, tuple[object, object]]:
    old, new = _properties(before), _properties(after)
    return {name: (old.get(name), new.get(name)) for name in (*old, *(n for n in new if n not in old))
            if old.get(name) != new.get(name)}  # fmt: skip


def _properties(data: bytes) -> Mapping[str, object]:
    try:
        return frontmatter.read(data.decode("utf-8")).properties
    except UnicodeDecodeError:
        return {}
