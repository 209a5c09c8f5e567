"""What two processes read of a vault is what one reads of it, and the next run does not notice either."""

import datetime as dt
import os
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from netnotes.config import Config
from netnotes.extract import first_looks, two_processes
from netnotes.incremental import Memory
from netnotes.invalidation import no_fork
from netnotes.model import Vault
from netnotes.pipeline import run
from netnotes.plugin_host.loader import bundled
from netnotes.storage import second_process
from netnotes.storage.note_store import NoteStore
from netnotes.text import parse
from tests.plain import plain

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no copies of processes")
ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 6, 30)
CONFIG = Config()
ODD = {
    "Meetings/2026-03-01 Call.md": "---\ndate: 2026-03-01\nattendees: [Ada, '[[Bo]]', Priya Nair]\nsince: 2020-01-02\n"
    "minutes: long\n---\n- [[Zoe]]: 20 min (channel:: call)\n- [x] rang [[Bo]] [done:: 2026-03-04]\n",
    "Meetings/2026-03-02 Lunch.md": "---\nattendees: Priya Nair, Ada\ndate: 2026-02-30\n---\n",
    "Meetings/Series.md": "# Choir\n## 2026-03-05\n- [[Ada]] (45 min)\n## 2026-03-06\n- Priya Nair\n",
    "Daily/2026-03-07.md": "- [[2026-03-01 Call]] with [[Ada]] and Tilda\n- lunch with Tilda Marsh, 1h\n",
    "Daily/2026-03-08.md": "- lunch with Tilda (initiated_by:: them)\n- about [[Bo]]\n",
    "Ada.md": "---\ntype: person\nlast_contact: 2026-01-01\n---\n## 2026-01-02\n- tea, 40 min\n",
    "Bo.md": "---\ntype: person\naliases: [B]\n---\n",
}


@pytest.fixture(autouse=True)
def _two_processes(monkeypatch):
    for module in (first_looks, two_processes):
        monkeypatch.setattr(module, "FEWEST", 2)
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.current_thread()])
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


class Fork:
    """Another process, and what came from it."""

    def __init__(self) -> None:
        self.results: list[bytes | None] = []

    @contextmanager
    def __call__(self, work: Callable[[], bytes]):
        with second_process.forked(work) as result:

            def noted() -> bytes | None:
                self.results.append(result())
                return self.results[-1]

            yield noted


def odd() -> Vault:
    return Vault("odd", tuple(parse.note(path, text.encode()) for path, text in sorted(ODD.items())))


def example() -> Vault:
    return NoteStore(ROOT / "examples" / "vault").refresh()[0]


def outcome(vault, memory, fork, config=CONFIG):
    found = run(vault, config, bundled(config), TODAY, memory, fork=fork)
    return [plain(getattr(found, name)) for name in ("network", "scores", "edits", "problems", "remarks")]


@pytest.mark.parametrize("make", [odd, example])
@pytest.mark.parametrize("config", [CONFIG, Config(me="Ada")])
def test_two_processes_find_what_one_finds(make, config):
    vault, ours, theirs, fork = make(), Memory(), Memory(), Fork()
    assert outcome(vault, theirs, fork, config) == outcome(vault, ours, no_fork, config)
    assert len(fork.results) == 3, "first looks, the meetings, and all other lines"
    assert all(fork.results)
    assert {path: set(used) for path, used in theirs.dependencies.used.items()} == {
        path: set(used) for path, used in ours.dependencies.used.items()
    }
    assert theirs.encounters.daily == ours.encounters.daily
    assert theirs.people.attendees == ours.people.attendees


@pytest.mark.parametrize("before", [Fork(), no_fork])
@pytest.mark.parametrize("after", [Fork(), no_fork])
def test_a_change_afterwards(before, after):
    memory, vault = Memory(), odd()
    outcome(vault, memory, before)
    notes = {note.path: note for note in vault.notes}
    notes["Bo.md"] = parse.note("Bo.md", b"---\ntype: person\naliases: [Priya Nair, Tilda]\n---\n")
    notes["Daily/2026-03-08.md"] = parse.note("Daily/2026-03-08.md", b"- lunch with [[Ada]] and [[2026-03-01 Call]]\n")
    later = replace(vault, notes=tuple(notes.values()))
    assert outcome(later, memory, after) == outcome(later, Memory(), no_fork)


def test_a_copy_that_fails_is_done_without(monkeypatch):
    vault, fork = odd(), Fork()
    found = outcome(vault, Memory(), no_fork)
    for module, work in ((first_looks, "_all"), (two_processes, "_packed")):
        monkeypatch.setattr(module, work, lambda *_: 1 / 0)
    assert outcome(vault, Memory(), fork) == found
    assert fork.results == [None] * 3
