"""Build ties from encounters, and hold them together as the network. Scores nothing."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain, combinations
from operator import attrgetter
from typing import Any

from netnotes.deferred import Deferred, defer
from netnotes.differences import differences
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Contact, Encounter, Group, Link, Mention, Note, Person, Promise, Scene, Tie

TYPICAL_MINUTES: Mapping[str | None, float] = {
    "in person": 10.0,
    "call": 10.0,
    "message": 3.0,
    "mail": 3.0,
    "card": 1.0,
    None: 5.0,
}
"""Minutes assumed for an encounter without a noted length, by channel; None: the line does not say."""
SHARED_CAP = 10.0
"""Most minutes per person that a length noted for all counts, if the ego met two or more at once."""
SHORTEST_CALL = 3.0
"""A call counts at least as much as a message."""
CROWD = 50
"""Most people of one encounter that get ties to each other: in a larger crowd, not everyone met everyone."""
MOST_PAIRS = 2_000_000
"""Contacts between two others that are kept; beyond, the largest encounters are left out."""
Met = Mapping[dt.date, Sequence[Encounter]]
"""Encounters by day."""


@dataclass(frozen=True, slots=True)
class Network(Deferred):
    """Everyone the ego knows, and how, up to and including `today`. Read-only.

    .. versionadded:: 0.1
    """

    today: dt.date
    ego: Person
    people: tuple[Person, ...] = ()
    """Everyone except the ego, sorted by id."""
    encounters: tuple[Encounter, ...] = ()
    """By date, path and line; none later than today."""
    ties: tuple[Tie, ...] = ()
    """The ties to score, sorted by the other's id: the ego's, one for each of `people`, even without contact."""
    planned: tuple[Encounter, ...] = ()
    """Encounters announced for days after today."""
    mentions: tuple[Mention, ...] = ()
    """By date, path and line; none later than today. They create no ties."""
    promises: tuple[Promise, ...] = ()
    notes: tuple[Note, ...] = ()
    """All notes except templates, by path, in a vault without people, where the map shows notes; else empty."""
    links: tuple[Link, ...] = ()
    """Those between `notes`, by both paths."""
    find_scenes: Callable[[], tuple[Scene, ...]] = field(default=tuple, repr=False, compare=False)
    """Finds scenes on first use; set by the host."""
    find_groups: Callable[[], tuple[Group, ...]] = field(default=tuple, repr=False, compare=False)
    """Finds groups on first use; set by the host."""
    find_linked: Callable[[], tuple[tuple[Note, ...], tuple[Link, ...]]] = field(
        default=lambda: ((), ()), repr=False, compare=False
    )
    """Finds notes and the links between them on first use; set by the host."""
    find_alter_ties: AlterTies | None = field(default=None, repr=False, compare=False)
    """Finds the ties between two others on first use; set from `encounters`."""
    find_tie: TieIndex | None = field(default=None, repr=False, compare=False)
    """Finds the ego's tie with a person by their id; set from `ties`."""

    def __post_init__(self) -> None:
        if self.find_tie is None or self.find_tie.ties is not self.ties:
            object.__setattr__(self, "find_tie", TieIndex(self.ties))
        if self.find_alter_ties is None or self.find_alter_ties.encounters is not self.encounters:
            object.__setattr__(self, "find_alter_ties", AlterTies(self.encounters))

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Scenes that are declared, named in notes, or known from places; always those of today, also after `as_of`."""
        return self.find_scenes()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that notes declare; always those of today, also after `as_of`."""
        return self.find_groups()

    @property
    def alter_ties(self) -> tuple[Tie, ...]:
        """The ties between two others that the ego's notes show; sorted by both ids."""
        return self.find_alter_ties() if self.find_alter_ties else ()

    def tie(self, person: Person) -> Tie | None:
        """Return the ego's tie with `person`."""
        return self.find_tie.by_id().get(person.id) if self.find_tie else None

    def as_of(self, day: dt.date) -> Network:
        """Return the network as it was at the end of `day`, without later encounters; the people stay."""
        if day >= self.today:
            return replace(self, today=day)
        known = bisect_right(self.encounters, day, key=lambda encounter: encounter.date)
        return replace(
            self,
            today=day,
            encounters=self.encounters[:known],
            mentions=tuple(mention for mention in self.mentions if mention.date <= day),
            planned=self.encounters[known:] + self.planned,
            ties=tuple(tie.as_of(day) for tie in self.ties),
        )


