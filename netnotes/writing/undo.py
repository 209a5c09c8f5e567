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
from netnotes.storage.exchange import digest
from netnotes.text.frontmatter import block
from netnotes.text.frontmatter import ownership as seals
from netnotes.text.frontmatter.splice import Value
from netnotes.writing.apply import Applied, Round, write
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


def undo(entries: Sequence[Entry], going: Round) -> Applied:
    """Take writes back, and later ones to the same notes with them; enter that as a run of its own."""
    found = list(undone(going.root, entries, going.journal))
    drafts = [draft for _, draft in found if isinstance(draft, Draft)]
    applied = write(drafts, going, [problem for _, problem in found if isinstance(problem, Problem)])
    settled = {draft.path for draft in drafts if draft.path in applied.written or draft.after == draft.before}
    since = {
        e.id: e
        for entry in entries
        if entry.path in settled
        for e in going.journal.history(entry.path)
        if e.id >= entry.id and e.run != applied.run
    }
    going.journal.mark_undone(since.values())
    return applied


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
            written = {name: new for e in since for name, (_, new) in e.changes.items()}
            after = _lines_back(entry.path, data, entry.before, written)
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
    history = journal.history(path)
    # What was there before the first write, unless another machine had written before us.
    original = history[0].before if history and not seals.read(_properties(history[0].before)).marks else None
    if original is not None and _unbroken(history) and digest(data) == history[-1].new:
        return original
    properties = _properties(data)
    seal = seals.read(properties)
    changes = {name: _before_ours(name, history) for name in sorted(seals.fitting(seal, properties))}
    changes[seal.key] = seals.without_marks(properties.get(seal.key))
    after = changed(path, data, changes)
    if original is not None and not isinstance(after, Problem):
        # Writing and deleting takes an empty block away; the journal knows that there was one.
        sealed = changed(path, original, {seals.PROPERTY: "x"})
        if not isinstance(sealed, Problem) and changed(path, sealed, {seals.PROPERTY: None}) == after:
            return original
    return after


def _before_ours(name: str, history: Sequence[Entry]) -> Value:
    """Return the value that a property had when it was given to us; None where we put it there ourselves."""
    for entry in reversed(history):
        before = _properties(entry.before)
        sealed = next((new for key, (_, new) in entry.changes.items() if key.lower() == seals.PROPERTY), None)
        if name in seals.read({seals.PROPERTY: sealed}).marks and name not in seals.owned(before):
            return cast("Value", before.get(name))
    return None


def _lines_back(path: str, data: bytes, before: bytes, written: Mapping[str, object]) -> bytes | Problem:
    """Give the properties of `written` (name → what was written) the values they have in `before`, with their seals.

    Only where the value is still ours, or absent because we took it away.
    """
    properties, old = _properties(data), _properties(before)
    seal, old_seal = seals.read(properties), seals.read(old)
    if seal.foreign:
        return data
    ours = seals.fitting(seal, properties)
    changes: dict[str, Value] = {}
    marks = dict(seal.marks)
    given = seals.read({seals.PROPERTY: written.get(seal.key)}).marks
    for name in dict.fromkeys((*written, *given)):
        gone = name not in properties
        # A value that was only sealed was the user's, given to us by `accept`.
        only_sealed = name not in written
        if name == seal.key or (gone and written.get(name) is not None):
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
        words = (seals.without_marks(properties.get(seal.key)), seals.text(marks))
        changes[seal.key] = " ".join(word for word in words if word) or None
    return changed(path, data, changes)


def _unbroken(entries: Sequence[Entry]) -> bool:
    """Return whether each write found what the one before had left."""
    return all(later.old == earlier.new for earlier, later in pairwise(entries))


def _difference(before: bytes, after: bytes) -> dict[str, tuple[object, object]]:
    old, new = _properties(before), _properties(after)
    return {
        name: (old.get(name), new.get(name))
        for name in (*old, *(n for n in new if n not in old))
        if old.get(name) != new.get(name)
    }


def _properties(data: bytes) -> Mapping[str, object]:
    try:
        return block.read(data.decode("utf-8")).properties
    except UnicodeDecodeError:
        return {}
