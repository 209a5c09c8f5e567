"""The host's answers to one plugin function, limited to what it declared to read. Scores nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from typing import NoReturn

from netnotes.errors import MapNotAvailable, NetNotesError, NotScoredHere, UndeclaredRead
from netnotes.extract.people import find_person
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Link, Person, Problem, Tie
from netnotes.network.network import Network
from netnotes.plugin.facts import Field, Score, Style
from netnotes.plugin.hooks import MAP, STYLES, TEXT, Reads
from netnotes.plugin.network_view import MapTables, NetworkView, Scorable
from netnotes.plugin.notes import NO_SOURCES, Note, Sources, shown
from netnotes.scoring.fact_checks import note_key
from netnotes.scoring.scores import NoteKey

EVERYTHING: Reads | None = None
"""The `reads` of commands and tests: no limit."""
Histories = Callable[[Network, str, Sequence[dt.date]], Mapping[Tie, tuple[float | None, ...]]]


def _nothing(network: Network, on: Scorable, name: str) -> None:
    del network, on, name


def unscored(network: Network) -> NetworkView:
    """Return a network view without scores, for functions that read only facts."""
    return NetworkView(network, Access("", Reads(), network, {}, _nothing))


@dataclass(slots=True, eq=False)
class Access:
    """The host's answers for one function."""

    who: str
    """The function, for messages."""
    reads: Reads | None
    network: Network
    all_fields: Mapping[str, Field]
    find_score: Callable[[Network, Scorable, str], Score | None]
    find_value: Callable[[Network, Tie, str], float | None] | None = None
    """Finds the number of a field of a tie between two others without its score and reason; None: it cannot."""
    find_history: Histories | None = None
    """None for scorers, which see only their own day."""
    find_styles: Callable[[], Mapping[object, Style]] = dict
    sources: Sources = NO_SOURCES
    find_map: Callable[[], MapTables] | None = None
    """None except for exporters."""
    _notes: tuple[tuple[Note, ...], tuple[Link, ...]] | None = field(default=None, repr=False)
    """Notes and links, after the first request."""

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields that may be read."""
        return {name: each for name, each in self.all_fields.items() if self.reads is None or name in self.reads.fields}

    def score(self, network: Network, on: Scorable, name: str) -> Score | None:
        """Return a score. Raises UndeclaredRead, NotScoredHere."""
        if self.reads is not None and name not in self.reads.fields:
            self._refuse(name)
        return self.find_score(network, on, name)

    def number(self, network: Network, on: Scorable, name: str) -> float | None:
        """Return the value of a score if it is a number, else None. Raises UndeclaredRead, NotScoredHere."""
        if self.reads is not None and name not in self.reads.fields:
            self._refuse(name)
        if self.find_value is not None and isinstance(on, Tie) and not on.ego:
            return self.find_value(network, on, name)
        score = self.find_score(network, on, name)
        return float(score.value) if score and isinstance(score.value, int | float) else None

    def history(self, network: Network, name: str, days: Sequence[dt.date]) -> Mapping[Tie, tuple[float | None, ...]]:
        """Return tie → the values of a field on `days`. Raises UndeclaredRead, NotScoredHere."""
        if self.reads is not None and name not in self.reads.fields:
            self._refuse(name)
        if self.find_history is None:
            raise NotScoredHere(self.who, name)
        return self.find_history(network, name, days)

    def style(self, on: Tie | Person | Note | Link) -> Style | None:
        """Return the style of something; None if no styler sets one. Raises UndeclaredRead."""
        if self.reads is not None and not self.reads.styles:
            self._refuse(STYLES)
        return self.find_styles().get(on)

    def map(self) -> MapTables:
        """Return the tables of the map. Raises UndeclaredRead, MapNotAvailable."""
        if self.reads is not None and not self.reads.map:
            self._refuse(MAP)
        if self.find_map is None:
            raise MapNotAvailable(self.who)
        return self.find_map()

    def text(self, path: str) -> str:
        """Return the text of a note. Raises UndeclaredRead."""
        if self.reads is not None and not self.reads.text:
            self._refuse(TEXT)
        return self.sources.text(path)

    def notes(self) -> tuple[tuple[Note, ...], tuple[Link, ...]]:
        """Return all notes except templates, and the links between them."""
        if self._notes is None:
            network = self.network
            notes, links = (network.notes, network.links) if network.notes else network.find_linked()
            self._notes = tuple(shown(note, self._text_of(note.path)) for note in notes), links
        return self._notes

    def note_keys(self) -> Collection[NoteKey]:
        """Return the keys of all notes and links."""
        notes, links = self.notes()
        return {*map(note_key, notes), *map(note_key, links)}

    @property
    def seen_notes(self) -> int:
        """The number of notes and links if they were requested, else 0."""
        return sum(map(len, self._notes)) if self._notes else 0

    def find(self, word: str) -> Person | Problem:
        """Return the person that a word means, or a problem."""
        try:
            return find_person.person(self.network.people, word)
        except NetNotesError as error:
            return Problem(str(error), hint=error.hint)

    def _text_of(self, path: str) -> Callable[[], str]:
        return lambda: self.text(path)

    def _refuse(self, name: str) -> NoReturn:
        raise UndeclaredRead(self.who, name)
