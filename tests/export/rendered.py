"""Texts that the bundled exporters make of given tables."""

from types import SimpleNamespace

from netnotes_plugins import graph_formats

from netnotes.api import ExtraFile

EXPORTERS = {
    "graphml": graph_formats.graphml,
    "gexf": graph_formats.gexf,
    "json": graph_formats.node_link,
    "csv": graph_formats.csv,
}
FORMATS = tuple(EXPORTERS)


def render(tables, form):
    """Return the texts of a format's files, the main one first."""
    found = EXPORTERS[form](SimpleNamespace(map=lambda: tables), None)
    parts = [found] if isinstance(found, str) else list(found)
    further = [part.text for part in parts if isinstance(part, ExtraFile)]
    return ["".join(part for part in parts if isinstance(part, str)), *further]
