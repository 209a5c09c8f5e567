"""The decorators that make a function part of a plugin. They only mark it; they register and run nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field as dataclass_field
from types import FunctionType
from typing import Any, TypeVar, overload

from netnotes.model import Problem, Tie
from netnotes.plugin.facts import Block, ExtraFile, Field, FoundEncounter, Notice, Remark, Row, Score, Style
from netnotes.plugin.hooks import MARK, Exporter, Hook, NoOptions, Reader, Reads, Report, Scorer, Styler, Watcher
from netnotes.plugin.network_view import Change, NetworkView
from netnotes.plugin.notes import File, Note


class DecoratorError(TypeError):
    """A decorator got a wrong argument. Raised when the plugin is imported."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}: {hint}")
        self.hint = f"write {hint}"


O = TypeVar("O")  # noqa: E741  # the options class of a function
T = TypeVar("T")
Scoring = Callable[[NetworkView, O], Iterable[Score | Problem]]
ValuesOverTime = Callable[[Tie, Sequence[dt.date], O], Sequence[float]]
Styling = Callable[[NetworkView, O], Iterable[Style | Problem]]
Reporting = Callable[[NetworkView, O], Iterable[Row | Remark | Block | Problem]]
NoteReading = Callable[[Note, O], Iterable[FoundEncounter | Problem]]
FileReading = Callable[[File, O], Iterable[FoundEncounter | Problem]]
Exporting = Callable[[NetworkView, O], Iterable[str | ExtraFile | Problem]]
Watching = Callable[[Change, O], Iterable[Notice | Problem]]


@overload
def scorer(
    field: Field,
    *,
    options: type[O],
    reads: Sequence[str] = (),
    between: bool = False,
    per_tie: bool = False,
    values_over_time: ValuesOverTime[O] | None = None,
) -> Callable[[Scoring[O]], Scoring[O]]: ...
@overload
def scorer(
    field: Field,
    *,
    reads: Sequence[str] = (),
    between: bool = False,
    per_tie: bool = False,
    values_over_time: ValuesOverTime[NoOptions] | None = None,
) -> Callable[[Scoring[NoOptions]], Scoring[NoOptions]]: ...
def scorer(
    field: Field,
    *,
    options: type[Any] = NoOptions,
    reads: Sequence[str] = (),
    between: bool = False,
    per_tie: bool = False,
    values_over_time: Callable[..., Any] | None = None,
) -> Any:
    """Mark a function as the scorer that owns `field`.

    The function is called as `function(network, options)` and yields a Score for each of `network.ties` that it can
    score, in any order, or a Problem. `reads` lists the fields it reads with `network.score(tie, name)`; a field with
    `?` after its name (`"follow_up?"`) may be missing. `reads=("text",)` is for `network.text`.

    With `between`, it is called again with the ties between two others as `network.ties`; these scores make up the
    depth of such ties on the map and in `why A B`. Use it only for scores that make sense for two other people.

    If a score depends only on the day and on a tie with contacts, `values_over_time(tie, days, options)` can return its
    value on each of `days`, which are in order and begin with the first contact. Then histories use these values;
    otherwise the whole network is scored for every month. The tie also holds its later contacts: use
    `tie.stretches(days)` or `tie.as_of(day)`. The value of today must be the one that the scorer yields.

    With `per_tie`, which `values_over_time` implies, the author promises that the score of a tie depends only on that
    tie, on the fields read for it and on the day, not on other ties. Then `watch` rescores only the ties that changed:
    `network.ties` has only these.

    .. versionadded:: 0.1
    """
    if not isinstance(field, Field):
        raise DecoratorError("@scorer takes a Field", '@scorer(Field("recency", "what its values mean"))')
    declared = Reads.of(reads)
    alone = per_tie or values_over_time is not None
    return _marking(
        lambda function: Scorer(function.__name__, function, field, declared, options, between, alone, values_over_time)
    )


@overload
def styler(function: Styling[NoOptions], /) -> Styling[NoOptions]: ...
@overload
def styler(*, options: type[O], reads: Sequence[str] = ()) -> Callable[[Styling[O]], Styling[O]]: ...
@overload
def styler(*, reads: Sequence[str] = ()) -> Callable[[Styling[NoOptions]], Styling[NoOptions]]: ...
def styler(
    function: Callable[..., Any] | None = None, /, *, options: type[Any] = NoOptions, reads: Sequence[str] = ()
) -> Any:
    """Mark a function as a styler: `function(network, options)` yields Styles for people and ties of the map.

    In a vault without people the map shows notes: then it yields Styles for `network.notes` and `network.links`.

    .. versionadded:: 0.1
    """
    declared = Reads.of(reads)
    return _marking(lambda marked: Styler(marked.__name__, marked, declared, options), function)


@overload
def report(title: str, *, options: type[O], reads: Sequence[str] = ()) -> Callable[[Reporting[O]], Reporting[O]]: ...
@overload
def report(title: str, *, reads: Sequence[str] = ()) -> Callable[[Reporting[NoOptions]], Reporting[NoOptions]]: ...
def report(title: str, *, options: type[Any] = NoOptions, reads: Sequence[str] = ()) -> Any:
    """Mark a function as a report: `function(network, options)` yields Rows, Remarks and Blocks.

    It is shown by `netnotes report NAME`, called as the function is, with `-` for `_`, and described by the first line
    of its docstring. Each field of `options` is also a `--flag` of the command; one made by `argument` is a positional
    argument.

    .. versionadded:: 0.1
    """
    if not isinstance(title, str):
        raise DecoratorError("@report takes a title", '@report("Long unseen")')
    declared = Reads.of(reads)

    def marked(function: Callable[..., Any]) -> Report:
        return Report(
            function.__name__.replace("_", "-"), function, title, _summary(function, title), declared, options
        )

    return _marking(marked)


