"""What is stored is used only by the version of the program that stored it."""

import sys
from pathlib import Path

import pytest

from netnotes.storage import keyed_file

NAMES = ("model.py", "storage/keyed_file.py", "text/lexicon/words.py", "text/lexicon/languages/en.txt")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Return the folder of a small program that asks for its own version."""
    for name in NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# as it was\n", encoding="utf-8")
    monkeypatch.setattr(keyed_file, "__file__", str(tmp_path / "storage" / "keyed_file.py"))
    return tmp_path


def version() -> bytes:
    """Return the version as a new process finds it."""
    return keyed_file.version.__wrapped__()


@pytest.mark.parametrize("changed", NAMES)
def test_a_file_that_changes_is_another_version(program, changed):
    before = version()
    assert version() == before
    with (program / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert version() != before


def test_a_new_file_is_another_version(program):
    before = version()
    (program / "text" / "lines.py").touch()
    assert version() != before


def test_compiled_files_are_not(program):
    before = version()
    (program / "text" / "__pycache__").mkdir()
    (program / "text" / "__pycache__" / "lines.pyc").touch()
    assert version() == before


def test_code_that_cannot_be_seen_is_never_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(keyed_file, "__file__", str(tmp_path / "archive.zip" / "netnotes" / "keyed_file.py"))
    assert version() != version()


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such file")
def test_a_file_that_cannot_be_read_is_as_good_as_none():
    """This one is a file of the user's own, and its first bytes are an input/output error."""
    place = Path("/proc/self/mem")
    assert (list(keyed_file.read(place, bytes(32))), keyed_file.opened(place, bytes(32))) == ([], None)
