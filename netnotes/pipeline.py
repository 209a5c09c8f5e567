"""`run()`: notes in, network, scores, edits and problems out. The whole program, straight down; touches nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from netnotes.config import Config
from netnotes.model import Edit, Encounter, Problem, Vault
from netnotes.network import encounters, people, promises, readers
from netnotes.network.declared import own_last_contacts
from netnotes.network.draining import Keep, unkept
from netnotes.network.scenes import scenes
from netnotes.network.scoring import Scores, score
from netnotes.network.ties import Network, fold
from netnotes.plugin.hooks import Plugin
from netnotes.writing import seal
from netnotes.writing.plan import plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that follows from a vault on one day."""

    network: Network
    scores: Scores
    edits: tuple[Edit, ...] = ()
    """One for each person note that is to change or was refused; sorted by path. Empty: the vault is in order."""
    problems: tuple[Problem, ...] = ()
    """Sorted by path and line."""


def run(
    vault: Vault,
    config: Config,
    plugins: Sequence[Plugin],
    today: dt.date,
    *,
    strict: bool = False,
    complete: bool = True,
    keep: Keep = unkept,
) -> Outcome:
    """Read people and encounters out of the vault's notes, fold, score, and plan what to write.

    With `strict` an exception in a plugin is raised. `complete` is false where a plugin that should run was not
    loaded: what it would have written stays. `keep` measures and bounds what each function of a plugin takes.
    """
    network, doubts = read(vault, config, today, plugins, strict=strict, keep=keep)
    scores, failures = score(network, plugins, config.depth.weights, strict=strict, keep=keep)
    edits, refusals = plan(vault, network, scores, config, complete=complete)
    notes = (problem for note in vault.notes for problem in note.problems)
    return Outcome(network, scores, edits, in_order((*vault.problems, *notes, *doubts, *failures, *refusals)))


def read(
    vault: Vault,
    config: Config,
    today: dt.date,
    plugins: Sequence[Plugin] = (),
    *,
    strict: bool = False,
    keep: Keep = unkept,
) -> tuple[Network, tuple[Problem, ...]]:
    """Return the network that the vault's notes tell of, unscored, and what is doubtful in them."""
    directory = people.directory(vault, config)
    more, failures = readers.read(vault, directory, plugins, keep=keep, strict=strict)
    told = encounters.read(vault, directory, config, more)
    owed = promises.read(vault, directory, config)
    told += _last_contacts(directory, told)
    network = fold(directory.everyone(), directory.ego, told, today)
    network = replace(network, promises=owed, scenes=scenes(network.people, network.encounters, config))
    return network, (*directory.problems, *failures)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by path and line, those without a place first, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.path or "", p.line or 0, p.message)))


def _last_contacts(directory: people.Directory, told: Iterable[Encounter]) -> tuple[Encounter, ...]:
    """Return the contacts that people wrote into `last_contact` by hand, where no note tells of that day."""
    known = {(person.id, encounter.date) for encounter in told for person in encounter.people}
    own = own_last_contacts(
        directory.noted.values(), lambda person: "last_contact" in seal.owned(person.properties)
    )
    return tuple(e for e in own if (e.people[0].id, e.date) not in known)
