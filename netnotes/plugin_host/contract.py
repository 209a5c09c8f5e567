"""Check a plugin against the contract, and plugins for equal names. Runs nothing of a plugin."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import inspect
import math
import re
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FunctionType, ModuleType, UnionType
from typing import Any, NamedTuple

from netnotes import options
from netnotes.model import Problem
from netnotes.plugin.call import words
from netnotes.plugin.facts import Field
from netnotes.plugin.hooks import API, MARK, Exporter, Hook, NoOptions, Plugin, Reader, Report, Scorer, Watcher
from netnotes.plugin_host.discovery import FORMATS, REPORTS
from netnotes.scoring.depth import DEPTH

HOST_FIELDS = frozenset({DEPTH.name, "tie", "last_contact", "netnotes"})
"""Fields that the host itself owns."""
COMMANDS = frozenset(
    "demo people why log round inbox review done later promise met today chase due scenes circles groups path"
    " introduce profile forecast history graph sync undo accept clean notify watch status service setup candidates"
    " bases mcp batch check inspect links import sources report plugins".split()
)
"""Commands of NetNotes, which no plugin can replace."""
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,59}")
_FORMAT = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")
_COMMAND = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TAKES = "bool, int, float, str, date, Literal, tuple[str, ...] or Mapping[str, str]"


class Fault(NamedTuple):
    """A violation of the contract."""

    message: str
    hint: str
    line: int | None = None
    file: str | None = None
    """Set if it is not the module's own file."""


def faults(module: ModuleType, hooks: tuple[Hook, ...], commands: tuple[Any, ...], origin: str) -> Iterator[Fault]:
    """Yield all violations of the contract."""
    lines = _Lines(module)
    api = getattr(module, "NETNOTES_API", None)
    if origin != "bundled" and api is None:
        yield Fault("it does not declare NETNOTES_API", f"add the line `NETNOTES_API = {API}` below the imports", 1)
    elif origin != "bundled" and (type(api) is not int or api != API):
        yield Fault(
            f"it is written for API {api!r}, this is {API}",
            f"install a version of it for API {API}; in your own plugin, write `NETNOTES_API = {API}`",
            lines.of("NETNOTES_API"),
        )
    unseen = list(_unseen(module, lines))
    yield from unseen
    unlisted = None if hooks or commands else _unlisted(module)
    if unlisted:
        yield Fault(f"`{unlisted}` is not in `commands`", f"commands = [{unlisted}]", lines.of(unlisted))
    elif not hooks and not commands and not unseen:
        yield Fault(
            "it holds no function with a decorator of netnotes.api",
            'add one: @scorer(Field("recency", "what it means")), @styler, @report("Title"), @reader …',
            1,
        )
    if not isinstance(getattr(module, "commands", ()), Iterable):
        name = getattr(getattr(commands[0], "callback", None), "__name__", "a_function_with_click_command")
        yield Fault("`commands` is not a list", f"commands = [{name}]", lines.of("commands"))
    for command in commands:
        if not callable(command) or not isinstance(getattr(command, "name", None), str):
            hint = "commands = [a_function_with_click_command]"
            yield Fault("its `commands` are not all click commands", hint, lines.of("commands"))
        elif not _COMMAND.fullmatch(command.name):
            message = f"`{command.name}` is not a valid command name: lower-case letters and `-`"
            yield Fault(message, '@click.command("long-unseen")', lines.of("commands"))
    for hook in hooks:
        yield from _of_hook(hook, lines)


class _Lines:
    """The lines where a module's names are defined, looked up only for messages."""

    def __init__(self, module: ModuleType) -> None:
        self._place = getattr(module, "__file__", None)
        self._found: dict[str, int] | None = None

    def of(self, name: str) -> int | None:
        """Return the line of a class, a function or an assignment; None if unknown."""
        if self._found is None:
            self._found = dict(self._all())
        return self._found.get(name)

    def _all(self) -> Iterator[tuple[str, int]]:
        try:
            body = ast.parse(Path(self._place or "").read_bytes()).body
        except (OSError, SyntaxError, ValueError, RecursionError):
            return
        for node in body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, node.lineno
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    yield ast.unparse(target), node.lineno


