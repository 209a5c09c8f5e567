"""The records between notes and network: people, encounters, ties. Plain frozen data; touches nothing."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Literal, NamedTuple

from netnotes.deferred import Deferred
from netnotes.frozen import EMPTY, ReadOnly, frozen
from netnotes.lazy_dataclass import dataclass
from netnotes.notes import Failure, Initiative, Link, Note, Passage, Problem, Reference, Vault, find_key

__all__ = [
    "Contact",
    "Edit",
    "Encounter",
    "Failure",
    "Group",
    "Initiative",
    "Link",
    "Mention",
    "Note",
    "Passage",
    "Person",
    "Problem",
    "Promise",
    "Reference",
    "Scene",
    "SourceLine",
    "Stretch",
    "Tie",
    "Vault",
]

_EMPTY: Mapping[str, Any] = {}


def _empty() -> Mapping[str, Any]:
    """Return one shared empty mapping: a separate dict for each of the many records would cost memory."""
    return _EMPTY


def _nothing() -> Mapping[str, Any]:
    """Return one shared empty mapping that is read-only."""
    return EMPTY


@dataclass(frozen=True, slots=True)
class Person:
    """A person the ego knows, or the ego. Two are equal if their ids are.

    .. versionadded:: 0.1
    """

    id: str
    """Path of the note; `?` and the folded name for a person without one."""
    name: str = field(compare=False)
    path: str | None = field(default=None, compare=False)
    aliases: tuple[str, ...] = field(default=(), compare=False)
    scene: str | None = field(default=None, compare=False)
    tags: tuple[str, ...] = field(default=(), compare=False)
    properties: Mapping[str, object] = field(default_factory=_nothing, compare=False)
    lines: Mapping[str, int] = field(default_factory=_nothing, compare=False)
    """1-based line of each property."""
    ignored: bool = field(default=False, compare=False)
    """Whether they are ignored: the note says `netnotes: ignore`, or they are dead, archived or fictional."""
    me: bool = field(default=False, compare=False)
    family: Literal["near", "apart"] | None = field(default=None, compare=False)
    """`near`: kin, who are never due because of silence alone; `apart`: the same, with their own place in circles and
    on the map. None for everyone else, and for all if `[people] kin = "others"`."""

    def __hash__(self) -> int:
        # The generated hash would make a tuple first; people are keys in many large dicts.
        return hash(self.id)

    def value(self, *names: str) -> Any:
        """Return the value of the first of the properties `names` in the person's note; None if it has none.

        Names are compared without case, accents, hyphens, underscores and spaces; values of NetNotes are left out.
        """
        key = find_key(self.properties, names)
        return None if key is None else self.properties[key]

    def line(self, *names: str) -> int | None:
        """Return the line of the first of the properties `names`; None if the note has none."""
        key = find_key(self.properties, names)
        return None if key is None else self.lines.get(key)

    def __post_init__(self) -> None:
        # Plugins receive these records, and all receive the same objects.
        if type(self.properties) is not ReadOnly:
            object.__setattr__(self, "properties", frozen(self.properties))
        if type(self.lines) is not ReadOnly:
            object.__setattr__(self, "lines", frozen(self.lines))


@dataclass(frozen=True, slots=True)
class Encounter(Deferred):
    """One dated occasion on which people were in touch.

    .. versionadded:: 0.1
    """

    date: dt.date
    people: tuple[Person, ...]
    """Everyone but the ego, in the order of the note; never empty."""
    path: str
    """The note it was read from, relative to the vault."""
    line: int
    minutes: float | None = None
    """Length for everyone, if noted."""
    minutes_by_person: Mapping[str, float] = field(default_factory=_nothing)
    """Person.id → that person's own minutes, if noted."""
    channel: str | None = None
    """in person, call, message, mail, card; None if the line does not say."""
    initiated_by: Initiative | None = None
    scene: str | None = None
    clock: int | None = None
    """Minutes after midnight, if noted."""
    title: str | None = None
    """Name of the meeting note; None for passages of other notes."""
    fields: Mapping[str, object] = field(default_factory=_nothing)
    """Other properties of its source, keys in lower case: inline fields, or scalar properties of a meeting note."""

    def __post_init__(self) -> None:
        # Plugins receive these records, and all receive the same objects.
        if type(self.minutes_by_person) is not ReadOnly:
            object.__setattr__(self, "minutes_by_person", frozen(self.minutes_by_person))
        if type(self.fields) is not ReadOnly:
            object.__setattr__(self, "fields", frozen(self.fields))


@dataclass(frozen=True, slots=True)
class Mention:
    """People named on a dated line that does not say they were in touch: shown as evidence, without weight.

    It is not a contact day and does not affect scores, last contact or follow-up.

    .. versionadded:: 0.1
    """

    date: dt.date
    people: tuple[Person, ...]
    """Everyone but the ego, in the order of the line; never empty."""
    path: str
    """The note it was read from, relative to the vault."""
    line: int
    """1-based."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One encounter from the view of one tie: what it was worth to these two.

    .. versionadded:: 0.1
    """

    date: dt.date
    minutes: float
    """Their minutes together: this person's own, else the shared length (in company ten at most), else typical of the
    channel; above 0."""
    others: int
    """How many others were there, >= 1: all but the ego in an ego tie, all but the two in an alter tie."""
    context: str | None
    """The encounter's scene, else the person's; None if neither is known."""
    initiated_by: Initiative | None
    """Who initiated it; always None in alter ties."""
    encounter: Encounter
    own_minutes: bool = False
    """Whether the minutes were noted for this person; always False in alter ties."""
    length: float | None = None
    """Minutes of the whole encounter, if noted; above 0."""


