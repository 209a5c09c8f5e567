"""Earlier months on the page, in a real browser: as history tells them, by slider, play button, keys and address."""

import dataclasses
import datetime as dt
import functools
import math

import pytest

from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.map.page.timeline import Past, compute_past
from netnotes.map.rings.layout import RINGS, dot
from netnotes.plugin_host import loader
from netnotes.scoring.history import History, last_months
from netnotes.scoring.runner import score
from netnotes.scoring.views import ScoredNetwork
from tests.map.networks import TODAY, outcome
from tests.map.test_hostile import assert_harmless, poisoned

BUNDLED = loader.bundled(Config())
WEIGHTS = Config().depth.weights
PHONE = (390, 844)


@functools.cache
def outcome_with_history(count):
    """Return an outcome scored by the bundled plugins, and its past."""
    made = outcome(count)
    result = dataclasses.replace(made, scores=score(made.network, BUNDLED, WEIGHTS, ScoreMemory())[0])
    earlier, problems = compute_past(ScoredNetwork(result.network, result.scores, BUNDLED, WEIGHTS))
    assert not problems
    return result, earlier


def shown(show, count=60, view="", **how):
    result, earlier = outcome_with_history(count)
    return result, show(result, view, past=earlier, **how)


def then(result, month):
    """Return what was scored at the end of a month, name → (depth, label, warmth's label), for those met by then."""
    year, number = map(int, month.split("-"))
    last = dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)
    network = result.network.as_of(last)
    scores = score(network, BUNDLED, WEIGHTS, ScoreMemory())[0]
    found = {}
    for tie in network.ties:
        if depth := scores.get(tie, "depth"):
            found[tie.person.name] = depth.value, depth.label, scores.get(tie, "warmth").label
    return found


def month(opened, at):
    """Choose a month and wait until everybody stands there."""
    name = opened.ask("(at) => { netnotes.setState({month: at}); return netnotes.timeline.months[at]; }", at)
    opened.until(f"netnotes.monthState.at === {at}")
    return name


STANDING = """netnotes.people.name.map((name, i) => [name, netnotes.monthState.depth[i], netnotes.monthState.tie[i],
    netnotes.monthState.warm[i], netnotes.isShown(i), netnotes.people.x[i], netnotes.people.y[i],
    netnotes.people.size[i]])"""


def test_a_month_shows_what_was_so_at_its_end(show):
    result, opened = shown(show, 60)
    for at in (0, 20, 40):
        wanted = then(result, month(opened, at))
        radii = opened.ask("netnotes.grouping().radii")
        for name, depth, tie, warm, is_shown, x, y, size in opened.ask(STANDING):
            assert is_shown == (name in wanted)
            if not is_shown:
                continue
            value, label, word = wanted[name]
            assert depth == pytest.approx(value, abs=0.0101)
            assert (tie, warm) == (label, word)
            assert size == pytest.approx(dot(depth), abs=0.1)
            ring = next((zone for zone, edge in enumerate(RINGS) if depth >= edge), len(RINGS))
            assert radii[ring] <= math.hypot(x, y) <= radii[ring + 1]


def test_now_is_as_if_nothing_had_moved(show):
    _, opened = shown(show, 60)
    before = opened.ask(STANDING)
    month(opened, 3)
    assert opened.ask(STANDING) != before
    month(opened, opened.ask("netnotes.timeline.now"))
    assert opened.ask(STANDING) == before


def test_everybody_stays_in_their_sector(show):
    _, opened = shown(show, 60)
    for by in (0, 1):
        opened.ask("(by) => netnotes.setState({by})", by)
        month(opened, 25)
        within = opened.ask("""netnotes.people.name.map((_, i) => {
            const g = netnotes.grouping(), {x, y} = netnotes.people, r = Math.hypot(x[i], y[i]);
            const turn = (Math.atan2(x[i], -y[i]) + 2 * Math.PI) % (2 * Math.PI);
            const [low, high] = [g.bounds[g.of[i]], g.bounds[g.of[i] + 1]].map((bound) => netnotes.angle(bound, r));
            return !netnotes.isShown(i) || (low - 0.02 <= turn && turn <= high + 0.02); })""")
        assert all(within)


@pytest.mark.full
def test_people_outside_the_picture_have_no_lines_and_dim_nobody(show):
    _, opened = shown(show, 60)
    bent = """(() => {
        const recorder = netnotes.recorder(1);
        netnotes.paint(recorder, netnotes.view(), 1);
        return recorder.document(9, 9, "").split("Q").length - 1;
    })()"""
    opened.tab.evaluate("netnotes.choose(netnotes.near().findIndex((others) => others.length > 3))")
    assert opened.ask(bent) > 0
    opened.ask("""() => {
        const scene = netnotes.data.scenes.names[netnotes.people.scene[netnotes.state.chosen]];
        netnotes.setState({off: {...netnotes.state.off, scene: new Set([scene])}});
        return netnotes.painted();
    }""")
    assert not opened.ask("netnotes.isShown(netnotes.state.chosen)")
    assert opened.ask(bent) == 0
    named = len(opened.names())
    opened.tab.keyboard.press("Escape")
    opened.ask("netnotes.painted()")
    assert named > 0.7 * len(opened.names()) > 5


