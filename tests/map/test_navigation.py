"""Finding one's way on the page, in a real browser: search, filters, panel, list, keys, pointer, address."""

import re

import pytest

from netnotes.model import Encounter, Person
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.scoring.depth import PART_WORDS, lifted
from tests.map.networks import TODAY, outcome, scores


def depth_of(result):
    return {tie.person.name: result.scores.number(tie, "depth") for tie in result.network.ties}


class TestPeople:
    @pytest.mark.full
    def test_search_folds_accents_and_case_and_finds_aliases(self, show):
        people = [
            Person(f"People/{name}.md", name, path=f"People/{name}.md", aliases=aliases)
            for name, aliases in [("Zoë Łukasz Straße", ()), ("Bob", ("The Bürger",)), ("Ann", ())]
        ]
        network = build_network(people, Person("Me.md", "Me"), [], TODAY)
        opened = show(Outcome(network, scores(network)))
        for query, name in [
            ("zoe", "Zoë Łukasz Straße"),
            ("LUKASZ", "Zoë Łukasz Straße"),
            ("strasse", "Zoë Łukasz Straße"),
            ("burger", "Bob"),
            ("ANN", "Ann"),
        ]:
            opened.tab.fill("#search", query)
            assert opened.tab.inner_text("#suggestions li:first-child bdi:first-of-type") == name
        opened.tab.fill("#search", "nobody at all")
        assert "No one found" in opened.tab.inner_text("#suggestions")

    @pytest.mark.full
    def test_suggestions_are_walked_and_taken_by_keys(self, show):
        opened = show(outcome(60))
        opened.tab.keyboard.press("/")
        opened.tab.keyboard.type("a")
        second = opened.tab.inner_text("#suggestions li:nth-child(2) bdi:first-of-type")
        opened.tab.keyboard.press("ArrowDown")
        active = opened.tab.get_attribute("#search", "aria-activedescendant")
        assert opened.tab.get_attribute(f"#{active}", "aria-selected") == "true"
        opened.tab.keyboard.press("Enter")
        assert opened.tab.inner_text("#panel h2") == second
        assert opened.tab.is_hidden("#suggestions")

    def test_filters_combine_and_are_counted(self, show):
        result = outcome(60)
        opened = show(result)
        depth = depth_of(result)
        tie_of = {tie.person.name: tie for tie in result.network.ties}
        output = opened.tab.inner_text("#count")
        assert output == f"60 of 60 shown, from {len(result.network.encounters):,} meetings"
        opened.tab.click("summary")
        opened.tab.click("#narrow button:has-text('shallow')")
        opened.tab.select_option("#narrow select", "365")
        wanted = {
            name
            for name, tie in tie_of.items()
            if (depth[name] or 0) >= 0.5 and tie.last and (TODAY - tie.last).days <= 365
        }
        shown = opened.ask("netnotes.people.name.filter((_, i) => netnotes.isShown(i))")
        assert set(shown) == wanted
        folded = sum(any(p.name in wanted for p in e.people) for e in result.network.encounters)
        assert opened.tab.inner_text("#count") == f"{len(wanted)} of 60 shown, from {folded:,} meetings"
        listed = opened.ask("[...document.querySelectorAll('#people li bdi')].map((e) => e.textContent)")
        assert set(listed) == wanted
        opened.tab.click("text=Show everyone")
        assert opened.tab.inner_text("#count") == output

    def test_filters_by_scene_warmth_and_depth(self, show):
        result = outcome(60)
        opened = show(result)
        scene = opened.ask("netnotes.data.scenes.names[0]")
        opened.tab.click("#legend button:first-child")
        assert scene not in opened.ask(
            "netnotes.people.name.map((_, i) => i).filter(netnotes.isShown).map((i) => "
            "netnotes.data.scenes.names[netnotes.people.scene[i]])"
        )
        assert opened.tab.get_attribute("#legend button:first-child", "aria-pressed") == "false"
        opened.tab.click("#legend button:first-child")
        opened.ask("netnotes.setState({depth: [0.5, 1]})")
        shown = opened.ask("netnotes.people.name.filter((_, i) => netnotes.isShown(i))")
        assert set(shown) == {name for name, depth in depth_of(result).items() if depth is not None and depth >= 0.5}

    def test_search_finds_sets_by_what_people_have_in_common_and_lights_them(self, show):
        result = outcome(60)
        opened = show(result)
        scene = next(tie.person.scene for tie in result.network.ties if tie.person.scene)
        members = {tie.person.name for tie in result.network.ties if tie.person.scene == scene}
        opened.tab.fill("#search", scene.lower())
        row = opened.tab.locator("#suggestions .set", has_text=scene).first
        assert str(len(members)) in row.inner_text()
        row.dispatch_event("mousedown")
        assert opened.tab.input_value("#search") == scene
        assert opened.tab.is_hidden("#suggestions")
        lit = set(opened.ask("netnotes.highlighted().lit ? [...netnotes.highlighted().lit] : []"))
        assert {opened.ask("(i) => netnotes.people.name[i]", i) for i in lit} >= members
        opened.until("location.hash.includes('search=')")

    @pytest.mark.full
    def test_search_finds_company_tags_and_places(self, show):
        def person(name, **how):
            return Person(f"People/{name}.md", name, path=f"People/{name}.md", **how)

        ada = person("Ada Lund", properties={"company": "Harbour Works"})
        bea, cyd = person("Bea Grau", tags=("sailing",)), person("Cyd Holt")
        pier = {"place": "[[Pier Café]]"}
        met = [
            Encounter(TODAY, (one,), "m.md", at, fields=pier if one is cyd else {})
            for at, one in enumerate((ada, bea, cyd), 1)
        ]
        network = build_network([ada, bea, cyd], Person("Me.md", "Me", path="Me.md", me=True), met, TODAY)
        opened = show(Outcome(network, scores(network)))
        for query, name in (("works harb", "Ada Lund"), ("sailing", "Bea Grau"), ("pier cafe", "Cyd Holt")):
            opened.tab.fill("#search", query)
            found = opened.tab.inner_text("#suggestions")
            assert found.startswith(name), query
            assert not [other for other in ("Ada", "Bea", "Cyd") if other in found and not name.startswith(other)], (
                query
            )

    def test_the_panel_shows_what_is_known(self, show):
        result = outcome(60)
        opened = show(result)
        depth = depth_of(result)
        name = max(depth, key=lambda name: depth[name] or 0)
        tie = next(tie for tie in result.network.ties if tie.person.name == name)
        opened.ask("netnotes.choose(0)")
        assert opened.tab.inner_text("#panel h2") == name
        text = opened.tab.inner_text("#panel")
        for field in ("know", "like", "trust"):
            score = result.scores.get(tie, field)
            assert field in text
            assert f"{score.value:.2f}" in text
            assert score.because in text
        factors = {
            field: lifted(result.scores.number(tie, field)) ** weight for field, weight in result.scores.weights.items()
        }
        costliest = re.search(r"What costs most depth: (.+) \(−0\.\d\d\)", text)
        assert costliest
        assert costliest[1] == PART_WORDS[min(factors, key=factors.get)]
        for factor in factors.values():
            assert f"takes {round(100 * (1 - factor))} %" in text
        opened.tab.click("#panel .reason summary")
        multiplied = opened.tab.inner_text("#panel .reason p >> nth=0")
        assert multiplied == f"{' × '.join(f'{factor:.4f}' for factor in factors.values())} = {depth[name]:.4f}"
        assert opened.tab.locator("#panel .met li").count() == min(8, len(tie.contacts))
        if len(tie.contacts) > 8:
            opened.tab.click("#panel .met + button")
            assert opened.tab.locator("#panel .met li").count() == min(40, len(tie.contacts))
        latest = tie.contacts[-1].encounter
        first = opened.tab.inner_text("#panel .met li >> nth=0")
        others = [person.name for person in latest.people if person is not tie.person]
        assert all(other in first for other in others[:3])
        assert "Follow up" in text
        assert "what initiative means" in opened.tab.inner_html("#panel")
        widths = opened.ask(
            "[...document.querySelectorAll('#panel .fill')].slice(0, 3).map((e) => parseFloat(e.style.width) / 100)"
        )
        assert widths == pytest.approx(list(factors.values()), abs=0.01)

    @pytest.mark.full
    def test_links_open_the_notes_in_obsidian_and_as_files(self, show):
        opened = show(outcome(60), name="My vault & co", place="/home/me/My vault")
        i = opened.ask(
            "netnotes.people.key.findIndex((key, i) => netnotes.details.note[i] && netnotes.encounters(i).length)"
        )
        opened.ask("(i) => netnotes.choose(i)", i)
        key = opened.ask("(i) => netnotes.people.key[i]", i)
        links = opened.ask("[...document.querySelectorAll('#panel header a')].map((a) => a.getAttribute('href'))")
        quoted = opened.ask("(key) => encodeURIComponent(key.replace(/\\.md$/, ''))", key)
        assert links[0] == f"obsidian://open?vault=My%20vault%20%26%20co&file={quoted}"
        assert links[1].startswith("file:///home/me/My%20vault/People/")
        first = opened.tab.get_attribute("#panel .met a", "href")
        assert first.startswith("obsidian://open?vault=My%20vault%20%26%20co&file=")

    @pytest.mark.full
    def test_shared_people_are_one_click_away(self, show):
        result = outcome(60)
        opened = show(result)
        i = opened.ask("netnotes.near().findIndex((others) => others.length > 1)")
        opened.ask("(i) => netnotes.choose(i)", i)
        shared = opened.ask("[...document.querySelectorAll('#panel .switches bdi')].map((e) => e.textContent)")
        name = opened.tab.inner_text("#panel h2")
        ties = [tie for tie in result.network.alter_ties if name in (tie.people[0].name, tie.people[1].name)]
        assert set(shared) <= {person.name for tie in ties for person in tie.people}
        opened.tab.click("#panel .switches button")
        assert opened.tab.inner_text("#panel h2") == shared[0]

    def test_the_list_holds_everybody_with_what_the_picture_shows(self, show):
        result = outcome(200)
        opened = show(result)
        while opened.ask("document.querySelector('#people > .bare') !== null"):
            opened.ask("document.querySelector('#people > .bare').click()")
        rows = opened.ask("[...document.querySelectorAll('#people li button')].map((e) => e.textContent)")
        assert len(rows) == 200
        name, depth = max(depth_of(result).items(), key=lambda item: item[1] or 0)
        assert rows[0].startswith(name)
        assert f"{depth:.2f}" in rows[0]
        assert re.search(r"(deep|shallow|thin), (warm|cooling|dormant), last contact .*", rows[0])


