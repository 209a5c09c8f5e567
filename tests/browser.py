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

    def __init__(self, tab, address):
        self.tab = tab
        self.address = address
        self.requests: list[str] = []
        self.arrived: list[str] = []
        self.faults: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("response", lambda response: self.arrived.append(response.url) if response.url[:4] == "http" else None)
        tab.on("dialog", self._dismiss)
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)

    def _dismiss(self, dialog):
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def go(self, view=""):
        self.tab.goto("about:blank")
        self.tab.goto(self.address + view)
        self.tab.wait_for_selector("html[data-drawn]")
        self.tab.wait_for_selector("#people li, #people p", state="attached")
        return self

    def ask(self, script, *arguments):
        return self.tab.evaluate(script, *arguments)

    def until(self, condition):
        """Wait until a condition holds; asked from outside, since the page lets nobody evaluate text within."""
        for _ in range(400):
            if self.ask(f"Boolean({condition})"):
                return
            self.tab.wait_for_timeout(10)
        pytest.fail(f"never: {condition}")

    def names(self):
        """What is written on the picture: (text, box)."""
        return [(name["text"], name["box"]) for name in self.ask("netnotes.writtenNames()")]


@pytest.fixture
def show(browser, tmp_path):
    contexts: list[Any] = []

    def opened(
        outcome,
        view="",
        *,
        size=(1280, 800),
        styles=(),
        name="Notes",
        place="/v/Notes",
        alters=None,
        past=None,
        most=DRAWN,
        **how,
    ):
        file = Path(tmp_path) / f"map{len(contexts)}.html"
        text = page(
            outcome,
            vault_name=name,
            vault_path=place,
            styles=styles,
            alters=alters,
            past=past,
            manner=PageOptions(most=most),
        )
        file.write_text(text, encoding="utf-8", newline="\n")
        how.setdefault("reduced_motion", "reduce")
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **how)
        contexts.append(context)
        return Opened(context.new_page(), file.as_uri()).go(view)

    yield opened
    for context in contexts:
        context.close()
