"""Notes that NetNotes writes as a whole: a review, `Today.md`. Sealed, journaled, and never changed once edited."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from netnotes.app.daily_round import today_rows
from netnotes.app.logbook import Logbook
from netnotes.app.workspace import Workspace
from netnotes.capture.notes.review import Period, PersonChange, is_ours, page, review_text
from netnotes.dates import add_days
from netnotes.extract.note_types import done_date
from netnotes.extract.promises import plain
from netnotes.incremental import Memory
from netnotes.insights.tie_status import tie_statuses
from netnotes.model import Problem, Vault
from netnotes.network.namesakes import told_apart
from netnotes.outcome import Outcome
from netnotes.writing.draft import Draft, draft_new_note, locate


def page_draft(root: Path, path: str, body: str, templates: Collection[str] = ()) -> Draft | Problem | None:
    """Return the draft of a page with a new body; None if unchanged, a problem if it may not be written."""
    text = page(body)
    if not (root / path).exists():
        return draft_new_note(root, path, text, templates)
    found = locate(root, path, templates)
    if isinstance(found, Problem):
        return found
    place, before, changed_at = found
    if not is_ours(before.decode("utf-8", "replace")):
        return Problem(
            "not written: you have edited it, or it is your own", path=path, hint="move it away to get a new one"
        )
    if before == text.encode():
        return None
    return Draft(path, place, before, text.encode(), {}, changed_at)


def today_body(space: Workspace, vault: Vault, outcome: Outcome) -> str:
    """Return the body of `Today.md`: the lines of `netnotes today`."""
    rows = today_rows(space, vault, outcome)
    lines = [f"- {' '.join(row.sentence.split())}" for row in rows]
    return "\n".join([f"# Today, {outcome.network.today.isoformat()}", "", *(lines or ["Nothing to do today."]), ""])


def review_body(logbook: Logbook, time: Period) -> str:
    """Return the body of a review of a period that ends on the logbook's day."""
    space = logbook.space
    earlier = add_days(time.first, -1)
    before = space.recompute(logbook.vault, earlier, Memory())
    then = {tie.person.id: before.scores.number(tie, "depth") or 0.0 for tie in before.network.ties if tie.contacts}
    scored = space.scored(logbook.outcome, logbook.vault).view("review")
    changes = [
        PersonChange(
            status.person, then.get(status.person.id, 0.0), status.depth, status.hours(time.first), status.scene
        )
        for status in tie_statuses(scored)
    ]
    linked = logbook.linked(f"{space.config.capture.reviews}/x.md")
    open_ = [one for one in logbook.outcome.network.promises if one.owed_by == "me"]
    promises = [told_apart(one.words, one.people, logbook.labels) for one in open_]
    return review_text(
        time, changes, list(_kept_promises(logbook, time)), promises, lambda person: linked(person, person.name)
    )


def _kept_promises(logbook: Logbook, time: Period) -> Iterator[str]:
    """Yield the tasks with people that were ticked within a period."""
    people = {path for person in logbook.outcome.network.people if (path := person.path)}
    for note in logbook.vault.notes:
        for passage in note.passages:
            if passage.task not in ("x", "X"):
                continue
            day = done_date(passage)
            named = any(
                name.kind == "link" and logbook.index.resolve(note.path, name.target) in people
                for name in passage.names
            )
            if day and named and time.first <= day <= time.last:
                yield plain(passage.text or "")
