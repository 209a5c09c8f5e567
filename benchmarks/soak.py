"""A long day for the daemon: random edits, several a second, with a plugin that fails at times and is changed at times.

Keeps account of what it wrote, so that a note whose own text is not what was saved last is found: torn, or lost.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.daemon_process import Daemon

FLAKY = '''"""flaky: fails whenever somebody was met on a number of days that seven divides."""
from netnotes.api import Field, Score, scorer

NETNOTES_API = 1


@scorer(Field("flaky", "changed {changes} times"))
def flaky(network, options):
    """Score everybody the same."""
    for tie in network.ties:
        if tie.days and tie.days % 7 == 0 and {changes} % 3:
            raise ValueError(tie.days)
        yield Score(tie, 0.5, "half")
'''
PACE = 0.2
"""Seconds between two edits, on average."""


class Soak:
    """Edits of one vault, and an account of them."""

    def __init__(self, daemon: Daemon, today: dt.date, seed: int = 1) -> None:
        self.daemon = daemon
        self.edits = 0
        self._rng = random.Random(seed)
        self._today = today
        self._changes = 0
        self._texts: dict[Path, str] = {}
        """Note → its own text, below the front-matter, as it was saved last."""
        self._folder = daemon.root / "Soak"
        """Where meetings are written; it is moved at times."""
        self._people = sorted((daemon.root / "People").iterdir())

    def run(self, minutes: float, tell: Callable[[str], None]) -> None:
        """Edit for so many minutes; describe memory ten times."""
        self.change_the_plugin()
        begin = time.monotonic()
        for part in range(10):
            end = begin + minutes * 60 * (part + 1) / 10
            while time.monotonic() < end:
                self.edit()
                time.sleep(self._rng.expovariate(1 / PACE))
            self.change_the_plugin()
            tell(
                f"{minutes * (part + 1) / 10:5.1f} min, {self.edits} edits: "
                f"{self.daemon.memory():.1f} MB, {self.daemon.cpu():.1f} s"
            )

    def torn(self) -> list[str]:
        """Return the notes whose own text is not what was saved last."""
        return [str(note) for note, text in self._texts.items() if not note.exists() or _own(note) != text]

    def edit(self) -> None:
        """Do what somebody might do to a vault."""
        self.edits += 1
        often, seldom = (self._daily, self._person), (self._meeting, self._delete, self._move, self._move_folder)
        self._rng.choice((*often, *often, *seldom))()

    def change_the_plugin(self) -> None:
        """Save the plugin again, and allow it."""
        place = self.daemon.root / ".netnotes/plugins/flaky.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(FLAKY.replace("{changes}", str(self._changes)), encoding="utf-8")
        self._changes += 1
        self.daemon.netnotes("plugins", "allow", "--yes", str(place))

    def _daily(self) -> None:
        day = self._today - dt.timedelta(self._rng.randrange(5))
        output = "".join(f"- Lunch with [[{who.stem}]] ({self._rng.randrange(5, 300)} min)\n" for who in self._some(3))
        self._save(self.daemon.root / "Daily" / f"{day}.md", output)

    def _person(self) -> None:
        note = self._rng.choice(self._people)
        head, mark, _ = note.read_text(encoding="utf-8").partition("\n---\n")
        text = f"{self._rng.random()} {'word ' * self._rng.randrange(400)}end\n"
        self._save(note, text, f"{head}{mark}" if mark else "")

    def _meeting(self) -> None:
        names = ", ".join(f"'[[{who.stem}]]'" for who in self._some(4))
        day = self._today - dt.timedelta(self._rng.randrange(500))
        head = f"---\nattendees: [{names}]\nminutes: {self._rng.randrange(10, 90)}\n---\n"
        self._save(self._folder / f"{day} {self._rng.randrange(200)}.md", "Talk.\n", head)

    def _delete(self) -> None:
        found = [note for note in self._texts if note.parent.name == "Soak"]
        if found:
            note = self._rng.choice(found)
            note.unlink()
            del self._texts[note]

    def _move(self) -> None:
        found = [note for note in self._texts if note.parent.name == "Soak"]
        if found:
            note = self._rng.choice(found)
            self._texts[note.rename(note.with_name(f"{note.stem} moved.md"))] = self._texts.pop(note)

    def _move_folder(self) -> None:
        before, root = self._folder, self.daemon.root
        if before.exists():
            self._folder = before.rename((root / "Meetings" if before.parent == root else root) / before.name)
            moved = {note: self._folder / note.name for note in self._texts if note.parent == before}
            self._texts = {moved.get(note, note): text for note, text in self._texts.items()}

    def _save(self, note: Path, text: str, head: str = "") -> None:
        note.parent.mkdir(exist_ok=True)
        if self._rng.random() < 0.5:
            temp = note.with_name(f".{note.name}.tmp")
            temp.write_text(head + text, encoding="utf-8")
            temp.replace(note)
        else:
            note.write_text(head + text, encoding="utf-8")
        self._texts[note] = text

    def _some(self, most: int) -> list[Path]:
        return self._rng.sample(self._people[:200], self._rng.randrange(1, most + 1))


def _own(note: Path) -> str:
    text = note.read_text(encoding="utf-8")
    return text.partition("\n---\n")[2] if text.startswith("---\n") else text
