"""The network in other programs' formats: networkx and csv read back what went in, hostile names and all."""

import csv
import dataclasses
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes import cli
from netnotes.export.tables import PEOPLE, TIES, tables
from netnotes.model import Encounter, Person
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Field, Score
from netnotes.scoring.scores import Scores
from tests.examples import examples
from tests.export.rendered import FORMATS, render
from tests.map.networks import TODAY, outcome, scores
from tests.map.test_hostile import HOSTILE, poisoned

ME = Person("Me.md", "Robin", path="Me.md", me=True)
NUMBERS = {"contacts": int, "days": int} | dict.fromkeys(
    ("weight", "depth", "warmth", "x", "y", "size", "know", "like", "trust", "initiative"), float
)


def text(made, form, part=0):
    return render(made, form)[part]


def plain(graph):
    """What a graph holds, whichever way round its edges stand."""
    return (
        dict(graph.nodes(data=True)),
        {frozenset((one, other)): held for one, other, held in graph.edges(data=True)},
    )


def people_and_ties(made):
    people = {row["id"]: {k: v for k, v in row.items() if k != "id"} for row in made.people}
    ties = {
        frozenset((row["source"], row["target"])): {k: v for k, v in row.items() if k not in ("source", "target")}
        for row in made.ties
    }
    assert len(people) == len(made.people)
    assert len(ties) == len(made.ties)
    return people, ties


def from_graphml(made):
    return plain(nx.read_graphml(io.BytesIO(text(made, "graphml").encode())))


def from_gexf(made):
    graph = nx.read_gexf(io.BytesIO(text(made, "gexf").encode()))
    for row in made.people:
        shown = graph.nodes[row["id"]].pop("viz")
        assert shown["position"] == {"x": row["x"], "y": row["y"], "z": 0.0}
        assert shown["size"] == row["size"]
    people, ties = plain(graph)
    for held in ties.values():
        del held["id"]
    return people, ties


def from_json(made):
    return plain(nx.node_link_graph(json.loads(text(made, "json")), edges="edges"))


def cell(column, value):
    if column in NUMBERS:
        return NUMBERS[column](value)
    return value[1:] if re.match("'+[=+@\\-\t\r\n＝＋－＠]", value) else value


def from_csv(made):
    def rows(part):
        for row in csv.DictReader(io.StringIO(text(made, "csv", part), newline="")):
            yield {column: cell(column, value) for column, value in row.items() if value and column != "type"}

    people = {row.pop("id"): row for row in rows(1)}
    return people, {frozenset((row.pop("source"), row.pop("target"))): row for row in rows(0)}


READERS = {"graphml": from_graphml, "gexf": from_gexf, "json": from_json, "csv": from_csv}


def alters(result):
    facts = {tie: Score(tie, 0.37, "", label="shallow") for tie in result.network.alter_ties}
    return Scores({"depth": Field("depth", "")}, {"depth": "netnotes"}, {"depth": facts}, {})


def test_every_format_is_read_back():
    assert set(READERS) == set(FORMATS)


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("count", [0, 1, 60])
def test_an_export_is_read_back_unchanged(form, count):
    result = outcome(count, met=0.9)
    made = tables(result, alters(result))
    assert READERS[form](made) == people_and_ties(made)


@pytest.mark.parametrize("form", READERS)
def test_hostile_names_come_back_as_they_went_in(form):
    made = tables(poisoned()[0])
    assert READERS[form](made) == people_and_ties(made)
    labels = {row["label"] for row in made.people}
    assert {HOSTILE[kind] for kind in ("image", "end of script", "prototype", "entity", "quotes", "arabic")} <= labels


NAMES = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(codec=None, categories=None), max_size=20),
    st.sampled_from(
        ["=1+1", "'=1", "''-x", "@a", "-", "__proto__", "a,b", 'a"b', "a\nb", "\ud800", "]]>", "\ufffe", " x "]
    ),
)


