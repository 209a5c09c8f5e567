"""The text of notes and the files of readers: read when a plugin asks for them, never written."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import cached_property, partial
from itertools import islice, takewhile
from pathlib import Path

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem, Vault
from netnotes.note_sequence import contents
from netnotes.plugin.hooks import Plugin, Reader
from netnotes.plugin.notes import SourceFile, Sources, fits, is_outside
from netnotes.storage import scan
from netnotes.storage.note_store import COARSEST

MOST_FILES = 10_000
"""Most files for one pattern."""
MOST_BYTES = 200_000_000
"""Largest file, and most bytes of the header blocks of a Maildir."""
MOST_MESSAGES = 200_000
"""Most messages of a Maildir."""


@dataclass()
class VaultSources:
    """What plugins may read: notes of the vault at `root` as parsed into `vault`, and files outside."""

    root: Path
    vault: Vault
    problems: list[Problem] = field(default_factory=list)
    """Notes that had changed or could not be read when a plugin asked for their text."""
    _found: dict[str, tuple[Sequence[SourceFile], Sequence[Problem]]] = field(default_factory=dict)
    """Pattern → its files: several readers, and the daemon, may ask for the same ones."""

    def sources(self) -> Sources:
        """Return the functions that the pipeline takes."""
        return Sources(self.text, self.files)

    def text(self, path: str) -> str:
        """Return the text of the note at `path`; empty if it has changed since it was parsed."""
        from netnotes.text import parse  # where nothing changed, no parser need be imported

        digest = self._digests.get(path)
        if digest is None:
            return ""
        try:
            data = scan.read_bytes(str(self.root / path), parse.LONGEST + 1)[: parse.LONGEST]
        except OSError as error:
            self._note(f"cannot be read: {error.strerror or error}", path)
            return ""
        if hashlib.sha256(data).hexdigest() != digest:
            self._note("changed while it was read: plugins did not see its text", path)
            return ""
        return data.decode("utf-8-sig", "replace")

    def files(self, pattern: str) -> tuple[Sequence[SourceFile], Sequence[Problem]]:
        """Return the files that match `pattern`, sorted by path, and problems with those that cannot be read."""
        if pattern not in self._found:
            self._found[pattern] = self._outside(pattern) if is_outside(pattern) else self._inside(pattern)
        return self._found[pattern]

    def stamps(self, plugins: Iterable[Plugin]) -> str | None:
        """Return a text that changes with the files that readers read.

        None if one of them has changed so recently that it could change again and keep its stamp.
        """
        readers = [hook for plugin in plugins for hook in plugin.hooks if isinstance(hook, Reader)]
        found = [self.files(pattern) for reader in readers for pattern in reader.files]
        recent = time.time_ns() - COARSEST
        stamps = [(file.path, file.stamp) for files, _ in found for file in files]
        if any(isinstance(stamp, tuple) and max(stamp[:2]) > recent for _, stamp in stamps):
            return None
        return repr((stamps, [problems for _, problems in found])) if found else ""

    def _inside(self, pattern: str) -> tuple[Sequence[SourceFile], Sequence[Problem]]:
        own = pattern.removeprefix("./").rstrip("/")
        names = [path for path in self.vault.files if fits(path, pattern) or path.startswith(f"{own}/")]
        found: list[SourceFile] = []
        problems: list[Problem] = []
        for path in names[:MOST_FILES]:
            if scan.plain(self.root, path) is None:
                problems.append(Problem("is a link, and is not read", path=path))
            else:
                _add(found, problems, path, self.root / path)
        return found, [*problems, *_too_many(pattern, len(names))]

    def _outside(self, pattern: str) -> tuple[Sequence[SourceFile], Sequence[Problem]]:
        found: list[SourceFile] = []
        problems: list[Problem] = []
        fixed = _fixed_part(Path(pattern).expanduser())
        inside = os.path.realpath(fixed)
        count = 0
        for count, place in enumerate(islice(_places(pattern), MOST_FILES + 1), 1):
            shown = _shown(place)
            if count > MOST_FILES:
                break
            if os.path.commonpath((inside, os.path.realpath(place))) != inside:
                problems.append(Problem("is a link out of its folder, and is not read", path=shown))
            elif _is_maildir(place):
                found.append(SourceFile(shown, _mail_stamp(place), partial(_mail_headers, place)))
            else:
                _add(found, problems, shown, place)
        if not count and not (has_magic(pattern) or Path(fixed).exists()):
            problems.append(Problem("not found", path=_shown(fixed), hint="mount it, or correct the path"))
        return found, [*problems, *_too_many(pattern, count)]

    def _note(self, message: str, path: str) -> None:
        problem = Problem(message, path=path)
        if problem not in self.problems:
            self.problems.append(problem)

    @cached_property
    def _digests(self) -> dict[str, str]:
        found = contents(self.vault.notes)
        return dict(zip(found.paths, found.digests, strict=True))


def _places(pattern: str) -> Iterator[Path]:
    """Yield the files that match a pattern outside the vault, by path; a folder stands for all files below it."""
    path = Path(pattern).expanduser()
    names = sorted(glob.iglob(str(path), recursive=True)) if has_magic(pattern) else [str(path)]  # noqa: PTH207  # it may begin with `/`
    for place in map(Path, names):
        if _is_maildir(place):
            yield place
        elif place.is_dir():
            # A folder that matches a wildcard is skipped: the pattern asks for files.
            yield from () if has_magic(pattern) else _below(place)
        elif os.path.lexists(place):
            yield place


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        if place != str(folder) and _is_maildir(Path(place)):
            folders.clear()
            yield Path(place)
            continue
        folders[:] = sorted(name for name in folders if _is_walked(Path(place, name)))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _fixed_part(path: Path) -> str:
    """Return the part of a pattern that is before its first wildcard."""
    parts = takewhile(lambda part: not has_magic(part), path.parts)
    return str(Path(*parts))


def has_magic(pattern: str) -> bool:
    """Return whether a pattern holds wildcards."""
    return any(mark in pattern for mark in "*?[")


def _shown(place: Path | str) -> str:
    """Return a path outside the vault as users write it, with `~` for their own folder."""
    home = str(Path.home())
    name = str(place)
    return (f"~{name.removeprefix(home)}" if name.startswith(home + os.sep) else name).replace(os.sep, "/")


def _add(found: list[SourceFile], problems: list[Problem], shown: str, place: Path) -> None:
    try:
        status = place.stat()
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror}", path=shown))
        return
    if not stat.S_ISREG(status.st_mode):
        problems.append(Problem("is not a regular file, and is not read", path=shown))
        return
    if status.st_size > MOST_BYTES:
        message = f"is larger than {MOST_BYTES // 1_000_000} MB, and is not read"
        problems.append(Problem(message, path=shown, hint="split it"))
        return
    stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
    found.append(SourceFile(shown, stamp, partial(scan.read_bytes, str(place), MOST_BYTES)))


def _is_maildir(place: Path) -> bool:
    """Return whether a folder is a Maildir, which readers get as one file with all mail folders in it."""
    return (place / "cur").is_dir() and (place / "new").is_dir()


def _is_walked(folder: Path) -> bool:
    """Return whether a folder in a folder is looked into; of the hidden ones only those that hold mail."""
    return not folder.name.startswith(".") or _is_maildir(folder)


def _mail_stamp(place: Path) -> str:
    """Return a text that changes when messages arrive, vanish or are trashed, but not when one is marked as read."""
    from netnotes.importers.mail import maildir_flags  # few vaults have mail beside them

    messages = [(folder.removesuffix("cur").removesuffix("new"), name) for folder, name in _messages(place)]
    names = sorted(f"{folder}{re.split('[:;!]2,', name)[0]} {maildir_flags(name)}" for folder, name in messages)
    return hashlib.sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def _mail_headers(place: Path) -> bytes:
    """Return the header blocks of a Maildir in mbox format, without bodies and unreadable messages."""
    from netnotes.importers.mail import header_block, with_folder_flags  # few vaults have mail beside them
    from netnotes.importers.mail_headers import MOST_HEADER

    blocks: list[bytes] = []
    size = 0
    for folder, name in _messages(place):
        try:
            head = scan.read_bytes(os.path.join(place, folder, name), MOST_HEADER)  # noqa: PTH118  # there are many
        except OSError:
            # A mail program has moved it since, or it is not a message.
            continue
        (block,) = with_folder_flags([header_block(head, name)], folder)
        size += len(block)
        if size > MOST_BYTES:
            break
        blocks.append(b"From -\n" + block + b"\n\n")
    return b"".join(blocks)


def _messages(place: Path) -> list[tuple[str, str]]:
    """Return (folder, name) of the messages of a Maildir and its mail folders, by name, without links."""
    found: list[tuple[str, str]] = []
    for box in _mail_folders(place):
        for folder in (f"{box}cur", f"{box}new"):
            try:
                with os.scandir(place / folder) as entries:
                    found += [(folder, entry.name) for entry in entries if entry.is_file(follow_symlinks=False)]
            except OSError:
                continue
    return sorted(found, key=lambda each: each[1])[:MOST_MESSAGES]


def _mail_folders(place: Path) -> Iterator[str]:
    """Yield the mail folders of a Maildir, empty or ending with `/`: itself, `.Sent/`, `.INBOX.Archive/`, `Work/`."""
    for inside, folders, _ in os.walk(place):
        folders[:] = sorted(
            name for name in folders if name not in ("cur", "new", "tmp") and _is_walked(Path(inside, name))
        )
        if _is_maildir(Path(inside)):
            name = Path(inside).relative_to(place).as_posix()
            yield "" if name == "." else f"{name}/"


def _too_many(pattern: str, count: int) -> list[Problem]:
    if count <= MOST_FILES:
        return []
    return [Problem(f"`{pattern}`: matches more than {MOST_FILES:,} files; the rest is not read", hint="name fewer")]
