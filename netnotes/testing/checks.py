"""Check the functions of a plugin on difficult networks, notes, files and changes, with one finding for each."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from netnotes.config import Config
from netnotes.export.note_tables import map_tables
from netnotes.extract import readers
from netnotes.extract.corpus import corpus_of
from netnotes.extract.people.resolver import Resolver
from netnotes.incremental import Memory, ScoreMemory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem, Vault
from netnotes.network.network import Network, build_network
from netnotes.outcome import Outcome
from netnotes.pipeline import people_of
from netnotes.plugin.call import TimeLimit, line_of
from netnotes.plugin.facts import Field, Score
from netnotes.plugin.hooks import Exporter, Hook, Plugin, Reader, Report, Scorer, Styler
from netnotes.plugin_host import loader
from netnotes.plugin_host.time_limit import Timekeeper
from netnotes.scoring.depth import DEPTH
from netnotes.scoring.history import compute_history, last_months
from netnotes.scoring.reports import export, run_report, styles, watch
from netnotes.scoring.runner import score
from netnotes.scoring.views import ScoredNetwork
from netnotes.testing import commands, samples
from netnotes.testing.samples import SOURCES
from netnotes.testing.subjects import property_names

SPEED_TIES, SPEED_ENCOUNTERS = 5_000, 4
SLOWEST = 8.0
"""How many times as long as all bundled scorers a scorer or styler may take for 5,000 ties."""
SLOWEST_REPORT = 40.0
"""The same for a report or an exporter, which runs on its own and may need many days."""
SECONDS = 20.0
"""Seconds that one call of a function may take."""
_SAME = "same notes, same facts: no chance, no clock, no set that is gone through without sorted(…)"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    .. versionadded:: 0.1
    """

    test: str
    message: str | None = None
    """What is wrong; None if the check passed."""
    hint: str | None = None
    traceback: str = ""
    """Of the exception, if there was one."""


Wrong = tuple[str, str | None, str]
"""Message, hint and traceback of a failure."""
NOTHING = (None, None, "")


def of_network(hook: Hook, alone: Plugin) -> Iterator[Finding]:
    """Check a function of a network or of a change, together with the plugin's own scorers."""
    beside = _bundled_beside(alone)
    failed = False
    for title, network in samples.networks(property_names(hook)):
        finding = Finding(f"{hook.name}: {title}", *_faults_on(hook, alone, beside, network))
        failed = failed or finding.message is not None
        yield finding
    if isinstance(hook, Scorer):
        yield from _more_of_scorer(hook, alone, beside)
    if not failed:
        # A function that fails on a few ties need not be timed on thousands.
        yield _speed(hook, alone, beside)


def _faults_on(hook: Hook, alone: Plugin, beside: Sequence[Plugin], network: Network) -> Wrong | tuple[None, None, str]:
    """Return what is wrong with the facts of a function on one network."""
    first, problems = _facts(hook, alone, beside, network)
    if wrong := _failure(hook, alone, problems):
        return wrong
    at = line_of(hook.function, alone)
    if _facts(hook, alone, beside, network)[0] != first:
        return f"yields something else the second time{at}", _SAME, ""
    if not isinstance(hook, Scorer | Styler):
        return NOTHING
    if _facts(hook, alone, beside, _reversed(network))[0] != first:
        message = f"yields something else when ties come in another order{at}"
        return message, "let no tie's facts depend on those before it, and sort what you put into a tuple", ""
    if isinstance(hook, Scorer) and hook.per_tie and _one_by_one(hook, alone, beside, network) != first:
        message = f"yields something else when a tie is scored alone{at}"
        return message, "the score of a tie depends on other ties: remove `per_tie`", ""
    return NOTHING


