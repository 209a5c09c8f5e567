"""Evidence as compact tables for the page: the latest encounters of each tie, and how many others there are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from netnotes.extract.promises import plain
from netnotes.map.page.safe_text import Strings
from netnotes.model import Encounter, Mention, Promise, Tie

LATEST = 40
"""How many encounters of each person the page can show."""
MENTIONS = 12
"""How many mentions of each person the page can show."""
MOST_PATH = 600
"""Longer paths get no link."""
INITIATORS = (None, "me", "them", "both")
"""Who initiated an encounter, by the number that the page uses."""
GROUPS_A_PERSON = 20
"""Most numbers per person in the table of encounters; beyond that, the page counts contacts instead."""


class Evidence:
    """Numbered encounters. Each is stored once, even if several people were there."""

    def __init__(self, today: dt.date, strings: Strings) -> None:
        self._today = today
        self._strings = strings
        self._number: dict[int, int] = {}
        self._encounters: list[Encounter] = []
        self.met: list[int] = []

    def add(self, tie: Tie) -> None:
        """Store a tie's latest encounters: their count, then number and minutes of each, latest first; 0 if unknown."""
        latest = tie.contacts[-LATEST:]
        self.met.append(len(latest))
        for contact in reversed(latest):
            encounter = contact.encounter
            number = self._number.get(id(encounter))
            if number is None:
                number = self._number[id(encounter)] = len(self._encounters)
                self._encounters.append(encounter)
            noted = encounter.minutes is not None or tie.person.id in encounter.minutes_by_person
            self.met += (number, round(contact.minutes) if noted else 0)

    def columns(self) -> dict[str, list[int]]:
        """Return the stored encounters as columns: days before today, and minutes of the whole encounter."""
        index = self._strings.index
        return {
            "ago": [(self._today - encounter.date).days for encounter in self._encounters],
            "channel": [index(encounter.channel, 40) for encounter in self._encounters],
            "title": [-1 if _plain_title(encounter) else index(encounter.title, 160) for encounter in self._encounters],
            "path": [_path(encounter.path, self._strings) for encounter in self._encounters],
            "line": [encounter.line for encounter in self._encounters],
            "minutes": [round(encounter.minutes or 0) for encounter in self._encounters],
            "by": [
                INITIATORS.index(encounter.initiated_by) if encounter.initiated_by in INITIATORS else 0
                for encounter in self._encounters
            ],
        }


def _plain_title(encounter: Encounter) -> bool:
    """Return whether the title is the note's own name, which the page takes from the path."""
    return encounter.title is None or f"{encounter.title}.md" == encounter.path.rpartition("/")[2]


def promise_rows(promises: Iterable[Promise], place: dict[str, int], strings: Strings) -> list[list[int]]:
    """Return each open promise as text, path, line, who owes it (as INITIATORS), and the indices of its people."""
    found = []
    for promise in promises:
        people = [place[person.id] for person in promise.people if person.id in place]
        if people:
            owed = INITIATORS.index(promise.owed_by) if promise.owed_by in INITIATORS else 0
            path = _path(promise.path, strings)
            found.append([strings.index(plain(promise.text), 200), path, promise.line, owed, *people])
    return found


def mention_rows(
    mentions: Iterable[Mention], today: dt.date, place: dict[str, int], strings: Strings
) -> list[list[int]]:
    """Return the latest mentions, latest first: days before `today`, path, line, and the indices of their people."""
    found = []
    shown: Counter[int] = Counter()
    for mention in sorted(mentions, key=lambda each: each.date, reverse=True):
        named = [place[person.id] for person in mention.people if person.id in place]
        people = [each for each in named if shown[each] < MENTIONS]
        if people:
            shown.update(people)
            found.append([(today - mention.date).days, _path(mention.path, strings), mention.line, *people])
    return found


def _path(path: str, strings: Strings) -> int:
    """Return a path's number among the page's strings; -1 if it is too long for a link."""
    return strings.index(path, MOST_PATH) if len(path) <= MOST_PATH else -1


def encounter_sets(encounters: Sequence[Encounter], place: dict[str, int]) -> list[list[int]] | None:
    """Return how often each set of people met: the number of encounters and the people's indices.

    With these the page counts the encounters of any selection of people. None if the table would be too large.
    """
    sets = Counter(
        frozenset(place[person.id] for person in encounter.people if person.id in place) for encounter in encounters
    )
    if sum(map(len, sets)) + len(sets) > GROUPS_A_PERSON * max(50, len(place)):
        return None
    return sorted([count, *sorted(group)] for group, count in sets.items() if group)
