"""Whether a plugin keeps the contract on awkward networks: what `conforms` and `netnotes plugins check` try."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from netnotes.config import Config
from netnotes.errors import BadName
from netnotes.extract import people, readers
from netnotes.model import Problem, Vault
from netnotes.network.network import Network
from netnotes.plugin.call import TRACEBACK
from netnotes.plugin.facts import Field, Score
from netnotes.plugin.hooks import Hook, Plugin, Reader, Report, Scorer, Styler
from netnotes.plugin_host import discovery, loader
from netnotes.plugin_host.discovery import Source
from netnotes.plugin_host.module_loader import imported
from netnotes.plugin_host.time_limit import Timekeeper
from netnotes.scoring.depth import DEPTH
from netnotes.scoring.reports import ReportResult, run_report, styles
from netnotes.scoring.runner import score
from netnotes.scoring.views import ScoredNetwork
from netnotes.testing import specimens
from netnotes.testing.subjects import What, as_plugin

SPEED_TIES, SPEED_ENCOUNTERS = 5_000, 4
SLOWEST = 8.0
"""Times the bundled scorers' own time that a scorer or styler may take at 5,000 ties."""
SLOWEST_REPORT = 40.0
"""The same for a report, which is asked for one at a time, and may look at many days."""
SECONDS = 20.0
"""What one function may take at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried, and what was wrong.

    .. versionadded:: 0.1
    """

    test: str
    message: str | None = None
    """None if all was well."""
    hint: str | None = None


def conforms(what: What) -> None:
    """Raise AssertionError with all that `what` (a decorated function, several, or a module) does against the contract.

    Tried are an empty network, one tie, every script and odd names, names that two people share, missing and odd
    properties, the ends of time, whether the same comes out twice and in another order, range, own facts only, and
    speed at 5,000 ties.

    .. versionadded:: 0.1
    """
    wrong = [found for found in examine(what) if found.message]
    if wrong:
        raise AssertionError("\n".join(f"{found.test}: {found.message}" for found in wrong))


def examine(what: What) -> tuple[Finding, ...]:
    """Return all that was tried, and what was wrong, if anything.

    .. versionadded:: 0.1
    """
    return tuple(_examined(as_plugin(what)))


def sources_of(word: str) -> tuple[Source, ...]:
    """Return the plugins that a file, a folder or a name means. Raises BadName if there is none."""
    place = Path(word).expanduser()
    if place.is_dir():
        packages = sorted(place.glob("src/*/__init__.py")) or sorted(place.glob("*/__init__.py"))
        if (place / "pyproject.toml").exists() and packages:
            return tuple(_package(each) for each in packages)
        files = tuple(discovery.file(discovery.canonical(each)) for each in sorted(place.glob("*.py")))
        if files:
            return files
    if place.suffix == ".py" or place.exists():
        return (discovery.file(discovery.canonical(place)),)
    known = {
        source.name: source
        for source in (
            *discovery.bundled((*discovery.BUNDLED, *discovery.OPTIONAL, *discovery.REPORTS)),
            *discovery.installed(),
        )
    }
    if word not in known:
        raise BadName(word, f"a plugin file, a folder or one of {', '.join(sorted(known))}")
    return (known[word],)


def _package(place: Path) -> Source:
    """Return the plugin of a package's `__init__.py`, called as its folder is."""
    source = discovery.file(discovery.canonical(place))
    name = place.parent.name.removeprefix("netnotes_")
    data = place.read_bytes() if not source.data else source.data
    return Source(name, "file", str(place), data=data)


def examine_file(path: Path) -> tuple[Finding, ...]:
    """Import the plugin file at `path`, whoever allowed it, and examine it."""
    return examine_source(discovery.file(path))


def examine_source(source: Source) -> tuple[Finding, ...]:
    """Import a plugin, whoever allowed it, and examine it."""
    if source.fault:
        return (Finding("can be read", source.fault),)
    plugin, problem = imported(source, Timekeeper(SECONDS))
    if plugin is None:
        told = problem or Problem("not loaded")
        return (Finding("can be imported", told.message, told.hint),)
    return (Finding("can be imported"), *_examined(plugin))


def _examined(plugin: Plugin) -> Iterator[Finding]:
    for hook in plugin.hooks:
        if isinstance(hook, Reader):
            yield from _reader(hook, plugin)
        elif isinstance(hook, Scorer | Styler | Report):
            yield from _of_network(hook, plugin)


def _of_network(hook: Scorer | Styler | Report, plugin: Plugin) -> Iterator[Finding]:
    own = tuple(other for other in plugin.hooks if isinstance(other, Scorer) and other is not hook)
    alone = replace(plugin, hooks=(hook, *own), options={})
    beside = _beside(alone)
    for title, network in specimens.networks():
        first, problems = _facts(hook, alone, beside, network)
        finding = Finding(f"{hook.name}: {title}", *_failure(hook, alone, problems))
        if not finding.message:
            again, _ = _facts(hook, alone, beside, network)
            turned, _ = _facts(hook, alone, beside, _turned(network))
            if again != first:
                finding = replace(
                    finding, message="yields something else the second time", hint="same network, same facts"
                )
            elif not isinstance(hook, Report) and turned != first:
                finding = replace(
                    finding,
                    message="yields something else when ties come in another order",
                    hint="let no tie's facts depend on those before it",
                )
            elif isinstance(hook, Scorer) and hook.per_tie and _one_by_one(hook, alone, beside, network) != first:
                finding = replace(
                    finding,
                    message="yields something else when a tie is scored alone",
                    hint="what is said of a tie follows from others: take `per_tie` away",
                )
        yield finding
    yield _speed(hook, alone, beside)


