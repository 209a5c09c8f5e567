"""Small things that readers of the map stumbled over, each with its test."""

import datetime as dt
import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from netnotes.config import Config
from netnotes.insights.what_if import best_levers, levers
from netnotes.map.rings.layout import rings
from netnotes.map.rings.sectors import divide
from netnotes.model import Encounter, Mention, Person, Promise
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.plugin_host import loader
from netnotes.scoring.views import ScoredNetwork
from tests.map import note_vaults
from tests.map.networks import TODAY, outcome, scores
from tests.map.test_months import outcome_with_history
from tests.map.test_notes import outcome as notes
from tests.map.test_page_export import take, texts_of
from tests.map.test_paths import known_network
from tests.map.test_paths import shown as with_ties
from tests.map.test_viewport import meet

BUNDLED = loader.bundled(Config())
WEIGHTS = Config().depth.weights


@pytest.mark.full
def test_the_panel_says_what_would_help_most(show):
    result, _ = outcome_with_history(30)
    scored = ScoredNetwork(result.network, result.scores, BUNDLED, WEIGHTS)
    found = best_levers(scored)
    deepest = max(result.network.ties, key=lambda tie: result.scores.number(tie, "depth") or 0)
    wanted = levers(result.network, deepest, BUNDLED, WEIGHTS)[0]
    assert found[deepest.person.id] == wanted
    opened = show(result, levers=found)
    opened.ask("netnotes.choose(0)")
    message = opened.tab.inner_text("#advice")
    assert message == f"What would help most: {wanted.what} (to {wanted.depth:.2f})"
    without = show(result)
    without.ask("netnotes.choose(0)")
    assert "help most" not in without.tab.inner_text("#panel")


@pytest.mark.full
def test_the_panel_lists_mentions_apart_from_encounters(show):
    result = outcome(3)
    person = result.network.ties[0].person
    seen = [
        Mention(TODAY - dt.timedelta(days=day), (person,), f"Diary/Day {day}.md", 1 + day) for day in range(20, 0, -1)
    ]
    opened = show(replace(result, network=replace(result.network, mentions=tuple(seen))))
    opened.ask(f"netnotes.choose({opened.ask('netnotes.people.key').index(person.id)})")
    first, *rest = opened.ask("[...document.querySelectorAll('#mentions li')].map((one) => one.textContent)")
    assert "Day 1 line 2" in first
    assert len(rest) == 11
    assert "mention" not in opened.tab.inner_text("#panel .met").lower()


def test_the_panel_lists_what_is_promised_whose_turn_it_is_and_how_many_more_there_are(show):
    result = outcome(3)
    person, other, _ = (tie.person for tie in result.network.ties)
    note = "Diary/Plans & more.md"
    mine = Promise((person,), "send <b>the</b> plan", note, 3, "me")
    theirs = Promise((person,), "bring the ladder", note, 4, "them")
    seen = (mine, theirs, *(Promise((person,), f"task {n}", note, 5 + n) for n in range(12)))
    opened = show(replace(result, network=replace(result.network, promises=seen)))
    opened.ask(f"netnotes.choose({opened.ask('netnotes.people.key').index(person.id)})")
    rows = opened.ask("[...document.querySelectorAll('#panel .promises li')].map((one) => one.textContent)")
    assert rows[:3] == ["send <b>the</b> plan your turn", "bring the ladder their turn", "task 0"]
    assert rows[-2:] == ["task 9", "and 2 more"]
    address = opened.ask("document.querySelector('#panel .promises a').getAttribute('href')")
    assert address == "obsidian://open?vault=Notes&file=Diary%2FPlans%20%26%20more"
    opened.ask(f"netnotes.choose({opened.ask('netnotes.people.key').index(other.id)})")
    assert opened.ask("document.querySelector('#panel .promises')") is None


