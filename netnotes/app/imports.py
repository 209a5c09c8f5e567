"""Write what an import adds to a vault, through the journal."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

from netnotes.app.edits import with_alias
from netnotes.app.log_notes import NotLogged, in_outline, log_note
from netnotes.app.workspace import Workspace
from netnotes.capture.notes import placement
from netnotes.extract.corpus import daily_notes
from netnotes.importers.plan import NoteUpdate, Plan, by_month
from netnotes.model import Problem, Vault
from netnotes.storage.scan import read_settings
from netnotes.writing.apply import WriteContext, WriteResult, write
from netnotes.writing.draft import Draft, draft_addition, draft_new_note, locate, set_properties

_MARK = re.compile(rb"\^(nn-[0-9a-f]{12})\b")


def marks(root: Path) -> set[str]:
    """Return the marks of all contacts that earlier imports wrote, wherever their lines are now."""
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


Place = Literal["months", "daily"]
"""Where contacts go: into one note for each month and source, or into the daily notes."""


def drafts(
    plan: Plan, kind: str, space: Workspace, vault: Vault, now: dt.datetime, into: Place
) -> list[Draft | Problem]:
    """Return the drafts of all notes that an import makes or changes, and the problems that prevent some."""
    root, templates = space.root, vault.templates
    found: list[Draft | Problem] = [draft_new_note(root, path, text, templates) for path, text in plan.new.items()]
    for update in plan.updates:
        found += _updated(root, update, templates, page=vault.app == "logseq")
    if into == "daily":
        return found + _into_daily_notes(plan, space, vault, now)
    months = by_month(kind, plan.lines).items()
    return found + [draft_addition(root, path, "".join(lines), templates) for path, lines in months]


def _updated(root: Path, update: NoteUpdate, templates: Collection[str], *, page: bool) -> list[Draft | Problem]:
    """Return the draft of a note with its missing properties added, and what could not be added to it."""
    place = locate(root, update.path, templates)
    if isinstance(place, Problem):
        return [place]
    name, before, changed_at = place
    after = set_properties(update.path, before, update.changes, page=page)
    if isinstance(after, Problem):
        return [after]
    problems: list[Draft | Problem] = []
    for number, alias in enumerate(update.aliases):
        # From the second alias on, the list may be one that this import has made.
        longer = with_alias(update.path, after, alias, page=page, widen=number > 0 and not problems)
        if isinstance(longer, Problem):
            problems.append(longer)
        else:
            after = longer
    changes = {key: (None, value) for key, value in update.changes.items()}
    return [Draft(update.path, name, before, after, changes, changed_at), *problems]


def _into_daily_notes(plan: Plan, space: Workspace, vault: Vault, now: dt.datetime) -> list[Draft | Problem]:
    settings = read_settings(space.root)
    by_day: defaultdict[dt.date, list[str]] = defaultdict(list)
    for line in plan.lines:
        by_day[line.date].append(line.text)
    days = daily_notes(vault, space.config)
    found: list[Draft | Problem] = []
    for day, lines in sorted(by_day.items()):
        try:
            note = log_note(space, vault, days, settings, day, now)
        except NotLogged as error:
            found.append(Problem(f"{day}: {len(lines)} contacts left out: {error}", hint=error.hint))
            continue
        bullet = "- " if vault.app == "logseq" else placement.usual_bullet(note.text)
        heading = space.config.capture.heading
        place = (
            in_outline(note.text, heading, add=True) if note.outline else placement.insertions(note.text, heading)
        )[0]
        text = "".join(f"{bullet}{line.removeprefix('- ')}" for line in lines)
        found.append(note.with_lines(space.root, vault.templates, place.around(text), place.at))
    return found


def apply(ready: Iterable[Draft | Problem], context: WriteContext) -> WriteResult:
    """Write drafts; one that cannot be written becomes a problem and does not stop the others."""
    every = list(ready)
    problems = [draft for draft in every if isinstance(draft, Problem)]
    return write([draft for draft in every if isinstance(draft, Draft)], context, problems)
