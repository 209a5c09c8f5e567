"""Import one plugin, and see whether its parts fit the contract. Whatever it does ends as a sentence, not here.

`sys.path` is never touched: a file is compiled from the bytes it was trusted by, as a module of its own name that
can import nothing beside it.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
import typing
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

from netnotes.model import Problem
from netnotes.plugin.call import TimeLimit, TimeUp, place, remedy, words
from netnotes.plugin.facts import Field
from netnotes.plugin.hooks import API, MARK, Hook, NoOptions, Plugin, Reader, Scorer
from netnotes.plugin_host.discovery import Source
from netnotes.scoring.depth import DEPTH

HOST_FIELDS = frozenset({DEPTH.name, "tie", "last_contact", "netnotes"})
"""Fields that the host itself owns."""
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,59}")


def imported(source: Source, limit: TimeLimit, *, strict: bool = False) -> tuple[Plugin | None, Problem | None]:
    """Import the plugin of `source`: the plugin, or what went wrong."""
    bare = Plugin(source.name, (), source.origin, source.place, source.version)
    try:
        with limit(bare, "import"):
            module = _compiled(source) if source.origin == "file" else import_module(source.place)
        place_of = getattr(module, "__file__", None) or source.place
        hooks = hooks_of(module, source.origin)
        commands = tuple(getattr(module, "commands", ()))
        version = source.version or _version(module)
        fault = next(faults(module, hooks, commands, source.origin), None)
    except KeyboardInterrupt:
        raise
    except TimeUp as error:
        return None, Problem(
            f"not loaded{place(error, bare)}: its import is {error}",
            plugin=source.name,
            hint="do the work in the function, not at import",
        )
    except BaseException as error:  # a stranger's code may raise anything, SystemExit included
        if strict:
            raise
        said = _syntax(error) if isinstance(error, SyntaxError) else f"{place(error, bare)}: {words(error)}"
        return None, Problem(f"not loaded{said}", plugin=source.name, hint=_hint(error))
    if fault:
        return None, Problem(f"not loaded: {fault[0]}", plugin=source.name, hint=fault[1])
    return Plugin(source.name, hooks, source.origin, place_of, version, commands=commands), None


def _compiled(source: Source) -> ModuleType:
    """Run the bytes of a file as a module that the import system knows by name only."""
    digest = sha256(source.place.encode("utf-8", "replace") + source.data).hexdigest()[:12]
    name = f"netnotes_vault_plugins.{source.name}_{digest}"
    code = compile(source.data, source.place, "exec", dont_inherit=True)
    module = ModuleType(name)
    module.__file__ = source.place
    # Dataclasses and type hints look their module up by name.
    sys.modules[name] = module
    try:
        exec(code, vars(module))  # noqa: S102  # the user allowed exactly these bytes
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def hooks_of(module: ModuleType, origin: str = "bundled") -> tuple[Hook, ...]:
    """Return the hooks that a module's own functions carry, in the order of the file.

    An installed plugin may gather them from the modules of its own package.
    """
    root = module.__name__.partition(".")[0]
    found: list[Hook] = []
    for value in list(vars(module).values()):
        if not isinstance(value, FunctionType):
            continue
        hook = vars(value).get(MARK)
        own = value.__module__ == module.__name__ or (
            origin == "installed" and str(value.__module__).partition(".")[0] == root
        )
        if own and isinstance(hook, Hook) and hook not in found:
            found.append(hook)
    return tuple(found)


def faults(
    module: ModuleType, hooks: tuple[Hook, ...], commands: tuple[Any, ...], origin: str
) -> Iterator[tuple[str, str]]:
    """Yield (fault, remedy) for all that does not fit the contract."""
    api = getattr(module, "NETNOTES_API", None)
    if origin != "bundled" and (type(api) is not int or api != API):
        written = (
            "says not for which NetNotes it is written" if api is None else f"is written for API {api!r}, this is {API}"
        )
        yield (
            f"it {written}",
            f"`NETNOTES_API = {API}` in its module" if api is None else "look for another version of it",
        )
    if not hooks and not commands:
        yield (
            "it holds no function with a decorator of netnotes.api",
            "add one: @scorer, @styler, @report or @reader",
        )
    if any(not callable(command) or not isinstance(getattr(command, "name", None), str) for command in commands):
        yield "its `commands` are not all click commands", "commands = [a_function_with_click_command]"
    for hook in hooks:
        yield from _of_hook(hook)


def _of_hook(hook: Hook) -> Iterator[tuple[str, str]]:
    subject = "note" if isinstance(hook, Reader) else "network"
    try:
        inspect.signature(hook.function).bind(None, None)
    except TypeError:
        yield f"`{hook.name}` does not take two arguments", f"def {hook.name}({subject}, options):"
    if isinstance(hook, Scorer):
        yield from _of_field(hook.field)
    if hook.options is NoOptions:
        return
    if not (isinstance(hook.options, type) and dataclasses.is_dataclass(hook.options)):
        yield f"the options of `{hook.name}` are no dataclass", "@dataclass(frozen=True) class Options: ..."
        return
    typing.get_type_hints(hook.options)
    if bare := [
        f.name
        for f in dataclasses.fields(hook.options)
        if f.init and f.default is f.default_factory is dataclasses.MISSING
    ]:
        yield f"the option `{bare[0]}` of `{hook.name}` has no default", f"{bare[0]}: ... = ..."


def _of_field(field: Field) -> Iterator[tuple[str, str]]:
    if not isinstance(field.name, str) or not _FIELD.fullmatch(field.name):
        yield f"`{field.name}` is no name of a field", "lower-case letters, digits and `_`"
    elif field.name in HOST_FIELDS:
        yield f"the field `{field.name}` belongs to NetNotes itself", "give it another name"
    if not isinstance(field.about, str) or not all(isinstance(bound, int | float) for bound in (field.low, field.high)):
        yield (
            f"the field `{field.name}` is not described by a text and two numbers",
            'Field("name", "what it means")',
        )
    elif not field.low < field.high:
        yield f"the range of `{field.name}` is empty: {field.low} to {field.high}", "low below high"


def _version(module: ModuleType) -> str | None:
    found = getattr(module, "__version__", None)
    return found if isinstance(found, str) else None


def _syntax(error: SyntaxError) -> str:
    return (
        f" at {error.filename}:{error.lineno}: {type(error).__name__}: {error.msg}"
        if error.lineno
        else f": {words(error)}"
    )


def _hint(error: BaseException) -> str:
    if isinstance(error, ImportError) and (error.name or "").startswith("netnotes"):
        return "it asks for what this version of NetNotes does not have; look for another version of one of the two"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"install `{error.name.partition('.')[0]}` beside NetNotes"
    return remedy(error)
