"""What two processes read of a vault is what one reads of it, and the next run does not notice either."""

import datetime as dt
import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from netnotes.config import Config
from netnotes.extract import two_processes
from netnotes.incremental import Memory
from netnotes.model import Vault
from netnotes.pipeline import run
from netnotes.plugin_host.loader import bundled
from netnotes.rereading import alone
from netnotes.storage import second_process
from netnotes.storage.note_store import NoteStore
from netnotes.text import parse
from tests.test_snapshot import plain

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no copies of processes")
ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 6, 30)
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
    monkeypatch.setattr(two_processes, "FEWEST", 2)
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.current_thread()])
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def copies(monkeypatch):
    """Count the results that came from a copy."""
    found = []
    take = two_processes._take

    def counted(*given):
        found.append(given)
        take(*given)

    monkeypatch.setattr(two_processes, "_take", counted)
    return found


def odd() -> Vault:
    return Vault("odd", tuple(parse.note(path, text.encode()) for path, text in sorted(ODD.items())))


def example() -> Vault:
    return NoteStore(ROOT / "examples" / "vault").refresh()[0]


def outcome(vault, memory, beside):
    found = run(vault, Config(), bundled(Config()), TODAY, memory, beside=beside)
    return [plain(getattr(found, name)) for name in ("network", "scores", "edits", "problems", "remarks")]


@pytest.mark.parametrize("make", [odd, example])
def test_two_processes_find_what_one_finds(make, copies):
    vault, ours, theirs = make(), Memory(), Memory()
    assert outcome(vault, theirs, second_process.beside) == outcome(vault, ours, alone)
    assert len(copies) == 2, "the meetings, and all other lines"
    assert {path: set(used) for path, used in theirs.dependencies.used.items()} == {
        path: set(used) for path, used in ours.dependencies.used.items()
    }


def test_a_change_afterwards(copies):
    memory, vault = Memory(), odd()
    outcome(vault, memory, second_process.beside)
    notes = {note.path: note for note in vault.notes}
    changed = parse.note("Bo.md", b"---\ntype: person\naliases: [Priya Nair, Tilda]\n---\n")
    later = replace(vault, notes=tuple((notes | {"Bo.md": changed}).values()))
    assert copies
    assert outcome(later, memory, alone) == outcome(later, Memory(), alone)


def test_a_copy_that_fails_is_done_without(monkeypatch, copies):
    vault = odd()
    found = outcome(vault, Memory(), alone)
    monkeypatch.setattr(two_processes, "_packed", lambda *_: 1 / 0)
    assert outcome(vault, Memory(), second_process.beside) == found
    assert not copies
