"""Where the time goes in a rescore, and what looking back month by month costs beside it. On one core, CPU seconds."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from benchmarks.networks import make
from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.model import Tie
from netnotes.network.network import Network
from netnotes.plugin.hooks import Plugin
from netnotes.plugin_host.loader import bundled
from netnotes.scoring.history import compute_history, last_months
from netnotes.scoring.runner import score

MONTHS = 60


@dataclass(frozen=True, slots=True)
class Clock:
    """Adds up the CPU seconds of each function."""

    took: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def __call__(self, plugin: Plugin, function: str) -> Iterator[Callable[[], None]]:
        """Time the block."""
        del plugin
        start = time.process_time()
        yield lambda: None
        self.took[function] = self.took.get(function, 0.0) + time.process_time() - start


def forgetful(network: Network) -> Network:
    """Return the network as nobody has looked at it yet, so that nothing added up before helps."""
    return replace(network, ties=tuple(Tie(tie.people, tie.ego, tie.contacts) for tie in network.ties))


def least(function: Callable[[Network], object], network: Network, times: int = 3) -> float:
    """Return the least CPU seconds that `function` takes on a network that nobody has looked at."""
    took = []
    for _ in range(times):
        fresh = forgetful(network)
        start = time.process_time()
        function(fresh)
        took.append(time.process_time() - start)
    return min(took)


def profile(people: int = 5000, encounters: int = 50_000) -> Iterator[str]:
    """Yield the report, line by line."""
    plugins, weights = bundled(Config()), Config().depth.weights
    network = make(people, encounters)
    contacts = sum(len(tie.contacts) for tie in network.ties)
    yield f"{people:,} people, {encounters:,} encounters, {contacts:,} contacts, five years"
    whole = least(lambda n: score(n, plugins, weights, ScoreMemory()), network)
    clock, fresh = Clock(), forgetful(network)
    start = time.process_time()
    score(fresh, plugins, weights, ScoreMemory(), limit=clock)
    rest = time.process_time() - start - sum(clock.took.values())
    yield f"full rescore          {whole:6.2f} s at best of three; one of them in parts:"
    for name, seconds in clock.took.items():
        yield f"  {name:20}{seconds:6.2f} s"
    yield f"  depth and checks    {rest:6.2f} s"
    days = last_months(network.today, MONTHS - 1)
    for size in ((people, encounters), (3000, 7000), (300, 9700)):
        made = network if size == (people, encounters) else make(*size)
        once = least(lambda n: score(n, plugins, weights, ScoreMemory()), made)
        all_ = least(lambda n: compute_history(n, plugins, weights, days), made)
        yield (
            f"{len(days)} monthly states, {size[0]:,} people and {size[1]:,} encounters:"
            f" {all_:.2f} s, {all_ / once:.1f} times one scoring ({once:.2f} s)"
        )
