"""People and ties of an outcome as two flat tables, for other programs. The bundled exporters write the formats.

Every value is a text, an int or a finite float; unknown values are absent. Texts have one line and bounded length, and
hold only what XML and UTF-8 allow. Dates are ISO texts.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from netnotes.map.arrangement import Arrangement, arrange
from netnotes.map.page.payload import PLAIN, colours
from netnotes.map.page.safe_text import clipped
from netnotes.map.page.styles import GREY, PALETTE, AppliedStyle, AppliedStyles, apply_styles
from netnotes.map.rings.layout import dot
from netnotes.model import Person, Tie
from netnotes.phrasing import value_words
from netnotes.plugin.facts import Style
from netnotes.plugin.network_view import MapTables
from netnotes.scoring.scores import Scores

if TYPE_CHECKING:
    from netnotes.outcome import Outcome

Value = str | int | float
Row = Mapping[str, Value]

PEOPLE: tuple[str, ...] = tuple(
    (
        "id label kind path depth tie warmth warm last_contact first_contact follow_up contacts days scene company "
        "community x y size"
    ).split()
)
"""Columns of people that are always present; other scored fields follow."""
TIES = tuple("source target weight between depth tie warmth contacts first_contact last_contact".split())
"""Columns of ties. `weight` is the number of contact days."""
STYLES = ("style_color", "style_width", "style_label", "style_badge", "style_group", "style_because")
"""Columns of what stylers set. A table has only those in which a row has a value."""
TAKEN = frozenset(
    {*PEOPLE, *TIES, *STYLES, "type", "pid", "start", "end", "viz", "parents", "slices", "spells", "key", "name"}
)
"""Names reserved for us, GEXF or networkx; a plugin's field gets another name."""
_MOST_ID = 700


def tables(outcome: Outcome, alters: Scores | None = None, styles: Sequence[Style] = ()) -> MapTables:
    """Return both tables; `alters` scores the ties between two others, `styles` are what stylers yielded.

    Positions are those of the page's first view, the ego at 0, 0; y points upwards, as in other programs.
    """
    drawn = apply_styles(styles)
    arranged = arrange(outcome, alters, drawn.sectors)
    network = outcome.network
    ids = ids_of((network.ego, *(tie.person for tie in arranged.ties)))
    names = _field_names(outcome.scores)
    me: dict[str, Value | None] = {
        "id": ids[network.ego.id],
        "label": plain_text(network.ego.name, 120) or "?",
        "kind": "me",
        "path": plain_text(network.ego.path),
        "x": 0.0,
        "y": 0.0,
        "size": 30.0,
    }
    people = [
        me,
        *(
            _person(tie, place, arranged, outcome.scores, ids, names) | styled(drawn, tie.person.id)
            for place, tie in enumerate(arranged.ties)
        ),
    ]
    ties = [
        *(
            _own(tie, outcome.scores, ids) | styled_line(drawn.people.get(tie.person.id))
            for tie in arranged.ties
            if tie.contacts
        ),
        *(
            _between(tie, alters, ids) | styled_line(drawn.ties.get((tie.people[0].id, tie.people[1].id)))
            for tie in network.alter_ties
            if all(person.id in ids for person in tie.people)
        ),
    ]
    columns, tie_columns = with_styles((*PEOPLE, *names.values()), people), with_styles(TIES, ties)
    return MapTables(
        network.today,
        tuple(known(row, columns) for row in people),
        tuple(known(row, tie_columns) for row in ties),
        columns,
        tie_columns,
        ("#000000", *own_colours(arranged, drawn)),
    )


def styled(drawn: AppliedStyles, key: str) -> dict[str, Value | None]:
    """Return the styles of a person or a note as columns; `key` is an id or a path."""
    look = drawn.people.get(key, PLAIN)
    group = drawn.legend[look.group][0] if look.group >= 0 else None
    return dict(zip(STYLES, (look.color, look.width, look.label, look.badge, group, look.because), strict=True))


def styled_line(look: AppliedStyle | None) -> dict[str, Value | None]:
    """Return the columns of a tie or link: only its colour and width are exported."""
    return {"style_color": look.color, "style_width": look.width} if look else {}


def with_styles(columns: Sequence[str], rows: Iterable[Mapping[str, Value | None]]) -> tuple[str, ...]:
    """Return the columns, and those of STYLES in which a row has a value."""
    used = {name for row in rows for name in STYLES if row.get(name) not in (None, "")}
    return (*columns, *(name for name in STYLES if name in used))


