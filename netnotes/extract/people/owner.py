"""The owner of a vault, if no note says `me: true`: the one person in nearly every attendee list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from sys import intern

from netnotes.config import Config
from netnotes.extract.people.likely_names import is_likely_name
from netnotes.extract.people.names import folded, names_in, stem
from netnotes.extract.people.person_marks import is_person
from netnotes.extract.people.person_note import names_of, person_of
from netnotes.model import Note, Problem
from netnotes.text import person_signs, roles
from netnotes.text.serialize import LISTED, hold

FEWEST_LISTS = 10
"""Attendee lists that a vault must have."""
FEWEST_LISTS_OF_A_CONTACT = 20
"""The same, if the person in nearly all of them has a note marked as a person's, without `me: true`."""
FEWEST_LISTS_OF_ONE, ALONE_WITH_OTHERS = 3, 2
"""The same, if the person is the only one in the lists of meetings whose names are about others; how many of these."""
ABSENT = 0.05
"""Share of the lists that may lack the owner; at least one may."""
ALONE = 0.05
"""Share of the lists that may name no one else."""
FEWEST_OTHERS = 5
"""People that the lists must name besides the owner."""
_LONGEST_LIST = 200

Attending = Callable[[Note], Mapping[str, str]]
"""Does as `attendees_of` with the options of the vault."""
Attendees = tuple[str, ...]
"""The folded names in the attendee lists of one note, and after them the same names as they are written."""


def attendees_of(note: Note, config: Config) -> dict[str, str]:
    """Return folded name → the name as it is written, for the attendee lists in a note's properties and in its text."""
    values = [note.value(key) for key in note.having(config.encounters.attendees)]
    if hold(note.passages, LISTED):
        values += [passage.text for passage in note.passages if passage.role in (roles.ATTENDEES, roles.ATTENDEE)]
    found: dict[str, str] = {}
    for value in values:
        for target, name in names_in(value) if value else ():
            if len(found) == _LONGEST_LIST:
                return found
            shown = stem(target) if target else name
            # Few names are in many lists.
            found.setdefault(intern(folded(shown)), intern(shown))
    return found


def replace_list(lists: dict[str, Attendees], counts: dict[str, int], path: str, now: Mapping[str, str]) -> bool:
    """Replace the list of the note at `path`, and return whether it differs.

    `counts`: folded name → how many of the `lists` have it; without names that none has.
    """
    names, before = (*now, *now.values()), lists.get(path, ())
    if names == before:
        return False
    for name in folded_names(before):
        counts[name] -= 1
        if not counts[name]:
            del counts[name]
    for name in now:
        counts[name] = counts.get(name, 0) + 1
    if names:
        lists[path] = names
    else:
        del lists[path]
    return True


def most_frequent(lists: Mapping[str, Attendees], counts: Mapping[str, int]) -> tuple[str, int]:
    """Return the folded name that most lists have, and how many; of several the first, by the paths of the notes."""
    count = max(counts.values())
    often = {name for name, times in counts.items() if times == count}
    in_order = (name for path in sorted(lists) for name in folded_names(lists[path]))
    return next(name for name in in_order if name in often), count


def folded_names(names: Attendees) -> Attendees:
    """Return the folded names of a list."""
    return names[: len(names) // 2]


def first_spelling(name: str, lists: Mapping[str, Attendees]) -> str:
    """Return how the first list that has a folded name spells it."""
    return next(_written(name, lists[path]) for path in sorted(lists) if name in folded_names(lists[path]))


def _written(name: str, names: Attendees) -> str:
    """Return how a list spells a folded name that it has."""
    return names[len(names) // 2 + folded_names(names).index(name)]


def likely_owner(lists: Mapping[str, Attendees], counts: Mapping[str, int], config: Config) -> str | None:
    """Return the name of the person in nearly all attendee lists, in its usual spelling; None if there is none.

    `lists` by the paths of their notes, none of them empty; `counts` as for `replace_list`. With looser bounds, a
    colleague would be taken for the owner in every third vault.
    """
    number = len(lists)
    if number < FEWEST_LISTS or len(counts) <= FEWEST_OTHERS:
        return None
    if number - max(counts.values()) > max(1, ABSENT * number):
        return None
    name, _ = most_frequent(lists, counts)
    if name in map(folded, config.not_me):
        return None
    if sum(1 for names in lists.values() if folded_names(names) == (name,)) > ALONE * number:
        return None
    written = Counter(_written(name, names) for names in lists.values() if name in folded_names(names))
    return max((times, shown) for shown, times in written.items())[1]


def sole_attendee(lists: Mapping[str, Attendees], counts: Mapping[str, int], config: Config) -> str | None:
    """Return the name of the person in every attendee list who is alone in those of meetings with somebody else.

    `lists` and `counts` as for `likely_owner`. A `2026-03-25 Bo meeting` whose list holds only Uma is Uma's own note.
    There must be FEWEST_LISTS_OF_ONE lists, and ALONE_WITH_OTHERS such meetings.
    """
    common = [name for name, count in counts.items() if count == len(lists)]
    if len(lists) < FEWEST_LISTS_OF_ONE or len(common) != 1:
        return None
    (name,) = common
    alone = (path for path, names in lists.items() if folded_names(names) == (name,))
    if sum(_names_others(stem(path), name) for path in alone) < ALONE_WITH_OTHERS:
        return None
    return None if name in map(folded, config.not_me) else first_spelling(name, lists)


def _names_others(title: str, name: str) -> bool:
    """Return whether a title holds a first name, and no word of the folded `name`."""
    words = title.split()
    return any(map(is_likely_name, words)) and set(name.split()).isdisjoint(map(folded, words))


def says_me(note: Note, config: Config) -> bool:
    """Return whether a note says that it is the ego's: `me: true`, or `This is you.` in a note marked as a person's."""
    return note.value("me") is True or (person_signs.OWN in note.signs and is_person(note, config.people))


def marked_as_own(notes: Iterable[Note], config: Config) -> list[Note]:
    """Return the notes that say `me: true`; without any, the only person's note that begins with `This is me`."""
    own = [note for note in notes if says_me(note, config)]
    marked = [note for note in own if note.value("me") is True]
    return own if len(own) == 1 else marked


def own_note(
    notes: Iterable[Note],
    marked: list[Note],
    called: str | None,
    config: Config,
    problems: list[Problem],
) -> Note | None:
    """Return the ego's own note: the one with the name `called`, else a `marked` one; further ones are problems."""
    if called is not None:
        marked = [note for note in notes if called in (note.path, note.path.removesuffix(".md"))] or [
            note for note in notes if is_called(note, called, config)
        ]
    problems += [
        Problem(
            "says `me: true`, but another note already does",
            path=note.path,
            line=note.line("me"),
            hint=f"the ego is {marked[0].path}",
        )
        for note in marked[1:]
    ]
    return marked[0] if marked else None


def is_called(note: Note, name: str, config: Config) -> bool:
    """Return whether a note would be that of a person with this name."""
    return folded(name) in map(folded, names_of(person_of(note, config, {})))
