"""A daemon without threads and without waiting, and one that is a process of its own.

For the first the vault is a real folder, and hints and the time are made by the test.
"""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from netnotes.app.workspace import open_workspace
from netnotes.daemon.answering import Answering
from netnotes.daemon.loop import Loop
from netnotes.daemon.signals import Notifier, Signals
from netnotes.daemon.status import Status
from netnotes.daemon.watch.change_sets import Changes
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.writing.journal import Journal

BEGIN = dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC)
ANYTHING = Changes(paths=frozenset({"something.md"}))


@dataclass
class Stage:
    """What happens when, in seconds from the beginning; is the clock and the source of hints of a daemon."""

    begin: dt.datetime = BEGIN
    means: str = "notifications"
    at: float = 0.0
    asleep: float = 0.0
    """Seconds by which the clock on the wall is ahead: the machine slept, or somebody set it."""
    zone: dt.tzinfo = dt.UTC
    script: list = field(default_factory=list)
    begun: int = 0
    """How often watching was begun."""
    dead: str | None = None

    def then(self, at, act=None, changes=ANYTHING):
        """Call `act()` at a time, and notify the daemon of `changes`; None: it gets no notification."""
        self.script.append((at, act, changes))

    def now(self):
        return (self.begin + dt.timedelta(seconds=self.at + self.asleep)).astimezone(self.zone)

    def seconds(self):
        return self.at

    def take(self, seconds):
        end = self.at + seconds
        self.script.sort(key=lambda step: step[0])
        while self.script and self.script[0][0] <= end:
            at, act, changes = self.script.pop(0)
            self.at = max(self.at, at)
            if act:
                act()
            if changes is not None:
                return changes
        self.at = end
        return Changes()

    def begin_watching(self):
        self.begun += 1
        self.dead = None

    def lost(self):
        return self.dead

    def end(self):
        self.means = "nothing"

    def pace(self, seconds):
        pass


class _Source:
    """The stage as the loop's source: two things cannot both be called `begin`."""

    def __init__(self, stage):
        self._stage = stage
        self.begin = stage.begin_watching

    def __getattr__(self, name):
        return getattr(self._stage, name)


class Daemon:
    """A vault and the loop that keeps it."""

    def __init__(self, root, data):
        self.root, self.data = root, data
        root.mkdir(exist_ok=True)
        self.stage = Stage()
        self.logged = []
        self.statuses = []
        self.signals = Signals(lambda: None)
        self.journal = Journal(data, 0.1)
        self.loop = None

    def put(self, path, text):
        """Write a note, changed at the stage's present time."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
        self.touch(path)

    def touch(self, path, ago=0.0):
        """Have a note be changed at the stage's present time, or some seconds before."""
        at = self.stage.now().timestamp() - ago
        os.utime(self.root / path, (at, at))

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def depth(self, path):
        return next(
            (line.partition(": ")[2] for line in self.text(path).splitlines() if line.startswith("depth: ")), None
        )

    def run(self, until, **more):
        """Run the loop until so many seconds after the beginning."""
        self.stage.then(until, self.stop, None)
        self.open(_Source(self.stage), **more)
        self.loop.run()
        return self

    def run_in_turns(self):
        """Run the loop in turns: each `send(changes)` has it do what there is to do."""
        from netnotes.daemon.watch.change_sets import watch

        self.open(_Source(self.stage))
        loop = self.loop
        loop.begin()
        changes = yield
        while True:
            self.stage.at += 3
            self.stage.script.append((self.stage.at, None, changes))
            for found in watch(self.stage, stop=lambda: False, wait=lambda: 0.0, now=self.stage.seconds):
                loop.turn(found)
                break
            changes = yield

    def open(self, source, **more):
        live = WatchedVault(lambda: open_workspace(self.root, os.environ), self.journal, self.data / "trust")
        self.loop = Loop(
            live,
            Answering(live, self.stage),
            source,
            self.stage,
            lambda event, **facts: self.logged.append((event, facts)),
            self.signals,
            Notifier({}),
            self.statuses.append,
            Status(str(self.root), 1, "now"),
            **more,
        )

    def stop(self):
        self.signals.ended = 15

    def events(self, *wanted):
        """Return the names of what was said, or of what was wanted of it."""
        return [event for event, _ in self.logged if not wanted or event in wanted]


