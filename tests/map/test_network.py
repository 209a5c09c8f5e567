"""The second picture in a real browser: the switch, where people go, what is drawn, filters, keys, address, phone."""

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest

from netnotes.config import Config
from netnotes.model import Encounter, Group, Person
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.plugin_host.loader import bundled
from netnotes.scoring.views import ScoredNetwork, alter_depths
from tests.map.networks import TODAY, outcome, scores

ME = Person("Me.md", "Robin", path="Me.md", me=True)
HOSTILE = '<img src=x onerror=alert(1)>"\u202e</script>'
SPOTS = "[...netnotes.people.x].map((x, i) => [Math.round(x), Math.round(netnotes.people.y[i])])"
GOAL = "netnotes.data.network.x.map((x, i) => [x, netnotes.data.network.y[i]])"


def groups(*names, joined=(), name="Table"):
    """Return people who meet in two groups, the first with a name; those of `joined` are of both."""
    people = {one: Person(f"People/{at}.md", one, path=f"People/{at}.md") for at, one in enumerate(names)}
    half = len(names) // 2
    sets = [names[:half], (*names[half:], *joined)]
    met = [
        Encounter(TODAY - dt.timedelta(days=9 * week), tuple(people[one] for one in there), "m.md", 1, minutes=90.0)
        for week in range(1, 30)
        for there in sets
    ]
    loner = Person("People/Lone.md", "Lone", path="People/Lone.md")
    met.append(Encounter(TODAY, (loner,), "n.md", 1))
    network = build_network([*people.values(), loner], ME, met, TODAY)
    declared = Group(name, tuple(people[one] for one in names[:half]), "Groups/Table.md")
    return Outcome(replace(network, find_groups=lambda: (declared,)), scores(network))


def alters(result):
    return alter_depths(ScoredNetwork(result.network, result.scores, bundled(Config()), Config().depth.weights))


@pytest.fixture
def opened(show):
    def open_(result):
        """Open a page on which the ties between others are scored."""
        return show(result, "#view=network", alters=alters(result))

    return open_


class TestSwitch:
    def test_everybody_goes_to_their_place_and_back(self, show):
        found = show(outcome(60))
        before, goal = found.ask(SPOTS), found.ask(GOAL)
        assert before != goal
        found.tab.click("#view button:has-text('network')")
        assert found.ask(SPOTS) == goal
        assert found.tab.is_hidden("#by")
        assert found.ask("document.querySelector('#view [aria-checked=true]').textContent") == "network"
        found.tab.keyboard.press("ArrowLeft")
        assert found.ask(SPOTS) == before
        assert found.tab.is_visible("#by")
        found.tab.focus("#picture")
        found.tab.keyboard.press("n")
        assert found.ask(SPOTS) == goal
        assert "who knows whom" in found.tab.get_attribute("#picture", "aria-label")
        assert found.faults == []

    @pytest.mark.full
    def test_the_movement_is_animated_and_ends_in_its_place(self, show):
        found = show(outcome(60), reduced_motion="no-preference")
        before, goal = found.ask(SPOTS), found.ask(GOAL)
        seen = found.ask(
            f"""async () => {{ netnotes.showView("network"); const seen = [];
                for (let frame = 0; frame < 600 && netnotes.networkShare() < 1; frame += 1) {{
                    await new Promise(requestAnimationFrame); seen.push([netnotes.networkShare(), {SPOTS}]); }}
                return seen; }}"""
        )
        halfway = [spots for share, spots in seen if 0 < share < 1]
        assert any(spots not in (before, goal) for spots in halfway)
        assert seen[-1] == [1, goal]
        scale = found.ask("netnotes.view().scale")
        found.ask("netnotes.showEverybody()")
        assert found.ask("netnotes.view().scale") == pytest.approx(scale, rel=0.01)

    @pytest.mark.full
    def test_a_switch_during_a_transition_reverses_it(self, show):
        found = show(outcome(60), reduced_motion="no-preference")
        before = found.ask(SPOTS)
        found.ask("""async () => { netnotes.showView("network"); await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame); netnotes.showView("rings"); }""")
        found.until("netnotes.networkShare() === 0")
        assert found.ask(SPOTS) == before

    @pytest.mark.full
    def test_the_address_describes_the_picture(self, show):
        found = show(outcome(60), "#view=network")
        assert found.ask(SPOTS) == found.ask(GOAL)
        found.tab.keyboard.press("n")
        found.until("!location.hash.includes('view')")
        found.tab.keyboard.press("n")
        found.until("location.hash.includes('view=network')")
        found.tab.evaluate("location.hash = 'view=nonsense'")
        found.until("netnotes.networkShare() === 0")


