"""Find plugins: bundled, installed, or files of the vault. Reads their files; imports none.

Bundled plugins run unless disabled. Optional and installed ones (entry point `netnotes.plugins`) run if enabled, files
in `.netnotes/plugins/` if allowed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from netnotes.lazy_dataclass import dataclass

BUNDLED = ("know", "like", "trust", "warmth", "follow_up")
"""Modules of `netnotes_plugins` that run unless disabled, in the order of `netnotes plugins`."""
OPTIONAL = (
    *("embeddedness", "constraint", "effective_size", "bridges", "communities"),
    *("meetings", "birthday_badges", "address_book", "milestones"),
)
"""Modules of `netnotes_plugins` that run when enabled."""
REPORTS = ("today", "chase", "due", "scenes", "circles", "groups", "path", "introduce", "profile", "forecast")
"""Bundled reports: modules of `netnotes_plugins`, imported only for that report."""
EXPORTERS = "graph_formats"
"""The module of `netnotes_plugins` with the formats of `graph`, imported when one of them is needed."""
FORMATS = ("graphml", "gexf", "json", "csv")
"""Its formats."""
ON_REQUEST = (*REPORTS, EXPORTERS)
PACKAGE = "package"
"""Origin of a package that is checked without being installed."""
GROUP = "netnotes.plugins"
ON_DEMAND = "netnotes.on_demand"
"""Entry points of plugins with only reports, exporters and commands: imported when one of them is needed."""
FOLDER = ".netnotes/plugins"
"""Where a vault keeps plugin files."""
LONGEST = 1_000_000
"""Most bytes of a plugin file."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Source:
    """A plugin that was found, not imported."""

    name: str
    origin: str
    """bundled, installed, file or PACKAGE."""
    place: str
    """The module, or the real path of the file."""
    version: str | None = None
    data: bytes = b""
    """The file's bytes. The bytes that are hashed are the ones that are compiled."""
    fault: str | None = None
    """Why it cannot be imported, if so."""
    on_demand: bool = False
    """Whether it is imported only for commands that need it."""


def bundled(names: tuple[str, ...]) -> Iterator[Source]:
    """Yield the bundled plugins of these names."""
    for name in names:
        yield Source(name, "bundled", f"netnotes_plugins.{name}")


def installed() -> tuple[Source, ...]:
    """Return the plugins of installed distributions, sorted by name, without importing them."""
    from importlib import metadata  # slow to import

    found: dict[str, dict[str, Source]] = {}
    for entry in (*metadata.entry_points(group=GROUP), *metadata.entry_points(group=ON_DEMAND)):
        version = entry.dist.version if entry.dist else None
        module = entry.value.partition(":")[0].strip()
        source = Source(entry.name, "installed", module, version, on_demand=entry.group == ON_DEMAND)
        found.setdefault(entry.name, {})[module] = source
    return tuple(_one(name, list(found[name].values())) for name in sorted(found))


def _one(name: str, claims: list[Source]) -> Source:
    if not _NAME.fullmatch(name):
        return Source(name, "installed", claims[0].place, fault="its name is not lower-case letters, digits and `_`")
    if len(claims) > 1:
        modules = " and ".join(f"`{claim.place}`" for claim in claims)
        return Source(name, "installed", claims[0].place, fault=f"two installed plugins have this name: {modules}")
    return claims[0]


def files(root: Path) -> Iterator[Source]:
    """Yield the plugin files of the vault at `root`, sorted by name. Each is read once."""
    inside = Path(os.path.realpath(root)) / FOLDER
    folder = Path(os.path.realpath(root / FOLDER))
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        return
    for name in names:
        if not name.endswith(".py") or name.startswith((".", "_")):
            continue
        if os.path.normcase(folder) != os.path.normcase(inside):
            yield Source(name[:-3], "file", str(folder / name), fault=f"`{FOLDER}` is a link out of the vault")
        else:
            yield file(folder / name)


def file(path: Path) -> Source:
    """Read one plugin file. If it cannot or should not be read, the result has a fault."""
    place, name = str(path), path.stem
    if path.suffix != ".py" or not _NAME.fullmatch(name):
        return Source(name, "file", place, fault="its name is not lower-case letters, digits and `_`, and `.py`")
    # Do not block and do not follow links: a pipe would wait for ever, a link can lead anywhere.
    flags = sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
    try:
        handle = os.open(path, os.O_RDONLY | flags)
    except OSError as error:
        why = (
            "it is a link: keep the file itself there" if path.is_symlink() else f"it cannot be read: {error.strerror}"
        )
        return Source(name, "file", place, fault=why)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return Source(name, "file", place, fault="it is not a regular file")
    with os.fdopen(handle, "rb") as opened:
        data = opened.read(LONGEST + 1)
    if len(data) > LONGEST:
        return Source(name, "file", place, fault=f"it is longer than {LONGEST:,} bytes")
    return Source(name, "file", place, data=data)


def canonical(path: Path) -> Path:
    """Return a file's canonical path: links among its folders resolved, its name as the folder spells it."""
    folder = Path(os.path.realpath(path.parent))
    try:
        names = [entry.name for entry in os.scandir(folder)]
        if path.name not in names and path.exists():
            names = [name for name in names if name.casefold() == path.name.casefold() and path.samefile(folder / name)]
            return folder / (names[0] if names else path.name)
    except OSError:
        pass
    return folder / path.name
