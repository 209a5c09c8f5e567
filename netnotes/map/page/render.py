"""Render an outcome as one self-contained HTML page. Returns text; writes no file and fetches nothing.

pyvis keeps nodes, edges and options, and renders them with our template, style and scripts (`web/`). Its own template
is not used: it loads Bootstrap from a server, inserts names as HTML, and includes 470 kB of vis-network, of which this
map, with fixed positions, would use only the camera.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, Environment, PackageLoader
from markupsafe import Markup

from netnotes.insights.lookup import NAMED_STEP, WEAKEST_STEP, acquaintances
from netnotes.insights.what_if import Lever
from netnotes.lazy_dataclass import dataclass
from netnotes.map.arrangement import Arrangement, arrange
from netnotes.map.graph.build import lay_out_network
from netnotes.map.note_map import notes
from netnotes.map.page.bundle import bundle
from netnotes.map.page.payload import DRAWN, payload
from netnotes.map.page.safe_text import clipped
from netnotes.map.page.styles import apply_styles
from netnotes.map.page.timeline import Past, columns
from netnotes.map.page.vocabulary import PEOPLE
from netnotes.map.rings.layout import DOT, RINGS, dot
from netnotes.model import Tie
from netnotes.network.network import Network
from netnotes.plugin.facts import Style
from netnotes.scoring.access import unscored
from netnotes.scoring.depth import two_decimals
from netnotes.scoring.scores import Scores

if TYPE_CHECKING:
    from netnotes.outcome import Outcome

OPENING = "ui/opening.js"
"""Entry module of the first script, which draws a large map before the details are read."""
ENTRY = "ui/start.js"
LIVE = "ui/live.js"
"""Entry module of a served page; it imports that of a written page."""
LISTED = 500
"""Most people in the list that a browser without JavaScript shows."""
OPTIONS: Mapping[str, Any] = {"physics": {"enabled": False}, "interaction": {"zoomSpeed": 0.7}}
"""The options of pyvis that the page uses."""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How a page is made."""

    live: bool = False
    """Whether it is served: then it asks its own server for updates, and contacts nothing else."""
    most: int | None = DRAWN
    """People drawn at first, or notes drawn in total; None for all."""


PLAIN = PageOptions()


def page(  # noqa: PLR0913  # each is a part of the page that can be left out
    outcome: Outcome,
    *,
    vault_name: str,
    vault_path: str,
    styles: Sequence[Style] = (),
    evidence: bool = True,
    alters: Scores | None = None,
    past: Past | None = None,
    levers: Mapping[str, Lever] | None = None,
    options: PageOptions = PLAIN,
) -> str:
    """Return the whole page as HTML; same arguments, same text.

    `vault_name` and `vault_path` (absolute) are for links that open notes; without a name there are none. `styles` come
    from `@styler` plugins. Without `evidence` the page has no encounters. `alters` scores the ties between two others;
    without it, their number of contacts counts. `past` is for the slider of months; without it, there is none.
    `levers` (by person id) are what would deepen each tie most.
    """
    shown = notes(outcome, options.most) if outcome.network.notes else None
    outcome = shown.outcome if shown else outcome
    drawn = apply_styles(styles)
    arranged = shown.arranged if shown else arrange(outcome, alters, drawn.sectors)
    layout = shown.layout if shown else lay_out_network(arranged, outcome.network, outcome.scores, alters)
    data, more = payload(
        outcome, arranged, layout, drawn, vault=(vault_name, vault_path), evidence=evidence, levers=levers or {}
    )
    # As a text at once: it takes a fraction of the memory.
    details = _json(more)
    del more
    data |= {
        "timeline": columns(past, arranged.ties, outcome.scores),
        "paths": _path_data(outcome.network, arranged.ties),
        "dot": list(DOT),
        "drawn": len(arranged.ties) if options.most is None else options.most,
        **(shown.more if shown else PEOPLE),
    }
    data["people"] |= shown.columns if shown else {}
    return _rendered(arranged, data, details, clipped(vault_name, 200) or "NetNotes", live=options.live)


