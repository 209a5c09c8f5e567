"""Draw one person and the people they know as a small SVG picture for `![[…]]`: the deeper, the nearer.

Runs no script and loads nothing. It has colours for light and dark screens.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from netnotes.lazy_dataclass import dataclass
from netnotes.map.page.safe_text import clipped
from netnotes.model import Person, Tie
from netnotes.scoring.depth import DEEP
from netnotes.scoring.scores import Scores
from netnotes.text.file_seal import PLACEHOLDER, seal

if TYPE_CHECKING:
    from netnotes.outcome import Outcome

MOST = 24
"""Most people around the centre, those with the deepest ties."""
WIDTH, HEIGHT = 800, 520
NEAR, FAR = 90.0, 200.0
"""Distance from the centre for depth 1 and depth 0, in pixels."""
STAGGER = 26.0
"""How much farther out every second person is, so that names have room."""
WIDER = 1.1
"""How much wider than high the picture is drawn, since names need the width."""
LETTERS = 20
"""Characters of a name that are drawn; hovering shows the whole name."""
RADIUS, MIDDLE = 7.0, 12.0
"""Radius of a dot, and of the one in the centre."""
_LETTER, _WIDE_LETTER = 7.6, 14.0
"""Pixels of a letter, and of a letter as wide as high, in the widest of the usual fonts."""
_ABOVE, _BELOW = 12.0, 5.0
"""Height of a name above and below its baseline, in pixels."""
_STEP = 8.0
"""Step by which a name without room is moved outwards, in pixels."""
STYLE = (
    ".n{font:13px system-ui,sans-serif;fill:#222;stroke:#fff;stroke-width:4px;stroke-linejoin:round;paint-order:stroke}"
    ".d{fill:#2a78c2}.s{fill:#8a94a0}.m{fill:#c2582a}"
    ".l{stroke:#8a94a0}.o{stroke:#c9ced4}.t{stroke:#8a94a0;stroke-width:.8}"
    "@media(prefers-color-scheme:dark){.n{fill:#ddd;stroke:#1e1e1e}.o{stroke:#4a525b}}"
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A person around the centre."""

    person: Person
    depth: float
    x: float
    y: float


