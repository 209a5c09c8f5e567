"""The served page in a real browser: it changes as the notes do, and the reader keeps their place."""

import datetime as dt
import itertools
import subprocess
import sys

import pytest

from tests.browser import WAITS, Opened

PEOPLE = [f"Person {number:03}" for number in range(60)]
BEGIN = dt.date(2026, 2, 1)


def put(root, path, text):
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


class Live:
    """A vault that is shown live, and the pages that a test has opened of it."""

    def __init__(self, browser, root, people=PEOPLE):
        for number, name in enumerate(people):
            put(root, f"People/{name}.md", f"---\ntype: person\nscene: {('Berlin', 'Choir')[number % 2]}\n---\n")
            text = "".join(f"- Lunch with [[{one}]] (45 min)\n" for one in people[number % 28 :: 28])
            put(root, f"2026-01-{1 + number % 28:02}.md", text)
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "-m", "netnotes", "graph", root, "--live", "--no-open", "--as-of", "2026-03-10"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.address = self.process.stdout.readline().strip()
        self._browser = browser
        self._contexts = []
        self._days = (BEGIN + dt.timedelta(days=at) for at in itertools.count())

    def open(self, view="", **how):
        """Open the page in a browser of its own, and wait until it is told of changes."""
        context = self._browser.new_context(viewport={"width": 1280, "height": 800}, **how)
        self._contexts.append(context)
        page = Opened(context.new_page(), self.address).go(view)
        page.until("document.getElementById('live').textContent === 'Live'")
        return page

    def meet(self, text="Lunch with [[Person 003]] (45 min)"):
        """Note a meeting on a day that has no note yet; return the day."""
        day = next(self._days)
        put(self.root, f"{day}.md", f"- {text}\n")
        return day

    def close_pages(self):
        while self._contexts:
            self._contexts.pop().close()

    def end(self):
        self.close_pages()
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def server(browser, tmp_path_factory):
    """One vault for all tests that only add notes to it."""
    shown = Live(browser, tmp_path_factory.mktemp("live"))
    yield shown
    shown.end()


@pytest.fixture
def live(server):
    yield server
    server.close_pages()


@pytest.fixture
def own(browser, tmp_path):
    """A vault and a process of the test's own, which it may end."""
    shown = Live(browser, tmp_path / "vault", PEOPLE[:40])
    yield shown
    shown.end()


def until(page, condition):
    """Wait until a condition holds, also if the page is loaded again meanwhile; return its value."""
    from playwright.sync_api import Error

    for wait in WAITS:
        try:
            if value := page.ask(condition):
                return value
        except Error as error:
            if "context was destroyed" not in str(error) and "navigation" not in str(error):
                raise
        page.tab.wait_for_timeout(wait)
    return pytest.fail(f"never: {condition}")


def resumed(page, before):
    """Wait until a newer page stands in place of the one whose version was `before`."""
    until(page, f"document.documentElement?.dataset.resumed && {VERSION} !== '{before}'")


VERSION = "document.documentElement?.dataset.live"  # there is none while a newer page is put in place


@pytest.mark.full
def test_the_picture_changes_with_a_note_the_view_is_kept_and_the_end_is_said(own):
    page = own.open("#at=40,-30,1.6")
    page.tab.click("#theme")
    page.ask("netnotes.choose(netnotes.byKey('People/Person 003.md'))")
    page.tab.click("#legend .switch >> text=Choir")
    page.tab.click("#filters summary")
    page.tab.focus("#search")
    page.tab.keyboard.type("son 1")
    page.tab.evaluate("document.getElementById('people').scrollTop = 300")
    asked = """() => ({
        chosen: netnotes.people.name[netnotes.state.chosen], off: [...netnotes.state.off.scene],
        centre: [netnotes.view().x, netnotes.view().y].map(Math.round),
        query: document.getElementById('search').value, caret: document.getElementById('search').selectionStart,
        active: document.activeElement.id, theme: document.documentElement.dataset.theme,
        unfolded: document.getElementById('filters').open, list: document.getElementById('people').scrollTop,
        scale: Math.round(1000 * netnotes.view().scale),
    })"""
    before = page.ask(asked)
    assert (before["chosen"], before["off"], before["query"], before["active"]) == (
        "Person 003",
        ["Choir"],
        "son 1",
        "search",
    )
    assert before["list"] > 0
    contacts = "netnotes.details.contacts[netnotes.byKey('People/Person 003.md')]"
    met, version = page.ask(contacts), page.ask(VERSION)
    day = own.meet()
    resumed(page, version)
    assert page.ask(contacts) == met + 1
    assert f"{day.day} {day:%b %Y}" in page.tab.inner_text("#panel")
    after = page.ask(asked)
    moved = {"scale", "centre"}
    assert {name: value for name, value in after.items() if name not in moved} == {
        name: value for name, value in before.items() if name not in moved
    }
    assert after["scale"] == pytest.approx(before["scale"], rel=0.01)
    assert after["centre"] == pytest.approx(before["centre"], abs=2)
    assert {url.partition("#")[0] for url in page.requests} <= {page.address, f"{page.address}news", "about:blank"}
    own.process.terminate()
    page.until("document.getElementById('live').textContent === 'No longer live'")
    assert page.tab.get_attribute("#live", "role") == "status"
    page.ask("netnotes.choose(0)")
    assert "Person" in page.tab.inner_text("#panel h2"), "and the picture stays"
    assert not page.faults


