"""The notes of a vault as a network: which are linked, how deeply, and since when. Knows no people; reads no text.

Depth of a link = .4·mutual + .3·n/(n + 2) + .3·d/(d + 90): mutual is 1 if each links to the other, n counts the links
both ways, d the days from the first to the last date on which the two were linked. Unknown values add nothing. Mutual
links are deep; one-way links only if there are many over a long time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from netnotes.config import Config
from netnotes.extract.corpus import Corpus
from netnotes.extract.note_types import named_date, property_date
from netnotes.extract.people.people import link_index
from netnotes.model import Link, Note
from netnotes.text.lexicon import dates
from netnotes.text.links import Counts, link_graph

MUTUAL_WEIGHT, COUNT_WEIGHT, SPAN_WEIGHT = 0.4, 0.3, 0.3
"""Weights of the parts of depth: mutual, number of links, time span."""
HALF_COUNT = 2
"""Number of links at which their part is one half of its weight."""
HALF_SPAN = 90
"""Days at which the part of the time span is one half of its weight."""
CREATED = "created"
MOST_LINKS = 50
"""A dated note with more links than this is a list, which does not show that any two of them belong together."""

Pair = tuple[str, str]


def depth(forth: int, back: int, days: int) -> float:
    """Return the depth, 0–1, of links `forth` and `back` that span this many days."""
    count = forth + back
    mutual = 1.0 if forth and back else 0.0
    return (
        MUTUAL_WEIGHT * mutual + COUNT_WEIGHT * count / (count + HALF_COUNT) + SPAN_WEIGHT * days / (days + HALF_SPAN)
    )


def linked(corpus: Corpus, config: Config, today: dt.date) -> tuple[tuple[Note, ...], tuple[Link, ...]]:
    """Return the vault's notes except templates, and the links between them, both sorted by path.

    Unresolved links, and links to files that are not notes, are left out. Dates after `today` count as unknown.
    """
    notes = tuple(corpus.evidence)
    known = {note.path for note in notes}
    counts = {
        source: {target: count for target, count in targets.items() if target in known}
        for source, targets in link_graph(notes, link_index(corpus.vault, config)).resolved.items()
    }
    seen = _spans(notes, counts, dated(corpus, config), today)
    return notes, tuple(_links(counts, seen))


def dated(corpus: Corpus, config: Config) -> Callable[[Note], dt.date | None]:
    """Return the function that returns a note's day: as a daily note, else from its name, else from a property."""

    def day(note: Note) -> dt.date | None:
        return (
            corpus.daily_date(note.path)
            or named_date(note.path)
            or property_date(note, config, [])
            or dates.day_or_none(note.value(CREATED))
        )

    return day


def _spans(
    notes: Sequence[Note], counts: Counts, day: Callable[[Note], dt.date | None], today: dt.date
) -> dict[Pair, tuple[dt.date, dt.date]]:
    """Return the first and last date of each linked pair: of the notes that link, and of those that link both."""
    found: dict[Pair, tuple[dt.date, dt.date]] = {}
    for note in notes:
        targets = counts.get(note.path, {})
        date = day(note) if targets else None
        if date is None or date > today:
            continue
        pairs = [_pair(note.path, target) for target in targets]
        if len(targets) <= MOST_LINKS:
            pairs += [
                (one, other)
                for one, other in combinations(sorted(targets), 2)
                if other in counts.get(one, {}) or one in counts.get(other, {})
            ]
        for pair in pairs:
            first, last = found.get(pair, (date, date))
            found[pair] = (min(first, date), max(last, date))
    return found


def _links(counts: Counts, seen: Mapping[Pair, tuple[dt.date, dt.date]]) -> Iterator[Link]:
    pairs = {_pair(source, target) for source, targets in counts.items() for target in targets}
    for one, other in sorted(pairs):
        forth = counts.get(one, {}).get(other, 0)
        back = counts.get(other, {}).get(one, 0)
        first, last = seen.get((one, other), (None, None))
        days = (last - first).days if first and last else 0
        yield Link((one, other), forth, back, first, last, depth(forth, back, days))


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
