"""Import one plugin and check its parts against the contract. A plugin that fails becomes a message.

`sys.path` stays as it is: a file is compiled from the bytes that were allowed, as a module that cannot import its
neighbours.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

from netnotes.model import Problem
from netnotes.options import did_you_mean
from netnotes.plugin import remedies
from netnotes.plugin.call import TimeLimit, TimeUp, place, words
from netnotes.plugin.hooks import MARK, Hook, Plugin
from netnotes.plugin_host.code_digest import code_digest
from netnotes.plugin_host.contract import faults
from netnotes.plugin_host.discovery import PACKAGE, Source

_NAMESPACE = "netnotes_vault_plugins"
_LACKING = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")


def imported(source: Source, limit: TimeLimit, *, strict: bool = False) -> tuple[Plugin | None, Problem | None]:
    """Import the plugin of `source`; return it, or what went wrong."""
    bare = Plugin(source.name, (), source.origin, source.place, source.version)
    try:
        with limit(bare, "import"):
            module = _compiled(source) if source.origin in ("file", PACKAGE) else import_module(source.place)
        place_of = getattr(module, "__file__", None) or source.place
        hooks = hooks_of(module, source.origin)
        listed = getattr(module, "commands", ())
        commands = tuple(listed) if isinstance(listed, Iterable) else (listed,)
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
    except BaseException as error:  # a plugin may raise anything, even SystemExit
        if strict:
            error.add_note(f"plugin `{source.name}` was not loaded{place(error, bare)}")
            raise
        message = _syntax(error) if isinstance(error, SyntaxError) else f"{place(error, bare)}: {words(error)}"
        return None, Problem(f"not loaded{message}", plugin=source.name, hint=_hint(error, source))
    if fault:
        at = f" at {fault.file or place_of}:{fault.line}" if fault.line else ""
        return None, Problem(f"not loaded{at}: {fault.message}", plugin=source.name, hint=fault.hint)
    digest = code_digest(module, source.data) if source.origin in ("file", "installed") else ""
    return Plugin(source.name, hooks, source.origin, place_of, version, commands=commands, digest=digest), None


def _compiled(source: Source) -> ModuleType:
    """Run a file's bytes as a module that the import system knows only by name; a package also by its folder."""
    digest = sha256(source.place.encode("utf-8", "replace") + source.data).hexdigest()[:12]
    folder = Path(source.place).parent
    name = folder.name if source.origin == PACKAGE else f"{_NAMESPACE}.{source.name}_{digest}"
    code = compile(source.data, source.place, "exec", dont_inherit=True)
    module = ModuleType(name)
    module.__file__ = source.place
    module.__package__ = ""
    if source.origin == PACKAGE:
        module.__package__, module.__path__ = name, [str(folder)]
        for other in [other for other in sys.modules if other == name or other.startswith(f"{name}.")]:
            del sys.modules[other]
    # Dataclasses and type hints look their module up by name.
    sys.modules[name] = module
    try:
        exec(code, vars(module))  # noqa: S102  # the user allowed exactly these bytes
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def hooks_of(module: ModuleType, origin: str = "bundled") -> tuple[Hook, ...]:
    """Return the hooks of a module's own functions, in the order of the file.

    An installed plugin may import them from other modules of its package.
    """
    root = module.__name__.partition(".")[0]
    found: list[Hook] = []
    for value in list(vars(module).values()):
        if not isinstance(value, FunctionType):
            continue
        hook = vars(value).get(MARK)
        own = value.__module__ == module.__name__ or (
            origin in ("installed", PACKAGE) and str(value.__module__).partition(".")[0] == root
        )
        if own and isinstance(hook, Hook) and hook not in found:
            found.append(hook)
    return tuple(found)


def _version(module: ModuleType) -> str | None:
    found = getattr(module, "__version__", None)
    return found if isinstance(found, str) else None


def _syntax(error: SyntaxError) -> str:
    return (
        f" at {error.filename}:{error.lineno}: {type(error).__name__}: {error.msg}"
        if error.lineno
        else f": {words(error)}"
    )


def _hint(error: BaseException, source: Source) -> str:
    if isinstance(error, TabError):
        return "indent with four spaces, never with tabs"
    if isinstance(error, IndentationError):
        return "what belongs to a function is indented by four spaces, all of it alike"
    if isinstance(error, SyntaxError):
        line = (error.text or "").strip()[:80]
        return f"this is not Python: `{line}`" if line else "write it in Python, as UTF-8"
    if isinstance(error, ModuleNotFoundError) and error.name:
        beside = Path(source.place).with_name(f"{error.name.partition('.')[0]}.py")
        if source.origin == "file" and beside.exists():
            return _ALONE
    if isinstance(error, ImportError):
        return _import_hint(error)
    return remedies.of_error(error)


_ALONE = "a plugin file cannot import its neighbours: use one file, or `netnotes plugins new NAME --package`"


def _import_hint(error: ImportError) -> str:
    if "relative import" in str(error):
        return _ALONE
    if lacking := _LACKING.match(str(error)):
        known = getattr(sys.modules.get(lacking[2]), "__all__", ())
        if near := did_you_mean(lacking[1], known):
            return near.removeprefix(": ")
    if (error.name or "").startswith("netnotes"):
        return "this version of NetNotes does not have it: docs/plugins/api.md names all there is"
    if isinstance(error, ModuleNotFoundError) and error.name:
        name = error.name.partition(".")[0]
        return f"install `{name}` beside NetNotes: `pip install {name}`, or `pipx inject netnotes {name}`"
    return remedies.of_error(error)
