"""Notes and their links as two flat tables, for a vault without people. The bundled exporters write the formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from netnotes.export.tables import (
    Value,
    ids_of,
    known,
    own_colours,
    plain_text,
    styled,
    styled_line,
    tables,
    with_styles,
)
from netnotes.map.note_map import notes
from netnotes.map.page.styles import AppliedStyles, apply_styles
from netnotes.map.rings.layout import dot
from netnotes.plugin.facts import Style
from netnotes.plugin.network_view import MapTables

if TYPE_CHECKING:
    from netnotes.outcome import Outcome
    from netnotes.scoring.scores import Scores

NOTES: tuple[str, ...] = tuple("id label kind path depth links deep_links group community x y size".split())
LINKS: tuple[str, ...] = tuple("source target weight between depth forth back first_linked last_linked".split())
"""`weight` is the number of links from source to target and back; `forth` those from source to target."""


def map_tables(outcome: Outcome, alters: Callable[[], Scores], styles: Sequence[Style] = ()) -> MapTables:
    """Return the tables of people, or of notes in a vault without people.

    `alters` scores ties between two others, `styles` are what stylers yielded.
    """
    return note_tables(outcome, styles) if outcome.network.notes else tables(outcome, alters(), styles)


def note_tables(outcome: Outcome, styles: Sequence[Style] = ()) -> MapTables:
    """Return both tables of all notes, those with the deepest links first; y points upwards."""
    drawn = apply_styles(styles)
    shown = notes(outcome, None)
    arranged, graph = shown.arranged, shown.layout.graph
    ids = ids_of(tie.person for tie in arranged.ties)
    rows: list[dict[str, Value | None]] = []
    for place, tie in enumerate(arranged.ties):
        depth = arranged.depths[place]
        row: dict[str, Value | None] = {
            "id": ids[tie.person.id],
            "label": plain_text(str(shown.columns["name"][place]), 120) or "?",
            "kind": "note",
            "path": plain_text(tie.person.path),
            "depth": None if depth is None else round(depth, 6),
            "links": shown.more["degree"][place],
            "deep_links": shown.more["deepLinks"][place],
            "group": plain_text(arranged.scenes[place]),
            "community": plain_text(arranged.circles[place]),
            "x": round(graph.x[place], 1),
            "y": round(0.0 - graph.y[place], 1),
            "size": round(dot(depth), 1),
        }
        rows.append(row | styled(drawn, tie.person.id))
    links = _links(outcome, ids, drawn)
    columns, link_columns = with_styles(NOTES, rows), with_styles(LINKS, links)
    return MapTables(
        outcome.network.today,
        tuple(known(row, columns) for row in rows),
        tuple(known(row, link_columns) for row in links),
        columns,
        link_columns,
        tuple(own_colours(arranged, drawn)),
        "notes",
    )


def _links(outcome: Outcome, ids: dict[str, str], drawn: AppliedStyles) -> list[dict[str, Value | None]]:
    rows = []
    for link in outcome.network.links:
        one, other = link.paths
        row: dict[str, Value | None] = {
            "source": ids[one],
            "target": ids[other],
            "weight": float(link.forth + link.back),
            "between": "notes",
            "depth": round(link.depth, 6),
            "forth": link.forth,
            "back": link.back,
            "first_linked": link.first.isoformat() if link.first else None,
            "last_linked": link.last.isoformat() if link.last else None,
        }
        rows.append(row | styled_line(drawn.ties.get(link.paths)))
    return rows
