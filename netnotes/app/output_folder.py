"""Where a file goes whose place the user did not name: never into a vault, which may be synced to every device."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from netnotes.app.workspace import find_vault_root
from netnotes.errors import Unwritable
from netnotes.storage import private


def output_folder(root: Path, start: Path, environ: Mapping[str, str]) -> Path:
    """Return `start`, unless it lies in the vault at `root` or in another one: then a folder outside.

    That is the folder NETNOTES_DATA, else the user's downloads, else NetNotes' data folder. Raises Unwritable.
    """
    if not _in_vault(start, root):
        return start
    return outside_folder(root, environ)


def outside_folder(root: Path, environ: Mapping[str, str]) -> Path:
    """Return a folder of the user's own outside the vault at `root`. Raises Unwritable."""
    from platformdirs import user_data_path, user_downloads_path  # start-up imports nothing it does not need

    named = environ.get("NETNOTES_DATA")
    # A browser that runs in a sandbox (snap, flatpak) can read downloads and hardly anything else.
    downloads = user_downloads_path()
    if named is None and downloads.is_dir() and not _in_vault(downloads, root):
        return downloads
    place = Path(named) if named else user_data_path("netnotes", appauthor=False)
    try:
        private.make_folder(place)
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error
    return place


def _in_vault(place: Path, root: Path) -> bool:
    return place.resolve().is_relative_to(root.resolve()) or find_vault_root(place) is not None
