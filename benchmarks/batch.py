"""How many vaults a second `netnotes batch` analyses: in one process, in two, on two Dask workers; and how that grows.

    python -m benchmarks.batch KITS [--kit texts-to-calls] [--style daily] [--most N]
    python -m benchmarks.batch --made 20 --growth 10 --growth 100 --growth 1000

KITS is the folder with `make_vaults.py` and one folder for each kit, as for `benchmarks.depth`. All vaults of the kit
are written, and analysed by each method; that all give the same rows is checked. `--growth` analyses so many small
made vaults of `--made` notes each in one process, and prints processor time and the peak of memory: both show whether a
vault costs more among many. Each measurement is a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.vaults import make

DAY = "2026-06-30"
METHODS = ("one process", "two processes", "Dask, two workers")


def analyse(method: str, folder: Path, out: Path) -> dict[str, Any]:
    """Analyse a folder of vaults in this process; return figures and a digest of the rows."""
    import datetime as dt

    from netnotes.app.batch.batch import run_batch

    day = dt.date.fromisoformat(DAY)
    begun = time.monotonic()
    if method == METHODS[2]:
        from distributed import LocalCluster

        # Starting a cluster is not the analysis.
        cluster: Any = LocalCluster  # the package has no types for it
        with cluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers:
            begun = time.monotonic()
            result = run_batch([folder], out, as_of=day, dask=workers.scheduler_address)
            seconds = time.monotonic() - begun
    else:
        result = run_batch([folder], out, as_of=day, processes=1 + METHODS.index(method))
        seconds = time.monotonic() - begun
    own, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "vaults": result.vaults,
        "failed": result.failed,
        "ties": result.rows["ties"],
        "seconds": seconds,
        "cpu": own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime,
        "peak": max(own.ru_maxrss, theirs.ru_maxrss) / 1024,
        "digest": _digest(result.tables.values()),
    }


def _digest(tables: Any) -> str:
    """Return what is the same for the same rows."""
    import pyarrow.parquet as pq

    found = hashlib.sha256()
    for place in sorted(map(str, tables)):
        found.update(repr(pq.read_table(place).to_pylist()).encode())
    return found.hexdigest()


def measured(method: str, folder: Path) -> dict[str, Any]:
    """Return the figures of one method, measured in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "benchmarks.batch", "--run", method, str(folder), f"{scratch}/ties.parquet"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def comparison_table(kits: Path, kit: str, style: str, most: int | None) -> Iterator[str]:
    """Yield the table that compares the methods on the vaults of a kit."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        made = [sys.executable, str(kits / "make_vaults.py"), str(kits / kit), style, scratch]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        for extra in sorted(folder.iterdir())[most:] if most else ():
            shutil.rmtree(extra)
        yield f"{'method':20}{'vaults':>8}{'seconds':>9}{'vaults/s':>10}{'CPU ms/vault':>14}{'peak MB':>9}  rows"
        first = ""
        for method in METHODS:
            found = measured(method, folder)
            first = first or found["digest"]
            same = "same" if found["digest"] == first else "DIFFERENT"
            yield (
                f"{method:20}{found['vaults']:8,}{found['seconds']:9.1f}{found['vaults'] / found['seconds']:10.1f}"
                f"{1000 * found['cpu'] / found['vaults']:14.1f}{found['peak']:9.0f}  {found['ties']:,} ties, {same}"
            )


def growth(sizes: list[int], notes: int) -> Iterator[str]:
    """Yield the table of the growth: made vaults of `notes` notes, in one process."""
    yield f"{'vaults':>8}{'seconds':>9}{'CPU s':>9}{'ms/vault':>10}{'peak MB':>9}  grows"
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as scratch:
        there = 0
        for size in sorted(sizes):
            for number in range(there, size):
                make(notes, Path(scratch) / f"vault {number:05}", seed=number)
            there = size
            found = measured(METHODS[0], Path(scratch))
            grows = math.log(found["cpu"] / before[1]) / math.log(size / before[0]) if before else None
            before = (size, found["cpu"])
            each = 1000 * found["cpu"] / size
            yield (
                f"{size:8,}{found['seconds']:9.1f}{found['cpu']:9.1f}{each:10.1f}{found['peak']:9.0f}"
                f"  {f'{grows:.2f}' if grows is not None else ''}"
            )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kits", nargs="?", type=Path)
    parser.add_argument("--kit", default="texts-to-calls")
    parser.add_argument("--style", default="daily")
    parser.add_argument("--most", type=int)
    parser.add_argument("--growth", type=int, action="append", default=[])
    parser.add_argument("--made", type=int, default=20)
    parser.add_argument("--run", nargs=3, metavar=("WAY", "FOLDER", "OUT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        method, folder, out = given.run
        print(json.dumps(analyse(method, Path(folder), Path(out))))
        return
    if not given.kits and not given.growth:
        parser.error("give KITS, or --growth")
    for line in comparison_table(given.kits, given.kit, given.style, given.most) if given.kits else ():
        print(line, flush=True)
    for line in growth(given.growth, given.made) if given.growth else ():
        print(line, flush=True)


if __name__ == "__main__":
    main()
