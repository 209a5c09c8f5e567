"""`run()`: notes in, network, scores, edits and problems out. The whole program, straight down; touches nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from copy import copy
from dataclasses import replace
from functools import partial
from itertools import chain
from operator import attrgetter

from netnotes.config import WRITTEN, Config
from netnotes.coverage import Coverage
from netnotes.deferred import Once
from netnotes.differences import differences
from netnotes.directory import Directory
from netnotes.extract import encounters, promises, readers
from netnotes.extract.corpus import Corpus, corpus_of
from netnotes.extract.first_looks import first_looks
from netnotes.extract.merging import with_more
from netnotes.extract.note_links import linked
from netnotes.extract.note_types import is_evidence
from netnotes.extract.people.declarations import own_last_contacts
from netnotes.extract.people.people import find_people
from netnotes.extract.people.resolver import Resolver, people_without_note
from netnotes.extract.scenes import all_scenes, declared_groups, vault_spelling
from netnotes.incremental import Changed, Memory, PeopleMemory
from netnotes.invalidation import Changes, Fork, Outdated, changes, no_fork
from netnotes.model import Encounter, Note, Person, Problem, Vault
from netnotes.network.network import Network, in_sequence, update_ties, with_encounters
from netnotes.options import did_you_mean
from netnotes.outcome import Outcome, in_order
from netnotes.phrasing import problems_for
from netnotes.planning.plan import plan
from netnotes.plugin.call import TimeLimit, no_limit
from netnotes.plugin.hooks import Plugin
from netnotes.plugin.notes import NO_SOURCES, Sources
from netnotes.scoring.runner import score
from netnotes.text.lexicon.dates import Order


def inputs(vault: Vault, config: Config, order: Order | None) -> object:
    """Return what everything in a memory depends on, besides the notes themselves."""
    return config, vault.app, vault.daily_folder, vault.daily_format, vault.templates, order


def run(  # noqa: PLR0913  # all that an outcome depends on
    vault: Vault,
    config: Config,
    plugins: Sequence[Plugin],
    today: dt.date,
    memory: Memory,
    *,
    strict: bool = False,
    complete: bool = True,
    limit: TimeLimit = no_limit,
    sources: Sources = NO_SOURCES,
    fork: Fork = no_fork,
) -> Outcome:
    """Read people and encounters from the vault's notes, build the network, score it, and plan what to write.

    `memory` is what earlier runs over this vault found; an empty one gives the same outcome. With `strict` an exception
    in a plugin is raised. `complete` is false where a plugin that should run was not loaded: what it would have written
    stays. `limit` measures and bounds the time of each function of a plugin. `fork` has a part of the notes read by
    another process.
    """
    corpus = corpus_of(vault, config, memory.corpus)
    flawed = [found for _, found in sorted(memory.corpus.problems.items())]
    weights = config.depth.weights
    with memory.used_with(inputs(corpus.vault, config, corpus.order)):
        network, found_problems = _read(corpus, config, plugins, today, memory, sources, limit, fork, strict=strict)
        scores, failures = score(network, plugins, weights, memory.scores, sources=sources, strict=strict, limit=limit)
        planned = plan(corpus.vault, network, scores, config, memory.plans, memory.scores.rescored, complete=complete)
    unused = _unused_fields(config, scores.fields)
    every = (*vault.problems, *chain.from_iterable(flawed), *found_problems, *failures, *planned.problems, *unused)
    found = in_order(problems_for(vault.app, every))
    problems = tuple(problem for problem in found if problem.remark is None)
    remarks = tuple(problem for problem in found if problem.remark is not None)
    return Outcome(network, scores, planned.edits, problems, planned.sealed, planned.read_only, remarks)


def read(
    corpus: Corpus,
    config: Config,
    plugins: Sequence[Plugin],
    today: dt.date,
    memory: Memory,
    *,
    strict: bool = False,
    limit: TimeLimit = no_limit,
    sources: Sources = NO_SOURCES,
) -> tuple[Network, tuple[Problem, ...]]:
    """Return the network that the notes describe, unscored, and the problems found in them."""
    with memory.used_with(inputs(corpus.vault, config, corpus.order)):
        return _read(corpus, config, plugins, today, memory, sources, limit, no_fork, strict=strict)


def _read(  # noqa: PLR0913  # what `run` takes
    corpus: Corpus,
    config: Config,
    plugins: Sequence[Plugin],
    today: dt.date,
    memory: Memory,
    sources: Sources,
    limit: TimeLimit,
    fork: Fork,
    *,
    strict: bool,
) -> tuple[Network, tuple[Problem, ...]]:
    failures = readers.read(corpus.evidence, plugins, memory.readers, sources=sources, limit=limit, strict=strict)
    changed = _changes(corpus, memory.notes)
    noted_before = memory.people.directory.noted if memory.people.directory else {}
    spelling = vault_spelling(changed, config, memory.people)
    cards = readers.cards(memory.readers)
    with first_looks(corpus, config, changed, fork) as looks:
        directory = find_people(corpus, spelling, config, memory.people, changed, cards, looks.attendees)
    outdated = _outdated(corpus, directory, changed, memory)

    resolver = Resolver(directory)
    log = resolver.log
    from_plugins = readers.encounters(memory.readers, resolver)
    looked = replace(corpus, daily_date=looks.day)
    met, met_before = encounters.read(looked, resolver, config, from_plugins, memory.encounters, outdated, fork)
    memory.changed = _changed(outdated, memory)
    memory.coverage.outdate(memory.changed)
    declared = own_last_contacts(directory.noted, noted_before, met, memory.last_contacts)
    promised = promises.read(corpus, resolver, memory.promises, outdated)

    caches = (memory.encounters.meetings, memory.encounters.findings, memory.promises)
    named = chain(log.people_without_note, memory.encounters.without_note.values())
    named = chain(named, *(found for each in caches for found in each.people_without_note.values()))
    memory.people_without_note = people_without_note(named, memory.people_without_note)
    everyone = (*directory.noted.values(), *memory.people_without_note.values())
    people = tuple(sorted(everyone, key=attrgetter("id")))
    every_day = _with_declared(met, met_before, declared, memory)
    ties = update_ties(memory.network, people, directory.ego, every_day, met_before, today)
    network = Network(
        *(today, directory.ego, people),
        ties=ties.ties,
        find_tie=ties,
        promises=tuple(promises.with_people_who_count(promised, _by_every_name(memory))),
        find_scenes=Once(lambda: all_scenes(people, in_sequence(every_day, until=today), config, directory.notes)),
        find_groups=Once(partial(declared_groups, corpus.groups, resolver)),
        find_linked=Once(partial(linked, corpus, config, today)),
    )
    memory.network = with_encounters(network, every_day, encounters.mentions_finder(memory.encounters))
    memory.notes = corpus.vault.notes
    problems = chain.from_iterable(found for each in caches for found in each.problems.values())
    return network, (*memory.people.problems, *log.problems, *failures, *problems)


def _with_declared(
    met: MutableMapping[dt.date, tuple[Encounter, ...]],
    met_before: MutableMapping[dt.date, tuple[Encounter, ...]],
    declared: tuple[Encounter, ...],
    memory: Memory,
) -> Mapping[dt.date, tuple[Encounter, ...]]:
    """Return encounters by day with those `declared`, and complete in the same way what was known before.

    Days on which only declared contacts differ are added to `met_before`.
    """
    gone, new = differences(memory.declared, declared, attrgetter("path"))
    for encounter in (*gone, *new):
        met_before.setdefault(encounter.date, met.get(encounter.date, ()))
    with_more(met_before, [encounter for encounter in memory.declared if encounter.date in met_before])
    memory.declared = declared
    whole = copy(met)
    with_more(whole, declared)
    return whole


def people_of(vault: Vault, config: Config) -> Directory:
    """Return the people with a note in a vault."""
    corpus, memory = corpus_of(vault, config), PeopleMemory()
    changed = _changes(corpus, ())
    return find_people(corpus, vault_spelling(changed, config, memory), config, memory, changed)


def _changes(corpus: Corpus, before: Sequence[Note]) -> Changes:
    return changes(corpus.vault.notes, partial(is_evidence, templates=corpus.vault.templates), before)


def _outdated(corpus: Corpus, directory: Directory, changed: Changes, memory: Memory) -> Outdated:
    """Return which notes must be read again, and forget what they depended on."""
    answers = memory.people.changed_answers
    notes: Sequence[Note] = corpus.evidence
    if answers is not None:
        paths = memory.dependencies.of_notes(answers) | answers | changed.evidence.keys()
        notes = corpus.evidence_at(paths, directory.notes)
    memory.dependencies.forget(changed.gone)
    memory.dependencies.forget(note.path for note in notes)
    return Outdated(changed, notes, answers, memory.dependencies)


def _changed(outdated: Outdated, memory: Memory) -> Changed | None:
    """Return what this run found changed; None: anything may have."""
    if outdated.answers is None:
        return None
    linking = memory.dependencies.of_notes(memory.encounters.moved)
    return Changed(outdated.changes.gone.union((note.path for note in outdated.notes), linking), outdated.answers)


def _by_every_name(memory: Memory) -> Mapping[str, Person]:
    """Return id → person without a note, also by the first name or last name that stands for the full one."""
    found = memory.people_without_note
    short = {number: found[who.id] for number, who in memory.encounters.without_note.items() if who.id in found}
    return {**short, **found}


def examine(vault: Vault, config: Config, memory: Memory) -> Coverage:
    """Return what a vault holds besides what `read` or `run` found with this memory."""
    from netnotes.extract.coverage.coverage import coverage  # only `check` and its like need it

    return coverage(corpus_of(vault, config, memory.corpus), resolver_of(memory), config, memory)


def resolver_of(memory: Memory) -> Resolver:
    """Return the resolver of the last run with this memory."""
    if memory.people.directory is None:
        raise AssertionError("nothing was read with this memory")
    return Resolver(memory.people.directory)


def with_notes(outcome: Outcome, vault: Vault, config: Config) -> Outcome:
    """Add the notes and their links to the outcome of a vault without people, to draw them; else change nothing."""
    if outcome.network.people:
        return outcome
    notes, links = linked(corpus_of(vault, config), config, outcome.network.today)
    return replace(outcome, network=replace(outcome.network, notes=notes, links=links))


def _unused_fields(config: Config, fields: Collection[str]) -> Iterator[Problem]:
    """Yield a remark for each key of `[fields]` that nothing scores."""
    known = {*WRITTEN, *fields}
    for name in config.fields:
        if name not in known:
            hint = did_you_mean(name, known)[2:] or "`netnotes plugins list` names the fields"
            yield Problem(f"`[fields]`: nothing scores `{name}`", remark="unused option", hint=hint)
