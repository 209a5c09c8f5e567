"""The network's layout: nobody on anybody, communities apart, tight groups by themselves, the deep ties short."""

import math
import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.map.graph import relaxation
from netnotes.map.graph.build import bridges, tight_groups
from netnotes.map.graph.circle_packing import pack
from netnotes.map.graph.layout import lay_out
from netnotes.map.graph.relaxation import spread_out
from netnotes.map.rings.layout import dot
from netnotes.network.communities import communities
from tests.examples import examples


def apart(layout, a, b):
    return math.hypot(layout.x[a] - layout.x[b], layout.y[a] - layout.y[b])


def clique(people, strength):
    return [(a, b, strength) for a, b in combinations(people, 2)]


@st.composite
def networks(draw):
    """Depths in falling order, and ties with strengths from 0 to 1, each pair once."""
    count = draw(st.integers(0, 60))
    depths = draw(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=count, max_size=count))
    depths.sort(key=lambda depth: -1.0 if depth is None else -depth - 2)
    pairs = draw(
        st.lists(st.tuples(st.integers(0, max(0, count - 1)), st.integers(0, max(0, count - 1))), max_size=150)
    )
    ties = {(min(pair), max(pair)): draw(st.floats(0, 1)) for pair in pairs if pair[0] != pair[1]}
    return depths, [(a, b, strength) for (a, b), strength in sorted(ties.items())]


def placed(depths, ties):
    community_of = communities(len(depths), [(a, b, 0.15 + strength) for a, b, strength in ties])
    groups = tight_groups(len(depths), [tie for tie in ties if community_of[tie[0]] == community_of[tie[1]]])
    return community_of, groups, lay_out(depths, ties, community_of, groups)


@settings(max_examples=examples(60), deadline=None)
@given(networks())
def test_laws_of_the_layout(network):
    depths, ties = network
    community_of, groups, layout = placed(depths, ties)
    radii = [dot(depth) for depth in depths]
    assert all(map(math.isfinite, (*layout.x, *layout.y, layout.reach)))
    for a, b in combinations(range(len(depths)), 2):
        assert apart(layout, a, b) >= radii[a] + radii[b]
    for (ax, ay, ar), (bx, by, br) in combinations(layout.circles, 2):
        assert math.hypot(ax - bx, ay - by) >= ar + br
    for person, community in enumerate(community_of):
        far = math.hypot(layout.x[person], layout.y[person])
        assert far + radii[person] <= layout.reach + 0.01
        if community < 0:
            assert far >= layout.rim
        else:
            x, y, radius = layout.circles[community]
            assert math.hypot(layout.x[person] - x, layout.y[person] - y) + radii[person] <= radius
    for group, (x, y, radius) in zip(groups, layout.rounds, strict=True):
        for person in range(len(depths)):
            distance = math.hypot(layout.x[person] - x, layout.y[person] - y)
            assert (distance + radii[person] <= radius) == (person in group)


def test_deep_ties_are_shorter_than_shallow_ones():
    # One crowd: a few pairs in it are deep, everybody has shallow ties to the next ten.
    count = 60
    shallow = [(a, b, 0.08) for a, b in combinations(range(count), 2) if b - a <= 10 or a + count - b <= 10]
    deep = {(a, (a + 9) % count) for a in range(0, 50, 7)}
    ties = [(a, b, 0.9 if (a, b) in deep else s) for a, b, s in shallow]
    layout = lay_out([0.1] * count, ties, [0] * count)
    short = [apart(layout, a, b) for a, b, s in ties if s == 0.9]
    long = [apart(layout, a, b) for a, b, s in ties if s != 0.9]
    assert len(short) == len(deep)
    assert sum(short) / len(short) < 0.5 * sum(long) / len(long)


def test_communities_that_share_ties_lie_side_by_side():
    radii = [30.0] * 24
    # Each of twelve pairs shares ties with nobody else.
    x, y = pack(radii, [1.0] * 24, {(at, 23 - at): 5.0 for at in range(12)})
    distances = [math.hypot(x[at] - x[23 - at], y[at] - y[23 - at]) for at in range(12)]
    everyone = [math.hypot(x[a] - x[b], y[a] - y[b]) for a, b in combinations(range(24), 2)]
    assert sum(distances) / 12 < 0.5 * sum(everyone) / len(everyone)
    assert sum(distance < 61 for distance in distances) >= 9


def test_the_packing_is_dense_with_the_largest_weight_in_the_middle():
    radii = [20.0 + 3 * (at % 7) for at in range(150)]
    worth = [float(at == 77) for at in range(150)]
    x, y = pack(radii, worth, {})
    assert (x[77], y[77]) == (0.0, 0.0)
    reach = max(math.hypot(a, b) + r for a, b, r in zip(x, y, radii, strict=True))
    assert sum(r * r for r in radii) / reach**2 > 0.6


