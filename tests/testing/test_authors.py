"""What authors get: a plugin to begin with that passes, a check that finds faults, a vault from a text."""

import importlib.util
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from netnotes_plugins.know import know

from netnotes.api import Field, Network, Person, Score, scorer
from netnotes.plugin_host.scaffold import KINDS
from netnotes.testing import Finding, Result, TextVault, conforms, examine, run, vault
from netnotes.testing.strategies import networks
from tests.examples import examples
from tests.plugin_host.conftest import scorer as text_of


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=[pytest.mark.full] * (kind != "scorer")) for kind in KINDS])
def test_a_new_plugin_passes_its_check(home, kind):
    assert home.netnotes("plugins", "new", "mine", "--kind", kind).code == 0
    ran = home.netnotes("plugins", "check", "mine.py")
    assert ran.code == 0, ran.out
    assert "FAILS" not in ran.out


@pytest.mark.full
def test_a_new_distribution_passes_its_tests(home, tmp_path):
    for kind in KINDS:
        assert home.netnotes("plugins", "new", f"my_{kind}", "--kind", kind, "--package").code == 0
    folders = sorted((tmp_path / "cwd").glob("netnotes-my-*"))
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--import-mode=importlib",
            "-c",
            "/dev/null",
            "--rootdir",
            ".",
            "-o",
            "pythonpath=" + " ".join(str(f / "src") for f in folders),
            *[next((f / "tests").glob("test_*.py")) for f in folders],
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", ["Recency", "2fast", "a-b", "../up", "class", "", "know", "depth", "x" * 41])
def test_a_name_that_cannot_be_is_refused(home, name):
    ran = home.netnotes("plugins", "new", name)
    assert ran.code == 1
    assert "cannot be the name of a plugin" in ran.err
    assert not list((home.root.parent / "cwd").iterdir())


def test_nothing_that_is_there_is_written_over(home):
    home.netnotes("plugins", "new", "mine")
    place = home.root.parent / "cwd" / "mine.py"
    place.write_text("mine")
    ran = home.netnotes("plugins", "new", "mine")
    assert (ran.code, place.read_text()) == (1, "mine")


def test_naming_a_file_is_consent_to_check_it(home):
    home.write("bad.py", text_of("bad", body="yield Score(tie, 2, 'x')"))
    ran = home.netnotes("plugins", "check", home.root / "bad.py", "--json")
    assert ran.code == 1
    rows = json.loads(ran.out)
    assert rows[0] == {"test": "can be imported", "message": None, "hint": None}
    assert any(row["message"] and "2 is not within 0 to 1" in row["message"] for row in rows)


@pytest.mark.parametrize("text", ["def\n", "raise SystemExit(0)\n", "x = 1\n"])
def test_a_plugin_that_cannot_be_imported_is_a_finding(home, text):
    home.write("bad.py", text)
    ran = home.netnotes("plugins", "check", home.root / "bad.py")
    assert ran.code == 1
    assert "FAILS  can be imported" in ran.out
    assert home.netnotes("plugins", "check", home.root / "none.py").code == 1


def fault_of(function):
    return {found.test.partition(": ")[2]: found.message for found in examine(function) if found.message}


def test_the_suite_finds_what_depends_on_order():
    @scorer(Field("seen", "how many before"))
    def seen(network, options):
        for at, tie in enumerate(network.ties):
            yield Score(tie, at / 10_000, "x")

    assert "another order" in fault_of(seen)["properties missing or odd"]


def test_the_suite_finds_what_differs_the_second_time():
    count = iter(range(10**9))

    @scorer(Field("chance", "luck"))
    def chance(network, options):
        for tie in network.ties:
            yield Score(tie, next(count) / 10**9, "x")

    assert "second time" in fault_of(chance)["one tie"]


def test_the_suite_finds_what_breaks_on_odd_properties_and_times():
    @scorer(Field("odd", "odd"))
    def odd(network, options):
        for tie in network.ties:
            yield Score(
                tie,
                float(tie.person.properties.get("closeness", 0.5)),
                str(network.today.replace(year=network.today.year + 1)),
            )

    assert {"properties missing or odd", "the first and the last day there is"} <= fault_of(odd).keys()


