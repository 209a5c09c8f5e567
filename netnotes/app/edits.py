"""Small changes to notes that are no insertion: a task ticked, a line taken out, a property of the user's set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from netnotes.capture.tasks import ticked
from netnotes.model import Problem, Promise
from netnotes.text.frontmatter.splice import Value
from netnotes.writing.draft import Draft, locate, set_properties

Rewrite = Callable[[list[str]], list[str] | Problem]
"""Lines of a note with their ends → the lines that it is to have."""


def rewrite_lines(root: Path, path: str, rewrite: Rewrite, templates: Collection[str] = ()) -> Draft | Problem:
    """Return the draft of a note whose lines are changed; a problem where it may not be written."""
    found = locate(root, path, templates)
    if isinstance(found, Problem):
        return found
    place, before, changed_at = found
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError:
        return Problem("not written: it is not UTF-8", path=path, hint="save it as UTF-8")
    lines = rewrite(lines_of(text))
    if isinstance(lines, Problem):
        return lines
    return Draft(path, place, before, "".join(lines).encode(), {}, changed_at)


def lines_of(text: str) -> list[str]:
    """Part a text at line feeds only, each line with its end."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def tick(
    root: Path, promises: Iterable[Promise], day: dt.date, templates: Collection[str] = ()
) -> list[Draft | Problem]:
    """Return drafts in which promises are ticked, one for each note."""
    by_path: dict[str, list[Promise]] = {}
    for promise in promises:
        by_path.setdefault(promise.path, []).append(promise)
    return [rewrite_lines(root, path, _ticker(path, owed, day), templates) for path, owed in by_path.items()]


def _ticker(path: str, owed: Collection[Promise], day: dt.date) -> Rewrite:
    def rewrite(lines: list[str]) -> list[str] | Problem:
        for promise in owed:
            at = promise.line - 1
            done = ticked(lines[at], day) if at < len(lines) else None
            first = promise.text.split("\n")[0].strip()
            if done is None or first not in " ".join(lines[at].split(" ")):
                return Problem("the task is no longer where it was", path=path, line=promise.line, hint="try again")
            lines[at] = done
        return lines

    return rewrite


def set_property(root: Path, path: str, name: str, value: Value, templates: Collection[str] = ()) -> Draft | Problem:
    """Return the draft of a note in which one of the user's properties is set, or removed where the value is None."""
    found = locate(root, path, templates)
    if isinstance(found, Problem):
        return found
    place, before, changed_at = found
    after = set_properties(path, before, {name: value})
    return after if isinstance(after, Problem) else Draft(path, place, before, after, {name: (None, value)}, changed_at)