def ids_of(people: Iterable[Person]) -> dict[str, str]:
    """Return a unique id for each person that any format can hold."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for person in people:
        plain = wanted = clipped(person.id, _MOST_ID).strip() or "?"
        again = 1
        while wanted in taken:
            again += 1
            wanted = f"{plain} ({again})"
        taken.add(wanted)
        found[person.id] = wanted
    return found


def _field_names(scores: Scores) -> dict[str, str]:
    """Return the column of each scored field that has no column of its own."""
    others = (name for name in scores.fields if name not in {"depth", "warmth", "follow_up", "tie", "last_contact"})
    return {name: f"scored_{name}" if name in TAKEN else name for name in others}


def _person(
    tie: Tie, place: int, arranged: Arrangement, scores: Scores, ids: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, Value | None]:
    person, layout = tie.person, arranged.groupings[0].layout
    row = {
        "id": ids[person.id],
        "label": plain_text(person.name, 120) or "?",
        "kind": "person",
        "path": plain_text(person.path),
        **_ends(tie),
        **_scored(tie, scores, "warmth"),
        "warm": _label(tie, scores, "warmth"),
        "follow_up": _plain(tie, scores, "follow_up"),
        "contacts": len(tie.contacts),
        "days": tie.days,
        "scene": plain_text(arranged.scenes[place]),
        "company": plain_text(arranged.companies[place]),
        "community": plain_text(arranged.circles[place]),
        "x": round(layout.x[place], 1),
        "y": round(0.0 - layout.y[place], 1),
        "size": round(dot(arranged.depths[place]), 1),
    }
    return row | {column: _plain(tie, scores, name) for name, column in names.items()}


def _own(tie: Tie, scores: Scores, ids: Mapping[str, str]) -> dict[str, Value | None]:
    return {**_pair(tie, ids, "me"), **_scored(tie, scores, "warmth"), **_ends(tie)}


def _between(tie: Tie, scores: Scores | None, ids: Mapping[str, str]) -> dict[str, Value | None]:
    return {**_pair(tie, ids, "others"), **(_scored(tie, scores) if scores else {}), **_ends(tie)}


def _pair(tie: Tie, ids: Mapping[str, str], between: str) -> dict[str, Value | None]:
    one, other = tie.people
    return {
        "source": ids[one.id],
        "target": ids[other.id],
        "weight": float(tie.days),
        "between": between,
        "contacts": len(tie.contacts),
    }


def _ends(tie: Tie) -> dict[str, Value | None]:
    return {
        "first_contact": tie.first.isoformat() if tie.first else None,
        "last_contact": tie.last.isoformat() if tie.last else None,
    }


def _scored(tie: Tie, scores: Scores, *more: str) -> dict[str, Value | None]:
    return {name: _plain(tie, scores, name) for name in ("depth", *more)} | {"tie": _label(tie, scores, "depth")}


def _label(tie: Tie, scores: Scores, name: str) -> Value | None:
    score = scores.get(tie, name)
    return plain_text(score.label, 40) if score else None


def _plain(tie: Tie, scores: Scores, name: str) -> Value | None:
    """Return a score as a format can hold it; numbers to six decimals, as more would mean nothing."""
    score = scores.get(tie, name)
    if score is None:
        return None
    if isinstance(score.value, dt.date):
        return score.value.isoformat()
    if isinstance(score.value, int | float):
        return round(float(score.value), 6) if math.isfinite(score.value) else None
    return plain_text(value_words(score.value))


def plain_text(value: str | None, most: int = 300) -> str | None:
    """Return a text as a table holds it; None for no text."""
    return clipped(value, most).strip() if value else None


def known(row: Mapping[str, Value | None], columns: Sequence[str]) -> Row:
    """Return the known values of a row, in the order of the columns."""
    return {name: value for name in columns if (value := row.get(name)) is not None and value != ""}


def own_colours(arranged: Arrangement, drawn: AppliedStyles) -> Sequence[str]:
    """Return everyone's colour on a light background: that of a styler, else of their scene."""
    shown = colours(arranged)
    light = [pair[0] for pair in (*PALETTE, GREY)]
    looks = (drawn.people.get(tie.person.id, PLAIN).color for tie in arranged.ties)
    return [look or light[shown["colours"][sector]] for look, sector in zip(looks, shown["of"], strict=True)]
