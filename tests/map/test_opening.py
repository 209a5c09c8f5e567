"""The first picture of a large map: drawn before the ties and the details of the page have arrived."""

import pytest

from netnotes.map.page.render import page
from tests.map.networks import outcome

REST = '<script type="application/json" id="edges">'
FIRST = "performance.getEntriesByName('first picture').length"
DRAWN = """() => { const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) {
        seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    }
    return seen.size; }"""


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens the beginning of a page, as if the rest were still on its way."""
    tabs = []

    def begin(count, view=""):
        text = page(outcome(count), vault_name="v", vault_path="/v")
        file = tmp_path / "page.html"
        file.write_text(text[: text.index(REST)], encoding="utf-8")
        tab = browser.new_page(viewport={"width": 1024, "height": 768})
        faults = []
        tab.on("pageerror", lambda fault: faults.append(str(fault)))
        tab.goto(file.as_uri() + view)
        tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        tabs.append(tab)
        return tab, faults

    yield begin
    for tab in tabs:
        tab.close()


@pytest.mark.parametrize(
    "view", ["", *(pytest.param(view, marks=pytest.mark.full) for view in ("#view=network", "#by=company&at=10,20,2"))]
)
def test_a_large_map_is_drawn_before_the_details_arrive(opened, view):
    tab, faults = opened(300, view)
    assert tab.evaluate(FIRST) == 1
    assert tab.evaluate(DRAWN) > 50
    tab.click("text=network" if not view else "text=rings")
    tab.mouse.move(500, 400)
    tab.keyboard.press("p")
    assert faults == []


@pytest.mark.full
@pytest.mark.parametrize(("count", "view"), [(60, ""), (300, "#person=People/Ada Abel 0.md"), (300, "#search=ada")])
def test_a_view_that_needs_the_details_waits_for_them(opened, count, view):
    tab, faults = opened(count, view)
    assert tab.evaluate(FIRST) == 0
    assert tab.evaluate(DRAWN) == 1
    assert faults == []