class TestKeys:
    @pytest.mark.full
    def test_arrows_move_to_the_nearest_in_that_direction(self, show):
        opened = show(outcome(60))
        opened.tab.focus("#picture")
        opened.tab.keyboard.press("ArrowRight")
        assert opened.ask("netnotes.state.chosen") == 0
        for key, sign, axis in [
            ("ArrowRight", 1, "x"),
            ("ArrowLeft", -1, "x"),
            ("ArrowDown", 1, "y"),
            ("ArrowUp", -1, "y"),
        ]:
            before = opened.ask("netnotes.state.chosen")
            at = opened.ask(f"(i) => netnotes.people.{axis}[i]", before)
            opened.tab.keyboard.press(key)
            after = opened.ask("netnotes.state.chosen")
            assert after == before or sign * (opened.ask(f"(i) => netnotes.people.{axis}[i]", after) - at) > 0
            assert opened.tab.inner_text("#announcement").startswith(
                opened.ask("(i) => netnotes.people.name[i]", after)
            )

    def test_every_person_can_be_reached_by_keys(self, show):
        opened = show(outcome(60))
        opened.tab.focus("#picture")
        opened.tab.keyboard.press("Home")
        seen = []
        for _ in range(12):
            seen.append(opened.ask("netnotes.state.chosen"))
            opened.tab.keyboard.press(".")
        assert seen == list(range(12))

    def test_enter_goes_to_the_panel_and_escape_comes_back(self, show):
        opened = show(outcome(60))
        opened.tab.focus("#picture")
        opened.tab.keyboard.press("Home")
        opened.tab.keyboard.press("Enter")
        assert opened.ask("document.activeElement.closest('#panel') !== null")
        opened.tab.keyboard.press("Escape")
        assert opened.tab.is_hidden("#panel")
        assert opened.ask("document.activeElement.id") == "picture"

    def test_question_mark_shows_the_keys(self, show):
        opened = show(outcome(60))
        opened.tab.keyboard.press("?")
        assert opened.tab.is_visible("#keys")
        opened.tab.keyboard.press("Escape")
        assert opened.tab.is_hidden("#keys")

    def test_everything_that_can_be_pressed_has_a_name(self, show):
        opened = show(outcome(60))
        opened.ask("netnotes.choose(0)")
        nameless = opened.ask(
            """[...document.querySelectorAll('button, input, select, a, [role]')].filter((e) =>
                !(e.textContent.trim() || e.getAttribute('aria-label') || e.getAttribute('aria-hidden')
                  || e.labels?.length
                  || ['presentation', 'status', 'listbox', 'tooltip'].includes(e.getAttribute('role'))))
                .map((e) => e.outerHTML)"""
        )
        assert nameless == []


