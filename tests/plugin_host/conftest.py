"""A vault on disk with plugin files, the user's trust beside it, and the program run in this process."""

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.plugin_host import consent, discovery

TODAY = dt.date(2026, 6, 30)
NOTES = {
    "People/Ada.md": "# Ada\n",
    "People/Bob.md": "# Bob\n",
    "2026-06-20.md": "- coffee with [[Ada]] (45 min)\n- call with [[Bob]]\n",
}
SCORER = '''"""{name}: a test."""
from netnotes.api import Field, Problem, Score, scorer

NETNOTES_API = 1
{above}

@scorer(Field("{name}", "a test"){reads})
def {name}(network, options):
    for tie in network.ties:
        {body}
'''


def scorer(name="recency", body='yield Score(tie, 0.5, "half")', above="", reads=""):
    """Return the text of a plugin with one scorer."""
    return SCORER.format(name=name, body=body, above=above, reads=reads)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Home:
    """A vault, and the user it belongs to."""

    root: Path
    data: Path
    capsys: pytest.CaptureFixture

    @property
    def folder(self):
        return self.root / ".netnotes" / "plugins"

    @property
    def trust(self):
        return consent.Trust(consent.folder(str(self.data)))

    def write(self, path, text):
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def plugin(self, name, text, *, allowed=True):
        place = self.write(f".netnotes/plugins/{name}.py", text)
        if allowed:
            self.allow(place)
        return place

    def allow(self, place):
        real = discovery.canonical(place)
        self.trust.allow(str(real), real.read_bytes(), dt.datetime(2026, 6, 30, tzinfo=dt.UTC))

    def netnotes(self, *args):
        code = cli.run_command([os.fspath(arg) for arg in args])
        output = self.capsys.readouterr()
        return Ran(code, output.out, output.err)


@pytest.fixture
def home(tmp_path, monkeypatch, capsys):
    root = tmp_path / "vault"
    found = Home(root, tmp_path / "data", capsys)
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    monkeypatch.setenv("NETNOTES_DATA", str(found.data))
    for path, text in NOTES.items():
        found.write(path, text)
    return found
