"""`netnotes graph`: which files it writes, in which format, and what it never writes over."""

import csv
import html
import json
import shutil
import textwrap
from pathlib import Path

import networkx as nx
import pytest

from netnotes.app.vault_files import output_folder

NOTES = {
    "People/Ada.md": "- 2026-06-01 coffee with [[Bo]]\n",
    "People/Bo.md": "- 2026-06-02 call\n",
    "People/Cy.md": "",
}
DAY = "--as-of=2026-06-30"


def here(tmp_path):
    return sorted(file.name for file in (tmp_path / "cwd").iterdir())


@pytest.mark.parametrize(
    ("args", "files"),
    [
        ((), ["netnotes-map.html"]),
        (("--format", "gexf"), ["netnotes-map.gexf"]),
        (("--format", "csv"), ["netnotes-map-people.csv", "netnotes-map.csv"]),
        (("-o", "x.graphml"), ["x.graphml"]),
        (("-o", "x.JSON"), ["x.JSON"]),
        (("-o", "x.csv"), ["x-people.csv", "x.csv"]),
        (("-o", "x.htm"), ["x.htm"]),
        (("-o", "x.json", "--format", "graphml"), ["x.json"]),
    ],
)
def test_files_are_called_as_asked_or_after_the_format(netnotes, vault, tmp_path, args, files):
    ran = netnotes("graph", vault(NOTES), DAY, "--no-open", *args)
    assert (ran.code, ran.err) == (0, "")
    assert here(tmp_path) == files
    assert sorted(line.rpartition("/")[2] for line in ran.out.splitlines()) == files


def test_no_map_is_left_in_a_vault_that_nobody_named_a_place_in(netnotes, vault, tmp_path, monkeypatch):
    root = vault({**NOTES, ".obsidian/app.json": "{}"})
    before = sorted(root.rglob("*"))
    for place in (root, root / "People"):
        monkeypatch.chdir(place)
        ran = netnotes("graph", DAY, "--no-open", "--format", "csv")
        assert ran.code == 0
        for line in ran.out.splitlines():
            assert Path(line).is_file()
            assert not Path(line).is_relative_to(root)
    unmarked = tmp_path / "unmarked"
    shutil.copytree(root / "People", unmarked)
    monkeypatch.chdir(unmarked)
    assert not Path(netnotes("graph", ".", DAY, "--no-open").out.strip()).is_relative_to(unmarked)
    assert sorted(root.rglob("*")) == before
    assert netnotes("graph", ".", DAY, "--no-open", "-o", "mine.html").code == 0
    assert (unmarked / "mine.html").exists()


def test_outside_a_vault_means_downloads_then_the_data_folder(vault, tmp_path, monkeypatch):
    root = vault({".obsidian/app.json": "{}"})
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_DOWNLOAD_DIR", raising=False)
    assert output_folder(root, root, {}).is_relative_to(tmp_path)
    (tmp_path / "Downloads").mkdir()
    assert output_folder(root, root, {}) == tmp_path / "Downloads"
    assert output_folder(root, tmp_path, {}) == tmp_path
    assert output_folder(root, root, {"NETNOTES_DATA": str(tmp_path / "own")}) == tmp_path / "own"
    (tmp_path / "Downloads" / "netnotes.toml").touch()
    assert not output_folder(root, root, {}).is_relative_to(tmp_path / "Downloads")


def test_the_ending_gives_the_format_unless_the_option_does(netnotes, vault, tmp_path):
    root = vault(NOTES)
    netnotes("graph", root, DAY, "-o", "x.json", "--format", "graphml")
    assert "<graphml" in (tmp_path / "cwd/x.json").read_text("utf-8")
    netnotes("graph", root, DAY, "-o", "y.json")
    assert len(json.loads((tmp_path / "cwd/y.json").read_text("utf-8"))["nodes"]) == 4
    netnotes("graph", root, DAY, "-o", "x.htm", "--no-open")
    assert "<!doctype html>" in (tmp_path / "cwd/x.htm").read_text("utf-8")


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("html", "<!doctype html>"),
        ("json", '{"directed"'),
        ("csv", "source,target,"),
        ("gexf", "<?xml"),
        ("graphml", "<?xml"),
    ],
)
def test_to_standard_output_goes_the_data_alone(netnotes, vault, tmp_path, form, start):
    ran = netnotes("graph", vault(NOTES), DAY, "--format", form, "-o", "-")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(start)
    assert ran.out.endswith("\n") or form == "html"
    assert here(tmp_path) == []


