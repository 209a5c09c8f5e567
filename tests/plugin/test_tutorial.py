"""The tutorial, letter by letter, as a new author would follow it: two fresh environments, a wheel between them.

Takes half a minute. NetNotes comes as a wheel of this checkout, and what it needs lies where the tests have it; `pip`
fetches setuptools, to build with, and nothing else.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.plugin.pages import blocks, fits
from tests.plugin.test_api import ROOT

PAGE = ROOT / "docs" / "plugins" / "tutorial.md"


@dataclass
class Terminal:
    """Where the author, or the user, types."""

    home: Path
    wheel: Path
    here: Path
    scripts: Path

    def enter(self, name):
        """Make an environment that holds nothing but what NetNotes needs, and go into it."""
        place = self.home / name
        venv.create(place, symlinks=True, with_pip=False)
        base = {"base": str(place), "platbase": str(place)}
        # Folders named in a .pth are searched, but their own .pth files are not: an editable NetNotes stays unseen.
        needs = Path(sysconfig.get_path("purelib", "venv", vars=base)) / "needs.pth"
        needs.write_text(sysconfig.get_path("purelib") + "\n")
        self.scripts = Path(sysconfig.get_path("scripts", "venv", vars=base))

    def type(self, line):
        """Run one line of the page; return its exit code and what it printed."""
        if line.startswith("cd "):
            self.here = (self.here / line.removeprefix("cd ")).resolve()
            return 0, ""
        given = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTEST_ADDOPTS")}
        given |= {
            "PATH": f"{self.scripts}{os.pathsep}{os.environ['PATH']}",
            "NETNOTES_DATA": str(self.home / "data"),
            "NETNOTES_CACHE": str(self.home / "cache"),
        }
        ran = subprocess.run(
            self._meant(line),
            shell=True,
            cwd=self.here,
            env=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return ran.returncode, ran.stdout

    def _meant(self, line):
        """Return the line with what would be fetched taken from here."""
        words = line.split()
        if words[0] == "pytest":
            return "python -m pytest -p no:cacheprovider"
        if words[0] != "pip":
            return line
        words = [str(self.wheel) if word == "netnotes" else word for word in words[1:] if word != "pytest"]
        return " ".join(["python -m pip --disable-pip-version-check -q", *words, "--no-deps"])


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="its lines are a shell's")
def test_the_tutorial_letter_by_letter(tmp_path, wheel):
    folder = tmp_path / "playground"
    folder.mkdir()
    terminal = Terminal(tmp_path, wheel, folder, tmp_path)
    terminal.enter("author")
    for block in blocks(PAGE):
        if block.kind == "mark":
            terminal.enter("user")
        elif block.file:
            place = folder / block.file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, encoding="utf-8")
        elif block.kind == "console":
            for line, expected in lines(block.text):
                code, output = terminal.type(line)
                if expected:
                    assert fits(output, expected), f"$ {line}\n{output}\n--- the page says\n{expected}"
                else:
                    assert code == 0, f"$ {line}\n{output}"


def lines(text):
    """Yield (line typed, what the page says it prints)."""
    for part in ("\n" + text).split("\n$ ")[1:]:
        line, _, expected = part.partition("\n")
        yield line, expected


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build a wheel of this checkout, out of a copy, so that nothing is left in it."""
    copy = tmp_path_factory.mktemp("checkout") / "netnotes"
    copy.mkdir()
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "netnotes", "plugins", "examples"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    target = copy.parent / "dist"
    result = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "-q", "--no-deps", "-w", target, copy],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    (built,) = target.glob("netnotes-*.whl")
    return built
