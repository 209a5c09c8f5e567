"""What an exporter is shown of the map, and the files that it yields."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from netnotes.api import ExtraFile, Field, Network, NoOptions, Row, Score, Style, exporter, report, scorer, styler
from netnotes.plugin.network_view import MapTables
from netnotes.testing import conforms, run
from tests.plugin_host.conftest import home

__all__ = ["home"]

NOTES = """
    -- People/Ada.md --
    -- People/Bob.md --
    -- 2026-06-20.md --
    - coffee with [[Ada]] and [[Bob]] (1h)
"""
FILE = """
from netnotes.api import ExtraFile, exporter
NETNOTES_API = 1

@exporter("pairs", reads=("map",))
def pairs(network, options):
    made = network.map()
    yield "".join(f"{row['label']} {row['x']:.0f}\\n" for row in made.people)
    yield ExtraFile("ties", "".join(f"{row['source']} {row['target']}\\n" for row in made.ties))
"""


@exporter("places", reads=("map",))
def places(network: Network, options: NoOptions) -> Iterator[str | ExtraFile]:
    made: MapTables = network.map()
    for row, color in zip(made.people, made.colors, strict=True):
        yield f"{row['label']} {row['kind']} {color}\n"
    yield ExtraFile("ties", "".join(f"{row['between']}\n" for row in made.ties))


def test_the_map_has_everyone_with_a_place_and_a_colour():
    exported = run(places, NOTES).exported
    assert [line.split()[:-1] for line in exported["places"].splitlines()][1:] == [["Ada", "person"], ["Bob", "person"]]
    assert all(len(line.split()[-1]) == 7 for line in exported["places"].splitlines())
    assert exported["places-ties"].split() == ["me", "me", "others"]


@pytest.mark.full
def test_an_exporter_of_the_map_keeps_the_contract():
    conforms(places)


def test_a_field_of_an_author_is_in_the_map():
    @scorer(Field("luck", "what it is"))
    def luck(network, options):
        for tie in network.ties:
            yield Score(tie, 0.25, "x")

    @exporter("lucky", reads=("map",))
    def lucky(network, options):
        return " ".join(str(row.get("luck")) for row in network.map().people)

    assert run([luck, lucky], NOTES).exported["lucky"] == "None 0.25 0.25"


def test_styles_of_all_stylers_are_one_and_the_stylers_run_once():
    runs = []

    @styler()
    def thin(network, options):
        runs.append(network.today)
        for person in network.people:
            yield Style(person, width=0, badge="+", because="thin")

    @styler()
    def blue(network, options):
        for person in network.people:
            yield Style(person, color="#0000ff", label="*")

    @exporter("looks", reads=("styles",))
    def looks(network, options):
        for person in network.people:
            style = network.style(person)
            yield f"{style.width} {style.badge} {style.color} {style.label} {style.because}\n"

    exported = run([thin, blue, looks], NOTES).exported["looks"]
    assert exported.splitlines() == ["0 + #0000ff * thin"] * 2
    # Once for the map of the test, once for the exporter.
    assert len(runs) == 2


def test_the_map_is_made_once():
    same = []

    @exporter("twice", reads=("map",))
    def twice(network, options):
        same.append(network.map() is network.map())
        return ""

    assert run(twice, NOTES).problems == ()
    assert same == [True]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((ExtraFile("a", "x"), ExtraFile("a", "y")), "two files `a`"),
        ((ExtraFile("Notes", "x"), ExtraFile("notes", "y")), "`Notes` differs only in case"),
        ((ExtraFile("../a", "x"),), "letters, digits"),
        ((ExtraFile("", "x"),), "letters, digits"),
        ((ExtraFile("a", cast("Any", b"x")),), "must be text"),
        ((b"x",), "it yields bytes, not text or ExtraFile"),
    ],
)
def test_a_file_that_cannot_be_written_is_a_problem(parts, message):
    @exporter("odd")
    def odd(network, options):
        yield from parts

    result = run(odd, NOTES, strict=False)
    assert message in result.problems[0].message
    assert result.exported == {}


@pytest.mark.parametrize("reads", [(), ("map",)])
def test_only_an_exporter_that_says_so_has_the_map(reads):
    @report("Where")
    def where(network, options):
        yield Row({"n": len(network.map().people)})

    @exporter("silent")
    def silent(network, options):
        return str(network.map())

    @report("Reads", reads=reads)
    def declared(network, options):
        yield Row({"n": len(network.map().people)})

    for function in (where, silent, declared):
        (problem,) = run(function, NOTES, strict=False).problems
        assert "map" in problem.message
        assert problem.hint


def test_further_files_are_written_beside_the_first(home):
    home.write("pairs.py", FILE)
    out = home.root.parent / "out.txt"
    home.write("2026-06-20.md", "- coffee with [[Ada]] and [[Bob]]\n")
    export = ["--plugin", home.root / "pairs.py", "graph", home.root, "--format", "pairs", "--output", out]
    ran = home.netnotes(*export, "--as-of", "2026-06-30")
    assert ran.code == 0, ran.err
    assert out.read_text(encoding="utf-8").splitlines()[1].startswith("Ada ")
    assert (out.parent / "out-ties.txt").read_text(encoding="utf-8").splitlines()[-1] == "People/Ada.md People/Bob.md"
    shared = out.with_name("shared.txt")
    assert home.netnotes(*export[:-1], shared, "--as-of", "2026-06-30", "--anonymous").code == 0
    assert all("Ada" not in place.read_text(encoding="utf-8") for place in (shared, out.with_name("shared-ties.txt")))
