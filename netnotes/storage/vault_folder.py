"""Where data about one vault is stored: in a folder of its own, in the user's data folder. Touches no file."""

from __future__ import annotations

import hashlib
import os

LONGEST_NAME = 40
"""Most characters of the vault's own name in the name of its folder."""


def data_folder(named: str | None = None) -> str:
    """Return the folder `named` (by $NETNOTES_DATA), else the one that the system has for a user's data."""
    if named:
        return named
    import platformdirs  # where the folder is named, nothing asks for the usual one

    return platformdirs.user_data_dir("netnotes", appauthor=False)


def vault_folder(vault: str, data: str) -> str:
    """Return the folder, below `data`, of the vault at the real path `vault`."""
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in os.path.basename(vault))[:LONGEST_NAME] or "vault"  # noqa: PTH119  # a command that is answered imports no pathlib
    return f"{data}{os.sep}{name}-{hashlib.sha256(os.fsencode(vault)).hexdigest()[:12]}"
