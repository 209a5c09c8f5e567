"""Find small groups that meet repeatedly: declared ones, and those that the encounters show.

Three signs of a group: a note that declares it; meeting notes of one name (`Board`) with the same few people; the same
few people on three days. Reads encounters and depths; gives no advice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from netnotes.dates import add_days
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Encounter, Group, Person, Tie
from netnotes.phrasing import join_names
from netnotes.plugin.network_view import NetworkView

LEAST_DAYS = 3
"""Days together from which a few people are a group."""
MOST_PEOPLE = 8
"""More people than this are not a small group."""
MISSED = 3
"""Meetings missed in a row after which a person counts as missing."""
MEMORY_DAYS = 730
"""An undeclared group that has not met for this many days no longer counts."""
_DATE = re.compile(r"\d{4}-?\d{2}-?\d{2}(?:T(?=\d))?[ _-]*|(?:(?<!\s)\s+)?\(\d{4}[^)]*\)")

Set = frozenset[Person]
Between = Mapping[tuple[Person, Person], Tie]
"""Two others, sorted by id → the tie between them."""


@dataclass(frozen=True, slots=True)
class MeetingGroup:
    """A small group, on the network's day.

    .. versionadded:: 0.1
    """

    name: str
    people: tuple[Person, ...]
    """Everyone but the ego."""
    meetings: tuple[Encounter, ...]
    """Meetings with at least half of them, at least two people, by date."""
    tight: float
    """0–1: mean depth over all pairs, the ego's own ties included."""
    usual: int | None
    """Days between two meetings: declared, else observed; None for fewer than two meetings."""
    whole: dt.date | None
    """When everyone last met."""
    missing: tuple[tuple[Person, int], ...]
    """People who missed the last three or more meetings, and how many."""
    declared: Group | None = None

    @property
    def last(self) -> dt.date | None:
        """When they last met, complete or not."""
        return self.meetings[-1].date if self.meetings else None

    @property
    def next(self) -> dt.date | None:
        """The day of their next meeting, at their usual pace."""
        if self.last is None or self.usual is None:
            return None
        return add_days(self.last, self.usual)


def meeting_groups(network: NetworkView) -> tuple[MeetingGroup, ...]:
    """Return the groups of a network, the tightest first. Reads `depth`.

    .. versionadded:: 0.1
    """
    encounters = [e for e in network.encounters if len(e.people) > 1]
    taken: defaultdict[Person, list[Set]] = defaultdict(list)
    found: list[MeetingGroup] = []
    between = {tie.people: tie for tie in network.alter_ties}
    attended: defaultdict[Person, list[int]] = defaultdict(list)
    for at, encounter in enumerate(encounters):
        for person in encounter.people:
            attended[person].append(at)
    for name, people, declared in _candidates(network, encounters):
        core = frozenset(people)
        if declared is None and any(_alike(core, other) for person in people for other in taken[person]):
            continue
        for person in people:
            taken[person].append(core)
        there = Counter(at for person in people for at in attended[person])
        meetings = [encounters[at] for at in sorted(there) if _meets(encounters[at], there[at], len(people))]
        group = _meeting_group(network, name, people, declared, meetings, between)
        recent = group.last and (network.today - group.last).days <= MEMORY_DAYS
        if declared or (recent and len({e.date for e in group.meetings}) >= LEAST_DAYS):
            found.append(group)
    return tuple(sorted(found, key=lambda g: (-g.tight, g.name)))


def _candidates(
    network: NetworkView, encounters: Sequence[Encounter]
) -> Iterator[tuple[str, tuple[Person, ...], Group | None]]:
    """Yield (name, people, declaration): declared groups, then meetings of one name, then recurring sets of people."""
    for group in network.groups:
        people = tuple(person for person in group.people if not person.ignored)
        if len(people) > 1:
            yield group.name, people, group
    titled: defaultdict[str, list[Encounter]] = defaultdict(list)
    days: defaultdict[Set, set[dt.date]] = defaultdict(set)
    for encounter in encounters:
        there = _not_ignored(encounter)
        if title := _DATE.sub("", encounter.title or "").strip(" -–_"):
            titled[title].append(encounter)
        if 2 <= len(there) <= MOST_PEOPLE:
            days[frozenset(there)].add(encounter.date)
    for title in sorted(titled):
        if len({e.date for e in titled[title]}) >= LEAST_DAYS:
            times = Counter(person for e in titled[title] for person in set(_not_ignored(e)))
            people = tuple(p for p in sorted(times, key=_name) if 2 * times[p] >= len(titled[title]))
            if 2 <= len(people) <= MOST_PEOPLE:
                yield title, people, None
    often = [few for few, dates in days.items() if len(dates) >= LEAST_DAYS]
    for few in sorted(often, key=lambda few: (-len(few), -len(days[few]), sorted(map(_name, few)))):
        people = tuple(sorted(few, key=_name))
        yield join_names([person.name.partition(" ")[0] for person in people], MOST_PEOPLE), people, None


def _alike(one: Set, other: Set) -> bool:
    """Return whether two sets are one group: two thirds of all are in both, or one is most of the other."""
    return 3 * len(one & other) >= 2 * len(one | other)


def _meets(encounter: Encounter, there: int, people: int) -> bool:
    """Return whether an encounter is one of the group: half of its `people` were `there`, with few guests."""
    return there >= max(2, (people + 1) // 2) and len(encounter.people) <= people + max(2, people // 2)


def _meeting_group(
    network: NetworkView,
    name: str,
    people: tuple[Person, ...],
    declared: Group | None,
    meetings: Sequence[Encounter],
    between: Between,
) -> MeetingGroup:
    from statistics import median  # few commands need it, and it takes long to load

    core = set(people)
    dates = sorted({e.date for e in meetings})
    gaps = [(after - before).days for before, after in pairwise(dates)]
    missed = [(person, _missed(person, meetings)) for person in people]
    return MeetingGroup(
        name,
        people,
        tuple(meetings),
        _tightness(network, people, between),
        usual=declared.cadence if declared and declared.cadence else round(median(gaps)) if gaps else None,
        whole=next((e.date for e in reversed(meetings) if core <= set(e.people)), None),
        missing=tuple((person, count) for person, count in missed if count >= MISSED),
        declared=declared,
    )


def _missed(person: Person, meetings: Sequence[Encounter]) -> int:
    """Return how many meetings a person missed since their last one; 0 if they never attended."""
    there = [at for at, encounter in enumerate(meetings) if person in encounter.people]
    return len(meetings) - 1 - there[-1] if there else 0


def _tightness(network: NetworkView, people: Sequence[Person], between: Between) -> float:
    depths = [_depth(network, network.tie(person)) for person in people]
    pairs = combinations(sorted(people, key=lambda person: person.id), 2)
    depths += [_depth(network, between.get(pair)) for pair in pairs]
    return sum(depths) / len(depths)


def _depth(network: NetworkView, tie: Tie | None) -> float:
    return (network.number(tie, "depth") if tie else None) or 0.0


def _not_ignored(encounter: Encounter) -> list[Person]:
    return [person for person in encounter.people if not person.ignored]


def _name(person: Person) -> tuple[str, str]:
    return person.name, person.id
