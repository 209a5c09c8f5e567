"""Run reports, stylers, exporters and watchers; check and collect their results. Shows and draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields, replace
from functools import cache, partial
from typing import Any

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Contact, Person, Problem, Tie
from netnotes.network import namesakes
from netnotes.network.namesakes import told_apart
from netnotes.network.network import Network
from netnotes.plugin.call import collect_facts, failure
from netnotes.plugin.facts import Block, ExtraFile, Notice, Remark, Row, Style
from netnotes.plugin.hooks import Exporter, Plugin, Reads, Report, Styler, Watcher
from netnotes.plugin.network_view import Change, MapTables, NetworkView
from netnotes.plugin.notes import Note
from netnotes.scoring.access import Access
from netnotes.scoring.report_checks import MOST_GROUPS, export_fault, frozen_fact, legend_name, row_fault, style_fault
from netnotes.scoring.runner import most_facts, not_scored
from netnotes.scoring.scores import Scores
from netnotes.scoring.views import ScoredNetwork

Fact = Row | Remark | Block
_NAMED = 3


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The result of a report."""

    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    well: bool = True
    """Whether it finished; if not, there are no facts."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Id of each person whose name somebody else has too → what to call them. The text of rows has these labels."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Only the rows."""
        return tuple(fact for fact in self.facts if isinstance(fact, Row))


def run_report(report: Report, plugin: Plugin, scored: ScoredNetwork) -> ReportResult:
    """Run one report."""
    facts: list[Fact] = []
    if missing := unread(scored.scores, report.reads):
        return ReportResult(problems=(failure(plugin, report.name, "skipped", *missing),), well=False)
    network, access = scored.network, scored.access(report.name, report.reads, style_finder(scored))
    well, problems = collect_facts(
        report,
        plugin,
        NetworkView(network, access),
        lambda: most_facts(network, network.encounters, seen_notes=access.seen_notes),
        keeping(facts, row_fault),
        limit=scored.limit,
        strict=scored.strict,
    )
    problems += [problem for problem in scored.problems if problem not in problems]
    known = namesakes.labels(network.people)
    found = (_told_apart(fact, known) if known and not isinstance(fact, Block) else fact for fact in facts)
    return ReportResult(tuple(map(frozen_fact, found)) if well else (), tuple(problems), well, known)


def _told_apart(fact: Row | Remark, known: Mapping[str, str]) -> Row | Remark:
    """Return a row or a remark whose text calls the people with a common name by their labels."""
    if isinstance(fact, Remark):
        return replace(fact, text=told_apart(fact.text, fact.named, known))
    values = (*fact.cells.values(), *fact.more.values())
    everybody = dict.fromkeys([person_of(fact), *(each for each in values if isinstance(each, Person))])
    people = [person for person in everybody if person and person.id in known]
    # Of the cells only commands: the names are told apart in cells of their own.
    cells = {
        name: told_apart(cell, people, known) if isinstance(cell, str) and cell.startswith("netnotes ") else cell
        for name, cell in fact.cells.items()
    }
    sentence = told_apart(fact.sentence, fact.named or people, known)
    return replace(fact, cells=cells, because=told_apart(fact.because, _of_reason(fact), known), sentence=sentence)


def _of_reason(row: Row) -> Sequence[Person]:
    """Return whom the reason of a row names: all who are named, or those after the words before it in the sentence."""
    if row.because not in row.sentence:
        return row.named
    lead = row.sentence[: row.sentence.index(row.because)]
    names = [person.name for person in row.named]
    before = 0
    while before < len(names) and lead.count(names[before]) >= names[: before + 1].count(names[before]):
        before += 1
    return row.named[before:]


def styles(scored: ScoredNetwork) -> tuple[tuple[Style, ...], tuple[Problem, ...]]:
    """Run the plugins' stylers in their order; one that fails loses only its own styles."""
    everything: list[Style] = []
    problems: list[Problem] = []
    legend: dict[str, None] = {}
    for plugin in scored.plugins:
        for hook in plugin.hooks:
            if not isinstance(hook, Styler):
                continue
            found: list[Style] = []
            if missing := unread(scored.scores, hook.reads):
                problems.append(failure(plugin, hook.name, "skipped", *missing))
                continue
            access = scored.access(hook.name, hook.reads)
            view = NetworkView(scored.network, access)
            well, new_problems = collect_facts(
                hook,
                plugin,
                view,
                partial(_bound, scored.network, access),
                keeping(found, style_fault(view)),
                limit=scored.limit,
                strict=scored.strict,
            )
            problems += new_problems
            if well:
                everything += found
                problems += _left_out(plugin, hook, found, legend)
    problems += [problem for problem in scored.problems if problem not in problems]
    return tuple(everything), tuple(problems)


def _left_out(plugin: Plugin, hook: Styler, found: Iterable[Style], legend: dict[str, None]) -> list[Problem]:
    """Add the groups of new styles to the legend; return a problem if it has no room for some of them."""
    wanted = dict.fromkeys(name for style in found if (name := legend_name(style)) and name not in legend)
    room = MOST_GROUPS - len(legend)
    legend |= dict.fromkeys(list(wanted)[:room])
    if not (left := list(wanted)[room:]):
        return []
    message = f"`{hook.name}`: {len(left)} groups are not in the legend, which has room for {MOST_GROUPS}: "
    hint = "put the smallest groups together in one, such as `other`"
    return [
        Problem(message + ", ".join(left[:_NAMED]) + (", …" if left[_NAMED:] else ""), plugin=plugin.name, hint=hint)
    ]


