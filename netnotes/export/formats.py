"""People and ties in the formats of other programs: GraphML, GEXF, node-link JSON, CSV. Returns texts; writes no file.

The same tables give the same text on any day: dates in a file are those of the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netnotes.export.tables import Row, Tables, Value

if TYPE_CHECKING:
    import networkx as nx

MADE = "<!-- made by NetNotes -->"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
_FORMULA = re.compile("'*[=+@\\-\t\r\n＝＋－＠]")
_QUOTED = re.compile('[",\r\n]')


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a format."""

    text: str
    mark: str
    """Text near the top of each file of ours, which other programs do not write."""
    suffix: str = ""
    """What its name has before the ending, and the first part's name does not."""


def render(tables: Tables, form: str) -> tuple[Part, ...]:
    """Return the files of one of FORMATS, the main one first."""
    return FORMATS[form](tables)


def graphml(tables: Tables) -> tuple[Part, ...]:
    """Return GraphML; dates are strings, numbers are double or long."""
    import networkx as nx

    lines = nx.generate_graphml(_graph(tables))
    return (Part("\n".join((_DECLARED, MADE, *lines, "")), MADE),)


def gexf(tables: Tables) -> tuple[Part, ...]:
    """Return GEXF 1.2 with positions, sizes and colours, so that Gephi shows the picture of the page."""
    import networkx as nx

    graph = _graph(tables)
    for row, colour in zip(tables.people, tables.colours, strict=True):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        graph.nodes[row["id"]]["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": row["size"],
            "position": {"x": row["x"], "y": row["y"], "z": 0.0},
        }
    text = "\n".join(nx.generate_gexf(graph))
    # networkx writes its own version and the current date.
    meta = f'<meta lastmodifieddate="{tables.day.isoformat()}"><creator>NetNotes</creator></meta>'
    text = re.sub(r"<meta\b.*?</meta>", meta, text, count=1, flags=re.DOTALL)
    return (Part(f"{_DECLARED}\n{MADE}\n{text}\n", MADE),)


def node_link(tables: Tables) -> tuple[Part, ...]:
    """Return JSON for `networkx.node_link_graph`, one person or tie per line."""
    mark = '"generator": "NetNotes"'
    head = f'{{"directed": false, "multigraph": false, "graph": {{{mark}, "day": "{tables.day.isoformat()}"}},'
    text = f'{head}\n"nodes": {_array(tables.people)},\n"edges": {_array(tables.ties)}}}\n'
    return (Part(text, mark),)


def csv(tables: Tables) -> tuple[Part, ...]:
    """Return the ties, and the people in a second file, as Gephi and spreadsheets import them.

    A text that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    ties = ("source", "target", "type", *tables.tie_columns[2:])
    pairs = [{**row, "type": "Undirected"} for row in tables.ties]
    return (
        Part(_table(ties, pairs), _line(ties[:6])),
        Part(_table(tables.columns, tables.people), _line(tables.columns[:6]), f"-{tables.called}"),
    )


FORMATS: Mapping[str, Callable[[Tables], tuple[Part, ...]]] = {
    "graphml": graphml,
    "gexf": gexf,
    "json": node_link,
    "csv": csv,
}
"""By file ending."""


def _graph(tables: Tables) -> nx.Graph[str]:
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph(generator="NetNotes", day=tables.day.isoformat())
    graph.add_nodes_from((row["id"], _without(row, "id")) for row in tables.people)
    graph.add_edges_from((row["source"], row["target"], _without(row, "source", "target")) for row in tables.ties)
    return graph


def _without(row: Row, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _array(rows: Iterable[Row]) -> str:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)
    return f"[\n{lines}\n]" if lines else "[]"


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> str:
    lines = (_line([row.get(column, "") for column in columns]) for row in rows)
    return "\n".join((_line(columns), *lines, ""))


def _line(cells: Iterable[Value]) -> str:
    return ",".join(map(_cell, cells))


def _cell(value: Value) -> str:
    if not isinstance(value, str):
        return repr(value)
    # One more apostrophe before existing ones, so that the original text can be restored.
    text = f"'{value}" if _FORMULA.match(value) else value
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