def _unlisted(module: ModuleType) -> str | None:
    """Return the name of a click command of the module, if it has one."""
    return next((name for name, value in vars(module).items() if callable(getattr(value, "callback", None))), None)


def _unseen(module: ModuleType, lines: _Lines) -> Iterator[Fault]:
    """Yield decorated objects that the host cannot see, since they are not plain functions."""
    for name, value in list(vars(module).items()):
        carried = getattr(value, "__dict__", {}) if not isinstance(value, FunctionType | type | ModuleType) else {}
        if isinstance(carried, Mapping) and isinstance(carried.get(MARK), Hook):
            hint = "put the decorator of netnotes.api above all others"
            yield Fault(f"`{name}` is wrapped by another decorator", hint, lines.of(name))
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield from _inside(value)


def _inside(owner: type) -> Iterator[Fault]:
    """Yield the decorated methods of a class."""
    for name, value in vars(owner).items():
        method = getattr(value, "__func__", value)
        if isinstance(method, FunctionType) and isinstance(vars(method).get(MARK), Hook):
            message = f"`{owner.__name__}.{name}` is inside a class, where it is not found"
            hint = f"move it out of the class, without `self`: def {name}(network, options):"
            yield Fault(message, hint, method.__code__.co_firstlineno)


def _of_hook(hook: Hook, lines: _Lines) -> Iterator[Fault]:
    function: Any = hook.function
    line, file = function.__code__.co_firstlineno, function.__code__.co_filename
    called = function.__name__
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        yield Fault(f"`{called}` is `async`", f"write `def {called}`, without `async`", line, file)
    subject = {Reader: "note", Watcher: "change"}.get(type(hook), "network")
    try:
        inspect.signature(function).bind(None, None)
    except TypeError:
        yield Fault(f"`{called}` does not take two arguments", f"def {called}({subject}, options):", line, file)
    if isinstance(hook, Scorer):
        yield from (Fault(message, hint, line, file) for message, hint in _of_field(hook.field))
        if hook.values_over_time is not None:
            yield from _of_values(hook.values_over_time)
    if isinstance(hook, Exporter) and not _FORMAT.fullmatch(hook.name):
        message = f"`{hook.name}` is not a valid format name: the ending of a file, lower-case letters and digits"
        yield Fault(message, '@exporter("kumu")', line, file)
    if hook.options is not NoOptions:
        yield from _of_options(hook, lines)


def _of_values(function: Any) -> Iterator[Fault]:
    code = getattr(function, "__code__", None)
    try:
        inspect.signature(function).bind(None, None, None)
    except (TypeError, ValueError):
        line, file = (code.co_firstlineno, code.co_filename) if code else (None, None)
        message = "`values_over_time` is a function of three arguments"
        yield Fault(message, "def values(tie, days, options):", line, file)


def _of_options(hook: Hook, lines: _Lines) -> Iterator[Fault]:
    kind = hook.options
    for message, hint in _option_faults(hook.name, kind):
        line = lines.of(getattr(kind, "__name__", "")) or hook.function.__code__.co_firstlineno
        yield Fault(message, hint, line)


