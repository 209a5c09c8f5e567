"""`netnotes.open`: what programs see of a vault, and that other libraries take it as it is."""

import datetime as dt
import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import netnotes
from netnotes.errors import NoSharedEncounter, PersonNotFound, VaultNotFound
from netnotes.export.rows import SCHEMAS

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def notes():
    return netnotes.open(EXAMPLE, as_of=DAY)


def test_people_ties_encounters_and_scores_are_there(notes):
    assert notes.today == DAY
    assert notes.me.me
    ada = notes.person("Ada Lockyer")
    tie = notes.tie(ada)
    assert tie in notes.ties
    assert ada in notes.people
    assert 0 < notes.scores(tie)["depth"].value < 1
    assert notes.scores(tie)["depth"].because
    assert all(encounter.date <= DAY for encounter in notes.encounters)


def test_it_says_what_it_is(notes):
    assert repr(notes) == f"<Relationships with {len(notes.people)} people on 2026-06-30>"


def test_a_tie_is_explained_and_so_is_one_between_two_others(notes):
    why = notes.explain("Ada Lockyer")
    assert why.parts[0].name == "know"
    assert why.costliest
    between = notes.ties_between_others[0]
    assert notes.explain(*between.people).tie == between
    assert notes.scores(between)["depth"].value > 0


def test_another_day_is_another_object_and_reads_nothing(notes, monkeypatch):
    monkeypatch.setattr(type(notes.workspace), "read", lambda _: pytest.fail("read again"))
    before = notes.as_of(dt.date(2025, 6, 30))
    assert len(before.encounters) < len(notes.encounters)
    assert notes.today == DAY
    assert before.as_of(DAY).rows("ties") == notes.rows("ties")


@pytest.mark.parametrize("table", SCHEMAS)
def test_rows_have_the_documented_columns_and_plain_values(table, notes):
    plain = (str, int, float, bool, dt.date, list, type(None))
    for row in notes.rows(table):
        assert list(row) == list(SCHEMAS[table])
        assert all(isinstance(value, plain) for value in row.values())


@pytest.mark.full
@pytest.mark.parametrize("table", ["people", "ties", "encounters"])
def test_pyarrow_takes_rows_and_columns(table, notes):
    pa = importlib.import_module("pyarrow")
    rows = notes.rows(table)
    assert pa.Table.from_pylist(rows).num_rows == len(rows)
    assert pa.table(notes.columns(table)).to_pylist() == rows


@pytest.mark.full
@pytest.mark.parametrize("table", ["people", "ties", "encounters"])
def test_pandas_takes_rows_and_columns(table, notes):
    pandas = importlib.import_module("pandas")
    rows = notes.rows(table)
    frame = pandas.DataFrame(rows)
    assert list(frame.columns) == list(SCHEMAS[table])
    assert len(frame) == len(rows) == len(pandas.DataFrame(notes.columns(table)))


@pytest.mark.full
@pytest.mark.parametrize("table", ["people", "ties", "encounters"])
def test_polars_takes_rows_and_columns(table, notes):
    polars = importlib.import_module("polars")
    rows = notes.rows(table)
    assert polars.DataFrame(notes.columns(table)).rows(named=True) == rows
    assert polars.DataFrame(rows, infer_schema_length=None).rows(named=True) == rows


def test_the_lines_of_the_page_run(monkeypatch):
    monkeypatch.chdir(EXAMPLE.parents[1])
    shown = Path("docs/python.md").read_text(encoding="utf-8").split("```python\n")[1].partition("```")[0]
    names: dict[str, Any] = {}
    for line in shown.splitlines():
        exec(line, names)
    assert names["tie"] == names["notes"].tie("Ada Lockyer")


def test_the_graph_holds_people_and_ties(notes):
    graph = notes.to_networkx()
    ada = notes.person("Ada Lockyer")
    assert graph.nodes[ada.id]["name"] == "Ada Lockyer"
    edge = graph.edges[notes.me.id, ada.id]
    assert edge["depth"] == notes.scores(notes.tie(ada))["depth"].value
    assert edge["weight"] == notes.tie(ada).days
    assert nx.is_connected(graph.subgraph([notes.me.id, *(tie.person.id for tie in notes.ties if tie.contacts)]))


def test_the_map_is_shown_in_a_frame_that_reaches_nothing(notes):
    shown = notes.map(evidence=False)._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts"')
    assert "<script" not in shown
    assert shown.count('"') == 6


def test_an_unknown_name_or_folder_raises_the_error_of_the_command_line(notes, tmp_path):
    with pytest.raises(PersonNotFound):
        notes.person("Nobody Such")
    with pytest.raises(VaultNotFound):
        netnotes.open(tmp_path / "nowhere")
    stranger = next(p for p in notes.people if not notes.tie(p).contacts or p.name == "Jonas Keller")
    with pytest.raises(NoSharedEncounter):
        notes.tie(stranger, stranger)
    with pytest.raises(ValueError, match="choose people"):
        notes.rows("tie")


def test_nothing_is_imported_until_it_is_used():
    code = "import sys, netnotes; print([m for m in sys.modules if m.startswith('netnotes.') or m == 'click'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    run = "from netnotes import cli; cli.run_command(['--help'])"
    code = f"import sys; {run}; print(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"mcp", "distributed", "pyarrow", "networkx", "netnotes.app.batch"} & set(done.stderr.splitlines())
    code = "import sys, netnotes.app.workspace; print([m for m in sys.modules if m.startswith('netnotes.importers')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_in_the_vault_changes(tmp_path):
    (tmp_path / "People").mkdir()
    (tmp_path / "People" / "Ada.md").write_text("- 2026-06-01 call\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    netnotes.open(tmp_path, as_of=DAY).map()
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("day", ["2026-06-30", dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)])
def test_a_day_may_be_a_text_or_a_moment(notes, day):
    assert netnotes.open(EXAMPLE, as_of=day).rows("ties") == notes.rows("ties")
    assert notes.as_of(day).rows("ties") == notes.rows("ties")


def test_a_text_that_is_not_a_day_is_refused(notes):
    with pytest.raises(ValueError, match="day is out of range"):
        notes.as_of("2026-02-30")
