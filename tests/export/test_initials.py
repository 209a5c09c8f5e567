"""Initials: unique, harmless, and no cover that spells a name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.export.anonymize import initials


@pytest.mark.parametrize(
    ("names", "result"),
    [
        (["Ada Lovelace", "Bo", "Abe Lund"], ["AL", "B", "AL 2"]),
        (["maria del carmen ruiz"], ["MR"]),
        (["(Zoë) O'Brien"], ["ZO"]),
        (["e\u0301lodie"], ["É"]),
        (["J. R.", "X", "é"], ["1", "2", "3"]),
        (["王小明", "محمد", "👩‍👩‍👧‍👦", "", " ", "123"], ["1", "2", "3", "4", "5", "6"]),
        (["ß Straße", "ŉ"], ["SS", "2"]),
    ],
)
def test_initials(names, result):
    assert initials([(name,) for name in names]) == result


def test_initials_are_not_a_nickname():
    assert initials([("Ada Lovelace", "al"), ("Bea Moss", "A. L."), ("Cy Dee", "c.d.")]) == ["1", "BM", "3"]


def test_initials_do_not_spell_a_name():
    assert initials([("Bo Olsen",), ("Jo-Ann Orr",), ("Ann Moss", "the Jó's")]) == ["1", "2", "AM"]
    assert initials([("Bea Olsen",), ("Cy", "Bö")]) == ["1", "C"]
    assert initials([("Ada Lovelace",), ("Al B. Lund",), ("Xu Yan",), ("Bea",)]) == ["1", "2", "XY", "B"]


@given(st.lists(st.text(st.characters(codec=None, categories=None), max_size=12), max_size=8))
def test_initials_are_unique_and_harmless(names):
    result = initials([(name,) for name in names])
    assert len(result) == len(set(result)) == len(names)
    assert all(re.fullmatch(r"\d+|[^\W\d_]{1,2}( \d+)?", one) for one in result)