def _more_of_scorer(hook: Scorer, alone: Plugin, beside: Sequence[Plugin]) -> Iterator[Finding]:
    """Check the scores of ties between two others, and the values over time, if the scorer has them."""
    plugins, weights = (*beside, alone), Config().depth.weights
    for title, network in samples.networks():
        if hook.between and network.alter_ties:
            _, problems = score(
                *(network, plugins, weights, ScoreMemory()),
                between=network.alter_ties,
                sources=SOURCES,
                limit=Timekeeper(SECONDS),
            )
            wrong = _failure(hook, alone, problems) or NOTHING
            yield Finding(f"{hook.name}: ties between others, {title}", *wrong)
        if hook.values_over_time is not None and any(tie.contacts for tie in network.ties):
            scores, _ = score(network, plugins, weights, ScoreMemory(), limit=Timekeeper(SECONDS))
            days = last_months(network.today, 12)
            _, problems = compute_history(
                *(network, plugins, weights, days),
                fields=[hook.field.name],
                scores=scores,
                limit=Timekeeper(SECONDS),
            )
            wrong = _failure(hook, alone, problems) or NOTHING
            yield Finding(f"{hook.name}: values over time, {title}", *wrong)


def _bundled_beside(plugin: Plugin) -> tuple[Plugin, ...]:
    """Return the plugins that score what `plugin` reads: the bundled ones, and substitutes for any other."""
    bundled = tuple(other for other in loader.bundled(Config()) if other.name != plugin.name)
    scorers = [hook for other in (*bundled, plugin) for hook in other.hooks if isinstance(hook, Scorer)]
    known = {hook.field.name for hook in scorers} | {DEPTH.name}
    reads = {name for hook in plugin.hooks if not isinstance(hook, Reader) for name in hook.reads.required}
    return (*bundled, *(_substitute(name) for name in sorted(reads - known)))


def _substitute(name: str) -> Plugin:
    def half(network: Any, options: object) -> Iterator[Score]:
        del options
        for tie in network.ties:
            yield Score(tie, 0.5, "stand-in")

    return Plugin(
        f"stand_in_{name}", (Scorer(name, half, Field(name, "stand-in", write=False), per_tie=True, between=True),)
    )


def _facts(
    hook: Hook, alone: Plugin, beside: Sequence[Plugin], network: Network, seconds: float = SECONDS
) -> tuple[object, tuple[Problem, ...]]:
    """Return what a function yields for a network, in a form that can be compared, and all problems."""
    scored, problems = _scored(alone, beside, network, Timekeeper(seconds))
    if isinstance(hook, Scorer):
        facts = scored.scores.facts.get(hook.field.name, {})
        return {tie: repr((fact.value, fact.because, fact.label)) for tie, fact in facts.items()}, problems
    return _output_of(hook, alone, beside, scored)


def _scored(
    alone: Plugin, beside: Sequence[Plugin], network: Network, limit: TimeLimit
) -> tuple[ScoredNetwork, tuple[Problem, ...]]:
    plugins, weights = (*beside, alone), Config().depth.weights
    scores, problems = score(network, plugins, weights, ScoreMemory(), sources=SOURCES, limit=limit)
    return ScoredNetwork(network, scores, plugins, weights, limit, sources=SOURCES), problems


def _output_of(
    hook: Hook, alone: Plugin, beside: Sequence[Plugin], scored: ScoredNetwork
) -> tuple[object, tuple[Problem, ...]]:
    """Return what a styler, report, exporter or watcher yields for a scored network, and the problems."""
    if isinstance(hook, Styler):
        found, problems = styles(scored)
        return sorted(map(repr, found)), problems
    if isinstance(hook, Report):
        result = run_report(hook, alone, scored)
        return list(map(repr, result.facts)), result.problems
    if isinstance(hook, Exporter):
        outcome = Outcome(scored.network, scored.scores)
        return export(hook, alone, scored, lambda: map_tables(outcome, lambda: scored.alters))
    earlier, _ = _scored(alone, beside, _before(scored.network), scored.limit)
    there, problems = watch(earlier, scored)
    back, more = watch(scored, earlier)
    return [*map(repr, there), *map(repr, back)], (*problems, *more)


