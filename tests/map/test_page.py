"""The page as text: made with pyvis, complete in itself, the same every time, of bounded size, and nobody's HTML."""

import base64
import dataclasses
import datetime as dt
import hashlib
import html
import json
import math
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.map.page.payload import file_base
from netnotes.map.page.render import page
from netnotes.map.page.styles import GREY, PALETTE, apply_styles
from netnotes.model import Encounter, Mention, Person, Promise
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Field, Score, Style
from netnotes.scoring.scores import Scores
from tests.map.networks import TODAY, outcome, scores

ME = Person("Me.md", "Robin", path="Me.md", me=True)


def written(result, **how):
    return page(result, **({"vault_name": "Notes", "vault_path": "/v/Notes"} | how))


def page_data(text, part="data"):
    return json.loads(re.search(rf'<script type="application/json" id="{part}">(.*?)</script>', text, re.DOTALL)[1])


def small(*people, encounters=()):
    network = build_network(people, ME, encounters, TODAY)
    return Outcome(network, scores(network))


def test_same_outcome_same_bytes():
    assert written(outcome(80)) == written(outcome(80))


@pytest.mark.full
def test_bytes_do_not_depend_on_the_hash_seed():
    root = Path(__file__).parents[2]
    program = (
        "import hashlib; from tests.map.networks import outcome; from netnotes.map.page.render import page;"
        "print(hashlib.sha256(page(outcome(60), vault_name='v', vault_path='/v').encode()).hexdigest())"
    )
    seeded = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = page(outcome(60), vault_name="v", vault_path="/v")
    assert seeded.strip() == hashlib.sha256(here.encode()).hexdigest()


def test_pyvis_holds_nodes_edges_and_options(monkeypatch):
    import pyvis.network

    seen = []
    original = pyvis.network.Network.generate_html

    def generate(self, *given, **named):
        seen.append(self)
        return original(self, *given, **named)

    monkeypatch.setattr(
        pyvis.network.Network,
        "generate_html",
        generate,
    )
    result = outcome(20)
    written(result)
    (net,) = seen
    assert [node["id"] for node in net.nodes] == list(range(21))
    assert net.nodes[0]["label"] == "Robin"
    others = {(edge["from"], edge["to"]) for edge in net.edges if edge["from"]}
    assert len(others) == len(result.network.alter_ties)
    assert sum(not edge["from"] for edge in net.edges) == sum(bool(tie.contacts) for tie in result.network.ties)
    assert net.options["physics"] == {"enabled": False}


def test_pyvis_is_not_loaded_before_a_page_is_made():
    program = "import sys, netnotes.map.page; sys.exit('pyvis' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_no_temporary_file_is_left(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(outcome(5))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_loaded_from_anywhere():
    text = written(outcome(30))
    own = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", text, flags=re.DOTALL)
    assert not re.search(r"\b(?:src|srcset|integrity|@import)\s*=", own)
    assert not re.search(r"<(?:link|iframe|object|embed|img|base)\b", own)
    assert "sourceMappingURL" not in text


def test_the_policy_lets_these_scripts_run_and_no_other():
    text = written(outcome(30))
    # A browser reads other line ends as this one, and hashes what it read.
    assert "\r" not in text
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for element, rule in (("script", "script-src"), ("style", "style-src")):
        inline = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in inline]
        assert inline
        assert rules[rule].split() == hashes


@pytest.mark.parametrize(
    ("count", "gatherings"),
    [(300, 75), *(pytest.param(*size, marks=pytest.mark.full) for size in ((2000, 1500), (5000, 1000)))],
)
def test_size_is_bounded(count, gatherings):
    result = outcome(count, gatherings=gatherings)
    edges = len(result.network.alter_ties)
    assert len(written(result).encode()) <= 900_000 + 1200 * count + 12 * edges


