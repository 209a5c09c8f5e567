"""The decorators that turn a function into part of a plugin. They mark; they register nothing and run nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, TypeVar

from netnotes.model import Problem
from netnotes.plugin.facts import Cell, Field, FoundEncounter, Remark, Row, Score, Style, Value

__all__ = [
    "API",
    "MARK",
    "Cell",
    "Field",
    "FoundEncounter",
    "Hook",
    "Nothing",
    "Plugin",
    "Reader",
    "Remark",
    "Report",
    "Row",
    "Score",
    "Scorer",
    "Style",
    "Styler",
    "Value",
    "argument",
    "option",
    "reader",
    "report",
    "scorer",
    "styler",
]

API = 1
"""Version of the contract with plugins; lasts for all of NetNotes 1.x."""
MARK = "__netnotes__"
"""Attribute under which a decorated function carries its hook."""

F = TypeVar("F", bound=Callable[..., Iterator[Any]])
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Nothing:
    """The options of a function that takes none."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """A function `(network, options) -> Iterator[Score | Problem]` and the field it owns."""

    name: str
    function: Callable[[Any, Any], Iterator[Score | Problem]]
    field: Field
    reads: tuple[str, ...]
    options: type[Any]
    values_over_time: Callable[[Any, Any, Any], Sequence[float]] | None = None
    """The values alone, `(tie, days, options)`; None where it takes more than a tie and a day to tell one."""
    per_tie: bool = False
    """Whether a score follows from its tie, what is read of that tie, and the day alone."""


@dataclass(frozen=True, slots=True)
class Styler:
    """A function `(network, options) -> Iterator[Style | Problem]`."""

    name: str
    function: Callable[[Any, Any], Iterator[Style | Problem]]
    reads: tuple[str, ...]
    options: type[Any]


@dataclass(frozen=True, slots=True)
class Report:
    """A function `(network, options) -> Iterator[Row | Remark | Problem]` and what it is called."""

    name: str
    """As typed at the command line: the function's own, `-` for `_`."""
    function: Callable[[Any, Any], Iterator[Row | Remark | Problem]]
    title: str
    summary: str
    """First line of the function's docstring."""
    reads: tuple[str, ...]
    options: type[Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """A function `(note, options) -> Iterator[FoundEncounter | Problem]`."""

    name: str
    function: Callable[[Any, Any], Iterator[FoundEncounter | Problem]]
    options: type[Any]


Hook = Scorer | Styler | Report | Reader


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
    commands: tuple[Any, ...] = ()
    """The module's `commands`: click commands of its own."""


def scorer(
    field: Field,
    *,
    reads: Sequence[str] = (),
    options: type[Any] = Nothing,
    values_over_time: Callable[[Any, Any, Any], Sequence[float]] | None = None,
    per_tie: bool = False,
) -> Callable[[F], F]:
    """Mark a function as the scorer that owns `field`.

    The function is called as `function(network, options)` and yields a Score for each tie that it can say something
    of, in any order, or a Problem. `reads` names the fields it looks at through `network.score(tie, name)`.

    Where a score depends on nothing but a tie that has met and the day, `values_over_time(tie, days, options)` may
    return its value on each of `days`, which rise and begin with the first contact. Then a history is made of these
    values; else the whole network of every month is scored. The tie holds its contacts after a day too: go by
    `tie.stretches(days)` or `tie.as_of(day)`. The value of today must be the one that the scorer yields.

    With `per_tie`, which `values_over_time` implies, the author promises that the scores of a tie depend only on that
    tie, on what is read of it and on the day: not on other ties or their number. Then `watch` rescores only the ties
    that changed: `network.ties` holds these alone.

    .. versionadded:: 0.1
    """
    if not isinstance(field, Field):
        raise TypeError('@scorer takes a Field: @scorer(Field("recency", "what its values mean"))')
    return _marking(
        lambda function: Scorer(
            function.__name__,
            function,
            field,
            _names(reads),
            options,
            values_over_time,
            per_tie or values_over_time is not None,
        )
    )


def styler(*, reads: Sequence[str] = (), options: type[Any] = Nothing) -> Callable[[F], F]:
    """Mark a function as a styler: `function(network, options)` yields Styles for people and ties of the map.

    In a vault without people the map shows notes: then it yields Styles for `network.notes` and `network.links`.

    .. versionadded:: 0.1
    """
    return _marking(lambda function: Styler(function.__name__, function, _names(reads), options))


def report(title: str, *, reads: Sequence[str] = (), options: type[Any] = Nothing) -> Callable[[F], F]:
    """Mark a function as a report: `function(network, options)` yields Rows and Remarks for `netnotes report NAME`.

    The report is called as the function is, with `-` for `_`, and described by the first line of its docstring. Each
    field of `options` is also a `--flag` of the command; one made by `argument` is a positional argument.

    .. versionadded:: 0.1
    """
    if not isinstance(title, str):
        raise TypeError('@report takes a title: @report("Long unseen")')

    def marked(function: Callable[..., Iterator[Any]]) -> Report:
        summary = (function.__doc__ or title).strip().splitlines()[0]
        return Report(function.__name__.replace("_", "-"), function, title, summary, _names(reads), options)

    return _marking(marked)


def reader(*, options: type[Any] = Nothing) -> Callable[[F], F]:
    """Mark a function as a reader: `function(note, options)` yields each FoundEncounter of a note of the vault.

    .. versionadded:: 0.1
    """
    return _marking(lambda function: Reader(function.__name__, function, options))


def option(default: T, about: str = "", *, low: float | None = None, high: float | None = None) -> T:
    """Give a field of an options class its default, its help and, for numbers, its bounds.

    A plain default does as well; this adds what `--help` and the message about a wrong value say.

    .. versionadded:: 0.1
    """
    bounds = {name: bound for name, bound in (("low", low), ("high", high)) if bound is not None}
    made: T = dataclass_field(default=default, metadata={"about": about, **bounds})
    return made


def argument(name: str, about: str = "", *, default: str = "", required: bool = False) -> str:
    """Make a field of a report's options class its positional argument, `netnotes report path NAME`.

    Where nobody gives it, its value is `default`; one that is `required` has to be given.

    .. versionadded:: 0.1
    """
    made: str = dataclass_field(default=default, metadata={"about": about, "argument": name, "required": required})
    return made


def _names(reads: Sequence[str]) -> tuple[str, ...]:
    """Return the names; a bare word is one name, not its letters."""
    return (reads,) if isinstance(reads, str) else tuple(reads)


def _marking(hook: Callable[[Callable[..., Iterator[Any]]], Hook]) -> Callable[[F], F]:
    def mark(function: F) -> F:
        setattr(function, MARK, hook(function))
        return function

    return mark
