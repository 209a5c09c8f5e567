"""Folders for people in which no person is found, as `check` remarks them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from netnotes.extract.people.person_words import PERSON_WORDS, bare_folder
from netnotes.model import Person, Problem


def empty_folders(root: Path, people: Iterable[Person]) -> Iterator[Problem]:
    """Yield remarks on folders named People and the like, at most one level down, in which no person is found."""
    inhabited = {str(parent) for who in people if who.path for parent in PurePosixPath(who.path).parents}
    for place, inner, _ in os.walk(root):
        inside = Path(place).relative_to(root)
        inner[:] = [] if len(inside.parts) > 1 else sorted(name for name in inner if not name.startswith("."))
        for path in (inside.joinpath(name).as_posix() for name in inner):
            if path not in inhabited and bare_folder(PurePosixPath(path).name) in PERSON_WORDS:
                yield Problem(
                    "no people are found in this folder",
                    path=path,
                    remark="empty folder",
                    hint="make a note in it, named like a person: `Ada Lovelace.md`",
                )
