"""Take the pictures of the map: the one in the README, or a folder of all sizes, light and dark, to look at.

python -m benchmarks.screenshots                     docs/map.png of the example, docs/map-import.png of an import
python -m benchmarks.screenshots --all FOLDER        also made networks of 3 to 2,000 people, at three sizes
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import linkedin_import
from netnotes.config import Config
from netnotes.incremental import Memory, ScoreMemory
from netnotes.insights.what_if import best_levers
from netnotes.map.page.render import page
from netnotes.map.page.timeline import compute_past
from netnotes.outcome import Outcome
from netnotes.pipeline import run
from netnotes.plugin_host import loader
from netnotes.scoring.runner import score
from netnotes.scoring.views import ScoredNetwork, alter_depths
from netnotes.storage.scan import read_vault
from tests.map.networks import outcome

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "vault"
TODAY = dt.date(2026, 6, 30)
"""The day that the documentation looks at the example on."""
SIZES = {"laptop": (1280, 800), "screen": (1920, 1080), "phone": (390, 844)}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def example() -> Outcome:
    """Return the outcome of the example vault."""
    config = Config()
    return run(read_vault(EXAMPLE), config, loader.bundled(config), TODAY, Memory())


def drawn(outcome: Outcome, name: str, path: str) -> str:
    """Return the page of an outcome as `netnotes graph` makes it, scored by the bundled plugins."""
    config = Config()
    plugins, weights = loader.bundled(config), config.depth.weights
    scores = score(outcome.network, plugins, weights, ScoreMemory())[0]
    scored = ScoredNetwork(outcome.network, scores, plugins, weights)
    known = Outcome(outcome.network, scores)
    return page(
        known,
        vault_name=name,
        vault_path=path,
        alters=alter_depths(scored),
        past=compute_past(scored)[0],
        levers=best_levers(scored),
    )


def take(
    browser: Browser,
    html: str,
    target: Path,
    *,
    size: tuple[int, int],
    scheme: str,
    chosen: str | None = None,
) -> None:
    """Write one picture; `chosen` is the name of the person whose panel is open."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.html"
        file.write_text(html, encoding="utf-8")
        tab = browser.new_page(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            device_scale_factor=2,
        )
        tab.goto(file.as_uri())
        tab.wait_for_selector("#people li")
        if chosen:
            tab.evaluate("(name) => netnotes.choose(netnotes.people.name.indexOf(name))", chosen)
        tab.evaluate("netnotes.painted()")
        tab.screenshot(path=target)
        tab.close()


def main() -> int:
    """Take what the command line asks for."""
    parser = argparse.ArgumentParser(description="Take the pictures of the map.")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "map.png")
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no Chromium here")
    shown = drawn(example(), "Mill and sea", "")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=QUIET)
        take(browser, shown, asked.output, size=(1280, 800), scheme="light")
        thousand = drawn(linkedin_import.outcome(TODAY), "Notes", "")
        take(browser, thousand, asked.output.with_name("map-import.png"), size=(1280, 800), scheme="light")
        if asked.all:
            asked.all.mkdir(parents=True, exist_ok=True)
            pages = {"example": shown} | {
                str(count): drawn(outcome(count, met=0.97), "Robin’s notes", "/notes") for count in (3, 45, 300, 2000)
            }
            for name, html in pages.items():
                for size, pixels in SIZES.items():
                    for scheme in ("light", "dark"):
                        take(
                            browser,
                            html,
                            asked.all / f"{name}-{size}-{scheme}.png",
                            size=pixels,
                            scheme=scheme,
                        )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
