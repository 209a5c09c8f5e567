"""How long commands take over a vault: from nothing, unchanged, after one change; how that grows; and beside others.

    python -m benchmarks.commands [--notes 1000 --notes 10000 --notes 100000] [--times N] [--against CHECKOUT]

Each figure is the CPU time of a process and its children from start to end, the best of N, in turn with the others:
on a busy machine it is fairer than the clock. `grows` is the exponent against the size before: 1 is linear. With
`--against`, a checkout of another version of NetNotes runs in the same turns. graphmark and headless-vault-kit are
measured where they are installed; see `benchmarks.read` for the floor that listing and reading set.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.vaults import make

SIZES = (1_000, 10_000, 100_000)
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "links, from nothing": ("links", "{vault}", "--json", "--no-cache"),
    "people, from nothing": ("people", "{vault}", "--no-cache"),
    "people, unchanged": ("people", "{vault}"),
    "today, unchanged": ("today", "{vault}"),
    "why, unchanged": ("why", "{person}", "{vault}"),
    "check, unchanged": ("check", "{vault}"),
    "people, one note changed": ("people", "{vault}"),
}
"""Title → what is run; in this order, for some take up what the one before left."""
OTHERS = {"graphmark": "graphmark", "hvk, rebuild": "hvk"}
"""Measure of `benchmarks.read` → the package it needs."""
_SETTLED = 2.5
"""Seconds after which a change is read once and for all."""


def cpu(command: list[str], environ: Mapping[str, str]) -> float:
    """Return the CPU seconds that a process and its children take. Raises CalledProcessError for exit codes above 1."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=dict(environ), capture_output=True, check=False)
    if done.returncode > 1:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(notes: int, scratch: Path, times: int, trees: Mapping[str, Path]) -> dict[str, dict[str, float]]:
    """Return title → tree → CPU seconds, for a vault of `notes` notes; `graphmark` and `hvk` count as trees."""
    vault = scratch / str(notes)
    make(notes, vault)
    person = min((vault / "People").iterdir()).relative_to(vault).as_posix()
    day = next((vault / "Meetings").rglob("*.md"))
    time.sleep(_SETTLED)
    found: dict[str, dict[str, float]] = {}
    for tree, folder in trees.items():
        environ = os.environ | {"NETNOTES_CACHE": str(scratch / f"cache-{tree}-{notes}"), "PYTHONPATH": str(folder)}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        start = [sys.executable, "-P", "-m", "netnotes"]
        for title, words in COMMANDS.items():
            command = [*start, *(word.format(vault=vault, person=person) for word in words)]
            if title.endswith("unchanged"):
                cpu(command, environ)
            for _ in range(times):
                if title.endswith("changed") and not title.endswith("unchanged"):
                    with day.open("a", encoding="utf-8") as file:
                        file.write("one more line\n")
                    time.sleep(_SETTLED)
                seconds = cpu(command, environ)
                row = found.setdefault(title, {})
                row[tree] = min(row.get(tree, math.inf), seconds)
    for title, package in OTHERS.items():
        if importlib.util.find_spec(package):
            command = [sys.executable, "-m", "benchmarks.read", "--child", title, str(vault), str(scratch / "other")]
            found[title] = {"here": min(cpu(command, os.environ) for _ in range(times))}
    return found


def lines(
    notes: int, figures: Mapping[str, Mapping[str, float]], before: tuple[int, Mapping[str, float]]
) -> Iterator[str]:
    """Yield the table of one size; `before` is the size before and its figures."""
    yield f"\n{notes:,} notes, CPU seconds{'':7}{'here':>8}{'against':>9}{'ratio':>7}{'grows':>7}{'× graphmark':>13}"
    peer = figures.get("graphmark", {}).get("here")
    for title, row in figures.items():
        here, other = row["here"], row.get("against")
        size, earlier = before[0], before[1].get(title)
        grows = f"{math.log(here / earlier) / math.log(notes / size):7.2f}" if earlier else f"{'':7}"
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
            before = notes, {title: row["here"] for title, row in figures.items()}


if __name__ == "__main__":
    main()
