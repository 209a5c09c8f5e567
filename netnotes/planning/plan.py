"""Plan the edits of people's notes, from scores and notes. Pure; `writing.apply` changes the notes.

Only the notes, the scores and the date decide. A field is changed if it is ours (its seal fits) or absent. Any other
property of that name belongs to the user: it stays, and is reported. Notes that are not, or no longer, about a person
stay as they are: only `netnotes clean` removes our fields there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from typing import NamedTuple

from netnotes.config import Config
from netnotes.incremental import NotePlan, PlanMemory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Edit, Note, Problem, Tie, Vault
from netnotes.network.network import Network
from netnotes.note_sequence import at_paths, note_differences
from netnotes.planning.field_values import Targets, Written, targets, values
from netnotes.reserved import fold_key
from netnotes.scoring.scores import Scores
from netnotes.text.frontmatter import ownership
from netnotes.text.frontmatter.ownership import Seal
from netnotes.text.set_aside import within

UNWRITABLE: Mapping[str, str] = {
    "invalid": "its front matter cannot be read",
    "json": "its front matter is JSON",
    "unclosed": "its front matter is not closed",
}
"""Kind of front matter → why nothing is written there."""


@dataclass(frozen=True, slots=True)
class _Target:
    """The values that our properties of one note should have."""

    values: Mapping[str, Written]
    """Property → value."""
    order: tuple[str, ...]
    """All wanted properties, in the order in which they are written."""
    held: frozenset[str]
    """Properties that keep their values."""


@dataclass(slots=True)
class _NoteState:
    """One note while its edit is planned."""

    note: Note
    seal: Seal
    ours: frozenset[str]
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    """The new content of the seal."""
    problems: list[Problem] = field(default_factory=list)

    def spelt(self, name: str) -> str | None:
        """Return how the note spells the property: `Last Contact` is `last_contact`."""
        if name in self.note.properties:
            return name
        folded = fold_key(name)
        return next((other for other in self.note.properties if fold_key(other) == folded), None)


class Plan(NamedTuple):
    """The plan of all notes."""

    edits: tuple[Edit, ...]
    """An edit for each note that changes or is refused, sorted by path."""
    problems: tuple[Problem, ...]
    """Problems to report to the user."""
    sealed: frozenset[str]
    """Notes in any folder that hold our fields and do not ask to be left alone."""
    read_only: frozenset[str]
    """Notes that ask not to be written."""


def plan(
    vault: Vault,
    network: Network,
    scores: Scores,
    config: Config,
    memory: PlanMemory,
    rescored: Collection[Tie] | None,
    *,
    complete: bool = True,
) -> Plan:
    """Return the plan of each note.

    `complete` is false where a plugin that should run was not loaded: its fields stay as they were written. The plan in
    `memory` is used again for unchanged notes whose ties are not in `rescored` (None: all ties are).
    """
    goals = targets(scores, config, complete=complete)
    # Logseq keeps properties in the first block of a page, and shows no front matter.
    pages = vault.app == "logseq"
    inputs = (goals, complete, vault.templates, network.ego.path, pages)
    usable = memory.inputs == inputs and rescored is not None
    earlier, plans = (memory.notes, memory.plans) if usable else ((), {})
    gone, new = note_differences(earlier, vault.notes)
    for note in gone:
        plans.pop(note.path, None)
    again = {note.path: note for note in new} | at_paths(vault.notes, {tie.person.path for tie in rescored or ()})
    ties = network.find_tie.by_id() if network.find_tie else {}
    for note in again.values():
        tie = ties.get(note.path)
        noted = tie is not None and tie.person.path is not None
        wanted = tie if noted else () if note.path == network.ego.path else None
        shown = note._replace(properties=note.fields) if pages and note.block == "none" else note
        planned = _planned(shown, wanted, scores, goals, vault.templates, complete=complete)
        if shown is not note and planned.edit:
            planned = planned._replace(edit=replace(planned.edit, page=True))
        if any(planned):
            plans[note.path] = planned
        else:
            plans.pop(note.path, None)
    memory.inputs, memory.notes, memory.plans = inputs, vault.notes, plans
    edits = [planned.edit for planned in plans.values() if planned.edit]
    flawed = [(path, planned.problems) for path, planned in plans.items() if planned.problems]
    problems = [problem for _, found in sorted(flawed) for problem in found]
    sealed = frozenset([path for path, planned in plans.items() if planned.sealed])
    read_only = frozenset([path for path, planned in plans.items() if planned.read_only])
    return Plan(tuple(sorted(edits, key=lambda edit: edit.path)), (*goals.problems, *problems), sealed, read_only)


def _planned(
    note: Note,
    tie: Tie | tuple[()] | None,
    scores: Scores,
    goals: Targets,
    templates: Collection[str],
    *,
    complete: bool,
) -> NotePlan:
    """Plan one note. `tie` is the tie with the note's person; None if the note is not about one."""
    seal = ownership.read(note.properties)
    ours = ownership.fitting(seal, note.properties)
    sealed, read_only = bool(ours) and not seal.ignore, seal.read_only
    if not writable(note.path, templates):
        return NotePlan(sealed, read_only=read_only)
    if tie is None:
        # A conflict copy still has the fields of its original.
        left_over = (_left_over(note, seal),) if sealed and not note.set_aside else ()
        return NotePlan(sealed, None, left_over, read_only)
    found, unwritten = values(tie, scores, goals.properties) if tie else ({}, ())
    target = _target(goals, found)
    edit, problems = _edit(_NoteState(note, seal, ours), target, None if complete else goals.known)
    return NotePlan(sealed, edit, (*problems, *unwritten), read_only)