def _option_faults(called: str, kind: object) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the options of the hook `called`, and what to write instead."""
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
        yield f"the options of `{called}` are not a dataclass", "@dataclass(frozen=True) above `class Options:`"
        return
    fields = {field.name: field for field in dataclasses.fields(kind)}
    for name, value in vars(kind).items():
        if not name.startswith("_") and name not in fields and _is_value(value):
            hint = f"{name}: {type(value).__name__} = {value!r:.40}"
            yield f"the option `{name}` has no type, so it cannot be set", hint
    try:
        hints = typing.get_type_hints(kind)
    except Exception as error:  # noqa: BLE001  # annotations are the plugin's code
        yield f"the options of `{called}`: {words(error)}", "import or define what it names"
        return
    for name, field in fields.items():
        if not field.init:
            continue
        if field.default is field.default_factory is dataclasses.MISSING:
            message = f"the option `{name}` of `{called}` has no default"
            yield message, f'{name}: … = …, or option(default, "what it is for")'
        elif not _is_readable(hints[name]):
            message = f"the option `{name}` is of a type that netnotes.toml cannot give: {_shown(hints[name])}"
            yield message, f"one of {_TAKES}"
        elif field.default is not dataclasses.MISSING and (wrong := _default_fault(name, field, hints[name])):
            yield f"the default of {wrong}", "give it a default that a user could give"


def _is_value(value: object) -> bool:
    return isinstance(value, bool | int | float | str | tuple | list | dict | dt.date | None)


def _shown(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint)


def _is_readable(hint: Any) -> bool:
    """Return whether a value from TOML can have this type."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint in (bool, int, float, str, dt.date, type(None), Any, object) or origin is typing.Literal:
        return True
    if origin in (typing.Union, UnionType):
        return all(map(_is_readable, args))
    if origin is tuple:
        return len(args) == 2 and args[1] is Ellipsis and _is_readable(args[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return len(args) == 2 and args[0] is str and _is_readable(args[1])
    return dataclasses.is_dataclass(hint)


def _default_fault(name: str, field: dataclasses.Field[Any], hint: Any) -> str | None:
    default = list(field.default) if isinstance(field.default, tuple) else field.default
    if default is None or (isinstance(default, str) and field.metadata.get("argument")):
        return None
    low, high = field.metadata.get("low", -math.inf), field.metadata.get("high", math.inf)
    if isinstance(default, int | float) and not isinstance(default, bool) and not low <= default <= high:
        return f"`{name}` is {default}, not within {low:g} to {high:g}"
    return next(iter(options.mistakes_of(hint, default, name)), None)


def _of_field(field: Field) -> Iterator[tuple[str, str]]:
    if not isinstance(field.name, str) or not _FIELD.fullmatch(field.name):
        good = re.sub(r"[^a-z0-9]+", "_", str(field.name).lower()).strip("_")
        good = good if _FIELD.fullmatch(good) else "recency"
        yield (
            f"`{field.name!s:.60}` is not a valid field name",
            f'lower-case letters, digits and `_`: Field("{good}", "…")',
        )
    elif field.name in HOST_FIELDS:
        yield f"the field `{field.name}` belongs to NetNotes itself", f'another name: Field("my_{field.name}", "…")'
    if not isinstance(field.about, str) or not all(isinstance(bound, int | float) for bound in (field.low, field.high)):
        yield (
            f"the field `{field.name!s:.60}` is not described by a text and two numbers",
            'Field("name", "what it means", low=0, high=1)',
        )
    elif not field.low < field.high:
        yield f"the range of `{field.name}` is empty: {field.low} to {field.high}", "low below high"


def clashes(plugins: Sequence[Plugin]) -> Iterator[Problem]:
    """Yield a problem for each report, format or command with a name of NetNotes or of an earlier plugin."""
    owners = {
        **{("command", name): "NetNotes" for name in COMMANDS},
        **{("report", name): "NetNotes" for name in REPORTS},
        **{("format", name): "NetNotes" for name in ("html", *FORMATS)},
    }
    for plugin in plugins:
        for kind, name, where in _names(plugin) if plugin.origin != "bundled" else ():
            if (kind, name) not in owners:
                owners[kind, name] = f"the plugin `{plugin.name}`"
                continue
            at = f" at {where}" if where else ""
            message = f"the {kind} `{name}`{at} cannot be called: {owners[kind, name]} has one of that name"
            yield Problem(message, plugin=plugin.name, hint="rename it")


def _names(plugin: Plugin) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, name, FILE:LINE) of everything that users call by name."""
    for hook in plugin.hooks:
        if isinstance(hook, Report | Exporter):
            code = hook.function.__code__
            kind = "report" if isinstance(hook, Report) else "format"
            yield kind, hook.name, f"{code.co_filename}:{code.co_firstlineno}"
    for command in plugin.commands:
        callback = getattr(command, "callback", None)
        written = getattr(inspect.unwrap(callback), "__code__", None) if callback else None
        where = f"{written.co_filename}:{written.co_firstlineno}" if written else ""
        yield "command", str(getattr(command, "name", "")), where
