"""Whatever happens to a folder, and whatever the daemon notices of it: its vault equals a scan from nothing."""

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from netnotes.app.workspace import open_workspace
from netnotes.daemon.answers.server import Request
from netnotes.daemon.watch.change_sets import Changes
from netnotes.storage.scan import read_vault
from tests.daemon.conftest import ANYTHING, BEGIN, Daemon
from tests.examples import examples
from tests.plain import plain

FOLDERS = ("", "People", "People/Close", "Daily", "Archive")
NAMES = ("Ada.md", "ADA.md", "Bo.md", "2026-03-09.md", "Ada (conflicted copy).md", "picture.png", "netnotes.md.tmp")
TEXTS = (
    "",
    "- Lunch with [[Ada]] (45 min)\n",
    "- [[Bo]], 2 h\n",
    "---\ntype: person\n---\n",
    "---\nbroken: [\n---\n",
    "---\nattendees: [Ada, Cy]\ndate: 2026-03-01\n---\n",
    "caf\u00e9\n",
    "- met Quorin Lind and [[Somebody Else]]\n- coffee with Angela\n",
    "- 25/06/2026 lunch with Angela Fofanah\n- 03/04/2026 [[Bo]]\n- dinner with Quorin\n",
)
BRANCHES: tuple[dict[str, str], ...] = (
    {"People/Ada.md": TEXTS[3], "Daily/2026-03-09.md": TEXTS[1]},
    {"People/Bo.md": TEXTS[3], "Daily/2026-03-09.md": TEXTS[2]},
    {},
)
paths = st.builds(lambda folder, name: f"{folder}/{name}".lstrip("/"), st.sampled_from(FOLDERS), st.sampled_from(NAMES))
folders = st.sampled_from(FOLDERS[1:])
texts = st.sampled_from(TEXTS)


class Keeping(RuleBasedStateMachine):
    """The daemon's loop turns after each act. Notified of it or not, the daemon finds the change in time."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.daemon = Daemon(self.folder / "vault", self.folder / "data")
        self.root = self.daemon.root
        (self.root / "netnotes.toml").write_text("write_delay = 0\n", encoding="utf-8")
        self.turns = self.daemon.run_in_turns()
        next(self.turns)
        # Somebody asks in each turn.
        self.daemon.loop.answering.commands = lambda: [Request(None, b"", examines=True)]

    def teardown(self):
        self.turns.close()
        self.daemon.journal.close()
        shutil.rmtree(self.folder)

    @invariant()
    def holds_what_a_scan_finds(self):
        """It hears of the notes it knows, of their edits and of our own writes; it finds the rest a moment later."""
        # Where the vault was gone and came back, the first round finds it, the second writes, the third reads that.
        for _ in range(3):
            known = {note.path for note in self.daemon.loop.live.vault.notes}
            self.turns.send(Changes(paths=frozenset(known)) if known else ANYTHING)
            self.turns.send(Changes())
        fresh = read_vault(self.root)
        assert self.daemon.loop.live.vault == fresh
        assert not self.daemon.events("failed"), self.daemon.logged

    @rule(path=paths, text=texts)
    def save(self, path, text):
        self.place(path).write_bytes(text.encode())

    @rule(path=paths, text=texts)
    def save_and_ask_at_once(self, path, text):
        """A command is answered with what a process of its own finds, before anything is noticed and after."""
        usual = {"no_plugins": False, "strict": False, "cached": True, "on_demand": False, "named": ()}
        for act in (lambda: self.save(path, text), lambda: self.turns.send(ANYTHING)):
            act()
            answering = self.daemon.loop.live.workspace_for_answer(self.root, progress=None, **usual)
            for today in (BEGIN.date(), BEGIN.date() + dt.timedelta(1)):
                alone = open_workspace(self.root, os.environ).examine(today)
                assert plain(answering.run(today)) == plain(alone[:2])
                assert plain(answering.examine(today)) == plain(alone)

    @rule(path=paths, text=texts)
    def save_atomically(self, path, text):
        temp = self.place(path).with_name(f".{Path(path).name}.tmp")
        temp.write_bytes(text.encode())
        self.replace(temp, path)

    @rule(path=paths, text=texts)
    def save_as_vim_does(self, path, text):
        place = self.place(path)
        backup = place.with_name(f"{place.name}~")
        if place.is_file():
            place.replace(backup)
        if not place.is_dir():
            place.write_bytes(text.encode())
        backup.unlink(missing_ok=True)

    @rule(path=paths, text=texts)
    def append(self, path, text):
        with self.place(path).open("ab") as file:
            file.write(text.encode())

    @rule(path=paths, text=texts)
    def save_in_the_same_instant(self, path, text):
        """Bytes change; time and size do not."""
        place = self.place(path)
        place.write_bytes(text.encode())
        os.utime(place, ns=(10**18, 10**18))

    @rule(old=paths, new=paths)
    def move(self, old, new):
        if (self.root / old).is_file():
            self.replace(self.root / old, new)

    @rule(path=paths)
    def change_case(self, path):
        place = self.root / path
        if place.is_file():
            place.replace(place.with_name(place.name.swapcase().replace(".MD", ".md")))

    @rule(old=folders, new=folders)
    def move_folder(self, old, new):
        target = self.root / new
        if (self.root / old).is_dir() and not target.exists() and not new.startswith(f"{old}/"):
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.root / old).rename(target)

    @rule(folder=folders)
    def delete_folder(self, folder):
        shutil.rmtree(self.root / folder, ignore_errors=True)

    @rule(path=paths)
    def delete(self, path):
        (self.root / path).unlink(missing_ok=True)

    @rule(path=paths, aim=paths)
    def link(self, path, aim):
        place = self.place(path)
        place.unlink(missing_ok=True)
        place.symlink_to(os.path.relpath(self.root / aim, place.parent))

    @rule(text=texts)
    def link_out_of_the_vault(self, text):
        outside = self.folder / "outside.md"
        outside.write_bytes(text.encode())
        place = self.place("People/Outside.md")
        if not place.is_symlink():
            place.unlink(missing_ok=True)
            place.symlink_to(outside)

    @rule(branch=st.sampled_from(BRANCHES))
    def check_out_another_branch(self, branch):
        for place in sorted(self.root.rglob("*.md"), reverse=True):
            place.unlink()
        for path, text in branch.items():
            self.place(path).write_text(text, encoding="utf-8")

    @rule(put_back=st.booleans())
    def delete_the_vault_and_restore_it(self, put_back):
        copy = self.folder / "copy"
        shutil.copytree(self.root, copy, symlinks=True)
        shutil.rmtree(self.root)
        if put_back:
            self.turns.send(ANYTHING)
            assert not self.root.exists(), "nothing is written where no vault is"
        copy.rename(self.root)

    @rule(dates=st.sampled_from(["YYYY-MM-DD", "DD.MM.YYYY"]))
    def change_the_settings(self, dates):
        self.place(".obsidian/daily-notes.json").write_text(f'{{"format": "{dates}"}}', encoding="utf-8")

    def place(self, path):
        """Return the place of a path whose folder is there, and where no link stands in its way that leads nowhere."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_symlink() and not place.exists():
            place.unlink()
        return place

    def replace(self, temp, path):
        temp.replace(self.place(path))


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(
    max_examples=examples(40), stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
