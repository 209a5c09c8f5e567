"""Run reports and stylers: what they yield is checked and gathered, shown and drawn by others."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from netnotes.model import Contact, Encounter, Group, Link, Note, Person, Problem, Promise, SourceLine, Tie
from netnotes.network.network import Network
from netnotes.plugin.call import collect_facts, failure
from netnotes.plugin.facts import Remark, Row, Style
from netnotes.plugin.hooks import Plugin, Report, Styler
from netnotes.scoring.runner import Scores, most_facts
from netnotes.scoring.views import ScoredNetwork

RESERVED = frozenset({"because", "evidence", "section"})
"""Keys of a report's JSON that no column may have."""


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What a report yielded."""

    facts: tuple[Row | Remark, ...] = ()
    problems: tuple[Problem, ...] = ()
    well: bool = True
    """Whether it came to its end; where not, there are no facts."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows alone."""
        return tuple(fact for fact in self.facts if isinstance(fact, Row))


def run_report(report: Report, plugin: Plugin, scored: ScoredNetwork, *, strict: bool = False) -> ReportResult:
    """Run one report."""
    facts: list[Row | Remark] = []
    network = scored.network
    if fault := unread(scored.scores, report.reads):
        return ReportResult(problems=(failure(plugin, report.name, "skipped", f"was not run: {fault}"),), well=False)
    view = scored.view(report.name, report.reads)
    most = most_facts(network, network.encounters)
    well, problems = collect_facts(
        report, plugin, view, most, _keeping(facts, _row_fault), limit=scored.limit, strict=strict
    )
    return ReportResult(tuple(map(_frozen, facts)) if well else (), tuple(problems), well)


def styles(scored: ScoredNetwork, *, strict: bool = False) -> tuple[tuple[Style, ...], tuple[Problem, ...]]:
    """Run every styler of the plugins, in their order; one that fails costs its own styles only."""
    everything: list[Style] = []
    problems: list[Problem] = []
    for plugin in scored.plugins:
        for hook in plugin.hooks:
            if not isinstance(hook, Styler):
                continue
            found: list[Style] = []
            fault = unread(scored.scores, hook.reads)
            if fault:
                problems.append(failure(plugin, hook.name, "skipped", f"was not run: {fault}"))
                continue
            view = scored.view(hook.name, hook.reads)
            most = most_facts(scored.network, (*view.alter_ties, *view.notes, *view.links))
            well, said = collect_facts(
                hook, plugin, view, most, _keeping(found, _style_fault(view)), limit=scored.limit, strict=strict
            )
            problems += said
            everything += found if well else []
    return tuple(everything), tuple(problems)


def unread(scores: Scores, reads: Iterable[str]) -> str | None:
    """Return what is missing of the fields that a function reads, None if nothing is."""
    missing = sorted(name for name in reads if name not in scores.facts)
    return f"it reads `{missing[0]}`, which nothing scored" if missing else None


def _keeping(kept: list[Any], fault: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
    def check(fact: Any) -> str | None:
        found = fault(fact)
        if found is None:
            kept.append(fact)
        return found

    return check


def _row_fault(fact: Any) -> str | None:
    """Return what is wrong with a fact of a report."""
    if type(fact) is Remark:
        return None if _texts(fact.text, fact.section) else "text and section of a Remark must be text"
    if type(fact) is not Row:
        return f"it yields {type(fact).__name__}, not Row or Remark"
    if not _texts(fact.because, fact.section, fact.sentence):
        return "reason, section and sentence of a Row must be text"
    if fault := _cells_fault(fact.cells) or _cells_fault(fact.more):
        return fault
    if twice := set(fact.cells).intersection(fact.more):
        return f"`{min(twice)}` stands in cells and in more"
    if not isinstance(fact.on, Tie | Person | None):
        return "a Row is on a Tie or a Person"
    known = all(isinstance(line, Encounter | Contact | Promise | Group | SourceLine) for line in fact.evidence)
    return None if known else "evidence of a Row is encounters, contacts, promises, groups and places"


def _cells_fault(cells: object) -> str | None:
    if not isinstance(cells, Mapping) or not _texts(*cells):
        return "cells of a Row must be a mapping of column to value"
    if taken := RESERVED.intersection(cells):
        return f"no column may be called `{min(taken)}`"
    bad = [f"`{column}`: {value!r}"[:100] for column, value in cells.items() if not _is_cell(value)]
    return f"a cell holds neither text, number, date nor person: {bad[0]}" if bad else None


def _is_cell(value: object) -> bool:
    if isinstance(value, float) and not math.isfinite(value):
        return False
    if isinstance(value, str | int | float | dt.date | Person | None):
        return True
    return isinstance(value, Sequence) and all(isinstance(item, str | Person) for item in value)


def _texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def _frozen(fact: Row | Remark) -> Row | Remark:
    """Return a row whose cells nobody else holds."""
    if isinstance(fact, Remark):
        return fact
    cells, more = (
        {
            name: value if isinstance(value, str) or not isinstance(value, Sequence) else tuple(value)
            for name, value in columns.items()
        }
        for columns in (fact.cells, fact.more)
    )
    return replace(fact, cells=cells, more=more, evidence=tuple(fact.evidence))


def _style_fault(network: Network) -> Callable[[Any], str | None]:
    people = {network.ego, *network.people}
    paths = {note.path for note in network.notes}
    links = {link.paths for link in network.links}

    def fault(fact: Any) -> str | None:
        if type(fact) is not Style:
            return f"it yields {type(fact).__name__}, not Style"
        if isinstance(fact.on, Note | Link):
            known = fact.on.path in paths if isinstance(fact.on, Note) else fact.on.paths in links
            return None if known else "it styles a note or a link that is not in this network"
        ends = fact.on.people if isinstance(fact.on, Tie) else (fact.on,)
        return None if people.issuperset(ends) else "it styles somebody who is not in this network"

    return fault


def source_lines(row: Row) -> Iterator[tuple[str, int]]:
    """Yield (path, line) of all that a row rests on, each once."""
    seen = dict.fromkeys(
        (source.path, source.line)
        for found in row.evidence
        for source in [found.encounter if isinstance(found, Contact) else found]
    )
    yield from seen
