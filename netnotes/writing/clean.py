"""Remove all that was ever written from the notes of a vault. Makes drafts; `apply.write` writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from netnotes.model import Note, Problem, Vault
from netnotes.storage.exchange import digest
from netnotes.text.frontmatter import ownership
from netnotes.text.frontmatter.splice import Value
from netnotes.writing.draft import Draft, locate, properties_of, set_properties
from netnotes.writing.journal import Entry, Journal
from netnotes.writing.undo import difference, unbroken


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
            yield Draft(note.path, place, data, after, difference(data, after), changed_at)


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
    if original is not None and unbroken(history) and digest(data) == history[-1].new:
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
