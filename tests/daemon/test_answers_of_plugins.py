"""What a daemon does not answer for, since a new process may get something else from the same notes."""

import sys

import pytest

from tests.daemon.conftest import NOT_ANSWERED, alone, ask

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a daemon answers commands on Linux only")

SCORER = """
from collections.abc import Iterator
from netnotes.api import Field, Network, Score, scorer
{}

NETNOTES_API = 1


@scorer(Field("tide", "how high it is"))
def tide(network: Network, options: object) -> Iterator[Score]:
    for tie in network.ties:
        yield Score(tie, {})
"""


@pytest.fixture
def with_plugin(answering, tmp_path):
    """Return what puts a plugin into the vault, allows it, and waits until something has happened."""

    def put(imports, value, done):
        answering.put(".netnotes/plugins/tide.py", SCORER.format(imports, value))
        place = answering.root / ".netnotes/plugins/tide.py"
        allowed = answering.run("plugins", "allow", place, "--yes")
        assert allowed.returncode == 0, allowed.stderr
        answering.put("new.md", "")
        answering.until(lambda: done(answering))
        return answering

    return put


def is_written(vault):
    return "\ntide: " in vault.text("People/Ada.md")


def why(root):
    return ask("why", "Ada", "--details", root)


def test_a_plugin_that_only_reads_notes_is_answered_for(with_plugin):
    root = with_plugin("", "0.25", is_written).root
    assert why(root) == alone("why", "Ada", "--details", root)


def test_a_plugin_that_reads_something_else_runs_each_time(with_plugin, tmp_path):
    height = tmp_path / "height"
    height.write_text("0.25")
    root = with_plugin("from pathlib import Path", f"float(Path({str(height)!r}).read_text())", is_written).root
    assert why(root) == (NOT_ANSWERED, "", "")


def test_a_plugin_that_failed_is_tried_again(with_plugin):
    vault = with_plugin("", "1 / 0", lambda vault: "plugin failed" in vault.events())
    assert why(vault.root) == (NOT_ANSWERED, "", "")


def test_a_plugin_that_was_not_loaded_is_tried_again(with_plugin):
    vault = with_plugin("import not_yet_installed", "1", lambda vault: "reloaded" in vault.events())
    assert why(vault.root) == (NOT_ANSWERED, "", "")


def test_an_installed_plugin_may_be_another_by_now(answering):
    answering.put("netnotes.toml", "write_delay = 0\n[plugins]\nenable = ['not_yet_installed']\n")
    answering.until(lambda: "reloaded" in answering.events())
    assert why(answering.root) == (NOT_ANSWERED, "", "")
