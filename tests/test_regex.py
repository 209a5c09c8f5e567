"""A regular expression that is compiled later is the one that `re.compile` returns."""

import copy
import importlib
import pkgutil
import re
import sys

import pytest

import netnotes
from netnotes.regex import Regex, regex


def test_it_does_what_the_pattern_does() -> None:
    later = regex(r"(?P<name>a)(b)?", re.IGNORECASE)
    now = re.compile(r"(?P<name>a)(b)?", re.IGNORECASE)
    assert later.groupindex == now.groupindex
    assert (later.pattern, later.flags, later.groups) == (now.pattern, now.flags, now.groups)
    for text in ("", "xAb", "aab"):
        assert [match.groups() for match in later.finditer(text)] == [match.groups() for match in now.finditer(text)]
        assert later.sub("-", text) == now.sub("-", text)
        assert later.split(text) == now.split(text)
        assert bool(later.search(text)) == bool(now.search(text))


def test_a_copy_of_it_does_the_same() -> None:
    assert copy.deepcopy(regex("a+")).findall("aaba") == ["aa", "a"]


def test_a_fault_shows_where_it_is_first_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_every_pattern_of_the_program_compiles() -> None:
    for info in pkgutil.walk_packages(netnotes.__path__, "netnotes."):
        if info.name.partition(".")[2].split(".")[0] in ("text", "extract", "capture", "config"):
            for value in vars(importlib.import_module(info.name)).values():
                if isinstance(value, Regex):
                    assert re.compile(value.pattern, value.flags)
    assert "netnotes.text.lines" in sys.modules