def test_ours_is_replaced_and_anybody_elses_is_left(netnotes, vault, tmp_path):
    root = vault(NOTES)
    for form in ("html", "graphml", "gexf", "json", "csv"):
        for _ in range(2):
            assert netnotes("graph", root, DAY, "--no-open", "--format", form, "-o", "map").code == 0
        (tmp_path / "cwd/map").write_text("source,target,mine\n", "utf-8")
        ran = netnotes("graph", root, DAY, "--no-open", "--format", form, "-o", "map")
        assert ran.code == 1
        assert "another file is there" in ran.err
        assert (tmp_path / "cwd/map").read_text("utf-8") == "source,target,mine\n"
        (tmp_path / "cwd/map").unlink()


def test_of_two_files_none_is_written_where_one_cannot_be(netnotes, vault, tmp_path):
    (tmp_path / "cwd/x-people.csv").write_text("mine", "utf-8")
    ran = netnotes("graph", vault(NOTES), DAY, "-o", "x.csv")
    assert ran.code == 1
    assert "x-people.csv" in ran.err
    assert here(tmp_path) == ["x-people.csv"]


def test_a_note_is_never_written_over(netnotes, vault):
    root = vault(NOTES)
    ran = netnotes("graph", root, DAY, "--format", "json", "-o", root / "People/Ada.md")
    assert ran.code == 1
    assert (root / "People/Ada.md").read_text("utf-8") == NOTES["People/Ada.md"]


def test_an_unknown_format_is_a_usage_error(netnotes, vault):
    ran = netnotes("graph", vault(NOTES), "--format", "xlsx")
    assert ran.code == 2
    assert "no format `xlsx`" in ran.err


def test_the_ties_between_others_have_their_depth(netnotes, vault, tmp_path):
    netnotes("graph", vault(NOTES), DAY, "-o", "x.json")
    edges = json.loads((tmp_path / "cwd/x.json").read_text("utf-8"))["edges"]
    (between,) = [edge for edge in edges if edge["between"] == "others"]
    assert {between["source"], between["target"]} == {"People/Ada.md", "People/Bo.md"}
    assert 0 < between["depth"] < 1
    assert between["tie"] == "thin"


@pytest.mark.parametrize("option", ["--anonymous", "--numbers"])
def test_a_live_map_refuses_options_for_sharing(netnotes, vault, option):
    ran = netnotes("graph", vault(NOTES), "--live", option)
    assert ran.code == 2
    assert "to you alone" in ran.err


def test_the_page_holds_the_months_since_the_first_contact(netnotes, vault, tmp_path):
    netnotes("graph", vault(NOTES | {"2026-04-05.md": "- call with [[Ada]]\n"}), DAY, "--no-open")
    page = (tmp_path / "cwd/netnotes-map.html").read_text("utf-8")
    result = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert result["timeline"]["months"] == ["2026-04", "2026-05", "2026-06"]
    assert result["timeline"]["people"] == 2


WITHOUT = {
    "Maps/Index.md": "[[Salt]] [[Bread]] [[=1+1]]",
    "Salt.md": "[[Bread]] [[Bread]]",
    "Bread.md": "[[Salt]]",
    "=1+1.md": "",
    "Alone.md": "nothing",
}


@pytest.mark.parametrize("form", ["graphml", "gexf", "json"])
def test_a_vault_without_people_gives_its_notes_and_links(netnotes, vault, tmp_path, form):
    ran = netnotes("graph", vault(WITHOUT), DAY, "--format", form, "-o", "x")
    assert ran.code == 0
    file = tmp_path / "cwd/x"
    graph = {
        "graphml": nx.read_graphml,
        "gexf": nx.read_gexf,
        "json": lambda path: nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges"),
    }[form](file)
    assert set(graph.nodes) == set(WITHOUT)
    assert {data["kind"] for _, data in graph.nodes(data=True)} == {"note"}
    assert {frozenset(pair) for pair in graph.edges} == {
        frozenset(pair)
        for pair in (
            ("Maps/Index.md", "Salt.md"),
            ("Maps/Index.md", "Bread.md"),
            ("Maps/Index.md", "=1+1.md"),
            ("Bread.md", "Salt.md"),
        )
    }
    mutual = graph.edges["Bread.md", "Salt.md"]
    assert (mutual["weight"], mutual["forth"], mutual["back"]) == (3.0, 1, 2)
    assert 0 < mutual["depth"] <= 1
    assert graph.nodes["Alone.md"]["links"] == 0


