"""The decorators that turn a function into part of a plugin. They mark; they register nothing and run nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, TypeVar

from netnotes.model import Person, Problem, Tie

MARK = "__netnotes__"
"""Attribute under which a decorated function carries its hook."""

Value = float | str | dt.date
F = TypeVar("F", bound=Callable[..., Iterator[Any]])


@dataclass(frozen=True, slots=True)
class Nothing:
    """The options of a function that takes none."""


@dataclass(frozen=True, slots=True)
class Field:
    """One flat field that a scorer owns.

    .. versionadded:: 0.1
    """

    name: str
    """As in scores, `netnotes.toml` and, unless renamed there, the notes: lower case, digits and `_`."""
    about: str
    """One line: what its values mean."""
    low: float = 0.0
    high: float = 1.0
    """Range of numeric values, both ends included. Values that are dates or words have no range."""
    write: bool = True
    """Whether it is written into person notes unless configured otherwise."""


@dataclass(frozen=True, slots=True)
class Score:
    """One value of a scorer's field for one tie.

    .. versionadded:: 0.1
    """

    on: Tie | Person
    """A tie; or a person, which stands for the ego's tie with them."""
    value: Value
    because: str
    """The reason in a few words, shown on the map and by `netnotes why`."""
    label: str | None = None
    """A word for the value (`warm`), shown and written in its place."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one person or tie is drawn. What is None is left as it is.

    .. versionadded:: 0.1
    """

    on: Tie | Person
    color: str | None = None
    """`#rrggbb`."""
    width: float | None = None
    """Of the line, in pixels, 0-20."""
    label: str | None = None
    group: str | None = None
    """Name of the legend's entry; people of one group share its colour."""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Scorer:
    """A function `(network, options) -> Iterator[Score | Problem]` and the field it owns."""

    name: str
    function: Callable[[Any, Any], Iterator[Score | Problem]]
    field: Field
    reads: tuple[str, ...]
    options: type[Any]


@dataclass(frozen=True, slots=True)
class Styler:
    """A function `(network, options) -> Iterator[Style | Problem]`."""

    name: str
    function: Callable[[Any, Any], Iterator[Style | Problem]]
    reads: tuple[str, ...]
    options: type[Any]


Hook = Scorer | Styler


@dataclass(frozen=True, slots=True)
class Plugin:
    """One loaded plugin: a module's marked functions, with the options that `netnotes.toml` gives them."""

    name: str
    hooks: tuple[Hook, ...]
    origin: str = "bundled"
    """bundled, installed or file."""
    place: str = ""
    """Where its code lies, for messages."""
    version: str | None = None
    options: Mapping[type[Any], object] = dataclass_field(default_factory=dict)
    """Options class → its instance."""


def scorer(field: Field, *, reads: tuple[str, ...] = (), options: type[Any] = Nothing) -> Callable[[F], F]:
    """Mark a function as the scorer that owns `field`.

    The function is called as `function(network, options)` and yields a Score for each tie that it can say something
    of, in any order, or a Problem. `reads` names the fields it looks at through `network.score(tie, name)`.

    .. versionadded:: 0.1
    """

    def mark(function: F) -> F:
        setattr(function, MARK, Scorer(function.__name__, function, field, tuple(reads), options))
        return function

    return mark


def styler(*, reads: tuple[str, ...] = (), options: type[Any] = Nothing) -> Callable[[F], F]:
    """Mark a function as a styler: `function(network, options)` yields Styles for people and ties of the map.

    .. versionadded:: 0.1
    """

    def mark(function: F) -> F:
        setattr(function, MARK, Styler(function.__name__, function, tuple(reads), options))
        return function

    return mark
