"""The network as plugins see it. Scores, text and everything else that is computed or read comes from the host."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from netnotes.lazy_dataclass import dataclass
from netnotes.model import (
    Contact,
    Encounter,
    Group,
    Link,
    Mention,
    Person,
    Problem,
    Promise,
    Scene,
    SourceLine,
    Tie,
)
from netnotes.network.network import Network
from netnotes.plugin.facts import Field, Score, Style
from netnotes.plugin.notes import Note
from netnotes.regex import regex

Line = Encounter | Mention | Contact | Promise | SourceLine
"""A record that was read from a line of a note."""
Scorable = Tie | Link | Note


class Host(Protocol):
    """The host's answers for one function, limited to what that function declared to read."""

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields that may be read."""

    def score(self, network: Network, on: Scorable, name: str) -> Score | None:
        """Return a score on the day of `network`. Raises UndeclaredRead, NotScoredHere."""

    def number(self, network: Network, on: Scorable, name: str) -> float | None:
        """Return the value of a score if it is a number, else None. Raises UndeclaredRead, NotScoredHere."""

    def history(self, network: Network, name: str, days: Sequence[dt.date]) -> Mapping[Tie, tuple[float | None, ...]]:
        """Return tie → the values of a field on `days`. Raises UndeclaredRead, NotScoredHere."""

    def style(self, on: Tie | Person | Note | Link) -> Style | None:
        """Return how something is drawn. Raises UndeclaredRead."""

    def map(self) -> MapTables:
        """Return the tables of the map. Raises UndeclaredRead, MapNotAvailable."""

    def text(self, path: str) -> str:
        """Return the text of a note. Raises UndeclaredRead."""

    def notes(self) -> tuple[tuple[Note, ...], tuple[Link, ...]]:
        """Return all notes except templates, and the links between them."""

    def find(self, word: str) -> Person | Problem:
        """Return the person that a word means, or a problem."""


class NetworkView:
    """Everyone the ego knows, and how, up to and including `today`. Read-only.

    .. versionadded:: 0.1
    """

    __slots__ = ("_between", "_host", "_network", "_ties")

    def __init__(self, network: Network, host: Host, ties: tuple[Tie, ...] | None = None) -> None:
        self._network = network
        self._host = host
        self._ties = network.ties if ties is None else ties
        self._between: dict[frozenset[Person], Tie] | None = None

    def __repr__(self) -> str:
        return f"<Network of {len(self.people):,} people on {self.today}>"

    @property
    def today(self) -> dt.date:
        """The day for which everything is computed."""
        return self._network.today

    @property
    def ego(self) -> Person:
        """The owner of the vault."""
        return self._network.ego

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone except the ego, sorted by id."""
        return self._network.people

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The ego's ties, one for each of `people`, even without contact; sorted by the other's id.

        A scorer gets the ties that it must score: with `between=True` also, in another call, those between two others;
        with `per_tie`, `watch` passes only the ties that changed.
        """
        return self._ties

    @property
    def alter_ties(self) -> tuple[Tie, ...]:
        """The ties between two others that the ego's notes show; sorted by both ids."""
        return self._network.alter_ties

    @property
    def encounters(self) -> tuple[Encounter, ...]:
        """By date, path and line; none later than today."""
        return self._network.encounters

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """People named on a dated line without a sign of contact; by date, path and line, none later than today."""
        return self._network.mentions

    @property
    def planned(self) -> tuple[Encounter, ...]:
        """Encounters that notes plan for days after today."""
        return self._network.planned

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Unchecked tasks that link people."""
        return self._network.promises

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Scenes that are declared, named in notes, or known from places; always those of today, also after `as_of`."""
        return self._network.scenes

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that notes declare; always those of today, also after `as_of`."""
        return self._network.groups

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes of the vault except templates, by path."""
        return self._host.notes()[0]

    @property
    def links(self) -> tuple[Link, ...]:
        """The links between `notes`, by both paths."""
        return self._host.notes()[1]

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields that this function may read: those in its `reads`; in a command or a test, all of them."""
        return self._host.fields

    def tie(self, person: Person) -> Tie | None:
        """Return the ego's tie with `person`; None for the ego and for anyone who is not in the network."""
        return self._network.tie(person)

    def between(self, one: Person, other: Person) -> Tie | None:
        """Return the tie between two others, in any order; None if no encounter names both."""
        if self._between is None:
            self._between = {frozenset(tie.people): tie for tie in self._network.alter_ties}
        return self._between.get(frozenset((one, other)))

    def find(self, word: str) -> Person | Problem:
        """Return the person with a name, alias or path, ignoring case and accents; a Problem for none or several."""
        return self._host.find(word)

    def score(self, on: Scorable, name: str) -> Score | None:
        """Return the score of field `name` for a tie, a link or a note; None if its scorer yielded none.

        Raises UndeclaredRead if the calling function did not declare `reads=(name,)`.
        """
        return self._host.score(self._network, on, name)

    def number(self, on: Scorable, name: str) -> float | None:
        """Return the value of a score if it is a number, else None."""
        return self._host.number(self._network, on, name)

    def history(self, name: str, days: Sequence[dt.date]) -> Mapping[Tie, tuple[float | None, ...]]:
        """Return tie → the numbers of field `name` on each of `days` (ascending); None before the first contact.

        Includes the ego's ties that had contact by the last of `days`. Not for scorers, which see only their own day.
        """
        return self._host.history(self._network, name, days)

    def style(self, on: Tie | Person | Note | Link) -> Style | None:
        """Return how the stylers of all plugins draw something; only with `reads=("styles",)`."""
        return self._host.style(on)

    def map(self) -> MapTables:
        """Return the people and ties of the map, with positions; for exporters, with `reads=("map",)`."""
        return self._host.map()

    def text(self, of: Line | Person | Note) -> str:
        """Return the text of something; only with `reads=("text",)`.

        For an encounter, a mention, a promise or another line: the passage that begins there, or the whole meeting
        note. For a person or a note: the whole note, or an empty text for a person without one. Raises TypeError for
        anything else.
        """
        if isinstance(of, Contact):
            of = of.encounter
        if not isinstance(of, Line | Person | Note):
            # Authors often ask for the text of a tie, which has none.
            message = (
                f"the text is of an encounter, a mention, a promise, a person or a note, not of a {type(of).__name__}"
            )
            raise TypeError(message)
        text = self._host.text(of.path) if of.path is not None else ""
        if isinstance(of, Person | Note) or (isinstance(of, Encounter) and of.title is not None):
            return text
        return passage(text, of.line)

    def as_of(self, day: dt.date) -> NetworkView:
        """Return the network as it was at the end of `day`, without later encounters; the people stay.

        For a day after today: the same contacts, seen from that day.
        """
        return NetworkView(self._network.as_of(day), self._host)

    def with_ties(self, ties: Iterable[Tie]) -> NetworkView:
        """Return the network with only these ties of the ego, which may be imagined, and with their scores."""
        return NetworkView(replace(self._network, ties=tuple(ties)), self._host)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from one scan of `netnotes watch` to the next; both networks are of the same day.

    .. versionadded:: 0.2
    """

    before: NetworkView
    """The network as it was."""
    after: NetworkView
    """The network as it is."""


_HEADING = regex(r" {0,3}(#{1,6})(?:\s|$)")
_ITEM = regex(r"\s*(?:[-*+]|\d{1,9}[.)])\s")


def passage(text: str, line: int) -> str:
    """Return the passage of `text` that begins on the 1-based `line`; empty if there is no such line.

    A heading comes with its section, any other line with the lines that continue it: those indented deeper, and the
    rest of its paragraph.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if not 1 <= line <= len(lines):
        return ""
    rest = lines[line - 1 :]
    heading = _HEADING.match(rest[0])
    end = _section_end(rest, len(heading[1])) if heading else _block_end(rest)
    return "\n".join(rest[:end]).rstrip()


