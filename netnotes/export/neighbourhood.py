"""One person and the people they are tied to, as a small SVG picture for `![[…]]`: the deeper, the nearer.

Runs no script and loads nothing. It has colours for light and dark screens.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from netnotes.map.page.safe_text import clipped
from netnotes.model import Person, Tie
from netnotes.scoring.depth import DEEP
from netnotes.scoring.scores import Scores
from netnotes.text.file_seal import PLACEHOLDER, seal

if TYPE_CHECKING:
    from netnotes.outcome import Outcome

MOST = 24
"""Most people around the centre, those with the deepest ties."""
WIDTH, HEIGHT = 720, 520
NEAR, FAR = 70.0, 200.0
"""Distance from the centre for depth 1 and depth 0, in pixels."""
STAGGER = 26.0
"""How much farther out every second person is, so that names do not touch."""
_UPRIGHT = 40
"""Pixels to the side of the centre within which a name stands below its dot."""
LETTERS = 20
"""Characters of a name that are drawn; hovering shows the whole name."""
STYLE = (
    ".n{font:13px system-ui,sans-serif;fill:#222;stroke:#fff;stroke-width:4px;stroke-linejoin:round;paint-order:stroke}"
    ".d{fill:#2a78c2}.s{fill:#8a94a0}.m{fill:#c2582a}"
    ".l{stroke:#8a94a0}.o{stroke:#c9ced4}"
    "@media(prefers-color-scheme:dark){.n{fill:#ddd;stroke:#1e1e1e}.o{stroke:#4a525b}}"
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A person around the centre."""

    person: Person
    depth: float
    x: float
    y: float


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
    left_out = f", {len(ranked) - MOST} more not drawn" if len(ranked) > MOST else ""
    title = f"{_text(middle.name, 120)} and {len(around)} others{left_out}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<!-- {PLACEHOLDER} -->",
        f"<title>{title}</title><style>{STYLE}</style>",
        *(_line(drawn[tie.people[0].id], drawn[tie.people[1].id]) for tie in between),
        *(_ray(each) for each in around),
        _dot(middle, WIDTH / 2, HEIGHT / 2, "m", 12),
        *(_dot(each.person, each.x, each.y, _class(each), 7) for each in around),
        _name(middle, WIDTH / 2, HEIGHT / 2, 12),
        *(_name(each.person, each.x, each.y, 7) for each in around),
        "</svg>",
        "",
    ]
    return seal("\n".join(parts))


def _placed(ranked: Sequence[tuple[float, Person]]) -> list[Neighbour]:
    """Place people at equal angles, the deepest at the top, then alternately to the right and left."""
    found = []
    for number, (depth, person) in enumerate(ranked):
        turn = (number + 1) // 2 * (1 if number % 2 else -1)
        angle = 2 * math.pi * turn / max(1, len(ranked)) - math.pi / 2
        far = FAR - (FAR - NEAR) * depth + STAGGER * (turn % 2)
        # The picture is wider than high, since names need the width.
        found.append(
            Neighbour(person, depth, WIDTH / 2 + 1.25 * far * math.cos(angle), HEIGHT / 2 + far * math.sin(angle))
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


def _dot(person: Person, x: float, y: float, kind: str, radius: int) -> str:
    title = f"<title>{_text(_shown(person), 120)}</title>"
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}">{title}</circle>'


def _name(person: Person, x: float, y: float, radius: int) -> str:
    """Return the name beside a dot, away from the centre; below one that is right above or below it."""
    aside = x - WIDTH / 2
    anchor = "middle" if abs(aside) < _UPRIGHT else "start" if aside > 0 else "end"
    dx = 0 if anchor == "middle" else radius + 4 if aside > 0 else -radius - 4
    dy = radius + 14 if anchor == "middle" else 4
    name = _text(_shown(person), LETTERS)
    return f'<text class="n" x="{x + dx:.1f}" y="{y + dy:.1f}" text-anchor="{anchor}">{name}</text>'


def _shown(person: Person) -> str:
    return "you" if person.me else person.name


def _text(text: str, most: int) -> str:
    return escape(clipped(text, most).strip() or "?")
