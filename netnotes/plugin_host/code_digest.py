"""Compute a digest of a plugin's code: as long as it is the same, the same notes give the same results.

A plugin is pure by contract. One that imports anything except NetNotes and a few pure modules, opens files, reads the
clock or prints has no digest, and its results are never cached: a wrong cached result would be worse than a slow one.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import CodeType, ModuleType

PURE = frozenset(
    (
        "__future__ abc bisect calendar cmath collections contextlib copy dataclasses datetime decimal difflib "
        "email enum fractions functools heapq itertools json math numbers operator re statistics string textwrap "
        "types typing unicodedata netnotes netnotes_plugins"
    ).split()
)
"""Packages that give the same results for the same notes, apart from the clock."""
OTHERWISE = frozenset(
    "open now utcnow localtime formatdate make_msgid eval exec input print breakpoint __import__".split()
)
"""Names of functions that may give another result for the same notes, or must run each time."""


def code_digest(module: ModuleType, data: bytes) -> str:
    """Return the digest of an imported plugin; `data` is its file, empty for an installed one. Empty if it has none."""
    root = module.__name__.partition(".")[0]
    own = [] if data else list(_loaded(root))
    try:
        codes = [compile(data, "plugin", "exec", dont_inherit=True)] if data else list(_codes(own))
        stamps = sorted(map(_stamp, own))
    except (OSError, ImportError, ValueError, RecursionError):
        return ""
    names = frozenset(_names(codes))
    if not codes or names & OTHERWISE or not all(_imports_pure(code, root) for code in codes):
        return ""
    if "today" in names and any(map(_asks_the_clock, codes)):
        return ""
    return hashlib.sha256(repr((data, stamps)).encode()).hexdigest()


def _loaded(root: str) -> Iterator[ModuleType]:
    """Yield the modules of a package, as far as they are imported."""
    for name, module in list(sys.modules.items()):
        if isinstance(module, ModuleType) and (name == root or name.startswith(f"{root}.")):
            yield module


def _codes(modules: Iterable[ModuleType]) -> Iterator[CodeType]:
    """Yield the code of modules. Raises ImportError, OSError if it cannot be read."""
    for module in modules:
        code = getattr(getattr(module.__spec__, "loader", None), "get_code", lambda _: None)(module.__name__)
        if code is None and getattr(module, "__file__", None):
            raise ImportError(f"{module.__name__} has no code to look at")
        if code is not None:
            yield code


def _names(codes: Iterable[CodeType]) -> Iterator[str]:
    for code in codes:
        yield from code.co_names
        yield from _names(const for const in code.co_consts if isinstance(const, CodeType))


def _asks_the_clock(code: CodeType) -> bool:
    """Return whether code says `date.today`, not `network.today`."""
    import dis  # few plugins are looked at so closely

    said = [instruction.argval for instruction in dis.get_instructions(code)]
    clock = any(name == "today" and owner in ("date", "datetime") for owner, name in pairwise(said))
    return clock or any(_asks_the_clock(const) for const in code.co_consts if isinstance(const, CodeType))


def _imports_pure(code: CodeType, root: str, *, is_module: bool = True) -> bool:
    """Return whether code imports only what is pure; at the top of a module also other modules of its package.

    A module of the package that a function imports may not be loaded yet, so that its stamp is not known.
    """
    import dis  # as in `_asks_the_clock`

    allowed = PURE | {root, ""} if is_module else PURE
    said = (step.argval for step in dis.get_instructions(code) if step.opname == "IMPORT_NAME")
    return all(name.partition(".")[0] in allowed for name in said) and all(
        _imports_pure(const, root, is_module=False) for const in code.co_consts if isinstance(const, CodeType)
    )


def _stamp(module: ModuleType) -> str:
    place = getattr(module, "__file__", None)
    if not place:
        return module.__name__
    status = Path(place).stat()
    return f"{module.__name__} {place} {status.st_mtime_ns} {status.st_size}"
