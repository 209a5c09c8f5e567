"""Commands, run in this process: what they print and how they end."""

import os
from dataclasses import dataclass

import pytest

from netnotes import cli


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def netnotes(capsys, monkeypatch, tmp_path):
    """Return the function that runs `netnotes` with arguments, in an empty working directory."""
    home = tmp_path / "cwd"
    home.mkdir()
    monkeypatch.chdir(home)

    def run(*args):
        code = cli.run_command([os.fspath(arg) for arg in args])
        output = capsys.readouterr()
        return Ran(code, output.out, output.err)

    return run


@pytest.fixture
def vault(tmp_path):
    """Return the function that makes a vault out of path → text."""
    root = tmp_path / "vault"

    def make(notes=None, **more):
        root.mkdir(exist_ok=True)
        for path, text in {**(notes or {}), **more}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                (root / path).write_bytes(text)
            else:
                (root / path).write_text(text, encoding="utf-8", newline="")
        return root

    return make
