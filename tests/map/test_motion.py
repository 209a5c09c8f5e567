"""The page in motion: what is shown when something has moved is what is true, and everything comes to rest."""

import re

import pytest

from tests.map.networks import outcome
from tests.map.test_months import shown

MOVING = {"reduced_motion": "no-preference"}
AT_REST = "netnotes.isResting() && !netnotes.isPlaying()"
COUNTS = """() => netnotes.data.rings.map(([depth]) =>
    [...netnotes.monthState.depth].filter((value, i) => netnotes.isShown(i) && value >= depth).length)"""


def frames(opened, count):
    """Let the page draw so many frames."""
    opened.ask(
        """(left) => new Promise((done) => {
            const on = () => (left-- ? requestAnimationFrame(on) : done()); on(); })""",
        count,
    )


def rest(opened):
    opened.until(AT_REST)


def test_playing_to_the_end_leaves_the_picture_at_the_end(show):
    _, opened = shown(show, **MOVING)
    opened.ask("netnotes.setState({month: netnotes.timeline.now - 2})")
    rest(opened)
    opened.ask("netnotes.togglePlaying()")
    opened.until("!netnotes.isPlaying()")
    rest(opened)
    # A few frames more: nothing leads the picture away again.
    frames(opened, 30)
    rest(opened)
    now = opened.ask("netnotes.timeline.now")
    assert (opened.ask("netnotes.state.month"), opened.ask("netnotes.monthState.at")) == (now, now)


def while_playing(count):
    """Return the script that adds up `count` of each frame's names, and finds the most names of a frame."""
    return f"""(left) => new Promise((done) => {{
        const {{ people, monthState }} = netnotes;
        const count = {count};
        let seen = 0;
        let most = 0;
        const on = () => {{
            const boxes = netnotes.drawnBoxes();
            most = Math.max(most, boxes.length);
            seen += count(boxes);
            left -= 1;
            if (left && netnotes.isPlaying()) {{
                requestAnimationFrame(on);
            }} else {{
                done([seen, most]);
            }}
        }};
        on();
    }})"""


MEETING = while_playing("""(boxes) => boxes.filter((one, i) => boxes.slice(0, i).some((other) =>
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3])).length""")
ON_DOTS = while_playing("""(boxes) => [...people.key.keys()].filter(netnotes.isShown).map((i) => {
    const half = 0.7 * people.size[i] * netnotes.view().dot * monthState.there[i];
    const [x, y] = netnotes.spot(i);
    return half <= 2 ? 0 : boxes.filter(([from, top, to, bottom]) =>
        x + half > from && x - half < to && y + half > top && y - half < bottom).length;
}).reduce((sum, each) => sum + each, 0)""")


@pytest.mark.full
def test_no_name_overlaps_another_while_people_move(show):
    _, opened = shown(show, **MOVING)
    opened.ask("netnotes.setState({month: 0})")
    rest(opened)
    opened.ask("netnotes.togglePlaying()")
    meeting, most = opened.ask(MEETING, 60)
    assert meeting == 0
    assert most > 2


@pytest.mark.full
def test_no_name_overlaps_a_moving_dot(show):
    _, opened = shown(show, **MOVING)
    opened.ask("netnotes.setState({month: 0})")
    rest(opened)
    opened.ask("netnotes.togglePlaying()")
    on_dots, most = opened.ask(ON_DOTS, 90)
    assert on_dots == 0
    assert most > 2


DRAGGED = """async () => {
    const { canvas, view, paint, painted } = netnotes;
    const say = (kind, x, y) => canvas.dispatchEvent(new PointerEvent(`pointer${kind}`, { bubbles: true, clientX: x,
        clientY: y, pointerId: 1, buttons: kind === 'up' ? 0 : 1, isPrimary: true, pointerType: 'mouse' }));
    const draw = CanvasRenderingContext2D.prototype.arc;
    let drawn = 0;
    CanvasRenderingContext2D.prototype.arc = function (...how) { drawn += 1; return draw.apply(this, how); };
    say('down', 700, 500);
    for (let step = 10; step < 150; step += 1) {
        drawn = 0;
        say('move', 700 + step, 500 - step);
        await painted();
        if (!drawn) break;
    }
    const whole = document.createElement('canvas');
    [whole.width, whole.height] = [canvas.width, canvas.height];
    const pixels = (ctx) => [...ctx.getImageData(0, 0, canvas.width, canvas.height).data];
    const seen = pixels(canvas.getContext('2d'));
    const ctx = whole.getContext('2d', { alpha: false });
    const untouched = drawn;
    paint(ctx, view(), canvas.width / view().width, { isMoving: true, keepsNames: true, keep: true });
    const wanted = pixels(ctx);
    drawn = 0;
    netnotes.setState({pointed: 3});
    say('move', 700, 500);
    await painted();
    say('up', 700, 500);
    const different = wanted.filter((value, at) => Math.abs(value - seen[at]) > 8).length;
    return [untouched, drawn, different, new Set(wanted).size];
}"""


