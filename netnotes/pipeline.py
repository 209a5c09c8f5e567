"""`run()`: notes in, network, scores, edits and problems out. The whole program, straight down; touches nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, partial
from itertools import chain

from netnotes.config import WRITTEN, Config
from netnotes.coverage import Coverage
from netnotes.extract import encounters, groups, implicit_scenes, promises, readers
from netnotes.extract.coverage.coverage import coverage
from netnotes.extract.exclusion import without_excluded
from netnotes.extract.note_links import linked
from netnotes.extract.note_types import day_order
from netnotes.extract.people import people
from netnotes.extract.people.declarations import Contacts, own_last_contacts
from netnotes.extract.people.resolver import Directory, strangers
from netnotes.extract.scenes import scenes
from netnotes.model import Encounter, Note, Person, Problem, Scene, Vault
from netnotes.network.network import Network, build_network
from netnotes.options import did_you_mean
from netnotes.outcome import Outcome, in_order
from netnotes.planning import plan as planning
from netnotes.planning.plan import plan
from netnotes.plugin.call import TimeLimit, no_limit
from netnotes.plugin.hooks import Plugin
from netnotes.plugin.sources import NO_SOURCES, Sources
from netnotes.scoring import changed as updating
from netnotes.scoring.runner import score
from netnotes.text.lexicon.dates import Order


@dataclass(slots=True)
class Memory:
    """What runs over one vault found, and later ones need not find again. Given to `run`, which fills it.

    With a memory or without, full or empty, a run gives the same; with a full one a changed note costs little more
    than itself.
    """

    people: people.Known = field(default_factory=people.Known)
    encounters: encounters.Known = field(default_factory=encounters.Known)
    promises: promises.Known = field(default_factory=promises.Known)
    contacts: Contacts = field(default_factory=dict)
    strangers: dict[str, Person] = field(default_factory=dict)
    """Id → person without a note."""
    readers: readers.ReaderMemory = field(default_factory=readers.ReaderMemory)
    network: Network | None = None
    scores: updating.Known = field(default_factory=updating.Known)
    plans: planning.Known = field(default_factory=planning.Known)
    order: Order | None = None
    """Whether day or month comes first in the vault's numeric dates."""
    ground: object = None
    """What everything else rests on: see `ground`."""

    def stand_on(self, ground: object) -> None:
        """Forget everything, unless it rests on this very ground."""
        if ground != self.ground:
            fresh = Memory(ground=ground)
            for each in fields(self):
                setattr(self, each.name, getattr(fresh, each.name))


def ground(vault: Vault, config: Config, order: Order | None) -> object:
    """Return what everything in a memory rests on, besides the notes themselves."""
    return config, vault.app, vault.daily_folder, vault.daily_format, vault.templates, order


def run(  # noqa: PLR0913  # all that an outcome depends on
    vault: Vault,
    config: Config,
    plugins: Sequence[Plugin],
    today: dt.date,
    *,
    strict: bool = False,
    complete: bool = True,
    limit: TimeLimit = no_limit,
    sources: Sources = NO_SOURCES,
    memory: Memory | None = None,
) -> Outcome:
    """Read people and encounters out of the vault's notes, fold, score, and plan what to write.

    With `strict` an exception in a plugin is raised. `complete` is false where a plugin that should run was not
    loaded: what it would have written stays. `limit` measures and bounds what each function of a plugin takes.
    `memory` is what earlier runs over this vault found out.
    """
    memory = Memory() if memory is None else memory
    vault = without_excluded(vault, config)
    network, doubts = read(vault, config, today, plugins, strict=strict, limit=limit, sources=sources, memory=memory)
    terms = (network, plugins, config.depth.weights)
    scores, failures = score(*terms, sources=sources, strict=strict, limit=limit, known=memory.scores)
    fresh = memory.scores.fresh
    planned = plan(vault, network, scores, config, complete=complete, known=memory.plans, fresh=fresh)
    notes = (problem for note in vault.notes if note.problems for problem in note.problems)
    unused = _unused_fields(config, scores.fields)
    found = in_order((*vault.problems, *notes, *doubts, *failures, *planned.problems, *unused))
    problems = tuple(problem for problem in found if problem.remark is None)
    remarks = tuple(problem for problem in found if problem.remark is not None)
    return Outcome(network, scores, planned.edits, problems, planned.sealed, remarks)


