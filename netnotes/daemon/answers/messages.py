"""The messages between a command and the daemon that answers it, over a socket in the vault's data folder.

| from | kind | content |
| --- | --- | --- |
| command | REQUEST | `marshal`: its arguments, folder, environment and encodings |
| command | EXAMINE | the same; it looks for what was not read, and others like it may follow |
| daemon | ACCEPTED | a fork is working on it |
| command | STREAMS | its standard input, output and errors |
| daemon | DECLINED | the command must do the work itself; nothing was printed |
| daemon | READY | there is something to print; the fork waits for GO |
| command | GO | it has not given up, and prints nothing itself from now on |
| daemon | PAGE | `marshal`: (text, pager): show it, and say with SHOWN whether that worked |
| command | SHOWN | one byte, 0 or 1 |
| daemon | ENDED | the exit code, one byte |

The streams are sent only when a fork can take them: as long as they wait for the daemon, a reader of the output waits
for its end, even if the command has given up. Only the user's own processes can connect, and what they send is plain
data.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUEST, ACCEPTED, STREAMS, DECLINED, READY, GO, PAGE, SHOWN, ENDED, EXAMINE = (
    bytes([number]) for number in range(1, 11)
)
LONGEST = 1 << 22
"""Most bytes of a request."""
_SIZE = 8
"""Bytes of the length of a message's content."""


def send(line: socket.socket, kind: bytes, content: bytes = b"") -> None:
    """Send a message. Raises OSError."""
    line.sendall(kind + len(content).to_bytes(_SIZE, "big") + content)


def receive(line: socket.socket, most: int = sys.maxsize) -> tuple[bytes, bytes]:
    """Return the kind and the content of the next message. Raises OSError; EOFError if there is none of this size."""
    head = _received(line, 1 + _SIZE)
    size = int.from_bytes(head[1:], "big")
    if size > most:
        raise EOFError
    return head[:1], _received(line, size)


def send_streams(line: socket.socket, streams: list[int]) -> None:
    """Send open files. Raises OSError."""
    socket.send_fds(line, [STREAMS], streams)


def receive_streams(line: socket.socket, number: int) -> list[int]:
    """Return so many open files, which are the caller's to close. Raises OSError, EOFError."""
    kind, streams, _, _ = socket.recv_fds(line, 1, number)
    if kind != STREAMS or len(streams) != number:
        raise EOFError
    return streams


def is_same_user(line: socket.socket) -> bool:
    """Return whether the other process is of the user of this one. Raises OSError."""
    process_user_group = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int.from_bytes(process_user_group[4:8], sys.byteorder) == os.getuid()


def code() -> tuple[str | int, ...]:
    """Return what is other in a process of another program, or in a container with other files. Raises OSError."""
    folder = os.path.dirname(__file__)  # noqa: PTH120  # start-up need not import pathlib
    status = os.stat(folder)  # noqa: PTH116
    return sys.version, sys.prefix, sys.getfilesystemencoding(), folder, status.st_dev, status.st_ino


def _received(line: socket.socket, size: int) -> bytes:
    """Return so many bytes. Raises OSError, EOFError."""
    parts = []
    while size:
        part = line.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


@contextmanager
def address(folder: str, name: str) -> Iterator[str]:
    """Give a socket in `folder` an address while the block runs. Raises OSError.

    The path itself may be longer than the 107 bytes that an address may have.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{name}"
    finally:
        os.close(handle)
