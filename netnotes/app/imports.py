"""Write what an import adds to a vault, through the journal."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from netnotes.importers.plan import Plan
from netnotes.model import Problem
from netnotes.writing.apply import WriteContext, WriteResult, write
from netnotes.writing.draft import Draft, draft_insertion, draft_new_note, locate, set_properties

_MARK = re.compile(rb"\^(nn-[0-9a-f]{12})\b")


def marks(root: Path) -> set[str]:
    """Return the marks of all contacts that earlier imports wrote, wherever their lines are by now."""
    found: set[str] = set()
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(".md"):
                try:
                    data = Path(folder, name).read_bytes()
                except OSError:
                    continue
                if b"^nn-" in data:
                    found.update(mark.decode() for mark in _MARK.findall(data))
    return found


def apply(plan: Plan, context: WriteContext, templates: Collection[str] = ()) -> WriteResult:
    """Write what was planned; what cannot be written is a problem, and the rest goes on."""
    problems: list[Problem] = []
    drafts: list[Draft] = []
    for draft in _drafts(plan, context.root, templates):
        (problems if isinstance(draft, Problem) else drafts).append(draft)  # type: ignore[arg-type]
    return write(drafts, context, problems)


def _drafts(plan: Plan, root: Path, templates: Collection[str]) -> Iterable[Draft | Problem]:
    for path, text in plan.new.items():
        yield draft_new_note(root, path, text, templates)
    for fill in plan.fills:
        found = locate(root, fill.path, templates)
        if isinstance(found, Problem):
            yield found
            continue
        place, before, changed_at = found
        after = set_properties(fill.path, before, fill.changes)
        changes = {name: (None, value) for name, value in fill.changes.items()}
        yield after if isinstance(after, Problem) else Draft(fill.path, place, before, after, changes, changed_at)
    for path, lines in plan.lines.items():
        text = "".join(lines)
        there = (root / path).exists()
        yield (
            draft_insertion(root, path, text, templates=templates)
            if there
            else draft_new_note(root, path, text, templates)
        )