def test_the_page_of_the_example_stays_below_350_kb(tmp_path):
    example = Path(__file__).parents[2] / "examples/vault"
    file = tmp_path / "map.html"
    assert cli.run_command(["graph", str(example), "--no-open", "--output", str(file), "--as-of", "2026-06-30"]) == 0
    assert page_data(file.read_text("utf-8"))["today"] == "2026-06-30"
    assert file.stat().st_size < 350_000


def test_positions_and_edges_arrive_as_they_were():
    result = outcome(60)
    text = written(result)
    nodes, rows, data = page_data(text, "nodes"), page_data(text, "edges"), page_data(text)
    keys = ["me", *data["people"]["key"]]
    found = {}
    for row in rows:
        to = row[0]
        for step, strength in zip(row[1::2], row[2::2], strict=True):
            to += step
            found[frozenset((keys[row[0]], keys[to]))] = strength
    assert found == {
        frozenset(person.id for person in tie.people): len(tie.contacts) for tie in result.network.alter_ties
    }
    depth = {tie.person.id: result.scores.number(tie, "depth") for tie in result.network.ties}
    far = sorted(range(1, 61), key=lambda i: nodes["x"][i] ** 2 + nodes["y"][i] ** 2)
    assert {keys[i] for i in far[:5]} == set(sorted(depth, key=lambda key: -(depth[key] or 0))[:5])


def test_ties_between_others_take_their_depth_where_scored():
    result = outcome(40)
    facts = {tie: Score(tie, 0.37, "") for tie in result.network.alter_ties}
    alters = Scores({"depth": Field("depth", "")}, {"depth": "netnotes"}, {"depth": facts}, {})
    rows = page_data(written(result, alters=alters), "edges")
    assert {strength for row in rows for strength in row[2::2]} == {37}


def test_meetings_are_folded_in_and_counted_once():
    ada, bea, carl = (Person(f"People/{n}.md", n, path=f"People/{n}.md") for n in ("Ada", "Bea", "Carl"))
    days = [TODAY - dt.timedelta(days=i) for i in range(1, 5)]
    met = [
        Encounter(days[0], (ada, bea), "m.md", 1),
        Encounter(days[1], (ada, bea), "n.md", 1),
        Encounter(days[2], (ada,), "o.md", 1),
        Encounter(days[3], (carl,), "p.md", 1),
    ]
    text = written(small(ada, bea, carl, encounters=met))
    keys = page_data(text)["people"]["key"]
    counted = {frozenset(keys[i] for i in row[1:]): row[0] for row in page_data(text, "details")["companies"]}
    assert counted == {frozenset((ada.id, bea.id)): 2, frozenset((ada.id,)): 1, frozenset((carl.id,)): 1}
    assert "m" not in page_data(text, "nodes")["label"]


def test_the_page_holds_no_more_than_the_last_mentions_of_each_person():
    result = outcome(20)
    people = [tie.person for tie in result.network.ties]
    seen = tuple(Mention(TODAY - dt.timedelta(days=day), tuple(people), f"{day}.md", 1) for day in range(500, -1, -1))
    seen += tuple(Mention(TODAY, (person,), "few.md", line) for line, person in enumerate(people[:3], start=1))
    network = dataclasses.replace(result.network, mentions=seen)
    rows = page_data(written(dataclasses.replace(result, network=network)), "details")
    counted = Counter(one for _, _, _, *named in rows["mentions"] for one in named)
    assert set(counted.values()) == {12}
    assert [ago for ago, *_ in rows["mentions"]] == sorted(ago for ago, *_ in rows["mentions"])
    assert rows["mentions"][-1][0] == 11


