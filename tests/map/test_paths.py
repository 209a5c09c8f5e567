"""Ways between people on the page: those of `netnotes path`, drawn, listed, and kept in the address."""

import functools
import hashlib
import itertools
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from netnotes_plugins import path

from netnotes.api import Field, Row, Score, scorer
from netnotes.incremental import ScoreMemory
from netnotes.map.page.render import page
from netnotes.model import Encounter, Person
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.plugin.hooks import MARK, Plugin
from netnotes.scoring.runner import score
from netnotes.scoring.views import ScoredNetwork
from tests.browser import Opened
from tests.examples import examples
from tests.map.networks import TODAY, outcome
from tests.map.test_hostile import HOSTILE, assert_harmless, poisoned
from tests.map.test_viewport import meet

ME = -1


def depth_of(tie):
    """A depth in hundredths, as the page holds those between others, out of two names."""
    digest = hashlib.sha256("".join(sorted(person.id for person in tie.people)).encode()).digest()
    return 0.05 + digest[0] % 90 / 100


@scorer(Field("given", "what depth is to be"), between=True)
def given_depth(network, options):
    """Give every tie a depth of its own."""
    del options
    for tie in network.ties:
        if tie.contacts:
            yield Score(tie, (depth_of(tie) - 0.02) / 0.98, "given")


GIVEN = Plugin("given", (getattr(given_depth, MARK),))
WEIGHTS = {"given": 1.0}


def scored(network):
    return ScoredNetwork(network, score(network, (GIVEN,), WEIGHTS, ScoreMemory())[0], (GIVEN,), WEIGHTS)


def with_outcome(network):
    """Return a network with its scores, and both as an outcome."""
    known = scored(network)
    return known, Outcome(known.network, known.scores)


@functools.cache
def known_network(count):
    return with_outcome(outcome(count).network)


def shown(show, both, view="", **how):
    known, result = both
    return known, show(result, view, alters=known.alters, **how)


def report(known, name):
    """Return the paths of `netnotes path`, as names with the strength of each."""
    network = known.view("path")
    found: dict[str, list[Any]] = {}
    for row in path.path(network, path.Options(to=name)):
        if isinstance(row, Row):
            found.setdefault(row.section, []).append((row.cells["to"].name, row.cells["strength"]))
    return [([to for to, _ in steps], math.prod(strength for _, strength in steps)) for steps in found.values()]


PATHS = """(name) => { netnotes.choose(netnotes.people.name.indexOf(name)); netnotes.ask(-1);
    return netnotes.foundPaths().map((path) =>
        [path.people.slice(1).map((i) => netnotes.people.name[i]), path.strength]); }"""


@pytest.mark.full
def test_page_and_report_show_the_same_paths(show):
    known, opened = shown(show, with_outcome(outcome(40, met=0.9).network))
    several = 0
    for person in known.network.people[::2]:
        wanted = report(known, person.name)
        paths = opened.ask(PATHS, person.name)
        assert bool(wanted) == bool(paths)
        if wanted:
            assert paths[0][0] == wanted[0][0]
            assert paths[0][1] == pytest.approx(wanted[0][1], rel=1e-5)
            assert all(steps in [path for path, _ in paths] for steps, _ in wanted)
            several += len(wanted[0][0]) > 1
    assert several > 2


def small(**how):
    """Return me, Ada whom I know, Bob whom Ada knows, Cyd of whom a note says that Bob knows her, and Dan and Eve."""
    people = {
        name: Person(f"People/{name}.md", name, path=f"People/{name}.md", **how.get(name, {}))
        for name in ("Ada", "Bob", "Cyd", "Dan", "Eve")
    }
    met = [(TODAY, ("Ada",)), (TODAY, ("Ada", "Bob")), (TODAY, ("Dan",))]
    encounters = [
        Encounter(day, tuple(people[name] for name in names), "D.md", line) for line, (day, names) in enumerate(met, 1)
    ]
    return build_network(people.values(), Person("Me.md", "Robin", path="Me.md", me=True), encounters, TODAY)


