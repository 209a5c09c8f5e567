"""What NetNotes keeps for itself, and what it makes for the user, can be opened by this user alone."""

import datetime as dt
import os

import pytest

from netnotes import cli
from netnotes.daemon.lock import held
from netnotes.daemon.log import Log
from netnotes.daemon.status import Status
from netnotes.daemon.status import save as save_status
from netnotes.storage.whole_file import make_private_file, make_private_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes; its user folders are closed to others")
NOW = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
NOTES = {
    "People/Ada.md": "---\ntype: person\ndepth: 0.02\nnetnotes: depth-6f0d\n---\n",
    "People/Bo.md": "---\ntype: person\n---\n",
    "2026-06-20.md": "- coffee with [[Ada]] and [[Bo]] (45 min)\n",
}
PLUGIN = '''"""One."""
from netnotes.api import Field, Score, scorer

NETNOTES_API = 1


@scorer(Field("one", "always 1"))
def one(network, options):
    for tie in network.ties:
        yield Score(tie, 1.0)
'''


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Return a vault, with data and cache folders that do not exist yet, under a umask that lets everybody read."""
    vault = tmp_path / "vault"
    for path, text in NOTES.items():
        (vault / path).parent.mkdir(parents=True, exist_ok=True)
        (vault / path).write_text(text, encoding="utf-8")
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "share" / "netnotes"))
    monkeypatch.setenv("NETNOTES_CACHE", str(tmp_path / "caches" / "netnotes"))
    old = os.umask(0o022)
    yield tmp_path
    os.umask(old)


def open_to_others(folder):
    return [path for path in (folder, *folder.rglob("*")) if path.lstat().st_mode & 0o077 and not path.is_symlink()]


def test_journal_cache_and_consent_are_private(places):
    vault = places / "vault"
    plugin = vault / ".netnotes" / "plugins" / "one.py"
    plugin.parent.mkdir(parents=True)
    plugin.write_text(PLUGIN, encoding="utf-8")
    assert cli.run_command(["clean", str(vault), "--yes"]) == 0
    assert cli.run_command(["sync", str(vault), "--yes", "--as-of", "2026-06-30"]) == 0
    assert cli.run_command(["plugins", "allow", str(plugin), "--yes"]) == 0
    made = {path.name for folder in ("share", "caches") for path in (places / folder).rglob("*") if path.is_file()}
    assert any("journal" in name for name in made)
    assert any(name.endswith(".notes") for name in made)
    assert open_to_others(places / "share") == []
    assert open_to_others(places / "caches") == []


@pytest.mark.full
def test_the_daemons_lock_log_and_status_are_private(places):
    folder = places / "share" / "netnotes" / "vault"
    with held(folder, NOW):
        log = Log(folder, lambda: NOW, lambda line: None)
        for number in range(20_000):
            log("changed", notes=number, path="x" * 100)
        log.close()
        save_status(Status("vault", 1, NOW.isoformat()), folder)
    assert len([path for path in folder.iterdir() if path.suffix != ".json"]) > 3  # the log was begun again meanwhile
    assert open_to_others(places / "share") == []


def test_maps_and_calendars_are_private(places):
    vault, here = places / "vault", places / "out"
    here.mkdir()
    for name in ("map.html", "map.gexf", "map.csv", "map.json"):
        assert cli.run_command(["graph", str(vault), "--no-open", "--output", str(here / name)]) == 0
    assert cli.run_command(["due", str(vault), "--ics", str(here / "due.ics")]) == 0
    assert len(list(here.iterdir())) >= 5
    assert open_to_others(here) == [here]


def test_a_file_of_an_older_version_is_closed_to_others(tmp_path):
    place = tmp_path / "journal.sqlite3"
    place.write_text("kept", encoding="utf-8")
    place.chmod(0o644)
    make_private_file(place)
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.read_text(encoding="utf-8") == "kept"


def test_a_folder_of_the_users_own_keeps_its_mode(tmp_path):
    mine = tmp_path / "Documents"
    mine.mkdir()
    mine.chmod(0o755)
    make_private_folder(mine / "netnotes" / "vault")
    make_private_folder(mine)
    assert mine.stat().st_mode & 0o777 == 0o755
    assert (mine / "netnotes").stat().st_mode & 0o777 == 0o700
