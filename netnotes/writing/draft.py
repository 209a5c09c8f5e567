"""Turn edits into the new bytes of notes, based on the files on disk now. Reads notes; writes none."""

from __future__ import annotations

import contextlib
import difflib
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import cast

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Edit, Problem
from netnotes.planning.plan import writable
from netnotes.storage.exchange import digest
from netnotes.text import page_properties
from netnotes.text.frontmatter import block, ownership
from netnotes.text.frontmatter.property_order import rewrite
from netnotes.text.frontmatter.splice import Refused, Value
from netnotes.text.line_breaks import lines_at_line_feeds
from netnotes.writing.line_changes import LINES, line_changes

FOLDER = "+folder"
"""Key of `Draft.changes` for the topmost folder that is created for a new note."""
CONTEXT = 3
"""Unchanged lines shown around a change."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One note, before and after."""

    path: str
    """As the edit names it."""
    place: str
    """Path of the file itself, links resolved; relative to the vault, with `/`."""
    before: bytes | None
    """None for a new note."""
    after: bytes | None
    """None for a note to remove."""
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    changed_at: float = 0.0
    """When the file was last modified, seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A note that was changed, moved or removed after its edit was planned: it waits for the next round."""

    path: str


def draft(root: Path, edit: Edit, templates: Collection[str] = ()) -> Draft | Stale | Problem:
    """Return the draft of an edit; a problem if the note may not or cannot be written."""
    found = locate(root, edit.path, templates)
    if isinstance(found, Problem):
        gone = root.exists() and not os.path.lexists(root / edit.path)
        return Stale(edit.path) if gone else found
    place, before, changed_at = found
    if digest(before) != edit.digest:
        return Stale(edit.path)
    changes = {name: cast("Value", new) for name, (_, new) in edit.changes.items()}
    after = set_properties(edit.path, before, changes, page=edit.page)
    if isinstance(after, Problem):
        return after
    return Draft(edit.path, place, before, after, edit.changes, changed_at)


def set_properties(path: str, data: bytes, changes: Mapping[str, Value], *, page: bool = False) -> bytes | Problem:
    """Return the bytes of a note with properties set, or deleted where the value is None; a problem if impossible.

    With `page`, and where the note's page properties are sealed, they are page properties; else front matter.
    """
    try:
        text = data.decode("utf-8")
        is_page = page or is_sealed_page(text)
        return (page_properties.rewrite if is_page else rewrite)(text, changes).encode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem("not written: it is not UTF-8", path=path, line=line, hint="save it as UTF-8")
    except Refused as reason:
        return Problem(f"not written: {reason}", path=path, line=reason.line, hint="fix or move that line by hand")


def is_sealed_page(text: str) -> bool:
    """Return whether the page properties of a note hold fields of NetNotes."""
    page = page_properties.read(text)
    return page is not None and ownership.PROPERTY in page.properties


