"""Every test of the map runs with and without motion, and leaves a page that is at rest and tells the truth."""

from itertools import combinations

import pytest

MOTION = [
    pytest.param("reduce", id="still"),
    pytest.param("no-preference", id="moving", marks=pytest.mark.full),
]
AT_REST = """async () => {
    const page = globalThis.netnotes;
    if (!page) {
        return null;
    }
    if (page.isPlaying()) {
        page.togglePlaying();
    }
    // Frames and not seconds: a busy machine draws fewer of them.
    const frame = () => new Promise((done) => { requestAnimationFrame(done); setTimeout(done, 2000); });
    const place = () => [page.view().x, page.view().y, page.view().scale].join(" ");
    let before = null;
    let still = 0;
    for (let left = 400; left > 0 && still < 3; left -= 1) {
        still = page.isResting() && place() === before ? still + 1 : 0;
        before = place();
        await frame();
    }
    const { people, data, monthState, state, timeline } = page;
    const shown = [...people.key.keys()].filter(page.isShown);
    const isWithin = (radius) => (i) => Math.hypot(people.x[i], people.y[i]) <= radius;
    return {
        isResting: still === 3,
        month: [state.month, monthState.at],
        counts: {
            drawn: page.drawnCounts(),
            true: data.rings.map(([depth]) => shown.filter((i) => timeline.depthOf(i, state.month) >= depth).length),
            standing: data.kind === "notes" || page.isNetwork() ? page.drawnCounts()
                : data.rings.map((_, ring) => shown.filter(isWithin(page.grouping().radii[ring + 1])).length),
        },
        said: [document.getElementById("count").textContent.split(" ")[0].replaceAll(",", ""), String(shown.length)],
        names: page.writtenNames().map(({ i, text, box }) => [text, box, page.isShown(i)]),
    };
}"""


def pytest_generate_tests(metafunc):
    if "show" in metafunc.fixturenames:
        metafunc.parametrize("reduced_motion", MOTION)


def assert_consistent_at_rest(opened):
    """Check that nothing moves any more, and that what is drawn is of the month shown and is what is counted."""
    # A tab behind another draws no frames.
    opened.tab.bring_to_front()
    found = opened.tab.evaluate(AT_REST)
    if found is None:
        return
    assert found["isResting"], "the picture never comes to rest"
    chosen, drawn = found["month"]
    assert chosen == drawn, "another month is drawn than is chosen"
    assert found["counts"]["drawn"] == found["counts"]["true"], "the rings say other numbers than are true"
    assert found["counts"]["drawn"] == found["counts"]["standing"], "others stand within the rings than are counted"
    said, shown = found["said"]
    assert said == shown, "the list says another number than is shown"
    for text, _, is_shown in found["names"]:
        assert is_shown, f"{text} is named but not shown"
    for (text, one, _), (other_text, other, _) in combinations(found["names"], 2):
        meet = one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        assert not meet, f"{text} lies on {other_text}"


@pytest.fixture(autouse=True)
def consistent_at_rest(request):
    """Check, after each test, every page that it has opened."""
    shown = request.getfixturevalue("show") if "show" in request.fixturenames else None
    yield
    for opened, _ in shown.opened if shown else ():
        assert_consistent_at_rest(opened)
