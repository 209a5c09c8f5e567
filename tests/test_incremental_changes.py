"""One change of a small vault after another: a run with a memory of the last one equals a run from nothing."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.model import Vault
from netnotes.pipeline import run
from netnotes.plugin_host.loader import bundled
from netnotes.text import parse
from tests.test_incremental import everything

BEGIN = {
    "People/Ada.md": "---\naliases: [Countess]\n---\n",
    "People/Bo.md": "---\ncloseness: 3\n---\n",
    "Notes/Cy.md": "Cy likes tea.\n",
    "Daily/2026-03-01.md": "- Lunch with [[Ada]] (45 min)\n- [[Dé.png]], 2 h\n",
    "People/Dé.png.md": "",
    "Meetings/2026-02-01 Call.md": "---\nattendees: [Countess, Bo, Cy, '[[Notes/Cy]]']\nminutes: 30\n---\n",
    "Meetings/2026-02-02 Walk.md": "---\nattendees: ada\nlocation: Lisbon\n---\n",
}
CHANGES = {
    "a field of ours": ("People/Ada.md", "---\naliases: [Countess]\ndepth: 0.02\nnetnotes: depth-6f0d\n---\n"),
    "another word about a person": ("People/Ada.md", "---\naliases: [Countess]\ncity: Porto\n---\n"),
    "another alias": ("People/Ada.md", "---\naliases: [Duchess]\n---\n"),
    "somebody else's alias": ("People/Bo.md", "---\naliases: [Countess]\n---\n"),
    "a doubt": ("People/Bo.md", "---\ncloseness: 9\n---\n"),
    "another day": ("Daily/2026-03-01.md", "- Called [[Bo]], 20 min\n"),
    "a person more": ("Notes/Cy.md", "---\ntype: person\n---\n"),
    "a company": ("Notes/Cy.md", "---\ntype: company\n---\n"),
    "me": ("Notes/Cy.md", "---\nme: true\n---\n"),
    "another me": ("People/Bo.md", "---\nme: true\n---\n"),
    "a scene": ("Notes/Cy.md", "---\nscene: lisbon\n---\n"),
    "a file": ("Dé.png", None),
}


def vault(notes):
    parsed = [parse.note(path, text.encode()) for path, text in sorted(notes.items()) if text is not None]
    files = tuple(sorted(path for path, text in notes.items() if text is None))
    return Vault("vault", tuple(parsed), files)


def known(before, now):
    """Return the vault `now` with the very notes of `before` that did not change, as the note store would."""
    same = {note.path: note for note in before.notes}
    notes = (same[note.path] if same.get(note.path) == note else note for note in now.notes)
    return replace(now, notes=tuple(notes))


@pytest.mark.parametrize(("first", "second"), [*permutations(CHANGES, 2)])
def test_one_change_after_another(first, second):
    memory, plugins, today = Memory(), bundled(Config()), dt.date(2026, 3, 2)
    notes, before = dict(BEGIN), vault(BEGIN)
    run(before, Config(), plugins, today, memory)
    for change in (first, second, None):
        notes = {**notes, **dict([CHANGES[change]])} if change else BEGIN
        now = known(before, vault(notes))
        fresh = run(vault(notes), Config(), plugins, today, Memory())
        assert everything(run(now, Config(), plugins, today, memory)) == everything(fresh)
        before = now
