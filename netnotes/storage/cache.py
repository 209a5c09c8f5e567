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
import os
import re
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from netnotes.model import Note
from netnotes.storage import keyed_file
from netnotes.storage.scan import Stamp
from netnotes.storage.stored_notes import CachedNote, StoredNotes, Summary, change, files_key, pieces
from netnotes.text import serialize

_FEW = 200
_SHARE = 50
"""The base is written again when more than one note in this many has changed, and more than a few."""
_OWN_NAME = re.compile(r"[0-9a-f]{40}\.(?:notes|recent|outcome|answer)")
_OWN_PART = re.compile(r"\.netnotes-[a-z0-9_]{8}")
"""Name of an unfinished file of `whole_file`."""
_OLD = 180 * 86_400
"""Seconds after which the cache of an unused vault is removed."""


class NoteCache:
    """The cache of the vault at `root`, in `folder`. Never raises: without a cache everything works, only slower."""

    def __init__(self, folder: Path, root: Path) -> None:
        place = os.fsencode(os.path.realpath(root))
        self._folder, self._root = folder, root
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
        base = keyed_file.opened(self._base, self._key)
        self._base_sum = base.id if base is not None else b""
        recent = next(keyed_file.read(self._recent, self._key_of_recent()), None) if self._base_sum else None
        self._since = {path for path, *_ in recent[1]} if recent else set()
        return StoredNotes(self._root, base, recent)

    def save(
        self, kept: Mapping[str, CachedNote], touched: Collection[str], found: dict[str, Stamp] | None = None
    ) -> None:
        """Save `kept`; `touched` are the paths that changed since the last load or save, removed notes included.

        `found` are the files in the order in which the system listed them.
        """
        self._since.update(touched)
        if self.has_room(len(kept)):
            recent = _summary(kept, found), [change(path, kept.get(path)) for path in sorted(self._since)]
            keyed_file.write(self._recent, self._key_of_recent(), [recent])
            return
        self._base_sum = keyed_file.write(self._base, self._key, pieces(kept, _summary(kept, found)))
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
        notes, settled = kept.notes(), not kept.unsettled
    else:
        notes, settled = [kept[path].note for path in sorted(kept)], all(each.settled for each in kept.values())
    sure = found is not None and len(found) == len(kept) and settled
    return files_key(found) if found is not None and sure else b"", len(kept), serialize.content_key(notes)
