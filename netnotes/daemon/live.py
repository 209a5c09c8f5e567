"""One vault as the daemon holds it: its notes, read anew as they change, and the rounds of writing that follow.

Knows what is on disk and what it wrote itself; not when anything is to be done (see `loop`).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from netnotes.model import Note, Vault
from netnotes.pipeline import Outcome, in_order, run
from netnotes.vault.shelf import Shelf
from netnotes.workspace import Workspace
from netnotes.writing.apply import Applied, Round
from netnotes.writing.journal import Journal
from netnotes.writing.sync import sync


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the disk found."""

    theirs: tuple[str, ...] = ()
    """Notes that are new, changed or gone, by somebody else than us."""
    ours: tuple[str, ...] = ()
    """Notes that are as we wrote them."""
    around: bool = False
    """Whether anything else changed: other files, settings, what cannot be read."""

    def __bool__(self) -> bool:
        return bool(self.theirs or self.around)


class Live:
    """A vault kept current. Nothing is read before the first `look`."""

    def __init__(self, space: Workspace, shelf: Shelf, journal: Journal) -> None:
        self.space = space
        self.vault = Vault(space.root.name)
        self.outcome: Outcome | None = None
        self._shelf = shelf
        self._journal = journal
        self._written: dict[str, str] = {}
        """Notes that we wrote and did not see since → their digest."""

    def look(self) -> Look:
        """Read what changed since the last look."""
        before = self.vault
        self.vault, changed = self._shelf.refresh()
        ours = {path for path in changed if self._is_ours(path)}
        around = replace(before, notes=()) != replace(self.vault, notes=())
        return Look(tuple(path for path in changed if path not in ours), tuple(sorted(ours)), around)

    def work_out(self, today: dt.date) -> Outcome:
        """Work out what follows from the notes as they were last seen."""
        space = self.space
        outcome = run(self.vault, space.config, space.plugins, today, complete=space.loaded.complete, keep=space.keeper)
        self.outcome = replace(outcome, problems=in_order((*space.loaded.problems, *outcome.problems)))
        return self.outcome

    def write(self, outcome: Outcome, at: dt.datetime, stop: Callable[[], bool]) -> Applied:
        """Write what follows into the notes. Raises PeopleVanished, JournalBusy, Unwritable: nothing is written then."""
        config = self.space.config
        going = Round(self.space.root, self._journal, at, "watch", config.write_delay, stop=stop)
        applied = sync(self.vault, outcome, config, going)
        self._written |= applied.written
        return applied

    def _is_ours(self, path: str) -> bool:
        """Tell, once for each write, whether a note is as we wrote it: by its bytes, never by the time."""
        wrote = self._written.pop(path, None)
        found = note_at(self.vault, path)
        return wrote is not None and found is not None and found.digest == wrote


def note_at(vault: Vault, path: str) -> Note | None:
    """Return the note at `path`."""
    at = bisect_left(vault.notes, path, key=lambda note: note.path)
    return vault.notes[at] if at < len(vault.notes) and vault.notes[at].path == path else None
