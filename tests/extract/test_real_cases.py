"""Cases from other people's vaults, where they are at hand: what a case wants in so many words is read."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest

from netnotes.app.workspace import read_config
from netnotes.extract.corpus import corpus_of
from netnotes.incremental import Memory
from netnotes.pipeline import read
from netnotes.storage.scan import read_vault
from tests.extract.test_encounters import summary, write

SHARED = Path(os.environ.get("NETNOTES_SHARED", Path(__file__).parents[3] / "shared"))
CASES = SHARED / "cases" / "real.md"
_CASE = re.compile(r"^### (B\d+) [^\n]*\n(.*?)(?=^### B\d|^## K|\Z)", re.MULTILINE | re.DOTALL)
_VAULT = re.compile(r"^(`{3,})text\n(.*?)^\1\n", re.MULTILINE | re.DOTALL)
_WANTED = re.compile(r"`(\d{4}-\d\d-\d\d \| [^`…]+)`")


def cases():
    text = CASES.read_text(encoding="utf-8") if CASES.exists() else ""
    for case in _CASE.finditer(text):
        vault = _VAULT.search(case[2])
        wants = case[2].rpartition("\nWants: ")[2].partition("Today")[0]
        if vault and (wanted := _WANTED.findall(wants)):
            yield pytest.param(vault[2], wanted, id=case[1])


@pytest.mark.skipif(not CASES.exists(), reason="the cases are not at hand: set NETNOTES_SHARED")
@pytest.mark.parametrize(("notes", "wanted"), list(cases()))
def test_each_case_gives_the_encounters_it_lists(tmp_path, notes, wanted):
    write(tmp_path, notes)
    config = read_config(tmp_path)
    network, _ = read(corpus_of(read_vault(tmp_path), config), config, (), dt.date(2026, 6, 30), Memory())
    found = [summary(encounter) for encounter in network.encounters]
    assert [line for line in wanted if line.strip() not in found] == []