class TestAsking:
    @pytest.mark.full
    def test_someone_named_in_a_note_is_a_step(self, show):
        network = small(Cyd={"properties": {"introduced_by": "[[Bob]]"}})
        known, opened = shown(show, with_outcome(network))
        assert opened.ask(PATHS, "Cyd")[0][0] == report(known, "Cyd")[0][0]
        text = opened.tab.inner_text("#paths")
        assert "0.10 named in a note, never seen together" in text
        assert opened.tab.inner_text("#paths .weak").endswith("the weakest step")

    @pytest.mark.full
    def test_no_path_is_reported(self, show):
        _, opened = shown(show, with_outcome(small()))
        assert opened.ask(PATHS, "Eve") == []
        assert "No path leads to Eve" in opened.tab.inner_text("#paths")

    @pytest.mark.full
    def test_ignored_people_are_on_no_path(self, show):
        _, opened = shown(show, with_outcome(small(Ada={"ignored": True})))
        assert [path for path, _ in opened.ask(PATHS, "Bob")] == [["Bob"]]
        assert opened.ask(PATHS, "Ada") == []
        assert "asked to be left alone" in opened.tab.inner_text("#paths")

    @pytest.mark.full
    def test_by_keys_alone(self, show):
        _, opened = shown(show, known_network(60))
        keys = opened.tab.keyboard
        keys.press("d")
        assert opened.tab.inner_text("#announcement") == "Choose someone first."
        opened.tab.focus("#picture")
        keys.press("Home")
        keys.press("d")
        assert opened.ask("netnotes.state.to") == ME
        assert opened.tab.locator("#paths .path .stop").first.inner_text() == "you"
        keys.press("d")
        other = opened.ask("netnotes.people.name[20]")
        keys.type(other)
        keys.press("Enter")
        assert opened.ask("netnotes.state.to") == 20
        assert other in opened.tab.inner_text("#paths .path li:last-child")
        assert opened.tab.inner_text("#announcement").startswith(opened.ask("netnotes.people.name[0]"))
        opened.tab.focus("#picture")
        keys.press("Escape")
        assert opened.ask("[netnotes.state.chosen, netnotes.state.to]") == [0, None]
        keys.press("Escape")
        assert opened.ask("netnotes.state.chosen") == ME

    @pytest.mark.full
    def test_by_shift_and_click_and_kept_in_the_address(self, show):
        _, opened = shown(show, known_network(60))
        opened.ask("netnotes.choose(2)")
        x, y = opened.ask("netnotes.spot(1)")
        area = opened.ask("(({x, y}) => [x, y])(netnotes.box.getBoundingClientRect())")
        opened.tab.keyboard.down("Shift")
        opened.tab.mouse.click(area[0] + x, area[1] + y)
        opened.tab.keyboard.up("Shift")
        assert opened.ask("[netnotes.state.chosen, netnotes.state.to]") == [2, 1]
        opened.tab.click("#paths .switches button:nth-child(2)")
        opened.until("location.hash.includes('to=') && location.hash.includes('way=1')")
        path = opened.tab.inner_text("#paths .path")
        again = opened.ask("location.hash")
        assert opened.go(again).tab.inner_text("#paths .path") == path
        assert opened.faults == []

    def test_the_path_from_me_follows_the_selection(self, show):
        _, opened = shown(show, known_network(60))
        opened.ask("(netnotes.choose(3), netnotes.ask(-1), netnotes.choose(5))")
        assert opened.ask("netnotes.drawnPath().people.at(-1)") == 5
        opened.ask("(netnotes.ask(7), netnotes.choose(6))")
        assert opened.ask("netnotes.state.to") is None

    @pytest.mark.full
    def test_contacts_count_instead_of_missing_depth_and_the_page_says_so(self, show):
        result = outcome(40)
        opened = show(result)
        assert not opened.ask("netnotes.data.tiesScored")
        opened.ask("(netnotes.choose(30), netnotes.ask(2))")
        assert "how often they met is used instead" in opened.tab.inner_text("#paths")


@pytest.mark.parametrize("view", ["", pytest.param("#view=network", marks=pytest.mark.full)])
def test_the_path_is_drawn_and_its_weakest_step_is_dashed(show, view):
    _, opened = shown(show, known_network(60), view)
    accent = opened.ask("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")
    drawn = """async (name) => {
        const strokes = [];
        const draw = CanvasRenderingContext2D.prototype.stroke;
        CanvasRenderingContext2D.prototype.stroke = function () {
            strokes.push([this.strokeStyle, this.lineWidth, this.getLineDash().length > 0]);
            return draw.apply(this, arguments);
        };
        await netnotes.painted();
        CanvasRenderingContext2D.prototype.stroke = draw;
        return strokes;
    }"""
    opened.ask(
        "(() => { for (let i = 0; i < 40; i += 1) { netnotes.choose(i); netnotes.ask(-1); "
        "if (netnotes.drawnPath()?.steps.length > 1) return; } })()"
    )
    steps = opened.ask("netnotes.drawnPath().steps.map((step) => step.strength)")
    strokes = [(width, dashed) for colour, width, dashed in opened.ask(drawn) if colour == accent]
    wanted = [2 + 4 * strength for strength in steps]
    for strength, width in zip(steps, wanted, strict=True):
        assert (pytest.approx(width, rel=1e-4), strength == min(steps)) in strokes
    assert sum(dashed for _, dashed in strokes) == 1
    opened.ask("netnotes.ask(null)")
    assert not any(dashed for _, dashed in [(w, d) for c, w, d in opened.ask(drawn) if c == accent])