@settings(max_examples=examples(60), deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=5), word=NAMES)
def test_any_text_at_all_goes_round(names, word):
    people = [
        Person(f"People/{name}{number % 2}.md", name, path=name, scene=word, properties={"company": name})
        for number, name in enumerate(names)
    ]
    people = list({person.id: person for person in people}.values())
    met = [Encounter(TODAY, tuple(people), "m.md", 1, scene=word, channel=word)]
    network = build_network(people, dataclasses.replace(ME, name=word), met, TODAY)
    found = scores(network)
    output = {tie: Score(tie, name, name, label=name) for tie, name in zip(network.ties, names, strict=False)}
    found = dataclasses.replace(
        found, fields={**found.fields, "start": Field("start", "")}, facts={**found.facts, "start": output}
    )
    made = tables(Outcome(network, found))
    assert len({row["id"] for row in made.people}) == len(people) + 1
    for form, read in READERS.items():
        assert read(made) == people_and_ties(made), form


def test_people_of_one_name_stay_two():
    people = [Person(f"People/{folder}/Ada.md", "Ada") for folder in ("a", "b")]
    people += [Person("People/x\x00.md", "Nul"), Person("People/x\x01.md", "Nul")]
    made = tables(Outcome(build_network(people, ME, [], TODAY), Scores()))
    assert sorted(row["id"] for row in made.people) == [
        "Me.md",
        "People/a/Ada.md",
        "People/b/Ada.md",
        "People/x .md",
        "People/x .md (2)",
    ]


def test_the_tables_hold_the_scores_and_dates_of_a_tie():
    ada, bea = Person("People/Ada.md", "Ada", path="People/Ada.md", scene="choir"), Person("?bea", "Bea")
    met = [Encounter(dt.date(2026, 2, 1), (ada, bea), "m.md", 1), Encounter(dt.date(2026, 2, 1), (ada,), "n.md", 1)]
    result = Outcome(build_network([ada, bea, Person("?cy", "Cy")], ME, met, TODAY), Scores())
    network = result.network
    facts = {
        "depth": {network.ties[2]: Score(network.ties[2], 0.12345678, "", label="thin")},
        "follow_up": {network.ties[2]: Score(network.ties[2], dt.date(2026, 3, 9), "")},
        "path": {network.ties[2]: Score(network.ties[2], 4, "")},
    }
    fields = {name: Field(name, "") for name in facts}
    made = tables(dataclasses.replace(result, scores=Scores(fields, {}, facts)), alters(result))
    people = {row["label"]: row for row in made.people}
    assert (
        people["Ada"].items()
        >= {
            "path": "People/Ada.md",
            "depth": 0.123457,
            "tie": "thin",
            "contacts": 2,
            "days": 1,
            "scene": "choir",
            "last_contact": "2026-02-01",
            "follow_up": "2026-03-09",
            "scored_path": 4.0,
        }.items()
    )
    assert people["Cy"]["contacts"] == 0
    assert "depth" not in people["Bea"]
    ties = {(row["source"], row["target"]): row for row in made.ties}
    assert set(ties) == {("Me.md", "People/Ada.md"), ("Me.md", "?bea"), ("?bea", "People/Ada.md")}
    assert ties["Me.md", "People/Ada.md"].items() >= {"between": "me", "weight": 1.0, "contacts": 2}.items()
    assert ties["?bea", "People/Ada.md"].items() >= {"between": "others", "depth": 0.37, "tie": "shallow"}.items()
    assert made.columns == (*PEOPLE, "scored_path")


