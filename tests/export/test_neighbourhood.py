"""The picture of one person: every name can be read, whoever is in it."""

from itertools import combinations

import pytest

from netnotes.export.neighbourhood import HEIGHT, WIDTH, neighbourhood
from netnotes.scoring.scores import Scores
from tests.map import networks

BOXES = """() => ['text', 'circle'].map((kind) => [...document.querySelectorAll(`svg ${kind}`)].map((one) => {
    const { x, y, width, height } = one.getBBox();
    return [one.textContent, x, y, x + width, y + height]; }))"""


def meet(one, other, slack=1.0):
    return all(one[at] < other[at + 2] - slack and other[at] < one[at + 2] - slack for at in (1, 2))


@pytest.mark.full
@pytest.mark.parametrize("count", [2, 12, 24, *(pytest.param(count, marks=pytest.mark.full) for count in (5, 18, 60))])
def test_no_name_overlaps_another_or_a_dot(browser, count):
    tab = browser.new_page()
    for seed in (1, 2, 3):
        result = networks.outcome(count, seed=seed, met=1.0)
        tab.set_content(f"<div style='width:{WIDTH}px'>{neighbourhood(result, Scores(), result.network.ego.id)}</div>")
        names, dots = tab.evaluate(BOXES)
        assert len(names) == len(dots) == min(24, count) + 1
        for one, other in combinations(names, 2):
            assert not meet(one, other), (one, other)
        for name in names:
            assert not [dot for dot in dots if meet(name, dot)], name
            assert name[1] >= 0, name
            assert name[2] >= 0, name
            assert name[3] <= WIDTH, name
            assert name[4] <= HEIGHT, name
    tab.close()
