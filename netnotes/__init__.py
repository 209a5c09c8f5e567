"""NetNotes: how deep each relationship in a folder of notes is, and why.

For programs there are two functions: `open` for one vault, `batch` for many. Importing this module imports nothing
else; plugins import `netnotes.api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Iterable

    from netnotes.app.batch.batch import BatchResult
    from netnotes.app.relationships import Relationships

__all__ = ["batch", "open"]


def open(  # noqa: A001  # the name that users expect: netnotes.open, as PIL.Image.open
    path: str | os.PathLike[str], *, as_of: dt.date | str | None = None, plugins: bool = True
) -> Relationships:
    """Read the folder of notes at `path`; return its people, ties, encounters and scores. Writes nothing.

    `as_of` is the day for which everything is computed, by default today. Without `plugins` only the bundled ones run.
    Raises VaultNotFound and BadConfig of `netnotes.errors`, ValueError for a text that is no day (`2026-02-30`).
    """
    from netnotes.app.relationships import open_vault

    return open_vault(path, as_of=as_of, plugins=plugins)


def batch(
    folders: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    as_of: dt.date | str | None = None,
    anonymous: bool = False,
    processes: int | None = None,
    dask: str | None = None,
) -> BatchResult:
    """Analyse many vaults and write their ties to the Parquet file `out`; the other tables are written beside it.

    Each of `folders` is a vault or a folder of vaults. By default there is one process for each core; `dask` is the
    address of a Dask scheduler to use instead. An interrupted call resumes where it stopped. In a script, call this
    below `if __name__ == "__main__":`, since it starts processes. Needs the package pyarrow, and
    distributed for Dask. Raises NetNotesError.
    """
    from netnotes.app.batch.batch import run_batch

    return run_batch(folders, out, as_of=as_of, anonymous=anonymous, processes=processes, dask=dask)
