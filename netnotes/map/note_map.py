"""The map of a vault without people: notes instead of people, links instead of ties. Draws nothing.

The page has the same format for both. A note's depth is s/(s + 5), s the sum of the depths of its links: a note with
many deep links is large and comes first, one with a single shallow link is among the last.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from netnotes.extract.people.names import stem
from netnotes.lazy_dataclass import dataclass
from netnotes.map.arrangement import MOST_TIES, Arrangement, Grouping
from netnotes.map.graph.build import NetworkLayout, lay_out_network
from netnotes.map.page.safe_text import clipped
from netnotes.map.page.vocabulary import NOTES
from netnotes.map.rings import sectors
from netnotes.map.rings.layout import RINGS, Layout
from netnotes.model import Link, Note, Person, Tie
from netnotes.network.communities import communities
from netnotes.phrasing import pluralize
from netnotes.plugin.facts import Score
from netnotes.scoring.depth import DEEP, DEPTH
from netnotes.scoring.scores import Scores

if TYPE_CHECKING:
    from netnotes.outcome import Outcome

HUB = 5.0
"""A note's depth is 0.5 when the depths of its links add up to this."""
MOST_IN_ONE = 0.8
"""If one folder has this share of all notes, its subfolders are used instead."""


_STAMP = re.compile(r"^\d{8,14}[\s_.-]+")


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes as the page shows them."""

    outcome: Outcome
    """An outcome in which the scores are the depths of notes."""
    arranged: Arrangement
    layout: NetworkLayout
    more: dict[str, Any]
    """Further data for the page."""
    columns: dict[str, list[int | str | None]]
    """Columns for notes in place of those for people."""


@dataclass(slots=True)
class _LinkTotals:
    """Totals over a note's links."""

    depth: float = 0.0
    """The sum of the links' depths."""
    links: int = 0
    deep: int = 0
    last: dt.date | None = None


def notes(outcome: Outcome, most: int | None) -> Notes:
    """Return the notes of a vault without people, those with the deepest links first: at most `most`, None for all."""
    network = outcome.network
    totals = _link_totals(network.links)
    order = sorted(network.notes, key=lambda note: (-totals[note.path].depth, stem(note.path), note.path))
    kept = [(note, totals[note.path]) for note in order[:most]]
    depths = tuple(total.depth / (total.depth + HUB) if total.links else None for _, total in kept)
    paths = [note.path for note, _ in kept]
    names = distinct_names(paths, [*map(stem, paths)])
    titles = distinct_names(paths, [_title(stem(path)) for path in paths])
    ties = tuple(Tie((network.ego, _placeholder(note, name))) for (note, _), name in zip(kept, names, strict=True))
    every = _links_between(network.links, {note.path: at for at, (note, _) in enumerate(kept)})
    links = {(a, b): (a, b, link) for a, b, link in every[:MOST_TIES]}
    drawn = [links[ends] for ends in sorted(links)]
    facts = {
        tie: Score(tie, depth, _reason(total), label="deep" if total.deep else "shallow")
        for tie, depth, (_, total) in zip(ties, depths, kept, strict=True)
        if depth is not None
    }
    more = {
        **NOTES,
        "notesLeftOut": len(order) - len(kept),
        "degree": [total.links for _, total in kept],
        "deepLinks": [total.deep for _, total in kept],
        "linkCounts": [count for a, _, link in drawn for count in _link_counts(link, ties[a].person.id)],
        "spans": [
            -1 if link.first is None or link.last is None else (link.last - link.first).days for _, _, link in drawn
        ],
    }
    columns: dict[str, list[int | str | None]] = {
        "last": [None if total.last is None else (network.today - total.last).days for _, total in kept],
        "name": [*titles],
        "warmth": [100 if total.links else -1 for _, total in kept],
    }
    scores = Scores({"depth": DEPTH}, {"depth": "netnotes"}, {"depth": facts})
    arranged = _arranged(ties, titles, depths, [(a, b, link.depth) for a, b, link in drawn], len(every) - len(drawn))
    layout = lay_out_network(arranged, network, scores, None)
    return Notes(replace(outcome, scores=scores), arranged, layout, more, columns)


def _link_totals(links: Iterable[Link]) -> defaultdict[str, _LinkTotals]:
    found: defaultdict[str, _LinkTotals] = defaultdict(_LinkTotals)
    for link in links:
        for path in link.paths:
            total = found[path]
            total.depth += link.depth
            total.links += 1
            total.deep += link.depth >= DEEP
            total.last = max((day for day in (total.last, link.last) if day), default=None)
    return found