def read(
    vault: Vault,
    config: Config,
    today: dt.date,
    plugins: Sequence[Plugin] = (),
    *,
    strict: bool = False,
    limit: TimeLimit = no_limit,
    sources: Sources = NO_SOURCES,
    memory: Memory | None = None,
) -> tuple[Network, tuple[Problem, ...]]:
    """Return the network that the vault's notes describe, unscored, and what is doubtful in them."""
    memory = Memory() if memory is None else memory
    order = day_order(vault.notes, config)
    memory.stand_on(ground(vault, config, order))
    memory.order = order
    directory = people.directory(vault, config, memory.people)
    changed = memory.people.news
    heard = directory.heard
    more, failures = readers.read(
        vault, directory, plugins, sources=sources, limit=limit, strict=strict, memory=memory.readers
    )
    told = encounters.read(vault, directory, config, more, known=memory.encounters, news=changed)
    owed = promises.read(vault, directory, config, known=memory.promises, news=changed)
    told += _last_contacts(directory, told, memory.contacts)
    recalls = (memory.encounters.meetings, memory.encounters.told, memory.promises)
    named = chain(heard.strangers, memory.encounters.strangers.values(), *(recall.strangers() for recall in recalls))
    memory.strangers = strangers(named, memory.strangers)
    everyone = (*directory.noted.values(), *memory.strangers.values())
    network = build_network(everyone, directory.ego, told, today, memory.network)
    network = replace(
        network,
        promises=owed,
        mentions=tuple(mention for mention in encounters.mentions(memory.encounters) if mention.date <= today),
        find_scenes=cache(partial(_scenes, network, config, directory.notes)),
        find_groups=cache(partial(groups.read, vault, directory)),
        find_linked=cache(partial(linked, vault, config, today)),
    )
    memory.network = network
    return network, (*heard.problems, *failures, *chain(*(recall.problems() for recall in recalls)))


def _scenes(network: Network, config: Config, notes: Mapping[str, Note]) -> tuple[Scene, ...]:
    """Return all scenes. Asked for by reports alone, and not by what writes: so found when they are."""
    named = scenes(network.people, network.encounters, config)
    return (*named, *implicit_scenes.scenes(network.encounters, notes, named))


def examine(vault: Vault, config: Config, memory: Memory) -> Coverage:
    """Return what a vault holds besides what `read` or `run` found with this memory."""
    if memory.people.directory is None:
        raise AssertionError("examined before it was read")
    return coverage(without_excluded(vault, config), memory.people.directory, config, memory.encounters)


def with_notes(outcome: Outcome, vault: Vault, config: Config) -> Outcome:
    """Return the outcome of a vault without people with its notes as a network, to be drawn; any other as it is."""
    if outcome.network.people:
        return outcome
    notes, links = linked(vault, config, outcome.network.today)
    return replace(outcome, network=replace(outcome.network, notes=notes, links=links))


def _last_contacts(directory: Directory, told: Iterable[Encounter], known: Contacts) -> tuple[Encounter, ...]:
    """Return the contacts that people wrote into `last_contact` by hand, where no note describes that day."""
    own = [*own_last_contacts(directory.noted, known)]
    if not own:
        return ()
    met = {(person.id, encounter.date) for encounter in told for person in encounter.people}
    return tuple(e for e in own if (e.people[0].id, e.date) not in met)


def _unused_fields(config: Config, fields: Collection[str]) -> Iterator[Problem]:
    """Yield a remark for each key of `[fields]` that nothing scores."""
    known = {*WRITTEN, *fields}
    for name in config.fields:
        if name not in known:
            hint = did_you_mean(name, known)[2:] or "`netnotes plugins list` names the fields"
            yield Problem(f"`[fields]`: nothing scores `{name}`", remark="unused option", hint=hint)
