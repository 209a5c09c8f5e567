"""Where the host finds what is not in the parsed notes: their text, and other files. Reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from netnotes.model import Problem


class SourceFile(NamedTuple):
    """A file that a reader may be shown; not read yet."""

    path: str
    """Relative to the vault, or as it was asked for."""
    stamp: object
    """Another one whenever the file has other content."""
    read: Callable[[], bytes]


def is_outside(pattern: str) -> bool:
    """Return whether a pattern of files is of files outside the vault."""
    parts = pattern.replace("\\", "/").split("/")
    return parts[0] in ("", "~") or parts[0].startswith("~") or parts[0].endswith(":") or ".." in parts


def fits(path: str, pattern: str) -> bool:
    """Return whether a file fits a pattern, case aside; one without a folder fits in every folder of the vault."""
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
    """What the edge offers to read, on demand."""

    text: Callable[[str], str] = _no_text
    """Path of a note → its text; the empty string where it cannot be read, or is not the one that was parsed."""
    files: Callable[[str], tuple[Sequence[SourceFile], Sequence[Problem]]] = _no_files
    """Pattern → the files that fit, by path, and what cannot be read."""


NO_SOURCES = Sources()
"""Nothing but the parsed notes."""