def test_without_a_vault_to_open_there_are_no_links(show):
    result = outcome(3)
    person = result.network.ties[0].person
    named = Mention(TODAY, (person,), "Diary/Day.md", 1), Promise((person,), "call", "Diary/Day.md", 2)
    opened = show(
        replace(result, network=replace(result.network, mentions=named[:1], promises=named[1:])), name="", place=""
    )
    opened.ask(f"netnotes.choose({opened.ask('netnotes.people.key').index(person.id)})")
    assert opened.ask("document.querySelectorAll('#panel .met li, #panel .promises li').length") > 2
    assert opened.ask("document.querySelectorAll('#panel a').length") == 0


def test_in_a_large_network_fewer_are_asked_about():
    result = outcome(400)
    scored = ScoredNetwork(result.network, result.scores, BUNDLED, WEIGHTS)
    assert len(best_levers(scored, 3)) == 3
    depths = sorted((result.scores.number(tie, "depth") or 0 for tie in result.network.ties), reverse=True)
    asked = best_levers(scored, 2)
    for tie in result.network.ties:
        assert (tie.person.id in asked) == ((result.scores.number(tie, "depth") or 0) >= depths[1])


@pytest.mark.full
def test_notes_are_listed_by_the_number_that_is_shown(show):
    opened = show(notes(note_vaults.garden()))
    parts = opened.ask(
        """[...document.querySelectorAll('#people h2')].map((head) => [head.textContent,
            [...head.nextElementSibling.querySelectorAll('.end')].map((end) => Number(end.textContent) || 0)])"""
    )
    assert len(parts) > 1
    for head, numbers in parts:
        assert head.endswith("links")
        assert numbers == sorted(numbers, reverse=True), head


@pytest.mark.full
def test_names_of_central_notes_cover_no_other_note(show):
    opened = show(notes(note_vaults.garden()), size=(1440, 900))
    dots = opened.ask(
        """(() => { const now = netnotes.view(); return [...netnotes.people.key.keys()].map((i) =>
            [i, ...netnotes.spot(i), netnotes.people.size[i] * now.dot]); })()"""
    )
    for name in opened.ask("netnotes.writtenNames()"):
        left, top, right, bottom = name["box"]
        assert not [i for i, x, y, radius in dots if radius > 2 and left < x < right and top < y < bottom], name["text"]


@pytest.mark.full
def test_a_single_grouping_is_named(show):
    companies = ("Marsh & Pell", "Tull's Bakery", "Tull's Bakery")
    people = [
        Person(f"People/{at}.md", f"Person {at}", path=f"People/{at}.md", properties={"company": company})
        for at, company in enumerate(companies)
    ]
    met = [Encounter(TODAY, (person,), "m.md", line) for line, person in enumerate(people, 1)]
    network = build_network(people, Person("Me.md", "Me", path="Me.md", me=True), met, TODAY)
    opened = show(Outcome(network, scores(network)))
    assert opened.tab.inner_text("#by") == "by company"
    opened.ask("netnotes.showView('network')")
    assert opened.tab.is_hidden("#by")


def test_many_people_get_more_of_the_circle_than_one():
    groups = [*(f"company {at}" for at in range(8)), *[None] * 40]
    sectors = divide(groups, [0.3] * 48, [], ungrouped="no company", others="{} others")
    bounds = rings([0.3] * 48, sectors, [0.5] * 48).bounds
    widths = [after - before for before, after in itertools.pairwise(bounds)]
    many = widths[sectors.names.index("no company")]
    assert many > 2.5 * max(width for width, name in zip(widths, sectors.names, strict=True) if name != "no company")


class TestTooltip:
    @pytest.mark.full
    def test_it_repeats_no_name_and_covers_neither_it_nor_a_ring(self, show):
        opened = show(outcome(60))
        named = {
            name["i"]: name
            for name in opened.ask("netnotes.writtenNames()")
            if not name["line"] and "…" not in name["text"]
        }
        for i in list(named)[:12]:
            opened.ask("(i) => netnotes.setState({pointed: i})", i)
            opened.ask("netnotes.painted()")
            whole = opened.ask("(i) => netnotes.people.name[i]", i)
            written = opened.ask("(i) => netnotes.writtenNames().find((name) => name.i === i)", i)
            tip = opened.tab.inner_text("#tip")
            assert (whole in tip) == (written is None or written["text"] != whole)
            box = opened.ask(
                """(() => { const own = netnotes.box.getBoundingClientRect();
                    const {left, top, right, bottom} = document.getElementById('tip').getBoundingClientRect();
                    return [left - own.left, top - own.top, right - own.left, bottom - own.top]; })()"""
            )
            if written:
                assert not meet(box, written["box"])
            for ring in opened.ask("netnotes.ringBoxes()"):
                assert not meet(box, ring)