@pytest.mark.parametrize("view", ["", "#view=network"])
@pytest.mark.full
def test_the_strength_of_steps_covers_no_other_label(show, view):
    _, opened = shown(show, known_network(60), view)
    written = """() => {
        const ctx = netnotes.canvas.getContext("2d");
        const found = [];
        for (let i = 0; i < 60; i += 6) {
            netnotes.choose(i);
            for (const to of [-1, (i * 7 + 5) % 60]) {
                netnotes.ask(to);
                const boxes = netnotes.plateBoxes(ctx, netnotes.view());
                const titles = netnotes.isNetwork() ? netnotes.placedTitles(ctx, netnotes.view()) : [];
                found.push([boxes, titles.map(({ box }) => box)]);
            }
        }
        return found;
    }"""
    drawn = opened.ask(written)
    assert sum(len(plates) > 1 for plates, _ in drawn) > 5
    for plates, titles in drawn:
        assert not [pair for pair in itertools.combinations(plates, 2) if meet(*pair)]
        assert not [pair for pair in itertools.product(plates, titles) if meet(*pair)]


@pytest.mark.full
def test_hostile_names_on_a_path_stay_text(show):
    result, styles = poisoned()
    opened = show(result, styles=styles)
    for i in range(len(HOSTILE)):
        opened.ask("(i) => { netnotes.choose(i); netnotes.ask(-1); netnotes.ask((i + 1) % netnotes.people.count); }", i)
    opened.tab.fill("#goal", "<img")
    opened.tab.wait_for_selector("#goals li")
    assert opened.ask("document.querySelectorAll('#paths img, #paths script').length") == 0
    assert_harmless(opened)


@pytest.fixture(scope="module")
def seven(browser, tmp_path_factory):
    """A page of seven people whose ties a test may set."""
    file = tmp_path_factory.mktemp("paths") / "map.html"
    known, result = known_network(7)
    text = page(result, vault_name="N", vault_path="/v", alters=known.alters)
    file.write_text(text, encoding="utf-8", newline="\n")
    context = browser.new_context()
    yield Opened(context.new_page(), file.as_uri()).go()
    context.close()


PLACES = range(-1, 7)
PAIRS = list(itertools.combinations(PLACES, 2))
GRAPHS = st.dictionaries(st.sampled_from(PAIRS), st.integers(2, 100), max_size=14)
SET = """({mine, others, from, to}) => {
    netnotes.people.depth.fill(NaN);
    mine.forEach(([i, depth]) => (netnotes.people.depth[i] = depth / 100));
    netnotes.near().forEach((row) => row.splice(0));
    others.forEach(([a, b, depth]) => { netnotes.near()[a].push([b, depth]); netnotes.near()[b].push([a, depth]); });
    return netnotes.pathsBetween(from, to).map((path) => [path.people, path.strength, path.weakest]);
}"""


@pytest.mark.full
@given(GRAPHS, st.sampled_from(PAIRS))
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_other_path_is_stronger(seven, graph, ends):
    """Against all paths there are, tried one by one."""
    strength = {frozenset(pair): value / 100 for pair, value in graph.items()}
    start, goal = ends

    def all_paths(at, seen):
        if at == goal:
            yield seen
            return
        for other in PLACES:
            if other not in seen and frozenset((at, other)) in strength:
                yield from all_paths(other, (*seen, other))

    def worth(people):
        return math.prod(strength[frozenset(step)] for step in itertools.pairwise(people))

    every = list(all_paths(start, (start,)))
    found = seven.ask(
        SET,
        {
            "mine": [[b, value] for (a, b), value in graph.items() if a == ME],
            "others": [[a, b, value] for (a, b), value in graph.items() if a != ME],
            "from": start,
            "to": goal,
        },
    )
    assert bool(found) == bool(every)
    if not every:
        return
    worths = [value for _, value, _ in found]
    assert worths == sorted(worths, reverse=True)
    assert worths[0] == pytest.approx(max(map(worth, every)), rel=1e-5)
    around = [worth(people) for people in every if len(people) > 2]
    if around:
        assert max(value for people, value, _ in found if len(people) > 2) == pytest.approx(max(around), rel=1e-5)
    assert any(len(people) == 2 for people, _, _ in found) == (frozenset(ends) in strength)
    apart = [worth(people) for people in every if ME not in people[1:-1]]
    if ME not in ends and apart:
        best = max(value for people, value, _ in found if ME not in people[1:-1])
        assert best == pytest.approx(max(apart), rel=1e-5)
    for people, value, weakest in found:
        assert tuple(people) in every
        assert value == pytest.approx(worth(people), rel=1e-5)
        steps = [strength[frozenset(step)] for step in itertools.pairwise(people)]
        assert steps[weakest] == min(steps)
