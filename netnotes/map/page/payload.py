"""An outcome as the page reads it: columns of numbers and tables of texts, in the arrangement's order.

It has two parts: what the first picture needs, and further details, which a large page reads only after that. Depth,
parts and other fields are in ten-thousandths, dates in days before today. A column with the same value everywhere is
written as that value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from netnotes.insights.tie_status import CIRCLE_SIZES
from netnotes.insights.what_if import Lever
from netnotes.map.arrangement import UNSCORED, Arrangement, Grouping, word
from netnotes.map.graph.build import NetworkLayout
from netnotes.map.page.evidence import Evidence, encounter_sets, mention_rows, promise_rows
from netnotes.map.page.safe_text import Strings, clipped
from netnotes.map.page.styles import GREY, PALETTE, AppliedStyle, AppliedStyles
from netnotes.map.rings.layout import AISLE, RINGS
from netnotes.model import Tie
from netnotes.phrasing import value_words
from netnotes.plugin.facts import Score
from netnotes.scoring import depth as deep
from netnotes.scoring.depth import hundredths, ten_thousandths
from netnotes.scoring.scores import Scores

if TYPE_CHECKING:
    from netnotes.outcome import Outcome

DRAWN = 10_000
"""Most people drawn at once by default; the page says how many more there are, and draws them on request."""
CIRCLES = tuple(zip(("closest", "close", "deep", "familiar"), CIRCLE_SIZES, strict=True))
"""Name of each ring, and how many people usually are within it."""
REASONS_CHECKED = 5
PLACES = ("place", "where", "location", "venue")
"""Properties that name the place of an encounter."""
MOST_LISTED = 12
PLAIN = AppliedStyle()
SHOWN_APART = frozenset({"depth", "warmth", "follow_up", "last_contact", "tie"})
"""Fields that the page shows separately."""
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:")


def payload(
    outcome: Outcome,
    arranged: Arrangement,
    layout: NetworkLayout,
    styles: AppliedStyles,
    *,
    vault: tuple[str, str],
    evidence: bool,
    levers: Mapping[str, Lever],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the picture's data, without pyvis' nodes and edges, and the details; `vault` is (name, path)."""
    place = {tie.person.id: index for index, tie in enumerate(arranged.ties)}
    details = _details(outcome, arranged, styles, vault=vault, evidence=evidence, levers=levers)
    return _picture(outcome, arranged, layout, styles, place), details


def _picture(
    outcome: Outcome, arranged: Arrangement, layout: NetworkLayout, styles: AppliedStyles, place: Mapping[str, int]
) -> dict[str, Any]:
    strings = Strings()
    return {
        "today": outcome.network.today.isoformat(),
        "me": clipped(outcome.network.ego.name, 120),
        "deep": deep.DEEP,
        "aisle": AISLE,
        "rings": [[ring, *circle] for ring, circle in zip(RINGS, CIRCLES, strict=True)],
        "palette": [list(pair) for pair in (*PALETTE, GREY)],
        "legend": [list(entry) for entry in styles.legend],
        "scenes": colours(arranged),
        "groupings": [_grouping(grouping, index) for index, grouping in enumerate(arranged.groupings)],
        "network": _network(arranged, layout),
        "people": _people(outcome, arranged, styles, strings),
        "styledTies": _styled(place, styles),
        "tiesLeftOut": arranged.left_out,
        "tiesScored": arranged.scored,
        "tiesUnscored": sum(strength == UNSCORED for _, _, strength in arranged.pairs),
        "strings": strings.table,
    }


def file_base(path: str) -> str | None:
    """Return the `file:` address of an absolute path, of this system or another; None for any other."""
    plain = path.replace("\\", "/") if re.match(r"[A-Za-z]:[\\/]|\\\\[^\\]", path) else path
    if not plain.startswith("/") and plain == path:
        return None
    try:
        quoted = "".join(chr(byte) if chr(byte) in _BARE else f"%{byte:02X}" for byte in plain.encode())
    except UnicodeEncodeError:
        return None
    return "file:" + ("" if plain.startswith("//") else "//" if plain.startswith("/") else "///") + quoted.rstrip("/")


def _people(
    outcome: Outcome, arranged: Arrangement, styles: AppliedStyles, strings: Strings
) -> dict[str, list[Any] | Any]:
    scores, today, ties = outcome.scores, outcome.network.today, arranged.ties
    every = [styles.people.get(tie.person.id, PLAIN) for tie in ties]
    warmth, depths = (_column(scores, name, ties) for name in ("warmth", "depth"))
    return {
        "key": [clipped(tie.person.id, 700) for tie in ties],
        "depth": _brief(-1 if depth is None else ten_thousandths(depth, RINGS) for depth in arranged.depths),
        "tie": _brief(strings.index(score.label if score else None, 40) for score in depths),
        "warmth": _brief(_hundredths(score.value) if score else -1 for score in warmth),
        "warm": _brief(strings.index(score.label if score else None, 40) for score in warmth),
        "last": _brief(None if tie.last is None else (today - tie.last).days for tie in ties),
        "group": _brief(style.group for style in every),
        "paint": _brief(strings.index(style.color) for style in every),
        "width": _brief(-1 if style.width is None else style.width for style in every),
        "label": _brief(strings.index(style.label, 120) for style in every),
        "badges": [[place, strings.index(style.badge)] for place, style in enumerate(every) if style.badge],
    }


