"""The parsed notes of one vault as they were stored. Does not check whether they are current.

Of each note there are a stamp and a digest at hand; the notes themselves stay in the file until somebody asks for one.
A command that looks at three notes reads a few thousand, whatever the size of the vault.
"""

from __future__ import annotations

import hashlib
import marshal
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from netnotes.model import Note
from netnotes.note_sequence import Contents, NoteSequence, Origin, at_paths, contents, revised
from netnotes.storage import keyed_file, scan
from netnotes.storage.digests import Digests
from netnotes.storage.garbage_collection import uncollected
from netnotes.storage.scan import Stamp
from netnotes.text import serialize

AT_ONCE = 1_000
"""Number of notes in one piece of a file."""
_BEFORE_NOTES = 2
"""Pieces before those with notes: the summary and the index."""


Summary = tuple[bytes, int, bytes]
"""Digest of the files and their stamps, empty if any may have changed unseen; number of notes; key of their content."""
Row = tuple[str, int, bytes]
"""Digest of a note, number of its problems, and the note, packed."""
Change = tuple[str, Stamp | None, bool, Row | None]
"""Path of a note that changed, its stamp, whether that is settled, and its row; None and None if it is gone."""
_NOTHING: Summary = (b"", 0, b"")


class CachedNote(NamedTuple):
    """One note as it was parsed."""

    stamp: Stamp
    settled: bool
    """Whether any later change of the file must change its stamp."""
    note: Note


class _Index(NamedTuple):
    """What is at hand of all notes."""

    stamps: dict[str, Stamp]
    unsettled: set[str]
    """The paths whose file may change without a new stamp."""
    paths: tuple[str, ...] = ()
    """Those of the notes in the base, sorted."""
    digests: Sequence[str] = ()
    """Those of the same notes."""
    faults: Sequence[int] = ()
    """How many problems the same notes have."""


def pieces(notes: Mapping[str, CachedNote], summary: Summary) -> Iterator[Any]:
    """Yield what is stored of path → note."""
    paths = sorted(notes)
    every = [notes[path] for path in paths]
    yield summary
    unsettled = [path for path, each in zip(paths, every, strict=True) if not each.settled]
    digests = bytes.fromhex("".join([each.note.digest for each in every]))
    stamps = dict(zip(paths, [each.stamp for each in every], strict=True))
    yield stamps, unsettled, digests, [len(each.note.problems) for each in every]
    for at in range(0, len(every), AT_ONCE):
        yield [serialize.row(each.note) for each in every[at : at + AT_ONCE]]


def change(path: str, cached: CachedNote | None) -> Change:
    """Return what is stored of one note that has changed, or is gone."""
    if cached is None:
        return path, None, False, None
    note = cached.note
    return path, cached.stamp, cached.settled, (note.digest, len(note.problems), serialize.row(note))


