"""The only module that lists and opens notes: walk a vault's folder, read its files. Writes nothing, keeps nothing.

Names that begin with a dot are not in the vault. A link to a folder is never followed: what lies in the vault is read
where it lies, and what lies outside is no part of it. A link to a file outside is read, and never written.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from netnotes.errors import VaultTooLarge
from netnotes.model import Note, Problem, Vault
from netnotes.text import settings

Stamp = tuple[int, int, int, int]
"""What changes when a file does: time of change of the bytes and of the entry in nanoseconds, size, inode."""

Progress = Callable[[str, int, int], None]
"""`progress(what, done, total)`: what is being done and how far it is; a total of 0 is unknown."""

MOST_FILES = 1_000_000
"""Files beyond which a folder is taken for something else than a vault."""
_NOTE = ".md"
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting: what was a file when it was listed may be a pipe by now."""
_REST = "the rest was read"
_PIECE = 1 << 14
_LONGEST_SETTINGS = 1_000_000


@dataclass(slots=True)
class Listing:
    """What lies in a vault's folder."""

    notes: dict[str, Stamp] = field(default_factory=dict)
    """Path → stamp, in no order."""
    files: list[str] = field(default_factory=list)
    """Paths of everything else that a link can point to, in no order."""
    problems: list[Problem] = field(default_factory=list)


def read_vault(root: Path) -> Vault:
    """Read every note below `root`, here and now. What cannot be read is a problem, and the rest goes on."""
    found = listing(root)
    read = [read_note(root, path) for path in sorted(found.notes)]
    unread = [problem for problem in read if isinstance(problem, Problem)]
    return assembled(root, found, tuple(note for note in read if isinstance(note, Note)), unread)


def assembled(root: Path, found: Listing, notes: tuple[Note, ...], unread: Iterable[Problem]) -> Vault:
    """Return the vault at `root` from what was listed and read, notes sorted by path; reads its settings."""
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
    """Read one note, as far as `parse.LONGEST`; None if it is gone by now, a problem where the system refuses.

    Returns `known` itself where the bytes are still those it was read from. `lines` as for `parse.note`.
    """
    from netnotes.text import parse  # where nothing changed, no parser need be imported

    try:
        data = read_bytes(f"{root}/{path}", parse.LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return Problem(f"cannot be read: {error.strerror}", path=path, hint=_REST)
    if known and known.digest == hashlib.sha256(data[: parse.LONGEST]).hexdigest():
        return known
    return parse.note(path, data, lines=lines)


def plain(root: Path, path: str) -> Stamp | None:
    """Return the stamp of a note that is a file, and no link, in folders that are none; None for all else."""
    try:
        place = os.path.realpath(root / path, strict=True)
        status = os.stat(place)  # noqa: PTH116  # as all else here: a Path for each file costs more than the call
    except OSError:
        return None
    here = _within(os.path.realpath(root), place) == path
    return _stamp(status) if here and stat.S_ISREG(status.st_mode) else None


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def listing(root: Path, progress: Progress | None = None) -> Listing:
    """List everything below `root` that is in the vault, with a stamp for each note. Raises VaultTooLarge."""
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
            # A folder that is gone by now is none; the vault's own should be there.
            if folder == "" or not isinstance(error, FileNotFoundError | NotADirectoryError):
                problem = Problem(f"cannot be listed: {error.strerror}", path=folder or ".", hint=_REST)
                found.problems.append(problem)
    found.problems.sort(key=lambda problem: problem.path or "")
    return found


def _list(root: Path, folder: str, folders: list[str], found: Listing) -> None:
    """List one folder, and add the folders in it to those still to be listed."""
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
            elif not entry.is_file(follow_symlinks=False):
                _special(path, found)
            elif _is_note(name):
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    continue
                notes[path] = _stamp(status)
            else:
                found.files.append(path)


def _link(root: Path, path: str, found: Listing) -> None:
    """List a symbolic link for what it leads to."""
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
                hint="its notes are read where they lie; link to them there",
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
    """Report what has the name of a note and is a pipe, a socket or a device; what has another name concerns nobody."""
    if _is_note(path):
        found.problems.append(
            Problem(
                "is no file but a pipe, a socket or a device, and is not read",
                path=path,
                hint="move it out of the vault",
            )
        )


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
    """Return what the app's settings in a vault say."""
    return settings.read(dict(_settings(root)))


def _settings(root: Path) -> Iterator[tuple[str, str]]:
    for path in settings.FILES:
        try:
            yield path, read_bytes(f"{root}/{path}", _LONGEST_SETTINGS).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue


def read_bytes(place: str, most: int) -> bytes:
    """Return what a regular file holds, up to `most` bytes. Raises OSError, for pipes, sockets and devices too."""
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
