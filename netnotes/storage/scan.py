"""List a vault's folder and read its files; the only module that opens notes. Writes and stores nothing.

Names that begin with a dot are not part of the vault. Links to folders are never followed: a folder in the vault is
read at its own path, and one outside is not part of the vault. A link to a file outside is read, but never written.
"""

from __future__ import annotations

import errno
import marshal
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import field
from operator import itemgetter
from pathlib import Path
from struct import Struct
from typing import Any

from netnotes.errors import VaultTooLarge
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Problem, Vault
from netnotes.text import settings

Stamp = bytes
"""Changes whenever a file does: its times, size and number, see `stamp`; packed, since there is one for each note."""
_STAMP = Struct("=qqQQ")
_number = itemgetter(slice(24, None))
"""Returns the number in a stamp, packed."""
_LARGEST = (1 << 64) - 1
"""Some file systems of Windows number files with more bits than these."""

Progress = Callable[[str, int, int], None]
"""`progress(what, done, total)`: the current work and its progress; a total of 0 is unknown."""

MOST_FILES = 1_000_000
"""A folder with more files than this is not taken for a vault."""
_NOTE = ".md"
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""Do not block: a file that was listed may have become a pipe."""
_REST = "the rest was read"
_PIECE = 1 << 14
_LONGEST_SETTINGS = 1_000_000


@dataclass(slots=True)
class Listing:
    """The files in a vault's folder."""

    notes: dict[str, Stamp] = field(default_factory=dict)
    """Path → stamp, in no order."""
    files: list[str] = field(default_factory=list)
    """Paths of everything else that a link can point to, in no order."""
    problems: list[Problem] = field(default_factory=list)

    def at(self, paths: Collection[str]) -> Listing:
        """Return the notes at some paths alone."""
        return Listing({path: self.notes[path] for path in paths if path in self.notes})


def read_vault(root: Path) -> Vault:
    """Read every note below `root`. A note that cannot be read becomes a problem and does not stop the others.

    This is the reference for tests and benchmarks: commands use `note_store`, which reads again only what changed.
    """
    found = listing(root)
    read = [read_note(root, path) for path in sorted(found.notes)]
    unread = [problem for problem in read if isinstance(problem, Problem)]
    return assembled(root, found, tuple(note for note in read if isinstance(note, Note)), unread)


def assembled(root: Path, found: Listing, notes: Sequence[Note], unread: Iterable[Problem]) -> Vault:
    """Build the vault at `root` from listed files and parsed notes, sorted by path. Reads its settings."""
    own = read_settings(root)
    return Vault(
        name=root.resolve().name,
        notes=notes,
        files=tuple(sorted(found.files)),
        app=own.app,
        daily_folder=own.daily_folder,
        daily_format=own.daily_format,
        templates=own.templates,
        excluded=own.excluded,
        problems=(*found.problems, *unread, *own.problems),
    )


def read_note(root: Path, path: str, known: Note | None = None, *, lines: bool = True) -> Note | Problem | None:
    """Read one note, up to `parse.LONGEST` bytes; None if it is gone by now, a problem if the system refuses.

    Returns `known` itself if its bytes have not changed. `lines` as for `parse.note`.
    """
    from netnotes.text import parse, serialize  # if nothing changed, no parser need be imported

    data = _bytes_of(root, path, parse.LONGEST + 1)
    if data is None or isinstance(data, Problem):
        return data
    if known and known.digest == parse.digest_of(data):
        return known
    return serialize.compact(parse.note(path, data, lines=lines))


def read_packed(root: Path, path: str, *, lines: bool = True) -> tuple[Any, ...] | Problem | None:
    """Do as `read_note`, but return the note as `serialize.pack` does."""
    from netnotes.text import parse, serialize  # as in `read_note`

    data = _bytes_of(root, path, parse.LONGEST + 1)
    if data is None or isinstance(data, Problem):
        return data
    return serialize.pack(parse.note(path, data, lines=lines))


def _bytes_of(root: Path, path: str, most: int) -> bytes | Problem | None:
    """Return up to `most` bytes of a note; None if it is gone by now, a problem if the system refuses."""
    try:
        return read_bytes(f"{root}/{path}", most)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return Problem(f"cannot be read: {error.strerror}", path=path, hint=_REST)


def plain(root: Path, path: str) -> Stamp | None:
    """Return the stamp of a note if neither it nor a folder above it is a link; else None."""
    try:
        place = os.path.realpath(root / path, strict=True)
        status = os.stat(place)  # noqa: PTH116  # a Path for each file costs more than the call
    except OSError:
        return None
    here = _within(os.path.realpath(root), place) == path
    return _stamp(status) if here and stat.S_ISREG(status.st_mode) else None


def _stamp(status: os.stat_result) -> Stamp:
    return stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino & _LARGEST)


def stamp(mtime: int, ctime: int, size: int, number: int) -> Stamp:
    """Return the stamp of a file; times in nanoseconds."""
    return _STAMP.pack(mtime, ctime, size, number)


def times_of(stamp: Stamp) -> tuple[int, int]:
    """Return mtime and ctime of a stamp."""
    mtime, ctime, _, _ = _STAMP.unpack(stamp)
    return mtime, ctime


def share_a_file(some: Iterable[Stamp], others: Iterable[Stamp]) -> bool:
    """Return whether one of `some` is the stamp of the same file (inode) as one of the many `others`."""
    return not set(map(_number, some)).isdisjoint(map(_number, others))


