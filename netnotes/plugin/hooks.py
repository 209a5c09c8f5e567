"""The records that decorators create: the parts of a plugin, as the host runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field as dataclass_field
from typing import Any

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem
from netnotes.plugin.facts import Block, Field, FoundEncounter, Notice, Remark, Row, Score, Style

API = 1
"""Version of the contract with plugins; lasts for all of NetNotes 1.x."""
MARK = "__netnotes__"
"""Attribute under which a decorated function carries its hook."""
TEXT, STYLES, MAP = "text", "styles", "map"
"""What may be read besides fields: the text of notes, the styles of people and ties, and the tables of the map."""


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a function that takes none.

    .. versionadded:: 0.1
    """


@dataclass(frozen=True, slots=True)
class Reads:
    """What a function declares that it reads."""

    fields: tuple[str, ...] = ()
    """Fields, the optional ones among them."""
    optional: frozenset[str] = frozenset()
    """Fields that may be missing: declared as `name?`."""
    text: bool = False
    styles: bool = False
    map: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        """Fields without which it does not run."""
        return tuple(name for name in self.fields if name not in self.optional)

    @staticmethod
    def of(declared: Sequence[str]) -> Reads:
        """Read a declaration such as `("depth", "follow_up?", "text")`. Raises TypeError."""
        names = (declared,) if isinstance(declared, str) else tuple(declared)
        if wrong := [name for name in names if not isinstance(name, str)]:
            raise TypeError(f'{wrong[0]!r} is not the name of a field: reads=("depth",)')
        plain = tuple(dict.fromkeys(name.removesuffix("?") for name in names))
        return Reads(
            tuple(name for name in plain if name not in (TEXT, STYLES, MAP)),
            frozenset(name.removesuffix("?") for name in names if name.endswith("?")),
            TEXT in plain,
            STYLES in plain,
            MAP in plain,
        )


@dataclass(frozen=True, slots=True)
class Scorer:
    """A function `(network, options)` that yields scores, and the field it owns."""

    name: str
    function: Callable[[Any, Any], Iterable[Score | Problem]]
    field: Field
    reads: Reads = Reads()
    options: type[Any] = NoOptions
    between: bool = False
    """Whether it scores the ties between two others too."""
    per_tie: bool = False
    """Whether a score depends only on its tie, what is read of that tie, and the day."""
    values_over_time: Callable[[Any, Any, Any], Sequence[float]] | None = None
    """The values alone, `(tie, days, options)`; None if they depend on more than a tie and a day."""


@dataclass(frozen=True, slots=True)
class Styler:
    """A function `(network, options)` that yields styles."""

    name: str
    function: Callable[[Any, Any], Iterable[Style | Problem]]
    reads: Reads = Reads()
    options: type[Any] = NoOptions


@dataclass(frozen=True, slots=True)
class Report:
    """A function `(network, options)` that yields rows, remarks and blocks."""

    name: str
    """As typed at the command line: the function's own, `-` for `_`."""
    function: Callable[[Any, Any], Iterable[Row | Remark | Block | Problem]]
    title: str
    summary: str
    """First line of the function's docstring."""
    reads: Reads = Reads()
    options: type[Any] = NoOptions


@dataclass(frozen=True, slots=True)
class Reader:
    """A function `(note, options)`, or `(file, options)`, that yields encounters."""

    name: str
    function: Callable[[Any, Any], Iterable[FoundEncounter | Problem]]
    options: type[Any] = NoOptions
    files: tuple[str, ...] = ()
    """Patterns of the files that it reads instead of notes: in the vault, or outside if they begin with `~` or `/`."""
    known_only: bool = False
    """Whether people who have no note are left out."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A function `(network, options)` that returns a text, or yields its parts: `graph --format NAME`."""

    name: str
    """The format, which is the ending of its file as well."""
    function: Callable[[Any, Any], Iterable[str | Problem]]
    summary: str
    reads: Reads = Reads()
    options: type[Any] = NoOptions


@dataclass(frozen=True, slots=True)
class Watcher:
    """A function `(change, options)` that yields notices, in `netnotes watch` alone."""

    name: str
    function: Callable[[Any, Any], Iterable[Notice | Problem]]
    reads: Reads = Reads()
    options: type[Any] = NoOptions


Hook = Scorer | Styler | Report | Reader | Exporter | Watcher


@dataclass(frozen=True, slots=True)
class Plugin:
    """One loaded plugin: a module's marked functions, with the options that `netnotes.toml` gives them."""

    name: str
    hooks: tuple[Hook, ...]
    origin: str = "bundled"
    """bundled, installed or file."""
    place: str = ""
    """The file of its code, named in messages."""
    version: str | None = None
    options: Mapping[type[Any], object] = dataclass_field(default_factory=dict)
    """Options class → its instance."""
    commands: tuple[Any, ...] = ()
    """The module's `commands`: click commands of its own."""
    digest: str = ""
    """Changes with the plugin's code. Empty: its results are never cached."""
