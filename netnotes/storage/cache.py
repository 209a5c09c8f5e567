"""Store the parsed notes of one vault on disk for the next command. Does not check whether they are current.

There are two files per vault: `….notes` with everything, and `….recent` with what changed since, so that one changed
note does not rewrite everything. Each begins with a digest of the files and their stamps: if no file has changed,
nothing else is read until a note is asked for. Each file has a key (the vault's real path, the version of the code and
of Python) and checksums: a file that is incomplete, of another version or of another vault is ignored. The
format (`marshal`) holds data and no code, and a file that others could have written is not read. Deleting the cache
costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from netnotes.model import Note
from netnotes.note_sequence import NoteSequence, Origin, Row, at_paths, revised
from netnotes.storage import keyed_file
from netnotes.storage.garbage_collection import uncollected
from netnotes.storage.scan import Stamp
from netnotes.text import serialize

_T = TypeVar("_T")
_FEW = 200
_SHARE = 50
"""The base is written again when more than one note in this many has changed, and more than a few."""
_OWN_NAME = re.compile(r"[0-9a-f]{40}\.(?:notes|recent|outcome|answer)")
_OWN_PART = re.compile(r"\.netnotes-[a-z0-9_]{8}")
"""Name of an unfinished file of `whole_file`."""
_OLD = 180 * 86_400
"""Seconds after which the cache of an unused vault is removed."""
_AT_ONCE = 1_000
"""Number of notes in one piece of a file."""


Summary = tuple[bytes, int, bytes]
"""Digest of the files and their stamps, empty if any may have changed unseen; number of notes; key of their content."""
Change = tuple[str, Stamp | None, bool, Row | None]
"""Path of a note that changed, its stamp, whether that is settled, and its row; None and None if it is gone."""


class CachedNote(NamedTuple):
    """One note as it was parsed."""

    stamp: Stamp
    settled: bool
    """Whether any later change of the file must change its stamp."""
    note: Note


class StoredNotes(Mapping[str, CachedNote]):
    """Path → note as it was stored, of one vault; each note is unpacked when somebody first asks for it."""

    def __init__(self, pieces: Iterable[Any] = (), recent: tuple[Summary, Sequence[Change]] | None = None) -> None:
        """Take the pieces of the base, and the summary and the notes that changed since."""
        self._pieces = iter(pieces)
        self._summary: Summary = next(self._pieces, (b"", 0, b""))
        self._changes: Sequence[Change] = ()
        if recent is not None:
            self._summary, self._changes = recent
        self._notes: Sequence[Note] | None = None

    @property
    def size(self) -> int:
        """How many notes were stored."""
        return self._summary[1]

    def are_current(self, found: dict[str, Stamp]) -> bool:
        """Return whether the files found are those stored, and none can have changed without a new stamp."""
        files = self._summary[0]
        if files and files == _files_key(found):
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
        return self._index[0]

    @property
    def unsettled(self) -> set[str]:
        """The paths whose file may change without a new stamp."""
        return self._index[1]

    def notes(self, read: Callable[[], tuple[Note, ...]]) -> Sequence[Note]:
        """Return the notes by path; `read` returns them if the file turns out to be damaged."""
        if self._notes is None:
            _, size, key = self._summary

            def rows() -> dict[str, Row]:
                found = self._read(_row)
                return {note.path: serialize.packed_row(note) for note in read()} if found is None else found

            self._notes = NoteSequence(Origin(rows, serialize.of_row), size=size, content_key=key)
        return self._notes

    def load(self) -> None:
        """Load all notes, but unpack none. If the file is damaged, nothing is stored."""
        if self._notes is None:
            rows = self._read_or_forget(_row)
            self._notes = NoteSequence(Origin(lambda: rows, serialize.of_row))

    def unpack(self) -> None:
        """Unpack all notes. If the file is damaged, nothing is stored.

        A process that stays needs them all, and holds them in less memory than if they were unpacked one by one.
        """
        if self._notes is None:
            notes = self._read_or_forget(_note)
            self._notes = tuple([notes[path] for path in sorted(notes)])

    def revise(self, paths: Collection[str], now: Mapping[str, CachedNote]) -> Sequence[Note]:
        """Replace the notes at some paths by those in `now`, and forget those that are not there; return all notes."""
        self.load()
        # The digest of all stamps is that of the stored notes: these files may come back with the stamps that they had.
        self._summary = (b"", *self._summary[1:])
        for path in paths:
            self.stamps.pop(path, None)
            self.unsettled.discard(path)
            if path in now:
                self.stamps[path] = now[path].stamp
                if not now[path].settled:
                    self.unsettled.add(path)
        new = {path: now[path].note for path in paths if path in now}
        self._notes = revised(self.notes(tuple), new, [path for path in paths if path not in now])
        return self._notes

    def all(self) -> dict[str, CachedNote]:
        """Return path → note, all unpacked; the caller may change it. Empty if the file is damaged."""
        self.load()
        make, (stamps, unsettled) = partial(tuple.__new__, CachedNote), self._index
        known = (note for note in self.notes(tuple) if note.path in stamps)
        with uncollected(lasting=True):
            return {note.path: make((stamps[note.path], note.path not in unsettled, note)) for note in known}

    def __getitem__(self, path: str) -> CachedNote:
        note = at_paths(self.notes(tuple), (path,))[path]
        return CachedNote(self.stamps[path], path not in self.unsettled, note)

    def __contains__(self, path: object) -> bool:
        return path in self.stamps

    def __iter__(self) -> Iterator[str]:
        return iter(self.stamps)

    def __len__(self) -> int:
        return len(self.stamps)

    @cached_property
    def _index(self) -> tuple[dict[str, Stamp], set[str]]:
        """The stamp of each path, and the paths whose file may change without a new stamp."""
        try:
            stamps, unsettled = next(self._pieces, ((), ()))
        except keyed_file.Damaged:
            return {}, set()
        stamps, unsettled = dict(stamps), set(unsettled)
        for path, stamp, settled, _ in self._changes:
            stamps.pop(path, None)
            unsettled.discard(path)
            if stamp:
                stamps[path] = stamp
                if not settled:
                    unsettled.add(path)
        return stamps, unsettled

    def _read_or_forget(self, make: Callable[[str, Row], _T]) -> dict[str, _T]:
        """Return path → what `make` makes of a path and its row. If the file is damaged, nothing is stored."""
        found = self._read(make)
        if found is None:
            self._index, self._summary = ({}, set()), (b"", 0, b"")
        return found or {}

    def _read(self, make: Callable[[str, Row], _T]) -> dict[str, _T] | None:
        """Return path → what `make` makes of a path and its row; None if the file is damaged."""
        size = len(self.stamps)
        with uncollected(lasting=True), suppress(keyed_file.Damaged):
            found = {path: make(path, row) for path, row in chain.from_iterable(self._pieces)}
            for path, _, _, row in self._changes:
                found.pop(path, None)
                if row:
                    found[path] = make(path, row)
            self._changes = ()
            if size == self._summary[1] == len(found):
                return found
        return None


def _row(_path: str, row: Row) -> Row:
    return row


def _note(path: str, row: Row) -> Note:
    return serialize.of_row(path, row[2])


class NoteCache:
    """The cache of the vault at `root`, in `folder`. Never raises: without a cache everything works, only slower."""

    def __init__(self, folder: Path, root: Path) -> None:
        place = os.fsencode(os.path.realpath(root))
        self._folder = folder
        name = hashlib.sha256(place).hexdigest()[:40]
        self._base = folder / f"{name}.notes"
        self._recent = folder / f"{name}.recent"
        self._key = hashlib.sha256(keyed_file.version() + place).digest()
        self._base_sum = b""
        """The id of the base that was last read or written; empty if there is none."""
        self._since: set[str] = set()
        """Notes that differ from the base."""

    def load(self) -> StoredNotes:
        """Return the stored notes."""
        pieces, self._base_sum = keyed_file.read(self._base, self._key)
        recent = next(keyed_file.read(self._recent, self._key_of_recent())[0], None) if self._base_sum else None
        self._since = {path for path, *_ in recent[1]} if recent else set()
        return StoredNotes(pieces, recent)

    def save(
        self, kept: Mapping[str, CachedNote], touched: Collection[str], found: dict[str, Stamp] | None = None
    ) -> None:
        """Save `kept`; `touched` are the paths that changed since the last load or save, removed notes included.

        `found` are the files in the order in which the system listed them.
        """
        self._since.update(touched)
        if self.has_room(len(kept)):
            recent = _summary(kept, found), _changes(kept, sorted(self._since))
            keyed_file.write(self._recent, self._key_of_recent(), [recent])
            return
        self._base_sum = keyed_file.write(self._base, self._key, _base(kept, sorted(kept), _summary(kept, found)))
        self._since.clear()
        with suppress(OSError):
            self._recent.unlink(missing_ok=True)
        self._tidy()

    def has_room(self, size: int, more: int = 0) -> bool:
        """Return whether `more` changes of a vault of this size can be saved without writing all notes again."""
        return bool(self._base_sum) and len(self._since) + more <= max(_FEW, size // _SHARE)

    def _key_of_recent(self) -> bytes:
        return hashlib.sha256(self._key + self._base_sum).digest()

    def _tidy(self) -> None:
        """Remove old files: caches of vaults that are gone, unfinished files of killed processes.

        Only files with names as this class makes them are removed, and caches only if they begin with its mark: the
        folder may hold other files.
        """
        with suppress(OSError):
            limit = time.time() - _OLD
            for entry in list(os.scandir(self._folder)):
                if (
                    entry.is_file(follow_symlinks=False)
                    and entry.stat(follow_symlinks=False).st_mtime < limit
                    and _is_own(Path(entry.path))
                ):
                    Path(entry.path).unlink()


def _is_own(place: Path) -> bool:
    if _OWN_PART.fullmatch(place.name):
        return True
    if not _OWN_NAME.fullmatch(place.name):
        return False
    with place.open("rb") as file:
        return file.read(len(keyed_file.MAGIC)) == keyed_file.MAGIC


def _summary(kept: Mapping[str, CachedNote], found: dict[str, Stamp] | None) -> Summary:
    # A file that was found but is not kept must be looked at again.
    notes: Sequence[Note]
    if isinstance(kept, StoredNotes):
        notes, settled = kept.notes(tuple), not kept.unsettled
    else:
        notes, settled = [kept[path].note for path in sorted(kept)], all(each.settled for each in kept.values())
    sure = found is not None and len(found) == len(kept) and settled
    return _files_key(found) if found is not None and sure else b"", len(kept), serialize.content_key(notes)


def _files_key(found: dict[str, Stamp]) -> bytes:
    """Return a digest of files and their stamps, in this order."""
    # Version 2 writes equal values as equal bytes; later ones mark what is written twice.
    return hashlib.sha256(marshal.dumps(found, 2)).digest()


def _base(kept: Mapping[str, CachedNote], paths: Sequence[str], summary: Summary) -> Iterator[Any]:
    yield summary
    yield {path: kept[path].stamp for path in paths}, [path for path in paths if not kept[path].settled]
    for at in range(0, len(paths), _AT_ONCE):
        yield [(path, serialize.packed_row(kept[path].note)) for path in paths[at : at + _AT_ONCE]]


def _changes(kept: Mapping[str, CachedNote], paths: Sequence[str]) -> list[Change]:
    return [
        (path, kept[path].stamp, kept[path].settled, serialize.packed_row(kept[path].note))
        if path in kept
        else (path, None, False, None)
        for path in paths
    ]
