"""The parts of the daemon one by one: lock, log, status, limits, file systems, the line to the service manager."""

import datetime as dt
import errno
import json
import os
import re
import socket
import subprocess
import sys

import pytest

from netnotes.daemon import log, status
from netnotes.daemon.lock import AlreadyWatched, held, holder
from netnotes.daemon.signals import Ended, Notifier, Signals
from netnotes.daemon.status import Status
from netnotes.daemon.watch import notifications as support

NOW = dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC)


def test_only_one_daemon_runs_and_the_second_names_the_first(tmp_path):
    with held(tmp_path, NOW):
        assert holder(tmp_path).pid == os.getpid()
        with pytest.raises(AlreadyWatched, match=f"process {os.getpid()} since 2026-03-10T12:00"), held(tmp_path, NOW):
            pass
        assert holder(tmp_path), "who was turned away has not taken the lock along"
    assert holder(tmp_path) is None
    with held(tmp_path, NOW):
        pass


def test_the_lock_dies_with_its_process(tmp_path):
    code = (
        "import datetime as dt, os, pathlib, sys; from netnotes.daemon.lock import held\n"
        "with held(pathlib.Path(sys.argv[1]), dt.datetime.now()): print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, stdin=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    assert holder(tmp_path).pid == process.pid
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    assert holder(tmp_path) is None


def test_asking_who_watches_never_keeps_a_daemon_from_starting(tmp_path):
    code = (
        "import pathlib, sys; from netnotes.daemon.lock import holder\n"
        "print('asking', flush=True)\n"
        "while True: holder(pathlib.Path(sys.argv[1]))"
    )
    with held(tmp_path, NOW):
        pass
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"asking\n"
        try:
            for _ in range(2000):
                with held(tmp_path, NOW):
                    pass
        finally:
            process.kill()


def test_nobody_watches_where_nobody_ever_did(tmp_path):
    assert holder(tmp_path / "nowhere") is None
    assert status.load(tmp_path) is None


def test_the_status_is_read_as_it_was_written(tmp_path):
    status.save(Status("/vault", 7, "now", notes=3, failing=("mood",)), tmp_path)
    found = status.load(tmp_path)
    assert (found["pid"], found["notes"], found["failing"]) == (7, 3, ["mood"])
    assert [place.name for place in tmp_path.iterdir()] == [status.FILE]
    (tmp_path / status.FILE).write_text("{", encoding="utf-8")
    assert status.load(tmp_path) is None


def test_a_status_that_cannot_be_written_is_none(tmp_path):
    status.save(Status("/vault", 7, "now"), tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_the_log_is_lines_of_json_and_lines_for_people(tmp_path):
    logged: list[object] = []
    entered = log.Log(tmp_path, lambda: NOW, logged.append)
    entered("written", notes=3, took=0.25, nothing=None)
    entered("failed", error="two\nlines" + "x" * 1000)
    entered.close()
    first, second = map(json.loads, (tmp_path / log.FILE).read_text(encoding="utf-8").splitlines())
    assert first == {"at": "2026-03-10T12:00:00.000+00:00", "event": "written", "notes": 3, "took": 0.25}
    assert len(second["error"]) < 600
    assert logged[0] == "12:00:00 3 notes written (0.25 s)"
    assert log.readable(log.last(tmp_path, 2)[0]) == f"2026-03-10 {logged[0]}"
    assert log.readable("no json") == "no json"


@pytest.mark.parametrize("event", [*log.SENTENCES, "of another version", "{odd"])
def test_a_log_line_of_another_version_is_shown_with_any_facts(event):
    wanted = re.findall(r"\{(\w+)\}", log.SENTENCES.get(event, ""))
    for facts in ({}, {"other": 1}, dict.fromkeys(wanted[:1], "a fact"), dict.fromkeys(wanted, "a fact")):
        line = log.readable(json.dumps({"at": NOW.isoformat(), "event": event, **facts}))
        assert line.startswith("2026-03-10 12:00:00 ")
        assert all(str(value) in line for value in facts.values())


def test_the_log_is_rotated_and_its_last_lines_are_found_across_files(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "BYTES", 500)
    entered = log.Log(tmp_path, lambda: NOW, lambda line: None)
    for number in range(100):
        entered("changed", notes=number)
    entered.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) == 1 + log.KEPT
    assert all(file.stat().st_size <= 500 for file in files)
    assert [json.loads(line)["notes"] for line in log.last(tmp_path, 9)] == list(range(91, 100))


def test_a_log_that_cannot_be_written_is_reported_and_the_daemon_continues(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    logged: list[object] = []
    entered = log.Log(tmp_path / "file", lambda: NOW, logged.append)
    entered("written", notes=1)
    entered.close()
    assert len(logged) == 2


@pytest.mark.parametrize(
    ("number", "which", "now", "wanted"),
    [
        (errno.ENOSPC, support.WATCHES, 8192, 524288),
        (errno.ENOSPC, support.WATCHES, 524288, 1048576),
        (errno.EMFILE, support.INSTANCES, 128, 512),
    ],
)
def test_a_limit_comes_with_the_command_that_lifts_it(tmp_path, number, which, now, wanted):
    (tmp_path / which).write_text(f"{now}\n", encoding="ascii")
    assert support.limit_remedy(OSError(number, "no more"), tmp_path) == (
        f"echo fs.inotify.{which}={wanted} | sudo tee /etc/sysctl.d/60-netnotes.conf && sudo sysctl --system"
    )


def test_any_other_error_has_no_such_command(tmp_path):
    assert support.limit_remedy(OSError(errno.ENOENT, "not there"), tmp_path) is None
    assert "=524288 " in support.raise_limit_command(support.WATCHES, tmp_path), "also where the limit cannot be read"


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/me/local\\040disk xfs rw 0 0
me@host: /mnt/far fuse.sshfs rw 0 0
/dev/sdc /mnt/far ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/etc", "ext4"),
        ("/home/me/Notes", "nfs4"),
        ("/homestead", "ext4"),
        ("/home/me/local disk/Notes", "xfs"),
        ("/mnt/far/Notes", "ext4"),
    ],
)
def test_the_file_system_is_the_nearest_mounted_and_of_two_the_later(place, kind):
    assert support.filesystem_of(place, list(support.linux_mounts(MOUNTS.splitlines()))) == kind