class TestDepthFilter:
    @pytest.mark.full
    def test_it_is_one_track_with_two_handles(self, show):
        opened = show(outcome(60))
        opened.tab.click("summary")
        one, other = (opened.tab.locator(".range input").nth(at).bounding_box() for at in (0, 1))
        assert one == other
        track = opened.tab.locator(".range").bounding_box()
        opened.tab.mouse.click(track["x"] + 0.3 * track["width"], track["y"] + track["height"] / 2)
        assert opened.ask("netnotes.state.depth[0]") == pytest.approx(0.3, abs=0.05)
        opened.tab.mouse.click(track["x"] + 0.8 * track["width"], track["y"] + track["height"] / 2)
        assert opened.ask("netnotes.state.depth[1]") == pytest.approx(0.8, abs=0.05)

    @pytest.mark.full
    def test_the_handles_go_by_keys_and_do_not_pass_each_other(self, show):
        opened = show(outcome(60), "#depth=0.4-0.5")
        opened.tab.click("summary")
        opened.tab.focus(".range input >> nth=0")
        for _ in range(5):
            opened.tab.keyboard.press("ArrowRight")
        assert opened.ask("netnotes.state.depth") == [0.5, 0.5]
        assert opened.tab.inner_text("#narrow output") == "0.50 to 0.50"


class TestSaved:
    @pytest.mark.full
    def test_the_caption_names_the_person_and_the_path_and_the_key_only_what_is_drawn(self, show):
        result, past = outcome_with_history(60)
        opened = show(result, past=past)
        opened.ask("netnotes.choose(0)")
        name, depth = opened.ask("[netnotes.people.name[0], netnotes.depthText(netnotes.people.depth[0])]")
        texts = texts_of(take(opened, "svg")[1])
        assert any(f"{name} {depth}" in re.sub("[\u2068\u2069]", "", text) for text in texts)
        assert "month by month" in texts
        opened.ask("netnotes.choose(4); netnotes.ask(-1)")
        texts = texts_of(take(opened, "svg")[1])
        names = opened.ask("netnotes.drawnPath().people.map((i) => i < 0 ? 'you' : netnotes.people.name[i])")
        assert any(f"path {' – '.join(names)}" in re.sub("[\u2068\u2069]", "", text) for text in texts)
        assert "month by month" not in texts


class TestPlaying:
    @pytest.mark.full
    def test_buttons_step_and_announce_the_position(self, show):
        result, past = outcome_with_history(60)
        opened = show(result, past=past)
        now = opened.ask("netnotes.timeline.now")
        assert opened.tab.is_disabled("#later")
        opened.tab.click("#earlier")
        opened.tab.click("#earlier")
        assert opened.ask("netnotes.state.month") == now - 2
        assert "met" in opened.tab.inner_text("#announcement")
        opened.tab.click("#later")
        assert opened.ask("netnotes.state.month") == now - 1
        opened.ask("netnotes.setState({month: 0})")
        assert opened.tab.is_disabled("#earlier")

    @pytest.mark.full
    def test_each_year_is_said_while_it_plays(self, show):
        result, past = outcome_with_history(60)
        opened = show(result, past=past)
        december = opened.ask("netnotes.timeline.months.findLastIndex((month, at) => month.endsWith('-12') && at > 3)")
        opened.ask("(at) => netnotes.setState({month: at})", december - 1)
        opened.ask("netnotes.togglePlaying()")
        opened.until("document.getElementById('announcement').textContent.startsWith('End of December')")
        assert re.search(r"\d+ met, \d+ deep", opened.tab.inner_text("#announcement"))

    @pytest.mark.full
    def test_speed_goes_round_and_it_plays_again_where_that_is_wanted(self, show):
        result, past = outcome_with_history(60)
        opened = show(result, past=past)
        seen = []
        for _ in range(4):
            opened.tab.click("#speed")
            seen.append(opened.tab.inner_text("#speed"))
        assert seen == ["2×", "4×", "½×", "1×"]
        opened.tab.click("#speed")
        opened.tab.click("#speed")
        opened.tab.click("#loop")
        assert opened.tab.get_attribute("#loop", "aria-pressed") == "true"
        opened.ask("netnotes.setState({month: netnotes.timeline.now - 1})")
        opened.ask("netnotes.togglePlaying()")
        opened.until("netnotes.state.month === netnotes.timeline.now")
        opened.until("netnotes.state.month < 5")
        assert opened.ask("netnotes.isPlaying()")


