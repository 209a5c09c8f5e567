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
    "fish": (["fish", "--no-config", "-i"], "_NETNOTES_COMPLETE=fish_source netnotes | source"),
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
                if "\x1b[c" in block or "\x1b[0c" in block:
                    # fish asks what kind of terminal this is, and waits for the answer.
                    os.write(self.main, b"\x1b[?62;c")

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


@pytest.fixture(params=SHELLS)
def shell(request, folder, monkeypatch):
    command, line = SHELLS[request.param]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    environ = {
        **os.environ,
        "PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "HOME": str(folder.parent),
        "TERM": "dumb" if request.param == "bash" else "xterm",
        "LC_ALL": "C.UTF-8",
    }
    terminal = Terminal(command, folder, environ)
    terminal.type(f"{line}; echo rea''dy\n", "ready")
    yield terminal
    terminal.end()


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
