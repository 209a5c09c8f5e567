"""The map as JSON Canvas: a card for each person, linked to their note; communities are groups.

Format: https://jsoncanvas.org/spec/1.0/. Positions are those of the network view of the map, scaled so that neither
cards nor groups overlap. The owner of the vault is left out, as in that view.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, count
from typing import TYPE_CHECKING, Any

from netnotes.export.tables import own_colours
from netnotes.map.arrangement import Arrangement, arrange
from netnotes.map.graph.build import NetworkLayout, lay_out_network
from netnotes.map.page.safe_text import clipped
from netnotes.map.page.styles import apply_styles
from netnotes.plugin.facts import Style
from netnotes.scoring.scores import Scores
from netnotes.text.file_seal import PLACEHOLDER, seal

if TYPE_CHECKING:
    from netnotes.outcome import Outcome

NAME = "Relationships.canvas"
WIDTH, HEIGHT = 220, 80
"""Size of a card, in pixels."""
GAP = 24
"""Between two cards, and between a group's edge and its cards."""
LABEL = 40
"""Room above a group for its name."""
EDGES_A_PERSON = 4
"""Most lines for each person, the strongest ties first: a canvas slows down with thousands of lines."""
ALONE = "No ties to others"
_STEP = 1.15
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def canvas(outcome: Outcome, alters: Scores | None, styles: Sequence[Style] = ()) -> str:
    """Return the text of the canvas, sealed; the same network gives the same text.

    `alters` scores the ties between two others, `styles` are what stylers yielded. People without a note are text
    cards.
    """
    drawn = apply_styles(styles)
    arranged = arrange(outcome, alters, drawn.sectors)
    layout = lay_out_network(arranged, outcome.network, outcome.scores, alters)
    groups = defaultdict(list)
    for person, community in enumerate(arranged.communities):
        groups[community].append(person)
    places = _places(layout, groups)
    boxes = {community: _box([places[person] for person in people]) for community, people in groups.items()}
    nodes = [
        *(_group(community, boxes[community], layout.names) for community in sorted(groups)),
        *_cards(arranged, own_colours(arranged, drawn), places),
    ]
    head = json.dumps({"version": "1.0-1.0", "generator": PLACEHOLDER})
    parts = [
        f'"metadata":{head}',
        f'"nodes":[\n{_lines(nodes)}\n]',
        f'"edges":[\n{_lines(_edges(arranged, places))}\n]',
    ]
    return seal("{\n" + ",\n".join(parts) + "\n}\n")


def _places(layout: NetworkLayout, groups: Mapping[int, Sequence[int]]) -> list[Point]:
    """Return the centre of each card."""
    drawn = list(zip(layout.graph.x, layout.graph.y, strict=True))
    scale = _scale(drawn)
    places = [(x * scale, y * scale) for x, y in drawn]
    middles = {community: _middle([places[person] for person in people]) for community, people in groups.items()}
    for step in count():
        # Circles that do not overlap may have boxes that do; √2 times the distance is always enough.
        apart = _STEP**step
        moved = list(places)
        for community, people in groups.items():
            x, y = middles[community]
            for person in people:
                moved[person] = (places[person][0] + (apart - 1) * x, places[person][1] + (apart - 1) * y)
        boxes = [_box([moved[person] for person in people]) for people in groups.values()]
        if not any(_overlap(one, other) for one, other in combinations(boxes, 2)):
            return moved
        if step > 0 and len(set(middles.values())) < len(middles):
            return _in_rows(places, groups)
    return places


def _in_rows(places: Sequence[Point], groups: Mapping[int, Sequence[int]]) -> list[Point]:
    """Return positions with the groups one below the other, if two share a centre and scaling cannot separate them."""
    moved = list(places)
    top = 0.0
    for people in groups.values():
        left, upper, _, lower = _box([places[person] for person in people])
        for person in people:
            moved[person] = (places[person][0] - left, places[person][1] - upper + top)
        top += lower - upper + GAP
    return moved


def _scale(drawn: Sequence[Point]) -> float:
    """Return the smallest factor at which no two cards overlap."""
    wide, high = WIDTH + GAP, HEIGHT + GAP
    order = sorted(drawn)
    scale = 1.0
    for at, (x, y) in enumerate(order):
        for other_x, other_y in order[at + 1 :]:
            dx, dy = other_x - x, abs(other_y - y)
            if dx * scale >= wide:
                break
            if dy * scale < high:
                scale = max(scale, min(wide / dx if dx else math.inf, high / dy if dy else math.inf, 100.0))
    return scale


def _middle(places: Sequence[Point]) -> Point:
    xs, ys = zip(*places, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _box(places: Sequence[Point]) -> Box:
    xs, ys = zip(*places, strict=True)
    wide, high = WIDTH / 2 + GAP, HEIGHT / 2 + GAP
    return (
        math.floor(min(xs) - wide),
        math.floor(min(ys) - high - LABEL),
        math.ceil(max(xs) + wide),
        math.ceil(max(ys) + high),
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _group(community: int, box: Box, names: Sequence[str]) -> dict[str, Any]:
    left, top, right, bottom = box
    return {
        "id": f"group-{community}" if community >= 0 else "group-alone",
        "type": "group",
        "x": int(left),
        "y": int(top),
        "width": int(right - left),
        "height": int(bottom - top),
        "label": clipped(names[community], 80) if community >= 0 else ALONE,
    }


def _cards(arranged: Arrangement, colours: Sequence[str], places: Sequence[Point]) -> Iterator[dict[str, Any]]:
    for number, (tie, colour, (x, y)) in enumerate(zip(arranged.ties, colours, places, strict=True), start=1):
        path = tie.person.path
        yield {
            "id": f"person-{number}",
            **({"type": "file", "file": path} if path else {"type": "text", "text": _plain(tie.person.name)}),
            "x": round(x - WIDTH / 2),
            "y": round(y - HEIGHT / 2),
            "width": WIDTH,
            "height": HEIGHT,
            "color": colour,
        }


def _edges(arranged: Arrangement, places: Sequence[Point]) -> Iterator[dict[str, Any]]:
    most = EDGES_A_PERSON * len(places)
    strongest = sorted(arranged.pairs, key=lambda pair: (-pair[2], pair))[:most]
    for one, other, _ in sorted(strongest):
        dx, dy = (places[other][at] - places[one][at] for at in (0, 1))
        sides = ("right", "left") if abs(dx) >= abs(dy) else ("bottom", "top")
        if (dx if abs(dx) >= abs(dy) else dy) < 0:
            sides = sides[::-1]
        yield {
            "id": f"tie-{one + 1}-{other + 1}",
            "fromNode": f"person-{one + 1}",
            "fromSide": sides[0],
            "fromEnd": "none",
            "toNode": f"person-{other + 1}",
            "toSide": sides[1],
            "toEnd": "none",
        }


def _plain(name: str) -> str:
    """Return a name that Markdown shows unchanged: no link, no markup, one line."""
    text = clipped(name, 120).strip() or "?"
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()<>#+-.!|~^$%=:@&/" else letter for letter in text)


def _lines(records: Sequence[Mapping[str, Any]] | Iterator[Mapping[str, Any]]) -> str:
    return ",\n".join(
        json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode("utf-8")
        for record in records
    )
