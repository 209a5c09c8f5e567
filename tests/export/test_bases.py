"""The Bases file: what it lists, in an engine that is not ours, and that an edited one is never replaced."""

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest

from netnotes import cli, config
from netnotes.export.bases import base
from netnotes.text.file_seal import is_unedited

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "vault"
QUERY = re.compile(r"^```text\n((?:TABLE|LIST|TASK)\b.*?)^```$", re.MULTILINE | re.DOTALL)
DATAVIEW_WORDS = frozenset("TABLE WHERE SORT FLATTEN GROUP BY AS AND OR ASC DESC date dur default today".split())
TODAY = dt.datetime.now().astimezone().date()
NOTES = {
    "People/Due deep.md": f"---\ntype: person\nscene: choir\ndepth: 0.7\ntie: deep\nwarmth: warm\n"
    f"follow_up: {TODAY - dt.timedelta(1)}\n---\n",
    "People/Later.md": f"---\ntype: person\ndepth: 0.2\ntie: shallow\nwarmth: cooling\n"
    f"follow_up: {TODAY + dt.timedelta(9)}\n---\n",
    "People/Longest due.md": f"---\ntype: person\nscene: choir\ndepth: 0.1\ntie: thin\nwarmth: dormant\n"
    f"follow_up: {TODAY - dt.timedelta(90)}\n---\n",
    "People/Wanted monthly.md": f"---\ntype: person\ncadence: monthly\ndepth: 0.1\ntie: thin\nwarmth: dormant\n"
    f"follow_up: {TODAY - dt.timedelta(80)}\n---\n",
    "People/Deep for long.md": f"---\ntype: person\ndepth: 0.6\ntie: deep\nwarmth: dormant\n"
    f"follow_up: {TODAY - dt.timedelta(100)}\n---\n",
    "People/Just due.md": f"---\ntype: person\ndepth: 0.1\ntie: shallow\nwarmth: warm\n"
    f"follow_up: {TODAY - dt.timedelta(60)}\n---\n",
    "People/Never met.md": "---\ntype: person\n---\n",
    "Recipe.md": "Flour.\n",
}
VIEWS = {
    "Due": ["Deep for long", "Wanted monthly", "Just due", "Due deep"],
    "Due, as cards": ["Deep for long", "Wanted monthly", "Just due", "Due deep"],
    "Long overdue": ["Longest due"],
    "Deep ties": ["Due deep", "Deep for long"],
    "Deep ties, as cards": ["Due deep", "Deep for long"],
    "Cooling": ["Later"],
    "By scene": ["Deep for long", "Due deep", "Just due", "Later", "Longest due", "Wanted monthly"],
}


@pytest.fixture
def vault(tmp_path):
    """Return a vault that has fields already."""
    root = tmp_path / "vault"
    for path, text in NOTES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def rows(root, tmp_path, view, capsys):
    """Return the names that another program's engine lists in a view."""
    cli_of = pytest.importorskip("hvk.cli", reason="headless-vault-kit is not installed")
    index = ["--vault", str(root), "--index", str(tmp_path / "index")]
    assert cli_of.main([*index, "scan"]) == 0
    capsys.readouterr()
    assert cli_of.main([*index, "--json", "base", "Relationships.base", "--view", view]) == 0
    found = json.loads(capsys.readouterr().out)
    return [row["path"].rpartition("/")[2].removesuffix(".md") for row in found["rows"]]


@pytest.mark.parametrize("view", VIEWS)
def test_another_engine_lists_the_right_people(view, vault, tmp_path, capsys):
    assert cli.run_command(["bases", str(vault)]) == 0
    found = rows(vault, tmp_path, view, capsys)
    assert (sorted(found) if view == "By scene" else found) == VIEWS[view]


@pytest.mark.full
def test_the_example_lists_who_is_due_by_the_report(tmp_path, capsys):
    root = tmp_path / "example"
    shutil.copytree(EXAMPLE, root)
    assert cli.run_command(["sync", str(root), "--yes"]) == 0
    assert cli.run_command(["bases", str(root)]) == 0
    capsys.readouterr()
    assert cli.run_command(["due", str(root), "--json"]) == 0
    due = {Path(row["path"]).stem for row in json.loads(capsys.readouterr().out) if row["kind"] == "follow-up"}
    assert set(rows(root, tmp_path, "Due", capsys)) == due