class TestPicture:
    @pytest.mark.parametrize(
        "count", [pytest.param(3, marks=pytest.mark.full), 45, pytest.param(300, marks=pytest.mark.full)]
    )
    def test_everybody_is_in_view_and_no_name_overlaps_another(self, show, count):
        found = show(outcome(count, met=0.9), "#view=network")
        for size in ((1280, 800), (390, 844)):
            found.resize(size)
            width, height = found.ask("[netnotes.view().width, netnotes.view().height]")
            assert all(
                0 < x < width and 0 < y < height
                for x, y in found.ask("[...netnotes.people.depth.keys()].map(netnotes.spot)")
            )
            boxes = [box for _, box in found.names()]
            boxes += found.ask(
                "netnotes.placedTitles(document.createElement('canvas').getContext('2d'), netnotes.view())"
                ".map(({box}) => box)"
            )
            for one, other in combinations(boxes, 2):
                assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])
        assert found.faults == []

    @pytest.mark.full
    def test_deep_ties_are_thick_and_faint_ones_come_first(self, opened):
        found = opened(groups("Ada", "Bea", "Carl", "Dora", "Emil", "Fay", joined=("Ada",)))
        widths = found.ask(
            """() => { const drawn = []; const recorder = netnotes.recorder(1); const stroke = recorder.stroke;
                recorder.stroke = function () { drawn.push(this.lineWidth); };
                netnotes.drawAlterTies(recorder, netnotes.view(), {lit: null}); return drawn; }"""
        )
        assert widths == sorted(widths)
        assert widths[-1] >= 2
        assert found.ask("netnotes.data.tiesScored")

    def test_a_group_that_the_notes_name_is_named(self, opened):
        found = opened(groups("Ada", "Bea", "Carl", "Dora", "Emil", "Fay", name="<i>T</i>"))
        labels = found.ask(
            "netnotes.placedTitles(document.createElement('canvas').getContext('2d'), netnotes.view()).map(({text}) "
            "=> text)"
        )
        assert "<i>T</i>" in labels
        assert "1 not known to have met anyone else" in labels
        assert found.faults == []

    @pytest.mark.full
    def test_people_who_join_groups_are_marked_and_announced(self, opened):
        found = opened(groups("Ada", "Bea", "Carl", "Dora", "Emil", "Fay", HOSTILE, "Gil", joined=("Ada",)))
        joining = found.ask("netnotes.data.network.joining.map(([i]) => netnotes.people.name[i])")
        assert joining == ["Ada"]
        found.ask("netnotes.choose(netnotes.people.name.indexOf('Ada'))")
        assert "Joins the people around" in found.tab.inner_text("#panel")
        assert "joins groups" in found.tab.inner_text("#key")
        found.ask("netnotes.choose(netnotes.people.name.indexOf('Bea'))")
        assert "Community: around" in found.tab.inner_text("#panel")
        assert found.faults == []

    @pytest.mark.full
    def test_many_ties_are_kept_on_a_sheet_and_are_the_same_when_moved(self, show):
        found = show(outcome(700, gatherings=900), "#view=network")
        assert len(found.ask("netnotes.near().flat()")) > 2 * 2500
        pixels = """() => { const c = document.querySelector('canvas');
            return [...c.getContext('2d').getImageData(c.width / 4, c.height / 4, c.width / 2, c.height / 2).data]
                .reduce((sum, value) => (sum * 31 + value) % 1000003, 7); }"""
        at_rest = found.ask(pixels)
        found.ask("async () => { netnotes.setState({at: [400, 0, 1]}); await netnotes.painted(); }")
        assert found.ask(pixels) != at_rest
        found.ask("async () => { netnotes.showEverybody(); await netnotes.painted(); await netnotes.painted(); }")
        # The sheet is drawn again a moment after the last movement.
        found.until(f"({pixels})() === {at_rest}")
        scene = found.ask("netnotes.data.scenes.names[0]")
        found.tab.click(f"#legend button:has-text('{scene}')")
        found.ask("netnotes.painted()")
        assert found.ask(pixels) != at_rest

    @pytest.mark.full
    def test_nobody_met_anybody(self, show):
        found = show(Outcome(*_alone(5)), "#view=network")
        labels = found.ask(
            "netnotes.placedTitles(document.createElement('canvas').getContext('2d'), netnotes.view()).map(({text}) "
            "=> text)"
        )
        assert labels == ["No two of your people are known to have met"]
        assert found.faults == []


