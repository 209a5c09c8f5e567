"""`netnotes demo`: an example that needs nothing, changes nothing of the user's, and leaves nothing behind."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.cli.commands.vault.demo import STEPS, copy_example

DEMO = [sys.executable, "-m", "netnotes", "demo"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def surroundings(tmp_path, monkeypatch):
    """Return a home of nothing but empty folders, in which the demo runs."""
    for name in ("home", "temporary", "here"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("NETNOTES_DATA")
    monkeypatch.delenv("NETNOTES_CACHE")
    return tmp_path


@pytest.mark.parametrize("arguments", [arguments for _, arguments in STEPS], ids=" ".join)
def test_its_commands_and_options_exist(arguments):
    with cli.program.make_context("netnotes", list(arguments), resilient_parsing=True) as context:
        name, command, rest = cli.program.resolve_command(context, list(arguments))
        command.make_context(name, rest, parent=context)


@pytest.mark.full
def test_the_demo_runs_five_commands_and_leaves_no_files(surroundings):
    ended = subprocess.run(
        DEMO, cwd=surroundings / "here", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert not ended.stderr.count("netnotes:")
    for number, command in enumerate(("people", "why", "today", "sync", "undo"), 1):
        assert f"{number} of 5" in ended.stdout
        assert f"$ netnotes {command}" in ended.stdout
    assert "Rowan Pell" in ended.stdout
    assert "written" in ended.stdout
    assert "restored" in ended.stdout
    assert [path for path in surroundings.rglob("*") if not path.is_dir()] == []
    assert [path.name for path in surroundings.rglob("netnotes*")] == []


@pytest.mark.full
def test_the_demo_waits_at_a_terminal_and_can_be_left(surroundings):
    terminal, theirs = pty.openpty()
    os.write(terminal, b"\nq\n")
    command = [*DEMO, "--no-open"]
    ended = subprocess.run(command, cwd=surroundings / "here", stdin=theirs, capture_output=True, text=True, check=True)
    assert "2 of 5" in ended.stdout
    assert "3 of 5" not in ended.stdout
    assert [path.name for path in surroundings.rglob("netnotes*")] == []


def test_the_copy_is_the_whole_example(tmp_path):
    copy_example(tmp_path / "copy")
    example = ROOT / "examples" / "vault"
    files = {path.relative_to(example): path.read_bytes() for path in example.rglob("*") if path.is_file()}
    assert files == {
        path.relative_to(tmp_path / "copy"): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    }


@pytest.mark.full
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_demo_that_is_ended_removes_its_copy(surroundings, number):
    with subprocess.Popen(DEMO, cwd=surroundings / "here", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as demo:
        assert b"Tilda" in demo.stdout.readline()
        demo.send_signal(number)
        _, complaint = demo.communicate()
    assert complaint.decode().splitlines()[-1] == "interrupted"
    assert demo.returncode == 130
    assert [path.name for path in surroundings.rglob("netnotes*")] == []