def _bound(network: Network, access: Access) -> int:
    return most_facts(network, network.alter_ties, seen_notes=access.seen_notes)


def export(
    exporter: Exporter, plugin: Plugin, scored: ScoredNetwork, tables: Callable[[], MapTables]
) -> tuple[dict[str, str] | None, tuple[Problem, ...]]:
    """Run one exporter; return the names and texts of its files, None if it failed, and the problems.

    The first file has no name. `tables` makes the tables of the map, if the exporter asks for them.
    """
    if missing := unread(scored.scores, exporter.reads):
        return None, (failure(plugin, exporter.name, "skipped", *missing),)
    texts: list[str] = []
    extra: dict[str, str] = {}

    def pieces(network: Any, options: Any) -> Any:
        text = exporter.function(network, options)
        # Do not take a string, or anything else that is not a series, for a series of parts.
        return [text] if isinstance(text, str | bytes | Mapping) else text

    def take(part: Any) -> str | None:
        fault = export_fault(part, extra)
        if fault is None and isinstance(part, ExtraFile):
            extra[part.name] = part.text
        elif fault is None:
            texts.append(part)
        return fault

    access = scored.access(exporter.name, exporter.reads, style_finder(scored))
    well, problems = collect_facts(
        exporter,
        plugin,
        NetworkView(scored.network, replace(access, find_map=cache(tables))),
        lambda: 100 * most_facts(scored.network, scored.network.alter_ties),
        take,
        call=pieces,
        limit=scored.limit,
        strict=scored.strict,
    )
    problems += [problem for problem in scored.problems if problem not in problems]
    if not well:
        return None, tuple(problems)
    return {"": "".join(texts), **extra}, tuple(problems)


def style_finder(scored: ScoredNetwork) -> Callable[[], Mapping[object, Style]]:
    """Return a function that returns each subject's style. Its first call runs the stylers."""

    def merged() -> Mapping[object, Style]:
        found: dict[object, Style] = {}
        for style in styles(scored)[0]:
            found[style.on] = _merged(found[style.on], style) if style.on in found else style
        return found

    return cache(merged)


def _merged(before: Style, style: Style) -> Style:
    """Return both styles as one; as on the map, the later one wins where both set a value."""
    values = {field.name: getattr(style, field.name) for field in fields(style)}
    return replace(before, **{name: value for name, value in values.items() if value not in (None, "")})


def unread(scores: Scores, reads: Reads) -> tuple[str, str] | None:
    """Return which of the fields that a function reads are missing, and the remedy; None if none."""
    missing = sorted(name for name in reads.required if name not in scores.facts)
    return not_scored(missing[0], scores.facts) if missing else None


def keeping(kept: list[Any], fault: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
    """Return the check that keeps facts in which `fault` finds nothing wrong."""

    def check(fact: Any) -> str | None:
        found = fault(fact)
        if found is None:
            kept.append(fact)
        return found

    return check


def person_of(row: Row) -> Person | None:
    """Return the person that a row is about; None for no person or a tie between two others."""
    if isinstance(row.on, Tie):
        return row.on.person if row.on.ego else None
    return row.on


def source_lines(row: Row) -> Iterator[tuple[str, int]]:
    """Yield (path, line) of a row's evidence, each once."""
    seen = dict.fromkeys(
        (source.path, source.line)
        for found in row.evidence
        for source in [found.encounter if isinstance(found, Contact) else found]
    )
    yield from seen


LONGEST = 500
"""Characters of a notice."""


def watch(before: ScoredNetwork, after: ScoredNetwork) -> tuple[tuple[tuple[str, Notice], ...], tuple[Problem, ...]]:
    """Run every watcher; return (plugin, notice) in the order of the plugins, and the problems.

    A watcher that fails costs its own notices only.
    """
    notices: list[tuple[str, Notice]] = []
    problems: list[Problem] = []
    for plugin in after.plugins:
        for hook in plugin.hooks:
            if not isinstance(hook, Watcher):
                continue
            if missing := unread(before.scores, hook.reads) or unread(after.scores, hook.reads):
                problems.append(failure(plugin, hook.name, "skipped", *missing))
                continue
            found: list[Notice] = []
            change = Change(
                NetworkView(before.network, before.access(hook.name, hook.reads)),
                NetworkView(after.network, after.access(hook.name, hook.reads)),
            )
            well, new_problems = collect_facts(
                hook,
                plugin,
                change,
                partial(most_facts, after.network),
                keeping(found, _fault),
                limit=after.limit,
                strict=after.strict,
            )
            problems += new_problems
            notices += [(plugin.name, notice) for notice in found if well]
    problems += [problem for problem in (*before.problems, *after.problems) if problem not in problems]
    return tuple(notices), tuple(problems)


def _fault(fact: Any) -> str | None:
    """Return what is wrong with a fact of a watcher."""
    if type(fact) is not Notice:
        return f"it yields {type(fact).__name__}, not Notice"
    if not isinstance(fact.text, str) or not fact.text.strip():
        return "the text of a Notice must be words"
    if len(fact.text) > LONGEST:
        return f"a Notice is one line of at most {LONGEST} characters"
    return None if isinstance(fact.on, Tie | Person | Note | None) else "a Notice is on a Tie, a Person or a Note"