def writable(path: str, templates: Collection[str]) -> bool:
    """Return whether a note at `path` may be written at all: in no template folder, in no folder with a dot."""
    if any(part.startswith(".") for part in path.split("/")):
        return False
    return not within(path, templates)


def accept(
    vault: Vault, scores: Scores, config: Config, people: Collection[str]
) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """Return edits that make every wanted field of the notes at `people` ours, by sealing its current value.

    Values stay until the next sync replaces them. A value that cannot be sealed (a list, true, false, a note that asks
    to be left alone) is a problem; a note without such fields has no edit.
    """
    order = tuple(targets(scores, config).properties.values())
    edits: list[Edit] = []
    problems: list[Problem] = []
    for note in vault.notes:
        if note.path not in people or not writable(note.path, vault.templates):
            continue
        seal = ownership.read(note.properties)
        present = {name: note.properties[name] for name in order if name in note.properties}
        if seal.ignore or seal.foreign or note.block in UNWRITABLE:
            reason = UNWRITABLE.get(note.block, f"its property `{seal.key}` keeps NetNotes out")
            problems += [Problem(f"nothing is accepted: {reason}", path=note.path, line=note.lines.get(seal.key))]
            continue
        given = ownership.sealed(present.items())
        problems += [
            Problem(f"`{name}` is not one plain value, so it stays yours", path=note.path, line=note.lines.get(name))
            for name in present
            if name not in given
        ]
        marks = dict(seal.marks) | given
        if marks != seal.marks:
            edits.append(Edit(note.path, note.digest, _seal_change(note, seal, marks, order)))
    return tuple(edits), tuple(problems)


def _target(goals: Targets, found: Mapping[str, Written]) -> _Target:
    order = tuple(goals.properties.values())
    held = frozenset(target for name, target in goals.properties.items() if name in goals.held)
    return _Target({goals.properties[name]: value for name, value in found.items()}, order, held)


