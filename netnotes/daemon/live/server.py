"""Serve one page at a secret address of this machine.

Only this machine can connect. Whatever a client sends or omits costs a bounded number of threads for a bounded time,
and prints nothing.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import sys
import threading
import time
from socketserver import TCPServer, ThreadingMixIn
from typing import Any

from netnotes.daemon.live.request_handler import PageFeed, RequestHandler
from netnotes.errors import NetNotesError

HOST = "127.0.0.1"
TOKEN_BYTES = 24
DEFAULT_PORT = ":80"
"""The port that browsers leave out of an address."""
MOST = 32
"""Connections answered at once, besides listeners; one more ends the oldest of them."""
LONGEST = 20.0
"""Seconds that a request may take, from its first byte to the last of the answer."""
NOTICE = 0.2
"""Seconds until the server notices that it should end, and again until listeners know."""


class PortRefused(NetNotesError):
    """The system refuses this port: it is in use or privileged."""

    def __init__(self, port: int, why: str) -> None:
        super().__init__(f"port {port} of {HOST} cannot be used: {why}")
        self.hint = "name another with --port, or leave it out to use any free port"


def names(port: int) -> dict[str, str]:
    """Return names of this machine in a request (Host) → origin of a page with that name (Origin)."""
    hosts = [f"{name}:{port}" for name in (HOST, "localhost")]
    return {
        each: f"http://{host.removesuffix(DEFAULT_PORT)}"
        for host in hosts
        for each in (host, host.removesuffix(DEFAULT_PORT))
    }


class Server(ThreadingMixIn, TCPServer):
    """Accepts connections, and limits what they may cost."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    # On Windows it would let another program take the same port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, port: int) -> None:
        """Bind `port` of this machine, or any free one for 0. Raises PortRefused."""
        self.feed = PageFeed()
        self._begun: dict[socket.socket, float] = {}
        """Start time of each connection being answered, the oldest first."""
        self._guard = threading.Lock()
        try:
            super().__init__((HOST, port), RequestHandler)
        except OSError as error:
            raise PortRefused(port, error.strerror or str(error)) from error
        self.port: int = self.server_address[1]
        self.hosts = names(self.port)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self.page_path, self.feed_path = f"/{token}/", f"/{token}/news"
        self.address = f"http://{HOST}:{self.port}{self.page_path}"
        self._thread = threading.Thread(target=self.serve_forever, args=(NOTICE,), name="page", daemon=True)

    def begin(self) -> None:
        """Start answering, in separate threads."""
        self._thread.start()

    def end(self) -> None:
        """Stop answering, and notify the listeners."""
        self.feed.end(NOTICE)
        if self._thread.is_alive():
            self.shutdown()
        self.server_close()

    def exempt(self, connection: socket.socket) -> None:
        """Exempt a listener's connection from the time limit; listeners are limited elsewhere."""
        with self._guard:
            self._begun.pop(connection, None)

    def server_bind(self) -> None:
        """Bind the port exclusively."""
        if sys.platform == "win32":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        super().server_bind()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection in a thread of its own; if there are too many, end the oldest."""
        with self._guard:
            if len(self._begun) >= MOST:
                self._cut(next(iter(self._begun)))
            self._begun[request] = time.monotonic()
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self.exempt(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """End connections that take too long; called several times a second."""
        late = time.monotonic() - LONGEST
        with self._guard:
            for connection in [connection for connection, begun in self._begun.items() if begun < late]:
                self._cut(connection)

    def _cut(self, connection: socket.socket) -> None:
        """Shut down a connection while a thread answers it; the thread then closes it."""
        del self._begun[connection]
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log nothing: clients hang up, and anyone can send anything."""
