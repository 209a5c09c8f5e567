"""Completion in real shells: a line is begun, Tab is pressed, and what then stands there does what it should."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

SECONDS = 60
"""Until what is waited for must have been printed: far more than it takes."""
PERSON = "---\nscene: school gate\n---\n- 2026-01-05 tea, 40 min\n- 2026-02-02 tea, 40 min\n- 2026-03-02 tea, 40 min\n"
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(_NETNOTES_COMPLETE=bash_source netnotes)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -U compinit; compinit -u -D; eval "$(_NETNOTES_COMPLETE=zsh_source netnotes)"',
    ),
}


class Terminal:
    """A shell at work on a terminal."""

    def __init__(self, command, folder, environ):
        self.main, side = pty.openpty()
        self.process = subprocess.Popen(
            command, stdin=side, stdout=side, stderr=side, cwd=folder, env=environ, start_new_session=True
        )
        os.close(side)
        self.seen = ""

    def type(self, text, until):
        """Type text, and wait until a text is printed after it."""
        os.write(self.main, text.encode())
        begun, end = len(self.seen), time.monotonic() + SECONDS
        while until not in self.seen[begun:]:
            assert time.monotonic() < end, self.seen[begun:]
            if select.select([self.main], [], [], 1)[0]:
                block = os.read(self.main, 65536).decode("utf-8", "replace")
                self.seen += block

    def end(self):
        self.process.kill()
        self.process.wait()
        os.close(self.main)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the program on the path, and a vault in it."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "netnotes"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m netnotes "$@"\n')
    program.chmod(0o755)
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "People").mkdir()
    for name in ("Zoë Hart", "Ada O'Brien"):
        (vault / "People" / f"{name}.md").write_text(PERSON, encoding="utf-8")
    return vault


@pytest.fixture
def environ(folder):
    return {
        **os.environ,
        "PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "HOME": str(folder.parent),
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture(params=["bash", pytest.param("zsh", marks=pytest.mark.full)])
def shell(request, folder, environ):
    command, line = SHELLS[request.param]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    environ["TERM"] = "dumb" if request.param == "bash" else "xterm"
    terminal = Terminal(command, folder, environ)
    terminal.type(f"{line}; echo rea''dy\n", "ready")
    yield terminal
    terminal.end()


@pytest.mark.full
@pytest.mark.parametrize(
    ("begun", "completed", "printed"),
    [
        ("netnotes why Zo", "Hart", "Depth 0."),
        ("netnotes why ada", "Brien", "Depth 0."),
        ("netnotes people --scene sch", "gate", "Zoë Hart"),
        ("netnotes circl", "es", "Zoë Hart"),
    ],
)
def test_a_completed_line_does_what_it_says(shell, begun, completed, printed):
    shell.type(f"{begun}\t", completed)
    shell.type("\n", printed)


@pytest.mark.full
@pytest.mark.parametrize(
    ("begun", "completed"),
    [("why Zo", "Zoë Hart"), ("why ada", "Ada O'Brien"), ("people --scene sch", "school gate"), ("circl", "circles")],
)
def test_fish_completes_the_same(begun, completed, folder, environ):
    """Asked of fish itself, which quotes what it inserts."""
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    script = f"_NETNOTES_COMPLETE=fish_source netnotes | source; complete -C 'netnotes {begun}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script], cwd=folder, env=environ, capture_output=True, text=True, check=True
    )
    assert [line.partition("\t")[0] for line in done.stdout.splitlines()] == [completed]