@overload
def reader(function: NoteReading[NoOptions], /) -> NoteReading[NoOptions]: ...
@overload
def reader(
    *, options: type[O], files: None = None, known_only: bool = False
) -> Callable[[NoteReading[O]], NoteReading[O]]: ...
@overload
def reader(
    *, files: None = None, known_only: bool = False
) -> Callable[[NoteReading[NoOptions]], NoteReading[NoOptions]]: ...
@overload
def reader(
    *, options: type[O], files: str | Sequence[str], known_only: bool = False
) -> Callable[[FileReading[O]], FileReading[O]]: ...
@overload
def reader(
    *, files: str | Sequence[str], known_only: bool = False
) -> Callable[[FileReading[NoOptions]], FileReading[NoOptions]]: ...
def reader(
    function: Callable[..., Any] | None = None,
    /,
    *,
    options: type[Any] = NoOptions,
    files: str | Sequence[str] | None = None,
    known_only: bool = False,
) -> Any:
    """Mark a function as a reader: `function(note, options)` yields each FoundEncounter of a note of the vault.

    With `files`, one or several patterns (`"*.ics"`), it is called as `function(file, options)` for each matching file
    of the vault, in any folder. A pattern that begins with `~` or `/` means files outside the vault. A folder means all
    files in it; a Maildir is one file, which holds the headers of its messages. What a reader finds in a note or a file
    must depend only on that note or file: it is not called again until that changes.

    With `known_only`, people without a note are left out; otherwise they count as people without a note.

    .. versionadded:: 0.1
    """
    patterns = (files,) if isinstance(files, str) else tuple(files or ())
    if files is not None and not (patterns and all(isinstance(pattern, str) and pattern for pattern in patterns)):
        raise DecoratorError("files of a @reader are a pattern or several", '@reader(files="*.ics")')
    return _marking(lambda marked: Reader(marked.__name__, marked, options, patterns, known_only), function)


@overload
def exporter(name: str, *, options: type[O], reads: Sequence[str] = ()) -> Callable[[Exporting[O]], Exporting[O]]: ...
@overload
def exporter(name: str, *, reads: Sequence[str] = ()) -> Callable[[Exporting[NoOptions]], Exporting[NoOptions]]: ...
def exporter(name: str, *, options: type[Any] = NoOptions, reads: Sequence[str] = ()) -> Any:
    """Mark a function as an exporter: `function(network, options)` returns the text of `graph --format NAME`.

    Or it yields the text in parts, an ExtraFile for each further file, and Problems. With `--anonymous` the network has
    no names. `reads` may hold `"styles"`, for `network.style`, and `"map"`, for `network.map()`.

    .. versionadded:: 0.2
    """
    if not isinstance(name, str):
        raise DecoratorError("@exporter takes the name of a format", '@exporter("kumu")')
    declared = Reads.of(reads)
    return _marking(lambda function: Exporter(name, function, _summary(function, name), declared, options))


@overload
def watcher(function: Watching[NoOptions], /) -> Watching[NoOptions]: ...
@overload
def watcher(*, options: type[O], reads: Sequence[str] = ()) -> Callable[[Watching[O]], Watching[O]]: ...
@overload
def watcher(*, reads: Sequence[str] = ()) -> Callable[[Watching[NoOptions]], Watching[NoOptions]]: ...
def watcher(
    function: Callable[..., Any] | None = None, /, *, options: type[Any] = NoOptions, reads: Sequence[str] = ()
) -> Any:
    """Mark a function as a watcher: `function(change, options)` yields a Notice for what the user should know now.

    Only `netnotes watch` calls it, after each change: `change.before` and `change.after` are networks.

    .. versionadded:: 0.2
    """
    declared = Reads.of(reads)
    return _marking(lambda marked: Watcher(marked.__name__, marked, declared, options), function)


def option(default: T, about: str = "", *, low: float | None = None, high: float | None = None) -> T:
    """Give a field of an options class its default, its help and, for numbers, its bounds.

    A plain default works too; this adds the text for `--help` and for messages about a wrong value.

    .. versionadded:: 0.1
    """
    bounds = {name: bound for name, bound in (("low", low), ("high", high)) if bound is not None}
    made: T = dataclass_field(default=default, metadata={"about": about, **bounds})
    return made


def argument(name: str, about: str = "", *, default: str = "", required: bool = False) -> str:
    """Make a field of a report's options class its positional argument, `netnotes report path NAME`.

    If it is left out, its value is `default`, unless it is `required`.

    .. versionadded:: 0.1
    """
    made: str = dataclass_field(default=default, metadata={"about": about, "argument": name, "required": required})
    return made


def _summary(function: Callable[..., Any], otherwise: str) -> str:
    return (function.__doc__ or otherwise).strip().split("\n", 1)[0] or otherwise


def _marking(hook: Callable[[Callable[..., Any]], Hook], function: Any = None) -> Any:
    """Return the decorator that attaches a hook to a function, or the marked `function` if one was given."""

    def mark(marked: Any) -> Any:
        if not isinstance(marked, FunctionType) or marked.__name__ == "<lambda>":
            what = f"the class `{marked.__name__}`" if isinstance(marked, type) else f"{marked!r:.60}"
            given = "a lambda, which has no name" if isinstance(marked, FunctionType) else what
            raise DecoratorError(f"a decorator of netnotes.api was given {given}", "def recency(network, options): …")
        setattr(marked, MARK, hook(marked))
        return marked

    return mark if function is None else mark(function)
