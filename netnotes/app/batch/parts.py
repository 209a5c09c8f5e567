"""Results of a batch so far: a folder of parts beside the output, joined into Parquet files at the end."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from netnotes.app.batch.worker import TABLES, Rows, Task, schema
from netnotes.errors import NetNotesError, Unwritable
from netnotes.export.rows import Table
from netnotes.lazy_dataclass import dataclass
from netnotes.storage.whole_file import make_private_folder, replace, replacing

if TYPE_CHECKING:
    import pyarrow as pa

MARK = b"netnotes"
"""Key in the metadata of every Parquet file that NetNotes wrote."""
ROWS_PER_GROUP = 100_000
"""Approximate rows of a row group; this many are in memory while parts are joined."""
PARTS_PER_FOLDER = 1000
"""Parts in one folder."""
PLAN = "plan.json"
FAILURES = "failures.json"


class OtherBatch(NetNotesError):
    """The folder for parts holds something that NetNotes did not write."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place}: is not the folder of an earlier batch")
        self.hint = "move it away, or name another --out"


@dataclass(frozen=True, slots=True)
class Plan:
    """All vaults, in order, and how they are divided into tasks."""

    vaults: tuple[str, ...]
    day: dt.date
    anonymous: bool
    size: int
    """Vaults in each task."""

    @staticmethod
    def of(vaults: Sequence[str], day: dt.date, *, anonymous: bool, most: int) -> Plan:
        """Divide vaults into about a thousand tasks, or tasks of `most` vaults where those would be larger."""
        return Plan(tuple(vaults), day, anonymous, min(most, max(1, len(vaults) // 1000)))

    @property
    def tasks(self) -> int:
        """How many tasks there are."""
        return -(-len(self.vaults) // self.size)

    def task(self, number: int) -> Task:
        """Return one task, counted from 0."""
        first = number * self.size
        return Task(self.vaults[first : first + self.size], first + 1, self.day, self.anonymous)

    def fingerprint(self) -> str:
        """Return a text that changes when the vaults, the day, the columns or the program change."""
        listed = hashlib.sha256("\0".join(self.vaults).encode("utf-8", "surrogateescape")).hexdigest()
        return json.dumps(["NetNotes", version("netnotes"), listed, self.day.isoformat(), self.anonymous, self.size])


@dataclass(frozen=True, slots=True)
class Parts:
    """The finished tasks of a batch."""

    folder: Path
    plan: Plan

    @staticmethod
    def open(out: Path, plan: Plan) -> Parts:
        """Return the parts of an earlier run of the same plan, or start again. Raises OtherBatch, Unwritable."""
        folder = out.with_name(f".{out.stem}-parts")
        try:
            if folder.exists():
                known = _read(folder / PLAN)
                if not known.startswith('["NetNotes"'):
                    raise OtherBatch(folder)
                if known == plan.fingerprint():
                    return Parts(folder, plan)
                shutil.rmtree(folder)
            make_private_folder(folder)
            replace(folder / PLAN, plan.fingerprint())
        except OSError as error:
            raise Unwritable(str(folder), error.strerror or str(error)) from error
        return Parts(folder, plan)

    def has(self, number: int) -> bool:
        """Return whether a task is done."""
        return self._place(number).is_dir()

    def put(self, number: int, rows: Rows) -> None:
        """Save the rows of a task, all or none. Raises Unwritable."""
        place = self._place(number)
        try:
            place.parent.mkdir(exist_ok=True)
            temp = Path(tempfile.mkdtemp(prefix=".new-", dir=place.parent))
            for name, data in rows.tables.items():
                (temp / name).write_bytes(data)
            (temp / FAILURES).write_text(json.dumps(rows.failures), encoding="ascii")
            temp.replace(place)
        except OSError as error:
            raise Unwritable(str(place), error.strerror or str(error)) from error

    def failures(self) -> tuple[str, ...]:
        """Return a line for each vault that could not be analysed, in the order of the vaults."""
        found = (json.loads(_read(self._place(number) / FAILURES)) for number in range(self.plan.tasks))
        return tuple(line for lines in found for line in lines)

    def tables(self, name: Table) -> Iterator[pa.Table]:
        """Yield one table's rows, task by task."""
        import pyarrow as pa

        for number in range(self.plan.tasks):
            with pa.OSFile(str(self._place(number) / name)) as file:
                yield pa.ipc.open_stream(file).read_all()

    def _place(self, number: int) -> Path:
        return self.folder / f"{number // PARTS_PER_FOLDER:06d}" / f"{number:09d}"


_OTHER_TABLES = frozenset((".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".db", ".sqlite", ".feather"))
"""Endings that promise another format."""


def check_output(out: Path) -> None:
    """Raise Unwritable if one of the four files, or their folder, exists and is not ours."""
    for place in outputs(out).values():
        if place.suffix.lower() == ".md":
            raise Unwritable(str(place), "it would be a note; give the file another ending")
        if place.suffix.lower() in _OTHER_TABLES:
            raise Unwritable(str(place), f"the tables are Parquet files; name it {out.stem}.parquet")
        if (place.exists() or place.is_symlink()) and not _is_ours(place):
            raise Unwritable(str(place), "another file is there; name one with --out, or move it away")
    if not out.parent.is_dir():
        raise Unwritable(str(out), "there is no such folder")


def outputs(out: Path) -> dict[Table, Path]:
    """Return table → file: the ties are in `out`, the others beside it."""
    return {name: out if name == "ties" else out.with_name(f"{out.stem}-{name}{out.suffix}") for name in TABLES}


def join(parts: Parts, out: Path) -> tuple[dict[Table, Path], dict[Table, int], tuple[str, ...]]:
    """Write the four files, remove the parts; return the files, their rows, and the vaults that failed."""
    failures = parts.failures()
    places = outputs(out)
    rows: dict[Table, int] = {}
    try:
        with ExitStack() as files:
            for name, place in places.items():
                rows[name] = _write(parts, name, files.enter_context(replacing(place)))
    except OSError as error:
        raise Unwritable(str(out), error.strerror or str(error)) from error
    shutil.rmtree(parts.folder, ignore_errors=True)
    return places, rows, failures


def _write(parts: Parts, name: Table, file: BinaryIO) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = schema(name, anonymous=parts.plan.anonymous).with_metadata({MARK: version("netnotes")})
    total = 0
    with pq.ParquetWriter(file, columns) as writer:
        for table in _grouped(parts.tables(name)):
            total += table.num_rows
            writer.write_table(pa.table(table.columns, schema=columns))
    return total


def _grouped(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Yield tables joined to about ROWS_PER_GROUP rows each."""
    import pyarrow as pa

    kept: list[pa.Table] = []
    for table in tables:
        kept.append(table)
        if sum(each.num_rows for each in kept) >= ROWS_PER_GROUP:
            yield pa.concat_tables(kept)
            kept = []
    if kept:
        yield pa.concat_tables(kept)


def _is_ours(place: Path) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not place.is_file():
        return False
    if not place.stat().st_size:
        return True
    try:
        return MARK in (pq.read_metadata(str(place)).metadata or {})
    except (pa.ArrowException, OSError):
        return False


def _read(place: Path) -> str:
    try:
        return place.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