def test_the_mounts_that_macos_prints_are_read():
    lines = ["/dev/disk3s1 on / (apfs, sealed, local)", "//me@nas/Notes on /Volumes/My (old) Notes (smbfs, nodev)"]
    mounted = list(support.bsd_mounts(lines))
    assert support.filesystem_of("/Volumes/My (old) Notes/People", mounted) == "smbfs"
    assert support.filesystem_of("/Users/me", mounted) == "apfs"
    assert "smbfs" in support.REMOTE


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_the_service_manager_gets_the_state(tmp_path):
    place = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(place)
        line.settimeout(5)
        found = Notifier({"NOTIFY_SOCKET": place, "WATCHDOG_USEC": "30000000"})
        assert found.watchdog == 15
        for say in (found.ready, found.alive, found.stopping, lambda: found.reloading(2.5)):
            say()
        assert [line.recv(100) for _ in range(4)] == [
            b"READY=1",
            b"WATCHDOG=1",
            b"STOPPING=1",
            b"RELOADING=1\nMONOTONIC_USEC=2500000",
        ]


def test_nobody_listens_and_nothing_happens():
    found = Notifier({})
    assert found.watchdog is None
    found.ready()
    Notifier({"NOTIFY_SOCKET": "/nowhere/at/all"}).ready()


def test_a_signal_leaves_what_can_be_left_and_no_more():
    woken = []
    signals = Signals(lambda: woken.append(1))
    signals.end(15, None)
    assert signals.stop()
    assert woken
    with pytest.raises(Ended), signals.interruptible():
        pytest.fail("it is over")
    signals = Signals(lambda: None)
    with pytest.raises(Ended), signals.interruptible():
        signals.end(2, None)
    assert signals.ended == 2
