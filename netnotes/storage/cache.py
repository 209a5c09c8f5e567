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
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from netnotes.model import Note
from netnotes.storage import keyed_file
from netnotes.storage.garbage_collection import uncollected
from netnotes.storage.scan import Stamp
from netnotes.text import serialize
from netnotes.text.serialize import PackedNotes

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
Row = tuple[str, Stamp | None, bool, serialize.Packed | None]
"""Path of a note that changed, its stamp, whether that is settled, and its content; None and None if it is gone."""


class CachedNote(NamedTuple):
    """One note as it was parsed."""

    stamp: Stamp
    settled: bool
    """Whether any later change of the file must change its stamp."""
    note: Note


class StoredNotes:
    """The stored notes of one vault, unpacked when somebody first asks for one."""

    def __init__(self, pieces: Iterable[Any] = (), recent: tuple[Summary, Sequence[Row]] | None = None) -> None:
        """Take the pieces of the base, and the summary and rows of notes that changed since."""
        self._pieces = iter(pieces)
        self._summary: Summary = next(self._pieces, (b"", 0, b""))
        self._rows: Sequence[Row] = ()
        if recent is not None:
            self._summary, self._rows = recent
        self._handed_out: Callable[[], PackedNotes | None] = lambda: None
        """What `notes` returned last, if anybody still has it."""

    @property
    def size(self) -> int:
        """How many notes there are."""
        return self._summary[1]

    def unpack(self) -> None:
        """Unpack the notes now, if nobody has asked for one yet."""
        _ = self._unpacked

    def are_current(self, found: dict[str, Stamp]) -> bool:
        """Return whether the files found are those stored, and none can have changed without a new stamp."""
        files = self._summary[0]
        if files and files == _files_key(found):
            return True
        # The system may list the same files in another order.
        stamps, unsettled = self._index
        return not unsettled and stamps == found

    @cached_property
    def by_path(self) -> dict[str, CachedNote]:
        """The stored note of each path; the caller may change it. Empty if the file is damaged."""
        make = partial(tuple.__new__, CachedNote)
        stamps, unsettled = self._index
        notes = self._unpacked or ()
        if (handed_out := self._handed_out()) is not None:
            handed_out.make()
        # A second string for each path, and notes that change later.
        del self._index, self._unpacked
        return {note.path: make((stamps[note.path], note.path not in unsettled, note)) for note in notes}

    def notes(self, read: Callable[[], tuple[Note, ...]]) -> PackedNotes:
        """Return the notes by path, as they were stored; `read` returns them if the file turns out to be damaged."""

        def unpack() -> tuple[Note, ...]:
            return read() if self._unpacked is None else self._unpacked

        found = PackedNotes(*self._summary[1:], unpack)
        self._handed_out = weakref.ref(found)
        return found

    @cached_property
    def _index(self) -> tuple[dict[str, Stamp], set[str]]:
        """The stamp of each path, and the paths whose file may change without a new stamp."""
        try:
            stamps, unsettled = next(self._pieces, ((), ()))
        except keyed_file.Damaged:
            return {}, set()
        stamps, unsettled = dict(stamps), set(unsettled)
        for path, stamp, settled, _ in self._rows:
            stamps.pop(path, None)
            unsettled.discard(path)
            if stamp:
                stamps[path] = stamp
                if not settled:
                    unsettled.add(path)
        return stamps, unsettled

    @cached_property
    def _unpacked(self) -> tuple[Note, ...] | None:
        """The notes; None if the file is damaged."""
        with uncollected(lasting=True), suppress(keyed_file.Damaged):
            unpack, paths = serialize.unpack, sorted(self._index[0])
            if len(paths) != self._summary[1]:
                return None
            found = {path: unpack(path, packed) for path, packed in chain.from_iterable(self._pieces)}
            found |= {path: unpack(path, packed) for path, _, _, packed in self._rows if packed}
            self._rows = ()
            return tuple([found[path] for path in paths])
        return None


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
        if self._base_sum and len(self._since) <= max(_FEW, len(kept) // _SHARE):
            recent = _summary(kept, found), _recent(kept, sorted(self._since))
            keyed_file.write(self._recent, self._key_of_recent(), [recent])
            return
        self._base_sum = keyed_file.write(self._base, self._key, _base(kept, sorted(kept), _summary(kept, found)))
        self._since.clear()
        with suppress(OSError):
            self._recent.unlink(missing_ok=True)
        self._tidy()

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
    sure = found is not None and len(found) == len(kept) and all(each.settled for each in kept.values())
    content = serialize.content_key([kept[path].note for path in sorted(kept)])
    return _files_key(found) if found is not None and sure else b"", len(kept), content


def _files_key(found: dict[str, Stamp]) -> bytes:
    """Return a digest of files and their stamps, in this order."""
    # Version 2 writes equal values as equal bytes; later ones mark what is written twice.
    return hashlib.sha256(marshal.dumps(found, 2)).digest()


def _base(kept: Mapping[str, CachedNote], paths: Sequence[str], summary: Summary) -> Iterator[Any]:
    yield summary
    yield {path: kept[path].stamp for path in paths}, [path for path in paths if not kept[path].settled]
    for at in range(0, len(paths), _AT_ONCE):
        yield [(path, serialize.pack(kept[path].note)) for path in paths[at : at + _AT_ONCE]]


def _recent(kept: Mapping[str, CachedNote], paths: Sequence[str]) -> list[Row]:
    return [
        (path, kept[path].stamp, kept[path].settled, serialize.pack(kept[path].note))
        if path in kept
        else (path, None, False, None)
        for path in paths
    ]