def listing(root: Path, progress: Progress | None = None) -> Listing:
    """List all files of the vault at `root`, with a stamp for each note. Raises VaultTooLarge."""
    found = Listing()
    folders = [""]
    while folders:
        folder = folders.pop()
        count = len(found.notes) + len(found.files)
        if count > MOST_FILES:
            raise VaultTooLarge(str(root), MOST_FILES)
        if progress:
            progress("Looking for notes", count, 0)
        try:
            _list(root, folder, folders, found)
        except OSError as error:
            # A folder may be gone by now, but the vault's own must exist.
            if folder == "" or not isinstance(error, FileNotFoundError | NotADirectoryError):
                problem = Problem(f"cannot be listed: {error.strerror}", path=folder or ".", hint=_REST)
                found.problems.append(problem)
    found.problems.sort(key=lambda problem: problem.path or "")
    return found


def packed_listing(root: Path) -> bytes:
    """Return what `listing` returns as data for another process; empty if there are problems. Raises VaultTooLarge."""
    found = listing(root)
    return b"" if found.problems else marshal.dumps((found.notes, found.files))


def unpacked_listing(data: bytes) -> Listing:
    """Return the listing of a fork of this process."""
    return Listing(*marshal.loads(data))  # noqa: S302  # from that fork


def _list(root: Path, folder: str, folders: list[str], found: Listing) -> None:
    """List one folder, and add its subfolders to those still to be listed."""
    prefix = f"{folder}/" if folder else ""
    notes = found.notes
    with os.scandir(f"{root}/{folder}") as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            path = prefix + name
            if not path.isascii() and not _encodable(name):
                found.problems.append(_unnameable(path))
            elif entry.is_file(follow_symlinks=False):  # first: nearly all are
                if _is_note(name):
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except OSError:
                        continue
                    notes[path] = _stamp(status)
                else:
                    found.files.append(path)
            elif entry.is_symlink():
                _link(root, path, found)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
                if _is_note(name):
                    found.problems.append(
                        Problem(
                            "is a folder with the name of a note",
                            path=path,
                            hint="the notes in it are read; rename the folder",
                        )
                    )
            else:
                _special(path, found)


def _link(root: Path, path: str, found: Listing) -> None:
    """List a symbolic link as what it points to."""
    try:
        target = os.path.realpath(root / path, strict=True)
        status = os.stat(target)  # noqa: PTH116  # as all else here: a Path for each file costs more than the call
    except OSError:
        problem = Problem("is a link that leads nowhere", path=path, hint="remove it, or put back what it led to")
        found.problems.append(problem)
        return
    within = _within(os.path.realpath(root), target)
    if stat.S_ISDIR(status.st_mode):
        if within is None:
            problem = Problem(
                "is a link to a folder outside the vault, and is not followed",
                path=path,
                hint="move that folder into the vault to have its notes read",
            )
        else:
            problem = Problem(
                f"is a link to the vault's own folder `{within or '.'}`, and is not followed",
                path=path,
                hint="its notes are read in their own place; link to them there",
            )
        found.problems.append(problem)
    elif not stat.S_ISREG(status.st_mode):
        _special(path, found)
    elif not _is_note(path):
        found.files.append(path)
    elif within is not None and _is_note(within):
        found.files.append(path)
        found.problems.append(
            Problem(
                f"is a link to the note `{within}`, and is not read twice", path=path, hint=f"link to `{within}` itself"
            )
        )
    else:
        found.notes[path] = _stamp(status)
        if within is None:
            found.problems.append(
                Problem(
                    "leads out of the vault: read, never written", path=path, hint="move the note itself into the vault"
                )
            )


def _within(root: str, target: str) -> str | None:
    """Return the path of `target` in the vault at `root`; None if it is outside, or in a folder with a dot."""
    if target == root:
        return ""
    if not target.startswith(root.rstrip(os.sep) + os.sep):
        return None
    path = target[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
    return None if any(part.startswith(".") for part in path.split("/")) else path


def _special(path: str, found: Listing) -> None:
    """Report a pipe, a socket or a device with the name of a note; ignore other names."""
    if _is_note(path):
        found.problems.append(
            Problem(
                "is a pipe, a socket or a device, not a file, and is not read",
                path=path,
                hint="move it out of the vault",
            )
        )


def is_note(path: str) -> bool:
    """Return whether a file is a note by its name, if the name can be written in UTF-8 at all."""
    return _is_note(path) and _encodable(path)


def _is_note(path: str) -> bool:
    return path[-3:].lower() == _NOTE


def _encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unnameable(path: str) -> Problem:
    shown = os.fsencode(path).decode("utf-8", "replace")
    return Problem("has a name that is not UTF-8, and is not read", path=shown, hint="rename it")


def read_settings(root: Path) -> settings.Settings:
    """Return the settings that the app keeps in a vault."""
    return settings.read(dict(_settings(root)))


def _settings(root: Path) -> Iterator[tuple[str, str]]:
    for path in settings.FILES:
        try:
            yield path, read_bytes(f"{root}/{path}", _LONGEST_SETTINGS).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue


def read_bytes(place: str, most: int) -> bytes:
    """Return up to `most` bytes of a regular file. Raises OSError, also for pipes, sockets and devices."""
    handle = os.open(place, _OPEN)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        data = os.read(handle, min(most, _PIECE))
        if len(data) < _PIECE:
            return data
        pieces = [data]
        size = len(data)
        while size < most and (data := os.read(handle, most - size)):
            pieces.append(data)
            size += len(data)
        return b"".join(pieces)
    finally:
        os.close(handle)
