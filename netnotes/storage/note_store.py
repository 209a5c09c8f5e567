"""The parsed notes of one vault, kept current: read what changed, and nothing else. Parses nothing itself.

A command looks once, the daemon again and again; both begin with what the cache holds. A note is read again when its
stamp is another, and also when it was changed so shortly before it was listed that a later change could have left
the same stamp.
"""

from __future__ import annotations

import gc
import time
from bisect import bisect_left
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from netnotes.model import Note, Problem, Vault
from netnotes.storage import cache, scan
from netnotes.storage.scan import Listing, Stamp

COARSEST = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT). What changed less before it was listed is not settled."""

FEWEST = 2_000
"""New notes below which one process is quicker than several."""
MOST_HINTS = 500
"""Hinted paths beyond which to look at everything is quicker."""


class NoteStore:
    """The notes of the vault at `root`; nothing is read before `refresh`."""

    def __init__(
        self,
        root: Path,
        store: cache.NoteCache | None = None,
        processes: int = 1,
        progress: scan.Progress | None = None,
    ) -> None:
        """Begin with what `store` holds, if one is given; read many notes with up to `processes` processes.

        `progress` is called while files are listed and read.
        """
        self._progress = progress
        self._root = root
        self._store = store
        self._processes = processes
        self._kept: dict[str, cache.CachedNote] | None = None
        self._vault: Vault | None = None
        """As it was last returned."""
        self._unsaved: set[str] = set()
        """Notes of which the cache does not know yet what is kept."""

    def refresh_hinted(self, hinted: Collection[str]) -> tuple[Vault, tuple[str, ...]] | None:
        """Do as `refresh`, but look at the notes at the `hinted` paths alone.

        None if that is not enough: nothing was read yet, or one of them was no note before, or is no plain file now.
        """
        if self._kept is None or self._vault is None or len(hinted) > MOST_HINTS:
            return None
        begin = time.time_ns()
        found = Listing()
        for path in hinted:
            stamp = scan.plain(self._root, path) if path in self._kept else None
            if stamp is None:
                return None
            found.notes[path] = stamp
        kept = {path: self._kept[path] for path in found.notes}
        comparison = _Comparison(kept, found, range(begin - COARSEST, time.time_ns() + COARSEST))
        if comparison.read(self._root, 1) or kept.keys() != found.notes.keys():
            return None
        self._kept |= kept
        self._unsaved |= comparison.touched
        notes = list(self._vault.notes)
        for path in comparison.changed:
            notes[bisect_left(notes, path, key=_path)] = kept[path].note
        self._vault = replace(self._vault, notes=tuple(notes))
        return self._vault, tuple(sorted(comparison.changed))

    def refresh(self) -> tuple[Vault, tuple[str, ...]]:
        """Return the vault as it is now, and the paths of the notes that are new, changed or gone, sorted.

        Compared is with the last time, the first time with what the cache held.
        """
        return self._refresh(lines=True)

    def read_links(self) -> Vault:
        """Return the vault as it is now; where nothing is kept of its notes, without what their lines tell.

        Nothing of that is remembered, and it takes a third of the time.
        """
        lines = self._store is not None or self._kept is not None
        try:
            return self._refresh(lines=lines)[0]
        finally:
            if not lines:
                self._kept = self._vault = None

    def _refresh(self, *, lines: bool) -> tuple[Vault, tuple[str, ...]]:
        first = self._kept is None
        with uncollected(lasting=first):
            kept = self._kept if self._kept is not None else self._store.load() if self._store else {}
            begin = time.time_ns()
            found = scan.listing(self._root, self._progress)
            doubtful = range(begin - COARSEST, time.time_ns() + COARSEST)
            comparison = _Comparison(kept, found, doubtful)
            unread = comparison.read(self._root, self._processes, self._progress, lines=lines)
            touched = comparison.touched | self._unsaved
            if self._store and touched:
                self._store.save(kept, touched)
            self._kept, self._unsaved = kept, set()
            notes = tuple([kept[path].note for path in sorted(kept)])
            self._vault = scan.assembled(self._root, found, notes, unread)
            return self._vault, tuple(sorted(comparison.changed))


def _path(note: Note) -> str:
    return note.path


class _Comparison:
    """One comparison of what is kept with what was found."""

    def __init__(self, kept: dict[str, cache.CachedNote], found: Listing, doubtful: range) -> None:
        self.changed: set[str] = set()
        """Notes that are new, gone, or of other bytes."""
        self.touched: set[str] = set()
        """Notes of which something else is kept now, or nothing any more."""
        self._kept = kept
        self._found = found.notes
        self._doubtful = doubtful

    def read(
        self, root: Path, processes: int, progress: scan.Progress | None = None, *, lines: bool = True
    ) -> list[Problem]:
        """Read what is new or may have changed, forget what is gone; return what the system refused."""
        kept, found = self._kept, self._found
        for path in kept.keys() - found.keys():
            self._forget(path)
        fresh: list[str] = []
        unread: list[Problem] = []
        for path, stamp in found.items():
            known = kept.get(path)
            if known is None:
                fresh.append(path)
            elif known.stamp != stamp or not known.settled:
                self._take(path, scan.read_note(root, path, known.note), unread)
        for done, (path, read) in enumerate(_read_fresh(root, fresh, processes, lines=lines)):
            if progress:
                progress("Reading notes", done, len(fresh))
            self._take(path, read, unread)
        return unread

    def _take(self, path: str, read: Note | Problem | None, unread: list[Problem]) -> None:
        if isinstance(read, Problem):
            unread.append(read)
        if not isinstance(read, Note):
            if path in self._kept:
                self._forget(path)
            return
        known = self._kept.get(path)
        stamp = self._found[path]
        fresh = cache.CachedNote(stamp, self._settled(stamp), read)
        if known is None or known.note is not read:
            self.changed.add(path)
        elif (known.stamp, known.settled) == (fresh.stamp, fresh.settled):
            return
        self.touched.add(path)
        self._kept[path] = fresh

    def _forget(self, path: str) -> None:
        del self._kept[path]
        self.changed.add(path)
        self.touched.add(path)

    def _settled(self, stamp: Stamp) -> bool:
        """Return whether any later change is bound to leave another stamp."""
        return stamp[0] not in self._doubtful and stamp[1] not in self._doubtful


def _read_fresh(
    root: Path, paths: list[str], processes: int, *, lines: bool
) -> Iterator[tuple[str, Note | Problem | None]]:
    if processes > 1 and len(paths) >= FEWEST:
        from netnotes.storage import parallel  # what makes processes is slow to import

        return parallel.read_notes(root, paths, processes, lines=lines)
    return ((path, scan.read_note(root, path, lines=lines)) for path in paths)


@contextmanager
def uncollected(*, lasting: bool) -> Iterator[None]:
    """Let the garbage collector rest: it would go through a million records again and again, and find nothing.

    With `lasting`, what was made meanwhile is never gone through later either.
    """
    rests = not gc.isenabled()
    gc.disable()
    try:
        yield
        if lasting:
            gc.freeze()
    finally:
        if not rests:
            gc.enable()
