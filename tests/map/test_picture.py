"""The picture in a real browser: what stands where, what is named, light and dark, what stylers add."""

import pytest

from netnotes.plugin.facts import Style
from tests.map.networks import outcome

SIZES = [(1280, 800), (1920, 1080), (390, 844)]


def depth_of(result):
    return {tie.person.name: result.scores.number(tie, "depth") for tie in result.network.ties}


def overlapping(boxes):
    return [
        (one, other)
        for i, one in enumerate(boxes)
        for other in boxes[:i]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


class TestPicture:
    @pytest.mark.full
    @pytest.mark.parametrize("count", [45, *(pytest.param(other, marks=pytest.mark.full) for other in (3, 300, 2000))])
    def test_no_name_overlaps_another_or_a_dot(self, show, count):
        opened = show(outcome(count))
        for size in SIZES:
            opened.resize(size)
            names = opened.names()
            assert 0 in opened.ask("netnotes.writtenNames().map((name) => name.i)"), "the deepest has a name"
            assert not overlapping([box for _, box in names])
            dots = opened.ask(
                """() => { const view = netnotes.view(); return [...netnotes.people.depth].map((_, i) =>
                    [...netnotes.spot(i), Math.max(1.1, netnotes.people.size[i] * view.dot)]); }"""
            )
            large = [(x, y) for x, y, radius in dots if radius > 2]
            for text, (left, top, right, bottom) in names:
                assert not [1 for x, y in large if left < x < right and top < y < bottom], (text, size)
        assert opened.faults == []

    @pytest.mark.parametrize("count", [3, 60])
    def test_a_small_network_is_named_in_full(self, show, count):
        opened = show(outcome(count))
        assert len(opened.names()) >= 0.9 * count

    @pytest.mark.full
    def test_names_go_to_the_deepest_first_and_to_more_when_one_comes_closer(self, show):
        opened = show(outcome(300))
        first = opened.ask("netnotes.writtenNames().map((name) => name.i)")
        assert set(range(5)) <= set(first)
        seen = opened.ask("netnotes.people.count")
        share = len(first) / seen
        opened.ask("netnotes.setState({at: [300, 300, 2.5 / netnotes.fitting()]})")
        near, named = opened.ask(
            """async () => { await netnotes.painted(); const {width, height} = netnotes.view();
                const inside = (i) => { const [x, y] = netnotes.spot(i);
                    return x > 0 && y > 0 && x < width && y < height; };
                return [[...netnotes.people.depth.keys()].filter(inside).length, netnotes.writtenNames().length]; }"""
        )
        assert named / near > share

    def test_everybody_is_in_view_and_the_deepest_are_the_nearest(self, show):
        opened = show(outcome(60))
        for size in SIZES:
            opened.resize(size)
            width, height, x, y = opened.ask("(({width, height, x, y}) => [width, height, x, y])(netnotes.view())")
            spots = opened.ask("[...netnotes.people.depth.keys()].map((i) => netnotes.spot(i))")
            assert all(0 < sx < width and 0 < sy < height for sx, sy in spots)
            apart = [((sx - x) ** 2 + (sy - y) ** 2) ** 0.5 for sx, sy in spots]
            # Places are whole numbers, so that two of nearly the same depth may change places.
            assert max(apart[:5]) <= sorted(apart)[4] + 1

    def test_rings_are_counted(self, show):
        result = outcome(60)
        opened = show(result)
        depths = [depth for depth in depth_of(result).values() if depth is not None]
        counts = [sum(depth >= ring for depth in depths) for ring in (0.8, 0.65, 0.5, 0.3)]
        assert opened.ask("netnotes.ringCounts(netnotes.state.month, () => true)") == counts
        assert opened.ask("netnotes.data.rings") == [
            [0.8, "closest", 5],
            [0.65, "close", 15],
            [0.5, "deep", 50],
            [0.3, "familiar", 150],
        ]

    def test_sectors_change_on_demand_and_depth_does_not(self, show):
        opened = show(outcome(60))
        far = "[...netnotes.people.x].map((x, i) => Math.round(Math.hypot(x, netnotes.people.y[i]) / 40))"
        before, places = opened.ask(far), opened.ask("[...netnotes.people.x]")
        opened.tab.click("#by button:has-text('company')")
        assert opened.ask("[...netnotes.people.x]") != places
        moved = [abs(a - b) for a, b in zip(before, opened.ask(far), strict=True)]
        assert sum(moved) / len(moved) < 1

    @pytest.mark.full
    def test_movement_is_animated_unless_the_reader_wants_none(self, show):
        ask = """async () => { netnotes.setState({by: 2}); const now = netnotes.people.x[3];
            await new Promise((done) => setTimeout(done, 900)); return now === netnotes.people.x[3]; }"""
        assert show(outcome(60), reduced_motion="reduce").ask(ask)
        assert not show(outcome(60), reduced_motion="no-preference").ask(ask)

    @pytest.mark.full
    def test_light_and_dark(self, show):
        ground = "getComputedStyle(document.body).backgroundColor"
        pixel = """() => [...document.querySelector('canvas').getContext('2d').getImageData(4, 4, 1, 1).data]"""
        opened = show(outcome(60), color_scheme="dark")
        assert opened.ask(ground) == "rgb(15, 19, 24)"
        assert opened.ask(pixel) == [15, 19, 24, 255]
        opened.tab.click("#theme")
        assert opened.ask(ground) == "rgb(246, 244, 238)"
        opened.ask("netnotes.painted()")
        assert opened.ask(pixel) == [246, 244, 238, 255]

    @pytest.mark.full
    def test_nothing_sticks_out_of_the_window(self, show):
        opened = show(outcome(60))
        opened.ask("netnotes.choose(0)")
        for size in SIZES:
            opened.resize(size)
            assert opened.ask("document.documentElement.scrollWidth <= innerWidth")
            assert opened.ask("document.documentElement.scrollHeight <= innerHeight")


class TestStylers:
    def test_styles_show_on_the_picture_and_in_the_legend(self, show):
        result = outcome(60)
        one, two, three = (result.network.ties[i].person for i in (0, 1, 2))
        styles = [
            Style(one, color="#123456", group="owes me", because="a book since May"),
            Style(two, group="owes me"),
            Style(three, label="The Third", width=7.0, badge="\N{BIRTHDAY CAKE}"),
        ]
        opened = show(result, styles=styles)
        place = {key: i for i, key in enumerate(opened.ask("netnotes.people.key"))}
        assert opened.ask("(i) => netnotes.ink.person[i]", place[one.id]) == "#123456"
        assert opened.ask("(i) => netnotes.ink.person[i]", place[two.id]) == "#123456"
        assert opened.ask("(i) => netnotes.people.label[i]", place[three.id]) == "The Third"
        assert opened.ask("(i) => netnotes.people.width[i]", place[three.id]) == 7
        names = opened.ask("netnotes.writtenNames().map(({ text }) => text)")
        assert [name for name in names if name.endswith(" \N{BIRTHDAY CAKE}")] == ["The Third \N{BIRTHDAY CAKE}"]
        assert "owes me" in opened.tab.inner_text("#legend")
        opened.ask("(i) => netnotes.choose(i)", place[one.id])
        assert "a book since May" in opened.tab.inner_text("#panel")
        opened.tab.click("#legend button:has-text('owes me')")
        assert not opened.ask("(i) => netnotes.isShown(i)", place[two.id])

    @pytest.mark.full
    def test_a_colour_too_dark_for_the_night_is_lifted(self, show):
        result = outcome(10)
        opened = show(result, styles=[Style(result.network.ties[0].person, color="#000010")], color_scheme="dark")
        place = opened.ask("netnotes.people.key").index(result.network.ties[0].person.id)
        assert opened.ask("(i) => netnotes.ink.person[i]", place) != "#000010"


@pytest.mark.full
def test_more_than_can_be_drawn_is_said_and_drawn_on_demand(show):
    opened = show(outcome(60), most=50)
    assert "The 10 shallowest people are not drawn" in opened.tab.inner_text("#leftout")
    assert opened.ask("netnotes.drawnCount()") == 50
    opened.tab.click("#leftout button")
    assert opened.ask("netnotes.drawnCount()") == 60
    assert opened.tab.is_hidden("#leftout")


def test_an_empty_vault_says_what_people_are(show):
    opened = show(outcome(0))
    assert "No one here yet" in opened.tab.inner_text("#people")
    assert opened.faults == []


def test_the_page_carries_the_nodes_that_pyvis_was_given(show):
    opened = show(outcome(60))
    nodes = opened.ask("JSON.parse(document.getElementById('nodes').textContent)")
    assert nodes["id"] == list(range(61))
    assert nodes["label"][1:] == opened.ask("netnotes.people.name")