class TestPointer:
    def spot(self, opened, i):
        left, top = opened.ask("(({x, y}) => [x, y])(document.getElementById('picture').getBoundingClientRect())")
        x, y = opened.ask("(i) => netnotes.spot(i)", i)
        return left + x, top + y

    def test_pointing_shows_and_clicking_chooses(self, show):
        opened = show(outcome(60))
        name, depth = opened.ask("[netnotes.people.name[2], netnotes.depthText(netnotes.people.depth[2])]")
        opened.tab.mouse.move(*self.spot(opened, 2))
        opened.tab.wait_for_selector("#tip:not([hidden])")
        assert depth in opened.tab.inner_text("#tip")
        opened.tab.mouse.click(*self.spot(opened, 2))
        opened.tab.wait_for_selector("#panel:not([hidden])")
        assert opened.tab.inner_text("#panel h2") == name

    def test_dragging_moves_the_picture_and_zero_brings_it_back(self, show):
        opened = show(outcome(60))
        before = opened.ask("netnotes.view()")
        opened.tab.mouse.move(700, 500)
        opened.tab.mouse.down()
        opened.tab.mouse.move(760, 460, steps=4)
        opened.tab.mouse.up()
        after = opened.ask("netnotes.view()")
        assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((60, -40), abs=12)
        opened.tab.keyboard.press("0")
        assert opened.ask("netnotes.view()") == pytest.approx(before)

    @pytest.mark.full
    def test_a_finger_chooses(self, show):
        opened = show(outcome(60), size=(390, 844), has_touch=True)
        opened.tab.touchscreen.tap(*self.spot(opened, 0))
        opened.tab.wait_for_selector("#panel:not([hidden])")


