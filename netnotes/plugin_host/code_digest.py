"""A digest of a plugin's code and of the packages that it uses: while it stays, the same notes give the same answers.

A plugin is pure by contract. One whose code names files, chance, the environment or the terminal has no digest, so that
it is asked each time: to keep a wrong answer would be worse than to be slow.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import CodeType, ModuleType

OTHERWISE = frozenset(
    (
        "open io os environ getenv pathlib Path read_text read_bytes glob iglob scandir shutil tempfile sqlite3 "
        "random secrets uuid urandom time perf_counter monotonic now utcnow threading asyncio socket ssl urllib http "
        "requests httpx aiohttp subprocess ctypes importlib resources __import__ eval exec input print "
        "breakpoint pdb sys"
    ).split()
)
"""Names of what may give another answer for the same notes, or is to be seen on each run."""
_OURS = frozenset(("netnotes", "netnotes_plugins"))


def code_digest(module: ModuleType, data: bytes) -> str:
    """Return the digest of an imported plugin; `data` is its file, empty for an installed one. Empty if it has none."""
    root = module.__name__.partition(".")[0]
    own = [] if data else list(_loaded(root))
    try:
        codes = [compile(data, "plugin", "exec", dont_inherit=True)] if data else list(_codes(own))
        names = frozenset(_names(codes))
        used = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - _OURS - {root}
        others = [other for name in sorted(used) if name in sys.modules for other in _loaded(name)]
        stamps = sorted(map(_stamp, [*own, *others]))
    except (OSError, ImportError, ValueError, RecursionError):
        return ""
    if not codes or names & OTHERWISE or any(map(_imports_late, codes)):
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
    """Yield the code of modules. Raises ImportError, OSError if that of one cannot be had."""
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


def _imports_late(code: CodeType, *, is_module: bool = True) -> bool:
    """Return whether a function imports a package that may not be loaded yet, so that its stamp is not known."""
    import dis  # as in `_asks_the_clock`

    said = (step.argval for step in dis.get_instructions(code) if not is_module and step.opname == "IMPORT_NAME")
    known = sys.stdlib_module_names | _OURS
    return any(name.partition(".")[0] not in known for name in said) or any(
        _imports_late(const, is_module=False) for const in code.co_consts if isinstance(const, CodeType)
    )


def _stamp(module: ModuleType) -> str:
    place = getattr(module, "__file__", None)
    if not place:
        return module.__name__
    status = Path(place).stat()
    return f"{module.__name__} {place} {status.st_mtime_ns} {status.st_size}"
