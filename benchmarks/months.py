"""What earlier months cost the map: time to compute beside scoring today, size in the page, frames while playing.

    python -m benchmarks.months [--people 300 2000 10000] [--json]

Time is a ratio to scoring the same network once, for one day. Frames are counted for four seconds of play in headless
Chromium; without one they are left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.networks import make
from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.map.arrangement import arrange
from netnotes.map.page.render import page
from netnotes.map.page.timeline import columns, compute_past
from netnotes.outcome import Outcome
from netnotes.plugin_host import loader
from netnotes.scoring.runner import score
from netnotes.scoring.views import ScoredNetwork

QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PLAY = """async () => {
    netnotes.togglePlaying();
    let frames = 0;
    const began = performance.now();
    await new Promise((done) => {
        const step = () => {
            frames += 1;
            performance.now() - began < 4000 ? requestAnimationFrame(step) : done();
        };
        requestAnimationFrame(step);
    });
    return [frames / 4, netnotes.monthState.at];
}"""


def measure(people: int) -> dict[str, float | int | None]:
    """Return the figures of one network, six encounters a person and forty at most."""
    config = Config()
    plugins, weights = loader.bundled(config), config.depth.weights
    network = make(people, min(40 * people, 6 * people + 10_000))
    began = time.perf_counter()
    scores = score(network, plugins, weights, ScoreMemory())[0]
    once = time.perf_counter() - began
    outcome = Outcome(network, scores)
    ties = arrange(outcome, None).ties
    began = time.perf_counter()
    result, _ = compute_past(ScoredNetwork(network, scores, plugins, weights))
    given = columns(result, ties, scores)
    spent = time.perf_counter() - began
    if given is None:
        sys.exit("this network has no past")
    text = page(outcome, vault_name="N", vault_path="", past=result)
    return {
        "people": people,
        "told": given["people"],
        "months": len(given["months"]),
        "bytes": len(given["depth"]) + len(given["state"]),
        "page": len(text.encode()),
        "worked out": round(spent / once, 2),
        "frames": _frames(text),
    }


def _frames(text: str) -> float | None:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder) / "map.html"
        file.write_text(text, encoding="utf-8")
        browser = play.chromium.launch(executable_path=program, args=QUIET)
        tab = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="no-preference")
        tab.goto(file.as_uri())
        tab.wait_for_selector("html[data-drawn]")
        tab.wait_for_selector("#people li")
        frames, at = tab.evaluate(PLAY)
        browser.close()
    return round(frames, 1) if at > 1 else 0.0


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="What earlier months cost the map.")
    parser.add_argument("--people", type=int, nargs="+", default=[300, 2_000, 10_000])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = [measure(people) for people in asked.people]
    if asked.json:
        print(json.dumps(rows, indent=1))
        return 0
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