def test_without_evidence_no_encounter_mention_or_promise_is_named():
    result = outcome(40)
    people = (result.network.ties[0].person,)
    seen, owed = Mention(TODAY, people, "Seen.md", 1), Promise(people, "a secret plan", "Owed.md", 1)
    result = dataclasses.replace(
        result, network=dataclasses.replace(result.network, mentions=(seen,), promises=(owed,))
    )
    with_it, without = written(result), written(result, evidence=False)
    meeting = next(e for e in result.network.encounters if e.title)
    assert meeting.title in with_it or meeting.path in with_it
    for encounter in result.network.encounters:
        assert encounter.path not in without
    for text in ("Seen.md", "a secret plan", "Owed.md"):
        assert text in with_it
        assert text not in without
    assert page_data(without, "details")["met"] == []


def test_the_reason_is_the_hosts_own_where_it_is_worded_otherwise():
    result = outcome(10)
    depths = {
        tie: dataclasses.replace(score, because="since I say so") for tie, score in result.scores.facts["depth"].items()
    }
    other = dataclasses.replace(result.scores, facts={**result.scores.facts, "depth": depths})
    data = page_data(written(dataclasses.replace(result, scores=other)), "details")
    assert data["strings"][data["reason"]] == "since I say so"
    assert page_data(written(result), "details")["reason"] == -1


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_anybody_still_makes_a_page(count):
    assert page_data(written(outcome(count)), "nodes")["id"] == list(range(count + 1))


def test_nobody_ever_met_still_makes_a_page():
    people = [Person(f"People/{i}.md", f"P {i}", path=f"People/{i}.md") for i in range(30)]
    data = page_data(written(small(*people)))
    assert data["people"]["depth"] == -1


def test_everybody_is_listed_for_browsers_without_javascript():
    result = outcome(30)
    listed = re.search(r"<noscript>.*?</noscript>", written(result), re.DOTALL)[0]
    assert listed.count("<li>") == 30
    assert all(html.escape(tie.person.name) in listed for tie in result.network.ties)


def test_a_scorer_that_failed_costs_only_its_own_part():
    result = outcome(12)
    facts = {name: found for name, found in result.scores.facts.items() if name not in ("warmth", "follow_up", "like")}
    data = page_data(written(dataclasses.replace(result, scores=dataclasses.replace(result.scores, facts=facts))))
    assert data["people"]["warmth"] == -1
    assert max(data["people"]["depth"]) > 0


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/home/robin/My notes", "file:///home/robin/My%20notes"),
        ("/v/100% ü#?", "file:///v/100%25%20%C3%BC%23%3F"),
        ("C:\\Users\\R\\Notes", "file:///C:/Users/R/Notes"),
        ("\\\\server\\share\\n", "file://server/share/n"),
        ("", None),
        ("relative/notes", None),
        ("javascript:alert(1)", None),
        ("/broken\udcff", None),
    ],
)
def test_addresses_of_files(path, address):
    assert file_base(path) == address


