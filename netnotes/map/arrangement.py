"""Order the people of the page, and place them for each way to divide them into sectors. Draws nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from netnotes.insights.tie_status import home_scene
from netnotes.lazy_dataclass import dataclass
from netnotes.map.page.safe_text import clipped
from netnotes.map.rings import layout, sectors
from netnotes.map.rings.layout import Layout
from netnotes.map.rings.sectors import Sectors
from netnotes.model import Tie
from netnotes.network.communities import communities_of
from netnotes.scoring.depth import DEEP, hundredths
from netnotes.scoring.scores import Scores

if TYPE_CHECKING:
    from netnotes.outcome import Outcome

MOST_TIES = 60_000
"""Most ties between others on the page. Beyond that, the weakest are left out and counted."""
Pair = tuple[int, int, int]
"""A tie between two others: their indices in the page's order, the lower first, and its strength.

Strength is depth in hundredths, or UNSCORED if this tie was not scored. If no tie was scored, it is the number of
contacts. Plain numbers, because there are many of them.
"""
UNSCORED = -1
FAMILY = "family"
"""The name of the family's sector in every grouping."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to divide people."""

    key: str
    """scene, community or company."""
    sectors: Sectors
    layout: Layout


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All people in order, with the groups they belong to."""

    ties: tuple[Tie, ...]
    """The ego's ties: deepest first, people never met last."""
    depths: tuple[float | None, ...]
    scenes: tuple[str | None, ...]
    companies: tuple[str | None, ...]
    circles: tuple[str | None, ...]
    """The name of each person's community, taken from a member."""
    pairs: tuple[Pair, ...]
    """Sorted."""
    left_out: int
    """How many ties between others were left out of `pairs`."""
    scored: bool
    """Whether the strength of pairs is a depth."""
    groupings: tuple[Grouping, ...]
    """At least one; the page begins with the first."""
    communities: tuple[int, ...]
    """The number of each person's community, the largest first; -1 for people without ties to others."""


def arrange(outcome: Outcome, alters: Scores | None, styled_sectors: Mapping[str, str] | None = None) -> Arrangement:
    """Order people by depth; lay them out by scene, community and company where there are several of them.

    `styled_sectors` holds the sectors that stylers use instead of the scene, by person id.
    """
    network, scores = outcome.network, outcome.scores
    found = [(tie, scores.number(tie, "depth")) for tie in network.ties if tie.ego]
    found.sort(key=lambda item: (-1.0 if item[1] is None else -item[1] - 2.0, item[0].person.name, item[0].person.id))
    ties = tuple(tie for tie, _ in found)
    depths = tuple(None if depth is None else min(1.0, max(0.0, depth)) for _, depth in found)
    scenes = tuple(_scene(tie) for tie in ties)
    styled = styled_sectors or {}
    first_sectors = tuple(styled.get(tie.person.id, scene) for tie, scene in zip(ties, scenes, strict=True))
    companies = tuple(word(tie.person.value("company")) for tie in ties)
    pairs, left_out = _pairs(network.alter_ties, {tie.person.id: i for i, tie in enumerate(ties)}, alters)
    weights = [(a, b, _weight(strength, alters)) for a, b, strength in pairs]
    community_of = _communities(ties, network.alter_ties)
    known = [depth or 0.0 for depth in depths]
    near = sectors.nearest(len(ties), weights)
    circles = _names(community_of, weights, [tie.person.name for tie in ties])
    wanted: list[tuple[str, Sequence[str | None], str, str]] = [
        ("scene", first_sectors, "no scene", "{} other scenes"),
        ("community", circles, "on their own", "{} other circles"),
        ("company", companies, "no company", "{} other companies"),
    ]
    several = [item for item in wanted if len(set(item[1])) > 1] or wanted[:1]
    groupings = []
    for key, named, ungrouped, others in several:
        groups = [FAMILY if tie.person.family == "apart" else group for tie, group in zip(ties, named, strict=True)]
        divided = sectors.divide(groups, known, weights, ungrouped=ungrouped, others=others)
        positions = sectors.order_sectors(divided, community_of, near)
        groupings.append(Grouping(key, divided, layout.rings(depths, divided, positions)))
    return Arrangement(
        ties=ties,
        depths=depths,
        scenes=scenes,
        companies=companies,
        circles=tuple(circles),
        pairs=pairs,
        left_out=left_out,
        scored=alters is not None,
        groupings=tuple(groupings),
        communities=tuple(community_of),
    )


def _communities(ties: Sequence[Tie], between: Sequence[Tie]) -> list[int]:
    """Return the number of each person's community, the largest first; -1 for people without ties to others."""
    number = {person.id: at for at, group in enumerate(communities_of(between)) for person in group}
    return [number.get(tie.person.id, -1) for tie in ties]


def _scene(tie: Tie) -> str | None:
    scene = home_scene(tie)
    return clipped(scene, 80) if scene else None


def word(value: object) -> str | None:
    """Return a property as one short text: the first of a list, a link without its brackets."""
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    plain = value.strip().removeprefix("[[").removesuffix("]]").rpartition("|")[2].strip()
    return clipped(plain, 80) if plain else None


def _pairs(ties: Sequence[Tie], place: dict[str, int], alters: Scores | None) -> tuple[tuple[Pair, ...], int]:
    pairs = []
    for tie in ties:
        one, other = tie.people
        a, b = place.get(one.id), place.get(other.id)
        if a is None or b is None or a == b:
            continue
        strength = len(tie.contacts) if alters is None else _hundredths(alters.number(tie, "depth"))
        pairs.append((a, b, strength) if a < b else (b, a, strength))
    left_out = max(0, len(pairs) - MOST_TIES)
    if left_out:
        pairs = sorted(pairs, key=lambda pair: (-pair[2], pair))[:MOST_TIES]
    return tuple(sorted(pairs)), left_out


def _hundredths(depth: float | None) -> int:
    return UNSCORED if depth is None else hundredths(depth, (DEEP,))


def _weight(strength: int, alters: Scores | None) -> float:
    """Return the weight of a pair when communities are found."""
    return math.log(2 + strength) if alters is None else 0.15 + max(0, strength) / 100


def _names(
    community_of: Sequence[int], ties: Sequence[tuple[int, int, float]], people: Sequence[str]
) -> list[str | None]:
    """Name each community after the member who meets the others most; None for those on their own."""
    inside = [0.0] * len(community_of)
    for a, b, weight in ties:
        if community_of[a] == community_of[b]:
            inside[a] += weight
            inside[b] += weight
    most_central: dict[int, int] = {}
    for person, community in enumerate(community_of):
        if community >= 0 and (community not in most_central or inside[person] > inside[most_central[community]]):
            most_central[community] = person
    names: dict[int, str] = {}
    taken: set[str] = set()
    for community, person in sorted(most_central.items()):
        name = f"around {clipped(people[person], 60)}"
        while name in taken:
            name += "’"
        taken.add(name)
        names[community] = name
    return [names.get(community) for community in community_of]
