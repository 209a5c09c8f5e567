"""Where plugins come from: bundled, installed, or files of the vault. Finds and reads them; imports none.

Bundled ones run unless disabled, the optional among them and installed distributions (entry point
`netnotes.plugins`) when enabled, files of `.netnotes/plugins/` when allowed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

BUNDLED = ("know", "like", "trust", "warmth", "follow_up")
"""Modules of `netnotes_plugins` that run unless disabled, in the order in which they are listed."""
OPTIONAL = (
    *("embeddedness", "constraint", "effective_size", "bridges", "communities"),
    *("meetings", "birthday_badges", "address_book", "milestones"),
)
"""Modules of `netnotes_plugins` that run when enabled."""
REPORTS = ("today", "chase", "due", "scenes", "circles", "groups", "path", "introduce", "profile", "forecast")
"""Bundled reports, each a module of `netnotes_plugins` that is imported when the report is asked for."""
EXPORTERS = "graph_formats"
"""The module of `netnotes_plugins` with the formats of `graph`, imported when one of them is asked for."""
FORMATS = ("graphml", "gexf", "json", "csv")
"""Its formats."""
ON_REQUEST = (*REPORTS, EXPORTERS)
PACKAGE = "package"
"""Origin of a package that its author has checked without installing it."""
GROUP = "netnotes.plugins"
ON_DEMAND = "netnotes.on_demand"
"""Entry points of plugins that hold reports, exporters and commands alone: imported when one of these is asked for."""
FOLDER = ".netnotes/plugins"
"""Where a vault keeps plugin files."""
LONGEST = 1_000_000
"""Bytes of a plugin file."""
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
    """The file's bytes: what is hashed is what is compiled."""
    fault: str | None = None
    """Why it cannot be imported, where it cannot."""
    on_demand: bool = False
    """Whether it is imported for what only some commands ask for."""


def bundled(names: tuple[str, ...]) -> Iterator[Source]:
    """Yield those of the plugins that come with NetNotes."""
    for name in names:
        yield Source(name, "bundled", f"netnotes_plugins.{name}")


def installed() -> tuple[Source, ...]:
    """Return the plugins of installed distributions, by name; nothing of them is imported."""
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
        return Source(name, "installed", claims[0].place, fault=f"two installed plugins are called so: {modules}")
    return claims[0]


def files(root: Path) -> Iterator[Source]:
    """Yield the plugin files of the vault at `root`, by name, each read once."""
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
    """Read one plugin file. What cannot be read, or should not be, is the source's fault."""
    place, name = str(path), path.stem
    if path.suffix != ".py" or not _NAME.fullmatch(name):
        return Source(name, "file", place, fault="its name is not lower-case letters, digits and `_`, and `.py`")
    # Without blocking and without following a link: a pipe would wait for ever, a link can lead anywhere.
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
        return Source(name, "file", place, fault="it is no ordinary file")
    with os.fdopen(handle, "rb") as opened:
        data = opened.read(LONGEST + 1)
    if len(data) > LONGEST:
        return Source(name, "file", place, fault=f"it is longer than {LONGEST:,} bytes")
    return Source(name, "file", place, data=data)


def canonical(path: Path) -> Path:
    """Return the one path of a file: links of its folders followed, its own name as the folder spells it."""
    folder = Path(os.path.realpath(path.parent))
    try:
        names = [entry.name for entry in os.scandir(folder)]
        if path.name not in names and path.exists():
            names = [name for name in names if name.casefold() == path.name.casefold() and path.samefile(folder / name)]
            return folder / (names[0] if names else path.name)
    except OSError:
        pass
    return folder / path.name
