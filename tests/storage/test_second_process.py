"""A copy of this process works beside it, and never outlives the work."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from netnotes.storage import second_process
from netnotes.storage.second_process import forked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no copies of processes")


@pytest.fixture(autouse=True)
def only_thread(monkeypatch):
    """As in a command: what runs the tests may have threads of its own."""
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.current_thread()])
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def copies(monkeypatch):
    """Return a list that grows with the process id of each copy."""
    found: list[int] = []
    fork = os.fork

    def forked() -> int:
        process = fork()
        found.append(process)
        return process

    monkeypatch.setattr(os, "fork", forked)
    return found


def are_gone(copies: list[int]) -> bool:
    """Return whether there was a copy, and none is left."""
    for process in copies:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)
    return bool(copies)


def test_what_the_copy_returns(copies):
    with forked(lambda: str(os.getpid()).encode() * 100_000) as result:
        found = result()
    assert found
    assert not found.startswith(str(os.getpid()).encode())
    assert len(found) >= 100_000
    assert are_gone(copies)


def test_an_empty_result_is_a_result():
    with forked(bytes) as result:
        assert result() == b""


def test_nothing_stays_open():
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with forked(lambda: b"x") as result:
            assert result() == b"x"
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def fails() -> bytes:
    raise ValueError("x")


def is_killed() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b"never"


@pytest.mark.parametrize("work", [fails, is_killed])
def test_a_copy_that_fails_has_no_result(work, capfd, copies):
    with forked(work) as result:
        assert result() is None
    assert capfd.readouterr() == ("", "")
    assert are_gone(copies)


def sleeps() -> bytes:
    time.sleep(60)
    return b"late"


def test_a_block_that_ends_early_ends_the_copy(copies):
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt), forked(sleeps):
        raise KeyboardInterrupt
    assert are_gone(copies)
    assert time.monotonic() - begin < 30


def test_where_ended_processes_are_forgotten_at_once():
    """As below some programs that run others."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with forked(lambda: b"x") as result:
            assert result() == b"x"
            time.sleep(0.2)
    finally:
        signal.signal(signal.SIGCHLD, before)


WORKS = """
import os, time
from netnotes.storage.second_process import forked

def works():
    print("works", flush=True)
    time.sleep(1000)

with forked(works) as result:
    result()
"""


def test_no_copy_outlives_a_process_that_is_killed():
    """It would keep a lock of somebody who is no more."""
    process = subprocess.Popen([sys.executable, "-c", WORKS], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "works\n"
    process.kill()
    out, _ = process.communicate(timeout=30)
    assert out == "", "and whoever reads what they print comes to an end"


def test_no_copy_beside_other_threads(monkeypatch):
    """They may hold a lock that nobody would release in the copy."""
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.Thread(name="watcher")])
    with forked(lambda: b"x") as result:
        assert result() is None


def test_the_line_that_shows_progress_is_no_hindrance(monkeypatch):
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.Thread(name=second_process.TICKER)])
    with forked(lambda: b"x") as result:
        assert result() == b"x"


def test_no_copy_where_the_system_refuses(monkeypatch):
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    with forked(lambda: b"x") as result:
        assert result() is None