def test_notes_as_tables(netnotes, vault, tmp_path):
    netnotes("graph", vault(WITHOUT), DAY, "-o", "x.csv")
    with (tmp_path / "cwd/x-notes.csv").open(encoding="utf-8", newline="") as file:
        found = {row["label"]: row for row in csv.DictReader(file)}
    assert set(found) == {"Index", "Salt", "Bread", "'=1+1", "Alone"}
    with (tmp_path / "cwd/x.csv").open(encoding="utf-8", newline="") as file:
        links = list(csv.DictReader(file))
    assert {(row["source"], row["target"]) for row in links} >= {("Bread.md", "Salt.md"), ("'=1+1.md", "Maps/Index.md")}


def test_notes_without_names(netnotes, vault, tmp_path):
    netnotes(
        "graph", vault({f"Qzxj{name}": text for name, text in WITHOUT.items()}), DAY, "--anonymous", "-o", "x.json"
    )
    text = (tmp_path / "cwd/x.json").read_text("utf-8")
    assert "qzxj" not in text.lower()
    assert len(json.loads(text)["nodes"]) == 5


def test_an_ending_that_is_not_made_is_refused(netnotes, vault):
    root = vault({"People/Ada.md": ""})
    ran = netnotes("graph", root, "--no-open", "-o", "map.pdf")
    assert (ran.code, ran.out) == (2, "")
    assert "`.pdf` is not supported" in ran.err
    assert netnotes("graph", root, "--no-open", "-o", "map.htm").code == 0


STYLER = """
    from netnotes.api import Style, styler

    NETNOTES_API = 1


    @styler()
    def sheds(network, options):
        for tie in network.ties:
            if tie.person.name == "Bo":
                yield Style(tie, color="#ab12cd", width=7, group="Shed", because="Bo's secret")
                yield Style(tie, badge="\N{BIRTHDAY CAKE}")
"""


@pytest.fixture
def styled(netnotes, vault):
    """Return a vault with a styler of its own, which is allowed."""
    root = vault({**NOTES, ".netnotes/plugins/sheds.py": textwrap.dedent(STYLER)})
    assert netnotes("plugins", "allow", root / ".netnotes/plugins/sheds.py", "--yes").code == 0
    return root


@pytest.mark.parametrize("form", ["json", "gexf", "graphml", "csv"])
def test_styles_are_in_every_format(netnotes, styled, tmp_path, form):
    assert netnotes("graph", styled, DAY, "--no-open", "-o", tmp_path / f"x.{form}").code == 0
    people = html.unescape((tmp_path / ("x-people.csv" if form == "csv" else f"x.{form}")).read_text("utf-8"))
    ties = (tmp_path / f"x.{form}").read_text("utf-8")
    for words in ("#ab12cd", "\N{BIRTHDAY CAKE}", "Shed", "Bo's secret", "style_group"):
        assert words in people
    assert "#ab12cd" in ties
    assert "style_width" in ties
    if form == "gexf":
        assert people.count('r="171"') == 2
        assert 'thickness value="7' in people


def test_without_a_styler_there_are_no_such_columns(netnotes, vault, tmp_path):
    assert netnotes("graph", vault(NOTES), DAY, "--no-open", "-o", tmp_path / "x.csv").code == 0
    assert "style_" not in (tmp_path / "x.csv").read_text("utf-8") + (tmp_path / "x-people.csv").read_text("utf-8")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_words_of_a_styler_are_not_shared(netnotes, styled, tmp_path, form):
    assert netnotes("graph", styled, DAY, "--no-open", "--anonymous", "-o", tmp_path / f"x.{form}").code == 0
    text = "".join(file.read_text("utf-8") for file in tmp_path.glob(f"x*.{form}"))
    assert "#ab12cd" in text
    assert "Shed" not in text
    assert "secret" not in text