def _placeholder(note: Note, name: str) -> Person:
    """Return a person with a note's name, who represents the note on the page."""
    names = note.value("aliases", "alias")
    aliases = [names] if isinstance(names, str) else names if isinstance(names, list) else []
    return Person(note.path, name, note.path, tuple(alias for alias in aliases if isinstance(alias, str)))


def distinct_names(paths: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the notes' names; add folders to names that several notes share, such as `index`.

    Add as few folders as make them unique, or the whole path.
    """
    parts = [[*path.split("/")[:-1], name] for path, name in zip(paths, names, strict=True)]
    found = list(names)
    shared = [*range(len(parts))]
    for length in range(2, max(map(len, parts), default=0) + 1):
        count = Counter(found[at].casefold() for at in shared)
        shared = [at for at in shared if count[found[at].casefold()] > 1]
        for at in shared:
            found[at] = "/".join(parts[at][-length:])
    count = Counter(found)
    return [path.removesuffix(".md") if count[name] > 1 else name for path, name in zip(paths, found, strict=True)]


def _title(name: str) -> str:
    """Return a note's name without a leading timestamp, as in slip-boxes."""
    return _STAMP.sub("", name) or name


def _links_between(links: Iterable[Link], place: dict[str, int]) -> list[tuple[int, int, Link]]:
    """Return the links between placed notes, deepest first; each link has the lower place first."""
    found = []
    for link in links:
        a, b = (place.get(path, -1) for path in link.paths)
        if a >= 0 and b >= 0:
            found.append((min(a, b), max(a, b), link))
    return sorted(found, key=lambda item: (-item[2].depth, item[:2]))


def _link_counts(link: Link, path: str) -> tuple[int, int]:
    """Return how often the note at `path` links to the other one, and how often it is linked back."""
    return (link.forth, link.back) if link.paths[0] == path else (link.back, link.forth)


def _reason(total: _LinkTotals) -> str:
    return pluralize(total.links, "link") + (f", {total.deep:,} deep" if total.deep else "")


def _arranged(
    ties: Sequence[Tie],
    titles: Sequence[str],
    depths: Sequence[float | None],
    links: Sequence[tuple[int, int, float]],
    left_out: int,
) -> Arrangement:
    community_of = communities(len(ties), links)
    circles = _circles(community_of, titles)
    key, groups = "folder", folders([tie.person.id for tie in ties])
    # A single folder is not a grouping.
    if len(set(groups)) < 2:
        key, groups = "circle", circles
    known = [depth or 0.0 for depth in depths]
    ungrouped = "no folder" if key == "folder" else "on their own"
    divided = sectors.divide(groups, known, links, ungrouped=ungrouped, others=f"{{}} other {key}s")
    return Arrangement(
        ties=tuple(ties),
        depths=tuple(depths),
        scenes=tuple(groups),
        companies=(None,) * len(ties),
        circles=tuple(circles),
        pairs=tuple((a, b, round(100 * depth)) for a, b, depth in links),
        left_out=left_out,
        scored=True,
        groupings=(Grouping(key, divided, _unused(len(ties))),),
        communities=tuple(community_of),
    )


def _circles(community_of: Sequence[int], titles: Sequence[str]) -> list[str | None]:
    """Name each community after its first note; None for notes without a community."""
    names: dict[int, str] = {}
    for community, title in zip(community_of, titles, strict=True):
        if community >= 0 and community not in names:
            names[community] = f"around {clipped(title, 36)}"
    taken = Counter(names.values())
    return [
        None
        if community < 0
        else names[community]
        if taken[names[community]] == 1
        else f"{names[community]} ({community + 1})"
        for community in community_of
    ]


def folders(paths: Sequence[str]) -> list[str | None]:
    """Return the folder to group each note by: the outermost one, or the next level if nearly all notes share that."""
    parts = [path.split("/")[:-1] for path in paths]
    within: list[str] = []
    while True:
        next_ones = Counter(
            part[len(within)] for part in parts if part[: len(within)] == within and len(part) > len(within)
        )
        name, count = next_ones.most_common(1)[0] if next_ones else ("", 0)
        if not count or count < MOST_IN_ONE * len(parts):
            return [_folder(part, within) for part in parts]
        within.append(name)


def _folder(part: Sequence[str], within: Sequence[str]) -> str | None:
    """Return the first folder of `part` below `within`, else its outermost folder; None without any."""
    beyond = part[len(within) :] if list(part[: len(within)]) == list(within) else part
    return clipped((beyond or part)[-1 if not beyond else 0], 80) if part else None


def _unused(count: int) -> Layout:
    """Return an empty layout of rings, which are not shown for notes."""
    nowhere = (0.0,) * count
    return Layout(nowhere, nowhere, (1.0,) * (len(RINGS) + 3), (0.0, 1.0), ())