def test_fields_under_other_names_are_found_there(vault, tmp_path, capsys):
    (vault / "netnotes.toml").write_text('[fields]\ntie = "bond-kind"\nwarmth = false\n', encoding="utf-8")
    note = vault / "People" / "Due deep.md"
    note.write_text(note.read_text(encoding="utf-8").replace("tie:", "bond-kind:"), encoding="utf-8")
    assert cli.run_command(["bases", str(vault)]) == 0
    text = (vault / "Relationships.base").read_text(encoding="utf-8")
    assert "warmth" not in text
    assert "Cooling" not in text
    assert rows(vault, tmp_path, "Deep ties", capsys) == ["Due deep"]
    assert "Due deep" in rows(vault, tmp_path, "Due", capsys)


def test_one_that_is_there_already_is_left_as_it_is(vault, capsys):
    place = vault / "Relationships.base"
    assert cli.run_command(["bases", str(vault)]) == 0
    first = place.stat()
    assert cli.run_command(["bases", str(vault)]) == 0
    assert "up to date" in capsys.readouterr().err
    assert place.stat().st_mtime_ns == first.st_mtime_ns


@pytest.mark.parametrize("edit", [lambda t: t + "# mine\n", lambda t: t.partition("\n")[2], lambda _: "views: []\n"])
def test_an_edited_one_is_never_replaced(edit, vault, capsys):
    place = vault / "Relationships.base"
    assert cli.run_command(["bases", str(vault)]) == 0
    place.write_text(edit(place.read_text(encoding="utf-8")), encoding="utf-8")
    before = place.read_bytes()
    (vault / "netnotes.toml").write_text("[fields]\nwarmth = false\n", encoding="utf-8")
    assert cli.run_command(["bases", str(vault)]) == 1
    assert "--output" in capsys.readouterr().err
    assert place.read_bytes() == before


def test_an_unedited_one_follows_the_settings(vault):
    assert cli.run_command(["bases", str(vault)]) == 0
    (vault / "netnotes.toml").write_text("[fields]\nwarmth = false\n", encoding="utf-8")
    assert cli.run_command(["bases", str(vault)]) == 0
    assert "warmth" not in (vault / "Relationships.base").read_text(encoding="utf-8")


def test_nothing_else_in_the_vault_changes(vault):
    before = {file: file.read_bytes() for file in vault.rglob("*.md")}
    assert cli.run_command(["bases", str(vault)]) == 0
    assert {file: file.read_bytes() for file in vault.rglob("*.md")} == before


def test_the_seal_does_not_mind_line_ends_and_minds_everything_else():
    text = base(config.WRITTEN)
    assert is_unedited(text)
    assert is_unedited(text.replace("\n", "\r\n"))
    assert not is_unedited(text.replace("Scene", "Where"))
    assert not is_unedited("")


def properties_of_query(query):
    """Return the properties that a Dataview query names."""
    bare = re.sub(r'"[^"]*"|\bdur\([^)]*\)', "", query)
    new = {"rows", *re.findall(r"\bAS (\w+)", bare)}
    names = {name.removeprefix("rows.") for name in re.findall(r"[^\W\d][\w.]*", bare)}
    return {name for name in names if not name.startswith("file.")} - new - DATAVIEW_WORDS


def test_base_and_queries_of_the_pages_name_the_properties_that_are_written_or_documented():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    queries = [query for page in pages for query in QUERY.findall(page.read_text(encoding="utf-8"))]
    assert len(queries) >= 3
    documented = re.findall(r"`(\w+):?`", (ROOT / "docs" / "notes.md").read_text(encoding="utf-8"))
    known = {*config.WRITTEN.values(), *documented}
    of_queries = set().union(*map(properties_of_query, queries))
    of_base = set(re.findall(r'\bnote\.(\w+)|hasProperty\(\\?"(\w+)', base(config.WRITTEN)))
    assert of_queries <= known
    assert {one or other for one, other in of_base} == of_queries
    assert {*config.WRITTEN.values(), "scene", "cadence"} == of_queries