def _beside(plugin: Plugin) -> tuple[Plugin, ...]:
    """Return the plugins that score what `plugin` reads: the bundled ones, and stand-ins for any other."""
    bundled = tuple(other for other in loader.bundled(Config()) if other.name != plugin.name)
    scorers = [hook for other in (*bundled, plugin) for hook in other.hooks if isinstance(hook, Scorer)]
    known = {hook.field.name for hook in scorers} | {DEPTH.name}
    reads = {name for hook in plugin.hooks if not isinstance(hook, Reader) for name in hook.reads.required}
    return (*bundled, *(_stand_in(name) for name in sorted(reads - known)))


def _stand_in(name: str) -> Plugin:
    def half(network: Network, options: object) -> Iterator[Score]:
        del options
        for tie in network.ties:
            yield Score(tie, 0.5, "stand-in")

    return Plugin(
        f"stand_in_{name}", (Scorer(name, half, Field(name, "stand-in", write=False), per_tie=True, between=True),)
    )


def _facts(hook: Hook, alone: Plugin, beside: Sequence[Plugin], network: Network) -> tuple[object, tuple[Problem, ...]]:
    """Return what a function yields for a network, so that it can be compared, and all problems."""
    limit = Timekeeper(SECONDS)
    plugins = (*beside, alone)
    weights = Config().depth.weights
    scores, problems = score(network, plugins, weights, limit=limit)
    if isinstance(hook, Scorer):
        facts = scores.facts.get(hook.field.name, {})
        return {tie: repr((fact.value, fact.because, fact.label)) for tie, fact in facts.items()}, problems
    scored = ScoredNetwork(network, scores, plugins, weights, limit)
    if isinstance(hook, Styler):
        found, said = styles(scored)
        return sorted(map(repr, found)), said
    told: ReportResult = run_report(hook, alone, scored) if isinstance(hook, Report) else ReportResult()
    return list(map(repr, told.facts)), told.problems


def _one_by_one(hook: Scorer, alone: Plugin, beside: Sequence[Plugin], network: Network) -> dict[object, object]:
    """Return what a scorer yields for each tie when it is shown no other."""
    found: dict[object, object] = {}
    for tie in network.ties:
        facts, _ = _facts(hook, alone, beside, replace(network, ties=(tie,)))
        found |= facts if isinstance(facts, dict) else {}
    return found


def _failure(hook: Hook, plugin: Plugin, problems: Sequence[Problem]) -> tuple[str | None, str | None]:
    """Return the host's words about a function that failed, and the hint."""
    said = [p for p in problems if p.plugin == plugin.name and p.failure and p.failure.hook == hook.name]
    if not said:
        return None, None
    return said[0].message, None if said[0].hint == TRACEBACK else said[0].hint


def _turned(network: Network) -> Network:
    return replace(network, ties=network.ties[::-1], people=network.people[::-1])


def _speed(hook: Scorer | Styler | Report, alone: Plugin, beside: Sequence[Plugin]) -> Finding:
    network, plugins = _crowd(), (*beside, alone)
    limit = Timekeeper(SECONDS * 3)
    weights = Config().depth.weights
    scores, _ = score(network, plugins, weights, limit=limit)
    usual = sum(seconds for (plugin, _), seconds in limit.took.items() if plugin != alone.name)
    scored = ScoredNetwork(network, scores, plugins, weights, limit)
    if isinstance(hook, Styler):
        styles(scored)
    elif isinstance(hook, Report):
        run_report(hook, alone, scored)
    took = limit.took.get((alone.name, hook.name), 0.0)
    title = f"{hook.name}: {SPEED_TIES:,} ties in time"
    if took > (SLOWEST_REPORT if isinstance(hook, Report) else SLOWEST) * usual:
        return Finding(
            title,
            f"takes {took / usual:.0f} times as long as all bundled scorers together ({took:.1f} s)",
            "go through the ties once; keep what is asked for again in a dict",
        )
    return Finding(title)


@functools.cache
def _crowd() -> Network:
    """Return a large network, which has been scored once: the first time pays for what is kept for the next."""
    network = specimens.many(SPEED_TIES, SPEED_ENCOUNTERS)
    score(network, loader.bundled(Config()), Config().depth.weights)
    return network


def _reader(hook: Reader, plugin: Plugin) -> Iterator[Finding]:
    alone = replace(plugin, hooks=(hook,), options={hook.options: hook.options()})
    for title, notes in specimens.notes():
        vault = Vault("test", notes)
        found = []
        for _ in range(2):
            directory = people.directory(vault, Config())
            found.append(readers.read(vault, directory, [alone], limit=Timekeeper(SECONDS)))
        finding = Finding(f"{hook.name}: {title}", *_failure(hook, alone, found[0][1]))
        if not finding.message and found[0] != found[1]:
            finding = replace(finding, message="yields something else the second time", hint="same note, same facts")
        yield finding
