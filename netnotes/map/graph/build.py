"""Build the network view: ties between others, communities, tight groups, and the people who connect them.

Returns positions and numbers; draws nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from netnotes.insights.meeting_groups import MeetingGroup, meeting_groups
from netnotes.lazy_dataclass import dataclass
from netnotes.map.arrangement import Arrangement
from netnotes.map.graph.layout import GraphLayout, lay_out
from netnotes.map.page.safe_text import clipped
from netnotes.model import Tie
from netnotes.network.network import Network
from netnotes.plugin.facts import Score
from netnotes.plugin.network_view import NetworkView, Scorable
from netnotes.scoring.access import Access
from netnotes.scoring.scores import Scores

MUCH = 16
"""Contacts that make a tie as strong as possible, where ties between others are not scored."""


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """The network between others."""

    graph: GraphLayout
    names: tuple[str, ...]
    """Names of the communities."""
    groups: tuple[str | None, ...]
    """Names of the tight groups; None for a group that the notes do not name."""
    joining: tuple[tuple[int, tuple[int, ...]], ...]
    """(person, communities they connect, their own first)."""


def lay_out_network(arranged: Arrangement, network: Network, scores: Scores, alters: Scores | None) -> NetworkLayout:
    """Lay out the ties between others. `alters` scores them, `scores` those of the ego."""
    community_of = arranged.communities
    much = 100 if arranged.scored else MUCH
    ties = [(a, b, min(1.0, max(0, strength) / much)) for a, b, strength in arranged.pairs]
    known = dict(_known(arranged, _readable(network, scores, alters)))
    groups = tight_groups(
        len(community_of), [tie for tie in ties if community_of[tie[0]] == community_of[tie[1]]], known
    )
    named = dict(zip(community_of, arranged.circles, strict=True))
    return NetworkLayout(
        graph=lay_out(arranged.depths, ties, community_of, groups),
        names=tuple(named[community] or "" for community in range(max(community_of, default=-1) + 1)),
        groups=_names(groups, known),
        joining=tuple(bridges(ties, community_of)),
    )


def _readable(network: Network, scores: Scores, alters: Scores | None) -> NetworkView:
    def read(asked: Network, on: Scorable, name: str) -> Score | None:
        del asked
        found = scores if isinstance(on, Tie) and on.ego else alters
        return found.get(on, name) if found and isinstance(on, Tie) else None

    return NetworkView(network, Access("the map", None, network, scores.fields, read))


def _known(arranged: Arrangement, network: NetworkView) -> Iterator[tuple[tuple[int, ...], str | None]]:
    """Yield the small groups that the notes describe, with their names. Only members of one community are kept."""
    place = {tie.person.id: at for at, tie in enumerate(arranged.ties)}
    for meeting_group in meeting_groups(network):
        people = [place[person.id] for person in meeting_group.people if person.id in place]
        where = Counter(arranged.communities[person] for person in people)
        home = min(where, key=lambda community: (-where[community], community), default=-1)
        if home >= 0 and 3 * where[home] >= 2 * len(people):
            yield tuple(p for p in people if arranged.communities[p] == home), _own_name(meeting_group)


def _own_name(meeting_group: MeetingGroup) -> str | None:
    """Return a group's name; None if it only lists its members."""
    if meeting_group.declared is None and all(
        person.name.partition(" ")[0] in meeting_group.name for person in meeting_group.people
    ):
        return None
    return clipped(meeting_group.name, 60)


def _names(groups: Sequence[Sequence[int]], known: Mapping[tuple[int, ...], str | None]) -> tuple[str | None, ...]:
    """Return, for each group, the name of the known group that it mostly consists of."""
    of: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for people in known:
        for person in people:
            of[person].append(people)
    found = (next((people for people in of[group[0]] if set(group) <= set(people)), ()) for group in groups)
    return tuple(known.get(people) for people in found)


FEWEST = 2
"""Fewest ties to another community that connect a person to it. One strong tie is enough."""
SHARE = 0.2
"""Fewest ties to another community, as a share of the ties to the community that the person knows best."""
FEW = 5
EACH = 25
"""At most FEW people, plus one in EACH, are called bridges, since not everybody can be one."""

Ties = Sequence[tuple[int, int, float]]
Known = defaultdict[int, list[tuple[float, int]]]
"""Community → strength of each tie there, and with whom."""


def bridges(ties: Ties, community_of: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
    """Return the bridges and the communities they join: their own first, then those where they know most people.

    `ties` are (index, index, strength 0 to 1); `belongs` gives each person's community, -1 for none. Sorted by person.
    """
    known: defaultdict[int, Known] = defaultdict(lambda: defaultdict(list))
    for a, b, strength in ties:
        if community_of[a] != community_of[b]:
            known[a][community_of[b]].append((strength, b))
            known[b][community_of[a]].append((strength, a))
    for a, b, strength in ties:
        if community_of[a] == community_of[b]:
            for person, other in ((a, b), (b, a)):
                if person in known:
                    known[person][community_of[person]].append((strength, other))
    found = []
    for person, others in known.items():
        home = community_of[person]
        weight = {community: sum(0.1 + strength for strength, _ in there) for community, there in others.items()}
        least = SHARE * max(weight.values())
        joined = [
            community
            for community, there in others.items()
            if community != home
            and weight[community] >= least
            # One tie to someone who belongs to both communities is not enough.
            and (len(there) >= FEWEST or any(s >= STRONG and len(known[one][home]) < FEWEST for s, one in there))
        ]
        if joined:
            joined.sort(key=lambda community: (-weight[community], community))
            found.append((-sum(weight[community] for community in joined), person, (home, *joined)))
    most = FEW + len(community_of) // EACH
    return sorted((person, joined) for _, person, joined in sorted(found)[:most])


SMALLEST = 3
LARGEST = 6
STRONG = 0.3
"""Lowest strength, 0 to 1, of a tie within a tight group."""

WeightedTies = Iterable[tuple[int, int, float]]


def tight_groups(count: int, ties: WeightedTies, known: Iterable[Sequence[int]] = ()) -> list[tuple[int, ...]]:
    """Return groups of 3 to 6 out of `count` people, in which all have strong ties to each other, strongest first.

    `ties` are (index, index, strength). Nobody is in two groups. `known` groups come first, without people who are
    already in one.
    """
    strong: list[dict[int, float]] = [{} for _ in range(count)]
    best = []
    for a, b, strength in ties:
        if strength >= STRONG:
            strong[a][b] = strong[b][a] = strength
            best.append((-strength, a, b))
    taken: set[int] = set()
    found = []
    for group in known:
        free = tuple(person for person in group if person not in taken)
        if len(free) > 1 and 3 * len(free) >= 2 * len(group):
            found.append(free)
            taken.update(free)
    for _, a, b in sorted(best):
        if a in taken or b in taken:
            continue
        members = [a, b]
        near = {other for other in strong[a] if other in strong[b] and other not in taken}
        while near and len(members) < LARGEST:
            # The candidate whose weakest tie to the group is the strongest.
            one = max(near, key=lambda person: (min(strong[person][member] for member in members), -person))
            members.append(one)
            near = {other for other in near if other in strong[one]}
        if len(members) >= SMALLEST:
            found.append(tuple(members))
            taken.update(members)
    return found
