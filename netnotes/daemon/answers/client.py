"""Find the daemon that may run a command. Imports little: every command starts here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

ShowPage = Callable[[str, str], bool]
"""`show_page(text, pager)` shows a long text, and returns whether it could."""
EXAMINING = frozenset(("check",))
"""The commands that look for what was not read."""
ANSWERED = EXAMINING.union(
    "people why history today due chase forecast scenes circles groups profile path introduce".split()
)
"""The commands that only read and print."""
WRITES = "--ics"
"""The option of theirs that writes a file: a service may see other files than the user."""
FILE = "watch.socket"


def folder_of_daemon(args: list[str]) -> str | None:
    """Return the data folder of a daemon that may run the command line `args`; None if there is none."""
    if sys.platform != "linux" or not args or args[0] not in ANSWERED or "_NETNOTES_COMPLETE" in os.environ:
        return None
    streams: list[TextIO | None] = [sys.stdin, sys.stdout, sys.stderr]
    if None in streams or any(word.startswith(WRITES) for word in args):
        return None
    return next((folder for folder in _data_folders(args[1:]) if os.path.exists(f"{folder}/{FILE}")), None)  # noqa: PTH110  # start-up need not import pathlib


def _data_folders(words: list[str]) -> Iterator[str]:
    """Yield the data folders of all vaults that a command may be about: that it names, or that hold this folder."""
    from netnotes.storage.vault_folder import data_folder, vault_folder  # other commands do without

    places = [os.path.expanduser(word) for word in words]  # noqa: PTH111  # as above
    with suppress(OSError):
        here = os.getcwd()  # noqa: PTH109
        places += [here, *("/".join(here.split("/")[:-count]) for count in range(1, here.count("/")))]
    places += [os.path.expanduser(os.environ.get("NETNOTES_VAULT", ""))]  # noqa: PTH111
    data = data_folder(os.environ.get("NETNOTES_DATA"))
    return (vault_folder(os.path.realpath(place), data) for place in places if os.path.isdir(place))  # noqa: PTH112
