"""Notes and other files as plugins see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from netnotes.frozen import EMPTY, frozen
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
        """The note's text, front-matter included; outside of readers only with `reads=("text",)`.

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
