"""How quick the map is: written, first picture, panning, size; beside plain pyvis, and force-graph where given.

    python -m benchmarks.map [--people 1000 10000] [--rounds 5] [--force-graph force-graph.min.js] [--json]

All in one run in headless Chromium, so that ratios hold whatever the machine. Plain pyvis gets the same people at the
same places, physics off, its own template with everything inlined (what it still fetches is refused): as it comes,
with physics, it takes a minute and more. The first picture stands when the first frame has drawn at least as many
circles as there are people, or 500. Panning is a drag with one movement for each frame, for two seconds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyvis.network
from playwright.sync_api import Browser, Page, Route, sync_playwright

from netnotes.config import Config
from netnotes.map.arrangement import Arrangement, arrange
from netnotes.map.page.render import page
from netnotes.map.rings.layout import dot
from netnotes.outcome import Outcome
from netnotes.plugin_host.loader import bundled
from netnotes.scoring.views import ScoredNetwork, alter_depths
from tests.map.networks import outcome

GOALS = {
    1_000: {"written": 0.3, "first": 0.5, "frames": 50},
    2_000: {"written": 0.5, "first": 0.6, "frames": 50},
    10_000: {"written": 1.5, "first": 1.0, "frames": 30},
}
NETWORK = "netnotes, network"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Maker = Callable[[Outcome, Arrangement], str]

FIRST = """(wanted) => {
    const draw = CanvasRenderingContext2D.prototype.arc;
    let seen = 0;
    CanvasRenderingContext2D.prototype.arc = function (...how) {
        seen += 1;
        if (seen === wanted) {
            CanvasRenderingContext2D.prototype.arc = draw;
            requestAnimationFrame(() => { window.firstPicture = performance.now(); });
        }
        return draw.apply(this, how);
    };
}"""
READY = "window.firstPicture ?? performance.getEntriesByName('first picture')[0]?.startTime ?? 0"
"""Of ten thousand in the network many are too small to be circles: there the page's own word is taken."""
PAN = """async () => {
    const canvas = [...document.querySelectorAll("canvas")].sort((a, b) => b.width - a.width)[0];
    const area = canvas.getBoundingClientRect();
    const say = (kind, x, y, target) => {
        const how = { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, button: 0, pointerId: 1,
            buttons: kind === "up" ? 0 : 1, isPrimary: true, pointerType: "mouse" };
        target.dispatchEvent(new PointerEvent(`pointer${kind}`, how));
        target.dispatchEvent(new MouseEvent(`mouse${kind}`, how));
    };
    const [x, y] = [area.x + area.width * 0.9, area.y + area.height * 0.9];
    say("down", x, y, canvas);
    let frames = 0;
    const began = performance.now();
    await new Promise((done) => {
        const step = () => {
            frames += 1;
            say("move", x + 120 * Math.sin(frames / 12), y + 80 * Math.sin(frames / 17), canvas);
            performance.now() - began < 2000 ? requestAnimationFrame(step) : done();
        };
        requestAnimationFrame(step);
    });
    const rate = frames / ((performance.now() - began) / 1000);
    say("up", x, y, canvas);
    return rate;
}"""


def ours(result: Outcome, arranged: Arrangement) -> str:
    """Return our page."""
    del arranged
    return page(result, vault_name="Notes", vault_path="/notes")


def scored(result: Outcome) -> Maker:
    """Return a maker of our page with the depths of the ties between others, as `netnotes graph` makes it."""
    outcome_of = ScoredNetwork(result.network, result.scores, bundled(Config()), Config().depth.weights)
    alters = alter_depths(outcome_of)
    return lambda result, _: page(result, vault_name="Notes", vault_path="/notes", alters=alters)


def plain(result: Outcome, arranged: Arrangement) -> str:
    """Return what pyvis makes of the same people and ties at the same places, by its own template."""
    del result
    net = pyvis.network.Network(height="800px", cdn_resources="in_line")
    placed = arranged.groupings[0].layout
    net.nodes = [{"id": 0, "label": "me", "shape": "dot", "x": 0, "y": 0, "size": 30}]
    rows = zip(arranged.ties, arranged.depths, placed.x, placed.y, strict=True)
    net.nodes += [
        {"id": i, "label": tie.person.name, "shape": "dot", "x": x, "y": y, "size": dot(depth)}
        for i, (tie, depth, x, y) in enumerate(rows, start=1)
    ]
    net.edges = [{"from": 0, "to": i} for i, depth in enumerate(arranged.depths, start=1) if depth is not None]
    net.options = {
        "physics": {"enabled": False},
        "interaction": {"hideEdgesOnDrag": True},
        "edges": {"smooth": False},
    }
    return str(net.generate_html())


