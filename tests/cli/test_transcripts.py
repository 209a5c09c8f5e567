"""What the reports say of the example vault, word for word, and the commands' manners.

Each file holds commands behind `$ `, what they print, and how they end. `pytest tests/cli --update` writes them.
"""

import json
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
REPORTS = ("today", "chase", "due", "scenes", "circles", "groups", "path", "introduce", "profile", "forecast")
VAULT = "examples/vault"


@pytest.fixture
def shell(netnotes, monkeypatch):
    """Return the function that runs a command line in the project's folder."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    return lambda line: netnotes(*shlex.split(line)[1:])


@pytest.mark.parametrize("place", TRANSCRIPTS, ids=lambda place: place.stem)
def test_the_example_vault_is_told_of_as_before(place, shell, request):
    text = place.read_text(encoding="utf-8")
    commands = re.findall(r"^\$ (.*)$", text, re.MULTILINE)
    told = ""
    for command in commands:
        ran = shell(command)
        told += f"$ {command}\n{ran.out}{ran.err}[exit {ran.code}]\n\n"
    if request.config.getoption("--update"):
        place.write_text(told, encoding="utf-8", newline="\n")
    assert told.splitlines() == place.read_text(encoding="utf-8").splitlines()


def command(name):
    return f"netnotes {name} {'lisbon ' if name == 'path' else ''}{VAULT} --as-of 2026-06-30"


@pytest.mark.parametrize("name", REPORTS)
def test_each_has_something_to_say_and_every_row_its_reason_and_lines(name, shell):
    ran = shell(f"{command(name)} --json")
    rows = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert rows
    for row in rows:
        assert isinstance(row["because"], str)
        for line in row["evidence"]:
            text = (ROOT / VAULT / line["path"]).read_text(encoding="utf-8").splitlines()
            assert 1 <= line["line"] <= len(text)
    assert any(row["because"] and row["evidence"] for row in rows)


@pytest.mark.full
@pytest.mark.parametrize("name", REPORTS)
def test_each_can_be_pasted_into_a_note_without_linking_anybody(name, shell):
    ran = shell(f"{command(name)} --markdown")
    assert ran.code == 0
    assert ran.out.startswith("## ")
    assert not re.search(r"(?<!\\)\[(?<!\\\[)\[", ran.out)


@pytest.mark.full
@pytest.mark.parametrize("name", REPORTS)
def test_nobody_who_is_to_be_ignored_is_named(name, shell):
    ran = shell(f"{command(name)} --json")
    rows = json.loads(ran.out)
    assert all(
        "Derek Moss" not in json.dumps({k: v for k, v in row.items() if k != "evidence"}, ensure_ascii=False)
        for row in rows
    )


@pytest.mark.parametrize("name", REPORTS)
def test_each_explains_itself_with_an_example(name, shell):
    ran = shell(f"netnotes {name} --help")
    assert ran.code == 0
    assert f"netnotes {name} " in ran.out.partition("Example:")[2]
    assert all(flag in ran.out for flag in ("--json", "--as-of", "--markdown"))


@pytest.mark.parametrize("name", REPORTS)
def test_an_empty_vault_is_answered_kindly(name, shell, tmp_path):
    (tmp_path / ".obsidian").mkdir()
    ran = shell(f"netnotes {name} {'lisbon ' if name == 'path' else ''}{shlex.quote(str(tmp_path))}")
    if name == "path":
        assert ran.code == 1
        assert "hint" in ran.err
    else:
        assert ran.code == 0
        assert ran.err.endswith(f"  netnotes setup {shlex.quote(str(tmp_path))}\n")


def test_today_is_seven_lines_at_most(shell):
    assert len(re.findall(r"^\d+\. ", shell(command("today")).out, re.MULTILINE)) <= 7


def test_the_scenes_of_the_example_are_at_their_stages(shell):
    rows = {row["name"]: row for row in json.loads(shell(f"{command('scenes')} --json").out)}
    assert {"since", "people", "deep", "sigma", "stage"} <= rows["lisbon"].keys()
    assert (rows["bristol"]["stage"], rows["lisbon"]["stage"], rows["lisbon"]["sigma"]) == (
        "focused",
        "exploring",
        0.3,
    )
    assert rows["lisbon"]["since"] == "2026-04-14"


def test_the_same_day_tells_the_same_twice(shell):
    assert shell(command("today")).out == shell(command("today")).out
