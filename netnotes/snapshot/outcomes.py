"""Pack an outcome as plain data, and unpack it, so that the next process need not compute it again. Pure.

`memories` does the same with what the run remembers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

from netnotes.config import Config
from netnotes.coverage import Candidate, Coverage
from netnotes.deferred import Once, defer
from netnotes.model import (
    Contact,
    Edit,
    Encounter,
    Group,
    Link,
    Mention,
    Note,
    Person,
    Problem,
    Promise,
    Scene,
    Tie,
    Vault,
)
from netnotes.network.network import AlterTies, Network
from netnotes.outcome import Outcome
from netnotes.packing.columns import NotPlainError, Packer, Schema
from netnotes.packing.unpacker import Unpacker
from netnotes.plugin.facts import Field, Score
from netnotes.plugin.hooks import Plugin, Reader, Scorer
from netnotes.scoring.scores import Scores
from netnotes.text import serialize

Packed = dict[str, Any]
Parts = dict[str, Any]
SCHEMA = Schema(
    (
        *(Person, Encounter, Contact, Tie, Mention, Promise, Scene, Group, Problem, Candidate, Coverage),
        *(Field, Score, Scores, Edit),
    ),
    deferred={
        Tie: frozenset(("contacts",)),
        Encounter: frozenset(each.name for each in fields(Encounter)) - {"date", "people", "path", "line"},
        Edit: frozenset(each.name for each in fields(Edit)) - {"path"},
    },
)
_OF_NETWORK = ("ego", "people", "ties", "groups")
_LATER_OF_NETWORK = ("encounters", "planned", "mentions", "promises")
"""Unpacked when somebody reads them: few commands need all encounters."""
_OF_OUTCOME = ("scores", "problems", "sealed", "read_only", "remarks")
_LATER_OF_OUTCOME = ("edits",)


def terms_key(
    vault: Vault, config: Config, plugins: Iterable[Plugin], *, strict: bool, complete: bool, files: str = ""
) -> bytes | None:
    """Return a digest of all that a run depends on, except the notes and the day; `files` identifies other files.

    None if a plugin that is not bundled and has no digest affects the outcome: then nothing is saved.
    """
    plugins = tuple(plugins)
    if not are_repeatable(plugins):
        return None
    settings = [each.name for each in fields(Vault) if each.name not in ("notes", "files", "problems")]
    rest = [repr(getattr(vault, name)) for name in settings]
    # The options of other plugins follow from the configuration and their code; their repr may not be stable.
    named = [
        (plugin.name, plugin.origin, plugin.digest)
        + (tuple(sorted(map(repr, plugin.options.values()))) if plugin.origin == "bundled" else ())
        for plugin in plugins
    ]
    terms = (rest, config, named, strict, complete, files)
    return hashlib.sha256(repr(terms).encode("utf-8", "surrogatepass")).digest()


def are_repeatable(plugins: Iterable[Plugin]) -> bool:
    """Return whether the same notes give the same outcome: all plugins that affect it are bundled or have a digest."""
    return all(plugin.origin == "bundled" or plugin.digest or not _affects_outcome(plugin) for plugin in plugins)


def _affects_outcome(plugin: Plugin) -> bool:
    return any(isinstance(hook, Scorer | Reader) for hook in plugin.hooks)


def content_key(vault: Vault) -> bytes:
    """Return a digest of a vault's notes, other files and problems."""
    total = hashlib.sha256(repr((vault.files, vault.problems)).encode("utf-8", "surrogatepass"))
    total.update(serialize.content_key(vault.notes))
    return total.digest()


def parts(outcome: Outcome, coverage: Coverage | None, *, with_scenes: bool = True) -> Parts:
    """Return what is packed of an outcome, and the coverage if it was computed. Raises NotPlainError.

    `with_scenes` is false where scenes are not worth finding: they are packed if somebody has asked for them.
    """
    if any(problem.failure or problem.on for problem in outcome.problems):
        # A function that ran out of time may succeed the next time.
        raise NotPlainError("a plugin failed")
    if any(outcome.scores.on_notes.values()):
        raise NotPlainError("no bundled scorer scores notes")
    network = outcome.network
    of_network = {name: getattr(network, name) for name in (*_OF_NETWORK, *_LATER_OF_NETWORK)}
    find = network.find_scenes
    of_network["scenes"] = find.found if isinstance(find, Once) and not with_scenes else network.scenes
    of_outcome = {name: getattr(outcome, name) for name in (*_OF_OUTCOME, *_LATER_OF_OUTCOME)}
    return {"today": network.today, "coverage": coverage, **of_network, **of_outcome}


def pack(parts: Parts, packer: Packer) -> Iterator[Any]:
    """Yield the parts of an outcome in pieces. Raises NotPlainError.

    A `packer` that knows what the reader will have must be made after the parts, which may have unpacked some of it.
    """
    return packer.pieces({name: packer.column([value]) for name, value in parts.items()})


def unpack(packed: Packed, vault: Vault, config: Config, unpacker: Unpacker) -> tuple[Outcome, Coverage | None]:
    """Return the outcome and coverage that were packed for this vault and these options.

    `unpacker` has taken the pieces, and `packed` is what it gave for the last ones.
    """

    def value(name: str) -> Any:
        return unpacker.values(packed[name])[0]

    def set_later(record: Any, name: str) -> None:
        if name in (*_LATER_OF_NETWORK, *_LATER_OF_OUTCOME):
            object.__setattr__(record, name, value(name))
        elif name == "find_alter_ties":
            object.__setattr__(record, name, AlterTies(record.encounters))
        elif name == "find_scenes":
            found = value("scenes")
            find = partial(_scenes, record.people, () if found is not None else record.encounters, vault, config)
            object.__setattr__(record, name, Once(find, found))

    known = {name: value(name) for name in _OF_NETWORK}
    today = value("today")
    network = Network(
        today=today,
        find_groups=partial(_same, known.pop("groups")),
        find_linked=Once(partial(_linked, vault, config, today)),
        **known,
    )
    defer(network, (*_LATER_OF_NETWORK, "find_alter_ties", "find_scenes"), set_later)
    outcome = Outcome(network, **{name: value(name) for name in _OF_OUTCOME})
    defer(outcome, _LATER_OF_OUTCOME, set_later)
    return outcome, value("coverage")


def _scenes(
    people: Sequence[Person], encounters: Sequence[Encounter], vault: Vault, config: Config
) -> tuple[Scene, ...]:
    # Few commands ask for them, and it takes much of what reads a vault.
    from netnotes.extract.corpus import corpus_of
    from netnotes.extract.scenes import all_scenes

    return all_scenes(people, encounters, config, {note.path: note for note in corpus_of(vault, config).vault.notes})


def _linked(vault: Vault, config: Config, today: dt.date) -> tuple[tuple[Note, ...], tuple[Link, ...]]:
    # Only the map of notes asks for it, and it takes all that reads a line.
    from netnotes.extract.corpus import corpus_of
    from netnotes.extract.note_links import linked

    return linked(corpus_of(vault, config), config, today)


def _same(found: tuple[Any, ...]) -> tuple[Any, ...]:
    return found