@pytest.mark.full
@pytest.mark.parametrize("view", ["", "#view=network"])
def test_a_picture_of_many_is_moved_along_and_is_the_same(show, view):
    opened = show(outcome(700, gatherings=900), view)
    rest(opened)
    drawn, after_a_choice, different, colours = opened.ask(DRAGGED)
    assert drawn == 0, "every frame was painted whole"
    assert different == 0, "but for rounding"
    assert after_a_choice > 0
    assert colours > 20
    assert not opened.faults


@pytest.mark.parametrize("reach", [pytest.param(30, marks=pytest.mark.full), 300])
def test_showing_everybody_ends_a_move(show, reach):
    _, opened = shown(show, **MOVING)
    opened.tab.mouse.move(700, 400)
    opened.tab.mouse.down()
    opened.tab.mouse.move(700 + reach, 430, steps=5)
    opened.tab.mouse.up()
    opened.ask("netnotes.showEverybody()")
    rest(opened)
    place = opened.ask("[netnotes.view().x, netnotes.view().y]")
    frames(opened, 20)
    assert opened.ask("[netnotes.view().x, netnotes.view().y]") == place
    opened.ask("netnotes.zoomBy(1.5); netnotes.showEverybody()")
    rest(opened)
    assert opened.ask("netnotes.state.at") is None


@pytest.mark.full
@pytest.mark.parametrize("motion", [pytest.param("reduce", marks=pytest.mark.full), "no-preference"])
def test_the_counts_at_the_rings_are_those_of_the_month_shown(show, motion):
    _, opened = shown(show, reduced_motion=motion)
    for month in ("0", "netnotes.timeline.now", "Math.floor(netnotes.timeline.now / 2)"):
        opened.ask(f"netnotes.setState({{month: {month}}})")
        rest(opened)
        assert opened.ask("netnotes.drawnCounts()") == opened.ask(COUNTS)


@pytest.mark.parametrize("paper", [(1122, 793), (793, 1122)], ids=["landscape", "portrait"])
def test_paper_gets_a_picture_that_fills_it_and_whose_rings_are_round(show, paper):
    _, opened = shown(show)
    opened.ask("dispatchEvent(new Event('beforeprint'))")
    opened.tab.emulate_media(media="print")
    opened.tab.set_viewport_size({"width": paper[0], "height": paper[1]})
    assert opened.ask("getComputedStyle(document.querySelector('#printed')).display") == "block"
    across, down = opened.ask("(({ a, d }) => [a, d])(document.querySelector('#printed svg').getScreenCTM())")
    assert across == pytest.approx(down, rel=0.02)
    shape = opened.ask("document.querySelector('#printed svg').getAttribute('viewBox')")
    wide, high = map(float, re.split(r"\s+", shape)[2:])
    assert max(wide * across / paper[0], high * down / paper[1]) > 0.9
    opened.ask("dispatchEvent(new Event('afterprint'))")
    assert opened.ask("document.querySelector('#printed')") is None
    assert not opened.faults


@pytest.mark.full
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_gets_light_colours_and_the_page_keeps_its_own(show, theme):
    _, opened = shown(show, color_scheme=theme)
    before = opened.ask("[netnotes.ink.paper, document.documentElement.dataset.theme]")
    opened.ask("dispatchEvent(new Event('beforeprint'))")
    painted = opened.ask("document.querySelector('#printed svg').outerHTML")
    assert "#f6f4ee" in painted
    assert opened.ask("[netnotes.ink.paper, document.documentElement.dataset.theme]") == before
    opened.ask("dispatchEvent(new Event('afterprint'))")
