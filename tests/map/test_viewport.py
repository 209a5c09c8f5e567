"""The whole picture keeps clear of what covers it, at every window size: buttons, key, slider, and its own names."""

from itertools import combinations

import pytest

from tests.map.networks import outcome

SIZES = ((1024, 768), (390, 844))
BUTTONS = """[...document.querySelectorAll("#views > *, #tools")].map((part) => part.getBoundingClientRect())
    .filter((rect) => rect.width).map(({ left, top, right, bottom }) => [left, top, right, bottom])"""
# Boxes and circles of the picture, in pixels of the window.
DRAWN = """(() => {
    const now = netnotes.view();
    const { left, top } = netnotes.box.getBoundingClientRect();
    const disc = ([x, y, radius]) => [left + now.x + x * now.scale, top + now.y + y * now.scale, radius * now.scale];
    const { x, y, of, circles } = netnotes.data.network;
    const alone = [...of.keys()].filter((i) => of[i] < 0).map((i) => [x[i], y[i], netnotes.people.size[i]]);
    return (netnotes.isNetwork() ? [...circles, ...alone] : [[0, 0, netnotes.grouping().radii.at(-1)]]).map(disc);
})()"""
TITLES = """(() => {
    const { left, top } = netnotes.box.getBoundingClientRect();
    return netnotes.placedTitles(netnotes.canvas.getContext("2d"), netnotes.view())
        .map(({ text, box }) => [text, [box[0] + left, box[1] + top, box[2] + left, box[3] + top]]);
})()"""


def gap(disc, box):
    """Return how far a circle is from a box, negative where they overlap."""
    x, y, radius = disc
    left, top, right, bottom = box
    return (max(left - x, 0, x - right) ** 2 + max(top - y, 0, y - bottom) ** 2) ** 0.5 - radius


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.fixture
def at_each_size(show):
    def sizes(result, view):
        found = show(result, view)
        for size in SIZES:
            found.resize(size)
            yield found, size

    return sizes


@pytest.mark.parametrize("count", [3, 60, 300])
@pytest.mark.parametrize("view", ["", "#view=network"])
@pytest.mark.full
def test_the_picture_keeps_clear_of_the_buttons_and_is_seen_whole(at_each_size, count, view):
    # Sectors' names stand outside the rings.
    named = 0 if view else 20
    for found, size in at_each_size(outcome(count), view):
        discs, buttons = found.ask(DRAWN), found.ask(BUTTONS)
        assert len(buttons) >= 2
        assert min(gap(disc, button) for disc in discs for button in buttons) > named, size
        area = found.ask("netnotes.box.getBoundingClientRect().toJSON()")
        for x, y, radius in discs:
            assert area["left"] < x - radius, size
            assert x + radius < area["right"], size
            assert area["top"] < y - radius, size
            assert y + radius < area["bottom"], size


@pytest.mark.parametrize("count", [60, pytest.param(300, marks=pytest.mark.full)])
def test_names_of_groups_are_on_nobody_without_ties_and_under_no_button(at_each_size, count):
    for found, size in at_each_size(outcome(count), "#view=network"):
        titles = found.ask(TITLES)
        lines = [text for text, _ in titles if text.endswith("not known to have met anyone else")]
        assert len(lines) == 1, size
        of = found.ask("netnotes.data.network.of")
        alone = found.ask(DRAWN)[-of.count(-1) :]
        assert min(gap(disc, box) for disc in alone for _, box in titles) > 0, size
        on_it = found.ask(BUTTONS.replace("#tools", "#tools, #key, #zoom"))
        assert not [text for text, box in titles for other in on_it if meet(box, other)], size


@pytest.mark.parametrize("chosen", [-1, 0])
@pytest.mark.full
def test_the_name_of_a_community_does_not_reach_into_the_circle_of_another(at_each_size, chosen):
    named = 0
    for found, size in at_each_size(outcome(60), "#view=network"):
        found.ask("(i) => netnotes.choose(i)", chosen)
        found.ask("netnotes.painted()")
        titles, circles = found.ask(
            """(() => { const now = netnotes.view(), {circles} = netnotes.data.network;
                return [netnotes.placedTitles(netnotes.canvas.getContext("2d"), now)
                    .filter(({own}) => own !== undefined)
                    .map(({text, box, own}) => [text, box, own]),
                    circles.map(([x, y, r]) => [now.x + x * now.scale, now.y + y * now.scale, r * now.scale])]; })()"""
        )
        named += len(titles)
        for text, box, own in titles:
            reach = min(gap(disc, box) for at, disc in enumerate(circles) if at != own)
            assert reach >= -8, (text, size)
    assert named > 3


@pytest.mark.full
@pytest.mark.parametrize("view", ["", "#view=network"])
def test_no_name_is_under_the_key(at_each_size, view):
    for found, size in at_each_size(outcome(300), view):
        left, top = found.ask("(({ left, top }) => [left, top])(netnotes.box.getBoundingClientRect())")
        on_it = found.ask(BUTTONS.replace("#tools", "#tools, #key, #zoom, #time"))
        names = [(text, (box[0] + left, box[1] + top, box[2] + left, box[3] + top)) for text, box in found.names()]
        assert names
        assert not [text for text, box in names for other in on_it if meet(box, other)], size


@pytest.mark.parametrize("view", ["", pytest.param("&view=network", marks=pytest.mark.full)])
def test_nobody_is_under_the_panel(at_each_size, view):
    for found, size in at_each_size(outcome(60), f"#person=People/Ada Abel 0.md{view}"):
        panel = found.ask("document.getElementById('panel').getBoundingClientRect().toJSON()")
        left = found.ask("netnotes.box.getBoundingClientRect().left")
        assert panel["width"] >= 300
        for x, y, radius in found.ask(DRAWN):
            assert left < x - radius, size
            beside = x + radius < panel["left"] or x - radius > panel["right"]
            assert beside or y + radius < panel["top"], size
        buttons = [tuple(box) for box in found.ask(BUTTONS)]
        assert not [pair for pair in combinations(buttons, 2) if meet(*pair)], size
        box = [panel[side] for side in ("left", "top", "right", "bottom")]
        assert not [button for button in buttons if meet(button, box)], size
