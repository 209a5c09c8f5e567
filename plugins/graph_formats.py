"""graph_formats: `graph --format graphml|gexf|json|csv`, people and ties of the map for Gephi and others.

The same map gives the same text on any day: dates in a file are those of the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from netnotes.api import ExtraFile, Network, NoOptions, exporter

if TYPE_CHECKING:
    import networkx as nx

NETNOTES_API = 1

MADE = "<!-- made by NetNotes -->"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
_FORMULA = re.compile("'*[=+@\\-\t\r\n＝＋－＠]")
_QUOTED = re.compile('[",\r\n]')


@exporter("graphml", reads=("map",))
def graphml(network: Network, options: NoOptions) -> str:
    """Return GraphML; dates are strings, numbers are double or long."""
    import networkx as nx

    del options
    return "\n".join((_DECLARED, MADE, *nx.generate_graphml(_graph(network)), ""))


@exporter("gexf", reads=("map",))
def gexf(network: Network, options: NoOptions) -> str:
    """Return GEXF 1.2 with positions, sizes and colours, so that Gephi shows the picture of the page."""
    import networkx as nx

    del options
    graph, tables = _graph(network), network.map()
    for row, colour in zip(tables.people, tables.colors, strict=True):
        graph.nodes[row["id"]]["viz"] = {
            "color": _rgb(colour),
            "size": row["size"],
            "position": {"x": row["x"], "y": row["y"], "z": 0.0},
        }
    for row in tables.ties:
        look: dict[str, Any] = {}
        if "style_color" in row:
            look["color"] = _rgb(str(row["style_color"]))
        if "style_width" in row:
            look["thickness"] = row["style_width"]
        if look:
            graph.edges[row["source"], row["target"]]["viz"] = look
    text = "\n".join(nx.generate_gexf(graph))
    # networkx writes its own version and the current date.
    meta = f'<meta lastmodifieddate="{tables.day.isoformat()}"><creator>NetNotes</creator></meta>'
    text = re.sub(r"<meta\b.*?</meta>", meta, text, count=1, flags=re.DOTALL)
    return f"{_DECLARED}\n{MADE}\n{text}\n"


@exporter("json", reads=("map",))
def node_link(network: Network, options: NoOptions) -> str:
    """Return JSON for `networkx.node_link_graph`, one person or tie per line."""
    del options
    tables = network.map()
    graph = f'{{"generator": "NetNotes", "day": "{tables.day.isoformat()}"}}'
    head = f'{{"directed": false, "multigraph": false, "graph": {graph},'
    return f'{head}\n"nodes": {_array(tables.people)},\n"edges": {_array(tables.ties)}}}\n'


@exporter("csv", reads=("map",))
def csv(network: Network, options: NoOptions) -> Iterator[str | ExtraFile]:
    """Yield the ties, and the people as a second file, as Gephi and spreadsheets import them.

    A text that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    del options
    tables = network.map()
    columns = ("source", "target", "type", *tables.tie_columns[2:])
    yield _table(columns, ({**row, "type": "Undirected"} for row in tables.ties))
    yield ExtraFile(tables.called, _table(tables.columns, tables.people))


def _rgb(colour: str) -> dict[str, float]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


def _graph(network: Network) -> nx.Graph[str]:
    import networkx as nx

    tables = network.map()
    graph: nx.Graph[str] = nx.Graph(generator="NetNotes", day=tables.day.isoformat())
    graph.add_nodes_from((row["id"], _without(row, "id")) for row in tables.people)
    graph.add_edges_from((row["source"], row["target"], _without(row, "source", "target")) for row in tables.ties)
    return graph


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _array(rows: Iterable[Mapping[str, Any]]) -> str:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)
    return f"[\n{lines}\n]" if lines else "[]"


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    lines = (_line([row.get(column, "") for column in columns]) for row in rows)
    return "\n".join((_line(columns), *lines, ""))


def _line(cells: Iterable[str | float]) -> str:
    return ",".join(map(_cell, cells))


def _cell(value: str | float) -> str:
    if not isinstance(value, str):
        return repr(value)
    # One more apostrophe before existing ones, so that the original text can be restored.
    text = f"'{value}" if _FORMULA.match(value) else value
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
