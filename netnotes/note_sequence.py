"""The notes of a vault, sorted by path: a tuple, or a sequence of which most notes stay packed. Pure.

After one change a command looks at a few notes; to unpack all of them took a tenth of its time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, overload

from netnotes.differences import differences
from netnotes.model import Note

_FEW = 1_000
"""Up to this many notes are looked up one at a time."""
_path = attrgetter("path")


class Contents(NamedTuple):
    """What tells the content of notes apart; none need be unpacked for it."""

    paths: Sequence[str] = ()
    """Sorted; the rest is in the same order."""
    digests: Sequence[str] = ()
    faults: Sequence[int] = ()
    """How many problems each note has."""

    def revised(self, changes: Mapping[str, tuple[str, int] | None]) -> Contents:
        """Return them with the digest and the number of problems of other notes, and without those that are None."""
        paths: list[str] = []
        digests: list[str] = []
        faults: list[int] = []

        def copy(at: int, end: int) -> None:
            paths.extend(self.paths[at:end])
            digests.extend(self.digests[at:end])
            faults.extend(self.faults[at:end])

        at, size = 0, len(self.paths)
        for path in sorted(changes):
            here = bisect_left(self.paths, path, at)
            copy(at, here)
            at = here + (here < size and self.paths[here] == path)
            if (new := changes[path]) is not None:
                paths.append(path)
                digests.append(new[0])
                faults.append(new[1])
        copy(at, size)
        return Contents(paths, digests, faults)


class Origin:
    """Notes as they were stored. Each is unpacked when somebody first asks for it, and is one object from then on."""

    __slots__ = ("_contents", "_load", "_made", "_paths", "_unpack")

    def __init__(self, load: Callable[[], Contents], unpack: Callable[[str, bool], Note]) -> None:
        """Take `load()`, which returns the contents of all notes, and `unpack(path, cached)`, which returns a note.

        `cached` says whether that note is kept here, so that it will not be asked for again. It raises KeyError.
        """
        self._load: Callable[[], Contents] | None = load
        self._contents = Contents()
        self._paths: tuple[str, ...] = ()
        self._made: dict[str, Note] = {}
        self._unpack = unpack

    @property
    def contents(self) -> Contents:
        """The contents of all notes."""
        if self._load is not None:
            self._contents, self._load = self._load(), None
            self._paths = tuple(self._contents.paths)
        return self._contents

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all notes, sorted."""
        _ = self.contents
        return self._paths

    def __contains__(self, path: str) -> bool:
        """Return whether there is a note."""
        if path in self._made:
            return True
        paths = self.paths
        at = bisect_left(paths, path)
        return at < len(paths) and paths[at] == path

    def note(self, path: str) -> Note:
        """Return a note. Raises KeyError."""
        note = self._made.get(path)
        if note is None:
            note = self._made[path] = self._unpack(path, True)
        return note

    def uncached(self, path: str) -> Note:
        """Return a note without keeping it. Raises KeyError."""
        return self._made.get(path) or self._unpack(path, False)


