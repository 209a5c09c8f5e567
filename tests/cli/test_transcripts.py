"""What every command prints, word for word, at 80 columns: of the example vault and of a made vault of 800 people.

Some also at 100 and 200 columns.

`tests/cli/replay.py` says how a transcript is written. `pytest tests/cli --update` writes what the commands print now.
"""

import json
import os
import re
import shlex
from pathlib import Path

import pytest

from netnotes.cli import COMMANDS
from tests.cli.replay import Replay, printed_commands
from tests.example_home import kept

ROOT = Path(__file__).parents[2]
TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
REPORTS = ("today", "chase", "due", "scenes", "circles", "groups", "path", "introduce", "profile", "forecast")
LONG = ("batch", "capture", "large", "plugins", "wide")
"""Transcripts that take more than a second, or need a package that only slow tests install."""
VAULT = "examples/vault"
VAULTS = r"(?:examples/vault|large)\b"
FAIR = r"\d problems?\b|Needs a yes|ended$|^Nothing to undo|--ask needs a terminal"
"""What is said where a command that works does not exit 0: there are problems, a question (here without a terminal to
ask on), or Ctrl-C."""


@pytest.fixture
def shell(netnotes, shared_cache, monkeypatch):
    """Return the function that runs a command line in the project's folder."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    return lambda line: netnotes(*shlex.split(line)[1:])


@pytest.fixture
def replay(example_home, monkeypatch):
    """Return what replays transcripts."""
    monkeypatch.chdir(example_home)
    monkeypatch.setenv("HOME", str(example_home))
    monkeypatch.setenv("COLUMNS", "80")
    return Replay(example_home)


@pytest.mark.parametrize(
    "place",
    [pytest.param(each, marks=[pytest.mark.full] * (each.stem in LONG)) for each in TRANSCRIPTS],
    ids=lambda place: place.stem,
)
def test_the_commands_print_what_they_printed(place, replay, request):
    before = place.read_text(encoding="utf-8")
    replay.prepare(before)
    after = replay.again(before)
    if request.config.getoption("--update"):
        place.write_text(after, encoding="utf-8", newline="\n")
    assert after.splitlines() == place.read_text(encoding="utf-8").splitlines()


@pytest.mark.full
@pytest.mark.parametrize(
    "place",
    [place for place in TRANSCRIPTS if place.stem != "wide" and printed_commands(place.read_text(encoding="utf-8"))],
    ids=lambda place: place.stem,
)
def test_a_printed_command_can_be_pasted(place, replay):
    """Each is run in the folder as it is then: it works, or says why there is nothing to do."""
    before = place.read_text(encoding="utf-8")
    tried: set[str] = set()
    failed = []
    folders = (replay.folder, Path(os.environ["NETNOTES_DATA"]))
    replay.prepare(before)

    def paste(printed):
        for command in () if printed.startswith("Usage:") else sorted(set(printed_commands(printed)) - tried):
            tried.add(command)
            with kept(*folders):
                # A service is not installed here; that the line is understood shows in what would be.
                code, answer = replay.run(command + " --print" * command.startswith("netnotes service install"))
            if code and not re.search(FAIR, answer):
                failed.append((command, code, answer))

    replay.again(before, paste)
    assert failed == []


@pytest.mark.parametrize("place", TRANSCRIPTS, ids=lambda place: place.stem)
def test_a_command_that_is_named_in_a_sentence_is_printed_below_with_vault_and_day(place):
    for step in re.split(r"^\$ ", place.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        command, _, printed = step.partition("\n")
        if "--help" in command or printed.startswith("Usage:") or command.split()[1] in ("notify", "demo"):
            continue
        for name in re.findall(r"`netnotes ([\w-]+)[^`A-Z]*`", printed):
            assert re.search(rf"^ +netnotes {name}\b.*{VAULTS}", printed, re.MULTILINE), (command, name)


def test_every_command_has_a_transcript_for_either_vault():
    text = "".join(place.read_text(encoding="utf-8") for place in TRANSCRIPTS)
    for vault in (VAULT, "large"):
        seen = {line.split()[2] for line in re.findall(rf"^\$ netnotes .*\b{vault}\b.*$", text, re.MULTILINE)}
        assert set(COMMANDS) - seen == set()


def command(name):
    return f"netnotes {name} {'lisbon ' if name == 'path' else ''}{VAULT} --as-of 2026-06-30"


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.full] * (name == "forecast")) for name in REPORTS]
)
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


def test_the_same_day_gives_the_same_output_twice(shell):
    assert shell(command("today")).out == shell(command("today")).out
