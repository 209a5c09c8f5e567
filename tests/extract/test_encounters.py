"""What passages of notes say that people met: see fixtures/encounters.md, which anyone can extend."""

import datetime as dt
import re
from pathlib import Path

import pytest

from netnotes.app.workspace import read_config
from netnotes.extract.corpus import corpus_of
from netnotes.incremental import Memory
from netnotes.pipeline import read
from netnotes.storage.scan import read_vault

FIXTURES = Path(__file__).with_name("fixtures")


def cases(name):
    text = (FIXTURES / name).read_text(encoding="utf-8")
    for block in re.split(r"^~{10,}\n", text, flags=re.MULTILINE)[1:]:
        title, _, rest = block.partition("\n")
        notes, _, expected = rest.partition("\n.\n")
        yield pytest.param(notes + "\n", expected.strip(), id=title)


def write(root, notes):
    for part in re.split(r"^=== ", notes, flags=re.MULTILINE)[1:]:
        path, _, text = part.partition("\n")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def summary(encounter):
    own = ", ".join(
        f"{person.name} {encounter.minutes_by_person[person.id]:g}"
        for person in encounter.people
        if person.id in encounter.minutes_by_person
    )
    minutes = "-" if encounter.minutes is None else f"{encounter.minutes:g}"
    return " | ".join(
        (
            encounter.date.isoformat(),
            ", ".join(person.name for person in encounter.people),
            minutes + (f" [{own}]" if own else ""),
            encounter.channel or "-",
            encounter.initiated_by or "-",
            encounter.scene or "-",
            f"{encounter.path}:{encounter.line}",
        )
    )


@pytest.mark.parametrize(("notes", "expected"), list(cases("encounters.md")))
def test_encounters(tmp_path, notes, expected):
    write(tmp_path, notes)
    config = read_config(tmp_path)
    network, _ = read(corpus_of(read_vault(tmp_path), config), config, (), dt.date(2026, 6, 30), Memory())
    assert "\n".join(map(summary, network.encounters)) == expected
