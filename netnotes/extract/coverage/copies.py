"""Notes that are set aside: copies that a sync left behind, and notes that look like templates but are elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from netnotes.extract.people.resolver import Resolver
from netnotes.model import Note, Problem, Vault
from netnotes.text.set_aside import CONFLICT_COPY, in_template_folder, within

_NUMBERED = re.compile(r"(.+) \d{1,2}\.md")


def remarks(vault: Vault, people: Resolver) -> Iterator[Problem]:
    """Yield one remark for each note that is not read because of its name or its placeholders."""
    for note in vault.notes:
        if note.set_aside == CONFLICT_COPY:
            yield _remark(note, "a copy that a sync left behind; it is not read", _merge(note, vault.notes))
        elif note.set_aside and not in_template_folder(note.path) and not within(note.path, vault.templates):
            hint = "if it is none, fill in or remove its {{…}} or <%…%>, or rename it"
            yield _remark(note, "looks like a template; it is not read", hint)
        elif (of := _NUMBERED.fullmatch(note.path)) and f"{of[1]}.md" in people.noted and note.path not in people.noted:
            hint = f"if it is somebody else, give it another name; else move what is new in it to {of[1]}.md"
            yield _remark(note, f"a second note beside {of[1]}.md; it is not a person of its own", hint)


def _merge(note: Note, notes: Iterable[Note]) -> str:
    """Return what to do with a copy, with the note that it is a copy of where that is there."""
    folder = note.path.rpartition("/")[0]
    beside = (one.path for one in notes if one.path.rpartition("/")[0] == folder and one.set_aside is None)
    stems = ((path, path.removesuffix(".md")) for path in beside)
    of = max((path for path, stem in stems if note.path.startswith(stem)), key=len, default="the note")
    return f"move what is new in it to {of}, and delete the copy"


def _remark(note: Note, message: str, hint: str) -> Problem:
    return Problem(message, path=note.path, remark="set aside", hint=hint)
