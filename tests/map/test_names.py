"""Names on the picture: the deepest always have one, none lies on another or under what covers the picture."""

import functools
from itertools import combinations

import pytest

from tests.map.networks import outcome

SIZES = {"laptop": (1440, 900), "small": (1024, 768), "tablet": (768, 1024), "phone": (390, 844)}
COVERED = """() => { const own = netnotes.box.getBoundingClientRect();
    return [...document.querySelectorAll('#views > *, #tools, #zoom, #key, #time, #panel')]
        .map((part) => part.getBoundingClientRect()).filter(({width}) => width > 0)
        .map(({left, top, right, bottom}) => [left - own.left, top - own.top, right - own.left, bottom - own.top]); }"""


@functools.cache
def network(count):
    return outcome(count, met=0.97, gatherings=count // 2)


def meet(one, other, slack=0.5):
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def deepest(opened, count):
    """Return the places of the deepest whose dots are in view."""
    return opened.ask(
        """(count) => { const {width, height} = netnotes.view();
            return netnotes.monthState.order.filter((i) => { const [x, y] = netnotes.spot(i);
                return netnotes.isShown(i) && x > 0 && y > 0 && x < width && y < height; }).slice(0, count); }""",
        count,
    )


def check(opened, always):
    names = opened.ask("netnotes.writtenNames()")
    assert set(deepest(opened, always)) <= {name["i"] for name in names}
    for one, other in combinations(names, 2):
        assert not meet(one["box"], other["box"]), (one["text"], other["text"])
    for name in names:
        for box in opened.ask(COVERED):
            assert not meet(name["box"], box), name["text"]
        assert not any(name["line"] and crosses(name["line"], other["box"]) for other in names if other is not name), (
            name["text"]
        )


def crosses(line, box):
    """Return whether a line has a point well inside a box."""
    (x, y), (to_x, to_y) = line
    left, top, right, bottom = box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1
    points = [(x + (to_x - x) * share / 200, y + (to_y - y) * share / 200) for share in range(201)]
    return any(left < px < right and top < py < bottom for px, py in points)


def check_each_size(opened):
    for name, size in SIZES.items():
        opened.resize(size)
        check(opened, 12 if name == "phone" else 30)
    assert opened.faults == []


@pytest.mark.parametrize("count", [150, 2000, 10_000])
@pytest.mark.full
def test_the_deepest_always_have_names_that_lie_on_nothing(show, count):
    opened = show(network(count), size=SIZES["small"])
    for view in ("rings", "network"):
        opened.ask("(view) => netnotes.showView(view)", view)
        check_each_size(opened)


def test_no_name_is_under_the_open_panel(show):
    opened = show(outcome(60))
    opened.ask("netnotes.choose(0)")
    for view in ("rings", "network"):
        opened.ask("(view) => netnotes.showView(view)", view)
        opened.ask("netnotes.painted()")
        panel = opened.ask(COVERED)[-1]
        assert not any(meet(name["box"], panel) for name in opened.ask("netnotes.writtenNames()"))


@pytest.mark.full
def test_a_crowd_in_rows_is_said_to_be(show):
    opened = show(network(2000), size=SIZES["small"])
    drawn = opened.ask(
        """() => { const recorder = netnotes.recorder(1);
            netnotes.paint(recorder, netnotes.view(), 1);
            return recorder.document(9, 9, ""); }"""
    )
    assert opened.ask("netnotes.grouping().rows.length") > 0
    assert "in rows," in drawn


@pytest.mark.full
def test_a_short_form_is_the_only_one_of_its_kind(show):
    opened = show(network(2000), size=(1024, 768))
    names = opened.ask("netnotes.writtenNames().map(({i, text}) => [netnotes.people.label[i], text])")
    labels = opened.ask("netnotes.people.label")
    for whole, text in names:
        start = text.removesuffix(".").removesuffix("…")
        if text not in (whole, whole[:27] + "…"):
            assert [label for label in labels if label.startswith(start) and " " in label] == [whole]


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 8))
@pytest.mark.parametrize("count", [60, 400, 1200])
def test_the_deepest_people_have_names_in_any_network(show, count, seed):
    opened = show(outcome(count, seed=seed, met=0.97, gatherings=count // 2))
    for view in ("rings", "network"):
        opened.ask("(view) => netnotes.showView(view)", view)
        check_each_size(opened)
