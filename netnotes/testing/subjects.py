"""What is to be tried, as a plugin: a decorated function, several, or a module, by the name that users know."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

from netnotes.plugin.hooks import MARK, Hook, Plugin
from netnotes.plugin_host.discovery import GROUP
from netnotes.plugin_host.module_loader import hooks_of

Part = Callable[..., Any]
What = Part | ModuleType | Iterable[Part]
_PROJECT_LEVELS = 4
"""Folders above a module in which its `pyproject.toml` is looked for."""


def as_plugin(what: What, name: str | None = None) -> Plugin:
    """Return the plugin of a decorated function, of several, or of a module. Raises TypeError.

    It is called `name`; else as the entry point of its distribution is, installed or not; else as its module is.
    """
    if isinstance(what, ModuleType):
        hooks = hooks_of(what, "installed")
        module, place = what.__name__, what.__file__ or ""
        commands = tuple(getattr(what, "commands", ()))
    else:
        parts = list(what) if isinstance(what, Iterable) else [what]
        hooks, commands = tuple(map(_hook, parts)), ()
        module, place = parts[0].__module__, inspect.getfile(inspect.unwrap(parts[0]))
    if not hooks and not commands:
        raise TypeError(f"{module} holds no function with a decorator of netnotes.api")
    called = name or _entry_point(module, place) or module.rpartition(".")[2]
    return Plugin(called, hooks, "file", place, commands=commands)


def _hook(part: Any) -> Hook:
    hook = getattr(part, MARK, None)
    if not isinstance(hook, Hook):
        raise TypeError(f"{getattr(part, '__name__', part)!r} has no decorator of netnotes.api")
    return hook


def _entry_point(module: str, place: str) -> str | None:
    """Return the name under which a module, or a package that it is in, is announced as a plugin."""
    announced = {entry.value.partition(":")[0]: entry.name for entry in metadata.entry_points(group=GROUP)}
    announced |= _announced_by_project(Path(place))
    names = module.split(".")
    parents = (".".join(names[:count]) for count in range(len(names), 0, -1))
    return next((announced[parent] for parent in parents if parent in announced), None)


def _announced_by_project(place: Path) -> dict[str, str]:
    """Return module → name of the plugins that the project of a file announces, where it is not installed."""
    for folder in list(place.parents)[:_PROJECT_LEVELS]:
        project = folder / "pyproject.toml"
        try:
            text = project.read_text(encoding="utf-8")
            found = tomllib.loads(text).get("project", {}).get("entry-points", {}).get(GROUP, {})
        except (OSError, ValueError):
            continue
        return {str(value).partition(":")[0]: name for name, value in found.items()}
    return {}