def _before(network: Network) -> Network:
    """Return an earlier network: without the last person and the last third of the encounters."""
    gone = set(network.people[-1:])
    kept = [met for met in network.encounters if gone.isdisjoint(met.people)]
    return build_network(network.people[:-1], network.ego, kept[: len(kept) * 2 // 3], network.today)


def _one_by_one(hook: Scorer, alone: Plugin, beside: Sequence[Plugin], network: Network) -> dict[object, object]:
    """Return what a scorer yields for each tie when it gets only that tie."""
    found: dict[object, object] = {}
    for tie in network.ties:
        facts, _ = _facts(hook, alone, beside, replace(network, ties=(tie,)))
        found |= facts if isinstance(facts, dict) else {}
    return found


def _failure(hook: Hook, plugin: Plugin, problems: Sequence[Problem]) -> Wrong | None:
    """Return the host's problem about a function that failed; None if it did not."""
    for problem in problems:
        if problem.plugin == plugin.name and problem.failure and problem.failure.hook == hook.name:
            return problem.message, problem.hint, problem.failure.traceback
    return None


def _reversed(network: Network) -> Network:
    return replace(network, ties=network.ties[::-1], people=network.people[::-1])


def _speed(hook: Hook, alone: Plugin, beside: Sequence[Plugin]) -> Finding:
    title = f"{hook.name}: {SPEED_TIES:,} ties in time"
    slowest = (SLOWEST if isinstance(hook, Scorer | Styler) else SLOWEST_REPORT) * _usual()
    took = math.inf
    # Something else may have kept the machine busy: only a function that is slow twice is slow.
    for _ in range(2):
        limit = Timekeeper(SECONDS * 3)
        scored, problems = _scored(alone, beside, _crowd(), limit)
        if not isinstance(hook, Scorer):
            _, problems = _output_of(hook, alone, beside, scored)
        if wrong := _failure(hook, alone, problems):
            return Finding(title, *wrong)
        took = min(took, limit.took.get((alone.name, hook.name), 0.0))
        if took <= slowest:
            return Finding(title)
    return Finding(
        title,
        f"takes {took / _usual():.0f} times as long as all bundled scorers together ({took:.1f} s)"
        + line_of(hook.function, alone),
        "go through the ties once; keep what is asked for again in a dict",
    )


@functools.cache
def _crowd() -> Network:
    """Return a large network."""
    return samples.many(SPEED_TIES, SPEED_ENCOUNTERS)


@functools.cache
def _usual() -> float:
    """Return the seconds that all bundled scorers take together for the large network: the least of three runs.

    The first run also fills caches; the others may have been slowed down by whatever else the machine does.
    """
    runs = [Timekeeper(math.inf) for _ in range(3)]
    plugins = loader.bundled(Config())
    for limit in runs:
        score(_crowd(), plugins, Config().depth.weights, ScoreMemory(), limit=limit)
    return min(sum(limit.took.values()) for limit in runs)


def of_reader(hook: Reader, plugin: Plugin) -> Iterator[Finding]:
    """Check a reader on difficult notes, or on difficult files for each of its patterns."""
    alone = replace(plugin, hooks=(hook,), options={hook.options: hook.options()})
    awkward = ((title, each, SOURCES) for title, each in samples.notes(property_names(hook)))
    tried = samples.files(hook.files) if hook.files else awkward
    for title, notes, sources in tried:
        found = []
        for _ in range(2):
            corpus, memory = corpus_of(Vault("test", notes), Config()), Memory()
            resolver = Resolver(people_of(corpus.vault, Config()))
            problems = readers.read(
                corpus.evidence, [alone], memory.readers, sources=sources, limit=Timekeeper(SECONDS)
            )
            found.append((readers.encounters(memory.readers, resolver), problems))
        wrong = _failure(hook, alone, found[0][1])
        if not wrong and found[0] != found[1]:
            wrong = f"yields something else the second time{line_of(hook.function, alone)}", _SAME, ""
        yield Finding(f"{hook.name}: {title}", *(wrong or NOTHING))


def of_command(command: Any, plugin: Plugin) -> Finding:
    """Check a command without arguments on networks of every kind; if it needs arguments, only its help."""
    title = f"command {command.name}"
    for words in (["--help"], []):
        if not words and any(parameter.required for parameter in command.params):
            continue
        for _, network in samples.networks():
            scored, _ = _scored(plugin, _bundled_beside(plugin), network, Timekeeper(SECONDS))
            if wrong := commands.fault(command, plugin, scored.view(f"the command {command.name}"), words):
                return Finding(title, *wrong)
            if words:  # the help is the same for every network
                break
    return Finding(title)
