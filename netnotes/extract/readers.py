"""Run readers: what they find in notes becomes encounters, beside those that are read anyway.

A reader is shown every note but templates, one after the other; one that fails on any of them loses all it found.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from netnotes.extract.note_types import evidence_notes
from netnotes.extract.resolver import Directory
from netnotes.extract.scenes import named
from netnotes.frozen import frozen
from netnotes.model import Encounter, Note, Passage, Problem, Vault
from netnotes.plugin.call import TimeLimit, collect_facts, no_limit
from netnotes.plugin.facts import FoundEncounter
from netnotes.plugin.hooks import Plugin, Reader
from netnotes.text.lexicon import channels

MOST_A_NOTE = 200
"""Facts a reader may yield for each note on average, above a thousand for all; more is endless."""
CHANNELS = frozenset({channels.IN_PERSON, channels.CALL, channels.MESSAGE, channels.MAIL, channels.CARD})
INITIATIVES = frozenset({"me", "them", "both"})


def read(
    vault: Vault, people: Directory, plugins: Sequence[Plugin], *, limit: TimeLimit = no_limit, strict: bool = False
) -> tuple[tuple[Encounter, ...], tuple[Problem, ...]]:
    """Return the encounters that the readers of `plugins` find in the notes of `vault`."""
    hooks = [(plugin, hook) for plugin in plugins for hook in plugin.hooks if isinstance(hook, Reader)]
    if not hooks:
        return (), ()
    notes = [shown(note) for note in evidence_notes(vault)]
    encounters: list[Encounter] = []
    problems: list[Problem] = []
    for plugin, hook in hooks:
        found: list[tuple[Note, FoundEncounter]] = []
        well, said = _run(plugin, hook, notes, found, limit=limit, strict=strict)
        problems += said
        for note, met in found if well else ():
            if encounter := _encounter(note, met, people):
                encounters.append(encounter)
    return tuple(encounters), tuple(problems)


def shown(note: Note) -> Note:
    """Return a note that cannot be changed."""
    return note._replace(
        properties=frozen(note.properties),
        lines=frozen(note.lines),
        fields=frozen(note.fields),
        passages=tuple(map(_shown, note.passages)),
    )


def _shown(passage: Passage) -> Passage:
    return passage._replace(fields=frozen(passage.fields)) if passage.fields else passage


def _run(
    plugin: Plugin,
    hook: Reader,
    notes: Sequence[Note],
    found: list[tuple[Note, FoundEncounter]],
    *,
    limit: TimeLimit,
    strict: bool,
) -> tuple[bool, list[Problem]]:
    at: list[Note] = []

    def over(notes: Sequence[Note], options: Any) -> Iterator[Any]:
        for note in notes:
            at[:] = [note]
            for fact in hook.function(note, options):
                if type(fact) is Problem:
                    yield fact if fact.path or fact.on else replace(fact, path=note.path)
                else:
                    yield note, fact

    def check(pair: tuple[Note, Any]) -> str | None:
        fault = _fault(pair[1])
        if fault is None:
            found.append(pair)
        return fault

    most = 1000 + MOST_A_NOTE * len(notes)
    well, problems = collect_facts(replace(hook, function=over), plugin, notes, most, check, limit=limit, strict=strict)
    if not well and at:
        problems[-1] = replace(problems[-1], path=at[0].path)
    return well, problems


def _fault(met: Any) -> str | None:
    """Return what is wrong with a fact of a reader."""
    if type(met) is not FoundEncounter:
        return f"it yields {type(met).__name__}, not FoundEncounter"
    if type(met.date) is not dt.date:
        return f"{met.date!r:.60} is no date"
    if isinstance(met.people, str) or not all(isinstance(name, str) for name in met.people):
        return "people of a FoundEncounter are a list of names or links"
    if type(met.line) is not int or met.line < 1:
        return f"{met.line!r:.60} is no line of a note"
    return _detail_fault(met)


def _detail_fault(met: FoundEncounter) -> str | None:
    """Return what is wrong with what a fact says beyond who, when and where."""
    if met.minutes is not None and not _is_length(met.minutes):
        return f"{met.minutes!r:.60} is no number of minutes above 0"
    if met.channel is not None and met.channel not in CHANNELS:
        return f"{met.channel!r:.60} is no channel: {', '.join(sorted(CHANNELS))}"
    if met.initiated_by is not None and met.initiated_by not in INITIATIVES:
        return f"{met.initiated_by!r:.60} started nothing: me, them or both"
    if not isinstance(met.fields, Mapping) or not all(isinstance(key, str) for key in met.fields):
        return "fields of a FoundEncounter must be a mapping of text to text or number"
    return None if met.scene is None or isinstance(met.scene, str) else "the scene of a FoundEncounter must be text"


def _is_length(minutes: object) -> bool:
    return type(minutes) in (int, float) and isinstance(minutes, int | float) and 0 < minutes < math.inf


def _encounter(note: Note, met: FoundEncounter, people: Directory) -> Encounter | None:
    """Return the encounter; None where nobody but the ego was there."""
    present = [person for person in people.attending(note.path, met.line, list(met.people)) if not person.me]
    if not present:
        return None
    return Encounter(
        date=met.date,
        people=tuple(present),
        path=note.path,
        line=met.line,
        minutes=met.minutes,
        channel=met.channel,
        initiated_by=met.initiated_by,
        scene=named(met.scene, people.spelling) if met.scene else None,
        fields=dict(met.fields),
    )
