"""Access to what parsed notes do not hold: their text, and other files. Reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from netnotes.model import Problem


class SourceFile(NamedTuple):
    """A file that a reader may read; not read yet."""

    path: str
    """Relative to the vault, or as it was asked for."""
    stamp: object
    """Changes whenever the file's content does."""
    read: Callable[[], bytes]


def is_outside(pattern: str) -> bool:
    """Return whether a pattern means files outside the vault."""
    parts = pattern.replace("\\", "/").split("/")
    return parts[0] in ("", "~") or parts[0].startswith("~") or parts[0].endswith(":") or ".." in parts


def fits(path: str, pattern: str) -> bool:
    """Return whether a file matches a pattern, ignoring case; a pattern without a folder matches in every folder."""
    wanted, known = pattern.lower().removeprefix("./"), path.lower()
    if is_outside(path) != is_outside(pattern):
        return False
    return fnmatchcase(known if "/" in wanted else known.rpartition("/")[2], wanted)


def _no_text(path: str) -> str:
    del path
    return ""


def _no_files(pattern: str) -> tuple[Sequence[SourceFile], Sequence[Problem]]:
    del pattern
    return (), ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Functions that read text and files on demand."""

    text: Callable[[str], str] = _no_text
    """Path of a note → its text; empty if it cannot be read or has changed since it was parsed."""
    files: Callable[[str], tuple[Sequence[SourceFile], Sequence[Problem]]] = _no_files
    """Pattern → the matching files by path, and problems."""


NO_SOURCES = Sources()
"""No text and no files: only parsed notes."""
