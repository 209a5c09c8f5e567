"""Check a score that a plugin yielded, and convert its value to a plain one."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from netnotes.model import Link, Person, Tie
from netnotes.network.network import Network
from netnotes.plugin.call import Check
from netnotes.plugin.facts import Field, Score, Value
from netnotes.plugin.notes import Note
from netnotes.scoring.scores import Facts, NoteFacts, NoteKey


def score_check(
    field: Field,
    network: Network,
    ties: Mapping[Tie, Tie],
    few: Iterable[Tie] | None,
    notes: Callable[[], Collection[NoteKey]],
    found: Facts,
    on_notes: NoteFacts,
) -> Check:
    """Return the check that stores a scorer's facts in `found`, by the host's own ties and as plain values.

    `ties` are those that may be scored, `few` those that the scorer was given (None: all); `notes` returns the notes
    and links that may be scored.
    """
    low, high = field.low, field.high
    own = {id(tie): tie for tie in (ties if few is None else few)}

    def check(fact: Any) -> str | None:
        if type(fact) is not Score:
            return f"it yields {type(fact).__name__}, not Score"
        on = fact.on
        # Most facts are on the same tie objects that the scorer got.
        tie = own.get(id(on))
        if tie is None:
            if isinstance(on, Note | Link):
                return _on_note(fact, field, notes(), on_notes)
            if not isinstance(on, Tie | Person):
                what = repr(on[:60]) if isinstance(on, str) else f"a {type(on).__name__}"
                return f"a Score is on a tie, a person, a note or a link, not {what}"
            tie = _tie(on, network, ties)
        if tie is None:
            # A scorer of the ego's ties cannot score ties between two others.
            of_others = isinstance(on, Person) and not all(tie.ego for tie in ties)
            return None if of_others else "it scores somebody who is not in this network"
        value = fact.value
        if type(value) is not float or not low <= value <= high or value == math.inf:
            value = plain(value)
            if fault := _fault(value, field, network):
                return f"{fault} for {_who(tie)}"
        # Most facts have a plain reason and no label.
        if (fact.label is not None or type(fact.because) is not str) and (fault := _words_fault(fact, field)):
            return f"{fault} for {_who(tie)}"
        if on is not tie or fact.value is not value:
            fact = replace(fact, on=tie, value=value)
        return None if found.setdefault(tie, fact) is fact else f"it scores {_who(tie)} twice"

    return check


def note_key(on: Note | Link) -> NoteKey:
    """Return the key of a note or link."""
    return on.path if isinstance(on, Note) else on.paths


def _on_note(fact: Score, field: Field, known: Collection[NoteKey], found: NoteFacts) -> str | None:
    on = fact.on
    if not isinstance(on, Note | Link):
        return "it scores what cannot be scored"
    key = note_key(on)
    name = key if isinstance(key, str) else " and ".join(key)
    if key not in known:
        return f"it scores `{name}`, which is not in this vault"
    value = plain(fact.value)
    fault = _fault(value, field, None) or _words_fault(fact, field)
    if fault:
        return f"{fault} for `{name}`"
    fact = replace(fact, value=value)
    return None if found.setdefault(key, fact) is fact else f"it scores `{name}` twice"


def _tie(on: object, network: Network, ties: Mapping[Tie, Tie]) -> Tie | None:
    """Return the host's own tie for the subject of a fact: an equal tie, or a person."""
    if isinstance(on, Person):
        on = network.tie(on)
    return ties.get(on) if isinstance(on, Tie) else None


def _who(tie: Tie) -> str:
    return tie.person.name if tie.ego else f"{tie.people[0].name} and {tie.people[1].name}"


def _words_fault(fact: Score, field: Field) -> str | None:
    if type(fact.because) is not str or (fact.label is not None and type(fact.label) is not str):
        return "the reason and the label must be text"
    if field.labels and fact.label is not None and fact.label not in field.labels:
        return f"{fact.label!r:.60} is not one of the labels of `{field.name}`"
    return None


def _fault(value: Value, field: Field, network: Network | None) -> str | None:
    """Return what is wrong with a plain value, None if nothing is."""
    kind = type(value)
    if isinstance(value, float | int) and kind is not bool:
        fits = field.low <= value <= field.high and math.isfinite(value)
        return None if fits else f"{value!r:.60} is not within {field.low:g} to {field.high:g}"
    if kind in (str, dt.date):
        return None
    items = value if isinstance(value, tuple) else (value,)
    if not all(type(item) in (str, Person) for item in items):
        return f"{value!r:.60} is not a number, words, a date, a person or a tuple of words and persons"
    unknown = [item for item in items if isinstance(item, Person) and network and not _is_known(item, network)]
    return f"{unknown[0].name!r:.60} is not in this network" if unknown else None


def _is_known(person: Person, network: Network) -> bool:
    return person == network.ego or network.tie(person) is not None


def plain(value: Value) -> Value:
    """Return a value as its plain built-in type, without calling methods of a subclass; a list as a tuple."""
    kind = type(value)
    if kind in (float, int, str, dt.date, bool, Person) or isinstance(value, dt.datetime):
        return value
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, list | tuple):
        return tuple(str.__str__(item) if isinstance(item, str) else item for item in value)
    return dt.date.fromordinal(dt.date.toordinal(value)) if isinstance(value, dt.date) else value
