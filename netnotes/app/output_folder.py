"""Where a file goes if the user named no place: never into a vault, which may be synced to every device."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from netnotes.app.vault_root import find_vault_root
from netnotes.errors import Unwritable
from netnotes.storage import private


def output_folder(root: Path, start: Path, environ: Mapping[str, str]) -> Path:
    """Return `start`, or a folder outside if `start` is in the vault at `root` or in another one.

    That folder is NETNOTES_DATA, else the user's downloads, else NetNotes' data folder. Raises Unwritable.
    """
    if not _in_vault(start, root):
        return start
    return outside_folder(root, environ)


def outside_folder(root: Path, environ: Mapping[str, str]) -> Path:
    """Return one of the user's folders outside the vault at `root`. Raises Unwritable."""
    from platformdirs import user_data_path, user_downloads_path  # start-up imports nothing it does not need

    named = environ.get("NETNOTES_DATA")
    # A browser in a sandbox (snap, flatpak) can read the downloads folder and little else.
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