def test_a_spreadsheet_finds_no_formula():
    names = ['=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(1)", "＝1", "'=1", "\t=1", "Ada - Bea"]
    people = [Person(f"{name}/{number}", name) for number, name in enumerate(names)]
    made = tables(Outcome(build_network(people, ME, [], TODAY), Scores()))
    rows = list(csv.DictReader(io.StringIO(text(made, "csv", 1), newline="")))
    assert [row["label"] for row in rows if row["label"].startswith(("=", "+", "-", "@", "＝", "\t"))] == []
    assert {"Ada - Bea", '\'=HYPERLINK("http://x")', "''=1"} <= {row["label"] for row in rows}


def test_gexf_is_as_gephi_wants_it():
    made = tables(outcome(30))
    root = ET.fromstring(text(made, "gexf"))
    space = {"g": "http://www.gexf.net/1.2draft", "v": "http://www.gexf.net/1.2draft/viz"}
    assert (root.tag, root.get("version")) == (f"{{{space['g']}}}gexf", "1.2")
    assert root.find("g:meta", space).get("lastmodifieddate") == TODAY.isoformat()
    assert root.find("g:meta/g:creator", space).text == "NetNotes"
    assert root.find("g:graph", space).get("defaultedgetype") == "undirected"
    nodes = {node.get("id"): node for node in root.findall("g:graph/g:nodes/g:node", space)}
    assert len(nodes) == 31
    declared = {
        of: {one.get("id") for one in root.findall(f"g:graph/g:attributes[@class='{of}']/g:attribute", space)}
        for of in ("node", "edge")
    }
    for of, path in (("node", "g:graph/g:nodes/g:node"), ("edge", "g:graph/g:edges/g:edge")):
        used = {value.get("for") for value in root.findall(f"{path}/g:attvalues/g:attvalue", space)}
        assert used == declared[of]
    for edge in root.findall("g:graph/g:edges/g:edge", space):
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
        assert float(edge.get("weight")) > 0
    colours = {tuple(colour.get(part) for part in "rgb") for colour in root.iter(f"{{{space['v']}}}color")}
    assert len(colours) > 2


def test_graphml_declares_each_key_once():
    root = ET.fromstring(text(tables(outcome(30)), "graphml"))
    keys = [key.get("id") for key in root.iter("{http://graphml.graphdrawing.org/xmlns}key")]
    assert len(keys) == len(set(keys)) > 20


@pytest.mark.full
def test_bytes_do_not_depend_on_the_day_or_the_hash_seed():
    root = Path(__file__).parents[2]
    program = (
        "import hashlib, time; time.strftime = lambda *a: '1999-01-01';"
        "from tests.map.networks import outcome; from tests.export.rendered import FORMATS, render;"
        "from netnotes.export.tables import tables; made = tables(outcome(40));"
        "print([hashlib.sha256(p.encode()).hexdigest() for f in FORMATS for p in render(made, f)])"
    )
    here = [part for form in FORMATS for part in render(tables(outcome(40)), form)]
    import hashlib

    expected = [hashlib.sha256(one.encode()).hexdigest() for one in here]
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        env=os.environ | {"PYTHONHASHSEED": "2"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(expected)


OTHERS = {
    "graphml": lambda graph: "\n".join(nx.generate_graphml(graph)),
    "gexf": lambda graph: "\n".join(nx.generate_gexf(graph)),
    "json": lambda graph: json.dumps(nx.node_link_data(graph, edges="edges")),
    "csv": lambda _: "source,target\na,b\n",
}
"""Files of these formats that another program made."""


@pytest.mark.parametrize("form", FORMATS)
def test_our_own_file_is_replaced_and_that_of_another_program_is_not(form, tmp_path):
    vault, place = tmp_path / "vault", tmp_path / f"map.{form}"
    (vault / "People").mkdir(parents=True)
    (vault / "People" / "Ada.md").write_text("- 2026-06-01 lunch\n", encoding="utf-8")
    export = ["graph", str(vault), "--output", str(place), "--as-of"]
    assert cli.run_command([*export, "2026-06-30"]) == 0
    (vault / "People" / "Bob.md").write_text("- 2026-06-09 lunch\n", encoding="utf-8")
    assert cli.run_command([*export, "2026-07-30"]) == 0
    assert "Bob" in (tmp_path / "map-people.csv" if form == "csv" else place).read_text(encoding="utf-8")
    place.write_text(OTHERS[form](nx.path_graph(["a", "b"])), encoding="utf-8")
    before = place.read_bytes()
    assert cli.run_command([*export, "2026-06-30"]) == 1
    assert place.read_bytes() == before


def test_columns_stay():
    assert TIES[:3] == ("source", "target", "weight")
    assert PEOPLE[:3] == ("id", "label", "kind")