@pytest.mark.full
def test_a_path_in_the_network_bends_around_people_in_between(show):
    _, opened = with_ties(show, known_network(60), "#view=network")
    passed = """(bends) => {
        const now = netnotes.view();
        const spots = [...netnotes.people.key.keys()].map(netnotes.spot);
        const at = ([[x, y], [mx, my], [tx, ty]], s) => bends
            ? [[x, mx, tx], [y, my, ty]].map(([a, b, c]) => (1 - s) ** 2 * a + 2 * s * (1 - s) * b + s * s * c)
            : [x + (tx - x) * s, y + (ty - y) * s];
        const path = netnotes.drawnPath();
        return netnotes.pathCurves().reduce((sum, curve, place) => { const step = path.steps[place];
            const points = Array.from({length: 49}, (_, k) => at(curve, (k + 1) / 50));
            return sum + spots.filter(([px, py], i) => i !== step.from && i !== step.to && points.some(([x, y]) =>
                Math.hypot(x - px, y - py) < netnotes.people.size[i] * now.dot)).length; }, 0); }"""
    straight = bent = 0
    for i in range(0, 60, 8):
        opened.ask("(i) => { netnotes.choose(i); netnotes.ask((i + 31) % 60); }", i)
        if opened.ask("netnotes.drawnPath() !== null"):
            opened.ask("netnotes.painted()")
            straight += opened.ask(passed, False)
            bent += opened.ask(passed, True)
    assert straight > 2
    assert bent < 0.35 * straight


@pytest.mark.full
def test_a_printed_sheet_is_one_picture_of_each_state(show):
    result, past = outcome_with_history(60)
    opened = show(result, past=past)
    for state in (
        "",
        "netnotes.setState({month: 10})",
        "netnotes.choose(0)",
        "netnotes.showView('network')",
        "netnotes.ask(-1)",
    ):
        if state:
            opened.ask(state)
        opened.ask("netnotes.painted()")
        opened.ask("dispatchEvent(new Event('beforeprint'))")
        drawing = opened.ask("new XMLSerializer().serializeToString(document.querySelector('#printed svg'))")
        assert ET.fromstring(drawing) is not None
        shown = opened.tab.inner_text("#asof")
        assert shown.split(" · ")[-1] in re.sub("[\u2068\u2069]", "", drawing)
        opened.ask("dispatchEvent(new Event('afterprint'))")
        assert opened.ask("document.querySelector('#printed')") is None


