"""Take the requests of commands, and start a fork for each between two turns of the daemon's loop."""

from __future__ import annotations

import errno
import os
import queue
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from netnotes.daemon.answers import messages
from netnotes.daemon.answers.client import FILE
from netnotes.lazy_dataclass import dataclass

MOST = 4
"""Most forks at once; further commands do their work themselves."""
LONGEST = 1.0
"""Seconds that a request may take to arrive."""
PAUSE = 1.0
"""Seconds until connections are accepted again, after one could not be."""
_ENDED = (errno.EINVAL, errno.EBADF)
"""Errors of a socket that was shut down or closed."""


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """The request of a command."""

    line: socket.socket
    content: bytes
    examines: bool
    """Whether the command looks for what was not read."""

    def is_pending(self) -> bool:
        """Return whether the command still waits for an answer."""
        self.line.setblocking(False)
        try:
            return bool(self.line.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True
        except OSError:
            return False


class Server:
    """Takes requests at the socket of a data folder, and has forks answer them."""

    def __init__(self, wake: Callable[[], None]) -> None:
        """Call `wake()` when a request has come: then `answer` should be called soon."""
        self._wake = wake
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._forks: set[int] = set()

    @contextmanager
    def listening(self, folder: str) -> Iterator[None]:
        """Take requests while the block runs; none if the system or the file system has no such sockets."""
        with socket.socket(socket.AF_UNIX) as listener:
            try:
                with messages.address(folder, FILE) as address:
                    with suppress(FileNotFoundError):
                        # Of a daemon that was killed: this one holds the lock.
                        os.unlink(address)  # noqa: PTH108  # an address, not a path
                    listener.bind(address)
                    os.chmod(address, 0o600)  # noqa: PTH101
                listener.listen()
            except OSError:
                yield
                return
            threading.Thread(target=self._take, args=(listener,), name="answers", daemon=True).start()
            try:
                yield
            finally:
                with suppress(OSError), messages.address(folder, FILE) as address:
                    os.unlink(address)  # noqa: PTH108
                # Closing alone would not wake the thread.
                with suppress(OSError):
                    listener.shutdown(socket.SHUT_RDWR)

    def answer(self, work: Callable[[Request], NoReturn] | None) -> list[Request]:
        """Have a fork of this process do `work(request)` for each request; return them.

        With None they are declined. Only in the main thread, when nothing is half done.
        """
        answered = []
        self._forks -= {fork for fork in self._forks if _has_ended(fork)}
        while not self._requests.empty():
            request = self._requests.get()
            if request.is_pending():
                fork = _fork() if work and len(self._forks) < MOST else None
                if fork == 0 and work:
                    work(request)
                if fork:
                    self._forks.add(fork)
                else:
                    with suppress(OSError):
                        messages.send(request.line, messages.DECLINED)
            request.line.close()
            answered.append(request)
        return answered

    def _take(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError as error:
                if error.errno in _ENDED:
                    return
                # Such as too many open files.
                time.sleep(PAUSE)
                continue
            request = _request(line) if messages.is_same_user(line) else None
            if request:
                self._requests.put(request)
                self._wake()
            else:
                line.close()


def _request(line: socket.socket) -> Request | None:
    line.settimeout(LONGEST)
    try:
        kind, content = messages.receive(line, messages.LONGEST)
    except (OSError, EOFError):
        return None
    examines = kind == messages.EXAMINE
    return Request(line, content, examines) if examines or kind == messages.REQUEST else None


def _fork() -> int | None:
    """Return the id of the fork; 0 in it; None if there can be none."""
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns of other threads. Those of the daemon hold no lock that a command takes.
            warnings.simplefilter("ignore", DeprecationWarning)
            return os.fork()
    except OSError:
        return None


def _has_ended(fork: int) -> bool:
    try:
        return os.waitpid(fork, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return True