PLACES = [
    "1e308,1e308,1e308",
    *(pytest.param(at, marks=pytest.mark.full) for at in ("-1e9,5,3", "0,0,1e-300", "5,5,900000")),
]


class TestAddress:
    def test_a_link_shares_the_view(self, show):
        opened = show(outcome(60))
        opened.ask("netnotes.choose(4)")
        opened.tab.click("#by button:has-text('company')")
        opened.ask("netnotes.setState({off: {...netnotes.state.off, tie: new Set(['thin'])}, depth: [0.2, 1]})")
        opened.ask("netnotes.zoomBy(2)")
        opened.until("location.hash.includes('at=') && location.hash.includes('depth=')")
        view = "(({chosen, by, depth, at, off}) => [chosen, by, depth, at, [...off.tie]])(netnotes.state)"
        wanted, address = opened.ask(view), opened.ask("location.hash")
        again = opened.go(address)
        assert again.ask(view) == wanted
        assert again.tab.is_visible("#panel")

    def test_another_address_changes_the_view(self, show):
        opened = show(outcome(60))
        key = opened.ask("encodeURIComponent(netnotes.people.key[3])")
        opened.ask("(key) => { location.hash = `person=${key}`; }", key)
        opened.until("netnotes.state.chosen === 3")

    @pytest.mark.parametrize("at", PLACES)
    @pytest.mark.full
    def test_an_unreachable_position_in_the_address_still_shows_a_picture(self, show, at):
        opened = show(outcome(60), f"#at={at}")
        opened.tab.focus("#picture")
        opened.tab.keyboard.press("0")
        assert opened.ask("netnotes.state.at") is None
        opened.ask("netnotes.painted()")
        assert len(opened.names()) > 5
        assert opened.faults == []
        opened.go(f"#at={at}")
        share = opened.ask("netnotes.view().scale / netnotes.fitting()")
        assert 0.49 < share < 41
