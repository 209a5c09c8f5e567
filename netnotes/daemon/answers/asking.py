"""Ask a daemon to run a command, and do what its fork asks for until the command has ended."""

from __future__ import annotations

import marshal
import os
import socket
import sys
from contextlib import suppress
from typing import TextIO

from netnotes.daemon.answers import messages
from netnotes.daemon.answers.client import EXAMINING, FILE, ShowPage

PATIENCE = 1.0
"""Seconds that a daemon has to accept a request: it may be reading a change."""
MOST_PATIENCE = 300.0
"""Seconds that it then has to find something to print."""


def ask(folder: str, args: list[str], show_page: ShowPage) -> int | None:
    """Have the daemon with this data folder run the command line `args`.

    Return its exit code; None if this process must run it. Raises KeyboardInterrupt.
    """
    is_printing = False
    with socket.socket(socket.AF_UNIX) as line, suppress(OSError, EOFError):
        line.settimeout(PATIENCE)
        with messages.address(folder, FILE) as address:
            line.connect(address)
        if not messages.is_same_user(line):
            return None
        messages.send(line, messages.EXAMINE if args[0] in EXAMINING else messages.REQUEST, _request(args))
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
    request = {
        "args": args,
        "folder": os.getcwd(),  # noqa: PTH109  # start-up need not import pathlib
        "environ": dict(os.environ),
        "code": messages.code(),
        "encodings": [stream.encoding for stream in _streams()],
    }
    return marshal.dumps(request)


def _streams() -> tuple[TextIO, TextIO, TextIO]:
    return sys.stdin, sys.stdout, sys.stderr


def _exit_code(line: socket.socket, show_page: ShowPage) -> int:
    """Do what the fork asks for until it ends. Raises OSError, EOFError."""
    while True:
        kind, content = messages.receive(line)
        if kind == messages.ENDED:
            return content[0]
        is_shown = show_page(*marshal.loads(content))  # noqa: S302  # from this user's own daemon
        messages.send(line, messages.SHOWN, bytes([is_shown]))
