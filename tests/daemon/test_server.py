"""The server of the live page, spoken to byte by byte: whom it answers, and what it bears."""

import socket
import threading

import pytest

from netnotes.daemon.live import server as serving
from netnotes.daemon.live.request_handler import MOST_LISTENERS
from netnotes.daemon.live.server import MOST, PortRefused, Server, names

PAGE = '<!doctype html>\n<html data-live=""><p>Ada'
SECONDS = 20


@pytest.fixture
def server(capfd, monkeypatch):
    monkeypatch.setattr(serving, "NOTICE", 0.02)
    found = Server(0)
    found.feed.put(PAGE)
    found.begin()
    yield found
    found.end()
    assert capfd.readouterr() == ("", ""), "nothing that anybody sends is printed"


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS)


def whole(line):
    """Read until the other side ends."""
    found = b""
    try:
        while more := line.recv(65536):
            found += more
    except ConnectionResetError:
        pass
    return found


def ask(server, path=None, *headers, method="GET", host=None):
    """Send a request; return status, headers and body of the answer."""
    host = f"127.0.0.1:{server.port}" if host is None else host
    lines = [
        f"{method} {server.page_path if path is None else path} HTTP/1.1",
        *([f"Host: {host}"] if host else []),
        *headers,
    ]
    with connect(server) as line:
        line.sendall("".join(f"{one}\r\n" for one in (*lines, "")).encode("latin-1"))
        head, _, body = whole(line).partition(b"\r\n\r\n")
    status, *result = head.decode().split("\r\n")
    return int(status.split()[1]), dict(one.split(": ", 1) for one in result), body


class Listener:
    """Somebody who listens for feed, from the first on."""

    def __init__(self, server):
        self._line = connect(server)
        self._line.sendall(f"GET {server.feed_path} HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        self.file = self._line.makefile("r", encoding="utf-8", newline="\n")
        self.first = self.feed()

    def feed(self):
        """Read up to the next version."""
        return next(one.removeprefix("data: ").strip() for one in self.file if one.startswith("data: "))

    def close(self):
        self.file.close()
        self._line.close()


def test_the_address_answers_with_the_page_and_its_version(server):
    status, result, body = ask(server)
    assert status == 200
    assert body.decode() == PAGE.replace('""', f'"{server.feed.version}"')
    assert len(server.feed.version) == 16
    assert result["Content-Type"] == "text/html; charset=utf-8"
    assert (result["Cache-Control"], result["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert (result["Referrer-Policy"], result["X-Frame-Options"]) == ("no-referrer", "DENY")
    assert "frame-ancestors 'none'" in result["Content-Security-Policy"]
    assert server.address == f"http://127.0.0.1:{server.port}{server.page_path}"


def test_only_this_machine_can_connect(server):
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_a_head_has_no_body(server):
    status, result, body = ask(server, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(result["Content-Length"]) > len(PAGE)
    assert ask(server, server.feed_path, method="HEAD")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//{token}/",
        "/{token}",
        "/{token}/?",
        "/{token}/x",
        "/{token}//",
        "/{token}/../{token}/",
        "/{tokem}/",
        "/{token}/feed/",
        "http://127.0.0.1/{token}/",
        "/favicon.ico",
        "/\xe9",
    ],
)
def test_without_the_token_nothing_is_there(server, path):
    token = server.page_path.strip("/")
    status, _, body = ask(server, path.format(token=token, tokem=token[:-1] + ("A" if token[-1] != "A" else "B")))
    assert (status, body) == (404, b"")


def test_another_host_is_refused(server):
    for host in (
        "",
        "evil.example",
        f"evil.example:{server.port}",
        "127.0.0.1",
        f"127.0.0.1:{server.port + 1}",
        "localhost",
    ):
        assert ask(server, host=host)[0::2] == (403, b""), host
    twice = f"Host: localhost:{server.port}"
    assert ask(server, None, twice)[0] == 403
    assert ask(server, host=f"localhost:{server.port}")[0] == 200


def test_a_page_from_elsewhere_is_refused(server):
    own = f"http://127.0.0.1:{server.port}"
    for origin in (
        "http://evil.example",
        "null",
        f"https://127.0.0.1:{server.port}",
        f"{own}1",
        f"http://localhost:{server.port}",
    ):
        assert ask(server, None, f"Origin: {origin}")[0::2] == (403, b""), origin
    assert ask(server, None, f"Origin: {own}")[0] == 200
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)):
        assert ask(server, None, f"Sec-Fetch-Site: {site}")[0] == status, site
    assert ask(server, None, "Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site")[0] == 403
    assert ask(server, None, f"Origin: {own}", f"Origin: {own}")[0] == 403


