"""Find unmarked notes with a person's name that are people, since a contact line names them.

`Chidi.md` is a person if a note says `skype with [[Chidi]]`; `Ruth Kessler.md`, named only with her books, is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

from netnotes.config import People
from netnotes.extract.people.likely_names import is_likely_name, parts_of_name, titles
from netnotes.extract.people.names import folded
from netnotes.extract.people.note_names import looks_like_name, title_of
from netnotes.extract.people.person_marks import has_id_before_name, is_dated_name, is_fit_for_person, mark_of
from netnotes.extract.people.person_note import aliases_of
from netnotes.extract.people.person_text import has_relation_tag
from netnotes.model import Note, Passage
from netnotes.notes import Reference
from netnotes.text import person_signs, roles
from netnotes.text.serialize import DAY, hold

_DONE = (None, "x", "X")
_SIGNS = frozenset((person_signs.RELATIVE, person_signs.TELEPHONE))


def candidate_names(notes: Iterable[Note], rules: People) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Return path → folded names of the notes with a person's name, and the paths of those that nothing marks."""
    found: dict[str, tuple[str, ...]] = {}
    unmarked = set()
    for note in notes:
        names, is_marked = names_of_candidate(note, rules)
        if names:
            found[note.path] = names
            if not is_marked:
                unmarked.add(note.path)
    return found, frozenset(unmarked)


def names_of_candidate(note: Note, rules: People) -> tuple[tuple[str, ...], bool]:
    """Return the folded names of a note, none if its name is not a person's, and whether it is marked as a person's."""
    if is_dated_name(note.path) and not has_id_before_name(note):
        return (), False
    name = title_of(note)
    if not _may_be_a_name(name, note):
        return (), False
    is_marked = mark_of(note, rules) is not None
    if not is_marked and not is_fit_for_person(note):
        return (), False
    return tuple(dict.fromkeys((folded(name), *parts_of_name(name)))), is_marked


def _may_be_a_name(name: str, note: Note) -> bool:
    """Return whether a title is likely a person's name, or looks like one above lines about a person."""
    if is_likely_name(name) or any(" " in alias and is_likely_name(alias) for alias in aliases_of(note)):
        return True
    return looks_like_name(name) and (not _SIGNS.isdisjoint(note.signs) or has_relation_tag(note.marks))


def unmarked_names(names: Mapping[str, tuple[str, ...]], unmarked: AbstractSet[str]) -> dict[str, str]:
    """Return folded name → path, for names that only one candidate has, which is unmarked."""
    counts = Counter(chain.from_iterable(names.values()))
    return {name: path for path in names if path in unmarked for name in names[path] if counts[name] == 1}


def named_in_contacts(note: Note, names: Collection[str]) -> frozenset[str]:
    """Return those of the folded `names` that contact lines of a note name."""
    if not names:
        return frozenset()
    dated = _has_day(note)
    return frozenset(name for passage in note.passages for name in _met(passage, dated=dated) if name in names)


def _has_day(note: Note) -> bool:
    """Return whether a note or one of its lines may be about a day: elsewhere a list of links is no list of guests."""
    return (
        is_dated_name(note.path)
        or any(note.value(key) is not None for key in ("date", "day"))
        or hold(note.passages, DAY)
    )


def _met(passage: Passage, *, dated: bool) -> Iterator[str]:
    """Yield, folded, the names of people who were probably met according to a line of a note, with a day if `dated`."""
    if passage.state is not None or passage.task not in _DONE or passage.role == roles.PLAN:
        return
    for reference in passage.names:
        if reference.state is None and _is_met(passage, reference, dated=dated):
            name = folded(reference.target.rpartition("/")[2])
            yield name
            title, _, rest = name.partition(" ")
            if title.rstrip(".") in titles():
                yield rest


def _is_met(passage: Passage, reference: Reference, *, dated: bool) -> bool:
    if reference.near and (passage.channel is not None or reference.company):
        return True
    listed = passage.role in (roles.ATTENDEES, roles.ATTENDEE) or (dated and passage.role == roles.NAMES)
    return reference.kind == "link" and listed