class TestSlider:
    def test_head_counts_filters_and_list_are_those_of_the_month(self, show):
        result, opened = shown(show, 60)
        at = 30
        wanted = then(result, month(opened, at))
        deep = sum(depth >= 0.5 for depth, _, _ in wanted.values())
        assert opened.tab.inner_text("#asof").startswith(f"{len(wanted)} met, {deep} deep · ")
        assert opened.tab.inner_text("#count").startswith(f"{len(wanted)} of 60 shown, end of ")
        counts = [sum(depth >= ring for depth, _, _ in wanted.values()) for ring in RINGS]
        assert opened.ask("netnotes.ringCounts(netnotes.state.month, () => true)") == counts
        opened.tab.click("summary")
        for word in {label for _, label, _ in wanted.values()}:
            many = sum(label == word for _, label, _ in wanted.values())
            assert opened.tab.inner_text(f"#narrow .switch:has(bdi:text-is('{word}')) .soft") == str(many)
        assert opened.tab.is_disabled("#narrow select")
        opened.tab.click("#narrow .switch:has(bdi:text-is('thin'))")
        left = {name for name, (_, label, _) in wanted.items() if label != "thin"}
        listed = opened.ask("[...document.querySelectorAll('#people li bdi')].map((e) => e.textContent)")
        assert set(listed) == left
        depths = [
            float(text)
            for text in opened.ask("[...document.querySelectorAll('#people .end')].map((e) => e.textContent)")
        ]
        assert depths == sorted(depths, reverse=True)

    def test_the_panel_distinguishes_the_month_from_today(self, show):
        result, opened = shown(show, 60)
        opened.ask("netnotes.choose(0)")
        assert opened.tab.is_hidden("#then")
        name = opened.ask("netnotes.people.name[0]")
        wanted = then(result, month(opened, 40))[name]
        output = opened.tab.inner_text("#then")
        assert f"{wanted[0]:.2f} {wanted[1]}" in output
        assert "as of today" in output
        assert opened.ask("netnotes.people.depth[0].toFixed(2)") == opened.tab.inner_text("#panel .figure strong")

    def test_arrow_keys_home_and_end(self, show):
        _, opened = shown(show)
        last = opened.ask("netnotes.timeline.now")
        opened.tab.focus("#month")
        assert opened.tab.get_attribute("#month", "aria-valuetext") == "now"
        opened.tab.keyboard.press("ArrowLeft")
        opened.tab.keyboard.press("ArrowLeft")
        assert opened.ask("netnotes.state.month") == last - 2
        assert opened.tab.inner_text("#monthname") == "January 2026"
        assert opened.tab.get_attribute("#month", "aria-valuetext") == "end of January 2026"
        opened.tab.keyboard.press("Home")
        assert opened.ask("netnotes.state.month") == 0
        opened.tab.keyboard.press("End")
        assert opened.tab.inner_text("#monthname") == "now"

    @pytest.mark.full
    def test_the_address_keeps_the_month(self, show):
        _, opened = shown(show, view="#month=2025-03")
        assert opened.tab.inner_text("#monthname") == "March 2025"
        assert opened.ask("netnotes.monthState.at") == opened.ask("netnotes.timeline.months.indexOf('2025-03')")
        month(opened, 5)
        wanted = opened.ask("netnotes.timeline.months[5]")
        opened.until(f"location.hash === '#month={wanted}'")
        month(opened, opened.ask("netnotes.timeline.now"))
        opened.until("location.hash === ''")
        opened.go("#month=1999-01&way=77&to=nobody")
        assert opened.ask("[netnotes.isPast(), netnotes.state.pathIndex, netnotes.state.to]") == [False, 0, None]
        assert opened.faults == []

    @pytest.mark.full
    def test_people_not_met_by_then_are_neither_seen_nor_found(self, show):
        result, opened = shown(show)
        wanted = then(result, month(opened, 10))
        late = next(tie.person.name for tie in result.network.ties if tie.person.name not in wanted)
        opened.tab.fill("#search", late)
        assert "not met by then" in opened.tab.inner_text("#suggestions li:first-child")
        opened.tab.keyboard.press("Enter")
        assert "not met yet" in opened.tab.inner_text("#then")
        x, y = opened.ask("(name) => netnotes.spot(netnotes.people.name.indexOf(name))", late)
        assert opened.ask("([x, y]) => netnotes.hit(x, y, 0, netnotes.isShown)", [x, y]) != opened.ask(
            "netnotes.state.chosen"
        )

    @pytest.mark.full
    def test_in_the_network_people_stay_where_they_are(self, show):
        _, opened = shown(show, view="#view=network")
        before = opened.ask("[[...netnotes.people.x], [...netnotes.people.y]]")
        sizes = opened.ask("[...netnotes.people.size]")
        month(opened, 12)
        assert opened.ask("[[...netnotes.people.x], [...netnotes.people.y]]") == before
        assert opened.ask("[...netnotes.people.size]") != sizes
        assert "Ties between others, and their groups, are as of today." in opened.tab.inner_text("#leftout")
        opened.ask("netnotes.choose(0); netnotes.ask(-1)")
        assert "The path is as of today, not of the month shown." in opened.tab.inner_text("#paths")
        opened.ask("netnotes.setState({view: 'rings'})")
        assert opened.ask(
            "Math.max(...netnotes.people.x.map((x, i) => netnotes.isShown(i) ? Math.hypot(x, netnotes.people.y[i]) : "
            "0))"
            " <= netnotes.grouping().radii.at(-1)"
        )