@dataclass(slots=True)
class AlterTies:
    """The ties between two others that encounters show, computed once for all networks with these encounters."""

    encounters: tuple[Encounter, ...]
    _ties: tuple[Tie, ...] | None = None

    def __call__(self) -> tuple[Tie, ...]:
        """Return the ties, sorted by both ids."""
        if self._ties is None:
            self._ties = _alter_ties(self.encounters)
        return self._ties


@dataclass(slots=True)
class TieIndex:
    """The ego's ties by the ids of the others, found on first use, once for all networks with these ties."""

    ties: tuple[Tie, ...]
    _by_id: dict[str, Tie] | None = None

    def by_id(self) -> Mapping[str, Tie]:
        """Return id of a person → the ego's tie with them."""
        if self._by_id is None:
            self._by_id = {tie.person.id: tie for tie in self.ties if tie.ego}
        return self._by_id


def build_network(people: Iterable[Person], ego: Person, encounters: Iterable[Encounter], today: dt.date) -> Network:
    """Build the network of `people` (without the ego) from encounters in any order.

    Encounters after `today` become plans. Scenes and promises are left empty.
    """
    everyone = tuple(sorted(people, key=attrgetter("id")))
    met: dict[dt.date, list[Encounter]] = {}
    for encounter in sorted(encounters, key=attrgetter("date", "path", "line")):
        met.setdefault(encounter.date, []).append(encounter)
    ties = update_ties(None, everyone, ego, met, {}, today)
    return with_encounters(Network(today, ego, everyone, ties=ties.ties, find_tie=ties), met)


def with_encounters(network: Network, met: Met, find_mentions: Callable[[], Iterable[Mention]] = tuple) -> Network:
    """Give a new network its encounters and mentions: they are put in sequence when somebody asks for them.

    `met` must not change later; the encounters of a day are sorted by path and line. Mentions may come in any order.
    """
    today = network.today

    def complete(record: Any, name: str) -> None:
        if name == "find_alter_ties":
            object.__setattr__(record, name, AlterTies(record.encounters))
        elif name == "mentions":
            known = [mention for mention in find_mentions() if mention.date <= today]
            object.__setattr__(record, name, tuple(sorted(known, key=attrgetter("date", "path", "line"))))
        elif name == "encounters":
            object.__setattr__(record, name, in_sequence(met, until=today))
        elif name == "planned":
            object.__setattr__(record, name, in_sequence(met, after=today))

    defer(network, ("encounters", "planned", "mentions", "find_alter_ties"), complete)
    return network


def in_sequence(met: Met, *, after: dt.date | None = None, until: dt.date = dt.date.max) -> tuple[Encounter, ...]:
    """Return the encounters of the days after one day, up to another, by day."""
    days = [day for day in sorted(met) if (after is None or day > after) and day <= until]
    return tuple(chain.from_iterable([met[day] for day in days]))


def update_ties(
    before: Network | None, people: Sequence[Person], ego: Person, met: Met, met_before: Met, today: dt.date
) -> TieIndex:
    """Return the ties with sorted `people`, from encounters by day; unchanged ones are taken from `before`.

    `met_before` holds the encounters then of each day that others are known of now; those of a day are sorted by path
    and line.
    """
    if before is None or before.ego is not ego or before.find_tie is None:
        old: Mapping[str, Tie] = {}
        by_id: dict[str, Tie] = {}
        changed: Collection[dt.date] = met
        again: Collection[Person] = people
    else:
        old = before.find_tie.by_id()
        by_id = dict(old)
        changed = {*met_before, *_between(before.today, today, met)}
        again = _with_other_ties(before, by_id, people, _met_otherwise(before.today, changed, met, met_before, today))
    wanted: dict[str, list[Encounter]] = {person.id: [] for person in again}
    for day in sorted(_days_to_look_at(again, old, changed, met)):
        for encounter in met.get(day, ()) if day <= today else ():
            for person in encounter.people:
                if person.id in wanted:
                    wanted[person.id].append(encounter)
    by_id |= {person.id: _tie(ego, person, wanted[person.id], old.get(person.id), changed) for person in again}
    return TieIndex(tuple([by_id[person.id] for person in people]), by_id)


def _with_other_ties(
    before: Network, by_id: dict[str, Tie], people: Sequence[Person], met_otherwise: Iterable[str]
) -> list[Person]:
    """Return the people who are new or have changed, or have other encounters; remove the ties of the others gone."""
    lost, new = differences(before.people, people, attrgetter("id"))
    for person in lost:
        del by_id[person.id]
    return [*new, *(by_id[person_id].person for person_id in met_otherwise if person_id in by_id)]


