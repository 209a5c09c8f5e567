"""The page on narrow screens: the picture whole, and a sheet of three heights on it; the list folds on wide ones."""

import pytest

from tests.map.networks import outcome

PHONE = (390, 844)
NARROW = {
    "phone": PHONE,
    "small phone": (320, 568),
    "tablet": (768, 1024),
    "phone on its side": (844, 390),
    "laptop at 200 %": (720, 450),
    "laptop at 150 %": (853, 533),
}
IN_REACH = ["#views", "#tools", "#save", "#help", "#whole", "#search"]


def box(opened, selector):
    return opened.ask(f"document.querySelector('{selector}').getBoundingClientRect().toJSON()")


def sheet(opened):
    return opened.ask("document.documentElement.dataset.sheet")


@pytest.mark.full
@pytest.mark.parametrize("chosen", [False, True])
def test_picture_and_controls_are_whole_at_every_narrow_size(show, chosen):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    if chosen:
        opened.ask("netnotes.choose(0)")
    for size in NARROW.values():
        opened.resize(size)
        check_whole(opened, size, "#panel" if chosen else "#side")
    assert opened.faults == []


def check_whole(opened, size, sheet):
    width, height = size
    assert opened.ask("document.scrollingElement.scrollWidth") <= width
    assert opened.ask("document.scrollingElement.scrollHeight") <= height
    cover = box(opened, sheet)
    x, y, radius = opened.ask("(({x, y, scale}) => [x, y, scale * netnotes.grouping().radii.at(-1)])(netnotes.view())")
    assert radius > 0.17 * min(width, height)
    assert x + radius <= width
    assert y - radius >= 0
    assert x - radius >= cover["right"] or y + radius <= cover["top"], "the sheet lies on the rings"
    for part in ("#views", "#tools", "#whole", "#help"):
        found = box(opened, part)
        assert 0 <= found["left"] < found["right"] <= width, part
        assert 0 <= found["top"] < found["bottom"] <= height, part
    targets = opened.ask(
        """[...document.querySelectorAll('#tools button, #zoom button, #play, .close, #views button')]
            .filter((part) => part.offsetParent).map((part) => part.getBoundingClientRect())
            .map(({width, height}) => Math.min(width, height))"""
    )
    assert min(targets) >= 24


@pytest.mark.full
def test_no_name_is_between_the_buttons(show):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    for size in (PHONE, (360, 225), (320, 256)):
        opened.resize(size)
        tools, first = box(opened, "#tools"), box(opened, "#view")
        left = box(opened, "#picture")["left"]
        for text, (start, top, end, bottom) in opened.names():
            beside = start + left < tools["left"] and end + left > first["right"]
            assert not (beside and top < tools["bottom"] and bottom > tools["top"]), (text, size)


def test_the_sheet_goes_through_its_heights_by_press_and_by_key(show):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    seen = [sheet(opened)]
    for _ in range(3):
        opened.tab.click("#grip")
        seen.append(sheet(opened))
    assert seen == ["low", "half", "full", "low"]
    opened.tab.focus("#grip")
    opened.tab.keyboard.press("ArrowUp")
    assert sheet(opened) == "half"
    opened.tab.keyboard.press("ArrowDown")
    assert sheet(opened) == "low"
    assert opened.ask("document.querySelector('#grip').getAttribute('aria-expanded')") == "false"


@pytest.mark.full
def test_the_sheet_is_pulled_and_thrown_down(show):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    for to, found in ((400, "half"), (60, "full"), (830, "low")):
        opened.tab.mouse.move(195, box(opened, "#grip")["y"] + 8)
        opened.tab.mouse.down()
        opened.tab.mouse.move(195, to, steps=6)
        opened.tab.mouse.up()
        assert sheet(opened) == found


def test_back_closes_the_person_and_the_sheet_is_as_before(show):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    opened.ask("netnotes.choose(0)")
    assert sheet(opened) == "half"
    opened.until("location.hash.includes('person=')")
    opened.tab.go_back()
    opened.until("netnotes.state.chosen === -1")
    assert opened.tab.is_hidden("#panel")
    assert sheet(opened) == "low"


@pytest.mark.full
def test_typing_has_room_for_what_is_found(show):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    opened.tab.tap("#search")
    assert sheet(opened) == "full"
    opened.tab.keyboard.type("a")
    assert opened.tab.locator("#suggestions li").first.is_visible()


@pytest.mark.full
def test_after_zooming_a_press_shows_everybody_again(show):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    opened.ask("netnotes.zoomBy(6)")
    opened.tab.tap("#whole")
    opened.until("netnotes.state.at === null")


def test_the_key_is_in_the_help(show):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    opened.tab.tap("#help")
    assert "dormant" in opened.tab.inner_text("#keys")


def test_on_a_phone_the_key_that_folds_the_list_lowers_the_sheet(show):
    opened = show(outcome(60), size=PHONE, has_touch=True)
    opened.tab.focus("#picture")
    seen = []
    for _ in range(2):
        opened.tab.keyboard.press("[")
        seen.append(sheet(opened))
    assert seen == ["half", "low"]
    assert opened.tab.is_visible("#search")


def test_the_list_folds_away(show):
    opened = show(outcome(60))
    before = opened.ask("netnotes.box.clientWidth")
    opened.tab.keyboard.press("[")
    opened.until(f"netnotes.box.clientWidth > {before + 200}")
    assert opened.tab.is_hidden("#search")
    opened.tab.click("#fold")
    opened.until(f"netnotes.box.clientWidth === {before}")


class TestKeyboard:
    def test_the_list_is_one_stop_of_tab_and_its_place_is_kept(self, show):
        opened = show(outcome(60))
        assert (
            opened.ask("[...document.querySelectorAll('#people li button')].filter((b) => b.tabIndex === 0).length")
            == 1
        )
        opened.tab.focus("#people li button")
        opened.tab.keyboard.press("ArrowDown")
        opened.tab.keyboard.press("ArrowDown")
        third = opened.ask("document.activeElement.textContent")
        opened.tab.keyboard.press("Enter")
        assert opened.ask("document.activeElement.closest('#panel') !== null")
        opened.tab.keyboard.press("Escape")
        assert opened.ask("document.activeElement.textContent") == third

    @pytest.mark.full
    def test_the_close_button_works_while_a_path_is_drawn(self, show):
        opened = show(outcome(60))
        opened.ask("netnotes.choose(3); netnotes.ask(-1)")
        opened.tab.click("#panel .close")
        assert opened.tab.is_hidden("#panel")

    @pytest.mark.full
    def test_keys_of_one_letter_can_be_switched_off(self, show):
        opened = show(outcome(60))
        opened.tab.keyboard.press("?")
        opened.tab.uncheck("#keys input")
        opened.tab.keyboard.press("Escape")
        opened.tab.focus("#search")
        opened.tab.keyboard.press("Tab")
        opened.tab.keyboard.press("n")
        assert not opened.ask("netnotes.isNetwork()")
        opened.tab.focus("#picture")
        opened.tab.keyboard.press("n")
        assert opened.ask("netnotes.isNetwork()")

    @pytest.mark.full
    def test_the_title_names_the_person(self, show):
        opened = show(outcome(60))
        before = opened.tab.title()
        opened.ask("netnotes.choose(0)")
        assert opened.tab.title().startswith(opened.ask("netnotes.people.name[0]"))
        opened.ask("netnotes.choose(-1)")
        assert opened.tab.title() == before
