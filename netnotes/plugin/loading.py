"""Find plugins, import them one by one, and give each its options."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import Any

from netnotes import options
from netnotes.config import FILE, Config
from netnotes.errors import BadConfig
from netnotes.plugin.hooks import MARK, Hook, Plugin

BUNDLED = ("know", "like", "trust", "warmth", "follow_up")
"""Modules of `netnotes_plugins`, in the order in which they are listed."""


def bundled(config: Config) -> tuple[Plugin, ...]:
    """Return the plugins that come with NetNotes, but for those that `netnotes.toml` disables."""
    names = [name for name in BUNDLED if name not in config.disable]
    return with_options((_of(import_module(f"netnotes_plugins.{name}"), name) for name in names), config)


def with_options(plugins: Iterable[Plugin], config: Config) -> tuple[Plugin, ...]:
    """Return the plugins with the options of their `[plugins.NAME]`. Raises BadConfig with all mistakes at once."""
    found: list[Plugin] = []
    mistakes: list[str] = []
    for plugin in plugins:
        table = config.plugins.get(plugin.name, {})
        given: dict[type[Any], object] = {}
        for kind in dict.fromkeys(hook.options for hook in plugin.hooks):
            given[kind], faults = options.read(kind, table, f"plugins.{plugin.name}")
            mistakes += faults
        found.append(Plugin(plugin.name, plugin.hooks, plugin.origin, plugin.place, plugin.version, given))
    if mistakes:
        raise BadConfig(FILE, tuple(dict.fromkeys(mistakes)))
    return tuple(found)


def _of(module: ModuleType, name: str, origin: str = "bundled") -> Plugin:
    return Plugin(name, hooks_of(module), origin, module.__file__ or "")


def hooks_of(module: ModuleType) -> tuple[Hook, ...]:
    """Return the hooks that a module's own functions carry, in the order of the file."""
    own = [value for value in vars(module).values() if getattr(value, "__module__", None) == module.__name__]
    return tuple(hook for value in own if isinstance(hook := getattr(value, MARK, None), Hook))