def _days_to_look_at(
    people: Iterable[Person], old: Mapping[str, Tie], changed: Collection[dt.date], met: Met
) -> Collection[dt.date]:
    """Return the days among which are all encounters that `_tie` needs for these people."""
    days = set(changed)
    for person in people:
        tie = old.get(person.id)
        if tie is None:
            return met
        if tie.person is not person:
            days.update([contact.date for contact in tie.contacts])
    return days


def _met_otherwise(
    day_before: dt.date, changed: Iterable[dt.date], met: Met, met_before: Met, today: dt.date
) -> set[str]:
    """Return the ids of the people with other encounters than before."""
    found = set()
    for day in changed:
        gone = met_before.get(day, met.get(day, ())) if day <= day_before else ()
        added = met.get(day, ()) if day <= today else ()
        kept = set(map(id, gone)) & set(map(id, added))
        found |= {person.id for one in (*gone, *added) if id(one) not in kept for person in one.people}
    return found


def _between(one: dt.date, other: dt.date, days: Iterable[dt.date]) -> list[dt.date]:
    """Return the days that are past on only one of two days."""
    return [day for day in days if min(one, other) < day <= max(one, other)] if one != other else []


def _tie(
    ego: Person, person: Person, met: Sequence[Encounter], before: Tie | None, changed: Collection[dt.date]
) -> Tie:
    """Return the tie with a person, whom the ego `met`; on days that have not changed it is as `before`."""
    if before is None or before.person is not person:
        return Tie((ego, person), contacts=tuple([_contact(one, (person,), len(one.people)) for one in met]))
    known = {id(contact.encounter): contact for contact in before.contacts if contact.date in changed}
    again = [one for one in met if one.date in changed]
    contacts = [contact for contact in before.contacts if contact.date not in changed]
    contacts += [known.get(id(one)) or _contact(one, (person,), len(one.people)) for one in again]
    return Tie((ego, person), contacts=tuple(sorted(contacts, key=attrgetter("date"))))


def _alter_ties(encounters: Sequence[Encounter]) -> tuple[Tie, ...]:
    pairs: dict[tuple[str, str], tuple[tuple[Person, Person], list[Contact]]] = {}
    crowd = _crowd(encounters)
    for encounter in encounters:
        present = sorted(encounter.people, key=lambda person: person.id)
        if len(present) > crowd:
            continue
        others = max(1, len(present) - 2)
        for pair in combinations(present, 2):
            contact = _contact(encounter, pair, others)
            pairs.setdefault((pair[0].id, pair[1].id), (pair, []))[1].append(contact)
    return tuple([Tie(pair, ego=False, contacts=tuple(contacts)) for _, (pair, contacts) in sorted(pairs.items())])


def _crowd(encounters: Iterable[Encounter]) -> int:
    """Return how many people of one encounter get ties to each other: CROWD, or fewer to respect MOST_PAIRS."""
    sizes = Counter(len(encounter.people) for encounter in encounters)
    total = 0
    for size in range(2, CROWD + 1):
        total += sizes[size] * size * (size - 1) // 2
        if total > MOST_PAIRS:
            return size - 1
    return CROWD


def _contact(encounter: Encounter, pair: tuple[Person, ...], others: int) -> Contact:
    """Return an encounter as a contact of the ego and one other, or of two others."""
    ego_tie = len(pair) == 1
    length = _real(encounter.minutes)
    # Own minutes were spent with the ego: they say nothing about two others.
    own = _real(encounter.minutes_by_person.get(pair[0].id)) if ego_tie else None
    minutes = own or (length if others < 2 else length and min(length, SHARED_CAP))
    minutes = minutes or TYPICAL_MINUTES.get(encounter.channel, TYPICAL_MINUTES[None])
    return Contact(
        date=encounter.date,
        minutes=max(minutes, SHORTEST_CALL) if encounter.channel == "call" else minutes,
        others=others,
        context=encounter.scene or pair[0].scene or pair[-1].scene or None,
        initiated_by=encounter.initiated_by if ego_tie else None,
        encounter=encounter,
        own_minutes=own is not None,
        length=length,
    )


def _real(minutes: float | None) -> float | None:
    """Return minutes if they are a valid length, else None."""
    return minutes if minutes is not None and math.isfinite(minutes) and minutes > 0 else None
