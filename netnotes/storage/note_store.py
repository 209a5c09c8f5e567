"""The parsed notes of one vault, kept current: only changed notes are read again. Parses nothing itself.

A command refreshes once, the daemon repeatedly; both start from the cache. A note is read again if its stamp changed,
or if its last change was so recent when it was listed that another change could have the same stamp.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path

from netnotes.model import Note, Problem, Vault
from netnotes.note_sequence import revised
from netnotes.storage import scan
from netnotes.storage.cache import NoteCache
from netnotes.storage.garbage_collection import uncollected
from netnotes.storage.scan import Listing, Stamp
from netnotes.storage.stored_notes import CachedNote, StoredNotes

COARSEST = 2_000_000_000
"""Resolution of the coarsest file system clock (FAT), in nanoseconds.

If a note changed less than this before it was listed, a later change may leave the stamp as it is.
"""

FEWEST = 2_000
"""With fewer new notes than this, one process is faster than several."""
MOST_HINTS = 500
"""With more hints than this, a full scan is faster."""


class NoteStore:
    """The notes of the vault at `root`. Reads nothing before `refresh`."""

    def __init__(
        self,
        root: Path,
        store: NoteCache | None = None,
        processes: int = 1,
        progress: scan.Progress | None = None,
    ) -> None:
        """Start from the cache `store`, if given; read many notes with up to `processes` processes.

        `progress` is called while files are listed and read.
        """
        self._progress = progress
        self._root = root
        self._store = store
        self._processes = processes
        self._stored: StoredNotes | None = None
        """The notes as they were when last read, if they come from the cache; None if none were read."""
        self._kept: dict[str, CachedNote] | None = None
        """The notes as they were when last read, all unpacked; None as long as that is not needed."""
        self._vault: Vault | None = None
        """The vault as last returned."""
        self._unpacks_all = False
        self._saves = store is not None
        self._unsaved: set[str] = set()
        """Notes that the cache does not hold yet."""
        self._forked_listing: tuple[int, Callable[[], bytes | None]] | None = None
        """When a fork of this process began to list the files, and what waits for its listing; None if none did."""
        self._unreported: set[str] = set()
        """Notes that changed since `refresh` or `refresh_hinted` last returned changes."""

    def unpack_all(self) -> None:
        """Unpack all notes of the cache at the first refresh, for a process that stays: see `StoredNotes.unpack`."""
        self._unpacks_all = True

    def only_read(self, progress: scan.Progress) -> None:
        """From now on save nothing, start no process, and call `progress`: for a fork of a process that stays."""
        # What Python keeps beside its processes would be the other process's, or write to the streams of a command.
        self._saves, self._processes, self._progress = False, 1, progress

    def refresh_hinted(self, hinted: Collection[str]) -> tuple[Vault, tuple[str, ...]] | None:
        """Like `refresh`, but check only the `hinted` paths.

        None if a full refresh is needed: nothing was read yet, or a hinted path is not a plain note.
        """
        if self._stored is None or self._vault is None or len(hinted) > MOST_HINTS:
            return None
        begin = time.time_ns()
        found = Listing()
        for path in hinted:
            stamp = scan.plain(self._root, path) if scan.is_note(path) else None
            if stamp is None:
                return None
            found.notes[path] = stamp
        known = self._known()
        kept = {path: known[path] for path in found.notes if path in known}
        new = {path: stamp for path, stamp in found.notes.items() if path not in kept}
        if new and not self._are_new(new):
            return None
        comparison = _Comparison(kept, found, range(begin - COARSEST, time.time_ns() + COARSEST))
        if comparison.read(self._root, 1) or kept.keys() != found.notes.keys():
            return None
        known |= kept
        self._unsaved |= comparison.touched
        self._unreported |= comparison.changed
        new_notes = {path: kept[path].note for path in comparison.changed}
        self._vault = replace(self._vault, notes=revised(tuple(self._vault.notes), new_notes))
        return self._vault, self._take_unreported()

    def _are_new(self, notes: Mapping[str, Stamp]) -> bool:
        """Return whether these notes are new: no known note spelled differently, and no other kind of file before."""
        if self._stored is None or self._vault is None:
            return False
        known = {*self._vault.files, *(problem.path for problem in self._vault.problems)}
        stamps = map(attrgetter("stamp"), self._known().values())
        return known.isdisjoint(notes) and not scan.share_a_file(notes.values(), stamps)

    def refresh(self) -> tuple[Vault, tuple[str, ...]]:
        """Return the current vault, and the sorted paths of notes that are new, changed or gone.

        These are all changes since the last call, whoever has read the vault in between; for the first call, since the
        cache was written.
        """
        return self.read(), self._take_unreported()

    def _take_unreported(self) -> tuple[str, ...]:
        unreported, self._unreported = self._unreported, set()
        return tuple(sorted(unreported))

    def read(self, *, leave_out: Callable[[str], bool] | None = None) -> Vault:
        """Return the current vault.

        New notes whose path `leave_out` accepts are not read, and are missing in the vault.
        """
        return self._refresh(lines=True, leave_out=leave_out)

    @contextmanager
    def listing_in_fork(self) -> Iterator[None]:
        """Have a fork of this process list the files for the next refresh while the block runs, if the notes are many.

        Inside another such block this does nothing.
        """
        if self._store is None or self._vault is not None or self._forked_listing is not None:
            yield
            return
        self._stored = self._store.load() if self._stored is None else self._stored
        if self._stored.size < FEWEST:
            yield
            return
        from netnotes.storage.second_process import forked  # few commands need it

        since = time.time_ns()
        with forked(partial(scan.packed_listing, self._root)) as result:
            self._forked_listing = since, result
            try:
                yield
            finally:
                self._forked_listing = None

    def read_links(self) -> Vault:
        """Return the current vault; without a cache, only links are read, in a fraction of the time.

        Such notes are not stored.
        """
        lines = self._store is not None or self._stored is not None
        try:
            return self._refresh(lines=lines)
        finally:
            if not lines:
                self._stored = self._kept = self._vault = None

    def _refresh(self, *, lines: bool, leave_out: Callable[[str], bool] | None = None) -> Vault:
        first = self._vault is None
        with uncollected(lasting=first):
            if self._stored is None:
                self._stored = self._store.load() if self._store else StoredNotes()
            if self._unpacks_all:
                self._stored.unpack()
            begin, found = self._listing()
            if leave_out is not None:
                known: Collection[str] = self._stored if self._kept is None else self._kept
                found.notes = {path: at for path, at in found.notes.items() if path in known or not leave_out(path)}
            if self._kept is None and self._stored.are_current(found.notes):
                notes = self._stored.notes()
                self._vault = scan.assembled(self._root, found, notes, ())
                return self._vault
            again = self._doubtful(self._stored, found) if self._kept is None else None
            stored = self._stored
            # After few changes only those notes are unpacked.
            kept = self._known() if again is None else {path: stored[path] for path in again if path in stored}
            looked_at = found if again is None else found.at(again)
            comparison = _Comparison(kept, looked_at, range(begin - COARSEST, time.time_ns() + COARSEST))
            unread = comparison.read(self._root, self._processes, self._progress, lines=lines)
            saved: Mapping[str, CachedNote] = kept if again is None else stored
            every = _in_order(kept) if again is None else stored.revise(comparison.touched, kept)
            touched = comparison.touched | self._unsaved
            if self._store and self._saves and touched:
                self._store.save(saved, touched, found.notes)
            self._unsaved = set()
            self._vault = scan.assembled(self._root, found, every, unread)
            self._unreported |= comparison.changed
            return self._vault

    def _doubtful(self, stored: StoredNotes, found: Listing) -> set[str] | None:
        """Return the paths of the files that may not be as they were stored; None if these are many."""
        if self._store is None or not stored.size:
            return None
        paths = stored.doubtful(found.notes)
        return paths if self._store.has_room(len(stored), len(paths)) else None

    def _known(self) -> dict[str, CachedNote]:
        """Return the notes as they were when last read, all unpacked."""
        if self._kept is None:
            self._kept = {} if self._stored is None else self._stored.all()
            self._stored = StoredNotes()
        return self._kept

    def _list(self) -> Listing:
        return scan.listing(self._root, self._progress)

    def _listing(self) -> tuple[int, Listing]:
        """Return the files, and when listing them began."""
        if self._forked_listing is not None:
            (since, result), self._forked_listing = self._forked_listing, None
            if data := result():
                return since, scan.unpacked_listing(data)
        return time.time_ns(), self._list()


def _in_order(kept: Mapping[str, CachedNote]) -> tuple[Note, ...]:
    return tuple([kept[path].note for path in sorted(kept)])


class _Comparison:
    """One comparison of stored notes with the files found."""

    def __init__(self, kept: dict[str, CachedNote], found: Listing, doubtful: range) -> None:
        self.changed: set[str] = set()
        """Notes that are new, gone, or have different bytes."""
        self.touched: set[str] = set()
        """Notes whose stored entry changed or was removed."""
        self._kept = kept
        self._found = found.notes
        self._doubtful = doubtful

    def read(
        self, root: Path, processes: int, progress: scan.Progress | None = None, *, lines: bool = True
    ) -> list[Problem]:
        """Read notes that are new or may have changed, drop those that are gone; return what the system refused."""
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
        fresh = CachedNote(stamp, self._settled(stamp), read)
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
        """Return whether any later change must change the stamp."""
        changed, moved = scan.times_of(stamp)
        return changed not in self._doubtful and moved not in self._doubtful


def _read_fresh(
    root: Path, paths: list[str], processes: int, *, lines: bool
) -> Iterator[tuple[str, Note | Problem | None]]:
    if processes > 1 and len(paths) >= FEWEST:
        from netnotes.storage import parallel  # slow to import

        return parallel.read_notes(root, paths, processes, lines=lines)
    return ((path, scan.read_note(root, path, lines=lines)) for path in paths)