def _section_end(lines: list[str], level: int) -> int:
    for at, line in enumerate(lines[1:], 1):
        heading = _HEADING.match(line)
        if heading and len(heading[1]) <= level:
            return at
    return len(lines)


def _block_end(lines: list[str]) -> int:
    margin = _margin(lines[0])
    ended = False
    for at, line in enumerate(lines[1:], 1):
        if not line.strip():
            ended = True
        elif _margin(line) <= margin and (ended or _ITEM.match(line) or _HEADING.match(line)):
            return at
        elif _margin(line) > margin:
            ended = False
    return len(lines)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


@dataclass(frozen=True, slots=True)
class MapTables:
    """Everyone and every tie of the map, the user first, then the deepest ties; in a vault without people, its notes.

    A value is a text of one line, an int or a finite float; unknown values are absent. Dates are ISO texts.

    .. versionadded:: 0.2
    """

    day: dt.date
    people: tuple[Mapping[str, str | int | float], ...]
    """`id`, `label`, `kind` (`me`, `person` or `note`), `path`, position `x` and `y` (upwards), `size`, `community`,
    contact figures, and all scored fields."""
    ties: tuple[Mapping[str, str | int | float], ...]
    """Each pair once: `source` and `target` are ids, `weight` the number of contact days."""
    columns: tuple[str, ...]
    """All columns that `people` may have, in order."""
    tie_columns: tuple[str, ...]
    colors: tuple[str, ...]
    """`#rrggbb` of each of `people`, for a light background."""
    called: str = "people"
    """What `people` holds: `people` or `notes`."""
