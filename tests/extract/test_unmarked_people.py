"""Which notes without a mark are people: see fixtures/unmarked_people.md, which anyone can extend."""

import datetime as dt

import pytest

from netnotes.app.workspace import read_config
from netnotes.extract.corpus import corpus_of
from netnotes.incremental import Memory
from netnotes.pipeline import read
from netnotes.storage.scan import read_vault
from tests.extract.test_encounters import cases, write


@pytest.mark.parametrize(("notes", "expected"), list(cases("unmarked_people.md")))
def test_unmarked_people(tmp_path, notes, expected):
    write(tmp_path, notes)
    config, memory = read_config(tmp_path), Memory()
    read(corpus_of(read_vault(tmp_path), config), config, (), dt.date(2026, 6, 30), memory)
    assert "\n".join(sorted(memory.people.directory.noted)) == expected
