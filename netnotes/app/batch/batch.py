"""Analyse many vaults into four Parquet tables, with a pool of processes or a Dask cluster.

A task is a few consecutive vaults. Its rows come back as Arrow bytes and are saved at once in a folder beside the
output; when all tasks are done, the parts are joined in the order of the vaults. So memory holds only a few tasks, the
rows do not depend on the order in which tasks end, and an interrupted run resumes with the missing tasks. Only bundled
plugins run: others need the consent of each machine's user.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from netnotes.app.batch.parts import Parts, Plan, check_output, join
from netnotes.app.batch.worker import Rows, Task, analyse, failed
from netnotes.app.progress import Progress, Silent
from netnotes.app.vault_root import has_usual_folder, is_root
from netnotes.dates import to_date
from netnotes.errors import NetNotesError, PackageMissing
from netnotes.export.rows import Table
from netnotes.lazy_dataclass import dataclass

VAULTS_PER_TASK = 64
TASKS_PER_WORKER = 2
"""Tasks submitted at once for each worker."""
VAULTS_PER_PROCESS = 2000
"""Approximate number of vaults after which a process is replaced: memory grows by some 20 kB with each."""


class NoVaults(NetNotesError):
    """The given folders hold no vault."""

    def __init__(self) -> None:
        super().__init__("no vault found: each FOLDER is a vault, or a folder of vaults")
        self.hint = "a vault is a folder that holds Markdown notes"


class ClusterUnreachable(NetNotesError):
    """A Dask scheduler that does not answer, or has no workers."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"cannot use the Dask cluster at {address}: {why}")
        self.hint = "start it: `dask scheduler`, and `dask worker ADDRESS` on each machine"


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch wrote."""

    tables: dict[Table, Path]
    """`ties`, `people`, `encounters`, `problems` → file."""
    rows: dict[Table, int]
    """Table → rows."""
    vaults: int
    failures: tuple[str, ...]
    """A line for each vault that could not be analysed: which, and why. It is also a row of `problems`."""
    resumed: int
    """Vaults that an earlier run had done."""
    without_notes: tuple[Path, ...]
    """Folders in a folder of vaults that hold no note, and so were left out."""

    @property
    def failed(self) -> int:
        """How many vaults could not be analysed."""
        return len(self.failures)


@dataclass(frozen=True, slots=True)
class FoundVaults:
    """The vaults that folders are or hold."""

    vaults: tuple[Path, ...]
    """Each once, sorted by path."""
    without_notes: tuple[Path, ...]
    """Folders in a folder of vaults that hold no note, and so are not vaults."""


def run_batch(
    folders: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    as_of: dt.date | str | None = None,
    anonymous: bool = False,
    processes: int | None = None,
    dask: str | None = None,
    progress: Progress | None = None,
) -> BatchResult:
    """Analyse all vaults in `folders`; write `out` and the three files beside it. Raises NetNotesError."""
    place = Path(out).expanduser().absolute()
    check_output(place)
    try:
        import pyarrow as pa  # noqa: F401  # so that a missing package is found before the work
    except ImportError as error:
        raise PackageMissing("pyarrow") from error
    found = find_vaults(folders)
    vaults = found.vaults
    if not vaults:
        raise NoVaults
    day = to_date(as_of or dt.datetime.now().astimezone())
    plan = Plan.of([str(vault) for vault in vaults], day, anonymous=anonymous, most=VAULTS_PER_TASK)
    parts = Parts.open(place, plan)
    resumed = sum(len(plan.task(number)) for number in range(plan.tasks) if parts.has(number))
    waiting = [number for number in range(plan.tasks) if not parts.has(number)]
    shown = progress or Silent()
    with _workers(processes, dask, len(waiting), plan.size) as workers:
        for done, (number, rows_found) in enumerate(_results(workers, plan, waiting), plan.tasks - len(waiting)):
            parts.put(number, rows_found)
            shown("Analysing vaults", min(len(vaults) - 1, done * plan.size), len(vaults))
    tables, rows, failures = join(parts, place)
    return BatchResult(tables, rows, len(vaults), failures, resumed, found.without_notes)


def find_vaults(folders: Iterable[str | os.PathLike[str]]) -> FoundVaults:
    """Return the vaults that `folders` are or hold. Raises NetNotesError for one that does not exist.

    A folder with settings of a note app, `netnotes.toml` or notes of its own is a vault. So is one without, if no
    folder in it is such a root and one is named as vaults name theirs (`People`, `Meetings`, `Daily`). Any other is a
    folder of vaults.
    """
    vaults: dict[Path, Path] = {}
    without_notes: list[Path] = []
    for folder in folders:
        place = Path(folder).expanduser()
        if not place.is_dir():
            raise NetNotesError(f"{place}: no such folder")
        inner = [child for child in sorted(place.iterdir()) if child.is_dir() and not child.name.startswith(".")]
        if is_root(place) or _has_notes(place) or (has_usual_folder(place) and not any(map(is_root, inner))):
            vaults.setdefault(place.resolve(), place)
            continue
        for child in inner:
            if is_root(child) or _holds_notes(child):
                vaults.setdefault(child.resolve(), child)
            else:
                without_notes.append(child)
    return FoundVaults(tuple(sorted(vaults.values(), key=str)), tuple(without_notes))


def _has_notes(place: Path) -> bool:
    return any(name.endswith(".md") for name in os.listdir(place))  # noqa: PTH208  # names are enough, and quicker


def _holds_notes(place: Path) -> bool:
    return any(name.endswith(".md") for _, _, names in os.walk(place) for name in names)


@dataclass(frozen=True, slots=True)
class _Workers:
    """Where tasks run."""

    executor: Callable[[], AbstractContextManager[Executor | None]]
    """Makes a new executor after one broke; None: tasks run in this process."""
    count: int


@contextmanager
def _workers(processes: int | None, dask: str | None, tasks: int, size: int) -> Iterator[_Workers]:
    if dask is not None:
        with _cluster(dask) as workers:
            yield workers
        return
    count = min(processes or os.cpu_count() or 1, max(1, tasks))
    most = max(1, VAULTS_PER_PROCESS // size)
    # A single process does not need a pool, but for so many vaults it has to be replaced too.
    here = count == 1 and tasks <= most
    yield _Workers(lambda: nullcontext() if here else _pool(count, most), count)


@contextmanager
def _pool(count: int, tasks: int) -> Iterator[Executor]:
    """Make a pool whose processes are replaced after so many tasks."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A spawned process shares nothing with this one, on every system, whatever threads run here.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, max_tasks_per_child=tasks)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _cluster(address: str) -> Iterator[_Workers]:
    try:
        from distributed import Client
    except ImportError as error:
        raise PackageMissing("distributed") from error
    try:
        client: Any = cast("Any", Client)(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterUnreachable(address, str(error)) from error
    with client:
        count = sum(client.nthreads().values())
        if not count:
            raise ClusterUnreachable(address, "it has no workers")

        @contextmanager
        def executor() -> Iterator[Executor | None]:
            # Rows depend on files that Dask does not track, so no result of an earlier call may be reused.
            yield client.get_executor(pure=False, retries=1)

        yield _Workers(executor, count)


def _results(workers: _Workers, plan: Plan, numbers: Sequence[int]) -> Iterator[tuple[int, Rows]]:
    """Yield each task's number and rows, in the order in which tasks end."""
    suspects: list[int] = []
    waiting = deque(numbers)
    while waiting:
        with workers.executor() as executor:
            if executor is None:
                yield from ((number, analyse(plan.task(number))) for number in waiting)
                return
            yield from _together(executor, workers.count * TASKS_PER_WORKER, plan, waiting, suspects)
    # One of these brought its worker down. Running each vault alone shows which; the others still succeed.
    singles = [(number, task) for number in suspects for task in plan.task(number).single()]
    alone = zip((number for number, _ in singles), _one_by_one(workers, [task for _, task in singles]), strict=True)
    for number, found in groupby(alone, itemgetter(0)):
        yield number, Rows.joined([rows for _, rows in found])


def _together(
    executor: Executor, most: int, plan: Plan, waiting: deque[int], suspects: list[int]
) -> Iterator[tuple[int, Rows]]:
    """Run the `waiting` tasks; if the executor breaks, stop and put the tasks in progress into `suspects`."""
    running: dict[Future[Rows], int] = {}
    broken = False
    while running or (waiting and not broken):
        while waiting and not broken and len(running) < most:
            number = waiting.popleft()
            try:
                running[executor.submit(analyse, plan.task(number))] = number
            except RuntimeError:
                # The executor has just broken; the tasks in progress are handled below.
                waiting.appendleft(number)
                broken = True
        for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
            number = running.pop(future)
            try:
                yield number, future.result()
            except Exception:  # noqa: BLE001  # tasks catch what vaults raise, so this is a worker that died
                suspects.append(number)
                broken = True


def _one_by_one(workers: _Workers, tasks: Iterable[Task]) -> Iterator[Rows]:
    """Analyse one vault after another; one that brings its worker down again is a problem, and costs a new executor."""
    waiting = deque(tasks)
    while waiting:
        with workers.executor() as executor:
            while waiting:
                task = waiting.popleft()
                try:
                    yield executor.submit(analyse, task).result() if executor else analyse(task)
                except Exception as error:  # noqa: BLE001  # as above
                    yield failed(task, f"it brought down the process that read it ({type(error).__name__})")
                    break