class StoredNotes(Mapping[str, CachedNote]):
    """Path → note as it was stored, of one vault; each note is read and unpacked when somebody first asks for it.

    If the file turns out to be damaged by then, the note is read from the vault.
    """

    def __init__(
        self,
        root: Path | None = None,
        base: keyed_file.Pieces | None = None,
        recent: tuple[Summary, Sequence[Change]] | None = None,
    ) -> None:
        """Take the vault, the pieces of the base, and the summary and the notes that changed since."""
        self._root = root
        self._base = base
        self._summary: Summary = base.first if base is not None else _NOTHING
        self._changes: Sequence[Change] = ()
        if recent is not None:
            self._summary, self._changes = recent
        self._changed = {path: row for path, _, _, row in self._changes}
        self._rows: list[list[bytes] | None] = []
        """The notes in the base, packed, in pieces as they are stored; None where they have not been read."""
        self._uncached: tuple[int, list[bytes]] | None = None
        """Which piece was read last without being kept, and its notes."""
        self._next = 0
        """Where the note is that is likely to be asked for next: one after another."""
        self._notes: Sequence[Note] | None = None

    @property
    def size(self) -> int:
        """How many notes were stored."""
        return self._summary[1]

    def are_current(self, found: dict[str, Stamp]) -> bool:
        """Return whether the files found are those stored, and none can have changed without a new stamp."""
        files = self._summary[0]
        if files and files == files_key(found):
            return True
        # The system may list the same files in another order.
        return not self.unsettled and self.stamps == found

    def doubtful(self, found: Mapping[str, Stamp]) -> set[str]:
        """Return the paths of the files found whose content may not be what is stored, and of notes that are gone."""
        stamps = self.stamps
        changed = (path for path, stamp in found.items() if stamps.get(path) != stamp)
        return {*changed, *self.unsettled, *(stamps.keys() - found.keys())}

    @property
    def stamps(self) -> dict[str, Stamp]:
        """The stamp of each path."""
        return self._index.stamps

    @property
    def unsettled(self) -> set[str]:
        """The paths whose file may change without a new stamp."""
        return self._index.unsettled

    def notes(self) -> Sequence[Note]:
        """Return the notes by path."""
        if self._notes is None:
            _, size, key = self._summary
            self._notes = NoteSequence(Origin(self._contents, self._note), size=size, content_key=key)
        return self._notes

    def load(self) -> None:
        """Read all notes, but unpack none. If the file is damaged, nothing is stored."""
        _ = self._index
        try:
            for number in range(len(self._rows)):
                self._piece(number)
        except keyed_file.Damaged:
            self._forget()

    def unpack(self) -> None:
        """Unpack all notes. If the file is damaged, nothing is stored.

        A process that stays needs them all, and holds them in less memory than if they were unpacked one by one.
        """
        if self._notes is not None:
            return
        paths, notes = iter(self._index.paths), {}
        try:
            with uncollected(lasting=True):
                for number in range(len(self._rows)):
                    rows, self._rows[number] = self._piece(number), []
                    notes.update({path: serialize.of_row(path, row) for row, path in zip(rows, paths, strict=False)})
                for path, changed in self._changed.items():
                    notes.pop(path, None)
                    if changed:
                        notes[path] = serialize.of_row(path, changed[2])
                self._notes = tuple([notes[path] for path in sorted(notes)])
        except keyed_file.Damaged:
            self._forget()

    def revise(self, paths: Collection[str], now: Mapping[str, CachedNote]) -> Sequence[Note]:
        """Replace the notes at some paths by those in `now`, and forget those that are not there; return all notes."""
        for path in paths:
            self.stamps.pop(path, None)
            self.unsettled.discard(path)
            if path in now:
                self.stamps[path] = now[path].stamp
                if not now[path].settled:
                    self.unsettled.add(path)
        new = {path: now[path].note for path in paths if path in now}
        self._notes = revised(self.notes(), new, [path for path in paths if path not in now])
        return self._notes

    def all(self) -> dict[str, CachedNote]:
        """Return path → note, all unpacked; the caller may change it. Empty if the file is damaged."""
        self.load()
        make, stamps, unsettled = partial(tuple.__new__, CachedNote), self.stamps, self.unsettled
        with uncollected(lasting=True):
            return {note.path: make((stamps[note.path], note.path not in unsettled, note)) for note in self.notes()}

    def __getitem__(self, path: str) -> CachedNote:
        note = at_paths(self.notes(), (path,))[path]
        return CachedNote(self.stamps[path], path not in self.unsettled, note)

    def __contains__(self, path: object) -> bool:
        return path in self.stamps

    def __iter__(self) -> Iterator[str]:
        return iter(self.stamps)

    def __len__(self) -> int:
        return len(self.stamps)

    @cached_property
    def _index(self) -> _Index:
        """What is at hand of all notes. If the file is damaged, nothing is stored."""
        try:
            return self._whole_index
        except keyed_file.Damaged:
            self._forget()
            return self._index

    @cached_property
    def _whole_index(self) -> _Index:
        """The same; raises Damaged."""
        index = _Index({}, set())
        if self._base is not None:
            stamps, unsettled, digests, faults = self._base[1]
            index = _Index(stamps, set(unsettled), tuple(stamps), Digests(digests), faults)
        for path, stamp, settled, _ in self._changes:
            index.stamps.pop(path, None)
            index.unsettled.discard(path)
            if stamp:
                index.stamps[path] = stamp
                if not settled:
                    index.unsettled.add(path)
        if len(index.stamps) != self._summary[1]:
            raise keyed_file.Damaged
        self._rows = [None] * -(-len(index.paths) // AT_ONCE)
        return index

    def _forget(self) -> None:
        """From now on nothing is stored."""
        if self._base is not None:
            self._base.close()
        self._summary, self._changes, self._changed, self._rows = _NOTHING, (), {}, []
        self._index, self._notes = _Index({}, set()), ()

    def _contents(self) -> Contents:
        """Return what tells the notes apart. If that is damaged, all notes are read again."""
        try:
            index = self._whole_index
        except keyed_file.Damaged:
            return contents(tuple(self._notes_of_vault.values()))
        stored = Contents(index.paths, index.digests, index.faults)
        return (
            stored.revised({path: row and row[:2] for path, row in self._changed.items()}) if self._changed else stored
        )

    def _note(self, path: str, cached: bool) -> Note:
        """Return one note; `cached`: it will not be asked for again. Raises KeyError."""
        if path in self._changed:
            if (row := self._changed[path]) is None:
                raise KeyError(path)
            return serialize.of_row(path, row[2])
        try:
            at = self._place_of(path)
        except keyed_file.Damaged:
            return self._notes_of_vault[path]
        try:
            rows = self._piece(at // AT_ONCE) if cached else self._uncached_piece(at // AT_ONCE)
        except keyed_file.Damaged:
            return self._note_of_vault(path, self._whole_index.digests[at])
        data = rows[at % AT_ONCE]
        if cached:
            rows[at % AT_ONCE] = b""
        return serialize.of_row(path, data)

    def _place_of(self, path: str) -> int:
        """Return where a note is in the base. Raises KeyError."""
        paths, at = self._whole_index.paths, self._next
        if at >= len(paths) or paths[at] != path:
            at = bisect_left(paths, path)
            if at >= len(paths) or paths[at] != path:
                raise KeyError(path)
        self._next = at + 1
        return at

    def _piece(self, number: int) -> list[bytes]:
        """Return some of the notes in the base, packed. Raises Damaged."""
        rows = self._rows[number]
        if rows is None:
            if self._base is None:
                raise keyed_file.Damaged
            rows = self._rows[number] = self._base[_BEFORE_NOTES + number]
            if None not in self._rows:
                self._base.close()
        return rows

    def _uncached_piece(self, number: int) -> list[bytes]:
        """Return some of the notes in the base as `_piece` does, and keep them no longer than until others are read."""
        rows = self._rows[number]
        if rows is not None:
            return rows
        if self._uncached is None or self._uncached[0] != number:
            if self._base is None:
                raise keyed_file.Damaged
            self._uncached = number, self._base[_BEFORE_NOTES + number]
        return self._uncached[1]

    @cached_property
    def _notes_of_vault(self) -> dict[str, Note]:
        """All notes of the vault by path, if the file was damaged before these were known."""
        listed = sorted(scan.listing(self._root).notes) if self._root else ()
        read = (scan.read_note(self._root, path) for path in listed if self._root)
        return {note.path: note for note in read if isinstance(note, Note)}

    def _note_of_vault(self, path: str, digest: str) -> Note:
        """Return a note of the base that is damaged, read from the vault, under the digest that was stored.

        If the note has changed since its file was listed, everything that is kept of it is so found outdated: it is
        the note of a digest that the vault does not have.
        """
        read = scan.read_note(self._root, path) if self._root else None
        return read._replace(digest=digest) if isinstance(read, Note) else Note(path, digest)


def files_key(found: dict[str, Stamp]) -> bytes:
    """Return a digest of files and their stamps, in this order."""
    # Version 2 writes equal values as equal bytes; later ones mark what is written twice.
    return hashlib.sha256(marshal.dumps(found, 2)).digest()