def _alone(count):
    people = [Person(f"People/{at}.md", f"P {at}", path=f"People/{at}.md") for at in range(count)]
    network = build_network(people, ME, [Encounter(TODAY, (one,), "m.md", 1) for one in people], TODAY)
    return network, scores(network)


class TestTheSameInBoth:
    @pytest.mark.full
    def test_filters_hide_people_and_their_ties(self, opened):
        found = opened(groups("Ada", "Bea", "Carl", "Dora", "Emil", "Fay"))
        drawn = """() => { let lines = 0; const recorder = netnotes.recorder(1);
            recorder.lineTo = () => { lines += 1; };
            netnotes.drawAlterTies(recorder, netnotes.view(), {lit: null}); return lines; }"""
        assert found.ask(drawn) == 6
        found.ask("netnotes.setState({depth: [0, netnotes.people.depth[2]]})")
        hidden = found.ask("[...netnotes.visible].filter((is) => !is).length")
        assert hidden
        assert found.ask(drawn) < 6

    @pytest.mark.full
    def test_arrows_move_in_the_direction_of_this_view(self, show):
        found = show(outcome(60), "#view=network")
        found.tab.focus("#picture")
        found.tab.keyboard.press("Home")
        steps = 0
        for key, part, sign in (("ArrowRight", 0, 1), ("ArrowUp", 1, -1), ("ArrowLeft", 0, -1), ("ArrowDown", 1, 1)):
            chosen = found.ask("netnotes.state.chosen")
            found.tab.keyboard.press(key)
            if found.ask("netnotes.state.chosen") != chosen:
                places = found.ask("(i) => [netnotes.spot(i), netnotes.spot(netnotes.state.chosen)]", chosen)
                assert (places[1][part] - places[0][part]) * sign > 0
                steps += 1
        assert steps >= 3, "somebody stands at the edge, and not on all sides of it"

    @pytest.mark.full
    def test_pointing_finds_people_at_their_current_position(self, show):
        found = show(outcome(60), "#view=network")
        box = found.tab.locator("#picture").bounding_box()
        x, y = found.ask("netnotes.spot(4)")
        found.tab.mouse.move(box["x"] + x, box["y"] + y)
        found.until("netnotes.state.pointed === 4")
        found.tab.mouse.click(box["x"] + x, box["y"] + y)
        found.until("netnotes.state.chosen === 4")


@pytest.mark.full
def test_the_page_says_which_ties_are_not_scored(show):
    result = outcome(60)
    scored = ScoredNetwork(result.network, result.scores, bundled(Config()), Config().depth.weights)
    found = show(result, "#view=network", alters=alter_depths(scored, 5))
    ties = len(result.network.alter_ties)
    assert f"{ties - 5} ties between others, those with the fewest contacts, are not scored" in found.tab.inner_text(
        "#leftout"
    )
    i = found.ask(
        "netnotes.near().findIndex((others) => others.length && others.every(([, strength]) => strength < 0))"
    )
    found.ask("(i) => netnotes.choose(i)", i)
    assert found.tab.get_attribute("#panel .switches button", "title") == "hardly met each other, not scored"
