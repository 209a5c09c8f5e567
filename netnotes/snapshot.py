"""An outcome to plain data and back, so that the next process need not compute again what this one did. Pure.

Records are kept by column, class by class, and point to each other by number: thousands of them are made again without
calling a constructor for each. What is packed is what `marshal` takes: data, no code.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial
from itertools import repeat
from typing import Any

from netnotes.config import Config
from netnotes.coverage import Candidate, Coverage
from netnotes.frozen import EMPTY, ReadOnly, frozen
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
from netnotes.network.network import Network
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Field, Score
from netnotes.plugin.hooks import Plugin
from netnotes.scoring.runner import Scores

Packed = dict[str, Any]
_CLASSES: tuple[type[Any], ...] = (
    *(Person, Encounter, Contact, Tie, Mention, Promise, Scene, Group, Problem, Candidate, Field, Score, Edit),
)
"""Each refers to those before it alone."""
_NUMBER = {cls: number for number, cls in enumerate(_CLASSES)}
_SIMPLE = frozenset((type(None), bool, int, float, str))
_SETS = (frozenset, set)
_PLAIN, _DAYS, _RECORDS, _TUPLES, _MAPPINGS, _MIXED = range(6)
"""What a column holds: plain values, days, records, tuples of records, read-only mappings, plain values with days."""

_Column = tuple[Any, ...]
_Table = list[Any]


class NotPlainError(Exception):
    """An outcome holds something that is no plain data; it is not kept."""


def run_key(
    vault: Vault,
    config: Config,
    plugins: Iterable[Plugin],
    today: dt.date,
    *,
    strict: bool,
    complete: bool,
) -> bytes | None:
    """Return a digest of all that an outcome follows from; None if a plugin that is not ours has a say in it.

    Notes count by path and digest: the same bytes are the same note, which the cache of notes rests on too.
    """
    plugins = tuple(plugins)
    if any(plugin.origin != "bundled" for plugin in plugins):
        return None
    rest = [repr(getattr(vault, each.name)) for each in fields(Vault) if each.name != "notes"]
    named = [(plugin.name, sorted(repr(value) for value in plugin.options.values())) for plugin in plugins]
    total = hashlib.sha256(repr((rest, config, named, today, strict, complete)).encode("utf-8", "surrogatepass"))
    total.update("\0".join(map(_note_key, vault.notes)).encode("utf-8", "surrogatepass"))
    return total.digest()


def _note_key(note: Note) -> str:
    return f"{note.path}\0{note.digest}{len(note.problems)}"


def pack(outcome: Outcome, coverage: Coverage | None) -> Packed:
    """Return an outcome, and what the vault holds besides if that was looked for. Raises NotPlainError."""
    network, scores = outcome.network, outcome.scores
    if any(problem.failure or problem.on for problem in outcome.problems):
        # A function that failed for want of time may succeed the next time.
        raise NotPlainError
    if any(scores.on_notes.values()):
        # No scorer of ours speaks of notes.
        raise NotPlainError
    packer = _Packer()
    columns = {
        "ego": packer.column((network.ego,)),
        "people": packer.column(network.people),
        "encounters": packer.column(network.encounters),
        "ties": packer.column(network.ties),
        "planned": packer.column(network.planned),
        "mentions": packer.column(network.mentions),
        "promises": packer.column(network.promises),
        "scenes": packer.column(network.scenes),
        "groups": packer.column(network.groups),
        "edits": packer.column(outcome.edits),
        "problems": packer.column(outcome.problems),
        "remarks": packer.column(outcome.remarks),
        "fields": packer.column(tuple(scores.fields.values())),
        "candidates": packer.column(coverage.candidates if coverage else ()),
        "not read": packer.column(coverage.remarks if coverage else ()),
    }
    facts = {
        name: (packer.column(tuple(found)), packer.column(tuple(found.values())))
        for name, found in scores.facts.items()
    }
    return {
        "day": network.today.toordinal(),
        "columns": columns,
        "facts": facts,
        "scores": (
            tuple(scores.fields),
            dict(scores.owners),
            dict(scores.weights),
            {name: _plain(reads) for name, reads in scores.reads.items()},
            tuple(scores.on_notes),
        ),
        "sealed": tuple(outcome.sealed),
        "unmarked": coverage.unmarked if coverage else None,
        # Last: what is packed above says which records there are.
        "tables": packer.tables(),
    }


def unpack(packed: Packed, vault: Vault, config: Config) -> tuple[Outcome, Coverage | None]:
    """Return what was packed of a run over this vault with these options."""
    tables: list[_Table] = []
    for cls, (size, columns) in zip(_CLASSES, packed["tables"], strict=True):
        tables.append(_made(cls, size, columns, tables))
    found = {name: tuple(_values(column, tables)) for name, column in packed["columns"].items()}
    names, owners, weights, reads, on_notes = packed["scores"]
    facts = {
        name: dict(zip(_values(ties, tables), _values(scores, tables), strict=True))
        for name, (ties, scores) in packed["facts"].items()
    }
    today = dt.date.fromordinal(packed["day"])
    network = Network(
        today=today,
        ego=found["ego"][0],
        people=found["people"],
        encounters=found["encounters"],
        ties=found["ties"],
        planned=found["planned"],
        mentions=found["mentions"],
        promises=found["promises"],
        find_scenes=partial(_same, found["scenes"]),
        find_groups=partial(_same, found["groups"]),
        find_linked=cache(partial(_linked, vault, config, today)),
    )
    scores = Scores(
        dict(zip(names, found["fields"], strict=True)), owners, facts, weights, reads, {name: {} for name in on_notes}
    )
    sealed, unmarked = frozenset(packed["sealed"]), packed["unmarked"]
    outcome = Outcome(network, scores, found["edits"], found["problems"], sealed, found["remarks"])
    return outcome, None if unmarked is None else Coverage(found["not read"], found["candidates"], unmarked)


def _linked(vault: Vault, config: Config, today: dt.date) -> tuple[tuple[Note, ...], tuple[Link, ...]]:
    # Only the map of notes asks for it, and it takes all that reads a line.
    from netnotes.extract.exclusion import without_excluded
    from netnotes.extract.note_links import linked

    return linked(without_excluded(vault, config), config, today)


def _same(found: tuple[Any, ...]) -> tuple[Any, ...]:
    return found


@dataclass(slots=True)
class _Entry:
    """One class of records."""

    records: list[Any]
    place: dict[int, int]
    """Identity of a record → its number. Two records that are equal stay two."""


class _Packer:
    """Numbers records as they are met, and turns values into columns."""

    def __init__(self) -> None:
        self._entries = {cls: _Entry([], {}) for cls in _CLASSES}

    def tables(self) -> list[tuple[int, tuple[tuple[str, _Column], ...]]]:
        """Return, for each class, how many records there are and their columns."""
        made = []
        # A record of one class adds to the classes before it.
        for cls in reversed(_CLASSES):
            records = self._entries[cls].records
            columns = tuple(
                (each.name, self.column([getattr(record, each.name) for record in records])) for each in fields(cls)
            )
            made.append((len(records), columns))
        return made[::-1]

    def column(self, values: Sequence[Any]) -> _Column:
        """Return values as one column. Raises NotPlainError."""
        kinds = set(map(type, values))
        if kinds <= _SIMPLE:
            return _PLAIN, tuple(values)
        kinds.discard(type(None))
        if kinds == {dt.date}:
            return _DAYS, tuple([day and day.toordinal() for day in values])
        if kinds == {ReadOnly}:
            return _MAPPINGS, tuple([_thawed(mapping) if mapping else None for mapping in values])
        if len(kinds) == 1 and (cls := next(iter(kinds))) in _NUMBER:
            return _RECORDS, _NUMBER[cls], self._numbers(cls, values)
        members = {type(item) for value in values for item in value} if kinds == {tuple} and None not in values else ()
        if len(members) == 1 and (cls := next(iter(members))) in _NUMBER:
            flat = self._numbers(cls, [item for value in values for item in value])
            return _TUPLES, _NUMBER[cls], tuple(map(len, values)), flat
        plain = tuple(map(_plain, values))
        same = all(one is other for one, other in zip(plain, values, strict=True))
        return (_PLAIN if same else _MIXED), plain

    def _numbers(self, cls: type[Any], values: Iterable[Any]) -> tuple[int, ...]:
        """Return the numbers of records, -1 for None."""
        entry = self._entries[cls]
        found = []
        for record in values:
            place = -1 if record is None else entry.place.get(id(record))
            if place is None:
                place = entry.place[id(record)] = len(entry.records)
                entry.records.append(record)
            found.append(place)
        return tuple(found)


def _plain(value: Any) -> Any:
    """Return a value without days, which become bytes; the very same value if it holds none. Raises NotPlainError."""
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is dt.date:
        return value.isoformat().encode()
    if kind is tuple or kind is list:
        made = kind(map(_plain, value))
        return value if all(one is other for one, other in zip(made, value, strict=True)) else made
    if kind is dict:
        return {_plain(key): _plain(item) for key, item in value.items()}
    if kind in _SETS and all(type(item) in _SIMPLE for item in value):
        return value
    raise NotPlainError(str(kind))


def _with_days(value: Any) -> Any:
    """Return a value as it was before `_plain`."""
    kind = type(value)
    if kind is bytes:
        return dt.date.fromisoformat(value.decode())
    if kind is tuple or kind is list:
        return kind(map(_with_days, value))
    return {key: _with_days(item) for key, item in value.items()} if kind is dict else value


def _thawed(value: Any) -> Any:
    """Return a value of front matter that is read-only as one that is not. Raises NotPlainError."""
    if isinstance(value, Mapping):
        return {key: _thawed(item) for key, item in value.items()}
    if type(value) is tuple:
        return [_thawed(item) for item in value]
    if type(value) in _SIMPLE:
        return value
    raise NotPlainError(str(type(value)))


def _made(cls: type[Any], size: int, columns: Iterable[tuple[str, _Column]], tables: Sequence[_Table]) -> _Table:
    """Make all records of a class."""
    # Setting each field of all records in one sweep takes a tenth of the time of as many calls of the constructor.
    made = list(map(object.__new__, repeat(cls, size)))
    for name, column in columns:
        setter: Callable[[Any, Any], None] = cls.__dict__[name].__set__
        deque(map(setter, made, _values(column, tables)), maxlen=0)
    return made


def _values(column: _Column, tables: Sequence[_Table]) -> Sequence[Any]:
    """Return what a column holds."""
    kind, *rest = column
    if kind == _PLAIN:
        return tuple(rest[0])
    if kind == _DAYS:
        day = dt.date.fromordinal
        return [None if number is None else day(number) for number in rest[0]]
    if kind == _MAPPINGS:
        return [frozen(mapping) if mapping else EMPTY for mapping in rest[0]]
    if kind == _MIXED:
        return list(map(_with_days, rest[0]))
    table = tables[rest[0]]
    if kind == _RECORDS:
        return [None if number < 0 else table[number] for number in rest[1]]
    flat = list(map(table.__getitem__, rest[2]))
    found, at = [], 0
    for length in rest[1]:
        found.append(tuple(flat[at : at + length]))
        at += length
    return found