@pytest.fixture
def daemon(tmp_path):
    made = Daemon(tmp_path / "vault", tmp_path / "data")
    made.put("People/Ada.md", "---\ntype: person\n---\n")
    made.put("People/Bo.md", "---\ntype: person\n---\n")
    made.put("2026-03-08.md", "- Lunch with [[Ada]] (45 min)\n")
    for path in ("People/Ada.md", "People/Bo.md", "2026-03-08.md"):
        made.touch(path, 3600)
    yield made
    made.journal.close()


SECONDS = 30
"""Until what is waited for must have happened: far more than it takes."""


class Running:
    """A vault, and the daemon that watches it."""

    def __init__(self, root):
        self.root = root
        self.process = None
        self.processes = []

    def start(self, *options, root=None):
        """Start a daemon and wait until it watches, or ends."""
        count = self.events().count("watching")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "netnotes", "watch", root or self.root, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.processes.append(self.process)
        self.until(lambda: self.events().count("watching") > count or self.process.poll() is not None)
        return self

    def events(self):
        """Return the events of its log."""
        logs = list(self.data().glob("*/watch.log"))
        return [json.loads(line)["event"] for place in logs for line in place.read_text(encoding="utf-8").splitlines()]

    def data(self):
        return Path(os.environ["NETNOTES_DATA"])

    def until(self, done):
        end = time.monotonic() + SECONDS
        while not done():
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.005)

    def end(self, number=signal.SIGTERM):
        """End it; return its exit code and what it said."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, out + err

    def run(self, *args):
        return subprocess.run([sys.executable, "-m", "netnotes", *args], capture_output=True, text=True, check=False)

    def put(self, path, text):
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def depth(self, path):
        lines = self.text(path).splitlines()
        return next((line for line in lines if line.startswith("depth: ")), None)


@pytest.fixture
def running(tmp_path):
    made = Running(tmp_path / "vault")
    made.put("netnotes.toml", "write_delay = 0\n")
    for name in ("Ada", "Bo"):
        made.put(f"People/{name}.md", "---\ntype: person\n---\n")
    made.put("2026-03-08.md", "- Lunch with [[Ada]] (45 min)\n")
    yield made
    for process in made.processes:
        process.kill()
        process.communicate()


ASKING = """
import sys
from netnotes.daemon.answers import asking
from netnotes.__main__ import answered
asking.PATIENCE = 30
code = answered(sys.argv[1:])
sys.exit(99 if code is None else code)
"""
"""Runs a command only if a daemon answers it, else ends with 99."""
ALONE = "import sys; from netnotes.cli import main; main()"
"""Runs a command without asking a daemon."""
NOT_ANSWERED = 99


def ask(*args, how=ASKING, cwd=None, env=None):
    command = [sys.executable, "-c", how, *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=cwd, env=env)
    return done.returncode, done.stdout, done.stderr


def alone(*args):
    return ask(*args, how=ALONE)


@pytest.fixture
def answering(running):
    """Return a vault that a daemon watches and answers for."""
    running.put("People/Cy.md", "---\ntype: person\nscene: Lisbon\n---\n- [ ] send [[Cy]] the book\n")
    running.put("2026-03-07.md", "- Call with [[Cy]] and [[Ada]]\n- promised [[Ada]] to call\n")
    running.start("--yes")
    running.until(lambda: running.depth("People/Cy.md"))
    running.until(lambda: ask("people", running.root)[0] != NOT_ANSWERED)
    return running