class TestStyles:
    ada = Person("People/Ada.md", "Ada")

    def one(self, **how):
        return apply_styles([Style(on=self.ada, **how)]).people[self.ada.id]

    def test_an_invalid_style_leaves_the_valid_ones(self):
        look = self.one(color="red; background: url(x)", width=float("nan"), label="fine")
        assert (look.color, look.width, look.label) == (None, None, "fine")
        assert (
            self.one(color=7, width="wide", label=["x"], group=3, because=None)
            == apply_styles([Style(on=self.ada)]).people[self.ada.id]
        )

    def test_width_is_held_within_bounds(self):
        assert self.one(width=1e9).width == 20.0
        assert self.one(width=-3).width == 0.0

    def test_the_later_style_overrides_only_what_it_sets(self):
        found = apply_styles([Style(self.ada, color="#112233", width=2), Style(self.ada, color="#445566")]).people[
            self.ada.id
        ]
        assert (found.color, found.width) == ("#445566", 2.0)

    def test_people_of_a_group_share_its_colour_and_the_legend_names_it(self):
        bea = Person("People/Bea.md", "Bea")
        found = apply_styles([Style(self.ada, group="choir", color="#aa0000"), Style(bea, group="choir")])
        assert list(found.legend) == [("choir", "#aa0000")]
        assert found.people[bea.id].color == "#aa0000"
        assert found.people[bea.id].group == found.people[self.ada.id].group == 0

    def test_a_colour_without_a_group_is_explained_by_its_reason(self):
        assert list(apply_styles([Style(self.ada, color="#aa0000", because="owes me a book")]).legend) == [
            ("owes me a book", "#aa0000")
        ]

    def test_a_sector_takes_the_place_of_the_scene(self):
        result = outcome(20)
        moved = [tie.person for tie in result.network.ties if tie.ego][:3]
        data = page_data(written(result, styles=[Style(person, sector="Old mill") for person in moved]))
        sector = data["groupings"][0]["names"].index("Old mill")
        there = {data["people"]["key"][i] for i, of in enumerate(data["groupings"][0]["of"]) if of == sector}
        assert there == {person.id for person in moved}

    def test_a_tie_between_others_is_styled(self):
        result = outcome(20)
        tie = result.network.alter_ties[0]
        data = page_data(written(result, styles=[Style(tie, color="#00ff00", width=5)]))
        ((a, b, colour, width),) = data["styledTies"]
        assert {data["people"]["key"][a], data["people"]["key"][b]} == {person.id for person in tie.people}
        assert (colour, width) == ("#00ff00", 5.0)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def css_colours(mode):
    style = (Path(__file__).parents[2] / "netnotes/map/web/style.css").read_text("utf-8")
    blocks = {"light": r":root \{(.*?)\n\}", "dark": r':root\[data-theme="dark"\] \{(.*?)\n\}'}
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", re.search(blocks[mode], style, re.DOTALL)[1]))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_is_legible_and_dots_are_seen(mode):
    colours = css_colours(mode)
    shade = ("light", "dark").index(mode)
    for background in (colours["paper"], colours["glow"]):
        for text in ("ink", "soft", "accent"):
            assert contrast(colours[text], background) >= 4.5
        for pair in (*PALETTE, GREY):
            assert contrast(pair[shade], background) >= 3.0


def test_system_and_chosen_dark_mode_have_the_same_colours():
    style = (Path(__file__).parents[2] / "netnotes/map/web/style.css").read_text("utf-8")
    system = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}', style, re.DOTALL)[1]
    assert dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", system)) == css_colours("dark")


# Machado, Oliveira and Fernandes 2009, severity 1.
SIGHT = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranope": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanope": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def seen(colour, sight):
    """CIE L*a*b* of a colour as this sight has it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rgb = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in SIGHT[sight])
    x = (0.4125 * r + 0.3576 * g + 0.1804 * b) / 0.9505
    y = 0.2127 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9503 * b) / 1.0888
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("shade", [0, 1])
def test_colours_of_scenes_are_distinct_for_the_colour_blind_too(sight, shade):
    colours = [seen(pair[shade], sight) for pair in (*PALETTE, GREY)]
    for one, other in combinations(colours, 2):
        assert math.dist(one, other) >= 12


def test_twice_as_many_scenes_as_colours_are_distinguished_by_a_mark():
    people = [
        Person(f"People/{scene} {at}.md", f"{scene} {at}", path=f"People/{scene} {at}.md", scene=f"scene {scene:02}")
        for scene in range(16)
        for at in range(20 - scene)
    ]
    met = [Encounter(TODAY, (person,), "m.md", 1) for person in people]
    network = build_network(people, ME, met, TODAY)
    scenes = page_data(written(Outcome(network, scores(network))))["scenes"]
    apply_styles = [
        (colour, mark)
        for name, colour, mark in zip(scenes["names"], scenes["colours"], scenes["marked"], strict=True)
        if name.startswith("scene ")
    ]
    coloured = [look for look in apply_styles if look[0] < len(PALETTE)]
    assert len(coloured) == len(set(coloured))
    assert len(coloured) >= min(14, len(apply_styles))
