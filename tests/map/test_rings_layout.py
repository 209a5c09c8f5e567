"""Where people stand: distance tells depth, nobody stands on anybody, those who meet stand together."""

import math
import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.map.arrangement import arrange
from netnotes.map.rings import sectors
from netnotes.map.rings.layout import RINGS, dot, rings
from netnotes.map.rings.sectors import Sectors
from netnotes.network.communities import communities
from tests.examples import examples
from tests.map.networks import outcome

CLOSE = 120.0


def distances(layout):
    return [math.hypot(x, y) for x, y in zip(layout.x, layout.y, strict=True)]


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    for rank, index in enumerate(order):
        found[index] = rank
    return found


def correlation(one, other):
    one, other = ranks(one), ranks(other)
    middle = (len(one) - 1) / 2
    both = sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True))
    return both / sum((a - middle) ** 2 for a in one)


def overlaps(layout, depths):
    dots = sorted(zip(layout.x, layout.y, map(dot, depths), strict=True))
    found = []
    for i, (x, y, radius) in enumerate(dots):
        for x2, y2, radius2 in dots[i + 1 :]:
            if x2 - x > CLOSE:
                break
            if math.hypot(x - x2, y - y2) < radius + radius2 - 0.5:
                found.append((x, y, x2, y2))
    return found


@pytest.mark.parametrize("count", [45, 300, pytest.param(1000, marks=pytest.mark.full)])
def test_the_deeper_the_nearer(count):
    arranged = arrange(outcome(count), None)
    for grouping in arranged.groupings:
        far = distances(grouping.layout)
        assert correlation(list(arranged.depths), far) <= -0.97
        nearest = sorted(range(count), key=far.__getitem__)[:5]
        assert set(nearest) == set(range(5))


@pytest.mark.parametrize("count", [3, 45, 300, 2000])
def test_no_dot_overlaps_another(count):
    arranged = arrange(outcome(count, met=0.95), None)
    for grouping in arranged.groupings:
        assert not overlaps(grouping.layout, arranged.depths)


def test_a_crowd_at_the_rim_stays_there_and_leaves_the_deep_their_room():
    depths = [0.9, 0.7, 0.55] + [0.03] * 2000
    one = Sectors(("all",), (0,) * len(depths))
    layout = rings(depths, one, [i / len(depths) for i in range(len(depths))])
    few = rings(depths[:3], Sectors(("all",), (0, 0, 0)), [0.2, 0.5, 0.8])
    assert layout.radii[:4] == few.radii[:4]
    assert not overlaps(layout, depths)
    inner = layout.radii[-2] - 0.45 * (layout.radii[-2] - layout.radii[-3])
    assert min(distances(layout)[3:]) > inner


depth = st.one_of(st.none(), st.floats(0.02, 1.0))


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.tuples(depth, st.integers(0, 3), st.floats(0, 1)), min_size=1, max_size=120))
def test_nobody_leaves_the_zone_or_the_sector_that_is_theirs(people):
    people.sort(key=lambda person: -(person[0] or 0))
    depths = [person[0] for person in people]
    parts = Sectors(("a", "b", "c", "d"), tuple(person[1] for person in people))
    layout = rings(depths, parts, [person[2] for person in people])
    edges = (1.0, *RINGS, 0.0)
    assert list(layout.radii) == sorted(layout.radii)
    for value, distance in zip(depths, distances(layout), strict=True):
        if value is None:
            assert distance > layout.radii[-2]
        else:
            zone = next((i for i, ring in enumerate(RINGS) if value >= ring), len(RINGS))
            assert layout.radii[zone] - 0.01 <= distance <= layout.radii[zone + 1] + 0.01
            assert edges[zone + 1] <= value <= edges[zone]
    turns = [math.atan2(x, -y) % math.tau for x, y in zip(layout.x, layout.y, strict=True)]
    for a, b in combinations(range(len(people)), 2):
        if parts.of[a] < parts.of[b] and abs(distances(layout)[a] - distances(layout)[b]) < 1:
            assert turns[a] <= turns[b] + 0.01


def test_the_order_of_people_changes_nothing_else():
    depths = [0.9, 0.6, 0.4, 0.2]
    wishes = [0.1, 0.6, 0.3, 0.8]
    one = rings(depths, Sectors(("a", "b"), (0, 1, 0, 1)), wishes)
    again = rings(depths, Sectors(("a", "b"), (0, 1, 0, 1)), wishes)
    assert one == again


def test_sectors_that_meet_are_neighbours():
    groups = [name for name in "ABCDEF" for _ in range(4)]
    first = {name: groups.index(name) for name in "ABCDEF"}
    # A meets D, D meets F, F meets B: the order round the circle should be A D F B.
    ties = [(first[a] + i, first[b] + i, 3.0) for a, b in ("AD", "DF", "BF") for i in range(4)]
    found = sectors.divide(groups, [0.5] * len(groups), ties, ungrouped="none", others="{} others")
    around = list(found.names)
    for a, b in ("AD", "DF", "FB"):
        assert abs(around.index(a) - around.index(b)) in (1, len(around) - 1)


def test_many_groups_share_a_last_sector_and_nobody_is_lost():
    groups = [f"company {i}" for i in range(60)] + ["big"] * 10 + [None]
    found = sectors.divide(groups, [0.1] * len(groups), [], ungrouped="no company", others="{} others")
    assert len(found.names) <= sectors.MOST
    assert found.names[-1] == "no company"
    assert found.folded
    assert f"{found.folded} others" in found.names
    assert found.names[found.of[60]] == "big"
    assert len(found.of) == len(groups)


def test_people_who_meet_are_neighbours():
    pairs = [(i, i + 10, 5.0) for i in range(10)]
    whole = Sectors(("all",), (0,) * 20)
    belongs = communities(20, pairs)
    wish = sectors.order_sectors(whole, belongs, sectors.nearest(20, pairs))
    apart = [abs(wish[a] - wish[b]) for a, b, _ in pairs]
    assert max(apart) <= 0.051


def test_communities_find_tight_groups_and_leave_out_loners():
    cliques = [range(6), range(6, 12), range(12, 17)]
    ties = [(a, b, 1.0) for group in cliques for a, b in combinations(group, 2)] + [(0, 6, 0.5), (7, 12, 0.5)]
    found = communities(18, ties)
    assert [len({found[i] for i in group}) for group in cliques] == [1, 1, 1]
    assert len(set(found[:17])) == 3
    assert found[17] == -1


def test_communities_do_not_depend_on_the_order_of_ties():
    dice = random.Random(3)
    ties = sorted((a, b, float(dice.randint(1, 9))) for a, b in combinations(range(40), 2) if dice.random() < 0.1)
    mixed = dice.sample(ties, len(ties))
    assert communities(40, ties) == communities(40, sorted(mixed))