RECORD = """() => { const play = document.getElementById("play"); globalThis.recorded = [];
    const record = () => recorded.push([play.getAttribute("aria-label"), netnotes.state.month]);
    new MutationObserver(record).observe(play, {attributeFilter: ["aria-label"]}); }"""
"""From now on keep what the button says and the month, whenever they change: `recorded`."""


class TestPlaying:
    @pytest.mark.full
    def test_the_button_plays_to_now_and_stops(self, show):
        _, opened = shown(show, view="#month=2026-01")
        opened.ask(RECORD)
        opened.tab.click("#play")
        opened.until("recorded.length && !netnotes.isPlaying()")
        assert opened.ask("recorded[0][0]") == "Pause"
        assert opened.ask("netnotes.state.month === netnotes.timeline.now")
        assert opened.tab.get_attribute("#play", "aria-label") == "Play through the months"

    @pytest.mark.full
    def test_p_and_space_play_and_pause(self, show):
        _, opened = shown(show)
        opened.ask(RECORD)
        opened.tab.focus("#picture")
        opened.tab.keyboard.press("p")
        opened.until("netnotes.state.month > 0")
        assert opened.ask("recorded[0]") == ["Pause", 0]
        opened.tab.focus("#month")
        opened.tab.keyboard.press("Space")
        assert opened.tab.get_attribute("#play", "aria-label") == "Play through the months"
        opened.tab.keyboard.press("p")
        assert opened.tab.get_attribute("#play", "aria-label") == "Pause"

    @pytest.mark.parametrize("motion", ["reduce", "no-preference"])
    @pytest.mark.full
    def test_people_drift_unless_the_reader_wants_no_motion(self, show, motion):
        _, opened = shown(show, reduced_motion=motion)
        between = opened.ask("""async () => {
            let found = false;
            netnotes.togglePlaying();
            while (netnotes.state.month < 2) {
                await new Promise(requestAnimationFrame);
                found ||= netnotes.monthState.at % 1 !== 0;
            }
            return found;
        }""")
        assert between == (motion == "no-preference")
        assert opened.faults == []


