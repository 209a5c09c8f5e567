"""What the host adds to plugins: `python -m benchmarks.plugins [--ties N] [--encounters M]`.

Compares the bundled scorers' own time, their functions called bare, with what scoring takes through the host
(checked, bounded, timed, isolated), the least of several rounds in turn; and counts what start-up imports.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from typing import cast

from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.model import Tie
from netnotes.network.network import Network
from netnotes.plugin.facts import Score
from netnotes.plugin.hooks import Plugin, Scorer
from netnotes.plugin.network_view import NetworkView
from netnotes.plugin.notes import NO_SOURCES
from netnotes.plugin_host.loader import bundled
from netnotes.plugin_host.time_limit import Timekeeper
from netnotes.scoring import runner
from netnotes.scoring.depth import DEPTH, depths
from netnotes.scoring.scores import Facts
from netnotes.testing import samples

WEIGHTS = Config().depth.weights


def bare(network: Network, plugins: tuple[Plugin, ...]) -> float:
    """Return the seconds that the functions and depth's formula take, their scores kept as they come."""
    facts: dict[str, Facts] = {}
    known = {tie: tie for tie in network.ties}
    total = 0.0
    for plugin in plugins:
        for hook in plugin.hooks:
            if not isinstance(hook, Scorer):
                continue
            if DEPTH.name in hook.reads.fields and DEPTH.name not in facts:
                start = time.process_time()
                facts[DEPTH.name] = depths(network.ties, facts, WEIGHTS)
                total += time.process_time() - start
            # What a scorer is shown, and nothing more.
            access = runner._access(hook, network, facts, {}, known, {}, NO_SOURCES)  # noqa: SLF001
            view = NetworkView(network, access)
            start = time.process_time()
            facts[hook.field.name] = {
                cast("Tie", found.on): found
                for found in hook.function(view, plugin.options[hook.options])
                if isinstance(found, Score)
            }
            total += time.process_time() - start
    return total


def hosted(network: Network, plugins: tuple[Plugin, ...]) -> float:
    """Return the seconds that the same takes as the host does it, from first to last."""
    start = time.process_time()
    runner.score(network, plugins, WEIGHTS, ScoreMemory(), limit=Timekeeper())
    return time.process_time() - start


def fresh(
    ties: int,
    encounters: int,
    measure: Callable[[Network, tuple[Plugin, ...]], float],
    plugins: tuple[Plugin, ...],
) -> float:
    """Measure on a network that nobody has looked at: ties keep sums for the next time."""
    network = samples.many(ties, encounters)
    gc.collect()
    # When it collects is chance, and it costs more than what is looked for.
    gc.disable()
    try:
        return measure(network, plugins)
    finally:
        gc.enable()


def imported(*, scored: bool) -> list[str]:
    """Return which plugin modules a process has imported after opening nothing, or a vault."""
    work = (
        "import netnotes.cli; netnotes.cli.run_command(['people', 'examples/vault'])"
        if scored
        else "import netnotes.cli"
    )
    code = (
        f"import io, sys, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n    {work}\n"
        "print(*sorted(m for m in sys.modules if m.startswith('netnotes_plugins.')))"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ties", type=int, default=5_000)
    options.add_argument("--encounters", type=int, default=10, help="on each tie")
    options.add_argument("--rounds", type=int, default=7)
    given = options.parse_args()
    plugins = bundled(Config())
    pairs = [
        tuple(fresh(given.ties, given.encounters, measure, plugins) for measure in (bare, hosted))
        for _ in range(given.rounds)
    ]
    own, through = (min(column) for column in zip(*pairs, strict=True))
    print(f"{given.ties:,} ties, {given.ties * given.encounters:,} encounters, best of {given.rounds} rounds, CPU time")
    print(f"bundled scorers bare    {own * 1000:7.1f} ms")
    print(f"through the host        {through * 1000:7.1f} ms   {(through / own - 1) * 100:+.1f} %")
    print(f"imported at start-up    {imported(scored=False) or 'no plugin'}")
    print(f"imported to score       {' '.join(imported(scored=True))}")


if __name__ == "__main__":
    main()