def force_graph(library: Path) -> Maker:
    """Return a maker of pages with force-graph."""
    script = library.read_text(encoding="utf-8")

    def made(result: Outcome, arranged: Arrangement) -> str:
        del result
        placed = arranged.groupings[0].layout
        rows = zip(arranged.ties, arranged.depths, placed.x, placed.y, strict=True)
        people = [
            {"id": i, "name": tie.person.name, "fx": x, "fy": y, "val": dot(depth) ** 2 / 16}
            for i, (tie, depth, x, y) in enumerate(rows)
        ]
        return (
            f"<!doctype html><meta charset=utf-8><body style='margin:0'><div id=g></div><script>{script}</script>"
            f"<script>const graph = ForceGraph()(document.getElementById('g')).warmupTicks(0).cooldownTicks(0)"
            f".graphData({{nodes: {json.dumps(people)}, links: []}}); graph.zoom(0.4);</script>"
        )

    return made


def refuse(route: Route) -> None:
    """Let a page have its own file and nothing else."""
    if route.request.url.startswith("file:"):
        route.continue_()
    else:
        route.abort()


def watched(browser: Browser, address: str, wanted: int) -> tuple[float, float]:
    """Return seconds to the first picture and frames a second while panning."""
    tab: Page = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.route("**/*", refuse)
    tab.add_init_script(f"({FIRST})({wanted})")
    tab.goto(address, wait_until="commit")
    for _ in range(6000):
        first = tab.evaluate(READY)
        if first:
            break
        tab.wait_for_timeout(10)
    tab.wait_for_timeout(800)
    rate = tab.evaluate(PAN)
    tab.close()
    return first / 1000, rate


def measure(browser: Browser, people: int, rounds: int, library: Path | None) -> list[dict[str, float | str | int]]:
    """Measure every maker on one network; rounds take turns, so that all meet the same machine."""
    result = outcome(people, met=0.97, gatherings=people // 2)
    arranged = arrange(result, None)
    makers: dict[str, Maker] = {"netnotes": ours, NETWORK: scored(result), "pyvis, static": plain}
    if library:
        makers["force-graph, static"] = force_graph(library)
    ours(outcome(3), arranged)
    times: dict[str, dict[str, list[float]]] = {name: {"written": [], "first": [], "frames": []} for name in makers}
    sizes = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            for name, maker in makers.items():
                began = time.perf_counter()
                text = maker(result, arranged)
                times[name]["written"].append(time.perf_counter() - began)
                file = Path(folder) / f"{number}{len(name)}.html"
                file.write_text(text, encoding="utf-8")
                sizes[name] = file.stat().st_size
                address = file.as_uri() + ("#view=network" if name == NETWORK else "")
                first, frames = watched(browser, address, min(500, people))
                times[name]["first"].append(first)
                times[name]["frames"].append(frames)
    limit = 900_000 + 1200 * people + 12 * len(arranged.pairs)
    rows: list[dict[str, float | str | int]] = []
    for name in makers:
        middle = {key: round(statistics.median(values), 3) for key, values in times[name].items()}
        rows.append(
            {
                "people": people,
                "ties": len(arranged.pairs),
                "page": name,
                **middle,
                "bytes": sizes[name],
                "limit": limit,
            }
        )
    return rows


def main() -> int:
    """Print the figures; exit 1 where ours miss a goal."""
    parser = argparse.ArgumentParser(description="How quick the map is, beside others.")
    parser.add_argument("--people", type=int, nargs="+", default=sorted(GOALS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--force-graph", type=Path, help="force-graph.min.js, where installed")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no Chromium here")
    rows = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=QUIET)
        for people in chosen.people:
            rows += measure(browser, people, chosen.rounds, chosen.force_graph)
        browser.close()
    if chosen.json:
        print(json.dumps(rows, indent=1))
    else:
        print(f"{'people':>7} {'page':<20} {'written s':>9} {'first s':>8} {'frames/s':>8} {'kB':>7} {'limit kB':>8}")
        for row in rows:
            print(
                f"{row['people']:>7} {row['page']:<20} {row['written']:>9.2f} {row['first']:>8.2f} "
                f"{row['frames']:>8.0f} {int(row['bytes']) // 1000:>7} {int(row['limit']) // 1000:>8}"
            )
    missed = [
        row
        for row in rows
        if row["page"] in ("netnotes", NETWORK)
        and (goal := GOALS.get(int(row["people"])))
        and (
            float(row["written"]) > goal["written"]
            or float(row["first"]) > goal["first"]
            or float(row["frames"]) < goal["frames"]
            or int(row["bytes"]) > int(row["limit"])
        )
    ]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
