"""What others did without the writer is nothing to log."""

import datetime as dt

import pytest

from netnotes.capture.sentence import understand
from tests.capture.test_sentences import BOOK, lines


@pytest.mark.parametrize("line", lines("others.txt"))
def test_what_others_did_is_no_contact_of_mine(line: str) -> None:
    text, people = (part.strip() for part in line.split("|"))
    found = understand(text, BOOK, dt.date(2026, 3, 11))
    assert (", ".join(each.name for each in found.people) if found.logged else "-") == people
    assert found.logged or found.why == "it does not say that you were there"


def test_what_others_did_says_what_to_write(netnotes, vault):
    root = vault(
        {"People/Ada Pell.md": "", "People/Bo Lind.md": "", "2026-03-01.md": "- met [[Ada Pell]], [[Bo Lind]]\n"}
    )
    ran = netnotes("log", "Ada and Bo had lunch", root, "--as-of", "2026-03-11", "--yes")
    assert ran.code == 1
    assert "it does not say that you were there" in ran.err
    assert "`with Ada Pell and Bo Lind`, or `and I`" in ran.err
