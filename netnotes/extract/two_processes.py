"""Read many notes in two processes: every other note in this one, the rest in its copy. Starts no process itself."""

from __future__ import annotations

import marshal
from collections.abc import Callable, MutableMapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from netnotes.directory import Directory
from netnotes.extract.people.resolver import Resolver
from netnotes.incremental import NoteFindings
from netnotes.invalidation import Dependencies, Fork, ReadingCache, store
from netnotes.model import Encounter, Mention, Note, Person, Problem
from netnotes.packing.columns import Known, Packer, Schema
from netnotes.packing.unpacker import Unpacker

FEWEST = 2_000
"""With fewer notes than this, one process is as fast."""
_SCHEMA = Schema((Person, Encounter, Mention, Problem, NoteFindings))

T = TypeVar("T", tuple[Encounter, ...], NoteFindings)


def refresh(
    notes: Sequence[Note],
    people: Resolver,
    read: Callable[[Note], T],
    cache: ReadingCache[T],
    dependencies: Dependencies,
    fork: Fork,
) -> None:
    """Do as `cache.refresh` with each note: call `read(note)`, and cache its result."""
    # Neighbours are alike: each process gets as much work as the other.
    mine, theirs = (notes, ()) if len(notes) < FEWEST else (notes[::2], notes[1::2])

    def refresh_each(some: Sequence[Note]) -> None:
        for note in some:
            cache.refresh(note, people, partial(read, note), dependencies)

    def read_theirs() -> bytes:
        refresh_each(theirs)
        return _packed(theirs, people.directory, cache, dependencies)

    if not theirs:
        refresh_each(mine)
        return
    with fork(read_theirs) as result:
        refresh_each(mine)
        data = result()
    if data is None:
        refresh_each(theirs)
    else:
        _take(data, theirs, people.directory, cache, dependencies)


def _packed(notes: Sequence[Note], directory: Directory, cache: ReadingCache[T], dependencies: Dependencies) -> bytes:
    """Return as bytes what was read of some notes."""
    packer = Packer(_SCHEMA, known=Known([_people(directory)]))
    parts = _parts(cache, dependencies)
    columns = [packer.column([part.get(note.path) for note in notes]) for part in parts]
    return marshal.dumps((packer.tables(), columns))


def _take(
    data: bytes, notes: Sequence[Note], directory: Directory, cache: ReadingCache[T], dependencies: Dependencies
) -> None:
    """Cache what another process has read of some notes."""
    tables, columns = marshal.loads(data)  # noqa: S302  # from a fork of this process
    unpacker = Unpacker(_SCHEMA, known=Known([_people(directory)]))
    unpacker.add(tables)
    for part, column in zip(_parts(cache, dependencies), columns, strict=True):
        for note, value in zip(notes, unpacker.values(column), strict=True):
            store(part, note.path, value)


def _parts(cache: ReadingCache[T], dependencies: Dependencies) -> tuple[MutableMapping[str, Any], ...]:
    return cache.found, cache.people_without_note, cache.problems, dependencies.used


def _people(directory: Directory) -> list[Person]:
    """Return everyone whom both processes know, each once and in the same order."""
    every = chain((directory.ego,), directory.noted.values(), chain.from_iterable(directory.names.values()))
    return list({id(person): person for person in every}.values())
