"""The fixtures that pytest finds where NetNotes is installed."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
AUTHORS = '''
"""
-- People/Mod.md --
"""


def test_of_its_own(netnotes_vault, netnotes_golden):
    """A comment before the first file is no part of it.

    -- People/Ada.md --
    -- 2026-06-30.md --
    - coffee with [[Ada]]
    """
    netnotes_golden("\\n".join(note.path for note in netnotes_vault.vault.notes))
    netnotes_golden("twice")


class TestMany:
    """
    -- People/Cla.md --
    """

    def test_of_the_class(self, netnotes_vault):
        """No vault here."""
        assert [note.path for note in netnotes_vault.vault.notes] == ["People/Cla.md"]


def test_of_the_module(netnotes_vault):
    assert [note.path for note in netnotes_vault.vault.notes] == ["People/Mod.md"]
'''


@pytest.fixture
def author(pytester, monkeypatch):
    """Return a function that runs pytest as an author would, and counts what passed and failed."""
    # The plugin is named below: an entry point beside it would register it a second time.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return lambda *args: pytester.runpytest_inprocess("-p", "netnotes.pytest_plugin", *args)


def test_a_vault_is_in_the_docstring_and_a_golden_file_beside_the_test(author, pytester):
    pytester.makepyfile(AUTHORS)
    first = author()
    first.assert_outcomes(passed=2, failed=1)
    first.stdout.fnmatch_lines(["*no golden file*test_of_its_own.txt: `pytest --netnotes-update` writes it*"])
    author("--netnotes-update").assert_outcomes(passed=3)
    golden = pytester.path / "golden"
    assert {file.name: file.read_text() for file in golden.iterdir()} == {
        "test_of_its_own.txt": "2026-06-30.md\nPeople/Ada.md\n",
        "test_of_its_own-2.txt": "twice\n",
    }
    author().assert_outcomes(passed=3)
    (golden / "test_of_its_own-2.txt").write_bytes(b"once\r\n")
    author().assert_outcomes(passed=2, failed=1)


def test_a_docstring_without_a_file_is_explained(author, pytester):
    pytester.makepyfile("def test_it(netnotes_vault):\n    '''Nothing -- of a vault --.'''\n")
    ran = author()
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(["*none holds a file: write `-- People/Ada.md --`*"])


def test_pytest_finds_it_by_its_entry_point_and_it_imports_nothing_before_it_is_used():
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    module = project["entry-points"]["pytest11"]["netnotes"]
    code = f"import sys, {module}; print([name for name in sys.modules if name.startswith('netnotes.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"['{module}']"