def test_a_file_may_lead_a_tab_to_the_page_but_frame_or_fetch_nothing(server):
    site, mode, tab = "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
    assert ask(server, None, site, mode, tab)[0] == 200
    assert ask(server, None, site, mode, "Sec-Fetch-Dest: iframe")[0::2] == (403, b"")
    assert ask(server, None, site, "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty")[0::2] == (403, b"")
    assert ask(server, None, site, mode)[0] == 403
    assert ask(server, server.feed_path, site, mode, tab)[0] == 403
    assert ask(server, "/", site, mode, tab)[0] == 403


def test_the_port_of_the_web_may_go_unsaid():
    own, other = "http://127.0.0.1", "http://localhost"
    assert names(80) == {"127.0.0.1": own, "127.0.0.1:80": own, "localhost": other, "localhost:80": other}
    assert names(8080) == {"127.0.0.1:8080": f"{own}:8080", "localhost:8080": f"{other}:8080"}


@pytest.mark.parametrize("version", ["", " HTTP/2.0", " HTTP/1.x", " JUNK", " HTTP/1.1 HTTP/1.1"])
def test_a_version_that_is_not_known_is_refused_in_words(server, version):
    with connect(server) as line:
        line.sendall(f"GET {server.page_path}{version}\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        head, _, body = whole(line).partition(b"\r\n\r\n")
    assert head.split()[1] in {b"400", b"505"}
    assert (b"no-store" in head, body) == (True, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "X"])
def test_nothing_but_reading_is_understood(server, method):
    status, result, body = ask(server, method=method)
    assert (status, result["Allow"], body) == (405, "GET, HEAD", b"")


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n",
        b"\0" * 400 + b"\r\n\r\n",
        b"\xff\xfe\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / JUNK\r\n\r\n",
        b"GET " + b"a" * 200_000,
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 500 + b"\r\n",
        b"GET / HTTP/1.1\r\nA: " + b"b" * 200_000,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=range(10),
)
def test_an_invalid_request_is_tolerated(server, sent):
    with connect(server) as line:
        try:
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has heard enough
        assert b"Ada" not in whole(line)
    assert ask(server)[0] == 200


def test_a_silent_client_delays_nobody(server):
    before = threading.active_count()
    silent = [connect(server) for _ in range(4 * MOST)]
    assert ask(server)[0] == 200
    assert threading.active_count() <= before + MOST + 8, "and costs few threads"
    for line in silent:
        line.close()


def test_a_client_that_reads_nothing_delays_nobody(server):
    server.feed.put(PAGE + "x" * 20_000_000)
    deaf = [connect(server) for _ in range(MOST + 4)]
    for line in deaf:
        line.sendall(f"GET {server.page_path} HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
    assert ask(server)[0] == 200
    for line in deaf:
        line.close()


def test_a_slow_client_is_dropped(server, monkeypatch):
    with connect(server) as line:
        line.sendall(b"GET ")
        assert ask(server)[0] == 200
        monkeypatch.setattr(serving, "LONGEST", 0.0)
        assert line.recv(1) == b""


def test_a_listener_gets_each_page(server):
    one = Listener(server)
    assert one.first == server.feed.version
    server.feed.put(PAGE + " and Bo")
    assert one.feed() == server.feed.version != one.first
    server.feed.put(PAGE)
    assert one.feed() == one.first, "the version follows from the page"
    one.close()


def test_a_closed_connection_is_dropped_at_once(server):
    before = set(threading.enumerate())
    listeners = [Listener(server) for _ in range(3)]
    threads = set(threading.enumerate()) - before
    assert len(threads) == 3
    for one in listeners:
        one.close()
    for thread in threads:
        thread.join(SECONDS)
        assert not thread.is_alive()


def test_too_many_listeners_are_refused(server):
    listeners = [Listener(server) for _ in range(MOST_LISTENERS)]
    assert ask(server, server.feed_path)[0] == 503
    assert ask(server)[0] == 200
    for one in listeners:
        one.close()


def test_a_listener_lasts_longer_than_a_request_may(server, monkeypatch):
    one = Listener(server)
    with connect(server) as other:
        monkeypatch.setattr(serving, "LONGEST", 0.0)
        assert other.recv(1) == b"", "all that take too long have been ended by now"
        server.feed.put(PAGE + " and Bo")
        assert one.feed() == server.feed.version
    one.close()


def test_the_end_is_announced():
    server = Server(0)
    server.feed.put(PAGE)
    server.begin()
    one = Listener(server)
    server.end()
    assert one.file.read() == "\nevent: ended\ndata:\n\n"
    one.close()
    with pytest.raises(OSError, match=r"."):
        connect(server)


def test_a_port_that_is_taken_is_refused():
    first = Server(0)
    with pytest.raises(PortRefused, match=f"port {first.port} of 127.0.0.1 cannot be used: "):
        Server(first.port)
    first.end()
    Server(first.port).end()


def test_tokens_differ_and_cannot_be_guessed():
    made = [Server(0) for _ in range(20)]
    assert len({server.page_path for server in made}) == 20
    assert all(len(server.page_path) >= 2 + 32 for server in made)
    for server in made:
        server.end()
