"""The list printed last, so that a later command can refer to its lines by number: `netnotes today`, `netnotes why 2`.

`remember` saves what a report printed; `numbered_row` runs the report again and returns the row of that number. If the
list would be different now, it raises ListChanged, and the command does nothing. One list is kept for each vault, in
the user's data folder. The evidence of a row says what it is about: a `Promise`, a `Contact`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from netnotes.app.workspace import Workspace
from netnotes.cli.journal import data_of
from netnotes.cli.report_runs import bundled_result
from netnotes.errors import NetNotesError
from netnotes.extract.people import find_person
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Promise
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Row
from netnotes.scoring.reports import person_of, source_lines
from netnotes.storage.whole_file import replace

NUMBERED = ("today", "chase", "due")
"""Reports with numbered lines."""
FILE = "last_list.json"


class NoSuchLine(NetNotesError):
    """A number that the last list does not have."""

    def __init__(self, number: int, last: str | None, length: int) -> None:
        if last is None:
            super().__init__(f"no list was printed before, so there is no line {number}")
            self.hint = "run `netnotes today` first"
        else:
            super().__init__(
                f"`netnotes {last}` printed {length} line{'s' * (length != 1)}, so there is no line {number}"
            )
            self.hint = f"to see the list again: `netnotes {last}`"


class ListChanged(NetNotesError):
    """The list has changed since it was printed."""

    def __init__(self, last: str) -> None:
        super().__init__(f"the list of `netnotes {last}` has changed since; nothing was done")
        self.hint = f"run `netnotes {last}` again, and use the numbers of the new list"


class NotOnePerson(NetNotesError):
    """A line of the last list that is about several people, or none."""

    def __init__(self, number: int) -> None:
        super().__init__(f"line {number} is not about one person; nothing was done")
        self.hint = "use the number of a line about one person, or a name"


def remember(root: Path, report: str, options: Mapping[str, object], rows: Sequence[Row]) -> None:
    """Save the list being printed: the rows of `report`, run with `options`, in order."""
    kept = {"report": report, "options": dict(options), "lines": [_key(row) for row in rows]}
    # If it cannot be saved, numbers are unknown later; the list itself is printed all the same.
    with contextlib.suppress(OSError):
        folder = data_of(root)
        folder.mkdir(parents=True, exist_ok=True)
        replace(folder / FILE, json.dumps(kept, ensure_ascii=False, default=str))


def numbered_row(space: Workspace, outcome: Outcome, number: int) -> Row:
    """Return row `number` (from 1) of the list printed last. Raises NoSuchLine, ListChanged."""
    kept = _load(space.root)
    if kept is None:
        raise NoSuchLine(number, None, 0)
    name, lines = kept["report"], kept["lines"]
    if not 1 <= number <= len(lines):
        raise NoSuchLine(number, name, len(lines))
    rows = bundled_result(space, space.read(), outcome, name, kept["options"]).rows
    if [_key(row) for row in rows] != lines:
        raise ListChanged(name)
    return rows[number - 1]


def promises_of(row: Row) -> tuple[Promise, ...]:
    """Return the promises of a row."""
    return tuple(each for each in row.evidence if isinstance(each, Promise))


@dataclass(frozen=True, slots=True)
class Target:
    """A person, and the promises that a line of a list is about."""

    person: Person
    promises: tuple[Promise, ...] = ()


def target(space: Workspace, outcome: Outcome, what: str) -> Target:
    """Return what `3` or `Ada` means. Raises NoSuchLine, ListChanged, NotOnePerson, PersonNotFound, AmbiguousName."""
    if not what.strip().isdigit():
        person = find_person.person(outcome.network.people, what)
        owed = tuple(one for one in outcome.network.promises if one.owed_by != "them" and person in one.people)
        return Target(person, owed)
    row = numbered_row(space, outcome, int(what))
    who = person_of(row)
    if who is None:
        raise NotOnePerson(int(what))
    return Target(who, promises_of(row))


def _key(row: Row) -> list[object]:
    """Return what identifies a row on another day: the person, what to do, and the evidence."""
    person = person_of(row)
    what = next((str(row.cells[name]) for name in ("do", "what") if name in row.cells), "")
    return [
        str(row.cells.get("kind", row.more.get("kind", ""))),
        person.id if person else "",
        what,
        [*map(list, source_lines(row))][:5],
    ]


def _load(root: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((data_of(root) / FILE).read_text(encoding="utf-8"))
        return found if found["report"] in NUMBERED and isinstance(found["lines"], list) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
