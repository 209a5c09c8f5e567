"""Find the folder of a vault: by name, upwards from the current folder, or by the folders it holds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from netnotes import config as configuration
from netnotes.errors import VaultNotFound

_APP_MARKERS = (".obsidian", "logseq/config.edn", "dendron.yml", ".zk", ".foam", ".vscode/foam.json")
_ROOT_MARKERS = (configuration.FILE, *_APP_MARKERS)
"""Files and folders that mark the root of a vault."""
_DAILY_FOLDERS = frozenset(("daily", "daily notes", "dailies", "journal", "journals", "diary"))


def find_root(named: str | None, environ: Mapping[str, str], near: Path | None = None) -> Path:
    """Return the named vault, else the one around `near`, else $NETNOTES_VAULT, else `near` if it looks like one.

    `near` is by default the working directory, which may have been deleted. Raises VaultNotFound.
    """
    if named is not None:
        root = Path(named).expanduser()
        if not named.strip():
            raise VaultNotFound(f"`{named}`")
        if not root.is_dir():
            raise VaultNotFound(named, is_file=root.is_file())
        return root
    start = near or _working_directory()
    if start and (found := find_vault_root(start)):
        return found
    if fallback := environ.get("NETNOTES_VAULT"):
        try:
            return find_root(fallback, {})
        except VaultNotFound as error:
            error.hint = "correct the variable NETNOTES_VAULT, or name the folder that holds the notes"
            raise
    if start and has_usual_folder(start):
        return start
    raise VaultNotFound


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def find_vault_root(place: Path) -> Path | None:
    """Return the nearest folder, from `place` upwards, that is the root of a vault."""
    here = Path(os.path.abspath(place))  # noqa: PTH100  # resolve() would leave the vault through a symlink
    return next((folder for folder in (here, *here.parents) if is_root(folder)), None)


def is_root(folder: Path) -> bool:
    """Return whether a folder is the root of a vault."""
    return any((folder / mark).exists() for mark in _ROOT_MARKERS)


def has_usual_folder(folder: Path) -> bool:
    """Return whether a folder holds one with a name that vaults use: `People`, `Meetings`, `Daily`. Never raises."""
    from netnotes.extract.people.person_words import MEETING_KINDS, PERSON_WORDS, bare_folder  # few calls need it

    usual = PERSON_WORDS | MEETING_KINDS | _DAILY_FOLDERS
    try:
        with os.scandir(folder) as entries:
            return any(bare_folder(entry.name) in usual for entry in entries if entry.is_dir())
    except OSError:
        return False
