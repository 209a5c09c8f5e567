"""The text of notes and the files of readers: read when a plugin asks for them, never written."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from netnotes.model import Problem, Vault
from netnotes.plugin.sources import SourceFile, Sources, fits, is_outside
from netnotes.storage import scan
from netnotes.text import parse

MOST_FILES = 10_000
"""Most files for one pattern."""
MOST_BYTES = 200_000_000
"""Largest file."""


@dataclass
class VaultSources:
    """What plugins may read: notes of the vault at `root` as parsed into `vault`, and files outside."""

    root: Path
    vault: Vault
    problems: list[Problem] = field(default_factory=list)
    """Notes that had changed, or could not be read, when a plugin asked for their text."""

    def sources(self) -> Sources:
        """Return the functions that the pipeline takes."""
        return Sources(self.text, self.files)

    def text(self, path: str) -> str:
        """Return the text of the note at `path`; empty if it has changed since it was parsed."""
        digest = self._digests.get(path)
        if digest is None:
            return ""
        try:
            data = scan.read_bytes(str(self.root / path), parse.LONGEST + 1)[: parse.LONGEST]
        except OSError as error:
            self._note(f"its words could not be read: {error.strerror or error}", path)
            return ""
        if hashlib.sha256(data).hexdigest() != digest:
            self._note("was changed while it was read: plugins saw none of its words", path)
            return ""
        return data.decode("utf-8-sig", "replace")

    def files(self, pattern: str) -> tuple[Sequence[SourceFile], Sequence[Problem]]:
        """Return the files that match `pattern`, sorted by path, and problems with those that cannot be read."""
        return self._outside(pattern) if is_outside(pattern) else self._inside(pattern)

    def _inside(self, pattern: str) -> tuple[Sequence[SourceFile], Sequence[Problem]]:
        names = [path for path in self.vault.files if fits(path, pattern)]
        found: list[SourceFile] = []
        problems: list[Problem] = []
        for path in names[:MOST_FILES]:
            if scan.plain(self.root, path) is None:
                problems.append(Problem("is a link, and no reader is shown it", path=path))
            else:
                _add(found, problems, path, self.root / path)
        return found, [*problems, *_too_many(pattern, len(names))]

    def _outside(self, pattern: str) -> tuple[Sequence[SourceFile], Sequence[Problem]]:
        home = str(Path.home())
        names = sorted(glob.glob(str(Path(pattern).expanduser()), recursive=True))  # noqa: PTH207  # a pattern may begin with `/`
        found: list[SourceFile] = []
        problems: list[Problem] = []
        for name in names[:MOST_FILES]:
            shown = f"~{name.removeprefix(home)}" if name.startswith(home + os.sep) else name
            if not Path(name).is_dir():
                _add(found, problems, shown.replace(os.sep, "/"), Path(name))
        return found, [*problems, *_too_many(pattern, len(names))]

    def _note(self, message: str, path: str) -> None:
        problem = Problem(message, path=path)
        if problem not in self.problems:
            self.problems.append(problem)

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {note.path: note.digest for note in self.vault.notes}


def _add(found: list[SourceFile], problems: list[Problem], shown: str, place: Path) -> None:
    try:
        status = place.stat()
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror}", path=shown))
        return
    if status.st_size > MOST_BYTES:
        message = f"is larger than {MOST_BYTES // 1_000_000} MB, and is not read"
        problems.append(Problem(message, path=shown, hint="split it"))
        return
    stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
    found.append(SourceFile(shown, stamp, partial(scan.read_bytes, str(place), MOST_BYTES)))


def _too_many(pattern: str, count: int) -> list[Problem]:
    if count <= MOST_FILES:
        return []
    return [Problem(f"`{pattern}`: {count:,} files fit; the first {MOST_FILES:,} are read", hint="narrow the pattern")]
