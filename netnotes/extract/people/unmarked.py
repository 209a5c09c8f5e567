"""Notes with a person's name that nothing marks: they are people where a line of contact names them.

`Chidi.md` is a person where a note says `skype with [[Chidi]]`; `Ruth Kessler.md`, of whom only books are told, is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from netnotes.config import People
from netnotes.extract.people.likely_names import is_likely_name
from netnotes.extract.people.names import folded
from netnotes.extract.people.note_names import title_of
from netnotes.extract.people.person_marks import is_dated_name, is_fit_for_person, mark_of
from netnotes.model import Note, Passage
from netnotes.notes import Reference
from netnotes.text import roles

_DONE = (None, "x", "X")


def unmarked_names(notes: Iterable[Note], rules: People) -> dict[str, tuple[str, ...]]:
    """Return folded name, and first name → the paths of notes that have a person's name but no mark."""
    found: dict[str, list[str]] = {}
    for note in notes:
        for name in names_of_unmarked(note, rules):
            found.setdefault(name, []).append(note.path)
    return {name: tuple(paths) for name, paths in found.items()}


def names_of_unmarked(note: Note, rules: People) -> tuple[str, ...]:
    """Return the folded names by which a note may be told that has a person's name but no mark; none for others."""
    name = title_of(note)
    if not is_likely_name(name) or is_dated_name(note.path) or not is_fit_for_person(note):
        return ()
    if mark_of(note, rules) is not None:
        return ()
    whole = folded(name)
    return tuple(dict.fromkeys((whole, whole.partition(" ")[0])))


def named_in_contacts(note: Note, names: Collection[str]) -> frozenset[str]:
    """Return those of the folded `names` that lines of contact of a note name."""
    if not names:
        return frozenset()
    return frozenset(name for passage in note.passages for name in _met(passage) if name in names)


def people_among(names: Mapping[str, tuple[str, ...]], named: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return the paths of unmarked notes that are people: `named` somewhere, by a name that no other of them has."""
    met = frozenset().union(*named)
    return frozenset(paths[0] for name, paths in names.items() if name in met and len(paths) == 1)


def _met(passage: Passage) -> Iterator[str]:
    """Yield, folded, the names of the people that a line likely says were met."""
    if passage.state is not None or passage.task not in _DONE or passage.role == roles.PLAN:
        return
    for reference in passage.names:
        if reference.state is None and _is_met(passage, reference):
            yield folded(reference.target.rpartition("/")[2])


def _is_met(passage: Passage, reference: Reference) -> bool:
    if reference.near and (passage.channel is not None or reference.company):
        return True
    return reference.kind == "link" and passage.role in (roles.NAMES, roles.ATTENDEES, roles.ATTENDEE)
