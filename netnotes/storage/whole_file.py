"""Replace whole files other than notes: pages, tables, calendars, state. Written to a temporary file, then renamed.

`save` is for paths that users name: it overwrites only an older file by NetNotes. `replace` is for files in our own
folders (journal, cache, consent, logs), which are created so that other users cannot open them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from netnotes.errors import Unwritable
from netnotes.storage.exchange import flush
from netnotes.text.file_seal import is_unedited

MARK = '<meta name="generator" content="NetNotes'
"""Mark near the top of every page that NetNotes writes."""
_NAME = b"NetNotes"
_HEAD = 4096
MOST_SEALED = 50_000_000
"""Largest sealed file, in bytes, that is compared with a new one."""
FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077
"""Permissions of group and others."""


def save(text: str | bytes, place: Path, mark: str = MARK) -> None:
    """Write `text` to `place`, replacing an older one of the same `mark`. Raises Unwritable."""
    check(place, mark)
    try:
        replace(place, text)
    except FileNotFoundError as error:
        raise Unwritable(str(place), "there is no such folder") from error
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error


def save_sealed(text: str, place: Path) -> bool:
    """Write a sealed text to `place`, unless the file has that text already; return whether it was written.

    Replaces only an empty file or a sealed one that nobody has edited. Raises Unwritable.
    """
    try:
        if place.suffix.lower() == ".md":
            raise Unwritable(str(place), "it would be a note; give the file another ending")
        if place.exists() or place.is_symlink():
            old = _text(place)
            if old == text:
                return False
            if old is None or (old and not is_unedited(old)):
                raise Unwritable(str(place), "that file is yours or was edited; name another with --output")
        place.parent.mkdir(parents=True, exist_ok=True)
        replace(place, text)
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error
    return True


def _text(place: Path) -> str | None:
    """Return the text of a regular file; None if it is not one, is larger than any of ours, or is not text."""
    if place.is_symlink() or not place.is_file() or place.stat().st_size > MOST_SEALED:
        return None
    try:
        return place.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def check(place: Path, mark: str = MARK) -> None:
    """Raise Unwritable unless the file is missing, is empty, or has the `mark` near its top.

    A mark without the word NetNotes must be at the very start of the file; an empty mark matches no file.
    """
    try:
        if place.suffix.lower() == ".md":
            raise Unwritable(str(place), "it would be a note; give the file another ending")
        if (place.exists() or place.is_symlink()) and not _is_ours(place, mark):
            raise Unwritable(str(place), "another file is there; name one with --output, or move it away")
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error


def replace(place: Path, data: str | bytes) -> None:
    """Replace a file atomically.

    A new one is readable only by its owner; an existing one keeps its mode. A symbolic link is followed, so that it
    stays one. Raises OSError; then the old file is unchanged.
    """
    with replacing(place) as file:
        file.write(data.encode("utf-8") if isinstance(data, str) else data)


@contextmanager
def replacing(place: Path, *, fresh: bool = False) -> Iterator[BinaryIO]:
    """Like `replace`, with what the block writes; if the block raises, nothing is replaced.

    With `fresh`, a link and the old file's mode are not kept, so nobody else can read the new file.
    """
    real = place if fresh else place.resolve()
    import tempfile  # to read a cache takes none of what it loads

    handle, temp = tempfile.mkstemp(prefix=".netnotes-", dir=real.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        # mkstemp creates a private file.
        if not fresh and real.exists():
            Path(temp).chmod(stat.S_IMODE(real.stat().st_mode))
        Path(temp).replace(real)
    except BaseException:
        Path(temp).unlink(missing_ok=True)
        raise


def _is_ours(place: Path, mark: str) -> bool:
    if not place.is_file():
        return False
    with place.open("rb") as file:
        head = file.read(_HEAD)
    wanted = mark.encode()
    return not head or (wanted in head if _NAME in wanted else bool(wanted) and head.startswith(wanted))


def make_private_folder(place: Path) -> None:
    """Create a private folder and its missing parents; an existing one keeps its mode.

    Flushed to disk, so that a journal in it survives a power cut. Raises OSError.
    """
    missing = [folder for folder in (place, *place.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(FOLDER, exist_ok=True)
        flush(folder.parent)
    if not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))


def make_private_file(place: Path) -> None:
    """Create an empty file if it is missing, and remove other users' permissions. Raises OSError."""
    os.close(os.open(place, os.O_RDWR | os.O_CREAT, FILE))
    mode = stat.S_IMODE(place.stat().st_mode)
    if mode & _OTHERS:
        # A file system without modes refuses; then the file is used as it is.
        with contextlib.suppress(OSError):
            place.chmod(mode & ~_OTHERS)
