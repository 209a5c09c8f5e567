"""Notes and other files as plugins see them, and access to what parsed notes do not hold. Reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, field
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from netnotes.frozen import EMPTY, frozen
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem
from netnotes.notes import Note as ReadNote
from netnotes.notes import find_key


def _empty() -> Mapping[str, Any]:
    return EMPTY


def _no_text() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Note:
    """One note of the vault. Two are equal if their paths are.

    .. versionadded:: 0.1
    """

    path: str
    """Relative to the vault, with `/`."""
    _: KW_ONLY
    properties: Mapping[str, object] = field(default_factory=_empty, compare=False)
    """As the user wrote them, without those that NetNotes wrote."""
    lines: Mapping[str, int] = field(default_factory=_empty, compare=False)
    """1-based line of each property."""
    fields: Mapping[str, str] = field(default_factory=_empty, compare=False)
    """Inline fields (`key:: value`) of the whole note, keys in lower case."""
    tags: tuple[str, ...] = field(default=(), compare=False)
    """Of properties and body, without `#`, in lower case."""
    links: tuple[str, ...] = field(default=(), compare=False)
    """Targets of all links and embeds of the body, in order."""
    _text: Callable[[], str] = field(default=_no_text, repr=False, compare=False)

    def value(self, *names: str) -> Any:
        """Return the value of the first of `names`: a property, else an inline field; None for neither.

        Names are compared without case, accents, hyphens, underscores and spaces.
        """
        for name in names:
            for values in (self.properties, self.fields):
                key = find_key(values, (name,))
                if key is not None:
                    return values[key]
        return None

    def line(self, *names: str) -> int | None:
        """Return the 1-based line of the first of the properties `names`; None if none is there."""
        key = find_key(self.properties, names)
        return None if key is None else self.lines.get(key)

    @property
    def text(self) -> str:
        """The note's text, front matter included; outside of readers only with `reads=("text",)`.

        The file is read when this is called. Lines are counted from 1.
        """
        return self._text()


@dataclass(frozen=True, slots=True)
class File:
    """A file that a reader asked for with `files=`.

    .. versionadded:: 0.2
    """

    path: str
    """Relative to the vault, with `/`; for a file outside, as in `files=`: `~/Calendars/home.ics`."""
    data: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The file as UTF-8 text, without a byte order mark; invalid bytes are replaced."""
        return self.data.decode("utf-8", "replace").removeprefix("\ufeff")


def shown(note: ReadNote, read_text: Callable[[], str]) -> Note:
    """Return a parsed note as plugins see it, read-only."""
    return Note(
        note.path,
        properties=frozen(note.own()),
        lines=frozen(note.lines),
        fields=frozen(note.fields),
        tags=note.tags,
        links=note.links,
        _text=read_text,
    )


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


def _no_text_of(path: str) -> str:
    del path
    return ""


def _no_files(pattern: str) -> tuple[Sequence[SourceFile], Sequence[Problem]]:
    del pattern
    return (), ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Functions that read text and files on demand."""

    text: Callable[[str], str] = _no_text_of
    """Path of a note → its text; empty if it cannot be read or has changed since it was parsed."""
    files: Callable[[str], tuple[Sequence[SourceFile], Sequence[Problem]]] = _no_files
    """Pattern → the matching files by path, and problems."""


NO_SOURCES = Sources()
"""No text and no files: only parsed notes."""
