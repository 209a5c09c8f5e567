"""Commands that a daemon answers: they print the same, see every change, and go on without it when they must."""

import os
import pty
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from netnotes.__main__ import answered
from netnotes.daemon.answers import messages
from netnotes.daemon.answers.client import ANSWERED, FILE
from netnotes.storage.note_store import FEWEST
from netnotes.storage.vault_folder import vault_folder
from tests.daemon.conftest import ALONE, ASKING, NOT_ANSWERED, SECONDS, alone, ask

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks beside threads, and sockets that name a user")


def test_commands_print_the_same_with_a_daemon_and_without(answering):
    names = {"why": ["Ada"], "history": ["Ada"], "path": ["Cy"]}
    calls = [[name, *names.get(name, [])] for name in sorted(ANSWERED)]
    calls += [["people", "--json"], ["people", "--scene", "Lisbon"], ["today", "--as-of", "2026-03-09"]]
    calls += [["why", "Nobody"], ["people", "--most", "0"], ["why"], ["people", "--help"], ["due", "--markdown"]]
    for call in calls:
        wanted = alone(*call, answering.root)
        assert ask(*call, answering.root) == wanted, call
        assert "Traceback" not in wanted[2]


def test_the_vault_may_be_named_or_be_around_the_working_directory(answering):
    wanted = alone("people", "--json", answering.root)
    assert ask("people", "--json", cwd=answering.root / "People") == wanted
    assert ask("people", "--json", "vault", cwd=answering.root.parent) == wanted
    link = answering.root.with_name("link")
    link.symlink_to(answering.root)
    assert ask("people", "--json", link) == wanted
    named = os.environ | {"NETNOTES_VAULT": str(answering.root)}
    assert ask("people", "--json", cwd=answering.data(), env=named) == wanted


def test_every_change_is_seen_at_once(answering):
    for day in range(1, 20):
        answering.put(f"2026-02-{day:02}.md", f"- Call with [[Bo]] ({day} min)\n")
        code, out, _ = ask("why", "Bo", "--json", answering.root)
        assert code == 0
        assert f"2026-02-{day:02}" in out
        (answering.root / f"2026-02-{day:02}.md").unlink()
        assert f"2026-02-{day:02}" not in ask("why", "Bo", "--json", answering.root)[1]


def test_changed_options_are_seen_at_once(answering):
    answering.put("netnotes.toml", "write_delay = 0\n[people]\nnever = ['Bo']\n")
    code, out, _ = ask("people", "--json", answering.root)
    assert code == NOT_ANSWERED or '"Bo"' not in out
    answering.put("netnotes.toml", "write_dely = 0\n")
    assert ask("people", answering.root) in ((NOT_ANSWERED, "", ""), alone("people", answering.root))


