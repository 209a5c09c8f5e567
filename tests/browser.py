import itertools
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from netnotes.map.page.payload import DRAWN
from netnotes.map.page.render import PageOptions, page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAITS = (*range(5, 100, 5), *itertools.repeat(100, 150))
"""Milliseconds between one question to the page and the next: asking costs more than what most conditions wait for."""
EMULATED = ("color_scheme", "forced_colors", "reduced_motion")
"""What a tab can be given without a context of its own."""


@pytest.fixture(scope="session")
def browser():
    missing = None
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "playwright is not installed"
    if program is None:
        missing = "no Chromium here"
    if missing:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=program, args=QUIET)
        yield found
        found.close()


class Opened:
    """A page in a browser, with all that it should not have done."""

    _visits = itertools.count()

    def __init__(self, tab, address, *, moves=False):
        self.tab = tab
        self.address = address
        self.moves = moves
        self.requests: list[str] = []
        self.arrived: list[str] = []
        self.faults: list[str] = []
        self._listeners = {
            "request": lambda request: self.requests.append(request.url),
            "response": lambda response: self.arrived.append(response.url) if response.url[:4] == "http" else None,
            "dialog": self._dismiss,
            "pageerror": lambda error: self.faults.append(str(error)),
            "console": lambda said: self.faults.append(said.text) if said.type == "error" else None,
        }
        for event, listener in self._listeners.items():
            tab.on(event, listener)

    def _dismiss(self, dialog):
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def leave(self):
        """Stop listening, and leave nothing behind for the next page in this tab."""
        for event, listener in self._listeners.items():
            self.tab.remove_listener(event, listener)
        self.tab.emulate_media(media="null", contrast="null", **dict.fromkeys(EMULATED, "null"))
        self.tab.evaluate("localStorage.clear()")
        self.tab.mouse.move(0, 0)

    def go(self, view=""):
        """Load the page, even where only the view differs from that of the page in this tab."""
        if self.address.startswith("file:"):
            self.tab.goto(f"{self.address}?{next(self._visits)}{view}")
        else:
            self.tab.goto("about:blank")
            self.tab.goto(self.address + view)
        self.tab.wait_for_selector("html[data-drawn]", state="attached")
        self.tab.wait_for_selector("#people li, #people p", state="attached")
        return self

    def ask(self, script, *arguments):
        """Evaluate a script in the page; where the page moves, as soon as nothing does any more, but for playing."""
        if self.moves:
            self.until("!globalThis.netnotes || netnotes.isResting() || netnotes.isPlaying()")
        return self.tab.evaluate(script, *arguments)

    def resize(self, size):
        """Give the window another size, and wait until the page is drawn for it."""
        width, height = size
        self.tab.set_viewport_size({"width": width, "height": height})
        self.until(f"innerWidth === {width} && innerHeight === {height}")
        # The page hears of its new size in the first frame and draws in the second.
        self.ask("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.ask("netnotes.painted()")

    def until(self, condition):
        """Wait until a condition holds; asked from outside, since the page lets nobody evaluate text within."""
        for wait in WAITS:
            if self.tab.evaluate(f"Boolean({condition})"):
                return
            self.tab.wait_for_timeout(wait)
        pytest.fail(f"never: {condition}")

    def names(self):
        """What is written on the picture: (text, box)."""
        return [(name["text"], name["box"]) for name in self.ask("netnotes.writtenNames()")]


class Tabs:
    """The tabs of one run, used by one test after the other: a new one costs more than what most tests do in it."""

    def __init__(self, browser):
        self._browser = browser
        self._free: dict[tuple[tuple[str, Any], ...], list[Any]] = {}

    def take(self, size, how):
        """Return a tab of the window size, with the media and the context's options that `how` names."""
        free = self._free.setdefault(_context(how), [])
        width, height = size
        tab = free.pop() if free else self._browser.new_context(**dict(_context(how))).new_page()
        tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(**{name: value for name, value in how.items() if name in EMULATED})
        return tab

    def give_back(self, tab, how):
        """Keep a tab for the next test."""
        self._free[_context(how)].append(tab)


def _context(how):
    return tuple(sorted((name, value) for name, value in how.items() if name not in EMULATED))


class Pages:
    """The pages of one run as files: each is rendered once, however many tests open it."""

    KEPT = 60
    """Most pages remembered; those of tests that make a network of their own are asked for once."""

    def __init__(self, folder):
        self._folder = folder
        self._made: dict[Any, tuple[Any, Path]] = {}

    def address(self, outcome, *, name, place, styles, alters, past, levers, most):
        """Return the address of a page. What it is made of is compared by identity, and kept alive while it counts."""
        key = (id(outcome), name, place, tuple(map(id, styles)), id(alters), id(past), id(levers), most)
        if key not in self._made:
            text = page(
                outcome,
                vault_name=name,
                vault_path=place,
                styles=styles,
                alters=alters,
                past=past,
                levers=levers,
                manner=PageOptions(most=most),
            )
            file = self._folder.mktemp("page") / "map.html"
            file.write_text(text, encoding="utf-8", newline="\n")
            while len(self._made) >= self.KEPT:
                del self._made[next(iter(self._made))]
            self._made[key] = (outcome, styles, alters, past, levers), file
        return self._made[key][1].as_uri()


@pytest.fixture(scope="session")
def tabs(browser):
    return Tabs(browser)


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    return Pages(tmp_path_factory)


@pytest.fixture
def reduced_motion():
    """Whether the reader wants no motion; the tests of the map run with both."""
    return "reduce"


class Shown:
    """Opens pages, and knows which of them a test has opened."""

    def __init__(self, tabs, pages, reduced_motion):
        self._tabs, self._pages, self._motion = tabs, pages, reduced_motion
        self.opened: list[tuple[Opened, dict[str, Any]]] = []

    def __call__(
        self,
        outcome,
        view="",
        *,
        size=(1280, 800),
        styles=(),
        name="Notes",
        place="/v/Notes",
        alters=None,
        past=None,
        levers=None,
        most=DRAWN,
        **how,
    ):
        address = self._pages.address(
            outcome, name=name, place=place, styles=styles, alters=alters, past=past, levers=levers, most=most
        )
        how.setdefault("reduced_motion", self._motion)
        opened = Opened(self._tabs.take(size, how), address, moves=how["reduced_motion"] != "reduce")
        self.opened.append((opened, how))
        return opened.go(view)

    def leave(self):
        """Give all tabs back."""
        for opened, how in self.opened:
            opened.leave()
            self._tabs.give_back(opened.tab, how)


@pytest.fixture
def show(tabs, pages, reduced_motion):
    shown = Shown(tabs, pages, reduced_motion)
    yield shown
    shown.leave()
