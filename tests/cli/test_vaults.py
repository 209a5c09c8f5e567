"""Small vaults of many languages and apps, without any options: what is read of them, and what the commands print.

tests/vaults/README.md says how to add one.
"""

import datetime as dt
import shlex
from pathlib import Path

import pytest

from netnotes.app.workspace import open_workspace

ROOT = Path(__file__).parents[2]
VAULTS = sorted(place for place in (ROOT / "tests" / "vaults").iterdir() if place.is_dir())
DAY = dt.date(2026, 6, 30)


@pytest.fixture(params=VAULTS, ids=lambda place: place.name)
def folder(request):
    return request.param


def encounters(folder):
    """Return the encounters of a vault as the file beside it lists them."""
    network = open_workspace(folder, {}, cached=False).run(DAY)[1].network
    for each in sorted(network.encounters, key=lambda one: (one.date, one.path, one.line)):
        people = ", ".join(sorted(person.name for person in each.people))
        minutes = f"{each.minutes:g}" if each.minutes else ""
        yield " | ".join((each.date.isoformat(), people, minutes, each.channel or "")).rstrip()


def test_the_encounters_are_those_that_a_reader_of_the_language_finds(folder):
    expected = folder.with_name(f"{folder.name}.encounters").read_text(encoding="utf-8")
    assert list(encounters(folder)) == expected.splitlines()


def test_the_commands_print_what_they_printed(folder, netnotes, monkeypatch, request):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    printed = ""
    for name in ("people", "today", "check"):
        line = f"netnotes {name} tests/vaults/{folder.name} --as-of {DAY}"
        ran = netnotes(*shlex.split(line)[1:])
        printed += f"$ {line}\n{ran.out}{ran.err}[exit {ran.code}]\n\n"
    place = folder.with_name(f"{folder.name}.txt")
    if request.config.getoption("--update"):
        place.write_text(printed, encoding="utf-8", newline="\n")
    assert printed.splitlines() == place.read_text(encoding="utf-8").splitlines()
