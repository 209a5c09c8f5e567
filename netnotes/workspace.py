"""A vault on disk, ready to run: its folder, its `netnotes.toml`, its plugins and its notes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from netnotes import config as configuration
from netnotes.config import Config
from netnotes.errors import BadConfig, VaultNotFound
from netnotes.model import Vault
from netnotes.pipeline import Outcome, run
from netnotes.plugin import loading
from netnotes.plugin.hooks import Plugin
from netnotes.vault.files import read_vault

MARKS = (".obsidian", configuration.FILE)
"""What the root of a vault holds."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a command works on."""

    root: Path
    config: Config
    plugins: tuple[Plugin, ...]

    def read(self) -> Vault:
        """Read the notes as they are now."""
        return read_vault(self.root)

    def run(self, today: dt.date, *, strict: bool = False) -> tuple[Vault, Outcome]:
        """Read the notes and work everything out."""
        vault = self.read()
        return vault, run(vault, self.config, self.plugins, today, strict=strict)

    def within(self, note: str) -> str:
        """Return the path of a note, given from the vault or from the working directory, as the vault has it."""
        inside = note if (self.root / note).exists() else os.path.relpath(note, self.root)
        return Path(inside).as_posix()


def open_workspace(root: Path) -> Workspace:
    """Open the vault at `root`. Raises BadConfig, VaultNotFound."""
    if not root.is_dir():
        raise VaultNotFound(str(root))
    config = read_config(root)
    return Workspace(root, config, loading.bundled(config))


def read_config(root: Path) -> Config:
    """Return the options of the vault's `netnotes.toml`, all defaults where there is none. Raises BadConfig."""
    place = root / configuration.FILE
    try:
        text = place.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfig(configuration.FILE, (f"cannot be read: {error}",)) from error
    return configuration.parse(text)


def find_root(named: str | None, start: Path, environ: Mapping[str, str]) -> Path:
    """Return the vault named, else the one around `start`, else $NETNOTES_VAULT. Raises VaultNotFound."""
    if named is not None:
        root = Path(named).expanduser()
        if not root.is_dir():
            raise VaultNotFound(named)
        return root
    if found := around(start):
        return found
    if fallback := environ.get("NETNOTES_VAULT"):
        return find_root(fallback, start, {})
    raise VaultNotFound


def around(place: Path) -> Path | None:
    """Return the nearest folder from `place` upwards that is the root of a vault."""
    here = Path(os.path.abspath(place))  # noqa: PTH100  # resolve() would leave the vault through a symlink
    return next(
        (folder for folder in (here, *here.parents) if any((folder / mark).exists() for mark in MARKS)), None
    )
