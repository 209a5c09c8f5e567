"""Whole files: only one that NetNotes made is replaced."""

from pathlib import Path

import pytest

from netnotes.errors import Unwritable
from netnotes.storage.whole_file import check, save


@pytest.mark.parametrize(
    ("there", "mark"),
    [
        ("mine", ""),
        ("a list: []", "[]"),
        ("mine\nname,depth\n", "name,depth\n"),
        ("mine", "// made by NetNotes"),
    ],
)
def test_a_file_without_the_mark_is_left(tmp_path: Path, there: str, mark: str) -> None:
    place = tmp_path / "file.txt"
    place.write_text(there, encoding="utf-8")
    with pytest.raises(Unwritable):
        save("new", place, mark)
    assert place.read_text(encoding="utf-8") == there


@pytest.mark.parametrize(
    ("there", "mark"),
    [
        ("", ""),
        ("[]", "[]"),
        ("name,depth\nAda,0.5\n", "name,depth\n"),
        ("<?xml?>\n// made by NetNotes", "by NetNotes"),
    ],
)
def test_a_file_with_the_mark_is_replaced(tmp_path: Path, there: str, mark: str) -> None:
    place = tmp_path / "file.txt"
    place.write_text(there, encoding="utf-8")
    check(place, mark)
    save("new", place, mark)
    assert place.read_text(encoding="utf-8") == "new"
