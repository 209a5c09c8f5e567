"""Get a plugin from what is to be checked: a decorated function, several, a module, a file, a folder or a name."""

from __future__ import annotations

import inspect
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from netnotes.errors import NotAPlugin
from netnotes.plugin.hooks import MARK, Hook, Plugin
from netnotes.plugin_host import discovery
from netnotes.plugin_host.discovery import GROUP, PACKAGE, Source
from netnotes.plugin_host.module_loader import hooks_of

Part = Callable[..., Any]
What = Part | ModuleType | Iterable[Part]
_PROPERTY = re.compile(r"[^\W\d][\w -]{0,39}")
_MOST_NAMES = 100
_PROJECT_LEVELS = 4
"""Number of folders above a module that are searched for its `pyproject.toml`."""


def as_plugin(what: What, name: str | None = None) -> Plugin:
    """Return the plugin of a decorated function, of several, or of a module. Raises TypeError.

    Its name is `name`, else that of the entry point of its distribution (installed or not), else that of its module.
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
    origin = "bundled" if module.startswith("netnotes_plugins.") else "file"
    return Plugin(called, hooks, origin, place, commands=commands)


def sources_of(word: str) -> tuple[Source, ...]:
    """Return the plugins that a file, a folder or a name means. Raises NotAPlugin if there is none."""
    place = Path(word).expanduser()
    if place.is_dir():
        packages = sorted(place.glob("src/*/__init__.py")) or sorted(place.glob("*/__init__.py"))
        if (place / "__init__.py").exists():
            packages = [place / "__init__.py"]
        elif not (place / "pyproject.toml").exists():
            packages = []
        files = sorted(place.glob("*.py"))
        if found := tuple(map(_package, packages)) or tuple(discovery.file(discovery.canonical(f)) for f in files):
            return found
        raise NotAPlugin(word, "no plugin in this folder", "name a folder that holds a plugin file or a package")
    if place.suffix == ".py" or place.exists():
        return (discovery.file(discovery.canonical(place)),)
    known = {
        source.name: source
        for source in (
            *discovery.bundled((*discovery.BUNDLED, *discovery.OPTIONAL, *discovery.ON_REQUEST)),
            *discovery.installed(),
        )
    }
    if word not in known:
        raise NotAPlugin(word, "no such plugin", f"name a plugin file, a folder or one of {', '.join(sorted(known))}")
    return (known[word],)


def _package(place: Path) -> Source:
    """Return the plugin of a package's `__init__.py`, named after its folder."""
    real = discovery.canonical(place)
    return Source(real.parent.name.removeprefix("netnotes_"), PACKAGE, str(real), data=real.read_bytes())


def text_of(what: What) -> Iterator[tuple[str, str, int, bool]]:
    """Yield (file, source, its first line, whether it is a whole module) for each part whose source is known."""
    parts: Iterable[Part | ModuleType] = [what] if isinstance(what, ModuleType) or callable(what) else what
    for part in parts:
        found = inspect.unwrap(part) if callable(part) else part
        try:
            file = inspect.getfile(found)
            lines, first = inspect.getsourcelines(found)
        except (OSError, TypeError):
            continue
        yield file, textwrap.dedent("".join(lines)), max(first, 1), isinstance(found, ModuleType)


def _hook(part: Any) -> Hook:
    hook = getattr(part, MARK, None)
    if not isinstance(hook, Hook):
        raise TypeError(f"{getattr(part, '__name__', part)!r} has no decorator of netnotes.api")
    return hook


def _entry_point(module: str, place: str) -> str | None:
    """Return the entry point's name of a module, or of a package that holds it."""
    announced = {entry.value.partition(":")[0]: entry.name for entry in metadata.entry_points(group=GROUP)}
    announced |= _announced_by_project(Path(place))
    names = module.split(".")
    parents = (".".join(names[:count]) for count in range(len(names), 0, -1))
    return next((announced[parent] for parent in parents if parent in announced), None)


def _announced_by_project(place: Path) -> dict[str, str]:
    """Return module → name of the entry points in the `pyproject.toml` above a file, for a project not installed."""
    for folder in list(place.parents)[:_PROJECT_LEVELS]:
        project = folder / "pyproject.toml"
        try:
            text = project.read_text(encoding="utf-8")
            found = tomllib.loads(text).get("project", {}).get("entry-points", {}).get(GROUP, {})
        except (OSError, ValueError):
            continue
        return {str(value).partition(":")[0]: name for name, value in found.items()}
    return {}


def property_names(hook: Hook) -> tuple[str, ...]:
    """Return the texts in the code and options of a function that may be names of properties."""
    function: Any = hook.function
    file = function.__code__.co_filename
    module = [value for name, value in function.__globals__.items() if not name.startswith("__")]
    codes = [each.__code__ for each in module if isinstance(each, FunctionType)]
    texts = [*_texts_in(getattr(hook.options(), "__dict__", {}).values()), *_texts_in(module)]
    for code in (function.__code__, *(code for code in codes if code.co_filename == file)):
        texts += _texts_of(code)
    return tuple(dict.fromkeys(text for text in texts if _PROPERTY.fullmatch(text)))[:_MOST_NAMES]


def _texts_of(code: CodeType) -> Iterator[str]:
    yield from _texts_in(code.co_consts)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _texts_of(inner)


def _texts_in(values: Any) -> Iterator[str]:
    """Yield the texts among `values`, and those in lists and sets of texts."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple | list | set | frozenset):
            yield from (item for item in value if isinstance(item, str))