def _details(
    outcome: Outcome,
    arranged: Arrangement,
    styles: AppliedStyles,
    *,
    vault: tuple[str, str],
    evidence: bool,
    levers: Mapping[str, Lever],
) -> dict[str, Any]:
    strings = Strings()
    scores, network, ties = outcome.scores, outcome.network, arranged.ties
    today = network.today
    place = {tie.person.id: index for index, tie in enumerate(ties)}
    fields = _fields(scores)
    kept = Evidence(today, strings)
    if evidence:
        for tie in ties:
            kept.add(tie)
    due = _column(scores, "follow_up", ties)
    return {
        "vault": {"name": clipped(vault[0], 200), "base": file_base(vault[1])},
        "fields": [[field.name, clipped(field.about, 200), field.low, field.high] for field in fields.values()],
        "weights": _weights(scores, list(fields)),
        "partWords": dict(deep.PART_WORDS),
        "note": _brief(int(tie.person.path is not None) for tie in ties),
        "aliases": [
            [number, *(clipped(alias, 80) for alias in tie.person.aliases[:8])]
            for number, tie in enumerate(ties)
            if tie.person.aliases
        ],
        "company": _brief(strings.index(company) for company in arranged.companies),
        "tags": _listed(ties, lambda tie: tie.person.tags, strings),
        "places": _listed(ties, places, strings),
        "first": _brief(None if tie.first is None else (today - tie.first).days for tie in ties),
        "due": _brief(_days(score.value, today) if score else None for score in due),
        "dueWhy": _brief(strings.index(score.because if score else None) for score in due),
        "days": _brief(tie.days for tie in ties),
        "contacts": _brief(len(tie.contacts) for tie in ties),
        "styled": _brief(strings.index(styles.people.get(tie.person.id, PLAIN).because or None) for tie in ties),
        "parts": _parts(scores, ties, fields, strings),
        "reason": _brief(_reasons(scores, ties, _column(scores, "depth", ties), strings)),
        "moves": _lever_rows(levers, ties, strings),
        "met": kept.met,
        "encounters": kept.columns(),
        "promises": promise_rows(network.promises, place, strings) if evidence else [],
        "mentions": mention_rows(network.mentions, today, place, strings) if evidence else [],
        "companies": encounter_sets(network.encounters, place),
        "evidence": evidence,
        "strings": strings.table,
    }


def _brief(values: Iterable[Any]) -> list[Any] | Any:
    """Return a column, or its value if all values are the same."""
    found = list(values)
    return found[0] if found and all(value == found[0] for value in found) else found


def _lever_rows(levers: Mapping[str, Lever], ties: Sequence[Tie], strings: Strings) -> list[list[int]]:
    """Return what would deepen each tie most, as rows: index of the tie, index of the text, resulting depth."""
    rows = ((place, levers.get(tie.person.id)) for place, tie in enumerate(ties))
    return [
        [at, strings.index(lever.what, 160), ten_thousandths(lever.depth)] for at, lever in rows if lever is not None
    ]


def places(tie: Tie) -> list[str]:
    """Return the places where the two met, according to the notes, latest first."""
    found = [word(contact.encounter.fields.get(key)) for contact in reversed(tie.contacts) for key in PLACES]
    return list(dict.fromkeys(place for place in found if place))


def _listed(ties: Sequence[Tie], of: Callable[[Tie], Iterable[str]], strings: Strings) -> list[list[int]]:
    """Return each tie's texts as rows: index of the tie, then those of the texts. Ties without texts are left out."""
    rows = (
        [place, *(strings.index(text, 80) for text in list(of(tie))[:MOST_LISTED])] for place, tie in enumerate(ties)
    )
    return [row for row in rows if len(row) > 1]


def _column(scores: Scores, name: str, ties: Sequence[Tie]) -> list[Score | None]:
    return list(map(scores.facts.get(name, {}).get, ties))


def _parts(
    scores: Scores, ties: Sequence[Tie], fields: Mapping[str, Any], strings: Strings
) -> list[tuple[list[int | str | None], list[int]]]:
    """Return the values and reasons of all ties for each field; null where there is no score."""
    found = []
    for name in fields:
        column = _column(scores, name, ties)
        values = [None if score is None else _page_value(score.value) for score in column]
        found.append((values, [strings.index(score.because or None) if score else -1 for score in column]))
    return found