def test_people_are_on_the_side_of_those_whom_they_know_elsewhere():
    one, other = range(8), range(8, 16)
    for a, b in zip(one, (12, 9, 15, 8, 11, 14, 10, 13), strict=True):
        ties = [*clique(one, 0.1), *clique(other, 0.1), (a, b, 0.6)]
        layout = lay_out([0.2] * 16, ties, [0] * 8 + [1] * 8)
        middles = math.dist(layout.circles[0][:2], layout.circles[1][:2])
        inwards = [math.dist((layout.x[p], layout.y[p]), layout.circles[p > 7][:2]) for p in (a, b)]
        assert apart(layout, a, b) <= middles - 0.9 * sum(inwards)


circles = st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40), st.integers(3, 30)), min_size=1, max_size=40)


@settings(max_examples=examples(60), deadline=None)
@given(circles)
def test_circles_that_still_overlap_are_spread_out(found):
    found.sort(key=lambda circle: -circle[2])
    x, y, radii = ([float(circle[push_apart]) for circle in found] for push_apart in range(3))
    spread_out(x, y, radii)
    for a, b in combinations(range(len(x)), 2):
        assert math.hypot(x[a] - x[b], y[a] - y[b]) >= radii[a] + radii[b] - 1e-6


def test_a_few_who_all_meet_each_other_are_found_and_a_chain_is_not():
    ties = [*clique((2, 5, 7, 9), 0.5), (0, 1, 0.9), (1, 3, 0.9), (3, 4, 0.9), *clique((10, 11, 12), 0.1)]
    assert [set(group) for group in tight_groups(13, ties)] == [{2, 5, 7, 9}]


def test_nobody_is_in_two_tight_groups_and_those_known_come_first():
    ties = clique(range(5), 0.6) + clique((4, 5, 6), 0.9)
    found = tight_groups(7, ties, known=[(0, 6)])
    assert found[0] == (0, 6)
    everyone = [person for group in found for person in group]
    assert len(everyone) == len(set(everyone))
    assert any({1, 2, 3} <= set(group) for group in found[1:])


def test_a_large_clique_is_not_a_small_group():
    found = tight_groups(20, clique(range(20), 0.7))
    assert {len(group) for group in found} <= {3, 4, 5, 6}
    assert sum(map(len, found)) >= 18


def test_bridges_are_those_with_ties_on_both_sides():
    left, right, third = range(5), range(5, 10), range(10, 15)
    ties = clique(left, 0.3) + clique(right, 0.3) + clique(third, 0.3)
    ties += [(0, 5, 0.29), (0, 6, 0.2), (0, 10, 0.7), (1, 7, 0.05)]
    found = dict(bridges(sorted(ties), [0] * 5 + [1] * 5 + [2] * 5))
    assert found[0] == (0, 2, 1)
    assert 1 not in found
    # 10 has one tie there, but a strong one; 5 has one that is neither.
    assert found[10] == (2, 0)
    assert 5 not in found


def test_if_everybody_joins_groups_only_the_strongest_are_bridges():
    ties = [(a, b, 0.5) for a in range(50) for b in range(50, 100) if (a + b) % 3 == 0]
    found = bridges(ties, [0] * 50 + [1] * 50)
    assert len(found) == 9


@pytest.mark.parametrize("count", [200, 500])
def test_a_large_community_stays_compact(count):
    """Six searches for neighbours do not separate hundreds of people, who must still not be scattered."""
    dice = random.Random(count)
    ties = [(dice.randrange(one), one, dice.choice((0.1, 0.3, 0.7))) for one in range(1, count)]
    depths = [dice.random() ** 4 for _ in range(count)]
    layout = lay_out(depths, ties, [0] * count)
    assert layout.reach < 2.2 * math.sqrt(sum((dot(depth) + 2) ** 2 for depth in depths))


@pytest.mark.parametrize("everybody_knows", [1, 30])
def test_the_work_for_one_large_community_grows_no_faster_than_its_people(monkeypatch, everybody_knows):
    """A few people who know everybody pull all of them to one spot; each is then near to all others."""
    pairs = 0
    push_apart = relaxation.push_apart

    def counted(x, y, radii, near, spare):
        nonlocal pairs
        pairs += len(near)
        return push_apart(x, y, radii, near, spare)

    monkeypatch.setattr(relaxation, "push_apart", counted)
    work = []
    for count in (200, 800):
        pairs = 0
        ties = [(hub, person, 0.5) for hub in range(everybody_knows) for person in range(hub + 1, count)]
        lay_out([0.5] * count, ties, [0] * count)
        work.append(pairs / count)
    assert work[1] < 1.5 * work[0]
