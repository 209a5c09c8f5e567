"""The first note about a person and the first line about a meeting, for a vault that has neither. Writes nothing."""

from __future__ import annotations

from pathlib import Path

from netnotes.importers.plan import safe_name
from netnotes.model import Problem, Vault
from netnotes.writing.draft import Draft, draft_addition, draft_new_note


def note_of(vault: Vault, name: str) -> tuple[str, str]:
    """Return the path of the first note about a person, in the app's own way, and its text."""
    if vault.app == "logseq":
        return f"pages/{safe_name(name)}.md", "type:: person\n"
    return f"People/{safe_name(name)}.md", "---\ntype: person\n---\n"


def line_of(name: str) -> str:
    """Return a line that says that you met somebody."""
    return f"- met [[{safe_name(name)}]]"


def drafts(root: Path, vault: Vault, name: str, day_note: str, *, known: bool) -> list[Draft | Problem]:
    """Return the drafts of the note about a person, unless they are `known`, and of the line in the note of a day."""
    made: list[Draft | Problem] = []
    if not known:
        made.append(draft_new_note(root, *note_of(vault, name), vault.templates))
    return [*made, draft_addition(root, day_note, f"{line_of(name)}\n", vault.templates)]
