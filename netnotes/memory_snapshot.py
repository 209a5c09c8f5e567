"""What a run remembers to plain data and back, for the next process over the same vault. Pure.

It rests on the snapshot of the outcome that the run gave, and shares its records. Of the notes it holds path and
digest alone: whoever unpacks it has read them. A note that has changed since is unlike every note, so it is read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from netnotes import snapshot
from netnotes.columns import NotPlainError, Packer, Schema, Unpacker
from netnotes.config import Config
from netnotes.extract import encounters
from netnotes.extract.dedupe import EncounterMerger, SourceKind
from netnotes.extract.occasion import NoteFindings
from netnotes.extract.people import people
from netnotes.extract.people.resolver import Directory, Heard
from netnotes.incremental import Reading, Recall
from netnotes.model import Note, Vault
from netnotes.outcome import Outcome
from netnotes.pipeline import Memory, ground
from netnotes.planning import plan as planning
from netnotes.planning.field_values import Targets
from netnotes.plugin.hooks import Plugin
from netnotes.scoring import changed as updating
from netnotes.text.links import Index

Packed = dict[str, Any]
SCHEMA = Schema(
    (
        *snapshot.SCHEMA.classes,
        *(NoteFindings, Reading, Recall, EncounterMerger, encounters.Known),
        *(Directory, people.Known, Targets, planning.Planned, planning.Known),
    ),
    enums=(SourceKind,),
    outside=Note,
    left_out={Directory: frozenset(("index", "notes", "heard"))},
)
"""Begins with the classes of an outcome: what was packed of one is unpacked with this too."""


def notes_of(memory: Memory) -> tuple[Note, ...]:
    """Return the notes that a memory refers to. Raises NotPlainError if it is empty."""
    if memory.people.directory is None:
        raise NotPlainError("nothing is remembered")
    return tuple(memory.people.directory.notes.values())


def pack(memory: Memory, packer: Packer) -> Packed:
    """Return what is remembered besides the outcome, which `packer` has packed before. Raises NotPlainError."""
    notes = notes_of(memory)
    if memory.readers.found:
        raise NotPlainError("a reader's findings rest on more than notes")
    scores = memory.scores
    kept = (
        *(memory.people, memory.encounters, memory.promises, memory.contacts, memory.strangers, memory.plans),
        *(dict(scores.weights), scores.silent, memory.order),
    )
    column = packer.column([kept])
    return {"notes": [(note.path, note.digest) for note in notes], "kept": column, "tables": packer.tables()}


def unpack(
    packed: Packed, vault: Vault, config: Config, plugins: Sequence[Plugin], outcome: Outcome, unpacker: Unpacker
) -> Memory:
    """Return what was remembered when `outcome`, unpacked before, was found; for `vault`, as it is now."""
    now = {note.path: note for note in vault.notes}
    notes = {path: _as_it_was(now, path, digest) for path, digest in packed["notes"]}
    unpacker.outside = tuple(notes.values())
    unpacker.add(packed["tables"])
    ((found, told, promises, contacts, strangers, plans, weights, silent, order),) = unpacker.values(packed["kept"])
    directory = found.directory
    filled = {"index": Index(directory.paths, aliases=directory.aliases), "notes": notes, "heard": Heard()}
    for name, value in filled.items():
        object.__setattr__(directory, name, value)
    ties = {tie: tie for tie in outcome.network.ties}
    return Memory(
        people=found,
        encounters=told,
        promises=promises,
        contacts=contacts,
        strangers=strangers,
        network=outcome.network,
        scores=updating.Known(tuple(plugins), weights, outcome.network.today, ties, outcome.scores.facts, silent),
        plans=plans,
        order=order,
        ground=ground(vault, config, order),
    )


def _as_it_was(now: Mapping[str, Note], path: str, digest: str) -> Note:
    note = now.get(path)
    return note if note is not None and note.digest == digest else Note(path, digest)