_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name and where it is written."""

    text: str
    x: float
    y: float
    anchor: str
    box: _Box
    start: tuple[float, float] | None
    """Where a line to the name begins; None for a name beside its dot."""


def neighbourhood(outcome: Outcome, alters: Scores, person_id: str) -> str:
    """Return the picture of one person as SVG, sealed. `alters` scores the ties between two others.

    Raises KeyError if no person has that id.
    """
    network = outcome.network
    middle = {person.id: person for person in (network.ego, *network.people)}[person_id]
    ties = [tie for tie in (*network.ties, *network.alter_ties) if middle in tie.people and tie.contacts]
    ranked = sorted(
        ((_depth(tie, outcome.scores if tie.ego else alters), _other(tie, middle)) for tie in ties),
        key=lambda pair: (-pair[0], pair[1].name, pair[1].id),
    )
    around = _placed(ranked[:MOST])
    drawn = {each.person.id: each for each in around}
    between = [tie for tie in network.alter_ties if tie.contacts and all(p.id in drawn for p in tie.people)]
    names = _names(middle, around)
    left_out = f", {len(ranked) - MOST} more not drawn" if len(ranked) > MOST else ""
    title = f"{_text(middle.name, 120)} and {len(around)} others{left_out}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<!-- {PLACEHOLDER} -->",
        f"<title>{title}</title><style>{STYLE}</style>",
        *(_line(drawn[tie.people[0].id], drawn[tie.people[1].id]) for tie in between),
        *(_ray(each) for each in around),
        *(_leader(name) for name in names),
        _dot(middle, WIDTH / 2, HEIGHT / 2, "m", MIDDLE),
        *(_dot(each.person, each.x, each.y, _class(each), RADIUS) for each in around),
        *(_written(name) for name in names),
        "</svg>",
    ]
    return seal("\n".join(part for part in parts if part) + "\n")


def _placed(ranked: Sequence[tuple[float, Person]]) -> list[Neighbour]:
    """Place people at equal angles, the deepest at the top, then alternately to the right and left."""
    found = []
    for number, (depth, person) in enumerate(ranked):
        turn = (number + 1) // 2 * (1 if number % 2 else -1)
        angle = 2 * math.pi * turn / max(1, len(ranked)) - math.pi / 2
        far = FAR - (FAR - NEAR) * depth + STAGGER * (turn % 2)
        found.append(
            Neighbour(person, depth, WIDTH / 2 + WIDER * far * math.cos(angle), HEIGHT / 2 + far * math.sin(angle))
        )
    return found


def _depth(tie: Tie, scores: Scores) -> float:
    return min(1.0, max(0.0, scores.number(tie, "depth") or 0.0))


def _other(tie: Tie, person: Person) -> Person:
    return tie.people[1] if tie.people[0] == person else tie.people[0]


def _class(each: Neighbour) -> str:
    return "d" if each.depth >= DEEP else "s"


def _ray(each: Neighbour) -> str:
    width = 1 + 4 * each.depth
    return (
        f'<line class="l" x1="{WIDTH // 2}" y1="{HEIGHT // 2}" x2="{each.x:.1f}" y2="{each.y:.1f}" '
        f'stroke-width="{width:.1f}"/>'
    )


def _line(one: Neighbour, other: Neighbour) -> str:
    return f'<line class="o" x1="{one.x:.1f}" y1="{one.y:.1f}" x2="{other.x:.1f}" y2="{other.y:.1f}"/>'


def _dot(person: Person, x: float, y: float, kind: str, radius: float) -> str:
    title = f"<title>{_text(_shown(person), 120)}</title>"
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}">{title}</circle>'


def _names(middle: Person, around: Sequence[Neighbour]) -> list[_Name]:
    """Return the names, each clear of dots and of other names: beside its dot if there is room.

    Which names find room depends on the order. Of a few orders, the one is taken that leaves the fewest names without
    room and needs the fewest lines to names.
    """
    below = _candidate(_text(_shown(middle), LETTERS), WIDTH / 2, HEIGHT / 2 + MIDDLE + 14, "middle")
    orders = (
        around,
        sorted(around, key=lambda each: math.hypot((each.x - WIDTH / 2) / WIDER, each.y - HEIGHT / 2)),
        sorted(around, key=lambda each: abs(each.x - WIDTH / 2)),
        sorted(around, key=lambda each: -abs(each.x - WIDTH / 2)),
    )
    found = (_in_order(order, below) for order in orders)
    return min(found, key=lambda one: (one[0], sum(name.start is not None for name in one[1])))[1]


def _in_order(order: Sequence[Neighbour], first: _Name) -> tuple[int, list[_Name]]:
    """Return how many names found no room, and all names, each placed clear of those before."""
    dots = [_square(WIDTH / 2, HEIGHT / 2, MIDDLE), *(_square(each.x, each.y, RADIUS) for each in order)]
    placed = [first]
    faults = 0
    for each in order:
        options = list(_options(each))
        found = next((name for name in options if _is_free(name, dots, placed)), None)
        faults += found is None
        placed.append(found or options[0])
    return faults, placed


def _is_free(name: _Name, dots: Sequence[_Box], placed: Sequence[_Name]) -> bool:
    """Return whether a name covers no dot and no name, and its line crosses none but its own dot."""
    others = [*dots, *(other.box for other in placed)]
    if any(_meet(name.box, other) for other in others):
        return False
    if name.start is None:
        return True
    own = _square(*name.start, RADIUS)
    passed = [other for other in others if other != own]
    return not any(_meet(_square(x, y, 1), other) for x, y in _points(name.start, (name.x, name.y)) for other in passed)


def _options(each: Neighbour) -> Iterator[_Name]:
    """Yield places for a name within the picture: beside its dot, above or below it, then further and further out."""
    text = _text(_shown(each.person), LETTERS)
    aside, down = each.x - WIDTH / 2, each.y - HEIGHT / 2
    side = 1 if aside >= 0 else -1
    anchor = "start" if side > 0 else "end"
    yield _candidate(text, each.x + side * (RADIUS + 4), each.y + 4, anchor)
    upwards = -1 if down < 0 else 1
    above, below = each.y - RADIUS - 6, each.y + RADIUS + 14
    for y in (above, below) if upwards < 0 else (below, above):
        yield _candidate(text, each.x, y, "middle")
    for step in range(2, round(HEIGHT / _STEP)):
        for across in (0.0, 0.5, -0.5, 1.0, -1.0, 2.0):
            out = step * _STEP
            x, y = each.x + side * across * out, each.y + upwards * out + 4
            outwards = "middle" if not across else "start" if side * across > 0 else "end"
            option = _candidate(text, x, y, outwards, start=(each.x, each.y))
            if option.box[0] > 0 and option.box[2] < WIDTH and option.box[1] > 0 and option.box[3] < HEIGHT:
                yield option


def _candidate(text: str, x: float, y: float, anchor: str, *, start: tuple[float, float] | None = None) -> _Name:
    width = sum(_WIDE_LETTER if east_asian_width(letter) in "WF" else _LETTER for letter in unescape(text))
    left = x - (width / 2 if anchor == "middle" else 0 if anchor == "start" else width)
    return _Name(text, x, y, anchor, (left, y - _ABOVE, left + width, y + _BELOW), start)


def _square(x: float, y: float, half: float) -> _Box:
    return x - half, y - half, x + half, y + half


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _points(start: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Yield points of a line, closer together than a name is high."""
    steps = max(1, round(math.dist(start, end) / 5))
    for step in range(steps):
        share = step / steps
        yield start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _leader(name: _Name) -> str:
    """Return the line that leads from a dot to a name that has no room beside it."""
    if name.start is None:
        return ""
    x, y = name.start
    # To the edge of the name that faces the dot.
    end = name.box[3] if name.box[3] < y else name.box[1]
    return f'<line class="t" x1="{x:.1f}" y1="{y:.1f}" x2="{name.x:.1f}" y2="{end:.1f}"/>'


def _written(name: _Name) -> str:
    return f'<text class="n" x="{name.x:.1f}" y="{name.y:.1f}" text-anchor="{name.anchor}">{name.text}</text>'


def _shown(person: Person) -> str:
    return "you" if person.me else person.name


def _text(text: str, most: int) -> str:
    return escape(clipped(text, most).strip() or "?")
