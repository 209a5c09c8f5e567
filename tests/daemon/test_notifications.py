"""File-system notifications on this system: what gives a hint, what does not, and what happens without them."""

import contextlib
import errno
import logging
import sys
import time
import warnings
from typing import Any

import pytest

from netnotes.daemon.watch import notifications
from netnotes.daemon.watch import watcher as watching
from netnotes.daemon.watch.change_sets import POLL, Changes
from netnotes.daemon.watch.hint_queue import HintQueue
from netnotes.daemon.watch.notifications import OVERFLOW, observed
from netnotes.daemon.watch.watcher import LEAST_PAUSE, NOTIFIED, Watcher

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")


def hinted(hints, act, mark):
    """Return what is hinted at from `act()` on, up to a file made after it."""
    act()
    mark.write_text("", encoding="utf-8")
    found = Changes()
    end = time.monotonic() + 20
    while mark.name not in found.paths:
        assert time.monotonic() < end, "the mark was never told of"
        found |= hints.take(1)
    return found.paths - {mark.name}


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "vault"
    (root / "People").mkdir(parents=True)
    (root / "People/Ada.md").write_text("Ada\n", encoding="utf-8")
    hints = HintQueue()
    with observed(root, hints) as observation:
        yield root, hints, observation


@LINUX
def test_reading_gives_no_hint(vault):
    root, hints, _ = vault

    def read():
        for _ in range(3):
            (root / "People/Ada.md").read_bytes()
            list(root.rglob("*"))

    assert hinted(hints, read, root / "mark") == set()


@LINUX
@pytest.mark.parametrize("how", ["in place", "append", "rename", "vim", "delete", "folder", "moved in"])
def test_every_change_of_a_note_gives_a_hint(vault, how, tmp_path):
    root, hints, _ = vault
    note = root / "People/Ada.md"
    other = tmp_path / "other"
    other.mkdir()
    (other / "Bo.md").write_text("Bo\n", encoding="utf-8")

    def change():
        if how == "in place":
            note.write_text("more\n", encoding="utf-8")
        elif how == "append":
            with note.open("a", encoding="utf-8") as file:
                file.write("more\n")
        elif how == "rename":
            temp = root / "People/.Ada.md.tmp"
            temp.write_text("more\n", encoding="utf-8")
            temp.replace(note)
        elif how == "vim":
            note.replace(root / "People/Ada.md~")
            note.write_text("more\n", encoding="utf-8")
        elif how == "delete":
            note.unlink()
        elif how == "folder":
            (root / "People").rename(root / "Friends")
        else:
            other.rename(root / "Other")

    wanted = {"folder": "Friends", "moved in": "Other"}.get(how, "People/Ada.md")
    assert wanted in hinted(hints, change, root / "mark")


@LINUX
def test_folders_made_while_it_observes_are_observed(vault):
    root, hints, _ = vault
    hinted(hints, lambda: (root / "a/b/c").mkdir(parents=True), root / "mark")
    assert "a/b/c/new.md" in hinted(
        hints, lambda: (root / "a/b/c/new.md").write_text("", encoding="utf-8"), root / "mark2"
    )


@LINUX
def test_changes_in_the_git_folder_give_no_hint(vault):
    root, hints, _ = vault
    (root / ".git").mkdir()
    assert not [path for path in hinted(hints, (root / ".git/index").touch, root / "mark") if path.startswith(".git")]


def test_an_overflow_that_is_only_logged_is_noticed(vault):
    _, hints, _ = vault
    hints.take(0)
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
    assert OVERFLOW in hints.take(5).rescans


@LINUX
def test_a_vault_that_is_deleted_is_observed_no_more(vault, tmp_path):
    import shutil

    root, _, observation = vault
    assert observation.alive()
    shutil.rmtree(root)
    end = time.monotonic() + 20
    while observation.alive():
        assert time.monotonic() < end
        time.sleep(0.01)


class Time:
    at = 100.0

    def __call__(self):
        return self.at


@pytest.fixture
def watcher(tmp_path):
    logged = []
    time = Time()
    made: Any = Watcher(tmp_path, HintQueue(), time, lambda event, **facts: logged.append((event, facts)))
    made.logged, made.time = logged, time
    yield made
    made.end()


def test_notifications_are_taken_where_they_can_be_had(watcher):
    watcher.begin()
    assert watcher.means == NOTIFIED
    assert watcher.lost() is None
    assert not watcher.logged


@pytest.mark.parametrize(
    ("number", "limit"), [(errno.ENOSPC, "max_user_watches"), (errno.EMFILE, "max_user_instances")]
)
def test_it_names_the_remedy_and_polls_if_the_system_refuses(watcher, monkeypatch, number, limit):
    @contextlib.contextmanager
    def refused(root, hints):
        raise OSError(number, "limit reached")
        yield

    monkeypatch.setattr(watching, "observed", refused)
    watcher.begin()
    (event, facts), (then, _) = watcher.logged
    assert (event, then) == ("no notifications", "polling")
    assert f"fs.inotify.{limit}=" in facts["remedy"]
    assert watcher.means.startswith("scanning every")
    assert POLL in watcher.take(0).rescans


def test_it_polls_if_folders_would_silently_go_unwatched(watcher, monkeypatch):
    monkeypatch.setattr(notifications, "is_limit_reached", lambda root: True)
    watcher.begin()
    assert [event for event, _ in watcher.logged] == ["no notifications", "polling"]
    assert watcher.lost() is None, "who polls has lost nothing"


def test_folders_that_go_unwatched_later_are_noticed(watcher, monkeypatch):
    watcher.begin()
    monkeypatch.setattr(notifications, "is_limit_reached", lambda root: True)
    assert watcher.lost() == "no more folders may be watched"
    watcher.begin()
    assert watcher.means.startswith("scanning every")


def test_a_network_drive_is_polled(watcher, monkeypatch):
    monkeypatch.setattr(notifications, "remote_filesystem", lambda root: "nfs4")
    watcher.begin()
    ((event, facts),) = watcher.logged
    assert event == "polling"
    assert "nfs4" in facts["why"]


def test_polling_takes_its_time_and_less_of_a_big_vault(watcher, monkeypatch):
    monkeypatch.setattr(notifications, "remote_filesystem", lambda root: "nfs4")
    watcher.begin()
    assert watcher.take(0).rescans
    assert not watcher.take(0)
    watcher.time.at += LEAST_PAUSE
    assert watcher.take(0).rescans
    watcher.pace(1.0)
    watcher.time.at += LEAST_PAUSE
    assert watcher.take(0).rescans, "as was agreed before"
    watcher.time.at += 10
    assert not watcher.take(0)
    watcher.time.at += 40
    assert watcher.take(0).rescans


def test_a_folder_added_by_two_threads_at_once_ends_nothing(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with observed(tmp_path, HintQueue()):
            warnings.warn("Callback with id '7' already exists for watch …", RuntimeWarning, stacklevel=1)


class Stuck:
    """An observer with a thread that does not end."""

    def is_alive(self):
        return True

    def __getattr__(self, name):
        return lambda *_, **__: None

    def join(self, timeout=None):
        assert timeout is not None, "this would wait for ever"


def test_a_thread_that_does_not_end_is_not_waited_for_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(notifications, "Observer", Stuck)
    with observed(tmp_path, HintQueue()):
        pass