def _rendered(arranged: Arrangement, data: Mapping[str, Any], details: Markup, title: str, *, live: bool) -> str:
    # Imported here, since it costs every other command a tenth of a second or more.
    import pyvis.network

    net = pyvis.network.Network(cdn_resources="in_line", heading="")
    # Filled directly: add_node and add_edge compare each new one with all before.
    net.nodes = _nodes(arranged, data["me"])
    net.edges = _Edges(arranged)
    net.options = dict(OPTIONS)
    web = PackageLoader("netnotes.map", "web")
    # pyvis renders whatever its environment finds under its path.
    net.templateEnv = Environment(loader=web, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment = net.templateEnv
    entries = (OPENING, LIVE if live else ENTRY)
    opening, script = map(_inline, bundle(lambda path: _text(web, environment, path), entries))
    style = _inline(_text(web, net.templateEnv, "style.css"))
    net.templateEnv.filters |= {"columns": _columns, "flat": _flat, "inert": _inert}
    net.templateEnv.globals |= {
        "opening": opening,
        "script": script,
        "style": style,
        "live": live,
        "policy": _policy((opening, script), style, live=live),
        "data": _json(data),
        "details": details,
        "title": title,
        "words": data["words"],
        "listed": _listed(arranged),
        "unlisted": max(0, len(arranged.ties) - LISTED),
    }
    net.path = "template.html.j2"
    return str(net.generate_html())


def _json(data: Mapping[str, Any]) -> Markup:
    return _inert(json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def _listed(arranged: Arrangement) -> list[tuple[str, str]]:
    """Return names with depths, deepest first: what a browser without JavaScript shows."""
    return [
        (clipped(tie.person.name, 120), "" if depth is None else two_decimals(depth, RINGS))
        for tie, depth in zip(arranged.ties[:LISTED], arranged.depths, strict=False)
    ]


def _text(loader: BaseLoader, environment: Environment, name: str) -> str:
    return loader.get_source(environment, name)[0]


def _nodes(arranged: Arrangement, me: str) -> list[dict[str, Any]]:
    """Return pyvis' nodes: 0 is me, then the people in order. Ids are numbers, which no name can break."""
    first = arranged.groupings[0]
    nodes: list[dict[str, Any]] = [{"id": 0, "label": me, "x": 0, "y": 0, "size": 30, "group": -1}]
    places = zip(first.layout.x, first.layout.y, first.sectors.of, strict=True)
    for number, (tie, depth, (x, y, sector)) in enumerate(
        zip(arranged.ties, arranged.depths, places, strict=True), start=1
    ):
        label = clipped(tie.person.name, 120).strip() or "?"
        nodes.append(
            {
                "id": number,
                "label": label,
                "x": round(x),
                "y": round(y),
                "size": round(dot(depth), 1),
                "group": sector,
            }
        )
    return nodes


class _Edges(Iterable[Mapping[str, int]]):
    """pyvis' edges: from me to each person met, then between the others. Made one by one: there may be very many."""

    def __init__(self, arranged: Arrangement) -> None:
        self._arranged = arranged

    def __iter__(self) -> Iterator[Mapping[str, int]]:
        for number, depth in enumerate(self._arranged.depths, start=1):
            if depth is not None:
                yield {"from": 0, "to": number, "value": round(100 * depth)}
        for a, b, strength in self._arranged.pairs:
            yield {"from": a + 1, "to": b + 1, "value": strength}


def _columns(nodes: Sequence[Mapping[str, Any]]) -> str:
    """Return nodes as JSON, one list for each property instead of one object for each node."""
    keys = list(nodes[0])
    return json.dumps({key: [node[key] for node in nodes] for key in keys}, ensure_ascii=False, separators=(",", ":"))


def _flat(edges: Iterable[Mapping[str, int]]) -> str:
    """Return the edges between others as JSON: a row per node: its number, then the other end and value of each edge.

    Ends are given as the difference from the one before. Edges from 0 are left out: the page makes them from depth.
    """
    rows: list[list[int]] = []
    at = before = 0
    for edge in edges:
        if not edge["from"]:
            continue
        if edge["from"] != at:
            at = before = edge["from"]
            rows.append([at])
        rows[-1] += (edge["to"] - before, edge["value"])
        before = edge["to"]
    return json.dumps(rows, separators=(",", ":"))


def _inert(text: str) -> Markup:
    """Return JSON for use in a script element: no text in it can end the element or begin a comment."""
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704  # made inert right here


def _inline(text: str) -> Markup:
    """Return a script or style for the page, with the line ends that browsers use for its hash."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return Markup(lines.replace("</script", "<\\/script"))  # noqa: S704  # files of the program


def _policy(scripts: Iterable[str], style: str, *, live: bool) -> str:
    """Return the Content-Security-Policy: only these scripts and this style; a live page may contact its own server."""

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    connect = "'self'" if live else "'none'"
    return (
        f"default-src 'none'; script-src {' '.join(map(digest, scripts))}; style-src {digest(style)}; "
        f"img-src 'none'; connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def _path_data(network: Network, ties: Sequence[Tie]) -> dict[str, Any]:
    """Return the pairs that notes name, and the people not to be contacted, as indices in `ties`."""
    place = {tie.person.id: index for index, tie in enumerate(ties)}
    pairs = {
        (min(a, b), max(a, b))
        for person, other, _ in acquaintances(unscored(network))
        if (a := place.get(person.id)) is not None and (b := place.get(other.id)) is not None
    }
    return {
        "counts": NAMED_STEP,
        "least": WEAKEST_STEP,
        "noted": sorted(map(list, pairs)),
        "ignored": [index for index, tie in enumerate(ties) if tie.person.ignored],
    }
