"""Communities of a large network fold into one dot each, and open on a press or when one comes closer."""

import functools

import pytest

from tests.map.networks import outcome


@functools.cache
def large():
    return outcome(2000, gatherings=900)


FOLDED = "[...netnotes.data.network.circles.keys()].filter((c) => netnotes.isFolded(c, netnotes.view().scale))"


@pytest.mark.full
def test_small_communities_of_a_large_network_are_folded_and_a_press_opens_one(show):
    opened = show(large(), "#view=network")
    folded = opened.ask(FOLDED)
    assert len(folded) > 3
    community = folded[0]
    inside = opened.ask(
        """(community) => [...netnotes.data.network.of.keys()].filter((i) => netnotes.data.network.of[i] === community
            && !(netnotes.monthState.depth[i] >= netnotes.data.deep))""",
        community,
    )
    assert opened.ask("(i) => netnotes.hit(...netnotes.spot(i), 0)", inside[0]) != inside[0]
    box = opened.ask("(({left, top}) => [left, top])(netnotes.box.getBoundingClientRect())")
    spot = opened.ask(
        """(community) => { const now = netnotes.view(), [x, y] = netnotes.data.network.circles[community];
            return [now.x + x * now.scale, now.y + y * now.scale]; }""",
        community,
    )
    assert opened.ask("([x, y]) => netnotes.foldedAt(netnotes.view(), x, y)", spot) == community
    opened.tab.mouse.click(box[0] + spot[0], box[1] + spot[1])
    opened.until(f"!netnotes.isFolded({community}, netnotes.view().scale)")
    assert opened.ask("(i) => netnotes.hit(...netnotes.spot(i), 0)", inside[0]) == inside[0]
    opened.ask("netnotes.showEverybody()")
    assert community in opened.ask(FOLDED)


@pytest.mark.full
def test_a_chosen_person_is_drawn_even_if_folded(show):
    opened = show(large(), "#view=network")
    i = opened.ask(f"netnotes.data.network.of.lastIndexOf({FOLDED}[0])")
    opened.ask("(i) => netnotes.choose(i)", i)
    assert opened.ask("(i) => netnotes.hit(...netnotes.spot(i), 2)", i) == i


def test_small_networks_do_not_fold(show):
    opened = show(outcome(60), "#view=network")
    assert opened.ask(FOLDED) == []


NUMBERED_PEOPLE = """() => {
    const { people, monthState, data, isShown, isFolded, view, spot, numberBoxes } = netnotes;
    const deep = [...people.key.keys()].filter((i) => isShown(i) && monthState.depth[i] >= data.deep
        && isFolded(data.network.of[i], view().scale));
    const middles = numberBoxes(view()).map(([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2]);
    const isOn = (i) => ([x, y]) => Math.hypot(spot(i)[0] - x, spot(i)[1] - y) < people.size[i] * view().dot;
    return [deep.length, deep.filter((i) => middles.some(isOn(i))).length];
}"""


@pytest.mark.full
def test_numbers_of_folded_communities_keep_off_the_people_drawn_there(show):
    opened = show(large(), "#view=network")
    deep, hidden = opened.ask(NUMBERED_PEOPLE)
    assert deep > 3
    assert hidden == 0
