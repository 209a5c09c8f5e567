"""What takes long is shown on a terminal, and only there; a folder that is no vault is not read unasked."""

import io
import os
import pty
import subprocess
import sys

import pytest

from netnotes.cli.progress import PATIENCE, Progress
from netnotes.errors import VaultTooLarge
from netnotes.storage import scan
from netnotes.storage.note_store import NoteStore


class Clock:
    def __init__(self, step):
        self.at, self.step = 0.0, step

    def __call__(self):
        self.at += self.step
        return self.at


def test_quick_work_shows_no_progress():
    stream = io.StringIO()
    progress = Progress(stream, Clock(PATIENCE / 1000))
    for done in range(100):
        progress("Reading notes", done, 100)
    with progress.busy("Working out ties"):
        pass
    assert stream.getvalue() == ""


def test_long_work_shows_its_progress_and_removes_it_at_the_end(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    stream = io.StringIO()
    progress = Progress(stream, Clock(PATIENCE / 10))
    for done in range(100):
        progress("Reading notes", done, 100)
    lines = stream.getvalue().split("\r\x1b[2K")
    assert lines[-1] == ""
    assert "Reading notes" in lines[1]
    assert "of 100" in lines[1]
    assert 1 < len(lines) <= 100
    assert all(len(line) < 80 for line in lines)


def test_every_stage_waits_again():
    stream = io.StringIO()
    progress = Progress(stream, Clock(PATIENCE / 4))
    progress("Looking for notes", 1, 0)
    progress("Reading notes", 1, 9)
    assert stream.getvalue() == ""


def test_a_missing_stream_is_not_a_failure():
    stream = io.StringIO()
    progress = Progress(stream, Clock(PATIENCE))
    stream.close()
    for done in range(5):
        progress("Reading notes", done, 5)


def test_reading_reports_progress(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.md").touch()
    result = []
    NoteStore(tmp_path, progress=lambda *more: result.append(more)).refresh()
    assert result == [("Looking for notes", 0, 0), *(("Reading notes", done, 5) for done in range(5))]


def test_a_folder_of_too_many_files_is_not_a_vault(tmp_path, monkeypatch, netnotes):
    monkeypatch.setattr(scan, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / "vault" / str(number)).mkdir(parents=True)
        (tmp_path / "vault" / str(number) / "x.md").touch()
    with pytest.raises(VaultTooLarge):
        scan.listing(tmp_path / "vault")
    ran = netnotes("people", tmp_path / "vault")
    assert (ran.code, ran.out) == (1, "")
    assert "holds more than 3 files" in ran.err


@pytest.mark.parametrize("command", ["people", "sync", "graph", "check", "today", "links"])
def test_a_home_folder_is_not_read_unasked(netnotes, tmp_path, monkeypatch, command):
    home = tmp_path / "home"
    (home / "Notes" / "People").mkdir(parents=True)
    (home / "Notes" / "People" / "Ada.md").touch()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for place in (home, tmp_path, "/"):
        ran = netnotes(command, place)
        assert (ran.code, ran.out) == (1, "")
        assert "home folder" in ran.err
        assert "hint: name the folder that holds your notes" in ran.err
    assert netnotes("people", home / "Notes").code == 0
    (home / "netnotes.toml").touch()
    assert netnotes("people", home).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of another kind")
@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_at_a_terminal_it_is_asked(tmp_path, answer, code):
    (tmp_path / "People").mkdir()
    (tmp_path / "People" / "Ada.md").touch()
    near, far = pty.openpty()
    os.write(near, f"{answer}\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "netnotes", "people", tmp_path, "--json"],
        stdin=far,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    os.close(near)
    os.close(far)
    assert done.returncode == code
    assert "Read everything in it?" in done.stderr
    assert ("Ada" in done.stdout) == (code == 0)
