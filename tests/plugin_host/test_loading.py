"""Bundled, installed, files: what runs, in which order, and what is said of the rest."""

import importlib
import json
import sys

import pytest

from netnotes.app.workspace import open_workspace
from netnotes.config import parse
from netnotes.plugin_host import discovery, loader
from tests.plugin_host.conftest import TODAY, scorer


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return the function that installs a distribution with one plugin, for this test alone."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    names = []

    def install(name, text, *, distribution=None, entry=None, group="netnotes.plugins"):
        module = f"netnotes_{name}"
        names.append(module)
        (site / f"{module}.py").write_text(text)
        info = site / f"{distribution or module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution or module}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[{group}]\n{entry or name} = {module}\n")
        importlib.invalidate_caches()

    yield install
    for name in names:
        sys.modules.pop(name, None)


def listed(home, **more):
    ran = home.netnotes("plugins", "list", home.root, "--json", "--as-of", TODAY.isoformat())
    assert ran.code == 0
    return {row["name"]: row for row in json.loads(ran.out)}


def test_installed_is_not_active(home, installed):
    installed("recency", "raise SystemExit('never imported')\n")
    row = listed(home)["recency"]
    assert (row["state"], row["version"], row["origin"]) == ("off", "1.2", "installed")
    assert row["hint"] == '`[plugins] enable = ["recency"]` in netnotes.toml'
    assert "netnotes_recency" not in sys.modules


def test_enabled_it_runs(home, installed):
    installed("recency", scorer())
    home.write("netnotes.toml", '[plugins]\nenable = ["recency"]\n')
    row = listed(home)["recency"]
    assert (row["state"], row["fields"], row["adds"]) == ("on", ["recency"], ["recency"])
    assert row["seconds"] > 0


def test_a_missing_plugin_is_reported_and_its_fields_stay(home):
    home.write("netnotes.toml", '[plugins]\nenable = ["recensy"]\n')
    space = open_workspace(home.root, {})
    (problem,) = space.loaded.problems
    assert problem.message.startswith("not loaded: no such plugin is installed")
    assert not space.loaded.complete


def test_broken_ones_do_not_stop_the_list(home, installed):
    installed("boom", "raise RuntimeError('at import')\n")
    installed("odd", scorer("odd"), entry="Odd Name")
    home.write("netnotes.toml", '[plugins]\nenable = ["boom", "Odd Name", "gone"]\n')
    home.plugin("late", scorer("late", body="1 / 0"))
    home.plugin("slip", "def\n")
    home.plugin("new", scorer("new"), allowed=False)
    rows = listed(home)
    assert {name: rows[name]["state"] for name in ("boom", "Odd Name", "gone", "late", "slip", "new", "know")} == {
        "boom": "broken",
        "Odd Name": "broken",
        "gone": "broken",
        "late": "failed",
        "slip": "broken",
        "new": "blocked",
        "know": "on",
    }
    assert "RuntimeError: at import" in rows["boom"]["reason"]
    assert "ZeroDivisionError" in rows["late"]["reason"]


def test_nor_does_a_broken_netnotes_toml(home):
    for text in ("[[[", "[plugins]\nenabel = []\n", "[plugins.know]\nx = 1\n"):
        home.write("netnotes.toml", text)
        ran = home.netnotes("plugins", "list", home.root)
        assert ran.code == 0
        assert "know" in ran.out
        assert "netnotes.toml: " in ran.err


def test_two_distributions_of_one_name_are_refused_naming_both(home, installed):
    installed("one", scorer("one"), entry="same")
    installed("two", scorer("two"), entry="same")
    home.write("netnotes.toml", '[plugins]\nenable = ["same"]\n')
    row = listed(home)["same"]
    assert row["state"] == "broken"
    assert "`netnotes_one` and `netnotes_two`" in row["reason"]


def test_nobody_takes_the_name_of_a_bundled_plugin(home, installed):
    installed("know", scorer("other"))
    home.write("netnotes.toml", '[plugins]\nenable = ["know"]\n')
    home.plugin("warmth", scorer("another"))
    loaded = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)}).loaded
    reasons = {(s.name, s.origin): s.reason for s in loaded.states if s.state == "broken"}
    assert reasons == {
        ("know", "installed"): "not loaded: a bundled plugin already has this name",
        ("warmth", "file"): "not loaded: a bundled plugin already has this name",
    }


def test_disable_goes_before_everything(home, installed):
    installed("recency", scorer())
    home.plugin("mine", scorer("mine"))
    home.write("netnotes.toml", '[plugins]\nenable = ["recency"]\ndisable = ["recency", "mine", "warmth"]\n')
    rows = listed(home)
    assert [rows[name]["state"] for name in ("recency", "mine", "warmth")] == ["off", "off", "off"]


def test_options_reach_every_function_of_a_plugin():
    from dataclasses import dataclass

    from netnotes.plugin.facts import Field
    from netnotes.plugin.hooks import Plugin, Report, Scorer

    @dataclass(frozen=True)
    class Score:
        half: float = 1.0

    @dataclass(frozen=True)
    class Rows:
        days: int = 30
        half: float = 2.0

    def both(network, options):
        yield from ()

    hooks = (Scorer("s", both, Field("s", "s"), options=Score), Report("r", both, "R", "r", options=Rows))
    config = parse("[plugins.p]\ndays = 3\nhalf = 9\n")
    (plugin,) = loader.with_options([Plugin("p", hooks)], config)
    assert plugin.options == {Score: Score(9.0), Rows: Rows(3, 9.0)}


def test_a_class_may_refuse_its_values(home):
    above = (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Options:\n    x: int = 1\n"
        "    def __post_init__(self):\n        if self.x > 5: raise ValueError('x is above 5')\n"
    )
    home.plugin("recency", scorer(above=above, reads=", options=Options"))
    home.write("netnotes.toml", "[plugins.recency]\nx = 9\n")
    ran = home.netnotes("people", home.root)
    assert ran.code == 1
    assert "[plugins.recency] ValueError: x is above 5" in ran.err


def test_start_up_imports_only_what_is_enabled(home, installed, monkeypatch):
    """No distribution is looked through when none is enabled, and no report is imported when none is asked for."""
    installed("recency", scorer())

    def never():
        raise AssertionError("looked through all distributions")

    monkeypatch.setattr(discovery, "installed", never)
    for name in [name for name in sys.modules if name.startswith("netnotes_plugins.")]:
        monkeypatch.delitem(sys.modules, name)
    open_workspace(home.root, {}).run(TODAY)
    imported = {name.partition(".")[2] for name in sys.modules if name.startswith("netnotes_plugins.")}
    assert imported == set(discovery.BUNDLED)


LATE = """from netnotes.api import Row, exporter, report
NETNOTES_API = 1

@report("Late")
def late(network, options):
    for person in network.people:
        yield Row({"name": person})

@exporter("lines")
def lines(network, options):
    return "a line"
"""


def test_a_plugin_on_demand_is_imported_when_it_is_named(home, installed):
    """As the bundled reports are."""
    installed("late", LATE, group=discovery.ON_DEMAND)
    home.write("netnotes.toml", '[plugins]\nenable = ["late"]\n')
    assert home.netnotes("people", home.root).code == 0
    assert "netnotes_late" not in sys.modules
    assert "Ada" in home.netnotes("report", "late", home.root).out
    assert "netnotes_late" in sys.modules
    assert home.netnotes("graph", home.root, "--format", "lines", "--output", "-").out == "a line"
    assert (listed(home)["late"]["state"], listed(home)["late"]["adds"]) == ("on", ["report late", "format lines"])