@pytest.mark.full
def test_people_go_to_their_new_places(own):
    page = own.open(reduced_motion="no-preference")
    place = "[...['x', 'y']].map((axis) => netnotes.people[axis][netnotes.byKey('People/Person 005.md')])"
    page.tab.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ globalThis.began = {place}; }});")
    old, version = page.ask(place), page.ask(VERSION)
    for _ in range(9):
        own.meet("Dinner with [[Person 005]] (3 h)")
    began = until(page, f"{VERSION} !== '{version}' && globalThis.began")
    assert max(abs(one - other) for one, other in zip(began, old, strict=True)) < 25, "they begin where they stood"
    until(page, f"Math.hypot({place}[0], {place}[1]) < {0.7 * (old[0] ** 2 + old[1] ** 2) ** 0.5}")
    assert not page.faults


@pytest.mark.full
def test_a_page_that_nobody_sees_holds_no_line_and_catches_up(live):
    page = live.open()
    hide = (
        "(is) => { Object.defineProperty(document, 'hidden', { value: is, configurable: true }); "
        "document.dispatchEvent(new Event('visibilitychange')); }"
    )
    page.ask(hide, True)
    other = live.open()
    version = page.ask(VERSION)
    live.meet()
    resumed(other, version)
    assert page.ask(VERSION) == version
    page.ask(hide, False)
    resumed(page, version)
    assert page.ask(VERSION) == other.ask(VERSION)


@pytest.mark.full
def test_it_asks_its_own_address_and_nobody_else(live):
    page = live.open()
    assert {url.partition("#")[0] for url in page.requests} <= {page.address, f"{page.address}news", "about:blank"}
    refused = page.ask(
        """(elsewhere) => new Promise((done) => {
        addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
        fetch(elsewhere).then(() => done("answered"), () => {});
    })""",
        page.address.replace("127.0.0.1", "localhost"),
    )
    assert refused == "connect-src"
    assert not [url for url in page.arrived if not url.startswith(page.address)]


@pytest.mark.full
def test_an_update_does_not_move_a_picture_being_dragged(live):
    page, other = live.open(), live.open()
    version = page.ask(VERSION)
    page.tab.mouse.move(700, 400)
    page.tab.mouse.down()
    live.meet()
    resumed(other, version)
    assert page.ask(VERSION) == version
    page.tab.mouse.up()
    resumed(page, version)


def snoozed(page, other, live):
    """Let another page show a change, and tell whether this one waits meanwhile."""
    version = page.ask(VERSION)
    live.meet()
    resumed(other, version)
    return page.ask(VERSION) == version


@pytest.mark.full
def test_an_update_waits_for_open_menus_and_playing_months(own):
    page, other = own.open(), own.open()
    version = page.ask(VERSION)
    # Five years take a while to play.
    put(own.root, "2021-03-01.md", "- Lunch with [[Person 003]] (45 min)\n")
    resumed(page, version)
    resumed(other, version)
    for begin, end in (
        (lambda: page.tab.click("#help"), lambda: page.tab.click("#keys button")),
        (lambda: page.tab.click("#save"), lambda: page.tab.keyboard.press("Escape")),
        (
            lambda: page.ask("netnotes.choose(0)") or page.tab.fill("#goal", "Per"),
            lambda: page.tab.fill("#goal", ""),
        ),
        (lambda: page.tab.click("#play"), lambda: page.tab.click("#play")),
    ):
        begin()
        assert snoozed(page, other, own)
        version = page.ask(VERSION)
        end()
        resumed(page, version)
    assert not page.faults


@pytest.mark.full
def test_a_page_that_waits_too_long_keeps_what_it_has(own):
    page, other = own.open(), own.open()
    page.tab.click("#help")
    assert snoozed(page, other, own)
    own.process.terminate()
    page.until("document.getElementById('live').textContent === 'No longer live'")
    version = page.ask(VERSION)
    page.tab.click("#keys button")
    # The page's timers go off in their order: before this one it has asked again whether it may come.
    page.ask("() => new Promise((done) => setTimeout(done, 401))")
    assert page.ask(VERSION) == version


@pytest.mark.full
def test_the_keyboard_stays_where_it_was(live):
    page = live.open()
    page.ask("netnotes.choose(netnotes.byKey('People/Person 003.md'))")
    for place in ("#filters summary", "#legend .switch:nth-of-type(2)", "#panel a[href^=obsidian]", "#picture"):
        page.tab.locator(place).first.focus()
        version = page.ask(VERSION)
        live.meet()
        resumed(page, version)
        assert page.ask(f"document.activeElement === document.querySelector('{place}')"), place