def test_the_suite_finds_a_promise_that_is_not_kept():
    @scorer(Field("share", "of all contacts"), per_tie=True)
    def share(network, options):
        total = sum(len(tie.contacts) for tie in network.ties)
        for tie in network.ties:
            if tie.contacts:
                yield Score(tie, len(tie.contacts) / total, "x")

    found = fault_of(share)
    assert "scored alone" in found["names of every script"]
    assert "one tie" not in found


@pytest.mark.full
def test_the_suite_finds_what_is_slow():
    @scorer(Field("slow", "all with all"))
    def slow(network, options):
        for tie in network.ties:
            near = sum(1 for other in network.ties if other.person.scene == tie.person.scene)
            yield Score(tie, near / (1 + len(network.ties)), "x")

    assert re.search("times as long|not done after", fault_of(slow)["5,000 ties in time"])


def test_conforms_says_all_of_it():
    @scorer(Field("bad", "bad"))
    def bad(network, options):
        for tie in network.ties:
            yield Score(tie, -1, "x")

    with pytest.raises(AssertionError, match=r"one tie: .*-1 is not within 0 to 1"):
        conforms(bad)
    conforms(know)
    assert Finding("x").message is None


def test_a_text_is_a_vault():
    notes = vault("""
    -- People/Ada.md --
    ---
    scene: Lisbon
    ---
    -- Meetings/2026-06-01 Lunch.md --
    ---
    attendees: ["[[Ada]]"]
    duration: 1h30
    ---
    -- netnotes.toml --
    [fields]
    know = true
    -- .obsidian/templates.json --
    {"folder": "Templates"}
    -- Templates/Person.md --
    -- picture.png --
    """)
    assert isinstance(notes, TextVault)
    assert notes.vault.templates == ("Templates",)
    assert notes.vault.files == ("picture.png",)
    result = run(know, notes)
    assert isinstance(result, Result)
    assert result.tie("Ada").contacts[0].minutes == 90
    assert {key: str(value) for key, value in result.written("Ada").items()} == {
        "depth": "0.2",
        "tie": "thin",
        "warmth": "warm",
        "last_contact": "2026-06-01",
        "follow_up": "2026-06-06",
        "depth_know": "0.22",
    }


def test_a_text_without_files_is_refused():
    with pytest.raises(ValueError, match="no file begins"):
        vault("People/Ada.md")


def test_run_names_the_candidates():
    result = run(know, "\n-- People/Ada.md --\n-- 2026-06-01.md --\n- [[Ada]]\n")
    assert isinstance(result.person("ada"), Person)
    assert result.score("Ada", "nothing") is None
    with pytest.raises(LookupError, match="no tie between"):
        result.tie("Ada", "Ada")


def test_something_that_is_not_a_plugin_is_refused():
    with pytest.raises(TypeError, match="no decorator"):
        conforms(print)


@settings(max_examples=examples(30))
@given(networks())
def test_networks_of_hypothesis_are_whole(network):
    assert isinstance(network, Network)
    assert all(tie.last is None or tie.last <= network.today for tie in network.ties)
    for score in know(network, type("O", (), {"half_life_days": 730.0, "contexts": 3})()):
        assert 0 <= score.value <= 1


def test_a_package_takes_its_options_under_the_name_it_announces(home, tmp_path, monkeypatch):
    assert home.netnotes("plugins", "new", "mine", "--package").code == 0
    place = tmp_path / "cwd" / "netnotes-mine" / "src" / "netnotes_mine" / "__init__.py"
    spec = importlib.util.spec_from_file_location("netnotes_mine", place)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "netnotes_mine", module)
    spec.loader.exec_module(module)
    notes = "-- People/Ada.md --\n- 2026-05-16 coffee\n"
    ran = run(module, notes, config="[plugins.mine]\nhalf_life_days = 45\n")
    assert (ran.plugin.name, ran.value("Ada")) == ("mine", 0.5)
