"""Small changes to notes other than insertions: tick a task, remove a line, set one of the user's properties."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from netnotes.capture.notes.tasks import ticked
from netnotes.model import Problem, Promise
from netnotes.phrasing import in_syntax_of
from netnotes.text import parse
from netnotes.text.frontmatter import ownership
from netnotes.text.frontmatter.scalars import spell
from netnotes.text.frontmatter.splice import Value
from netnotes.text.line_breaks import lines_at_line_feeds
from netnotes.writing.draft import Draft, locate, properties_of, set_properties

Rewrite = Callable[[list[str]], list[str] | Problem]
"""Old lines of a note, line ends included → its new lines."""


_BROKEN = ("invalid", "unclosed")


def locate_note(
    root: Path, path: str, templates: Collection[str] = (), *, app: str | None = "obsidian"
) -> tuple[str, bytes, float] | Problem:
    """Do as `locate`; a problem too for a note that cannot be read whole, such as one with conflict markers.

    Also for one that says that nothing may be written into it, in the syntax of `app`; None: what it says does not
    matter.
    """
    found = locate(root, path, templates)
    if isinstance(found, Problem):
        return found
    note = parse.note(path, found[1])
    if note.block in _BROKEN:
        return next(iter(note.problems), Problem("cannot be read", path=path))
    reason = ownership.refusal(note.properties or note.fields) if app else None
    if app is None or reason is None:
        return found
    said = in_syntax_of(app, f"`{reason}`")
    return Problem(f"says {said}", path=path, hint="write it by hand, or delete that line")


def rewrite_lines(root: Path, path: str, rewrite: Rewrite, templates: Collection[str] = ()) -> Draft | Problem:
    """Return the draft of a note with changed lines, or a problem if it may not be written."""
    found = locate_note(root, path, templates)
    if isinstance(found, Problem):
        return found
    place, before, changed_at = found
    lines = rewrite(lines_at_line_feeds(before.decode("utf-8")))
    if isinstance(lines, Problem):
        return lines
    return Draft(path, place, before, "".join(lines).encode(), {}, changed_at)


def tick(
    root: Path, promises: Iterable[Promise], day: dt.date, templates: Collection[str] = ()
) -> list[Draft | Problem]:
    """Return drafts with these promises ticked, one for each note."""
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


def edit_properties(
    root: Path, path: str, changes: Mapping[str, Value], templates: Collection[str] = (), *, page: bool = False
) -> Draft | Problem:
    """Return the draft of a note with some of the user's properties set, or removed where the value is None.

    With `page` they are page properties, as Logseq has them.
    """
    found = locate_note(root, path, templates, app="logseq" if page else "obsidian")
    if isinstance(found, Problem):
        return found
    place, before, changed_at = found
    after = set_properties(path, before, changes, page=page)
    if isinstance(after, Problem):
        return after
    return Draft(path, place, before, after, {name: (None, value) for name, value in changes.items()}, changed_at)


def with_alias(path: str, data: bytes, name: str, *, page: bool = False, widen: bool = False) -> bytes | Problem:
    """Return the bytes of a note with one more alias; a problem if its aliases cannot be added to.

    With `page` it is a page property, as Logseq has them. A single alias becomes a list only with `widen`, since its
    line is the user's.
    """
    there = next((key for key in properties_of(data) if key.lower() in ("aliases", "alias")), None)
    if there is None or properties_of(data)[there] in (None, "", []):
        return set_properties(path, data, {"alias" if page else there or "aliases": name}, page=page)
    longer = _longer_list(data, there, name, widen=widen)
    hint = f"add `{name}` to its `{there}` by hand"
    return longer or Problem("not written: it has aliases already", path=path, hint=hint)


def _longer_list(data: bytes, key: str, name: str, *, widen: bool) -> bytes | None:
    """Return the bytes of a note with one more item in a list of its front matter; None if that cannot be done."""
    try:
        text, item = data.decode("utf-8"), spell(name)
    except ValueError:
        return None
    head = rf"^{re.escape(key)}:"
    before = properties_of(data)
    value = before[key]
    items = value if isinstance(value, list) else [value]
    if block := re.search(rf"{head}[ \t]*\r?\n((?:([ \t]*)-[ ][^\n]*\n)+)", text, re.MULTILINE):
        longer = f"{text[: block.end()]}{block[2]}- {item}\n{text[block.end() :]}"
    elif flow := re.search(rf"{head}[ \t]*\[[^\]\n#\"']*(?=\])", text, re.MULTILINE):
        longer = f"{text[: flow.end()]}, {item}{text[flow.end() :]}"
    elif widen and (one := re.search(rf"{head} ([^\s,\[\]{{}}#][^,\[\]{{}}#\r\n]*)(?=\r?\n)", text, re.MULTILINE)):
        longer = f"{text[: one.start(1)]}[{one[1]}, {item}]{text[one.end(1) :]}"
    else:
        return None
    after = properties_of(longer.encode())
    is_right = after.get(key) == [*items, name] and {**after, key: 0} == {**before, key: 0}
    return longer.encode() if is_right else None
