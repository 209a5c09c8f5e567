"""Every size and every way in: 320 to 3840 pixels, zoomed in, forced colours, keyboard alone, no JavaScript."""

import pytest

from tests.map.networks import outcome
from tests.map.test_months import outcome_with_history

SIZES = {
    "320": (320, 568),
    "laptop at 400 %": (320, 256),
    "phone": (390, 844),
    "tablet": (1024, 1366),
    "laptop": (1366, 768),
    "large": (2560, 1440),
    "3840": (3840, 2160),
}


SWEEPS = [
    ("rings", ("320", "phone", "laptop")),
    *(pytest.param(view, SIZES, marks=pytest.mark.full) for view in ("rings", "network")),
]


@pytest.mark.full
@pytest.mark.parametrize(("view", "sizes"), SWEEPS)
def test_the_picture_is_whole_and_nothing_sticks_out(show, view, sizes):
    opened = show(outcome(60), f"#view={view}", size=SIZES["320"])
    for name in sizes:
        size = SIZES[name]
        opened.resize(size)
        whole = opened.ask("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]")
        assert whole == list(size)
        spots = opened.ask("[...netnotes.people.key.keys()].map(netnotes.spot)")
        area = opened.ask("netnotes.box.getBoundingClientRect().toJSON()")
        assert all(0 < x < area["width"] and 0 < y < area["height"] for x, y in spots), size
    assert opened.faults == []


@pytest.mark.full
def test_on_the_lowest_page_the_picture_is_clear_of_the_buttons(show):
    opened = show(outcome(60), size=(360, 225), has_touch=True)
    top = opened.ask("netnotes.view().y - netnotes.grouping().radii.at(-1) * netnotes.view().scale")
    rows = opened.ask(
        """[...document.querySelectorAll('#views > *, #tools')].map((one) => one.getBoundingClientRect().bottom)"""
    )
    assert top >= max(rows)


@pytest.mark.full
def test_type_grows_with_a_very_large_screen(show):
    sizes = {}
    names = {}
    opened = show(outcome(60))
    for name, size in (("laptop", SIZES["laptop"]), ("3840", (3840, 1100))):
        opened.resize(size)
        sizes[name] = opened.ask("parseFloat(getComputedStyle(document.body).fontSize)")
        names[name] = opened.ask("parseFloat(netnotes.writtenNames()[0].font.split(' ')[1])")
    assert sizes["3840"] > 1.2 * sizes["laptop"]
    assert names["3840"] > 1.2 * names["laptop"]


@pytest.mark.parametrize("count", [74, 300, 2000])
@pytest.mark.full
def test_nobody_is_under_the_key_or_the_slider(show, count):
    result, past = outcome_with_history(count) if count < 500 else (outcome(count), None)
    opened = show(result, past=past)
    for size in ((1024, 768), (1440, 900)):
        opened.resize(size)
        for chosen in (-1, 0):
            for view in ("rings", "network"):
                opened.ask("([i, view]) => { netnotes.choose(i); netnotes.showView(view); }", [chosen, view])
                opened.ask("netnotes.painted()")
                beneath = opened.ask(
                    """() => { const own = netnotes.box.getBoundingClientRect(), now = netnotes.view();
                        const boxes = ['#key', '#time'].map((id) => document.querySelector(id).getBoundingClientRect())
                            .filter(({width}) => width > 0);
                        return [...netnotes.people.key.keys()].filter((i) => { const [x, y] = netnotes.spot(i);
                            const radius = netnotes.people.size[i] * now.dot;
                            return boxes.some(({left, top, right, bottom}) => x + radius > left - own.left
                                && x - radius < right - own.left && y + radius > top - own.top
                                && y - radius < bottom - own.top); }); }"""
                )
                assert beneath == [], (size, chosen, view)


@pytest.mark.full
def test_forced_colours_show_what_is_chosen(show):
    result, past = outcome_with_history(60)
    opened = show(result, past=past, forced_colors="active")
    look = "((e) => { const s = getComputedStyle(e); return [s.outlineStyle, s.borderStyle, s.backgroundColor]; })"
    for row in ("#view", "#by"):
        on = opened.ask(f"{look}(document.querySelector('{row} [aria-checked=true]'))")
        off = opened.ask(f"{look}(document.querySelector('{row} [aria-checked=false]'))")
        assert on[0] == "solid" != off[0]
    sign = "getComputedStyle(document.querySelector('#play'), '::before')"
    assert opened.ask(f"{sign}.borderTopColor") != opened.ask(f"{sign}.borderLeftColor"), "a triangle, not a square"
    opened.ask("netnotes.choose(0)")
    assert opened.ask(f"{look}(document.querySelector('#people [aria-current=true]'))")[0] == "solid"
    opened.tab.click("#legend button")
    on = opened.ask(f"{look}(document.querySelector('#legend [aria-pressed=true]'))")
    off = opened.ask(f"{look}(document.querySelector('#legend [aria-pressed=false]'))")
    assert on != off


@pytest.mark.full
def test_by_keyboard_alone_one_gets_everywhere_in_few_steps(show):
    result, past = outcome_with_history(60)
    opened = show(result, past=past)
    stops = []
    for _ in range(60):
        opened.tab.keyboard.press("Tab")
        stops.append(
            opened.ask(
                "(() => { const at = document.activeElement; return at.id || at.parentElement?.id || at.tagName; })()"
            )
        )
        if opened.ask("document.activeElement === document.body"):
            break
    assert stops.index("skip-to-picture") < 3
    assert {"search", "picture", "play", "month", "help", "save", "whole"} <= set(stops)
    assert len(stops) < 45
    opened.tab.focus("#skip-to-picture")
    opened.tab.keyboard.press("Enter")
    assert opened.ask("document.activeElement.id") == "picture"


@pytest.mark.full
def test_targets_are_large_enough_for_a_finger(show):
    result, past = outcome_with_history(60)
    opened = show(result, past=past, size=(768, 1024), has_touch=True)
    opened.tab.evaluate(
        "document.getElementById('filters').open = true; document.documentElement.dataset.sheet = 'full'"
    )
    low = opened.ask(
        """[...document.querySelectorAll('button, input, summary, select')]
            .filter((e) => e.offsetParent && !e.closest('dialog'))
            .map((e) => [e.id || e.className || e.textContent, e.getBoundingClientRect().height])
            .filter(([, height]) => height < 24)"""
    )
    assert low == []


@pytest.mark.full
def test_without_javascript_there_is_a_list(show):
    opened = show(outcome(60))
    without = opened.tab.context.browser.new_context(java_script_enabled=False)
    tab = without.new_page()
    tab.goto(opened.address)
    text = tab.inner_text(".noscript")
    name, depth = opened.ask("[netnotes.people.name[0], netnotes.depthText(netnotes.people.depth[0])]")
    assert f"{name} {depth}" in text
    assert tab.locator(".noscript li").count() == 60
    without.close()
