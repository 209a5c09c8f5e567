"""One table of all that grows with a vault: reading, commands, map, memory, the daemon, and other tools beside them.

    python -m benchmarks.scale [--notes 1000 --notes 10000 --notes 100000] [--times N] [--against CHECKOUT]
                               [--keep FOLDER] [--saves N] [--idle SECONDS] [--burst FILES]

A column for each size. Commands, the floor and other tools: seconds of processor time of a process and its children,
the best of N, all in turn in one run. `grows` is the exponent between the last two sizes: 1 is in proportion; a row
that grows faster than n log n is marked. `× floor` (list all notes and read their bytes), `× graphmark` and
`× against` (another checkout of NetNotes) are of the last size. With `--saves 0` the daemon is left out. Its times are
by the clock, and mean something on an idle machine only. graphmark, headless-vault-kit (hvk) and ripgrep are measured
where they are installed. Linux.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import commands, watch
from benchmarks.commands import FLOOR, SIZES, exponent
from benchmarks.daemon_process import Daemon

Column = dict[str, float]
"""Title → figure of one size."""
TOLERANCE = 0.1
"""By how much an exponent may be above that of n log n before the row is marked."""
PEAKS = tuple(title for title in commands.COMMANDS if not title.startswith("links"))
"""Commands of which the memory is printed, too."""
SECONDS = "seconds of processor time"
MEMORY = "MB at most, of the largest process"
DAEMON = "the daemon"


def daemon_figures(vault: Path, saves: int, idle: float, burst: int) -> Column:
    """Return what the daemon takes on a copy of a vault, which it may write to."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        shutil.copytree(vault, root)
        (root / "netnotes.toml").write_text("write_delay = 0\n", encoding="utf-8")
        daemon = Daemon(root)
        daemon.netnotes("sync", "--yes", str(root))
        found: Column = {}
        with daemon.running():
            found["memory at rest, MB"] = daemon.memory()
            found["save of a daily note to field, p95, s"] = watch.p95(watch.latencies(daemon, saves))
            found["new meeting note to field, p95, s"] = watch.p95(watch.new_meetings(daemon, saves))
            for command in ("people", "check"):
                unchanged, changed = watch.answers(daemon, min(saves, watch.MOST_ANSWERS), command)
                found[f"{command}, answered by it, unchanged, s"] = unchanged
                found[f"{command}, answered by it, right after a save, s"] = changed
            if idle:
                found[f"doing nothing for {idle:.0f} s, s of processor time"] = watch.idle(daemon, idle)
            if burst:
                found[f"{burst:,} new files, × a scan from nothing"] = watch.burst(daemon, burst)
            found["memory at last, MB"] = daemon.memory()
            found["memory at most, MB"] = daemon.memory("VmHWM")
    return found


def table(
    sizes: Sequence[int],
    parts: Mapping[str, Sequence[Column]],
    against: Column,
) -> Iterator[str]:
    """Yield the lines of the table, part by part; `against` has the last size of another version."""
    reading = parts[SECONDS][-1]
    floor, peer = reading[FLOOR[-1]], reading.get("graphmark")
    marks = "".join(f"{size:>10,}" for size in sizes)
    yield f"{'notes':50}{marks}{'grows':>8} {'× floor':>8}{'× graphmark':>12}{'× against':>10}"
    for part, columns in parts.items():
        yield f"\n{part}"
        for title in columns[-1]:
            row = [column.get(title, math.nan) for column in columns]
            cells = "".join(f"{figure:10.3f}" if figure < 10 else f"{figure:10.1f}" for figure in row)
            cells += growth(sizes, row)
            if part == SECONDS:
                cells += f"{row[-1] / floor:8.1f}" + (f"{row[-1] / peer:12.2f}" if peer else " " * 12)
                cells += f"{row[-1] / against[title]:10.2f}" if title in against else ""
            yield f"{title:50}{cells}".rstrip()


def growth(sizes: Sequence[int], row: Sequence[float]) -> str:
    """Return the exponent between the last two figures of a row, with `!` where it is above that of n log n."""
    if len(row) < 2 or min(row[-2:]) <= 0 or math.isnan(row[-2]):
        return " " * 9
    small, large = sizes[-2:]
    found = exponent(large, row[-1], small, row[-2])
    most = exponent(large, large * math.log(large), small, small * math.log(small)) + TOLERANCE
    return f"{found:8.2f}{'!' if found > most else ' '}"


def main() -> None:
    """Measure all sizes and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, action="append", help="size of a vault; may be given several times")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--against", type=Path, help="a checkout of another version")
    parser.add_argument("--keep", type=Path, help="folder in which vaults are made, and found again the next time")
    parser.add_argument("--saves", type=int, default=40, help="of each kind that the daemon is to notice; 0: no daemon")
    parser.add_argument("--idle", type=float, default=30.0)
    parser.add_argument("--burst", type=int, default=0)
    given = parser.parse_args()
    trees = {"here": Path(__file__).parents[1]} | ({"against": given.against} if given.against else {})
    sizes = sorted(given.notes or SIZES)
    parts: dict[str, list[Column]] = {part: [] for part in (SECONDS, MEMORY, *([DAEMON] if given.saves else []))}
    against: Column = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        for notes in sizes:
            print(f"{notes:,} notes …", file=sys.stderr, flush=True)
            figures = commands.measured(notes, folder, given.times, trees)
            parts[SECONDS].append({title: row["here"].cpu for title, row in figures.items()})
            parts[MEMORY].append({title: figures[title]["here"].memory for title in PEAKS})
            against = {title: row["against"].cpu for title, row in figures.items() if "against" in row}
            if given.saves:
                parts[DAEMON].append(daemon_figures(folder / str(notes), given.saves, given.idle, given.burst))
    for line in table(sizes, parts, against):
        print(line)


if __name__ == "__main__":
    main()