class TestTrail:
    @pytest.mark.full
    def test_it_runs_through_the_depths_of_the_months(self, show):
        result, opened = shown(show)
        opened.ask("netnotes.choose(0)")
        name, scale, radii = opened.ask("[netnotes.people.name[0], netnotes.view().scale, netnotes.grouping().radii]")
        x, y = opened.ask("(({x, y}) => [x, y])(netnotes.view())")
        points = opened.ask("netnotes.trailPoints(0)")
        assert len(points) > 12
        for point in points[:: len(points) // 5]:
            at = opened.ask("(at) => netnotes.timeline.months[at]", point["month"])
            depth = then(result, at)[name][0] if point is not points[-1] else opened.ask("netnotes.people.depth[0]")
            ring = next((zone for zone, edge in enumerate(RINGS) if depth >= edge), len(RINGS))
            away = math.hypot(point["x"] - x, point["y"] - y) / scale
            assert radii[ring] - 1 <= away <= radii[ring + 1] + 1
        here = opened.ask("netnotes.spot(0)")
        assert [points[-1]["x"], points[-1]["y"]] == pytest.approx(here, abs=3)

    def test_it_stays_in_its_sector_and_leaves_no_month_out(self, show):
        _, opened = shown(show, 60)
        for i in range(0, 60, 7):
            inside, drawn, known = opened.ask(
                """(i) => { const {bounds, of, radii} = netnotes.grouping(), now = netnotes.view();
                    const points = netnotes.trailPoints(i);
                    const isInside = ({x, y}) => { const [dx, dy] = [x - now.x, y - now.y];
                        const radius = Math.hypot(dx, dy) / now.scale;
                        const turn = (Math.atan2(dx, -dy) + 2 * Math.PI) % (2 * Math.PI);
                        return turn > netnotes.angle(bounds[of[i]], radius) - 1e-3
                            && turn < netnotes.angle(bounds[of[i] + 1], radius) + 1e-3; };
                    const months = [...netnotes.timeline.months.keys()];
                    return [points.every(isInside), points.length,
                        months.filter((month) => !Number.isNaN(netnotes.timeline.depthOf(i, month))).length]; }""",
                i,
            )
            assert inside
            assert drawn == known

    def test_the_panel_has_the_curve_and_a_click_on_it_shows_the_month(self, show):
        _, opened = shown(show, 60)
        opened.ask("netnotes.choose(0)")
        known = opened.ask(
            "[...netnotes.timeline.months.keys()].filter((m) => !Number.isNaN(netnotes.timeline.depthOf(0, m))).length"
        )
        assert opened.tab.locator("#panel .curve .depth").count() == known - 1
        assert "Depth by month" in opened.tab.get_attribute("#panel .curve", "aria-label")
        box = opened.tab.locator("#panel .curve").bounding_box()
        opened.tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
        half = opened.ask("netnotes.timeline.now") / 2
        assert abs(opened.ask("netnotes.state.month") - half) <= 1

    def test_the_values_of_the_month_shown_are_announced(self, show):
        result, opened = shown(show, 60)
        wanted = then(result, month(opened, 40))
        name, (depth, label, _) = max(wanted.items(), key=lambda item: item[1][0])
        opened.ask("(name) => netnotes.choose(netnotes.people.name.indexOf(name))", name)
        output = opened.tab.inner_text("#announcement")
        assert f"depth {depth:.2f}, {label}" in output
        assert "end of" in output

    def test_it_is_drawn_for_the_one_chosen(self, show):
        _, opened = shown(show)
        lines = """async () => {
            let found = 0;
            const draw = CanvasRenderingContext2D.prototype.lineTo;
            const ends = new Set(netnotes.trailPoints(0).map(({x, y}) => `${Math.round(x)} ${Math.round(y)}`));
            CanvasRenderingContext2D.prototype.lineTo = function (x, y) {
                found += ends.has(`${Math.round(x)} ${Math.round(y)}`) ? 1 : 0;
                return draw.apply(this, arguments);
            };
            await netnotes.painted();
            CanvasRenderingContext2D.prototype.lineTo = draw;
            return found; }"""
        assert opened.ask(lines) < 5
        opened.ask("netnotes.choose(0)")
        assert opened.ask(lines) >= opened.ask("netnotes.trailPoints(0).length")


@pytest.mark.full
def test_without_a_past_there_is_no_slider(show):
    opened = show(outcome(60))
    assert opened.tab.is_hidden("#time")
    opened.tab.focus("#picture")
    opened.tab.keyboard.press("p")
    assert opened.ask("netnotes.isPast()") is False
    assert opened.faults == []


@pytest.mark.full
def test_the_page_says_what_earlier_months_leave_out(show):
    result, earlier = outcome_with_history(60)
    few = {name: dict(list(values.items())[:10]) for name, values in earlier.history.values.items()}
    opened = show(result, "#month=2025-06", past=Past(History(earlier.history.days, few), "rest"))
    output = opened.tab.inner_text("#leftout")
    assert "only the deepest 10 people" in output
    assert "rest has to score everyone again" in output


@pytest.mark.parametrize("chosen", [False, True])
@pytest.mark.full
def test_on_a_phone_the_slider_is_in_reach(show, chosen):
    _, opened = shown(show, size=PHONE, has_touch=True)
    if chosen:
        opened.ask("netnotes.choose(0)")
    assert opened.ask("document.documentElement.scrollWidth <= innerWidth")
    assert opened.ask("""(() => { const area = document.getElementById("month").getBoundingClientRect();
        const top = document.elementFromPoint(area.x + area.width / 2, area.y + area.height / 2);
        return top?.id === "month" && area.width > 120; })()""")


@pytest.mark.full
def test_names_of_hostile_notes_stay_text_in_any_month(show):
    result, styles = poisoned()
    ties = [tie for tie in result.network.ties if tie.contacts]
    days = last_months(TODAY, 2)
    values = {"depth": dict.fromkeys(ties, (0.2, 0.6, 0.4)), "warmth": dict.fromkeys(ties, (1.0, 0.5, 0.1))}
    opened = show(result, "#month=2026-01", styles=styles, past=Past(History(days, values), "<img src=x>"))
    for i in range(len(ties)):
        opened.ask("(i) => { netnotes.choose(i); netnotes.setState({month: i % 2}); }", i)
    assert_harmless(opened)
