"""Have the daemon of a vault run a command, where one runs. Imports little: every command starts here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

ShowPage = Callable[[str, str], bool]
"""`show_page(text, pager)` shows a long text, and returns whether it could."""
ANSWERED = frozenset("people why history today due chase forecast scenes circles groups profile path introduce".split())
"""The commands that only read and print."""
WRITES = "--ics"
"""The option of theirs that writes a file: a service may see other files than the user."""
PATIENCE = 1.0
"""Seconds that a daemon has to accept a request: it may be reading a change."""
MOST_PATIENCE = 300.0
"""Seconds that it then has to find something to print."""
FILE = "watch.socket"


def answered(args: list[str], show_page: ShowPage) -> int | None:
    """Have a daemon run the command line `args`, and return its exit code; None if this process must run it."""
    if sys.platform != "linux" or not args or args[0] not in ANSWERED or "_NETNOTES_COMPLETE" in os.environ:
        return None
    if None in _streams() or any(word.startswith(WRITES) for word in args):
        return None
    folder = next((folder for folder in _data_folders(args[1:]) if os.path.exists(f"{folder}/{FILE}")), None)  # noqa: PTH110  # start-up need not import pathlib
    return _ask(folder, args, show_page) if folder else None


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


def _ask(folder: str, args: list[str], show_page: ShowPage) -> int | None:
    import socket  # only where a daemon may run

    from netnotes.daemon.answers import messages

    is_printing = False
    with socket.socket(socket.AF_UNIX) as line, suppress(OSError, EOFError):
        line.settimeout(PATIENCE)
        with messages.address(folder, FILE) as address:
            line.connect(address)
        if not messages.is_same_user(line):
            return None
        messages.send(line, messages.REQUEST, _request(args))
        if messages.receive(line)[0] != messages.ACCEPTED:
            return None
        messages.send_streams(line, [stream.fileno() for stream in _streams()])
        line.settimeout(MOST_PATIENCE)
        if messages.receive(line)[0] != messages.READY:
            return None
        line.settimeout(None)
        is_printing = True
        messages.send(line, messages.GO)
        return _exit_code(line, show_page)
    if is_printing:
        sys.stderr.write("netnotes: `netnotes watch` ended while it answered\nhint: run the command again\n")
    return 1 if is_printing else None


def _request(args: list[str]) -> bytes:
    import marshal

    from netnotes.daemon.answers import messages

    request = {
        "args": args,
        "folder": os.getcwd(),  # noqa: PTH109
        "environ": dict(os.environ),
        "code": messages.code(),
        "encodings": [stream.encoding for stream in _streams()],
    }
    return marshal.dumps(request)


def _streams() -> tuple[TextIO, TextIO, TextIO]:
    return sys.stdin, sys.stdout, sys.stderr


def _exit_code(line: socket, show_page: ShowPage) -> int:
    """Do what the fork asks for until it ends. Raises OSError, EOFError."""
    import marshal

    from netnotes.daemon.answers import messages

    while True:
        kind, content = messages.receive(line)
        if kind == messages.ENDED:
            return content[0]
        is_shown = show_page(*marshal.loads(content))  # noqa: S302  # from this user's own daemon
        messages.send(line, messages.SHOWN, bytes([is_shown]))
