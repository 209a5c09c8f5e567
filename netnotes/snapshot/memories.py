"""Pack what a run remembers as plain data, and unpack it in the next process over the same vault. Pure.

It shares the records of the run's packed outcome. Of each note it holds only path and digest, since the caller has read
the notes. A note that has changed since equals no other note, so it is read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from netnotes.config import Config
from netnotes.directory import Directory
from netnotes.extract.corpus import corpus_terms
from netnotes.incremental import (
    Changed,
    CorpusMemory,
    EncounterMemory,
    EncountersByDay,
    Memory,
    NoteFindings,
    NotePlan,
    PeopleMemory,
    PlanMemory,
    ReaderFindings,
    ReaderMemory,
    ScoreMemory,
    SourceKind,
)
from netnotes.invalidation import Dependencies, ReadingCache
from netnotes.model import Note, Vault
from netnotes.note_sequence import by_path, contents, revised, without
from netnotes.outcome import Outcome
from netnotes.packing.columns import NotPlainError, Packer, Schema
from netnotes.packing.unpacker import Unpacker
from netnotes.pipeline import inputs
from netnotes.planning.field_values import Targets
from netnotes.plugin.facts import FoundEncounter, FoundPerson
from netnotes.plugin.hooks import Plugin
from netnotes.snapshot import outcomes
from netnotes.text.links import Index

_DEFERRED: tuple[type[Any], ...] = (
    *(Dependencies, ReadingCache, EncountersByDay, EncounterMemory),
    *(Directory, PeopleMemory, PlanMemory),
)
_AS_IT_IS = (
    *("people", "dependencies", "encounters", "promises", "last_contacts", "declared", "people_without_note"),
    "plans",
)
"""Fields of a memory that are packed as they are."""
_LEFT_OUT = {Directory: frozenset(("index", "notes")), PlanMemory: frozenset(("notes",))}
SCHEMA = Schema(
    (
        *outcomes.SCHEMA.classes,
        *(NoteFindings, Dependencies, ReadingCache, EncountersByDay, EncounterMemory),
        *(ReaderFindings, FoundEncounter, FoundPerson),
        *(Directory, PeopleMemory, Targets, NotePlan, PlanMemory),
    ),
    enums=(SourceKind,),
    outside=Note,
    left_out=_LEFT_OUT,
    deferred={
        **outcomes.SCHEMA.deferred,
        **{cls: frozenset(each.name for each in fields(cls)) - _LEFT_OUT.get(cls, frozenset()) for cls in _DEFERRED},
    },
)
"""Starts with the classes of an outcome, so that a packed outcome can be unpacked with it too."""


def notes_of(memory: Memory) -> tuple[Note, ...]:
    """Return the notes that a memory refers to. Raises NotPlainError if it is not that of a whole run."""
    if memory.inputs is None or memory.plans.notes != memory.notes:
        raise NotPlainError("nothing is remembered")
    return tuple(memory.notes)


def pack(memory: Memory, packer: Packer) -> Iterator[Any]:
    """Yield what is remembered besides the outcome, which `packer` has packed before. Raises NotPlainError."""
    notes = notes_of(memory)
    scores = memory.scores
    kept = {name: getattr(memory, name) for name in _AS_IT_IS}
    kept |= {"weights": dict(scores.weights), "silent": scores.silent, "readers": memory.readers.found}
    kept["corpus"] = _packed_corpus(memory.corpus)
    columns = {name: packer.column([value]) for name, value in kept.items()}
    return packer.pieces((_joined({note.path: note.digest for note in notes}), columns))


def _packed_corpus(corpus: CorpusMemory) -> tuple[Any, ...]:
    excluded = _joined({note.path: note.digest for note in corpus.notes if note.path in corpus.excluded})
    names = dict(corpus.numeric_names)
    return excluded, corpus.set_aside, corpus.groups, corpus.problems, names, corpus.proofs


def _unpacked_corpus(packed: tuple[Any, ...], terms: object, notes: Sequence[Note]) -> CorpusMemory:
    """Return what was known of these notes, the excluded ones among them."""
    excluded, set_aside, groups, problems, numeric_names, proofs = packed
    return CorpusMemory(
        terms=terms,
        notes=notes,
        excluded=frozenset(_split(excluded)),
        set_aside=set_aside,
        groups=groups,
        problems=problems,
        numeric_names=Counter(numeric_names),
        proofs=proofs,
    )


def unpack(
    pieces: Iterator[Any],
    vault: Vault,
    config: Config,
    plugins: Sequence[Plugin],
    outcome: Outcome,
    unpacker: Unpacker,
    *,
    unchanged: bool,
) -> Memory:
    """Return the memory of the run that gave `outcome`, unpacked before; `vault` holds the current notes.

    `unchanged`: they are the notes of that run. The memory is empty if pieces are missing.
    """
    packed = unpacker.add_pieces(pieces)
    if packed is None:
        return Memory()
    were, columns = packed
    corpus = unpacker.values(columns["corpus"])[0]
    excluded = _split(corpus[0])
    if unchanged:
        every, notes = vault.notes, without(vault.notes, excluded.keys())
    else:
        notes = _as_they_were(vault.notes, _split(were))
        every = revised(notes, {note.path: note for note in _as_they_were(vault.notes, excluded)} if excluded else {})
    unpacker.outside = notes
    kept = {name: unpacker.values(column)[0] for name, column in columns.items() if name != "corpus"}
    directory = kept["people"].directory
    for name, value in (("index", Index(directory.paths, aliases=directory.aliases)), ("notes", by_path(notes))):
        object.__setattr__(directory, name, value)
    kept["plans"].notes = notes
    network, facts = outcome.network, outcome.scores.facts
    weighed = {tie: tie for tie in network.ties}
    return Memory(
        inputs=inputs(vault, config, directory.order),
        corpus=_unpacked_corpus(corpus, corpus_terms(vault, config), every),
        notes=notes,
        network=network,
        scores=ScoreMemory(
            *(tuple(plugins), kept["weights"], network.today, network.ties, weighed, facts, kept["silent"])
        ),
        readers=ReaderMemory(tuple(plugins), kept["readers"]),
        changed=Changed(),
        **{name: kept[name] for name in _AS_IT_IS},
    )


def _joined(digests: Mapping[str, str]) -> tuple[str, str]:
    """Return paths and digests as two texts: as many small ones take four times the memory."""
    return "\0".join(digests), "\0".join(digests.values())


def _split(joined: tuple[str, str]) -> dict[str, str]:
    """Return path → digest."""
    paths, digests = (text.split("\0") if text else () for text in joined)
    return dict(zip(paths, digests, strict=True))


def _as_they_were(now: Sequence[Note], before: Mapping[str, str]) -> Sequence[Note]:
    """Return the notes `before` (path → digest), sorted by path: those that have changed since without content."""
    found = contents(now)
    digests = dict(zip(found.paths, found.digests, strict=True))
    changed = {path: Note(path, digest) for path, digest in before.items() if digests.get(path) != digest}
    return revised(now, changed, digests.keys() - before.keys())
