"""How long commands take over a vault: from nothing, unchanged, after one change; how that grows; and beside others.

    python -m benchmarks.commands [--notes 1000 --notes 10000 --notes 100000] [--times N] [--against CHECKOUT]

Each figure is the CPU time of a process and its children from start to end, the best of N, in turn with the others:
on a busy machine it is fairer than the clock. `grows` is the exponent against the size before: 1 is linear. With
`--against`, a checkout of another version of NetNotes runs in the same turns. graphmark and headless-vault-kit are
measured where they are installed. `benchmarks.scale` has memory and the daemon beside it, in one table.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.vaults import make

SIZES = (1_000, 10_000, 100_000)
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "links, from nothing": ("links", "{vault}", "--json", "--no-cache"),
    "people, from nothing": ("people", "{vault}", "--no-cache"),
    "people, first run": ("people", "{vault}"),
    "check, first run": ("check", "{vault}"),
    "people, unchanged": ("people", "{vault}"),
    "today, unchanged": ("today", "{vault}"),
    "why, unchanged": ("why", "{person}", "{vault}"),
    "check, unchanged": ("check", "{vault}"),
    "graph, unchanged": ("graph", "{vault}", "--output", "{page}"),
    "people, one note changed": ("people", "{vault}"),
    "check, one note changed": ("check", "{vault}"),
}
"""Title → what is run; in this order, for some take up what the one before left."""
OTHERS = {"graphmark": "graphmark", "hvk, rebuild": "hvk", "hvk, nothing changed": "hvk"}
"""Measure of `benchmarks.read` → the package it needs."""
FLOOR = ("list and stat", "… and read the bytes")
"""Measures of `benchmarks.read` below which nothing can be."""
_SETTLED = 2.5
"""Seconds after which a change is read once and for all."""


class Spent(NamedTuple):
    """What a process and its children took."""

    cpu: float
    """Seconds of processor time, of the user and of the system."""
    memory: float
    """Peak of the largest of them, in MB."""


def spent(command: list[str], environ: Mapping[str, str]) -> Spent:
    """Run a command; return what it took. Raises CalledProcessError for exit codes above 1."""
    with tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, env=dict(environ), stdout=subprocess.DEVNULL, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode > 1 or process.returncode < 0:
            err.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, stderr=err.read())
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2))


def measured(notes: int, scratch: Path, times: int, trees: Mapping[str, Path]) -> dict[str, dict[str, Spent]]:
    """Return title → tree → the least it took, for a vault of `notes` notes in `scratch`, made where it is not there.

    The floor and other tools count as `here`.
    """
    vault = scratch / str(notes)
    if not vault.exists():
        make(notes, vault)
        time.sleep(_SETTLED)
    found: dict[str, dict[str, Spent]] = {}
    for title in (*FLOOR, *(title for title, package in OTHERS.items() if importlib.util.find_spec(package))):
        command = [sys.executable, "-m", "benchmarks.read", "--child", title, str(vault), str(scratch / "other")]
        found[title] = {"here": _least([spent(command, os.environ) for _ in range(times)])}
    if ripgrep := shutil.which("rg"):
        command = [ripgrep, "--count-matches", "--no-ignore", "--fixed-strings", "[[", str(vault)]
        found["ripgrep"] = {"here": _least([spent(command, os.environ) for _ in range(times)])}
    for tree, folder in trees.items():
        for title, took in _of_tree(vault, folder, scratch / f"cache-{tree}-{notes}", times):
            found.setdefault(title, {})[tree] = took
    return found


def _of_tree(vault: Path, folder: Path, cache: Path, times: int) -> Iterator[tuple[str, Spent]]:
    """Yield what each command of one version of NetNotes takes."""
    environ = os.environ | {"NETNOTES_CACHE": str(cache)}
    environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    person = min((vault / "People").iterdir()).relative_to(vault).as_posix()
    day = next((vault / "Meetings").rglob("*.md"))
    start = [sys.executable, "-P", "-m", "netnotes"]
    for title, words in COMMANDS.items():
        command = [
            *start,
            *(word.format(vault=vault, person=person, page=cache.with_suffix(".html")) for word in words),
        ]
        if title.endswith("unchanged"):
            spent(command, environ)
        took = []
        for _ in range(times):
            if title.endswith("first run"):
                shutil.rmtree(cache, ignore_errors=True)
            if title.endswith("note changed"):
                with day.open("a", encoding="utf-8") as file:
                    file.write("one more line\n")
                time.sleep(_SETTLED)
            took.append(spent(command, environ))
        yield title, _least(took)


def _least(took: list[Spent]) -> Spent:
    return Spent(min(one.cpu for one in took), min(one.memory for one in took))


def exponent(notes: int, here: float, before: int, earlier: float) -> float:
    """Return how a figure grows with the notes: 1 in proportion, 2 with the square."""
    return math.log(here / earlier) / math.log(notes / before)


def lines(
    notes: int, figures: Mapping[str, Mapping[str, Spent]], before: tuple[int, Mapping[str, float]]
) -> Iterator[str]:
    """Yield the table of one size; `before` is the size before and its figures."""
    yield f"\n{notes:,} notes, CPU seconds{'':7}{'here':>8}{'against':>9}{'ratio':>7}{'grows':>7}{'× graphmark':>13}"
    peer = figures["graphmark"]["here"].cpu if "graphmark" in figures else None
    for title, row in figures.items():
        here, other = row["here"].cpu, row["against"].cpu if "against" in row else None
        size, earlier = before[0], before[1].get(title)
        grows = f"{exponent(notes, here, size, earlier):7.2f}" if earlier else f"{'':7}"
        against = f"{other:9.2f}{here / other:7.2f}" if other else f"{'':16}"
        yield f"{title:31}{here:8.2f}{against}{grows}" + (f"{here / peer:13.2f}" if peer else "")


def main() -> None:
    """Print one table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, action="append", help="size of a vault; may be given several times")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--against", type=Path, help="a checkout of another version")
    given = parser.parse_args()
    trees = {"here": Path(__file__).parents[1]} | ({"against": given.against} if given.against else {})
    before: tuple[int, Mapping[str, float]] = (1, {})
    with tempfile.TemporaryDirectory() as scratch:
        for notes in given.notes or SIZES:
            figures = measured(notes, Path(scratch), given.times, trees)
            for line in lines(notes, figures, before):
                print(line, flush=True)
            before = notes, {title: row["here"].cpu for title, row in figures.items()}


if __name__ == "__main__":
    main()
