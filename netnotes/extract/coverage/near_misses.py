"""Properties with names close to ones that are read, days without a year, and the possible owner of the vault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from netnotes.config import Config
from netnotes.extract.meetings import attendee_key
from netnotes.extract.note_types import named_date, property_date
from netnotes.extract.people.names import folded, names_in, stem
from netnotes.extract.people.owner import FEWEST_OTHERS, Attendees, first_spelling, most_frequent
from netnotes.extract.people.person_marks import KIND_KEYS, is_dated_name
from netnotes.extract.people.person_words import PERSON_WORDS
from netnotes.extract.people.resolver import Resolver
from netnotes.model import Note, Person, Problem
from netnotes.reserved import fold_key

_CLOSE = 0.86
"""Similarity from which a word counts as a misspelling of another."""
_SHORTEST = 6
"""Shorter keys do not count as misspellings."""
_FEWEST_LISTS = 4
_FEWEST_HEADINGS = 2
_SHARE = 0.75
"""Share of attendee lists that must name a possible owner."""
_MOST_NAMES = 20
NOT_ATTENDEES = frozenset(
    "tags tag aliases alias cssclasses cssclass type kind category categories class fileclass status author authors"
    " by source up parent related links created updated project area topic topics company owner".split()
)
"""Properties that name people or notes, but not people who were at a meeting."""


def properties(note: Note, people: Resolver, config: Config) -> Iterator[Problem]:
    """Yield misspelled properties of a note that is not a person's, and unread lists of people if it has a day."""
    if not (note.properties or note.fields):
        return
    yield from _misspelled(note, config)
    if attendee_key(note, config) or not (named_date(note.path) or property_date(note, config, [])):
        return
    for key, names in named_by_property(note, config):
        known = [name for name in names if people.with_name(folded(name))]
        if known and 2 * len(known) >= len(names):
            yield Problem(
                f"`{key}` names {known[0]}, but is not read as a list of attendees",
                path=note.path,
                line=note.lines.get(key),
                remark="near property",
                hint=f'`[encounters] attendees = ["{key}"]` in netnotes.toml makes it a list of attendees',
            )


def without_year(note: Note) -> Iterator[Problem]:
    """Yield a remark on a note with several headings that give a day and no year, and no day in its name."""
    if len(note.without_year) >= _FEWEST_HEADINGS and not is_dated_name(note.path):
        yield Problem(
            f"{len(note.without_year)} headings give a day and no year",
            path=note.path,
            line=note.without_year[0],
            remark="no year",
            hint="name the year in the note's title, for example `# Journal 2026`, or write `## 2026-01-30`",
        )


def named_by_property(note: Note, config: Config) -> Iterator[tuple[str, list[str]]]:
    """Yield each property or field without an option, and the names in it."""
    usual = {folded(key) for key in config.encounters.attendees} | NOT_ATTENDEES
    for key, value in _written(note):
        if folded(key) not in usual and isinstance(value, str | list):
            names = [stem(target) if target else name for target, name in names_in(value)][:_MOST_NAMES]
            if names:
                yield key, names


def _misspelled(note: Note, config: Config) -> Iterator[Problem]:
    """Yield `attendes` for `attendees`, and `type: persn` for `type: person`."""
    wanted = (*config.encounters.attendees, *config.encounters.dates, "aliases")
    for key, value in _written(note):
        spelled = fold_key(key)
        if spelled in KIND_KEYS:
            if isinstance(value, str) and (near := _misspelled_kind(folded(value))):
                yield _misspelling(note, key, f"`{key}: {value}` does not mark a person", f"write `{key}: {near}`")
        elif near := _misspelled_key(spelled, wanted):
            yield _misspelling(note, key, f"`{key}` is not read", f"write `{near}`")


def _written(note: Note) -> Iterator[tuple[str, object]]:
    """Yield the properties and inline fields of a note that the user wrote."""
    yield from note.own().items()
    yield from ((key, value) for key, value in note.fields.items() if key not in note.owned)


@lru_cache(maxsize=1_000)
def _misspelled_kind(word: str) -> str | None:
    """Return the word for people that a folded word misspells; None if it misspells none."""
    return None if word in PERSON_WORDS else next(iter(get_close_matches(word, sorted(PERSON_WORDS), 1, _CLOSE)), None)


@lru_cache(maxsize=1_000)
def _misspelled_key(spelled: str, wanted: tuple[str, ...]) -> str | None:
    """Return the one of the `wanted` keys that a folded key misspells; None if none. Cached: most notes share keys."""
    keys = {fold_key(key): key for key in wanted}
    if len(spelled) < _SHORTEST or spelled in keys:
        return None
    return next((keys[near] for near in get_close_matches(spelled, keys, 1, _CLOSE)), None)


def _misspelling(note: Note, key: str, message: str, hint: str) -> Problem:
    return Problem(message, path=note.path, line=note.lines.get(key), remark="near property", hint=hint)


def owner(lists: Mapping[str, Attendees], counts: Mapping[str, int], ego: Person, config: Config) -> Iterator[Problem]:
    """Yield a remark on who is taken to be the owner of the vault, or may be, judged by the attendee lists alone.

    `lists` and `counts` as for `likely_owner`.
    """
    if config.me is not None or not lists:
        # Where a note says who the owner is, no lists are kept.
        return
    if ego.name != "me":
        count = counts.get(folded(ego.name), 0)
        yield Problem(
            f"{ego.name} is in {count} of {len(lists)} attendee lists and is taken to be you",
            path=ego.path,
            remark="owner",
            hint=f'`me = "{ego.name}"` in netnotes.toml confirms it, `not_me = ["{ego.name}"]` says no',
        )
        return
    if len(lists) < _FEWEST_LISTS or len(counts) <= FEWEST_OTHERS:
        return
    name, count = most_frequent(lists, counts)
    if count >= _SHARE * len(lists) and name not in map(folded, config.not_me):
        shown = first_spelling(name, lists)
        yield Problem(
            f"{shown} is in {count} of {len(lists)} attendee lists; is that you?",
            remark="owner",
            hint=f'`me = "{shown}"` in netnotes.toml leaves you out of your own ties',
        )