@dataclass(frozen=True, slots=True)
class Tie(Deferred):
    """A pair of people and all their encounters, none later than the network's today.

    .. versionadded:: 0.1
    """

    people: tuple[Person, Person]
    """In an ego tie the ego comes first."""
    ego: bool = field(default=True, compare=False)
    """Whether this is a tie of the ego."""
    contacts: tuple[Contact, ...] = field(default=(), compare=False, repr=False)
    """By date, one for each encounter."""
    days: int = field(init=False, compare=False, repr=False)
    """Contact days: how many distinct dates they were in touch on."""
    first: dt.date | None = field(init=False, compare=False, repr=False)
    """Date of the first contact."""
    last: dt.date | None = field(init=False, compare=False, repr=False)
    """Date of the last contact."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", len({contact.date for contact in self.contacts}))
        object.__setattr__(self, "first", self.contacts[0].date if self.contacts else None)
        object.__setattr__(self, "last", self.contacts[-1].date if self.contacts else None)

    def __hash__(self) -> int:
        # The generated hash would hash both people; ties are keys in very large dicts.
        return hash((self.people[0].id, self.people[1].id))

    @property
    def person(self) -> Person:
        """The other person of an ego tie; the second of an alter tie."""
        return self.people[1]

    @property
    def encounters(self) -> tuple[Encounter, ...]:
        """All encounters of the two, by date."""
        return tuple(contact.encounter for contact in self.contacts)

    @property
    def span(self) -> int:
        """Days from first to last contact; 0 for one contact or none."""
        return (self.last - self.first).days if self.last and self.first else 0

    @property
    def rhythm(self) -> float:
        """tau: the usual days between two contacts, (span + 14)/contact days; above 1, inf for none."""
        return (self.span + 14) / self.days if self.days else math.inf

    def as_of(self, day: dt.date) -> Tie:
        """Return the tie as it was at the end of `day`, without later contacts."""
        known = bisect_right(self.contacts, day, key=lambda contact: contact.date)
        return self if known == len(self.contacts) else Tie(self.people, self.ego, self.contacts[:known])

    def stretches(self, days: Sequence[dt.date]) -> Iterator[Stretch]:
        """Yield the tie as it was on each of `days` (ascending), once for all days between two contacts.

        Days before the first contact belong to no stretch. Sums over contacts can be carried from one stretch to the
        next: `new` holds the contacts since the previous one.
        """
        dates = [contact.date for contact in self.contacts]
        seen, at = 0, bisect_left(days, dates[0]) if dates else len(days)
        while at < len(days):
            known = bisect_right(dates, days[at])
            end = bisect_left(days, dates[known], at) if known < len(dates) else len(days)
            then = self if known == len(dates) else Tie(self.people, self.ego, self.contacts[:known])
            yield Stretch(then, self.contacts[seen:known], tuple(days[at:end]))
            seen, at = known, end


class Stretch(NamedTuple):
    """Consecutive days between two contacts.

    .. versionadded:: 0.1
    """

    tie: Tie
    """The tie as it was on these days."""
    new: tuple[Contact, ...]
    """Its contacts since the previous stretch."""
    days: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """An unchecked task that links people: something owed.

    .. versionadded:: 0.1
    """

    people: tuple[Person, ...]
    text: str
    path: str
    line: int
    owed_by: Initiative | None = None
    """Who owes it: me or them; None if nothing says so."""
    made: dt.date | None = None
    due: dt.date | None = None
    fields: Mapping[str, str] = field(default_factory=_nothing)
    scheduled: dt.date | None = None
    """The day on which to take it up."""
    start: dt.date | None = None
    """Not before this day."""
    chased: tuple[dt.date, ...] = ()
    """The days on which the user asked for it again, as far as noted, in order."""
    chases: int = 0
    """How often the user asked for it again, dated or not."""
    words: str = ""
    """The words of the task: `text` without marks, dates, fields and tags, links as shown."""

    def __post_init__(self) -> None:
        # Plugins receive these records, and all receive the same objects.
        if type(self.fields) is not ReadOnly:
            object.__setattr__(self, "fields", frozen(self.fields))


@dataclass(frozen=True, slots=True)
class Scene:
    """A setting in which people are met: a job, a town, a choir.

    .. versionadded:: 0.1
    """

    name: str
    since: dt.date | None
    """First encounter in it, or as declared."""
    people: tuple[Person, ...]
    declared: bool = False
    place: bool = False
    """Recognised by the place where people were first met; not a context of encounters."""


@dataclass(frozen=True, slots=True)
class Group:
    """A few people who belong together, declared by a `type: group` note.

    .. versionadded:: 0.1
    """

    name: str
    people: tuple[Person, ...]
    """Everyone but the ego, in the order of the note."""
    path: str
    line: int = 1
    cadence: int | None = None
    """Days between two meetings, if the note says so."""


class SourceLine(NamedTuple):
    """A line of a note as evidence that is neither an encounter nor a promise, such as a property.

    .. versionadded:: 0.2
    """

    path: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Edit(Deferred):
    """The planned change to one note's front matter."""

    path: str
    digest: str
    """Digest of the bytes that the plan is based on."""
    changes: Mapping[str, tuple[object, object]] = field(default_factory=_empty)
    """Property → (old value, new value); None for absent. Includes the seal."""
    refused: str | None = None
    """Why nothing is written, if so."""
    page: bool = False
    """Whether the changes are page properties, as in Logseq, instead of front matter."""