class TestMarksOfThePicture:
    """Small faults of the picture and the page that once were there."""

    @pytest.mark.parametrize("count", [60, pytest.param(2000, marks=pytest.mark.full)])
    def test_counts_of_rings_have_one_form_and_no_name_overlaps_them(self, show, count):
        opened = show(outcome(count, met=0.97, gatherings=count // 2))
        for size in ((1440, 900), (1024, 768), (390, 844)):
            opened.resize(size)
            texts = opened.ask("netnotes.ringTexts().map(({text}) => text)")
            assert texts
            counts = [text for text in texts if text[0].isdigit()]
            assert all("," in text or text.isdigit() for text in counts), counts
            assert all(" / " not in text and "/" not in text for text in texts)
            rings = opened.ask("netnotes.ringBoxes()")
            for one, other in itertools.combinations(rings, 2):
                assert not meet(one, other), texts
            for name in opened.ask("netnotes.writtenNames()"):
                assert not [ring for ring in rings if meet(ring, name["box"])], name["text"]

    def test_aliases_are_set_apart_by_a_comma_and_a_space(self, show):
        person = Person("People/Lu Wren.md", "Lu Wren", path="People/Lu Wren.md", aliases=("Lukas", "Wren"))
        network = build_network([person], Person("me", "me", me=True), [], TODAY)
        opened = show(Outcome(network, scores(network)))
        opened.ask("netnotes.choose(0)")
        assert "also Lukas, Wren" in opened.tab.inner_text("#panel header")

    @pytest.mark.full
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_no_tie_is_seen_through_a_dot(self, show, theme):
        opened = show(outcome(60, gatherings=60), "#view=network", color_scheme=theme)
        seen = opened.ask(THROUGH)
        assert {kind for kind, _, _ in seen} == {"hollow", "faint", "full"}
        for kind, found, expected in seen:
            assert found == pytest.approx(expected, abs=9), kind

    @pytest.mark.full
    def test_scenes_that_have_no_room_fade_out_and_are_whole_at_the_end(self, show):
        opened = show(outcome(300, scenes=9), size=(1024, 480))
        opened.ask("document.getElementById('legend').scrollTo(0, 1e6)")
        fade, bottoms, end, overflow = opened.ask(
            """() => { const legend = document.getElementById('legend');
                const { bottom } = legend.getBoundingClientRect();
                return [getComputedStyle(legend).maskImage,
                    [...legend.querySelectorAll('.switch')].map((one) => one.getBoundingClientRect().bottom), bottom,
                    legend.scrollHeight > legend.clientHeight]; }"""
        )
        assert overflow
        assert "linear-gradient" in fade
        assert max(bottoms) <= end - 12

    @pytest.mark.full
    def test_scrollbars_are_of_the_pages_colours_in_every_browser(self, show):
        opened = show(outcome(60))
        opened.ask("netnotes.choose(0)")
        colours = opened.ask(
            """() => [...document.querySelectorAll('*')]
                .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowY) && one.clientHeight)
                .map((one) => [one.id || one.className, getComputedStyle(one).scrollbarColor])"""
        )
        assert {"people", "panel", "legend"} <= {name for name, _ in colours}
        assert [name for name, colour in colours if colour == "auto"] == []


THROUGH = """() => {
    // Colours within dots, beside the mark in the middle, and what they should be: their own on paper.
    const { people, monthState, ink, box, canvas } = netnotes;
    const ctx = canvas.getContext("2d");
    const now = netnotes.view();
    const ratio = canvas.width / box.clientWidth;
    const rgb = (colour) => { ctx.save(); ctx.fillStyle = colour; const hex = ctx.fillStyle; ctx.restore();
        return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)); };
    const paper = rgb(ink.glow);
    const inside = (x, y, [left, top, right, bottom]) => x > left - 4 && x < right + 4 && y > top - 4 && y < bottom + 4;
    const found = [];
    for (let i = 0; i < people.count; i += 1) {
        const [x, y] = netnotes.spot(i);
        const radius = people.size[i] * now.dot;
        if (!netnotes.isShown(i) || radius < 5.5 || netnotes.drawnBoxes().some((name) => inside(x, y, name))
            || netnotes.placedTitles(ctx, now).some(({ box: title }) => inside(x, y, title))) {
            continue;
        }
        const own = rgb(ink.person[i]);
        const share = monthState.hollow[i] ? 0 : 0.28 + 0.72 * monthState.warmth[i];
        const [left, top] = [x + 0.52 * radius, y].map((length) => Math.round(length * ratio));
        const seen = [...ctx.getImageData(left, top, 1, 1).data].slice(0, 3);
        found.push([monthState.hollow[i] ? "hollow" : share < 0.8 ? "faint" : "full", seen,
            paper.map((value, at) => value + (own[at] - value) * share)]);
    }
    return found;
}"""
