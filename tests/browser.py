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
RESET = """async ([view, names]) => {
    const { keep, isPlaying, togglePlaying, painted } = netnotes;
    const others = Object.keys(globalThis).filter((name) => !names.includes(name));
    if (names.length && others.length) {
        return null;
    }
    if (isPlaying()) {
        togglePlaying();
    }
    document.getElementById("keys").close();
    document.getElementById("filters").open = false;
    document.activeElement.blur();
    document.querySelectorAll("*").forEach((element) => element.scrollTop && (element.scrollTop = 0));
    keep();
    history.replaceState(null, "", location.pathname + location.search + view);
    dispatchEvent(new PopStateEvent("popstate"));
    await painted();
    await painted();
    // A test must not find what an earlier one had said or shown.
    document.querySelectorAll("#announcement, #panel[hidden], #tip[hidden]")
      .forEach((element) => element.replaceChildren());
    // What else is hidden may stay from before.
    const copy = document.body.cloneNode(true);
    copy.removeAttribute("class");
    copy.querySelectorAll("[hidden], script").forEach((element) => element.remove());
    copy.querySelectorAll("[aria-activedescendant], [class=''], [style='']").forEach((element) => {
        element.removeAttribute("aria-activedescendant");
        ["class", "style"].forEach((name) => element.getAttribute(name) || element.removeAttribute(name));
    });
    const root = [...document.documentElement.attributes].map(({ name, value }) => [name, value]);
    const controls = [...document.querySelectorAll("input, select")]
        .filter((element) => !element.closest("[hidden]")).map(({ value, checked }) => [value, checked]);
    const { off, ...state } = netnotes.state;
    const switched = Object.values(off).map((names) => [...names]);
    return [Object.keys(globalThis), location.hash,
        JSON.stringify([root, document.body.className, copy.outerHTML, controls, state, switched, netnotes.view()])];
}"""
"""Lead a page back to how it was when it had been loaded; return what tells it from a page that was just loaded."""


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
        self._fresh: Any = None
        self._listeners = {
            "request": lambda request: self.requests.append(request.url),
            "response": lambda response: self.arrived.append(response.url) if response.url[:4] == "http" else None,
            "dialog": self._dismiss,
            "pageerror": lambda error: self.faults.append(str(error)),
            "console": lambda output: self.faults.append(output.text) if output.type == "error" else None,
        }
        for event, listener in self._listeners.items():
            tab.on(event, listener)

    def _dismiss(self, dialog):
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def leave(self):
        """Stop listening: the tab is for another page."""
        for event, listener in self._listeners.items():
            self.tab.remove_listener(event, listener)

    def note(self, view):
        """Remember what a page that was just loaded is like."""
        self._fresh = (self.tab.evaluate(RESET, [view, []]), len(self.requests))

    def reset(self, view):
        """Lead the page back to how it was when it had been loaded; tell whether that is so in every respect."""
        if self._fresh is None or self.faults or self.arrived:
            return False
        (names, *fresh), requests = self._fresh
        found = self.tab.evaluate(RESET, [view, names])
        del self.requests[requests:]
        return found is not None and found[1:] == fresh and not self.faults

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
    """The tabs of one run with their pages, used by one test after the other: loading costs more than most tests."""

    KEPT = 4
    """Most tabs with a page kept for each kind of context."""

    def __init__(self, browser):
        self._browser = browser
        self._contexts: dict[Any, Any] = {}
        self._free: dict[Any, dict[Any, Opened]] = {}

    def take(self, address, view, size, how):
        """Return a page of the window size, with the media and the context's options that `how` names."""
        context = _context(how)
        free = self._free.setdefault(context, {})
        key = _key(address, view, size, how)
        kept = free.pop(key, None)
        if kept:
            self._prepare(kept.tab, size, how)
            if kept.reset(view):
                return kept
        if kept is None and len(free) >= self.KEPT:
            kept = free.pop(next(iter(free)))
        if kept:
            kept.leave()
            tab = kept.tab
        else:
            if context not in self._contexts:
                self._contexts[context] = self._browser.new_context(**dict(context))
            tab = self._contexts[context].new_page()
        self._prepare(tab, size, how)
        opened = Opened(tab, address, moves=how["reduced_motion"] != "reduce").go(view)
        if not opened.moves:
            opened.note(view)
        return opened

    @staticmethod
    def _prepare(tab, size, how):
        width, height = size
        # A tab behind another draws no frames.
        tab.bring_to_front()
        if tab.viewport_size != {"width": width, "height": height}:
            tab.set_viewport_size({"width": width, "height": height})
        media = {name: value for name, value in how.items() if name in EMULATED}
        tab.emulate_media(**dict.fromkeys((*EMULATED, "media", "contrast"), "null") | media)

    def give_back(self, opened, view, size, how):
        """Keep a page for the next test."""
        tab = opened.tab
        tab.evaluate("localStorage.clear()")
        tab.mouse.move(0, 0)
        free = self._free[_context(how)]
        key = _key(opened.address, view, size, how)
        if key in free:
            opened.leave()
            tab.close()
        else:
            free[key] = opened


def _key(address, view, size, how):
    return address, view, tuple(size), tuple(sorted(how.items()))


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
                options=PageOptions(most=most),
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
        self.opened: list[tuple[Opened, Any]] = []

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
        opened = self._tabs.take(address, view, size, how)
        self.opened.append((opened, (view, size, how)))
        return opened

    def leave(self):
        """Give all tabs back."""
        for opened, taken in self.opened:
            self._tabs.give_back(opened, *taken)


@pytest.fixture
def show(tabs, pages, reduced_motion):
    shown = Shown(tabs, pages, reduced_motion)
    yield shown
    shown.leave()
