"""One task of a batch: a few vaults → rows as Arrow bytes. Runs in another process, possibly on another machine."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from netnotes.app.progress import Silent
from netnotes.app.workspace import open_workspace
from netnotes.errors import NetNotesError
from netnotes.export import rows as tables
from netnotes.export.rows import Table
from netnotes.lazy_dataclass import dataclass
from netnotes.storage.note_store import NoteStore

if TYPE_CHECKING:
    import pyarrow as pa

TABLES: tuple[Table, ...] = ("ties", "people", "encounters", "problems")
UNNAMED: Mapping[Table, frozenset[str]] = {
    "ties": frozenset(),
    "people": frozenset({"path", "aliases", "tags"}),
    "encounters": frozenset({"title", "path", "line"}),
    "problems": frozenset({"path", "line"}),
}
"""Table → columns that anonymous tables leave out."""


@dataclass(frozen=True, slots=True)
class Task:
    """The consecutive vaults that one process analyses at a time."""

    vaults: tuple[str, ...]
    first: int
    """The number of the first vault, from 1."""
    day: dt.date
    anonymous: bool

    def __len__(self) -> int:
        """Return how many vaults there are."""
        return len(self.vaults)

    def single(self) -> Iterator[Task]:
        """Yield a task for each vault."""
        for at, vault in enumerate(self.vaults):
            yield Task((vault,), self.first + at, self.day, self.anonymous)

    def name(self, at: int) -> str:
        """Return a vault's name in the rows: its path, or its number."""
        return f"vault {self.first + at}" if self.anonymous else self.vaults[at]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a task."""

    tables: dict[Table, bytes]
    """Table → Arrow stream."""
    failures: tuple[str, ...] = ()
    """A line for each vault that could not be analysed: which, and why."""

    @staticmethod
    def joined(several: Sequence[Rows]) -> Rows:
        """Merge the rows of several tasks."""
        import pyarrow as pa

        found = {}
        for name in TABLES:
            read = [pa.ipc.open_stream(each.tables[name]).read_all() for each in several]
            found[name] = _stream(pa.concat_tables(read))
        return Rows(found, tuple(line for each in several for line in each.failures))


def analyse(task: Task) -> Rows:
    """Return the rows of all vaults of a task; a vault that fails becomes one row of `problems`."""
    found: dict[Table, list[tables.Row]] = {name: [] for name in TABLES}
    failures: list[str] = []
    for at, vault in enumerate(task.vaults):
        try:
            rows = _rows(vault, task)
        except Exception as error:  # noqa: BLE001  # one vault that fails must not stop the others
            why = _why(error, anonymous=task.anonymous)
            failures.append(f"{task.name(at)}: {why}")
            rows = {"problems": [_problem(f"not analysed: {why}")]}
        for name, of_vault in rows.items():
            found[name] += ({"vault": task.name(at), **row} for row in of_vault)
        gc.collect()
    return Rows({name: _encoded(name, rows, anonymous=task.anonymous) for name, rows in found.items()}, tuple(failures))


def failed(task: Task, why: str) -> Rows:
    """Return the rows of a task that failed altogether."""
    rows: list[tables.Row] = [
        {"vault": task.name(at), **_problem(f"not analysed: {why}")} for at in range(len(task.vaults))
    ]
    encoded = {name: _encoded(name, rows if name == "problems" else [], anonymous=task.anonymous) for name in TABLES}
    return Rows(encoded, tuple(f"{task.name(at)}: {why}" for at in range(len(task.vaults))))


def schema(name: Table, *, anonymous: bool) -> pa.Schema:
    """Return the columns of a table: `vault`, then those of `netnotes.export.rows.SCHEMAS`."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.float64(),
        "count": pa.int64(),
        "date": pa.date32(),
        "flag": pa.bool_(),
    }
    without = UNNAMED[name] if anonymous else frozenset()
    columns = {"vault": "text", **{key: kind for key, kind in tables.SCHEMAS[name].items() if key not in without}}
    return pa.schema([pa.field(key, kinds[kind]) for key, kind in columns.items()])


def _rows(vault: str, task: Task) -> dict[Table, list[tables.Row]]:
    from netnotes.scoring.views import alter_depths

    root = Path(vault)
    # One process for a vault: the pool or the cluster already has a process for each core.
    space = replace(open_workspace(root, {}, no_plugins=True), store=NoteStore(root, None, 1, Silent()))
    notes = space.read()
    outcome = space.compute(notes, task.day)
    alters = alter_depths(space.scored(outcome, notes), len(outcome.network.alter_ties))
    problems = outcome.problems
    if task.anonymous:
        from netnotes.export.anonymize import anonymous

        shared = anonymous(outcome, alters=alters)
        outcome, alters = shared.outcome, shared.alters or alters
        rows = [_problem("a problem, not shown without names")] * len(problems)
    else:
        rows = tables.problem_rows(problems)
    return {
        "ties": tables.tie_rows(outcome, alters),
        "people": tables.people_rows(outcome),
        "encounters": tables.encounter_rows(outcome.network.encounters),
        "problems": rows,
    }


def _why(error: Exception, *, anonymous: bool) -> str:
    # An exception's message may hold a path or a line of a note.
    kind = type(error).__name__
    if anonymous:
        return kind
    return str(error) if isinstance(error, NetNotesError) else f"{kind}: {error}"


def _problem(message: str) -> tables.Row:
    return {"message": message, "path": None, "line": None, "plugin": None}


def _encoded(name: Table, rows: Sequence[tables.Row], *, anonymous: bool) -> bytes:
    import pyarrow as pa

    columns = schema(name, anonymous=anonymous)
    plain = [{key: _encodable(row.get(key)) for key in columns.names} for row in rows]
    return _stream(pa.Table.from_pylist(plain, schema=columns))


def _encodable(value: object) -> object:
    """Return a text without lone surrogates, which no table can hold."""
    if isinstance(value, str):
        return value if value.isprintable() else value.encode("utf-8", "replace").decode("utf-8")
    return [_encodable(each) for each in value] if isinstance(value, list) else value


def _stream(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