def properties_of(data: bytes) -> Mapping[str, object]:
    """Return the properties of a note's bytes: of its front matter, else of its first block where that is sealed."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {}
    if is_sealed_page(text) and (page := page_properties.read(text)):
        return page.properties
    return block.read(text).properties


def draft_new_note(
    root: Path, path: str, text: str, templates: Collection[str] = (), without: str | None = None
) -> Draft | Problem:
    """Return the draft of a new note; a problem if it exists or may not be created.

    `without` is what `undo` leaves of the note if the user has written into it since; None: it keeps all.
    """
    try:
        base = root.resolve(strict=True)
        real = (base / path).resolve()
    except (OSError, RuntimeError) as error:
        return system_problem(path, error)
    if not real.is_relative_to(base) or not writable(path, templates):
        return Problem("not written: no note may be made there", path=path, hint="choose a folder of the vault")
    if os.path.lexists(base / path):
        return Problem("not written: there is a file of that name already", path=path)
    missing = [folder.as_posix() for folder in Path(path).parents if not (base / folder).exists()]
    changes: dict[str, tuple[object, object]] = {FOLDER: (None, missing[-1])} if missing else {}
    if without is not None:
        changes[LINES] = (None, line_changes(without, text))
    return Draft(path, path, None, text.encode("utf-8"), changes)


def draft_addition(root: Path, path: str, text: str, templates: Collection[str] = ()) -> Draft | Problem:
    """Return the draft of a note with whole lines added at its end, or of a new note with these lines.

    A problem if the note may not be written.
    """
    if not (root / path).exists():
        return draft_new_note(root, path, text, templates)
    found = locate(root, path, templates)
    return found if isinstance(found, Problem) else insert(path, found, text)


def insert(path: str, found: tuple[str, bytes, float], text: str, at: int | None = None) -> Draft | Problem:
    """Return the draft of a note as `locate` found it, with whole lines `at` characters from its start, or at its end.

    The line ends of the note are kept.
    """
    place, before, changed_at = found
    try:
        old = before.decode("utf-8")
    except UnicodeDecodeError as error:
        line = before.count(b"\n", 0, error.start) + 1
        return Problem("not written: it is not UTF-8", path=path, line=line, hint="save it as UTF-8")
    if at is None:
        at = len(old)
        text = text if not old or old.endswith("\n") else f"\n{text}"
    new = text.replace("\n", "\r\n") if "\r\n" in old else text
    after = (old[:at] + new + old[at:]).encode("utf-8")
    return Draft(path, place, before, after, {}, changed_at)


def locate(root: Path, path: str, templates: Collection[str] = ()) -> tuple[str, bytes, float] | Problem:
    """Return a note's real path, its bytes and the time of its last change; a problem if it may not be written."""
    try:
        base = root.resolve(strict=True)
        real = (base / path).resolve(strict=True)
        if not real.is_relative_to(base):
            return Problem(
                "not written: it is a link that leads out of the vault", path=path, hint="move the file into the vault"
            )
        place = real.relative_to(base).as_posix()
        if not writable(place, templates):
            return Problem("not written: it is a link into a folder that is never written", path=path)
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            return Problem("not written: it is not a regular file", path=path)
        if status.st_nlink > 1:
            return Problem(
                "not written: it has a second name (a hard link), which would keep the old text",
                path=path,
                hint="make it a file of its own, or write `netnotes: read-only` into it",
            )
        if not status.st_mode & 0o222 or not os.access(real, os.W_OK):
            return Problem("not written: it is read-only", path=path, hint="allow writing, or `netnotes: ignore`")
        return place, real.read_bytes(), status.st_mtime
    except (OSError, RuntimeError) as error:
        return system_problem(path, error)


def changes_of(drafted: Draft) -> Mapping[str, tuple[object, object]]:
    """Return what a draft changes, for the journal: its properties, else its lines."""
    if drafted.changes or drafted.before is None or drafted.after is None:
        return drafted.changes
    with contextlib.suppress(UnicodeDecodeError):
        return {LINES: (None, line_changes(drafted.before.decode("utf-8"), drafted.after.decode("utf-8")))}
    return {}


def system_problem(path: str, error: Exception) -> Problem:
    """Return a problem for an error of the system."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(f"not written: {why[:1].lower()}{why[1:]}", path=path, hint="the note is as it was")


def diff(root: Path, edits: Iterable[Edit], templates: Collection[str] = ()) -> Iterator[str | Problem]:
    """Yield the lines, each with its end, of a unified diff of what `edits` would do; nothing is written.

    For a note that may not be written, yield the problem.
    """
    for edit in edits:
        drafted = None if edit.refused else draft(root, edit, templates)
        if isinstance(drafted, Problem):
            yield drafted
        elif isinstance(drafted, Draft) and drafted.after != drafted.before:
            yield from _unified(drafted)


def _unified(drafted: Draft) -> Iterator[str]:
    old, new = (lines_at_line_feeds((data or b"").decode("utf-8")) for data in (drafted.before, drafted.after))
    same = 0
    while same < min(len(old), len(new)) and old[-1 - same] == new[-1 - same]:
        same += 1
    # The text after the front matter is the same, and may be long.
    tail = max(0, same - CONTEXT)
    old, new = old[: len(old) - tail], new[: len(new) - tail]
    for line in difflib.unified_diff(old, new, f"a/{drafted.path}", f"b/{drafted.path}", n=CONTEXT):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
