"""How long it takes to read a vault: the floor, cold, warm, one note changed, and what others take. With ratios.

    python -m benchmarks.read [--notes 1000 --notes 20000 --notes 100000] [--keep FOLDER] [--times N]

Vaults are made by `benchmarks.vaults`. Every measurement runs in its own process, in turn with the others, and the best
of N counts. `seconds` is the time within the reading call; `CPU` adds up all its processes, the fairer figure on a busy
machine; `whole` is the process from start to end. `MB` is the peak above a bare interpreter, without the workers.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.vaults import make

SIZES = (1_000, 20_000, 100_000)


def list_and_stat(root: Path, _: Path) -> int:
    from netnotes.storage.scan import listing

    return len(listing(root).notes)


def read_bytes(root: Path, _: Path) -> int:
    from netnotes.storage.scan import listing, read_bytes

    return sum(len(read_bytes(f"{root}/{path}", 1 << 21)) > 0 for path in listing(root).notes)


def parser_events(root: Path, _: Path) -> int:
    import pyromark

    from netnotes.storage.scan import listing, read_bytes

    parser = pyromark.Markdown()
    texts = (read_bytes(f"{root}/{path}", 1 << 21).decode() for path in listing(root).notes)
    return sum(1 for text in texts if parser.events_with_range(text) is not None)


def cold_in_one_process(root: Path, _: Path) -> int:
    return _refresh(root, None, 1)


def cold(root: Path, _: Path) -> int:
    return _refresh(root, None, os.cpu_count() or 1)


def cold_and_keep(root: Path, cache: Path) -> int:
    shutil.rmtree(cache, ignore_errors=True)
    return _refresh(root, cache, os.cpu_count() or 1)


def warm(root: Path, cache: Path) -> int:
    return _refresh(root, cache, os.cpu_count() or 1)


def _refresh(root: Path, cache: Path | None, processes: int) -> int:
    from netnotes.storage.cache import NoteCache
    from netnotes.storage.note_store import NoteStore

    vault, _ = NoteStore(root, NoteCache(cache, root) if cache else None, processes).refresh()
    return len(vault.notes)


def graphmark(root: Path, _: Path) -> int:
    import graphmark

    graph = graphmark.build(graphmark.VaultConfig(root=root))
    return int(graphmark.stats(graph)["notes"])


def hvk_rebuild(root: Path, cache: Path) -> int:
    return _hvk(root, cache, rebuild=True)


def hvk_rescan(root: Path, cache: Path) -> int:
    return _hvk(root, cache, rebuild=False)


def _hvk(root: Path, cache: Path, *, rebuild: bool) -> int:
    from hvk import paths, scan

    scan.scan(paths.resolve(root, cache.with_name(f"{cache.name}-hvk")), rebuild=rebuild)
    return 0


MEASURES: dict[str, tuple[str, Callable[[Path, Path], int]]] = {
    "list and stat": ("netnotes", list_and_stat),
    "… and read the bytes": ("netnotes", read_bytes),
    "… and let pyromark parse": ("netnotes", parser_events),
    "cold, one process": ("netnotes", cold_in_one_process),
    "cold": ("netnotes", cold),
    "cold, and kept": ("netnotes", cold_and_keep),
    "warm": ("netnotes", warm),
    "one note changed": ("netnotes", warm),
    "graphmark": ("graphmark", graphmark),
    "hvk, rebuild": ("hvk", hvk_rebuild),
    "hvk, nothing changed": ("hvk", hvk_rescan),
}
"""Title → (the package it needs, what is measured); in this order, for some need what the one before left."""

Figures = dict[str, float]


def child(name: str, root: Path, cache: Path) -> None:
    """Measure one thing in this process and print it."""
    bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    function = MEASURES[name][1]
    begin = time.perf_counter()
    notes = function(root, cache)
    seconds = time.perf_counter() - begin
    own, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        json.dumps(
            {
                "seconds": seconds,
                "CPU": own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime,
                "MB": (own.ru_maxrss - bare) / (1024 if sys.platform != "darwin" else 1024**2),
                "notes": notes,
            }
        )
    )


def measured(name: str, root: Path, cache: Path) -> Figures:
    """Return the figures of one process."""
    command = [sys.executable, "-m", "benchmarks.read", "--child", name, str(root), str(cache)]
    begin = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    whole = time.perf_counter() - begin
    figures: Figures = json.loads(done.stdout)
    return figures | {"whole": whole}


def change_one(root: Path) -> None:
    """Add a line to one note, which is settled by the time it is read."""
    place = next((root / "Meetings").rglob("*.md"))
    with place.open("a", encoding="utf-8") as file:
        file.write("one more line\n")
    time.sleep(2.5)


def table(root: Path, cache: Path, times: int) -> Iterator[str]:
    """Yield the lines of the table of one vault."""
    names = [name for name, (package, _) in MEASURES.items() if importlib.util.find_spec(package)]
    found: dict[str, list[Figures]] = {name: [] for name in names}
    for _ in range(times):
        for name in names:
            if name == "one note changed":
                change_one(root)
            found[name].append(measured(name, root, cache))
    best = {name: {key: min(one[key] for one in all_) for key in all_[0]} for name, all_ in found.items()}
    floor = best["list and stat"]["seconds"]
    peer = best.get("graphmark", {}).get("seconds")
    yield f"{'':26}{'seconds':>9}{'CPU':>8}{'whole':>8}{'MB':>7}{'kB/note':>9}{'× list':>8}{'× graphmark':>13}"
    notes = best["cold"]["notes"]
    for name, figures in best.items():
        ratio = f"{figures['seconds'] / peer:13.2f}" if peer else f"{'':13}"
        yield (
            f"{name:26}{figures['seconds']:9.3f}{figures['CPU']:8.2f}{figures['whole']:8.2f}{figures['MB']:7.0f}"
            f"{figures['MB'] * 1024 / notes:9.2f}{figures['seconds'] / floor:8.1f}{ratio}"
        )


def main() -> None:
    """Print a table for each size asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, action="append", help="size of a vault; may be given several times")
    parser.add_argument("--keep", type=Path, help="folder in which vaults are made, and found again the next time")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child[0], Path(given.child[1]), Path(given.child[2]))
        return
    with tempfile.TemporaryDirectory() as scratch:
        for notes in given.notes or SIZES:
            root = (given.keep or Path(scratch)) / str(notes)
            if not root.exists():
                make(notes, root)
                time.sleep(2.5)
            print(f"\n{notes:,} notes on {os.cpu_count()} cores", flush=True)
            for line in table(root, Path(scratch) / f"cache-{notes}", given.times):
                print(line, flush=True)


if __name__ == "__main__":
    main()
