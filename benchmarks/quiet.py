"""How quiet the notes are: what a sync on each of the next days rewrites although nothing happened, and why.

    python -m benchmarks.quiet VAULT... [--from DATE] [--days 30]
    python -m benchmarks.quiet --made 2000

VAULT is read and never written. It is synced in memory as of `--from` (default: the day of its last contact), and
then again as of each following day. The goal is at most 2 % of the people's notes a day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import cast

from benchmarks.vaults import make
from netnotes.app.workspace import open_workspace
from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.model import Edit, Vault
from netnotes.outcome import Outcome
from netnotes.pipeline import run
from netnotes.storage.scan import read_vault
from netnotes.text import parse
from netnotes.text.frontmatter.property_order import rewrite
from netnotes.text.frontmatter.splice import Value

GOAL = 0.02
"""Share of people's notes that may be rewritten on a day on which nothing happened."""


class MemoryVault:
    """A vault whose notes are changed in memory alone."""

    def __init__(self, root: Path) -> None:
        space = open_workspace(root)
        self.config: Config = space.config
        self.plugins = space.plugins
        self.root = root
        self.vault: Vault = read_vault(root)
        self.notes = {note.path: note for note in self.vault.notes}
        self.texts: dict[str, str] = {}

    def outcome(self, day: dt.date) -> Outcome:
        """Work everything out as of `day`."""
        vault = replace(self.vault, notes=tuple(self.notes[path] for path in sorted(self.notes)))
        return run(vault, self.config, self.plugins, day, Memory())

    def write(self, edit: Edit) -> None:
        """Change one note as a sync would."""
        text = self.texts.get(edit.path) or (self.root / edit.path).read_bytes().decode()
        text = rewrite(text, {name: cast("Value", new) for name, (_, new) in edit.changes.items()})
        self.texts[edit.path] = text
        self.notes[edit.path] = parse.note(edit.path, text.encode())


def last_contact(root: Path) -> dt.date:
    """Return the day of the last contact that the vault's notes describe."""
    outcome = MemoryVault(root).outcome(dt.date(9000, 1, 1))
    return max((tie.last for tie in outcome.network.ties if tie.last), default=dt.date.today())  # noqa: DTZ011  # local


def quiet(root: Path, start: dt.date, days: int) -> tuple[int, int]:
    """Print what the days after `start` rewrite, by cause; return how many notes, and how many days of notes."""
    memory = MemoryVault(root)
    for edit in memory.outcome(start).edits:
        if not edit.refused:
            memory.write(edit)
    people = sum(1 for tie in memory.outcome(start).network.ties if tie.contacts and tie.person.path)
    causes: Counter[str] = Counter()
    rewritten: list[int] = []
    for number in range(1, days + 1):
        edits = [edit for edit in memory.outcome(start + dt.timedelta(number)).edits if not edit.refused]
        rewritten.append(len(edits))
        for edit in edits:
            memory.write(edit)
            causes[", ".join(_cause(name, *change) for name, change in edit.changes.items() if name != "netnotes")] += 1
    share = sum(rewritten) / (days * people) if people else 0.0
    print(
        f"{root.name}: {people:,} people met, {days} days from {start}: "
        f"{share:.3%} of their notes a day (goal {GOAL:.0%}), most on one day {max(rewritten)}"
    )
    for cause, count in causes.most_common():
        print(f"  {count:6,}  {cause}")
    return sum(rewritten), days * people


def _cause(name: str, old: object, new: object) -> str:
    if isinstance(new, int | float) and isinstance(old, int | float):
        return f"{name} {'falls' if new < old else 'rises'} a step"
    if name in ("tie", "warmth"):
        return f"{name} {old} → {new}"
    return f"{name} moves" if new is not None else f"{name} goes"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="*", type=Path)
    parser.add_argument("--from", dest="start", type=dt.date.fromisoformat)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--made", type=int, metavar="NOTES", help="measure on a made vault of so many notes")
    given = parser.parse_args()
    found = [quiet(vault, given.start or last_contact(vault), given.days) for vault in given.vaults]
    if given.made:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / f"made-{given.made}"
            make(given.made, made)
            found.append(quiet(made, given.start or last_contact(made), given.days))
    share = sum(notes for notes, _ in found) / max(1, sum(days for _, days in found))
    if len(found) > 1:
        print(f"all {len(found)}: {share:.3%} of people's notes a day")
    sys.exit(share > GOAL)


if __name__ == "__main__":
    main()
