"""Answer requests: the page and its events to a browser of this machine that knows the token, nothing to others.

Refused, with an empty body: another host name that resolves to this machine (Host), scripts and frames of other sites
(Origin, Sec-Fetch-Site), and requests without the token. Only GET and HEAD are supported, so nothing can be written.
A `PageFeed` holds the current page, and the listeners waiting for a newer one.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import selectors
import socket
import threading
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol

MARK = 'data-live=""'
"""Near the top of a live page; filled with the page's version."""
MOST_LISTENERS = 24
"""Most tabs that listen at once; a browser opens only a few connections to one address."""
_VERSION = 16
"""Length of a version, in characters."""
PAGE = "text/html; charset=utf-8"
EVENTS = "text/event-stream"
ALWAYS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer. The page itself says what it may load, but not that it may not be framed."""
OURS = frozenset({"same-origin", "none"})
"""Sec-Fetch-Site of a request by our own page or a typed address; older browsers send none."""

NO_VERSION = "HTTP/0.9"
"""The library's name for a request with no version, or an unknown one."""


class PageFeed:
    """The current page; empty at first."""

    def __init__(self) -> None:
        self.version = ""
        self.body = b""
        self.ended = False
        """Whether no newer page will come."""
        self._lock = threading.Condition()
        self._bells: set[socket.socket] = set()

    def put(self, text: str) -> None:
        """Replace the page with `text`, and wake all listeners."""
        version = hashlib.sha256(text.encode()).hexdigest()[:_VERSION]
        body = text.replace(MARK, f'data-live="{version}"', 1).encode()
        with self._lock:
            self.version, self.body = version, body
            self._ring()

    def end(self, patience: float) -> None:
        """Wake all listeners because no newer page will come; wait up to `patience` seconds until they have left."""
        with self._lock:
            self.ended = True
            self._ring()
            self._lock.wait_for(lambda: not self._bells, patience)

    @contextlib.contextmanager
    def listening(self) -> Iterator[socket.socket | None]:
        """Yield a socket that becomes readable when there is a new page; None if too many listen already."""
        with self._lock:
            bell, far = socket.socketpair() if len(self._bells) < MOST_LISTENERS else (None, None)
            if far:
                far.setblocking(False)
                self._bells.add(far)
        try:
            yield bell
        finally:
            if bell and far:
                with self._lock:
                    self._bells.remove(far)
                    self._lock.notify_all()
                bell.close()
                far.close()

    def _ring(self) -> None:
        for far in self._bells:
            # A full socket is readable already.
            with contextlib.suppress(OSError):
                far.send(b"!")


class PageServer(Protocol):
    """The server as its handlers see it."""

    feed: PageFeed
    hosts: Mapping[str, str]
    page_path: str
    feed_path: str

    def exempt(self, connection: socket.socket) -> None:
        """Exempt a listener's connection from the time limit."""


class RequestHandler(BaseHTTPRequestHandler):
    """One request of one connection."""

    timeout = 10.0
    """Seconds without a byte after which a client is disconnected."""
    disable_nagle_algorithm = True
    server_version = "NetNotes"
    sys_version = ""
    server: PageServer  # type: ignore[assignment]  # the library knows only its own servers

    def do_GET(self) -> None:
        """Answer with the page or with its updates."""
        refused = self._refused()
        if refused is not None:
            self.send_error(refused)
        elif self._is_at(self.server.feed_path):
            self._stream()
        else:
            body = self.server.feed.body
            self._begin(HTTPStatus.OK, PAGE, len(body))
            if self.command == "GET":
                self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815  # the library's name

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse without repeating anything of the request."""
        del message, explain
        if self.request_version == NO_VERSION:
            # The library would send neither status nor headers to such a request.
            self.request_version = self.protocol_version
        # The library's name for any other method; the method is known, but not allowed.
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        more = {"Allow": "GET, HEAD"} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
        self._begin(status, None, 0, more)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's name
        """Print nothing: anyone on this machine can send anything."""

    def _refused(self) -> HTTPStatus | None:
        """Return why this request is refused; None if it is answered."""
        if self.request_version == NO_VERSION:
            return HTTPStatus.BAD_REQUEST
        hosts = self._all("Host")
        if len(hosts) != 1 or hosts[0].lower() not in self.server.hosts:
            return HTTPStatus.FORBIDDEN
        origins = self._all("Origin")
        if origins not in ([], [self.server.hosts[hosts[0].lower()]]):
            return HTTPStatus.FORBIDDEN
        is_page, is_feed = self._is_at(self.server.page_path), self._is_at(self.server.feed_path)
        if not OURS.issuperset(self._all("Sec-Fetch-Site")) and not (is_page and self._is_navigation()):
            return HTTPStatus.FORBIDDEN
        return None if is_page or is_feed else HTTPStatus.NOT_FOUND

    def _is_navigation(self) -> bool:
        """Return whether a tab navigates here, as from the file that opens the page, which cannot see the answer."""
        return self._all("Sec-Fetch-Mode") == ["navigate"] and self._all("Sec-Fetch-Dest") == ["document"]

    def _all(self, header: str) -> list[str]:
        return self.headers.get_all(header) or []

    def _is_at(self, path: str) -> bool:
        # As sent: the library merges several slashes at its start.
        sent = self.requestline.split()[1]
        return secrets.compare_digest(sent.encode("latin-1"), path.encode())

    def _begin(
        self, status: HTTPStatus, kind: str | None, length: int | None, more: Mapping[str, str] | None = None
    ) -> None:
        """Send everything except the body."""
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": None if length is None else str(length),
            "Connection": "close",
        }
        for name, value in {**ALWAYS, **headers, **(more or {})}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()

    def _stream(self) -> None:
        """Send the version of the page, and each newer one, until either side ends it."""
        feed = self.server.feed
        with feed.listening() as bell, selectors.DefaultSelector() as waiting:
            if bell is None:
                self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
                return
            self._begin(HTTPStatus.OK, EVENTS, None)
            if self.command != "GET":
                return
            self.server.exempt(self.connection)
            waiting.register(bell, selectors.EVENT_READ)
            waiting.register(self.connection, selectors.EVENT_READ)
            sent = None
            while not feed.ended:
                if sent != feed.version:
                    sent = feed.version
                    self.wfile.write(f"retry: 1000\ndata: {sent}\n\n".encode())
                ready = [key.fileobj for key, _ in waiting.select()]
                if self.connection in ready:
                    # The client closed the connection, or sent more than a request.
                    return
                bell.recv(64)
            self.wfile.write(b"event: ended\ndata:\n\n")