def _edit(state: _NoteState, target: _Target, known: Collection[str] | None) -> tuple[Edit | None, list[Problem]]:
    """Return the edit that a note needs, if any.

    If `known` is given, sealed properties that are not in it belong to a plugin that is not loaded, and stay.
    """
    note, seal, ours = state.note, state.seal, state.ours
    wanted = {name for name in target.values if name not in target.held}
    if note.block in UNWRITABLE:
        if not wanted:
            return None, []
        edit = Edit(note.path, note.digest, refused=UNWRITABLE[note.block])
        # The parser has already reported what cannot be read, with its line.
        return edit, [_refusal(note, edit.refused)] if note.block == "json" else []
    if seal.ignore or seal.foreign:
        return None, _left_alone(note, seal, has_fields=bool(ours), wanted=bool(wanted))

    for name in target.order:
        _plan_property(state, name, target)
    for name in sorted(ours.difference(target.order)):
        if known is not None and name not in known:
            state.marks[name] = seal.marks[name]
        else:
            state.changes[name] = (note.properties[name], None)
    if state.marks != seal.marks:
        state.changes |= _seal_change(note, seal, state.marks, target.order)
    return (Edit(note.path, note.digest, state.changes) if state.changes else None), state.problems


def _plan_property(state: _NoteState, name: str, target: _Target) -> None:
    """Plan one wanted property."""
    current = state.note.properties.get(name)
    kept = state.seal.marks.get(name)
    present = state.spelt(name)
    value = target.values.get(name)
    if present is not None and name not in state.ours:
        # A mark that no longer fits stays: if the user restores the value, it is ours again.
        if kept and present == name:
            state.marks[name] = kept
        # A user's own `last_contact` counts as a contact and is not a problem.
        is_declared = kept is None and fold_key(name) == "lastcontact"
        if value is not None and name not in target.held and not is_declared:
            state.problems.append(_theirs(state.note, present, name, changed=kept is not None))
    elif name in target.held:
        if kept and name in state.ours:
            state.marks[name] = kept
    elif value is not None:
        if kept and ownership.same(current, value):
            state.marks[name] = kept
        else:
            state.marks |= ownership.sealed([(name, value)])
            state.changes[name] = (current, value)
    elif name in state.ours:
        state.changes[name] = (current, None)


def _seal_change(
    note: Note, seal: Seal, marks: Mapping[str, str], order: tuple[str, ...]
) -> dict[str, tuple[object, object]]:
    """Return the change that sets the seal to `marks`, in the order of the fields."""
    rank = {name: place for place, name in enumerate(order)}
    in_order = {name: marks[name] for name in sorted(marks, key=lambda name: (rank.get(name, len(rank)), name))}
    text = ownership.text(in_order)
    old = note.properties.get(seal.key)
    return {} if text == old else {seal.key: (old, text)}


def _theirs(note: Note, present: str, name: str, *, changed: bool) -> Problem:
    reason = "was changed by hand" if changed else "is your own"
    if present == name:
        hint = f'`netnotes accept --note "{note.path}"` lets NetNotes manage it; `[fields]` renames the field'
    else:
        hint = f"rename it, or the field under `[fields]` in netnotes.toml: `{name}` is spelled differently"
    return Problem(
        f"`{present}` {reason}; NetNotes leaves it alone", path=note.path, line=note.lines.get(present), hint=hint
    )


def _left_alone(note: Note, seal: Seal, *, has_fields: bool, wanted: bool) -> list[Problem]:
    line = note.lines.get(seal.key)
    if seal.ignore and has_fields:
        return [
            Problem(
                "`netnotes: ignore` keeps NetNotes out; the fields written before stay, but are no longer updated",
                path=note.path,
                line=line,
                hint="delete the lines, or the word `ignore`",
            )
        ]
    if seal.foreign and not seal.ignore and wanted:
        return [
            Problem(
                f"`{seal.key}` holds something other than a seal; nothing is written",
                path=note.path,
                line=line,
                hint="rename that property, or write `netnotes: ignore`",
            )
        ]
    return []


def _left_over(note: Note, seal: Seal) -> Problem:
    return Problem(
        "has NetNotes fields but is not a person's note; they are no longer updated",
        path=note.path,
        line=note.lines.get(seal.key),
        hint="make it a person again, or `netnotes clean`",
    )


def _refusal(note: Note, reason: str | None) -> Problem:
    return Problem(f"nothing is written: {reason}", path=note.path, line=1, hint="write `key: value` lines instead")
