"""Run one command in a fork of the daemon, as if the process that asked for it ran it. Never returns."""

from __future__ import annotations

import io
import marshal
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from netnotes.daemon.answers import messages
from netnotes.daemon.answers.client import ShowPage
from netnotes.daemon.answers.server import Request
from netnotes.storage import keyed_file

Command = Callable[[list[str], ShowPage], int]
"""`command(args, show_page)` runs a command line, and returns its exit code. May raise Declined."""
SAME = ("NETNOTES_PLUGINS", "NETNOTES_DATA", "NETNOTES_CACHE", "HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TZ")
"""Variables that must be those of the daemon, since they say what is read and how."""


class Declined(BaseException):
    """Raised if the daemon would answer otherwise than the command itself. No plugin can catch it as an Exception."""


def work(request: Request, command: Command) -> NoReturn:
    """Run the command that was asked for, and end this process."""
    try:
        _work(request, command)
    finally:
        os._exit(0)


def _work(request: Request, command: Command) -> None:
    line = request.line
    _close_all_but(line.fileno())
    # Ctrl-C is for that process. If a job in the background prints to its terminal, the whole job may be stopped.
    for number in (signal.SIGINT, signal.SIGTTOU):
        signal.signal(number, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    line.settimeout(None)
    messages.send(line, messages.ACCEPTED)
    streams = messages.receive_streams(line, 3)
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()
    facts = marshal.loads(request.content)  # noqa: S302  # of a process of the same user
    go = _Go(line)
    try:
        _take_place(facts, streams, go)
        code = command(facts["args"], lambda text, pager: _is_shown(line, go, text, pager))
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
    except Declined:
        messages.send(line, messages.DECLINED)
        return
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    go.wait()
    messages.send(line, messages.ENDED, bytes([code & 0xFF]))


def _take_place(facts: dict[str, Any], streams: list[int], go: _Go) -> None:
    """Take over the folder, environment and streams of the process that asked. Raises Declined."""
    environ = facts["environ"]
    is_same = all(environ.get(name) == os.environ.get(name) for name in SAME)
    if not is_same or facts["code"] != messages.code() or keyed_file.has_changed():
        raise Declined
    try:
        os.chdir(facts["folder"])
    except OSError as error:
        raise Declined from error
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    for number, handle in enumerate(streams):
        os.dup2(handle, number)
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)), facts["encodings"][0])  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _text(1, facts["encodings"][1], go)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _text(2, facts["encodings"][2], go)  # type: ignore[misc]


class _Go:
    """Says once that there is something to print, and waits for the process that asked to leave that to this one."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._lock = threading.Lock()
        self._given = False

    def wait(self) -> None:
        """Return when this process may print; end it if the other has given up."""
        with self._lock:
            if not self._given:
                try:
                    messages.send(self._line, messages.READY)
                    messages.receive(self._line)
                except (OSError, EOFError):
                    os._exit(0)
                self._given = True


class _Output(io.FileIO):
    """A stream that is written to only after `go`."""

    def __init__(self, number: int, go: _Go) -> None:
        super().__init__(number, "w")
        self._go = go

    def write(self, data: Any, /) -> int:
        """Write as soon as that is allowed."""
        self._go.wait()
        return super().write(data)


def _text(number: int, encoding: str, go: _Go) -> io.TextIOWrapper:
    raw = _Output(number, go)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, "replace", line_buffering=number == 2 or raw.isatty())


def _is_shown(line: socket.socket, go: _Go, text: str, pager: str) -> bool:
    """Have the process that asked show a text: the terminal is its own."""
    go.wait()
    messages.send(line, messages.PAGE, marshal.dumps((text, pager)))
    return messages.receive(line)[1] == b"\1"


def _close_all_but(kept: int) -> None:
    """Close the daemon's files: if it ends, its locks are free, and what reads its output sees the end."""
    os.closerange(0, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
    for _ in range(3):
        os.open(os.devnull, os.O_RDWR)


def _end_with(line: socket.socket) -> None:
    """End as soon as the process that asked has ended."""
    waiting = select.poll()
    waiting.register(line, select.POLLRDHUP)
    waiting.poll()
    os._exit(1)