class NoteSequence(Sequence[Note]):
    """Stored notes, some of them replaced, added or left out. Equal to the tuple of them."""

    __slots__ = ("_gone", "_origin", "_own", "_paths", "_size", "content_key")
    __hash__ = None  # type: ignore[assignment]  # a note has mappings, and no hash either

    def __init__(
        self,
        origin: Origin,
        own: Mapping[str, Note] | None = None,
        gone: frozenset[str] = frozenset(),
        *,
        size: int | None = None,
        content_key: bytes | None = None,
    ) -> None:
        """Take path → note for those that are not as in `origin`, and the paths of those that are left out.

        `size` and `content_key` (see `serialize`): where they are known, nothing need be loaded for them.
        """
        self._origin = origin
        self._own = own or {}
        self._gone = gone
        self._size = size
        self._paths: tuple[str, ...] | None = None
        self.content_key = content_key

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the notes, sorted."""
        if self._paths is None:
            paths = self._origin.paths
            added = [path for path in self._own if path not in self._origin]
            if self._gone or added:
                paths = tuple(sorted([*(path for path in paths if path not in self._gone), *added]))
            self._paths = paths
        return self._paths

    def at(self, path: str) -> Note | None:
        """Return the note at a path; None if there is none."""
        if path in self._own:
            return self._own[path]
        return None if path in self._gone or path not in self._origin else self._origin.note(path)

    def __len__(self) -> int:
        """Return how many notes there are."""
        return len(self.paths) if self._size is None else self._size

    def __iter__(self) -> Iterator[Note]:
        """Yield all notes, unpacked."""
        own, note = self._own, self._origin.note
        return (own[path] if path in own else note(path) for path in self.paths)

    def uncached(self) -> Iterator[Note]:
        """Yield all notes, and keep none that nobody has asked for: each is another object the next time."""
        own, note = self._own, self._origin.uncached
        return (own[path] if path in own else note(path) for path in self.paths)

    @overload
    def __getitem__(self, at: int) -> Note: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Note, ...]: ...
    def __getitem__(self, at: int | slice) -> Note | tuple[Note, ...]:
        """Return a note, or some. Raises IndexError."""
        if isinstance(at, slice):
            return tuple([self._note(path) for path in self.paths[at]])
        return self._note(self.paths[at])

    def _note(self, path: str) -> Note:
        return self._own[path] if path in self._own else self._origin.note(path)

    def __eq__(self, other: object) -> bool:
        """Compare the notes."""
        if isinstance(other, NoteSequence) and self.unlike(other) == []:
            return True
        return isinstance(other, tuple | NoteSequence) and tuple(self) == tuple(other)

    def __repr__(self) -> str:
        """Show it as a tuple."""
        return repr(tuple(self))

    def contents(self) -> Contents:
        """Return the contents of the notes; unpack nothing."""
        if not self._own and not self._gone:
            return self._origin.contents
        own = {path: (note.digest, len(note.problems)) for path, note in self._own.items()}
        return self._origin.contents.revised({**dict.fromkeys(self._gone), **own})

    def revised(self, new: Mapping[str, Note], gone: Collection[str]) -> NoteSequence:
        """Return the notes with others at some paths, and without those at the paths that are `gone`."""
        own = {**self._own, **new}
        for path in gone:
            own.pop(path, None)
        left_out = (self._gone - new.keys()) | {path for path in gone if path in self._origin}
        return NoteSequence(self._origin, own, left_out)

    def unlike(self, other: NoteSequence) -> list[str] | None:
        """Return the paths at which the notes may differ from others; None if those come from somewhere else."""
        if self._origin is not other._origin:
            return None
        return sorted(self._own.keys() | other._own.keys() | (self._gone ^ other._gone))


class NotesByPath(Mapping[str, Note]):
    """Path → note of a `NoteSequence`."""

    __slots__ = ("notes",)

    def __init__(self, notes: NoteSequence) -> None:
        """Take the notes."""
        self.notes = notes

    def __getitem__(self, path: str) -> Note:
        """Return a note. Raises KeyError."""
        if (note := self.notes.at(path)) is None:
            raise KeyError(path)
        return note

    def __iter__(self) -> Iterator[str]:
        """Yield the paths; unpack nothing."""
        return iter(self.notes.paths)

    def __len__(self) -> int:
        """Return how many notes there are."""
        return len(self.notes)


def by_path(notes: Sequence[Note]) -> Mapping[str, Note]:
    """Return path → note."""
    return NotesByPath(notes) if isinstance(notes, NoteSequence) else {note.path: note for note in notes}


def uncached(notes: Sequence[Note]) -> Iterable[Note]:
    """Return the notes for looking at each once: none is kept in memory because of it."""
    return notes.uncached() if isinstance(notes, NoteSequence) else notes


def paths_of(notes: Sequence[Note]) -> Sequence[str]:
    """Return the paths of notes; unpack nothing."""
    return notes.paths if isinstance(notes, NoteSequence) else [note.path for note in notes]


def contents(notes: Sequence[Note]) -> Contents:
    """Return the contents of notes; unpack nothing."""
    if isinstance(notes, NoteSequence):
        return notes.contents()
    return Contents(
        [note.path for note in notes], [note.digest for note in notes], [len(note.problems) for note in notes]
    )


def at_paths(notes: Sequence[Note], paths: Collection[str | None]) -> dict[str, Note]:
    """Return path → note for those at `paths`."""
    if isinstance(notes, NoteSequence):
        return {path: note for path in paths if path and (note := notes.at(path))}
    if len(paths) > _FEW:
        return {note.path: note for note in notes if note.path in paths}
    places = {path: bisect_left(notes, path, key=_path) for path in paths if path}
    found = {path: notes[at] for path, at in places.items() if at < len(notes)}
    return {path: note for path, note in found.items() if note.path == path}


def without(notes: Sequence[Note], paths: Collection[str]) -> Sequence[Note]:
    """Return the notes that are not at some paths."""
    if not paths:
        return notes
    if isinstance(notes, NoteSequence):
        return notes.revised({}, paths)
    return tuple([note for note in notes if note.path not in paths])


def revised(notes: Sequence[Note], new: Mapping[str, Note], gone: Collection[str] = ()) -> Sequence[Note]:
    """Return notes with others at some paths, and without those at the paths that are `gone`."""
    if isinstance(notes, NoteSequence):
        return notes.revised(new, gone)
    if len(new) + len(gone) > _FEW:
        found = {**{note.path: note for note in notes}, **new}
        return tuple([found[path] for path in sorted(found.keys() - set(gone))])
    changed = list(notes)
    for path in (*new, *gone):
        at = bisect_left(changed, path, key=_path)
        there = at < len(changed) and changed[at].path == path
        changed[at : at + there] = [new[path]] if path in new else []
    return tuple(changed)


def revised_mapping(notes: Mapping[str, Note], new: Iterable[Note], gone: Collection[str]) -> Mapping[str, Note]:
    """Return path → note with other notes, and without those at the paths that are `gone`."""
    others = {note.path: note for note in new}
    if isinstance(notes, NotesByPath):
        return NotesByPath(notes.notes.revised(others, gone))
    found = {**notes, **others}
    for path in gone:
        found.pop(path, None)
    return found


def note_differences(before: Sequence[Note], now: Sequence[Note]) -> tuple[list[Note], list[Note]]:
    """Return the notes of `before` that are not in `now`, and those of `now` that are not in `before`.

    Notes are the same if they are one object. Both are sorted by path.
    """
    paths = now.unlike(before) if isinstance(now, NoteSequence) and isinstance(before, NoteSequence) else None
    if paths is None:
        return differences(before, now, _path)
    old, new = at_paths(before, paths), at_paths(now, paths)
    gone = [old[path] for path in paths if path in old and old[path] is not new.get(path)]
    return gone, [new[path] for path in paths if path in new and new[path] is not old.get(path)]