def _page_value(value: object) -> int | str:
    return ten_thousandths(float(value)) if isinstance(value, int | float) else clipped(value_words(value), 80)


def _reasons(scores: Scores, ties: Sequence[Tie], depths: Sequence[Score | None], strings: Strings) -> list[int]:
    """Return the reason of each depth, or -1 for all if the page can build them from the parts.

    All reasons come from the same function, so checking the first few is enough.
    """
    known = [(tie, score) for tie, score in zip(ties, depths, strict=True) if score is not None]
    if all(score.because == _built_reason(tie, score, scores) for tie, score in known[:REASONS_CHECKED]):
        return [-1] * len(ties)
    return [strings.index(score.because if score else None, 600) for score in depths]


def _built_reason(tie: Tie, depth: Score, scores: Scores) -> str | None:
    """Build the reason of a depth from its parts."""
    weighed = sorted((name for name, weight in scores.weights.items() if weight > 0), key=lambda n: -scores.weights[n])
    found = {name: score for name in weighed if (score := scores.get(tie, name)) is not None}
    parts = {name: float(score.value) for name, score in found.items() if isinstance(score.value, int | float)}
    if not parts or not isinstance(depth.value, int | float):
        return None
    return deep.reason(float(depth.value), found, parts, scores.weights)


def _fields(scores: Scores) -> dict[str, Any]:
    """Return the fields that a tie's panel shows: the parts of depth by falling weight, then all other fields."""
    parts = sorted((name for name in scores.weights if name in scores.fields), key=lambda name: -scores.weights[name])
    names = [*parts, *(name for name in scores.fields if name not in parts and name not in SHOWN_APART)]
    return {name: scores.fields[name] for name in names}


def _weights(scores: Scores, names: Sequence[str]) -> list[float]:
    return [round(scores.weights.get(name, 0.0), 4) for name in names]


def colours(arranged: Arrangement) -> dict[str, Any]:
    """Return the first grouping's names with their colours, and each person's index in them."""
    first = arranged.groupings[0].sectors
    count = [0] * len(first.names)
    for sector in first.of:
        count[sector] += 1
    real = [sector for sector in range(len(first.names)) if sector not in first.rest]
    largest = sorted(real, key=lambda sector: (-count[sector], first.names[sector]))
    # Each colour is used twice: the second time with a light centre in the dot.
    colour = {sector: place for place, sector in enumerate(largest[: 2 * len(PALETTE)])}
    return {
        "by": arranged.groupings[0].key,
        "names": list(first.names),
        "colours": [
            colour[sector] % len(PALETTE) if sector in colour else len(PALETTE) for sector in range(len(first.names))
        ],
        "marked": [int(colour.get(sector, 0) >= len(PALETTE)) for sector in range(len(first.names))],
        "of": list(first.of),
    }


def _grouping(grouping: Grouping, index: int) -> dict[str, Any]:
    """Return sectors and positions; those of the first grouping are in the nodes."""
    placed = grouping.layout
    return {
        "key": grouping.key,
        "names": list(grouping.sectors.names),
        "of": list(grouping.sectors.of),
        "bounds": [round(bound, 5) for bound in placed.bounds],
        "radii": [round(radius, 1) for radius in placed.radii],
        "rows": list(placed.rows),
        "x": [round(value) for value in placed.x] if index else [],
        "y": [round(value) for value in placed.y] if index else [],
    }


def _network(arranged: Arrangement, layout: NetworkLayout) -> dict[str, Any]:
    """Return the network view: positions, communities, tight groups and bridges."""
    graph = layout.graph
    return {
        "x": [round(value) for value in graph.x],
        "y": [round(value) for value in graph.y],
        "of": list(arranged.communities),
        "names": list(layout.names),
        "circles": [[round(value) for value in circle] for circle in graph.circles],
        "rounds": [[round(value) for value in circle] for circle in graph.rounds],
        "groups": list(layout.groups),
        "joining": [[person, *communities] for person, communities in layout.joining],
        "rim": round(graph.rim),
        "reach": round(graph.reach),
    }


def _styled(place: Mapping[str, int], styles: AppliedStyles) -> list[list[Any]]:
    """Return colour and width of each styled tie between others, by the people's indices."""
    found = []
    for (one, other), style in styles.ties.items():
        a, b = place.get(one), place.get(other)
        if a is not None and b is not None:
            found.append([min(a, b), max(a, b), style.color, style.width])
    return found


def _hundredths(value: object) -> int:
    return hundredths(float(value)) if isinstance(value, int | float) else -1


def _days(value: object, today: dt.date) -> int | None:
    """Return how many days ago a date was, negative for the future; None if it is not a date."""
    return (today - value).days if isinstance(value, dt.date) else None