@pytest.mark.parametrize(
    "more",
    [
        {"NETNOTES_PLUGINS": "no_such"},
        {"NETNOTES_CACHE": "/nowhere"},
        {"TZ": "Pacific/Kiritimati"},
        {"HOME": "/nowhere"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
def test_settings_other_than_those_of_the_daemon_are_not_answered(answering, more):
    env = os.environ | more
    assert ask("people", answering.root, env=env) == (NOT_ANSWERED, "", "")


def test_files_are_written_by_the_command_itself(answering, tmp_path):
    assert ask("due", "--ics", tmp_path / "due.ics", answering.root) == (NOT_ANSWERED, "", "")


@pytest.mark.parametrize("flag", ["--no-plugins", "--no-cache", "--strict"])
def test_flags_that_change_what_is_read_are_not_answered(answering, flag):
    assert ask("people", flag, answering.root) == (NOT_ANSWERED, "", "")


def test_another_vault_is_not_answered(answering):
    """Its folder may lie in that of the daemon, or hold it."""
    inner = answering.root / "Other"
    inner.mkdir()
    (inner / "Di.md").write_text("---\ntype: person\n---\n", encoding="utf-8")
    assert ask("people", inner, cwd=answering.root) == (NOT_ANSWERED, "", "")
    assert ask("people", answering.root.parent, cwd=answering.root) == (NOT_ANSWERED, "", "")
    assert answering.run("people", "--json", inner).returncode == 0


def in_terminal(how, *args, width=60, pager="cat"):
    """Run a command in a terminal of its own, and return its exit code and what it shows."""
    here, there = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "PAGER": pager, "COLUMNS": str(width), "LINES": "8"}
    process = subprocess.Popen(
        [sys.executable, "-c", how, *map(str, args)], stdin=there, stdout=there, stderr=there, env=env
    )
    os.close(there)
    shown = b""
    while True:
        try:
            part = os.read(here, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(here)
    return process.wait(timeout=SECONDS), re.sub(r"id=\d+", "id=N", shown.decode())


@pytest.mark.parametrize("pager", ["cat", "no-such-pager"])
def test_a_terminal_shows_the_same_colours_width_and_pages(answering, pager):
    for number in range(12):
        answering.put(f"People/Person {number}.md", "---\ntype: person\n---\n")
    answering.until(lambda: answering.depth("People/Ada.md"))
    for call in (("people",), ("why", "Ada"), ("today",)):
        shown = in_terminal(ASKING, *call, answering.root, pager=pager)
        assert shown == in_terminal(ALONE, *call, answering.root, pager=pager)
        assert shown[0] == 0
        assert call == ("today",) or pager == "cat" or "\x1b[" in shown[1], "only less gets colours"


def test_a_reader_that_closes_is_no_failure(answering):
    for number in range(200):
        answering.put(f"People/Person {number}.md", "---\ntype: person\n---\n")
    command = [sys.executable, "-c", ASKING, "people", "--json", str(answering.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.read(1) == b"["
        process.stdout.close()
        assert process.wait(timeout=SECONDS) == 0
        assert process.stderr.read() == b""


def test_a_daemon_that_was_killed_is_done_without(answering):
    answering.end(signal.SIGKILL)
    assert list(answering.data().glob(f"*/{FILE}")), "the socket is still there"
    assert ask("people", answering.root) == (NOT_ANSWERED, "", "")
    assert answering.run("people", answering.root).returncode == 0
    answering.start()
    answering.until(lambda: ask("people", answering.root)[0] == 0)


def test_a_daemon_that_ends_takes_its_socket_along(answering):
    assert answering.end()[0] == 0
    assert not list(answering.data().glob(f"*/{FILE}"))


def test_a_daemon_that_does_not_respond_is_waited_for_a_moment_only(answering):
    answering.process.send_signal(signal.SIGSTOP)
    try:
        done = answering.run("people", answering.root)
    finally:
        answering.process.send_signal(signal.SIGCONT)
    assert done.stdout == alone("people", answering.root)[1]


def test_what_is_no_request_harms_nobody(answering):
    (place,) = answering.data().glob(f"*/{FILE}")
    silent = socket.socket(socket.AF_UNIX)
    silent.connect(str(place))
    for content in (b"", b"\1", b"hello\n", bytes(100), b"\1" + b"\xff" * 50):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(place))
            line.sendall(content)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(place))
        line.sendall(b"\1" + (5).to_bytes(8, "big") + b"wrong")
        assert line.recv(9)[:1] == b"\2"
        socket.send_fds(line, [b"\3"], [0, 1, 2])
    assert ask("people", answering.root)[0] == 0
    silent.close()
    assert answering.process.poll() is None
    assert answering.end()[0] == 0


def test_only_the_user_can_connect(answering):
    (place,) = answering.data().glob(f"*/{FILE}")
    assert place.stat().st_mode & 0o077 == 0
    assert place.parent.stat().st_mode & 0o077 == 0


def test_a_socket_of_another_user_is_told_nothing(tmp_path, monkeypatch):
    vault = tmp_path / "vault"
    vault.mkdir()
    folder = Path(vault_folder(str(vault.resolve()), os.environ["NETNOTES_DATA"]))
    folder.mkdir(parents=True)
    user = os.getuid()
    with socket.socket(socket.AF_UNIX) as listener, messages.address(str(folder), FILE) as address:
        listener.bind(address)
        listener.listen()
        monkeypatch.setattr(os, "getuid", lambda: user + 1)
        assert answered(["people", str(vault)]) is None
        line, _ = listener.accept()
        with line:
            assert line.recv(1) == b""


def test_many_commands_at_once_are_all_right(answering):
    wanted = alone("people", "--json", answering.root)
    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(lambda _: answering.run("people", "--json", answering.root), range(12)))
    assert {(each.returncode, each.stdout, each.stderr) for each in done} == {wanted}


def test_a_fork_ends_with_the_command_that_asked(answering):
    """The command is killed before anything is printed, and while its output waits for a reader."""
    for number in range(300):
        answering.put(f"People/Person {number}.md", "---\ntype: person\n---\n")
    command = [sys.executable, "-c", ASKING, "people", "--json", str(answering.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.read(1) == b"["
        assert len(forks(answering.process.pid)) == 1
        process.kill()
        answering.until(lambda: not forks(answering.process.pid))


def forks(pid):
    """Return the ids of the processes that a daemon or another process started, and that still run."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:  # noqa: PTH123
            found = children.read().split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [one for one in found if state(one) != "Z"]


def state(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as status:  # noqa: PTH123
            return status.read().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "Z"


def test_a_fork_starts_no_process_to_read_many_new_notes(answering):
    """Such a process has other streams, or those of the command, in which it reports what Python finds amiss."""
    pid = answering.process.pid
    answering.process.send_signal(signal.SIGSTOP)
    for number in range(FEWEST):
        answering.put(f"New/{number}.md", "- lunch with [[Bo]]\n")
    command = [sys.executable, "-c", ASKING, "check", str(answering.root)]
    started: set[str] = set()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        answering.until(lambda: is_waiting(process.pid))
        answering.process.send_signal(signal.SIGCONT)
        while process.poll() is None:
            started.update(each for fork in forks(pid) for each in forks(fork))
        assert (process.returncode, process.stderr.read()) == (0, alone("check", answering.root)[2])
    assert not started


def test_another_daemon_can_start_while_a_fork_of_the_last_one_runs(answering):
    """A fork shares the open files of the daemon, and with them its locks."""
    for number in range(300):
        answering.put(f"People/Person {number}.md", "---\ntype: person\n---\n")
    command = [sys.executable, "-c", ASKING, "people", "--json", str(answering.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.read(1) == b"["
        answering.end(signal.SIGKILL)
        answering.start()
        assert answering.process.poll() is None
        process.stdout.close()
        assert process.wait(timeout=SECONDS) == 0


def test_a_fork_whose_command_is_stopped_holds_no_lock(answering):
    """The command has not sent its streams yet."""
    (place,) = answering.data().glob(f"*/{FILE}")
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(place))
        messages.send(line, messages.REQUEST, b"")
        assert messages.receive(line)[0] == messages.ACCEPTED
        answering.end(signal.SIGKILL)
        answering.start()
        assert answering.process.poll() is None


def test_commands_are_answered_again_after_a_lack_of_files(answering):
    pid = answering.process.pid
    (place,) = answering.data().glob(f"*/{FILE}")
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, before[1]))
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(place))
    time.sleep(0.5)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
    assert ask("people", answering.root)[0] == 0


def test_an_interrupted_command_says_so(answering):
    answering.process.send_signal(signal.SIGSTOP)
    patient = "from netnotes.daemon.answers import asking; asking.PATIENCE = 30"
    command = [sys.executable, "-c", f"{patient}; from netnotes.__main__ import main; main()", "people", answering.root]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        answering.until(lambda: is_waiting(process.pid))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    finally:
        answering.process.send_signal(signal.SIGCONT)
    assert (process.returncode, out, err) == (130, b"", b"interrupted\n")


def is_waiting(pid):
    """Return whether a process has a socket."""
    try:
        links = [os.readlink(f"/proc/{pid}/fd/{name}") for name in os.listdir(f"/proc/{pid}/fd")]  # noqa: PTH115, PTH208
    except FileNotFoundError:
        return False
    return any(link.startswith("socket:") for link in links) and state(pid) == "S"
